"""The rules, what is not known, what is told in words only, and what comes next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tyngdepunkt.analyses.location.document.findings import ORDER, joined, of_verdict
from tyngdepunkt.analyses.location.document.view import View
from tyngdepunkt.documents.document import Bullets, Paragraph, Section
from tyngdepunkt.figures import EN_DASH, years
from tyngdepunkt.rules.case_facts import Verdict
from tyngdepunkt.texts import inside

if TYPE_CHECKING:
    from tyngdepunkt.analyses.location.result import UsedIndicator

ROOM = "note:unknown"
NAMED = 4
"""Rules named in one sentence of the first pages; annex A has them all."""
OLD = 5
"""Figures more years than this before the year the document is made are told as old."""
RENT, NATIONAL = "rent_per_year", "indicators:national_rent"


@dataclass(frozen=True, slots=True)
class Gap:
    """Something not known: what it is, what follows of it, and what it is in a few words."""

    what: str
    then: str = ""
    short: str = ""


def rules(view: View) -> Section:
    """How many rules are met, and by name those that are not, or that somebody must judge."""
    met = of_verdict(view, Verdict.MET, Verdict.EXPLAINED)
    total = len(of_verdict(view, *ORDER))
    points = [view.say(f"{ROOM}.rules_met", count=len(met), total=total, explained=_explained(view))]
    for verdict in (Verdict.NOT_MET, Verdict.NOT_DOCUMENTED, Verdict.NEEDS_JUDGEMENT):
        found = of_verdict(view, verdict)
        key = f"{ROOM}.rules_{verdict.value}"
        if found:
            more = max(0, len(found) - NAMED)
            named = joined(view, found[:NAMED])
            named += [view.say(f"{ROOM}.rules_more", count=more)] if more else []
            points.append(view.say(key, rules=named))
    backwards = view.ready("backwards") if view.assessment.judged_backwards else ""
    points += [backwards] if backwards else []
    return Section(view.say(f"{ROOM}.rules"), (Bullets(tuple(points)),))


def _explained(view: View) -> str:
    found = of_verdict(view, Verdict.EXPLAINED)
    return view.say(f"{ROOM}.rules_explained", count=len(found)) if found else ""


def unknown(view: View) -> Section:
    """Missing figures, unknown posts, rents nobody has stated, old figures: one point each."""
    points = [f"{each.what} {each.then}".strip() for each in gaps(view)]
    if not points:
        said = f"{view.say(f'{ROOM}.nothing')} {view.say(f'{ROOM}.nothing_where')}"
        return Section(view.say(f"{ROOM}.title"), (Paragraph(said),))
    return Section(view.say(f"{ROOM}.title"), (Bullets(tuple(points)),))


def gaps(view: View) -> tuple[Gap, ...]:
    """Everything that is not known, the figures that are missing first."""
    found = (_missing(view), *_untried(view), _jobs(view), _rent(view), *_old(view))
    return tuple(each for each in found if each is not None)


def _missing(view: View) -> Gap | None:
    """Figures that are missing for some: how many in short, and each of them."""
    lacking = {name for item in view.ranked for name in item.assumed}
    if not lacking:
        return None
    return Gap(view.ready("missing"), short=view.say(f"{ROOM}.missing", count=len(lacking)))


def _untried(view: View) -> list[Gap]:
    """Must-haves that some of the ranked are not known to meet, by what they are about."""
    by_title: dict[str, dict[str, None]] = {}
    for item in view.ranked:
        for each in item.must_haves:
            if each.passed is None:
                by_title.setdefault(inside(view.indicator_title(each.indicator)), {})[item.name] = None
    return [
        Gap(view.say(f"{ROOM}.untried", names=list(names), requirement=title))
        for title, names in by_title.items()
    ]


def _jobs(view: View) -> Gap | None:
    if view.case.unit.total_jobs is None:
        return Gap(view.say(f"{ROOM}.jobs"), view.say(f"{ROOM}.jobs_then"))
    known = view.case.unit.jobs is not None and all(job.count is not None for job in view.case.unit.jobs)
    return None if known else Gap(view.say(f"{ROOM}.occupations"), view.say(f"{ROOM}.occupations_then"))


def _rent(view: View) -> Gap | None:
    """Who lacks a rent of its own, so that the national one stands in."""
    lacking = [
        item.name
        for item in view.ranked
        if RENT in item.measurements and item.measurements[RENT].figure.note == NATIONAL
    ]
    if not lacking:
        return None
    key = f"{ROOM}.rent_{'all' if len(lacking) == len(view.ranked) else 'some'}"
    return Gap(view.say(key, names=lacking), view.say(f"{key}_then"))


def _old(view: View) -> list[Gap]:
    """Figures that take part and are old, by year."""
    made = view.assessment.computed or view.case.date
    by_year: dict[str, list[str]] = {}
    for used in view.assessment.indicators:
        year = _year(view, used)
        if used.weight > 0 and year and made.year - int(year) > OLD:
            by_year.setdefault(year, []).append(inside(used.indicator.title[view.lang]))
    return [Gap(view.say(f"{ROOM}.old", names=names, year=year)) for year, names in sorted(by_year.items())]


def _year(view: View, used: UsedIndicator) -> str:
    """The last year an indicator's figures stand for; empty where they state none."""
    told = years(view.figures(used.indicator.id, view.ranked))
    return told.rpartition(EN_DASH)[2]


def in_words(view: View) -> Section:
    """What the case describes and no figure measures, and where it stands."""
    said = []
    if view.case.access_consequences:
        said.append(view.say(f"{ROOM}.words_access"))
    if any(item.measures for item in view.everyone):
        said.append(view.say(f"{ROOM}.words_measures"))
    if view.case.answers.principles:
        said.append(view.say(f"{ROOM}.words_principles"))
    said.append(view.say(f"{ROOM}.words_rest" if said else f"{ROOM}.words_none"))
    return Section(view.say(f"{ROOM}.words"), (Paragraph(" ".join(said)),))


def following(view: View) -> Section:
    """The plan, in the case's own words, or that there is none; and where the rest stands."""
    answers = view.case.answers
    said = [text for text in (answers.plan, answers.follow_up) if text]
    lacking = [name for name in ("plan", "follow_up", "staff_process") if not getattr(answers, name)]
    if lacking:
        names = [view.say(f"{ROOM}.lacking.{name}") for name in lacking]
        said.append(view.say(f"{ROOM}.plan_none", names=names))
    said.append(view.say(f"{ROOM}.where"))
    return Section(view.say(f"{ROOM}.plan"), tuple(Paragraph(text) for text in said))
