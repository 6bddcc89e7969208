"""What the indicators say of each alternative.

An alternative is one place or an arrangement over several. Figures that describe a place
are averaged by jobs; contributions are added up. Jobs that stay where they are contribute
nothing new, by definition.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from tyngdepunkt.figures import Figure, Quality
from tyngdepunkt.indicators import Indicator, Question, alternative_figure

if TYPE_CHECKING:
    from tyngdepunkt.cases.location.case import Alternative, LocationCase, Part
    from tyngdepunkt.places import Places

UNCHANGED = frozenset({"zero", "stay"})  # kinds in which no job moves
Figures = Mapping[str, Figure]


def question_of(case: LocationCase) -> Question:
    """What the indicators may know of the case."""
    return Question(
        date=case.date,
        jobs=case.unit.by_occupation,
        total_jobs=case.unit.total,
        moved_from=dict(case.moved_from) or None,
        sites=case.sites,
        events=case.events,
        window=case.window,
        rents=case.rents,
    )


def figures_of(
    case: LocationCase, places: Places, indicators: Sequence[Indicator], alternatives: Sequence[Alternative]
) -> list[dict[str, Figure]]:
    """One mapping indicator id → figure per alternative, same order."""
    question = question_of(case)
    found: list[dict[str, Figure]] = [{} for _ in alternatives]
    for indicator in indicators:
        if indicator.aggregate == "sum":
            for row, alternative in zip(found, alternatives, strict=True):
                row[indicator.id] = _added(indicator, places, question, alternative)
        else:
            _describe(indicator, places, question, (alternatives, found))
    return found


def _describe(
    indicator: Indicator,
    places: Places,
    question: Question,
    rows: tuple[Sequence[Alternative], list[dict[str, Figure]]],
) -> None:
    """Figures that describe places: one look-up for all, then a mean by jobs for each."""
    alternatives, found = rows
    codes = sorted({part.code for alternative in alternatives for part in alternative.parts})
    known = dict(zip(codes, indicator.compute(places, question, codes), strict=True))
    for row, alternative in zip(found, alternatives, strict=True):
        parts = alternative.parts
        if not parts:
            row[indicator.id] = Figure(None, indicator.unit, Quality.NOT_APPLICABLE)
            continue
        weights = [part.weight for part in parts]
        row[indicator.id] = alternative_figure(indicator, [known[part.code] for part in parts], weights)


def _added(indicator: Indicator, places: Places, question: Question, alternative: Alternative) -> Figure:
    """Contributions: each place's own jobs, added up."""
    if not alternative.parts:
        return Figure(None, indicator.unit, Quality.NOT_APPLICABLE)
    if alternative.kind in UNCHANGED:
        return Figure(0.0, indicator.unit, Quality.MEASURED, note="cases.location:no_change")
    figures = [
        indicator.compute(places, _share_of(question, part, alternative), [part.code])[0]
        for part in alternative.parts
    ]
    return alternative_figure(indicator, figures, [1.0] * len(figures))


def _share_of(question: Question, part: Part, alternative: Alternative) -> Question:
    """The question as one place sees it: its own jobs, in the case's mix of occupations."""
    jobs = part.change
    if jobs is None:
        if len(alternative.parts) > 1 or question.total_jobs is None:
            return replace(question, total_jobs=None, jobs=None)
        return question
    if question.jobs is None or question.total_jobs is None:
        return replace(question, total_jobs=jobs, jobs=None)
    return replace(question, total_jobs=jobs, jobs=_scaled(question.jobs, question.total_jobs, jobs))


def _scaled(
    mix: Mapping[str, tuple[float, float]], total: tuple[float, float], wanted: tuple[float, float]
) -> dict[str, tuple[float, float]] | None:
    """The same mix of occupations, for another number of jobs."""
    low, high = total
    if high == 0:
        return None
    lower = wanted[0] / low if low else wanted[0] / high
    upper = wanted[1] / high
    return {code: (lower * least, upper * most) for code, (least, most) in mix.items()}
