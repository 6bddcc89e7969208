"""Exact geometry of a box cut by the simplex: {w : Σw = 1, low ≤ w ≤ high}.

Two things are needed of that set: its centre of gravity and points drawn uniformly in it.
Both are exact here; no Markov chain has to settle.

**Centre.** With y = w − low the set is {y ≥ 0, Σy = s, y ≤ cap}. Its volume and moments
follow by inclusion and exclusion over the subsets of caps that are exceeded: taking away the
part where the caps in J are exceeded leaves a simplex of size s − ΣJ cap, whose volume goes
as the power m − 1 and whose centre is known. Where the terms cancel so much that rounding
would show, the same sum is taken in whole numbers of unlimited length.

**Points.** Rejection from proposals that are themselves exact. A proposal draws some
coordinates uniformly in their boxes and gives what is left, r, to the others as a uniform
point of a simplex; it is kept with probability (r/s) to the power of the simplex' dimension,
and only if that point keeps within its own caps. Every split of the coordinates gives the
uniform distribution; they differ only in how much is thrown away, so a short pilot picks the
best split. The same can be done from above with z = high − w.
"""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple

import numpy as np

from tyngdepunkt.methods.validation import Bools, Floats

MOST_EXACT = 20
"""Most free coordinates for the exact centre: 2 to the power of it terms."""
_PILOT = 512
_BATCH = 1 << 16
_MOST_BATCHES = 20_000
_LOST_DIGITS = 1e-10


class Slice(NamedTuple):
    """The free part of a box on the simplex: {y ≥ 0, Σy = total, y ≤ caps}, mirrored or not.

    `base + sign · y` gives the weights of the free coordinates back.
    """

    total: float
    caps: Floats
    base: Floats
    sign: float


def tightened(low: Floats, high: Floats) -> tuple[Floats, Floats]:
    """The same set with bounds that can actually be reached.

    Args:
        low: (criteria,) lower bounds, 0-1.
        high: (criteria,) upper bounds, 0-1.

    Returns:
        (criteria,) lower and upper bounds; each is reached by some weights of the set that sum to 1.
    """
    lowest = np.maximum(low, 1.0 - (high.sum() - high))
    highest = np.minimum(high, 1.0 - (low.sum() - low))
    return np.clip(lowest, 0.0, 1.0), np.clip(np.maximum(highest, lowest), 0.0, 1.0)


def box_centroid(low: Floats, high: Floats) -> Floats:
    """Exact centre of gravity of the slice.

    Args:
        low: (criteria,) lower bounds, tightened.
        high: (criteria,) upper bounds, tightened.

    Raises:
        ValueError: more than `MOST_EXACT` free coordinates.
    """
    free = _free(low, high)
    centre = low.copy()
    if free.sum() > MOST_EXACT:
        raise ValueError(f"the exact centre is for at most {MOST_EXACT} free weights")
    if free.any():
        part = min(_slices(low, high, free), key=lambda s: s.total / float(s.caps.sum()))
        centre[free] = part.base + part.sign * _slice_centroid(part)
    return centre


def box_sample(low: Floats, high: Floats, n: int, random: np.random.Generator) -> Floats:
    """Points drawn uniformly from the slice, exactly.

    Args:
        low: (criteria,) lower bounds, tightened.
        high: (criteria,) upper bounds, tightened.
        n: how many points.
        random: where chance comes from.

    Returns:
        (n, criteria); every row sums to 1 and keeps its bounds to rounding.
    """
    free = _free(low, high)
    points = np.tile(low, (n, 1))
    if free.any():
        part, simplex = _best_split(_slices(low, high, free), random)
        points[:, free] = part.base + part.sign * _accepted(part, simplex, n, random)
    return points


def _free(low: Floats, high: Floats) -> Bools:
    free = high - low > 1e-12
    return free if free.sum() > 1 else np.zeros_like(free)


def _slices(low: Floats, high: Floats, free: Bools) -> tuple[Slice, Slice]:
    caps = high[free] - low[free]
    held = float(low[~free].sum())
    from_below = Slice(1.0 - held - float(low[free].sum()), caps, low[free], 1.0)
    from_above = Slice(held + float(high[free].sum()) - 1.0, caps, high[free], -1.0)
    return from_below, from_above


def _slice_centroid(part: Slice) -> Floats:
    caps = part.caps / part.total
    sums = np.zeros(1)
    signs = np.ones(1)
    for cap in caps:
        sums, signs = np.concatenate((sums, sums + cap)), np.concatenate((signs, -signs))
    left = np.maximum(1.0 - sums, 0.0)
    terms = signs * left ** (len(caps) - 1)
    volume = float(terms.sum())
    lost = float(np.abs(terms).sum()) * 1e-16 * len(caps)
    if volume <= 0 or lost > _LOST_DIGITS * volume * float(caps.min()):
        return _exact_centroid(part)
    common = float((terms * left).sum()) / len(caps)
    shifts = [cap * float(_holding(terms, k).sum()) for k, cap in enumerate(caps)]
    return np.asarray((np.array(shifts) + common) / volume * part.total)


def _holding(terms: Floats, coordinate: int) -> Floats:
    """The terms of the subsets that hold a coordinate (its bit in the position is set)."""
    return np.asarray(terms.reshape(-1, 2, 1 << coordinate)[:, 1, :])


def _exact_centroid(part: Slice) -> Floats:
    """The same sums in whole numbers: slow, and without any rounding until the last division."""
    total, *caps = _whole_numbers([part.total, *part.caps.tolist()])
    m = len(caps)
    volume, common, holding = 0, 0, [0] * m
    subsets = [(total, 1, 0)]
    for k, cap in enumerate(caps):
        subsets += [(left - cap, -sign, bits | 1 << k) for left, sign, bits in subsets if left > cap]
    for left, sign, bits in subsets:
        term = sign * left ** (m - 1)
        volume += term
        common += term * left
        for k in range(m):
            if bits >> k & 1:
                holding[k] += term
    centre = [
        Fraction(cap * h * m + common, volume * m * total) for cap, h in zip(caps, holding, strict=True)
    ]
    return np.array([float(c) for c in centre]) * part.total


def _whole_numbers(numbers: list[float]) -> list[int]:
    fractions = [Fraction(number) for number in numbers]
    scale = max(f.denominator for f in fractions)  # every denominator is a power of two
    return [int(f * scale) for f in fractions]


def _best_split(slices: tuple[Slice, Slice], random: np.random.Generator) -> tuple[Slice, int]:
    """The proposal that keeps most points: from which side, and how many caps go to the simplex."""
    splits = [(part, k) for part in slices for k in range(1, len(part.caps) + 1)]
    kept = [len(_proposed(part, k, _PILOT, random)) for part, k in splits]
    return splits[int(np.argmax(kept))]


def _accepted(part: Slice, simplex: int, n: int, random: np.random.Generator) -> Floats:
    points, found, batch = [], 0, min(2 * n + 64, _BATCH)
    for _ in range(_MOST_BATCHES):
        kept = _proposed(part, simplex, batch, random)
        points.append(kept)
        found += len(kept)
        if found >= n:
            return np.asarray(np.concatenate(points)[:n])
        batch = _BATCH
    raise RuntimeError(f"only {found} of {n} points were kept: the bounds are too narrow for rejection")


def _proposed(part: Slice, simplex: int, n: int, random: np.random.Generator) -> Floats:
    """Points kept out of `n` proposals, in the order of the slice's coordinates.

    The `simplex` coordinates with the widest caps share what the boxes leave.
    """
    by_cap = np.argsort(part.caps, kind="stable")
    boxes, shared = by_cap[:-simplex], by_cap[-simplex:]
    in_boxes = random.random((n, len(boxes))) * part.caps[boxes]
    left = part.total - in_boxes.sum(axis=1)
    keep = left >= 0
    keep &= random.random(n) <= (np.maximum(left, 0.0) / part.total) ** (simplex - 1)
    in_boxes, left = in_boxes[keep], left[keep]
    in_simplex = left[:, None] * random.dirichlet(np.ones(simplex), size=len(left))
    within = (in_simplex <= part.caps[shared]).all(axis=1)
    points = np.empty((int(within.sum()), len(part.caps)))
    points[:, boxes], points[:, shared] = in_boxes[within], in_simplex[within]
    return points
