"""How one indicator counts in a case: whether it takes part, what a figure is worth, and what it can be.

None of this hangs on which alternatives are listed, unless the case itself asks for a scale from
the worst to the best of them. An indicator takes part where it has a figure for any municipality
in the country; what an alternative lacks is a figure that lies somewhere in the national range.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from tyngdepunkt.analyses.location.result import UsedIndicator
from tyngdepunkt.figures import Figure, Quality
from tyngdepunkt.indicators import QUANTILES, Indicator, Question, value_points
from tyngdepunkt.indicators import get as get_indicator
from tyngdepunkt.methods.validation import Floats
from tyngdepunkt.methods.value import Piecewise, Step

if TYPE_CHECKING:
    from tyngdepunkt.analyses.location.input.model import IndicatorChoice, LocationCase
    from tyngdepunkt.places import Places

Points = tuple[tuple[float, float], ...]
GRADE = "grade_"  # a grade is an indicator named grade_<what it is about>
NO_DIFFERENCE: Points = ()
_ANY_SHARE = np.linspace(0.0, 1.0, len(QUANTILES))
_ANY_GRADE = np.linspace(0.0, 100.0, len(QUANTILES))  # no country has grades: every one is as likely


@dataclass(frozen=True, slots=True)
class Valued:
    """An indicator as the case uses it.

    Args:
        used: with its drawn value function; weight 0 where it takes no part, else not yet normalised.
        function: from figures to values 0–1.
        spread: quantiles of the figure over the country, at `indicators.QUANTILES`: what a missing
            figure can be. Empty where the indicator takes no part.
        nation: the figure of every municipality in the order of their codes, NaN where there is none;
            empty for a grade, which no country has.
    """

    used: UsedIndicator
    function: Callable[[Floats], Floats]
    spread: Floats
    nation: Floats

    @property
    def median(self) -> float:
        """The figure that stands in for a missing one."""
        return float(self.spread[QUANTILES.index(0.5)])

    @property
    def range(self) -> tuple[float, float]:
        """Least and most a missing figure can be worth."""
        low, high = float(self.spread[0]), float(self.spread[-1])
        turns = [x for x, _ in self.used.points if low < x < high]  # a value may rise and then fall
        values = self.function(np.array([*self.spread, *turns], dtype=np.float64))
        return float(values.min()), float(values.max())


def valued(
    indicator: Indicator,
    choice: IndicatorChoice | None,
    scale: tuple[Places, Question],
    rows: Sequence[Figure],
    case: LocationCase,
) -> Valued:
    """How an indicator counts.

    Args:
        indicator: from the rule set, or a grade of the case.
        choice: what the case changes about it.
        scale: the places and the question, for what the figure is over the country.
        rows: its figures for the alternatives that are compared.
        case: the case.
    """
    if choice is not None and choice.direction:
        indicator = replace(indicator, direction=choice.direction)
    shown_only = not indicator.scored and choice is None
    everywhere, applies = _listed(rows) if shown_only else _nation(indicator, scale)
    graded = indicator.id.startswith(GRADE)
    nation = _ANY_GRADE.tolist() if graded else everywhere[~np.isnan(everywhere)].tolist()
    if not nation and indicator.aggregate == "union" and any(figure.value is not None for figure in rows):
        nation, everywhere = _ANY_SHARE.tolist(), np.empty(0)  # only a set of offices has it, no place alone
    nobody = shown_only and not rows  # nothing is said of what it is not held against
    why_out = "indicator_out.shown_only" if nobody else _why_out(indicator, choice, (bool(nation), applies))
    kind = _kind(indicator, choice)
    points = NO_DIFFERENCE if why_out else _points(indicator, choice, kind, (nation, scale[1], rows))
    if choice is not None and choice.weight == 0:
        why_out = why_out or "indicator_out.turned_off"
    if not why_out and points == NO_DIFFERENCE:
        why_out = "indicator_out.no_difference"
    weight = (
        0.0 if why_out else (indicator.weight if choice is None or choice.weight is None else choice.weight)
    )
    used = UsedIndicator(
        indicator, indicator.considerations[case.rules_version], weight, points, kind, why_out
    )
    spread = np.empty(0) if why_out else np.quantile(nation, QUANTILES)
    return Valued(used, _function(kind, points), spread, everywhere)


def _listed(rows: Sequence[Figure]) -> tuple[Floats, bool]:
    """For an indicator that takes no part: what the alternatives have, and whether it applies to any."""
    values = np.array([np.nan if figure.value is None else figure.value for figure in rows])
    return values, any(figure.quality is not Quality.NOT_APPLICABLE for figure in rows)


def _nation(indicator: Indicator, scale: tuple[Places, Question]) -> tuple[Floats, bool]:
    """The figure of every municipality (NaN for none), and whether the indicator applies to the case."""
    if indicator.id.startswith(GRADE):
        return np.empty(0), True
    places, question = scale
    found = indicator.compute(places, question, tuple(places.municipalities))
    values = np.array([np.nan if figure.value is None else figure.value for figure in found])
    return values, any(figure.quality is not Quality.NOT_APPLICABLE for figure in found)


def _function(kind: str, points: Points) -> Callable[[Floats], Floats]:
    if not points:
        return np.asarray
    return Step(points) if kind == "step" else Piecewise(points)


def _why_out(indicator: Indicator, choice: IndicatorChoice | None, nation: tuple[bool, bool]) -> str:
    if choice is not None and choice.off:
        return "indicator_out.turned_off"
    known, applies = nation
    if not known:
        return "indicator_out.missing_all" if applies else "indicator_out.not_applicable"
    return "" if indicator.scored or choice is not None else "indicator_out.shown_only"


def _kind(indicator: Indicator, choice: IndicatorChoice | None) -> str:
    if choice is not None and choice.value is not None:
        return choice.value.kind
    return indicator.value if isinstance(indicator.value, str) else "points"


def _points(
    indicator: Indicator,
    choice: IndicatorChoice | None,
    kind: str,
    seen: tuple[Sequence[float], Question, Sequence[Figure]],
) -> Points:
    """The drawn value function as (figure, value 0–1); empty where it cannot tell any two places apart."""
    nation, question, figures = seen
    if kind == "identity":
        return ((0.0, 0.0), (100.0, 1.0)) if indicator.direction == "max" else ((0.0, 1.0), (100.0, 0.0))
    if choice is not None and choice.value is not None:
        drawn = {"national": "national", "minmax": "local", "local": "local"}.get(kind, choice.value.points)
        indicator = replace(indicator, value=drawn, per_job=False)
        question = replace(question, price_year=None)  # a scale the case draws is in its own kroner already
    points = value_points(indicator, nation, question, figures)
    turned = kind == "points" and (choice is None or choice.value is None) and _turned(indicator)
    return tuple((float(x), 1 - float(value) / 100 if turned else float(value) / 100) for x, value in points)


def _turned(indicator: Indicator) -> bool:
    """Whether the case has turned the direction of an indicator whose own value function is drawn."""
    known = not indicator.id.startswith(GRADE)
    return known and indicator.direction != get_indicator(indicator.id).direction
