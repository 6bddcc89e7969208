"""The result of a case as its page shows it: the parts of the document, in the order a page is read.

Nothing is worked out here. The sections, tables and drawings are those of the document, so that page
and paper never say different things; only the order is the page's own, the answer first.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from tyngdepunkt import texts
from tyngdepunkt.analyses.location.document import findings as named
from tyngdepunkt.analyses.location.document import pictures
from tyngdepunkt.analyses.location.document.advice import changes, conflicts, ranking
from tyngdepunkt.analyses.location.document.effects import consideration, ledger, scores
from tyngdepunkt.analyses.location.document.note import brief
from tyngdepunkt.analyses.location.document.note.brief import Part
from tyngdepunkt.analyses.location.document.note.compose import note
from tyngdepunkt.analyses.location.document.view import View
from tyngdepunkt.documents import svg
from tyngdepunkt.documents.document import Block, Paragraph, Section
from tyngdepunkt.rules.case_facts import Verdict
from tyngdepunkt.web.read.case_map import CaseMap, ranking_map
from tyngdepunkt.web.read.svg_cache import blocks_on_page, on_page

if TYPE_CHECKING:
    from tyngdepunkt.analyses.location.answer import Finding
    from tyngdepunkt.analyses.location.result import Assessment
    from tyngdepunkt.figures import Source
    from tyngdepunkt.places import Places

ROOM = "analyses.location.document"


@dataclass(frozen=True, slots=True)
class Found:
    """A rule's verdict: the rule in short, what it demands, what was found, and where it is written."""

    rule: str
    title: str
    level: str
    demand: str
    text: str
    reference: str
    carried: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """The findings with one verdict, with the verdict as a word."""

    verdict: str
    title: str
    found: tuple[Found, ...]


@dataclass(frozen=True, slots=True)
class ResultPage:
    """What the page shows.

    Args:
        answer: what the figures point to, in short.
        brief: why, what can change it, who is left out and what is not known, in short.
        note: the first two pages of the document as they are.
        ranking: the table of the ranking.
        often: the drawing of how often each gets each rank, and how firm the order is.
        map: where the alternatives lie, each with its rank; None where none is a place.
        weights, changes, each, conflicts, scores, figures, ledger, decision: sections of the document.
        log: (date, role, weights in words, reason, whether the scores had been seen).
        sources: the table of sources; reference n is `sources[n - 1]`.
    """

    answer: str
    brief: tuple[Part, ...]
    note: tuple[Section, ...]
    ranking: tuple[Block, ...]
    often: tuple[Block, ...]
    map: CaseMap | None
    weights: Section
    changes: Section | None
    each: Section
    conflicts: Section
    scores: Section
    figures: tuple[Section, ...]
    ledger: Section
    decision: Section | None
    groups: tuple[Group, ...]
    rules: str
    log: tuple[tuple[str, str, str, str, bool | None], ...]
    sources: tuple[Source, ...] = field(default=())


def result_page(assessment: Assessment, places: Places) -> ResultPage:
    """The page of an assessment, in the assessment's own language."""
    view = View.of(assessment, places)
    figures = (each for each in consideration.sections_beside_ledger(view) if each.blocks or each.sections)
    firm = ("robustness", "uncertainty", "joint", "leave_out", "backwards", "missing")
    said = tuple(Paragraph(view.ready(key)) for key in firm if view.ready(key))
    page = ResultPage(
        answer=view.ready("answer"),
        brief=brief.parts(view),
        note=tuple(on_page(each, f"n{at}") for at, each in enumerate(note(view))),
        ranking=ranking.order(view),
        often=(*blocks_on_page(pictures.ranks(view), "r"), *said),
        map=_map(assessment, places),
        weights=ranking.weighing(view),
        changes=_first(changes.section(view), "c"),
        each=conflicts.each_alternative(view),
        conflicts=on_page(conflicts.section(view), "k"),
        scores=on_page(scores.section(view), "s"),
        figures=tuple(on_page(each, f"f{at}") for at, each in enumerate(figures)),
        ledger=on_page(ledger.section(view), "l"),
        decision=_first(conflicts.decision(view), "d"),
        groups=_groups(view),
        rules=assessment.rule_set.title[view.lang],
        log=_log(assessment, view.lang),
    )
    return replace(page, sources=view.register.sources)


def _map(assessment: Assessment, places: Places) -> CaseMap | None:
    found = ranking_map(places, assessment)
    return replace(found, svg=svg.clean(found.svg, prefix="map-")) if found else None


def _first(sections: Sequence[Section], prefix: str) -> Section | None:
    return on_page(sections[0], prefix) if sections else None


def _groups(view: View) -> tuple[Group, ...]:
    order = (*named.ORDER, Verdict.NOT_APPLICABLE)
    groups = ((verdict, named.of_verdict(view, verdict)) for verdict in order)
    return tuple(
        Group(
            verdict.value, view.say(f"verdicts.{verdict.value}"), tuple(_found(view, each) for each in found)
        )
        for verdict, found in groups
        if found
    )


def _found(view: View, each: Finding) -> Found:
    level = view.say(f"levels.{each.level}")
    title = named.title(view, each)
    return Found(each.rule, title, level, each.rule_text, each.text, each.reference, each.carried)


def _log(assessment: Assessment, lang: str) -> tuple[tuple[str, str, str, str, bool | None], ...]:
    return tuple(
        (texts.date(each.date, lang), each.role, each.weights, each.reason, each.scores_seen)
        for each in assessment.weight_log
    )


def tried_weights(assessment: Assessment, content: Any) -> Any:
    """Weights to begin from when one tries others: those of the case, or the points of the ranking."""
    from tyngdepunkt.inputs.weight_forms import scaled

    given = content.get("weights")
    if isinstance(given, dict) and given and "order" not in given:
        return given
    return scaled({key: share for key, share in assessment.weights.items() if share > 0}) or "none"
