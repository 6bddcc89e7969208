"""From figures to scores: value functions, who takes part, and the mean under each consideration.

An indicator takes part only where every alternative that is compared has a figure: a place
must not win or lose because a number is missing for it. Grades set by hand, with a written
anchor, count as indicators of their consideration.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from tyngdepunkt import rules, settings, texts
from tyngdepunkt.analyses.location.result import MustHaveOutcome, UsedIndicator
from tyngdepunkt.figures import Figure, Quality, Source, phrase
from tyngdepunkt.indicators import CASE_FILE, Indicator, Question, for_rules, local_scale, value_points
from tyngdepunkt.indicators import get as get_indicator
from tyngdepunkt.methods.arrays import Floats
from tyngdepunkt.methods.value import Piecewise, Step

if TYPE_CHECKING:
    from tyngdepunkt.analyses.location.case import Alternative, Grade, IndicatorChoice, LocationCase
    from tyngdepunkt.places import Places

Points = tuple[tuple[float, float], ...]
Row = Mapping[str, Figure]
GRADE = "grade_"  # a grade is an indicator named grade_<what it is about>
NO_DIFFERENCE: Points = ()


@dataclass(frozen=True, slots=True)
class Scores:
    """Scores of the alternatives that are compared.

    Args:
        used: every indicator of the rule set, with its weight and value function.
        compared: positions of the alternatives that are compared.
        considerations: those that have a score for all compared, in the rule set's order.
        cells: values 0–1, (compared, indicators that take part).
        low, high: the values at the ends of the figures' ranges, same shape.
        columns: the indicators that take part, in the order of `cells`.
        blend: (indicators that take part, considerations): how cells make scores; each column sums to 1.
    """

    used: tuple[UsedIndicator, ...]
    compared: tuple[int, ...]
    considerations: tuple[str, ...]
    cells: Floats
    low: Floats
    high: Floats
    columns: tuple[str, ...]
    blend: Floats

    @property
    def matrix(self) -> Floats:
        """Scores 0–1, (compared, considerations)."""
        return np.asarray(self.cells @ self.blend, dtype=np.float64)

    @property
    def common(self) -> tuple[bool, ...]:
        """Per column: whether its uncertainty strikes all alternatives alike."""
        known = {each.indicator.id: each.indicator.common_error for each in self.used}
        return tuple(known[column] for column in self.columns)


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
    """Each threshold of the case for one alternative; a missing figure neither passes nor fails."""
    outcomes = []
    for each in case.must_have:
        figure = row.get(each.indicator, Figure(None, "", Quality.MISSING))
        for bound, limit in (("min", each.minimum), ("max", each.maximum)):
            if limit is not None:
                passed = None if figure.value is None else _within(figure.value, bound, limit)
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
    drawn = [
        _draw(each, chosen.get(each.id), scale, [rows[i] for i in compared], case)
        for each in indicators_of(case)
    ]
    used = _with_weights([each for each, _ in drawn], chosen)
    functions = {each.indicator.id: function for each, function in drawn}
    columns = tuple(each.indicator.id for each in used if each.weight > 0)
    considerations = _participating(used, case)
    cells, low, high = (_cells(rows, compared, (columns, functions), end) for end in ("value", "low", "high"))
    blend = _blend(used, columns, considerations)
    ends = np.stack([low, cells, high])  # a value that first rises and then falls is allowed
    low, high = ends.min(axis=0), ends.max(axis=0)
    return Scores(tuple(used), tuple(compared), considerations, cells, low, high, columns, blend)


def _draw(
    indicator: Indicator,
    choice: IndicatorChoice | None,
    scale: tuple[Places, Question],
    rows: Sequence[Row],
    case: LocationCase,
) -> tuple[UsedIndicator, Callable[[Floats], Floats]]:
    """An indicator with its value function; weight 1 where it takes part, 0 where it does not."""
    if choice is not None and choice.direction:
        indicator = replace(indicator, direction=choice.direction)
    why_out = _why_out(indicator, choice, rows)
    kind = _kind(indicator, choice)
    points = () if why_out else _points(indicator, choice, kind, (scale, rows))
    if choice is not None and choice.weight == 0:
        why_out = why_out or "indicator_out.turned_off"
    function = _function(kind, points)
    if not why_out and (points == NO_DIFFERENCE or _is_level(function, indicator, rows)):
        why_out = "indicator_out.no_difference"
    consideration = indicator.considerations[case.rules_version]
    weight = 0.0 if why_out else (1.0 if choice is None or choice.weight is None else choice.weight)
    used = UsedIndicator(indicator, consideration, weight, points, kind, why_out)
    return used, function


def _function(kind: str, points: Points) -> Callable[[Floats], Floats]:
    if not points:
        return np.asarray
    return Step(points) if kind == "step" else Piecewise(points)


def _is_level(function: Callable[[Floats], Floats], indicator: Indicator, rows: Sequence[Row]) -> bool:
    """Whether the indicator is worth the same for all: it would only dilute those that tell them apart."""
    values = function(np.array([_end(row[indicator.id], "value") for row in rows], dtype=np.float64))
    return len(rows) > 1 and bool(np.ptp(values) < 1e-12)


def _why_out(indicator: Indicator, choice: IndicatorChoice | None, rows: Sequence[Row]) -> str:
    if choice is not None and choice.off:
        return "indicator_out.turned_off"
    figures = [row.get(indicator.id, Figure(None, "", Quality.MISSING)) for row in rows]
    have = [figure.value is not None for figure in figures]
    if not any(have):
        inapplicable = all(figure.quality is Quality.NOT_APPLICABLE for figure in figures)
        return "indicator_out.not_applicable" if inapplicable else "indicator_out.missing_all"
    if not indicator.scored and choice is None:
        return "indicator_out.shown_only"
    return "" if all(have) else "indicator_out.missing_some"


def _kind(indicator: Indicator, choice: IndicatorChoice | None) -> str:
    if choice is not None and choice.value is not None:
        return choice.value.kind
    return indicator.value if isinstance(indicator.value, str) else "points"


def _points(
    indicator: Indicator,
    choice: IndicatorChoice | None,
    kind: str,
    seen: tuple[tuple[Places, Question], Sequence[Row]],
) -> Points:
    """The drawn value function as (figure, value 0–1); empty where it cannot tell anything apart."""
    (places, question), rows = seen
    if kind == "identity":
        return ((0.0, 0.0), (100.0, 1.0)) if indicator.direction == "max" else ((0.0, 1.0), (100.0, 0.0))
    if choice is not None and choice.value is not None:
        drawn = {"national": "national", "minmax": "local", "local": "local"}.get(kind, choice.value.points)
        indicator = replace(indicator, value=drawn)
    figures = [row[indicator.id] for row in rows]
    points = value_points(indicator, places, question, figures) or local_scale(indicator, figures)
    turned = kind == "points" and (choice is None or choice.value is None) and _turned(indicator)
    return tuple((float(x), 1 - float(value) / 100 if turned else float(value) / 100) for x, value in points)


def _turned(indicator: Indicator) -> bool:
    """Whether the case has turned the direction of an indicator whose own value function is drawn."""
    known = not indicator.id.startswith(GRADE)
    return known and indicator.direction != get_indicator(indicator.id).direction


def _with_weights(
    used: Sequence[UsedIndicator], chosen: Mapping[str, IndicatorChoice]
) -> list[UsedIndicator]:
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


def _cells(
    rows: Sequence[Row],
    compared: Sequence[int],
    drawn: tuple[tuple[str, ...], Mapping[str, Callable[[Floats], Floats]]],
    end: str,
) -> Floats:
    columns, functions = drawn
    cells = np.empty((len(compared), len(columns)))
    for position, name in enumerate(columns):
        figures = [rows[i][name] for i in compared]
        ends = [_end(figure, end) for figure in figures]
        cells[:, position] = functions[name](np.array(ends, dtype=np.float64))
    return cells


def _end(figure: Figure, end: str) -> float:
    interval = figure.interval
    if interval is None or figure.value is None:
        raise ValueError("a figure without value takes part")
    return {"value": figure.value, "low": interval[0], "high": interval[1]}[end]


def _blend(
    used: Sequence[UsedIndicator], columns: tuple[str, ...], considerations: tuple[str, ...]
) -> Floats:
    blend = np.zeros((len(columns), len(considerations)))
    for each in used:
        if each.weight > 0:
            blend[columns.index(each.indicator.id), considerations.index(each.consideration)] = each.weight
    return blend


def _graded_about(case: LocationCase) -> list[str]:
    return sorted({grade.about for each in case.alternatives for grade in each.grades})


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
        value=((0.0, 0.0), (100.0, 100.0)),
        value_reason=title,
        common_error=False,
        reference="Keeney & Raiffa 1976",
        tables=(),
    )
