"""One consideration at a time: who does best, and every figure behind the points."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from tyngdepunkt.analyses.location.document import reasons
from tyngdepunkt.analyses.location.document.effects import contribution, costs, ledger
from tyngdepunkt.analyses.location.document.view import View
from tyngdepunkt.analyses.location.narrative import some
from tyngdepunkt.documents import figure_words as words
from tyngdepunkt.documents.document import Block, Bullets, Paragraph, Section, Table, bullets, columns_of
from tyngdepunkt.figures import years
from tyngdepunkt.texts import inside

if TYPE_CHECKING:
    from tyngdepunkt.analyses.location.result import UsedIndicator
    from tyngdepunkt.figures import Figure

ROOM = "effects:consideration"
OWN_TABLE: frozenset[str] = frozenset({*contribution.INDICATORS, *costs.INDICATORS, *ledger.INDICATORS})
"""Indicators that are shown in a table of their own."""
_AT_HOME: dict[str, Callable[[View], Section]] = {
    "location_policy": contribution.section,
    "cost_effectiveness": costs.section,
    "labour_market": ledger.section,
}


def sections(view: View) -> tuple[Section, ...]:
    """One section per consideration; the tables of their own stand where they belong."""
    ids = view.assessment.considerations
    made = [_section(view, each, _AT_HOME.get(each)) for each in ids]
    if "labour_market" not in ids:
        made.append(ledger.section(view))
    return tuple(made)


def sections_beside_ledger(view: View) -> tuple[Section, ...]:
    """One section per consideration, for a page where the ledger stands by itself."""
    homes = {name: make for name, make in _AT_HOME.items() if make is not ledger.section}
    return tuple(_section(view, each, homes.get(each)) for each in view.assessment.considerations)


def _section(view: View, consideration: str, own: Callable[[View], Section] | None) -> Section:
    blocks = (*_lead(view, consideration), *_figures(view, consideration), *_grades(view, consideration))
    return Section(view.title(consideration), blocks, (own(view),) if own else ())


def _lead(view: View, consideration: str) -> tuple[Block, ...]:
    if consideration == "mitigation" and consideration not in view.considerations:
        return (Paragraph(view.say(f"{ROOM}.{_mitigation(view)}", names=_without_measures(view))),)
    said = (_who_does_best(view, consideration), _assumed(view, consideration))
    return (Paragraph(" ".join(each for each in said if each)),)


def _mitigation(view: View) -> str:
    """Whether measures are described for all the alternatives, some or none."""
    lacking = _without_measures(view)
    if not lacking:
        return "mitigation"
    return "mitigation_some" if len(lacking) < len(view.everyone) else "mitigation_none"


def _without_measures(view: View) -> list[str]:
    return [item.name for item in view.everyone if not item.measures]


def _who_does_best(view: View, consideration: str) -> str:
    scored = [
        (item.scores[consideration] or 0.0, item.name) for item in view.ranked if _has(item, consideration)
    ]
    if not scored:
        return view.say(f"{ROOM}.{'not_scored' if view.ranked else 'unranked'}")
    best, worst = max(scored, key=lambda each: each[0]), min(scored, key=lambda each: each[0])
    if len(scored) == 1:
        return view.say(f"{ROOM}.one", name=best[1], points=best[0])
    if round(best[0]) == round(worst[0]):
        return view.say(f"{ROOM}.level", points=best[0])
    shown = {
        end: [name for points, name in scored if round(points) == round(end)] for end in (best[0], worst[0])
    }
    ends = {"best_points": best[0], "worst_points": worst[0]}
    key = "best_worst" if len(shown[best[0]]) == 1 else "best_worst_shared"
    names = {"best": some(shown[best[0]], view.lang), "worst": some(shown[worst[0]], view.lang)}
    return view.say(f"{ROOM}.{key}", **names, **ends)


def _assumed(view: View, consideration: str) -> str:
    """Which of the figures behind the points are not known, but taken as the middle of the country."""
    names = [
        inside(used.indicator.title[view.lang])
        for used in view.used(consideration)
        if any(used.indicator.id in item.assumed for item in view.ranked)
    ]
    return view.say(f"{ROOM}.assumed", names=names) if names else ""


def _has(item: object, consideration: str) -> bool:
    scores = getattr(item, "scores", {})
    return scores.get(consideration) is not None


def _figures(view: View, consideration: str) -> tuple[Block, ...]:
    used = [each for each in view.used(consideration) if each.indicator.id not in OWN_TABLE]
    shown = [each for each in used if any(f.value is not None for f in view.figures(each.indicator.id))]
    shown.sort(key=lambda each: each.weight == 0)
    made: list[Block] = []
    if shown and view.columns:
        made.append(_table(view, consideration, shown))
        legend = words.legend(_all(view, shown), view.lang)
        made += [Paragraph(legend)] if legend else []
    return (*made, *bullets(_left_out(view, used)))


def _table(view: View, consideration: str, shown: Sequence[UsedIndicator]) -> Table:
    heads = [view.head(item) for item in view.columns]
    columns = columns_of(view.say("indicator"), view.say("year"), numbers=heads)
    caption = view.say(f"{ROOM}.table", name=view.title(consideration))
    refs = [view.refs(*view.figures(each.indicator.id, view.columns)) for each in shown]
    return Table.sourced(view.priced(caption, shown), columns, [row(view, each) for each in shown], refs)


def row(view: View, used: UsedIndicator) -> tuple[str, ...]:
    """One indicator: its name with the unit, the year, and a cell per alternative."""
    name, *cells = view.row(used, view.columns)
    return (name, years(view.figures(used.indicator.id, view.columns)), *cells)


def _all(view: View, shown: Sequence[UsedIndicator]) -> list[Figure]:
    return [figure for each in shown for figure in view.figures(each.indicator.id, view.columns)]


def _left_out(view: View, used: Sequence[UsedIndicator]) -> tuple[str, ...]:
    """Why indicators take no part: one point per reason, with all the indicators it holds for."""
    by_reason: dict[str, list[str]] = {}
    for each in used:
        why = reasons.left_out(view, each)
        if why:
            by_reason.setdefault(why, []).append(each.indicator.title[view.lang])
    return tuple(
        view.say(f"{ROOM}.left_out", names=_as_phrase(names), why=why) for why, names in by_reason.items()
    )


def _as_phrase(titles: list[str]) -> list[str]:
    """Titles as the beginning of a sentence: only the first keeps its capital letter."""
    return [titles[0], *(inside(each) for each in titles[1:])]


def _grades(view: View, consideration: str) -> tuple[Block, ...]:
    about = {consideration, *(each.indicator.id for each in view.used(consideration))}
    points = tuple(
        view.say(f"{ROOM}.grade", name=item.name, value=grade.value, anchor=grade.anchor)
        for item in view.case.alternatives
        for grade in item.grades
        if grade.about in about
    )
    return (Paragraph(view.say(f"{ROOM}.grades") + ":"), Bullets(points)) if points else ()
