"""Values into a few classes with round limits, and colours that all eyes can tell apart.

The colours are ColorBrewer's YlGnBu and PuOr (Harrower and Brewer 2003, "ColorBrewer.org: an online
tool for selecting colour schemes for maps"), which are made for colour-blind readers and, but for
the middle of PuOr, run from light to dark also in grey.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

MISSING = "#d5d9dc"
"""No figure: grey, and hatched, so that it cannot be taken for a class."""

_GROWING = {
    2: ("#c7e9b4", "#2c7fb8"),
    3: ("#edf8b1", "#7fcdbb", "#2c7fb8"),
    4: ("#ffffcc", "#a1dab4", "#41b6c4", "#225ea8"),
    5: ("#ffffcc", "#a1dab4", "#41b6c4", "#2c7fb8", "#253494"),
    6: ("#ffffcc", "#c7e9b4", "#7fcdbb", "#41b6c4", "#2c7fb8", "#253494"),
}
_BOTH_WAYS = ("#b35806", "#f1a340", "#fee0b6", "#d8daeb", "#998ec3", "#542788")
_WANTED = 5


@dataclass(frozen=True, slots=True)
class Classes:
    """Classes of a figure.

    Args:
        limits: the lowest value of every class but the first; a value on a limit is in the upper class.
        colours: one more than there are limits, lowest class first.
    """

    limits: tuple[float, ...]
    colours: tuple[str, ...]

    def of(self, value: float) -> int:
        """Which class a value is in, from 0."""
        return bisect_right(self.limits, value)


def classes(values: Sequence[float], *, about_zero: bool = False) -> Classes:
    """Divide values into classes for a map, with about as many values in each and limits of two digits.

    Args:
        values: those that are known.
        about_zero: for growth and decline: zero is a limit, and the classes lie alike on both sides.

    Returns:
        The classes; fewer than usual where values are few or alike.
    """
    if about_zero:
        sizes = sorted(abs(value) for value in values)
        near, far = _rounded(_quantile(sizes, 0.4)), _rounded(_quantile(sizes, 0.8))
        limits = tuple(sorted({-far, -near, 0.0, near, far}))
        return Classes(limits, _BOTH_WAYS if len(limits) == len(_BOTH_WAYS) - 1 else _spread(len(limits) + 1))
    known = sorted(values)
    wanted = {_rounded(_quantile(known, part / _WANTED)) for part in range(1, _WANTED)}
    limits = tuple(limit for limit in sorted(wanted) if known and known[0] < limit <= known[-1])
    return Classes(limits, _spread(len(limits) + 1))


def steps(lowest: int, highest: int, *, darkest_first: bool = False) -> Classes:
    """One class for each whole number, for instance the centrality classes 1 to 6.

    Args:
        lowest: the first number.
        highest: the last number.
        darkest_first: whether the lowest number has the darkest colour.

    Returns:
        The classes.
    """
    colours = _spread(highest - lowest + 1)
    limits = tuple(float(limit) for limit in range(lowest + 1, highest + 1))
    return Classes(limits, colours[::-1] if darkest_first else colours)


def _spread(count: int) -> tuple[str, ...]:
    return _GROWING.get(count, _GROWING[2][1:] if count < len(_GROWING[2]) else _GROWING[6])


def _quantile(ordered: Sequence[float], part: float) -> float:
    return ordered[min(int(part * len(ordered)), len(ordered) - 1)] if ordered else 0.0


def _rounded(value: float) -> float:
    """To two digits: 19 807 becomes 20 000, 0.0517 becomes 0.052."""
    if value == 0:
        return 0.0
    return round(value, 1 - math.floor(math.log10(abs(value))))
