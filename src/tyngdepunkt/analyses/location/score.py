"""From figures to scores: what each figure is worth, and the mean under each consideration.

Weights inside a consideration are the catalogue's and the case's, never the list's: an indicator
that is equal for all stays in, and one that lacks a figure for an alternative is, for that one,
a value somewhere in the national range. Its score is computed at the national median and marked
assumed; the range is carried along. Grades set by hand, with a written anchor, count as
indicators of their consideration.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import TYPE_CHECKING, Any

import numpy as np

from tyngdepunkt import rules, settings, texts
from tyngdepunkt.analyses.location.answer import Swing, SwingEnd
from tyngdepunkt.analyses.location.result import Alike, MustHaveOutcome, UsedIndicator
from tyngdepunkt.analyses.location.valued import GRADE, Valued, valued
from tyngdepunkt.figures import Figure, Quality, Source, phrase
from tyngdepunkt.indicators import CASE_FILE, Indicator, Question, for_rules
from tyngdepunkt.indicators import get as get_indicator
from tyngdepunkt.methods.uncertainty import Ranges, ranges
from tyngdepunkt.methods.validation import Bools, Floats, Ints

if TYPE_CHECKING:
    from tyngdepunkt.analyses.location.input.model import Alternative, Grade, LocationCase
    from tyngdepunkt.places import Places

Row = Mapping[str, Figure]
ABSENT = Figure(None, "", Quality.MISSING)
BETWEEN = ("local", "minmax")
"""Scales that a case draws between its own alternatives."""
ALIKE = 0.8
"""Correlation over the country from which two considerations are said to measure much of the same."""
LEAST_ALIKE = 10  # municipalities with all figures: of fewer a correlation says little
SMALL = 1e-9  # spread below which scores are the same everywhere


@dataclass(frozen=True, slots=True)
class Scores:
    """Scores of the alternatives that are compared.

    Args:
        used: every indicator of the rule set, with its weight and value function.
        compared: positions of the alternatives that are compared.
        considerations: those that have a score, in the rule set's order.
        cells: values 0–1, (compared, indicators that take part); of the national median where
            the figure is missing.
        assumed: same shape, whether the figure is missing.
        least, most: same shape; the ends of what a missing figure can be worth, else `cells`.
        low, high: same shape; the values at the ends of the figures' own ranges as well.
        figures: the figures with their own ranges, same shape, each in its indicator's unit.
        spreads: (indicators that take part, quantiles) of the figure over the country.
        functions: value function of each indicator that takes part.
        columns: the indicators that take part, in the order of `cells`.
        blend: (indicators that take part, considerations): how cells make scores; each column sums to 1.
        swings: for each consideration, the municipalities with the lowest and the highest score.
        alike: pairs of considerations that order the country's municipalities much the same.
        same_places: for each that is compared, the first that lies in the same place or places as it.
    """

    used: tuple[UsedIndicator, ...]
    compared: tuple[int, ...]
    considerations: tuple[str, ...]
    cells: Floats
    assumed: Bools
    least: Floats
    most: Floats
    low: Floats
    high: Floats
    figures: Ranges
    spreads: Floats
    functions: tuple[Callable[[Floats], Floats], ...]
    columns: tuple[str, ...]
    blend: Floats
    swings: Mapping[str, Swing]
    alike: tuple[Alike, ...]
    same_places: Ints

    @property
    def matrix(self) -> Floats:
        """Scores 0–1, (compared, considerations)."""
        return np.asarray(self.cells @ self.blend, dtype=np.float64)

    @property
    def common(self) -> Bools:
        """Per column: whether its uncertainty strikes all alternatives alike."""
        known = {each.indicator.id: each.indicator.common_error for each in self.used}
        return np.array([known[column] for column in self.columns], dtype=np.bool_)

    @property
    def travel(self) -> Ints:
        """Per column: 1 where the figure is a travel time, −1 where fewer are reached as it grows, else 0."""
        known = {each.indicator.id: each.indicator for each in self.used}
        return np.array([_hangs_on_travel(known[column]) for column in self.columns], dtype=np.int64)


def _hangs_on_travel(indicator: Indicator) -> int:
    if "travel_time" not in indicator.tables:
        return 0
    return 1 if indicator.unit == "minutes" else -1


def indicators_of(case: LocationCase) -> tuple[Indicator, ...]:
    """The rule set's indicators and the grades of the case, as one list."""
    return (*for_rules(case.rules_version), *(_grade_indicator(name, case) for name in _graded_about(case)))


def grade_figures(alternative: Alternative, case: LocationCase) -> dict[str, Figure]:
    """The grades of the case as figures of an alternative: assumed, with the anchor as their source.

    An alternative that is not graded where another is has a figure too: one that is not stated.
    """
    none = Figure(None, "points", Quality.NOT_STATED, note="analyses.location:no_grade")
    given = {grade.about: _graded(grade) for grade in alternative.grades}
    return {GRADE + about: given.get(about, none) for about in _graded_about(case)}


def must_have_outcomes(case: LocationCase, row: Row) -> tuple[MustHaveOutcome, ...]:
    """Each threshold of the case for one alternative.

    A missing figure neither passes nor fails, nor does an assumed one whose range lies on both sides.
    """
    outcomes = []
    for each in case.must_have:
        figure = row.get(each.indicator, Figure(None, "", Quality.MISSING))
        for bound, limit in (("min", each.minimum), ("max", each.maximum)):
            if limit is not None:
                passed = _settled(figure, bound, limit)
                outcomes.append(MustHaveOutcome(each.indicator, figure, limit, bound, passed))
    return tuple(outcomes)


def score(
    case: LocationCase,
    scale: tuple[Places, Question],
    rows: Sequence[Row],
    compared: Sequence[int],
) -> Scores:
    """Scores of the compared alternatives.

    Args:
        case: the case with its choices.
        scale: the places and the question, for value functions drawn over the country.
        rows: figures per alternative, all of them.
        compared: positions of those that are compared.
    """
    chosen = {each.indicator: each for each in case.indicators}
    found = [
        valued(each, chosen.get(each.id), scale, [rows[i].get(each.id, ABSENT) for i in compared], case)
        for each in indicators_of(case)
    ]
    used = _with_weights([each.used for each in found])
    taking_part = [each for each in found if each.used.weight > 0]
    columns = tuple(each.used.indicator.id for each in taking_part)
    considerations = _participating(used, case) if compared else ()
    blend = _blend(used, columns, considerations)
    codes = tuple(scale[0].municipalities)
    national = _national(taking_part, blend, considerations, len(codes))
    return Scores(
        used=tuple(used),
        compared=tuple(compared),
        considerations=considerations,
        **_cells([[rows[i].get(name, ABSENT) for name in columns] for i in compared], taking_part),
        columns=columns,
        blend=blend,
        swings=_swings(national, codes),
        alike=_alike(national),
        same_places=_same_places([case.alternatives[i] for i in compared]),
    )


def _same_places(compared: Sequence[Alternative]) -> Ints:
    """For each alternative the first in the same place or places; one without a place stands alone."""
    first: dict[frozenset[str], int] = {}
    found = [
        first.setdefault(frozenset(each.codes), at) if each.codes else at for at, each in enumerate(compared)
    ]
    return np.array(found, dtype=np.int64)


def swings(case: LocationCase, scale: tuple[Places, Question]) -> dict[str, Swing]:
    """The two ends of each consideration, before any alternative has been scored.

    The same as `Scores.swings`, but for what only the alternatives have: grades, and scales between them.
    """
    chosen = {each.indicator: each for each in case.indicators}
    choices = [(each, chosen.get(each.id)) for each in for_rules(case.rules_version)]
    drawn = [
        pair
        for pair in choices
        if pair[1] is None or pair[1].value is None or pair[1].value.kind not in BETWEEN
    ]
    found = [valued(each, choice, scale, (), case) for each, choice in drawn]
    used = _with_weights([each.used for each in found])
    taking_part = [each for each in found if each.used.weight > 0]
    considerations = _participating(used, case)
    blend = _blend(used, tuple(each.used.indicator.id for each in taking_part), considerations)
    codes = tuple(scale[0].municipalities)
    return _swings(_national(taking_part, blend, considerations, len(codes)), codes)


def _national(
    taking_part: Sequence[Valued], blend: Floats, considerations: Sequence[str], count: int
) -> dict[str, tuple[Floats, Bools]]:
    """Each consideration's score 0–1 for every municipality, and which of them have all its figures.

    A consideration that only grades make has none.
    """
    values = [
        each.function(np.where(np.isnan(each.nation), each.median, each.nation))
        if each.nation.size
        else np.zeros(count)
        for each in taking_part
    ]
    missing = [np.isnan(each.nation) if each.nation.size else np.ones(count, bool) for each in taking_part]
    found = {}
    for k, key in enumerate(considerations):
        inside = np.flatnonzero(blend[:, k] > 0)
        known = ~np.logical_or.reduce([missing[i] for i in inside])
        if known.any():
            found[key] = (sum((values[i] * blend[i, k] for i in inside), np.zeros(count)), known)
    return found


def _swings(national: Mapping[str, tuple[Floats, Bools]], codes: Sequence[str]) -> dict[str, Swing]:
    """The two ends of each consideration as real places: what a weight on it is a weight on.

    A municipality that lacks a figure under the consideration stands at neither end.
    """
    return {
        key: Swing(
            *(_end_at(end, scores, known, codes) for end in (scores[known].min(), scores[known].max()))
        )
        for key, (scores, known) in national.items()
    }


def _end_at(end: float, scores: Floats, known: Bools, codes: Sequence[str]) -> SwingEnd:
    """The first by code that has the score, and how many others have it too."""
    there = np.flatnonzero(known & (np.abs(scores - end) < 1e-9))
    return SwingEnd(codes[int(there[0])], 100 * float(scores[there[0]]), len(there) - 1)


def _alike(national: Mapping[str, tuple[Floats, Bools]]) -> tuple[Alike, ...]:
    """Pairs of considerations that order the municipalities of the country much the same."""
    found = []
    for (first, (one, known)), (second, (other, too)) in combinations(national.items(), 2):
        both = known & too
        if both.sum() < LEAST_ALIKE or min(one[both].std(), other[both].std()) < SMALL:
            continue
        correlation = float(np.corrcoef(one[both], other[both])[0, 1])
        if correlation >= ALIKE:
            found.append(Alike((first, second), correlation))
    return tuple(found)


def _with_weights(used: Sequence[UsedIndicator]) -> list[UsedIndicator]:
    """Weights inside each consideration, so that they sum to 1 there."""
    totals: dict[str, float] = {}
    for each in used:
        totals[each.consideration] = totals.get(each.consideration, 0.0) + each.weight
    return [
        replace(each, weight=each.weight / totals[each.consideration] if each.weight else 0.0)
        for each in used
    ]


def _participating(used: Sequence[UsedIndicator], case: LocationCase) -> tuple[str, ...]:
    with_score = {each.consideration for each in used if each.weight > 0}
    return tuple(key for key in case.weights.ids if key in with_score)


def _cells(table: Sequence[Sequence[Figure]], taking_part: Sequence[Valued]) -> dict[str, Any]:
    """Figures (compared, indicators) and what they are worth: the arrays of `Scores`."""
    shape = (len(table), len(taking_part))
    known = np.array([[f.value is not None for f in row] for row in table], dtype=np.bool_).reshape(shape)
    medians = [each.median for each in taking_part]
    ends = [
        np.array([[_end(f, m, end) for f, m in zip(row, medians, strict=True)] for row in table])
        for end in range(3)
    ]
    low, figure, high = (end.reshape(shape) for end in ends)
    functions = tuple(each.function for each in taking_part)
    values = [_worth(end, functions) for end in (low, figure, high)]
    bounds = np.array([each.range for each in taking_part]).reshape(shape[1], 2)
    least, most = (np.where(known, values[1], bounds[:, end]) for end in (0, 1))
    around = np.stack([*values, least, most])  # a value that first rises and then falls is allowed
    return {
        "cells": values[1],
        "assumed": ~known,
        "least": least,
        "most": most,
        "low": around.min(axis=0),
        "high": around.max(axis=0),
        "figures": ranges(low, figure, high) if figure.size else Ranges(low, figure, high),
        "spreads": np.array([each.spread for each in taking_part]),
        "functions": functions,
    }


def _end(figure: Figure, median: float, end: int) -> float:
    """Lowest, likeliest or highest value of a figure; of one that is missing, the national median."""
    interval = figure.interval
    if interval is None or figure.value is None:
        return median
    return (interval[0], figure.value, interval[1])[end]


def _worth(figures: Floats, functions: Sequence[Callable[[Floats], Floats]]) -> Floats:
    columns = [function(figures[:, k]) for k, function in enumerate(functions)]
    return np.stack(columns, axis=1) if columns else np.zeros(figures.shape)


def _blend(
    used: Sequence[UsedIndicator], columns: tuple[str, ...], considerations: tuple[str, ...]
) -> Floats:
    blend = np.zeros((len(columns), len(considerations)))
    for each in used:
        if each.weight > 0 and each.consideration in considerations:
            blend[columns.index(each.indicator.id), considerations.index(each.consideration)] = each.weight
    return blend


def _graded_about(case: LocationCase) -> list[str]:
    return sorted({grade.about for each in case.alternatives for grade in each.grades})


def _settled(figure: Figure, bound: str, limit: float) -> bool | None:
    """Whether the figure is within the limit; None where it is missing, or assumed and can be either."""
    if figure.value is None:
        return None
    # What is measured or estimated is taken at its value; of an assumption only its range is claimed.
    ends = figure.interval if figure.quality is Quality.ASSUMED else None
    within = {_within(end, bound, limit) for end in ends or (figure.value,)}
    return within.pop() if len(within) == 1 else None


def _within(value: float, bound: str, limit: float) -> bool:
    return value >= limit if bound == "min" else value <= limit


def _graded(grade: Grade) -> Figure:
    anchor = Source(CASE_FILE, grade.anchor, "", "", "", "", "", asked=phrase("indicators:query.grade"))
    return Figure(grade.value, "points", Quality.ASSUMED, (anchor,))


def _title_of(about: str, case: LocationCase) -> Mapping[str, str]:
    """The title of the consideration or the indicator a grade is about."""
    known = {each.id: each.title for each in rules.rule_set(case.rules_version).considerations}
    return known.get(about) or get_indicator(about).title


def _grade_indicator(about: str, case: LocationCase) -> Indicator:
    """A grade as an indicator of its consideration (or of the indicator's, if it is about one)."""
    consideration = (
        about if about in case.weights.ids else get_indicator(about).considerations[case.rules_version]
    )
    template = for_rules(case.rules_version)[0]
    graded = _title_of(about, case)
    title = {
        lang: texts.text("analyses.location:grade", lang, about=texts.inside(graded[lang]))
        for lang in settings.LANGUAGES
    }
    return replace(
        template,
        id=GRADE + about,
        title=title,
        explanation=title,
        unit="points",
        decimals=0,
        direction="max",
        considerations={case.rules_version: consideration},
        aggregate="mean",
        scored=True,
        weight=1.0,
        value=((0.0, 0.0), (100.0, 100.0)),
        per_job=False,
        value_reason=title,
        common_error=False,
        reference="Keeney & Raiffa 1976",
        tables=(),
    )
