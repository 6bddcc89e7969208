"""Drawn value functions: from a figure to a value 0–100, as points of a piecewise line.

Unless a case draws its own, a figure is valued by where it stands among all municipalities
(`national`), by where it stands among the alternatives (`local`), or by the points the
catalogue gives. No points at all means that the indicator tells nobody apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from tyngdepunkt.figures import Figure
from tyngdepunkt.indicators.contract import Indicator, Points, Question

if TYPE_CHECKING:
    from tyngdepunkt.places import Places

QUANTILES = (0.0, 0.10, 0.25, 0.50, 0.75, 0.90, 1.0)
TOP = 100.0


def value_points(
    indicator: Indicator, places: Places, question: Question, figures: Sequence[Figure]
) -> Points:
    """The value function of an indicator in a case.

    Args:
        indicator: whose catalogue entry says which kind of function it has.
        places: the snapshot, for the national distribution.
        question: what the indicator is computed for.
        figures: the figures of the alternatives, for a local scale.

    Returns:
        Points (figure, value 0–100), figures strictly rising; empty where there is no spread.
    """
    if not isinstance(indicator.value, str):
        return indicator.value
    if indicator.value == "local":
        return local_scale(indicator, figures)
    return national_scale(indicator, places, question)


def national_scale(indicator: Indicator, places: Places, question: Question) -> Points:
    """The value function drawn through the distribution over all municipalities."""
    found = indicator.compute(places, question, tuple(places.municipalities))
    known = [figure.value for figure in found if figure.value is not None]
    if indicator.floor is not None:
        known = [max(value, indicator.floor) for value in known]
    return quantile_points(known, indicator.direction)


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
