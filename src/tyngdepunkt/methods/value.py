"""Drawn value functions: from a figure in its own unit to a value between 0 and 1.

A value function says how good a figure is, independently of the other criteria (Keeney &
Raiffa 1976; Belton & Stewart 2002, chapter 5). Four shapes are drawn against fixed anchors;
`MinMax` alone is drawn against the alternatives at hand, so its values change when an
alternative is added. `Identity` takes the figure as it is, for scores made elsewhere.

Figures have shape (..., alternatives): the last axis is the alternatives, so that a whole
batch of uncertain draws goes through in one call.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal, Protocol

import numpy as np
import numpy.typing as npt

from tyngdepunkt.methods.validation import Floats

Direction = Literal["max", "min"]
NEUTRAL = 0.5
"""What a criterion is worth where it cannot tell the alternatives apart."""


class ValueFunction(Protocol):
    """Anything that turns figures (..., alternatives) into values of the same shape."""

    def __call__(self, figures: npt.ArrayLike) -> Floats:
        """Values of the figures."""
        ...


@dataclass(frozen=True, slots=True)
class Linear:
    """A straight line from `worst` (value 0) to `best` (value 1), flat outside.

    The direction lies in the anchors: `Linear(worst=90, best=30)` is for minutes of travel.

    Raises:
        ValueError: when the anchors are equal.
    """

    worst: float
    best: float

    def __post_init__(self) -> None:
        if self.worst == self.best:
            raise ValueError("the anchors of a linear value function must differ")

    def __call__(self, figures: npt.ArrayLike) -> Floats:
        """Values in [0, 1]."""
        share = (_known(figures) - self.worst) / (self.best - self.worst)
        return np.asarray(np.clip(share, 0.0, 1.0))


@dataclass(frozen=True, slots=True)
class _Drawn:
    """What is told by its points ((figure, value), …), figures rising."""

    points: tuple[tuple[float, float], ...]

    @property
    def monotone(self) -> bool:
        """Whether the values only rise or only fall."""
        return _monotone(self.points)


@dataclass(frozen=True, slots=True)
class Piecewise(_Drawn):
    """Straight lines through the drawn points ((figure, value), …), flat outside them.

    The points speak for themselves: a value that first rises and then falls is allowed, and
    `monotone` tells the caller whether it does. Their values should lie from 0 to 1 where they
    stand beside other value functions; that is the caller's to keep.

    Raises:
        ValueError: fewer than two points, figures that do not rise, or a number that is not finite.
    """

    def __post_init__(self) -> None:
        _check_points(self.points, at_least=2)

    def __call__(self, figures: npt.ArrayLike) -> Floats:
        """Values, between the lowest and the highest drawn."""
        known = _known(figures)
        x, v = np.array(self.points, dtype=np.float64).T
        return np.asarray(np.interp(known, x, v))


@dataclass(frozen=True, slots=True)
class Step(_Drawn):
    """A staircase: from each drawn figure on, its value holds until the next.

    `Step(((0, 0.2), (20, 0.6), (50, 1)))` gives 0.2 below 20, 0.6 from 20, and 1 from 50.

    Raises:
        ValueError: no points, figures that do not rise, or a number that is not finite.
    """

    def __post_init__(self) -> None:
        _check_points(self.points, at_least=1)

    def __call__(self, figures: npt.ArrayLike) -> Floats:
        """Values, between the lowest and the highest drawn."""
        known = _known(figures)
        x, v = np.array(self.points, dtype=np.float64).T
        step = np.clip(np.searchsorted(x, known, side="right") - 1, 0, None)
        return np.asarray(v[step], dtype=np.float64)


@dataclass(frozen=True, slots=True)
class MinMax:
    """A straight line from the worst to the best of the alternatives at hand.

    Where all alternatives are equal the criterion cannot tell them apart, and each gets the
    same neutral value instead of a division by zero.
    """

    direction: Direction = "max"

    def __call__(self, figures: npt.ArrayLike) -> Floats:
        """Values in [0, 1], over the last axis."""
        known = _known(figures)
        low = known.min(axis=-1, keepdims=True)
        span = known.max(axis=-1, keepdims=True) - low
        share = np.divide(known - low, span, out=np.full_like(known, NEUTRAL), where=span > 0)
        return np.asarray(share if self.direction == "max" else 1.0 - share)


@dataclass(frozen=True, slots=True)
class Identity:
    """The figure itself as its value; with direction `min` its negative. Not bound to [0, 1]."""

    direction: Direction = "max"

    def __call__(self, figures: npt.ArrayLike) -> Floats:
        """The figures, or their negatives."""
        known = _known(figures)
        return known if self.direction == "max" else 0.0 - known


def value_matrix(figures: npt.ArrayLike, functions: tuple[Callable[[Floats], Floats], ...]) -> Floats:
    """Values of a whole table.

    Args:
        figures: (..., alternatives, criteria), each criterion in its own unit.
        functions: one value function per criterion.

    Returns:
        Values of the same shape.

    Raises:
        ValueError: a missing figure, or not one function per criterion.
    """
    table = np.asarray(figures, dtype=np.float64)
    if table.shape[-1] != len(functions):
        raise ValueError(f"{table.shape[-1]} criteria but {len(functions)} value functions")
    return np.stack([f(table[..., k]) for k, f in enumerate(functions)], axis=-1)


def _known(figures: npt.ArrayLike) -> Floats:
    known = np.asarray(figures, dtype=np.float64)
    if not np.isfinite(known).all():
        raise ValueError("a value function was given a missing figure; leave the criterion out on purpose")
    return known


def _check_points(points: tuple[tuple[float, float], ...], at_least: int) -> None:
    figures, drawn = [p[0] for p in points], [p[1] for p in points]
    if len(points) < at_least:
        raise ValueError(f"at least {at_least} points are needed")
    if any(after <= before for before, after in pairwise(figures)):
        raise ValueError("the figures of the points must rise from one to the next")
    if not np.isfinite([*figures, *drawn]).all():
        raise ValueError("every point needs a known figure and a known value")


def _monotone(points: tuple[tuple[float, float], ...]) -> bool:
    drawn = [p[1] for p in points]
    steps = [after - before for before, after in pairwise(drawn)]
    return all(s >= 0 for s in steps) or all(s <= 0 for s in steps)
