"""The set of weights a case allows, its centre, and points drawn uniformly from it.

Four ways to say what one knows of the weights, from most to least: exact points, bounds,
an order of importance, nothing. Each is a subset of the simplex {w ≥ 0, Σw = 1}, and
everything the robustness methods need of it is exact: whether it is empty, its centre of
gravity, and independent uniform draws (Lahdelma, Hokkanen & Salminen 1998; Tervonen &
Lahdelma 2007). The centre of an order is the rank-order centroid (Barron & Barrett 1996).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

import numpy as np
import numpy.typing as npt

from tyngdepunkt.methods.validation import Floats, finite, generator
from tyngdepunkt.methods.weight_sampling import MOST_EXACT, box_centroid, box_sample, tightened

Kind = Literal["points", "bounds", "order", "none"]
_SLACK = 1e-9
_DRAWS_FOR_CENTRE = 200_000


@dataclass(frozen=True, eq=False)
class WeightSet:
    """A set of allowed weights. Made by `exactly`, `within`, `ordered` or `anything`.

    Attributes:
        kind: which of the four.
        low: (criteria,) smallest weight each criterion can have.
        high: (criteria,) largest weight each criterion can have.
        groups: for an order, positions of criteria, most important group first.
    """

    kind: Kind
    low: Floats
    high: Floats
    groups: tuple[tuple[int, ...], ...] = ()

    @property
    def size(self) -> int:
        """Number of criteria."""
        return len(self.low)

    @property
    def is_point(self) -> bool:
        """Whether only one set of weights is allowed."""
        return bool((self.high - self.low).max() <= _SLACK)

    @property
    def centre_is_exact(self) -> bool:
        """Whether `centroid` is exact; false only for bounds on more than 20 criteria."""
        return self.kind != "bounds" or int((self.high - self.low > 1e-12).sum()) <= MOST_EXACT

    def contains(self, weights: npt.ArrayLike, slack: float = _SLACK) -> bool:
        """Whether the set holds these weights, to rounding."""
        w = finite(weights, 1, "weights")
        inside = bool((w >= self.low - slack).all() and (w <= self.high + slack).all())
        falls = all(
            w[list(before)].min() >= w[list(after)].max() - slack for before, after in pairwise(self.groups)
        )
        return inside and falls and abs(float(w.sum()) - 1.0) <= slack

    def centroid(self) -> Floats:
        """Centre of gravity of the set, (criteria,); sums to 1.

        Exact, but for bounds on more than 20 criteria, where it is the mean of 200,000 draws.
        """
        if self.kind == "bounds":
            if not self.centre_is_exact:
                return np.asarray(self.sample(_DRAWS_FOR_CENTRE, seed=0).mean(axis=0))
            return box_centroid(self.low, self.high)
        if self.kind == "order":
            return _order_centroid(self.groups, self.size)
        return self.low.copy() if self.kind == "points" else np.full(self.size, 1.0 / self.size)

    def sample(self, n: int, seed: int | np.random.Generator) -> Floats:
        """Weights drawn uniformly and independently from the set, exactly.

        Args:
            n: how many.
            seed: the same seed gives the same weights.

        Returns:
            (n, criteria); every row is in the set.
        """
        random = generator(seed)
        if self.kind == "points":
            return np.tile(self.low, (n, 1))
        if self.kind == "bounds":
            return box_sample(self.low, self.high, n, random)
        free = random.dirichlet(np.ones(self.size), size=n)
        return _in_order(free, self.groups, random) if self.groups else free


def exactly(weights: npt.ArrayLike) -> WeightSet:
    """One set of weights; numbers on any scale, normalised to sum 1.

    Raises:
        ValueError: a missing or negative weight, or all of them 0.
    """
    given = finite(weights, 1, "weights")
    if given.min() < 0 or given.sum() <= 0:
        raise ValueError("weights must be at least 0 and not all 0")
    point = np.asarray(given / given.sum())
    return WeightSet("points", point, point)


def within(low: npt.ArrayLike, high: npt.ArrayLike) -> WeightSet:
    """All weights between bounds, as shares of 1.

    Raises:
        ValueError: bounds that cross, or that no weights with sum 1 can meet.
    """
    lowest, highest = finite(low, 1, "low"), finite(high, 1, "high")
    if not feasible(lowest, highest):
        raise ValueError("no weights with sum 1 keep within the bounds")
    return WeightSet("bounds", *tightened(lowest, highest))


def nearly_within(low: Floats, high: Floats) -> WeightSet:
    """As `within`, for rounded bounds: what is lacking or left over of 1 is spread in proportion.

    Args:
        low: (criteria,) least weights, shares of 1.
        high: (criteria,) greatest weights, shares of 1.
    """
    lowest, highest = float(low.sum()), float(high.sum())
    low, high = low / max(lowest, 1.0), np.minimum(1.0, high / min(highest, 1.0))
    return within(low, np.maximum(low, high))


def ordered(groups: Sequence[Sequence[int]], size: int) -> WeightSet:
    """Weights that fall from group to group; inside a group, and outside all groups, they are free.

    Args:
        groups: positions of criteria, most important group first: `[[0], [2, 3], [1]]` means that
            0 weighs at least as much as 2 and 3, which each weigh at least as much as 1.
        size: number of criteria.

    Raises:
        ValueError: an empty group, a position out of range, or one that stands twice.
    """
    named = [position for group in groups for position in group]
    if not all(groups) or len(set(named)) < len(named) or not set(named) <= set(range(size)):
        raise ValueError("an order needs groups that are not empty, with each position once")
    kept = tuple(tuple(sorted(group)) for group in groups)
    high = np.ones(size)
    before = 0
    for group in kept:  # k weights that are at least as large leave at most 1/(k + 1)
        high[list(group)] = 1.0 / (before + 1)
        before += len(group)
    return WeightSet("order", np.zeros(size), high, kept)


def anything(size: int) -> WeightSet:
    """All weights there are: the whole simplex."""
    return WeightSet("none", np.zeros(size), np.ones(size))


def feasible(low: npt.ArrayLike, high: npt.ArrayLike) -> bool:
    """Whether weights with sum 1 can keep within the bounds."""
    lowest, highest = np.asarray(low, dtype=np.float64), np.asarray(high, dtype=np.float64)
    in_order = bool((lowest <= highest).all() and (lowest >= 0).all())
    return in_order and float(lowest.sum()) <= 1 + _SLACK and float(highest.sum()) >= 1 - _SLACK


def rank_order_centroid(size: int) -> Floats:
    """Centre of all weights w₁ ≥ w₂ ≥ … ≥ w_m (Barron & Barrett 1996): w_k = (1/m) Σ_{j≥k} 1/j."""
    tails = np.cumsum((1.0 / np.arange(1, size + 1))[::-1])[::-1]
    return np.asarray(tails / size)


def _order_centroid(groups: tuple[tuple[int, ...], ...], size: int) -> Floats:
    """Group means of the rank-order centroid; criteria outside the order keep their even share.

    A uniform point of the simplex, restricted to some coordinates and normalised, is again
    uniform, and independent of what those coordinates sum to; so the two parts can be taken apart.
    """
    named = sum(len(group) for group in groups)
    centre = np.full(size, 1.0 / size)
    chain = rank_order_centroid(named) * (named / size)
    start = 0
    for group in groups:
        centre[list(group)] = chain[start : start + len(group)].mean()
        start += len(group)
    return centre


def _in_order(free: Floats, groups: tuple[tuple[int, ...], ...], random: np.random.Generator) -> Floats:
    """Hand the named coordinates' values out again so that they fall from group to group.

    The simplex is the union of equally large copies of the allowed set, one for each way to hand
    the values out, so what was uniform stays uniform.
    """
    named = [position for group in groups for position in group]
    falling = -np.sort(-free[:, named], axis=1)
    start = 0
    for group in groups:
        share = falling[:, start : start + len(group)]
        falling[:, start : start + len(group)] = random.permuted(share, axis=1) if len(group) > 1 else share
        start += len(group)
    free[:, named] = falling
    return free
