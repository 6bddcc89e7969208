"""Drawn value functions: from a figure to a value 0–100, as points of a piecewise line.

Unless a case draws its own, a figure is valued by where it stands among all municipalities
(`national`) or by the points the catalogue gives, some of them per post of the case. Only a
case can ask for a scale from the worst to the best of its alternatives (`local`): there one
more place can turn the order of two others. No points at all means that the indicator tells
no two places in the country apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from tyngdepunkt.figures import Figure
from tyngdepunkt.indicators.base import Indicator, Points, Question
from tyngdepunkt.indicators.prices import price_year, raised

if TYPE_CHECKING:
    from tyngdepunkt.places import Places

QUANTILES = (0.0, 0.10, 0.25, 0.50, 0.75, 0.90, 1.0)
TOP = 100.0


def national_values(indicator: Indicator, places: Places, question: Question) -> list[float]:
    """The indicator's figure for every municipality that has one, in the order of their codes."""
    found = indicator.compute(places, question, tuple(places.municipalities))
    return [figure.value for figure in found if figure.value is not None]


def value_points(
    indicator: Indicator, nation: Sequence[float], question: Question, figures: Sequence[Figure]
) -> Points:
    """The value function of an indicator in a case.

    Args:
        indicator: whose catalogue entry says which kind of function it has.
        nation: its figures over the country, as `national_values` gives them.
        question: what the indicator is computed for; its posts stretch a scale per post, its price year
            a scale of kroner.
        figures: the figures of the alternatives, for a local scale.

    Returns:
        Points (figure, value 0–100), figures strictly rising; empty where there is no spread.
    """
    if indicator.value == "local":
        return local_scale(indicator, figures)
    if isinstance(indicator.value, str):
        return _through(indicator, nation)
    stretch = (_posts(question) if indicator.per_job else 1.0) * _krone(indicator, question)
    return tuple((x * stretch, value) for x, value in indicator.value) if stretch > 0 else ()


def national_scale(indicator: Indicator, places: Places, question: Question) -> Points:
    """The value function drawn through the distribution over all municipalities."""
    return _through(indicator, national_values(indicator, places, question))


def _through(indicator: Indicator, nation: Sequence[float]) -> Points:
    known = nation if indicator.floor is None else [max(value, indicator.floor) for value in nation]
    return quantile_points(known, indicator.direction)


def _krone(indicator: Indicator, question: Question) -> float:
    """What a krone of the catalogue's scale is in the price year; 1 for other units.

    Choosing a price year thereby moves costs and scale alike, and no points.
    """
    return raised(price_year(), question.price_year) if indicator.unit.startswith("NOK") else 1.0


def _posts(question: Question) -> float:
    """Posts of the case: the middle of their range, or those that move where only these are known."""
    if question.total_jobs is not None:
        return sum(question.total_jobs) / 2
    return sum((question.moved_from or {}).values())


def quantile_points(values: Sequence[float], direction: str) -> Points:
    """Least 0, tenth percentile 10, … median 50, … most 100; turned round for `min`.

    Where quantiles fall together (most municipalities have 0) they become one point at the
    middle of their values, or at the end of the scale where they reach it.
    """
    import numpy as np

    if not values:
        return ()
    knots = zip(np.quantile(values, QUANTILES).tolist(), (TOP * q for q in QUANTILES), strict=True)
    return _turned(direction, _merged(knots))


def local_scale(indicator: Indicator, figures: Iterable[Figure]) -> Points:
    """A line from the worst of the alternatives (0) to the best (100)."""
    known = [figure.value for figure in figures if figure.value is not None]
    if not known:
        return ()
    return _turned(indicator.direction, _merged([(min(known), 0.0), (max(known), TOP)]))


def _turned(direction: str, points: Points) -> Points:
    if direction == "max":
        return points
    return tuple((x, TOP - value) for x, value in points)


def _merged(knots: Iterable[tuple[float, float]]) -> Points:
    """Knots with the same figure become one; fewer than two different ones are no scale.

    Figures are the same to twelve digits: the rest is the order in which they were added.
    """
    at: dict[float, list[float]] = {}
    for x, value in knots:
        at.setdefault(float(f"{x:.12g}"), []).append(value)
    if len(at) < 2:
        return ()
    return tuple((x, _together(values)) for x, values in sorted(at.items()))


def _together(values: Sequence[float]) -> float:
    low, high = min(values), max(values)
    if low == 0.0 or high == TOP:
        return low if low == 0.0 else high
    return (low + high) / 2
