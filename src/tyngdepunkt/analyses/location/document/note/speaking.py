"""What speaks for the first alternative, and what against: the figures that separate, and how much they do.

An indicator adds its weight in all, times its value, to an alternative's points. The difference between two
alternatives in that product is what the indicator gives one over the other, in points of 100; the differences
over all indicators add up to the difference in points.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tyngdepunkt.analyses.location.document.view import View
from tyngdepunkt.documents import figure_words as words
from tyngdepunkt.documents.document import Block, Bullets, Paragraph, Section

if TYPE_CHECKING:
    from tyngdepunkt.analyses.location.result import AlternativeResult, UsedIndicator

ROOM = "note:speaking"
MOST = 3
"""Reasons each way; the consideration's own chapter has every figure."""
BESIDE = 3
"""Other alternatives whose figure stands beside the first's."""
TELLING = 0.05
"""Points of 100 below which a figure decides nothing and would be written as 0,0."""


@dataclass(frozen=True, slots=True)
class Reason:
    """One indicator as a reason: `points` of 100 that the first has over `other` (negative: behind)."""

    used: UsedIndicator
    other: AlternativeResult
    points: float


def sections(view: View) -> tuple[Section, ...]:
    """What speaks for the first over the second, and what speaks for another over the first."""
    if len(view.ranked) < 2 or view.first is None:
        return ()
    ahead, behind = reasons(view)
    marked = _legend(view, ahead + behind)
    return (
        Section(view.say(f"{ROOM}.for", name=view.first.name), _said(view, ahead, "more")),
        Section(view.say(f"{ROOM}.against", name=view.first.name), (*_said(view, behind, "less"), *marked)),
    )


def reasons(view: View, most: int = MOST) -> tuple[list[Reason], list[Reason]]:
    """The weightiest reasons for the first and against it, at most `most` each way.

    A figure better than the second's and worse than a third's is told once, the way it weighs most.
    """
    if len(view.ranked) < 2:
        return [], []
    ahead = sorted(_ahead(view), key=lambda each: -each.points)
    behind = sorted(_behind(view), key=lambda each: each.points)
    # Nothing for the first, or nothing against it, is said only where that holds: never because of this.
    for_it = _heavier(ahead, behind) or ahead
    against = _heavier(behind, for_it) or behind
    return for_it[:most], against[:most]


def _heavier(reasons: list[Reason], others: list[Reason]) -> list[Reason]:
    """The reasons whose figure does not weigh as much or more the other way."""
    weight = {each.used.indicator.id: abs(each.points) for each in others}
    return [each for each in reasons if abs(each.points) > weight.get(each.used.indicator.id, 0.0)]


def short(view: View, reason: Reason) -> str:
    """A reason without its figures: what it is about, and what it gives over whom."""
    values = {"title": reason.used.indicator.title[view.lang], "rival": view.head(reason.other)}
    return view.say(f"{ROOM}.short", **values, points=reason.points)


def given(view: View, used: UsedIndicator, one: AlternativeResult, other: AlternativeResult) -> float | None:
    """Points of 100 an indicator gives one alternative over another; None where a figure is not known.

    Nor is one known that can go either way, as a sum of jobs opened and closed can: its middle is no reason.
    """
    weight = view.assessment.weights.get(used.consideration, 0.0) * used.weight
    values = []
    for item in (one, other):
        found = item.measurements.get(used.indicator.id)
        if found is None or found.value is None or found.assumed or words.goes_either_way(found.figure):
            return None
        values.append(found.value)
    return 100 * weight * (values[0] - values[1])


def _ahead(view: View) -> list[Reason]:
    first, second = view.ranked[:2]
    made = [(used, given(view, used, first, second)) for used in view.assessment.indicators]
    return [Reason(used, second, points) for used, points in made if points is not None and points >= TELLING]


def _behind(view: View) -> list[Reason]:
    """Each indicator under which some other is best, with that one."""
    found = []
    for used in view.assessment.indicators:
        made = [(given(view, used, view.ranked[0], other), other) for other in view.ranked[1:]]
        known = [(points, other) for points, other in made if points is not None]
        worst = min(known, key=lambda each: each[0], default=None)
        if worst is not None and worst[0] <= -TELLING:
            found.append(Reason(used, worst[1], worst[0]))
    return found


def _said(view: View, reasons: list[Reason], way: str) -> tuple[Block, ...]:
    if not reasons:
        names = {"name": view.ranked[0].name, "other": view.ranked[1].name}
        return (Paragraph(view.say(f"{ROOM}.none_{way}", **names, bound=TELLING)),)
    return (Bullets(tuple(_sentence(view, each, way) for each in reasons)),)


def _legend(view: View, reasons: list[Reason]) -> tuple[Block, ...]:
    """What the marks in both lists mean."""
    figures = [item.measurements[r.used.indicator.id].figure for r in reasons for item in _beside(view, r)]
    legend = words.legend(figures, view.lang)
    return (Paragraph(legend),) if legend else ()


def _beside(view: View, reason: Reason) -> list[AlternativeResult]:
    """The first, the one it is compared with, and the next in rank, as many as a sentence holds."""
    rest = [item for item in view.ranked[1:] if item.number != reason.other.number]
    chosen = [reason.other, *rest[: BESIDE - 1]]
    return [view.ranked[0], *sorted(chosen, key=lambda item: view.ranked.index(item))]


def _sentence(view: View, reason: Reason, way: str) -> str:
    name = reason.used.indicator.id
    items = _beside(view, reason)
    figures = [item.measurements[name].figure for item in items]
    scale = words.scale_of(figures, reason.used.indicator.decimals, view.lang)
    shown = [words.cell(each, scale) for each in figures]
    told = [
        view.say(f"{ROOM}.one", value=value, name=view.head(item))
        for value, item in zip(shown[1:], items[1:], strict=True)
    ]
    values = {"title": _title(view, reason.used), "own": scale.with_unit(shown[0])}
    points = {"points": abs(reason.points), "rival": view.head(reason.other)}
    return view.say(f"{ROOM}.reason_{way}", **values, others=told, **points)


def _title(view: View, used: UsedIndicator) -> str:
    """The indicator's name, and which way of it gives points where it goes one way only."""
    name = used.indicator.title[view.lang]
    values = [value for _, value in used.points]
    if len(values) < 2 or values[0] == values[-1]:
        return name
    rising = values[0] < values[-1]
    if values != sorted(values, reverse=not rising):
        return name
    return view.say("in_brackets", name=name, remark=view.say(f"{ROOM}.{'high' if rising else 'low'}_counts"))
