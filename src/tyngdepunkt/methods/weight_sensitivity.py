"""The smallest change of weights at which another alternative draws level with the first.

For each rival the nearest weights, in the sense of Euclid, at which it has as much value:

    minimise |w − w₀|²  subject to  Σw = 1,  w ≥ 0,  (rival − first) · w ≥ 0

a convex quadratic programme with one solution or none. Its only bound beside the simplex is the
last one, so the solution is the projection onto the simplex of w₀ + λ (rival − first) for the
smallest multiplier λ ≥ 0 that reaches it (Boyd & Vandenberghe 2004, section 5.5); the lead grows
with λ, which is found by halving, and the point itself is then solved on the weights that are not
0. That holds however different the criteria's units are. The answer is not taken on trust. The
objective is convex and the constraints are linear, so the Karush-Kuhn-Tucker conditions hold
exactly when no allowed direction leads downhill, that is when (w* − w₀) · (v − w*) ≥ 0 for every
corner v of the allowed weights; the corners are few and known, and all of them are tried. The
idea of the nearest weights that change the ranking: Rios Insua & French 1991.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from tyngdepunkt.methods.validation import TOLERANCE, Floats, finite, values_and_weights

_SLACK = 1e-8
_FARTHEST = 1e300


class Flip(NamedTuple):
    """The nearest weights at which a rival draws level.

    Attributes:
        rival: position of the rival.
        weights: (criteria,) the nearest weights, sum 1.
        distance: Euclidean distance from the weights measured from, from 0 to √2.
    """

    rival: int
    weights: Floats
    distance: float


def smallest_weight_changes(values: npt.ArrayLike, weights: npt.ArrayLike, first: int) -> list[Flip | None]:
    """The smallest change for every alternative.

    Args:
        values: (alternatives, criteria), higher is better.
        weights: (criteria,) the weights measured from, sum 1.
        first: position of the alternative that has most value at those weights.

    Returns:
        One per alternative; None for the first itself, and where no weights at all can do it.

    Raises:
        ValueError: missing values, or shapes that do not fit.
        RuntimeError: the optimality conditions do not hold (a bug, or hopeless scaling).
    """
    matrix, start = values_and_weights(values, weights)
    leads = matrix - matrix[first]
    rounding = TOLERANCE * np.maximum(
        np.abs(matrix), np.abs(matrix[first])
    )  # each criterion has its own unit
    leads = np.where(np.abs(leads) <= rounding, 0.0, leads)
    return [None if rival == first else flip(leads[rival], start, rival) for rival in range(len(matrix))]


def nearest(found: Sequence[Flip | None]) -> Flip | None:
    """The smallest of the changes; by position where two are equally small. None where there is none."""
    return min((f for f in found if f is not None), key=lambda f: f.distance, default=None)


def flip(lead: npt.ArrayLike, weights: npt.ArrayLike, rival: int = 0) -> Flip | None:
    """The nearest weights at which `lead · w ≥ 0`.

    Args:
        lead: (criteria,) the rival's value less the first's.
        weights: (criteria,) the weights measured from, sum 1.
        rival: position to note in the answer.

    Returns:
        None where the rival is behind in every criterion. Distance 0 where it is level already.
    """
    d, start = finite(lead, 1, "lead"), finite(weights, 1, "weights")
    scale = float(np.abs(d).max())
    if scale == 0 or float(d @ start) >= -TOLERANCE * float(np.abs(d) @ start):
        return Flip(rival, start.copy(), 0.0)
    d = d / scale
    d[np.abs(d) < np.finfo(np.float64).tiny] = (
        0.0  # too small to be multiplied by: no weights bring it forward
    )
    if d.max() < 0:
        return None
    point = _solved(d, start)
    if not is_nearest(point, start, d):
        raise RuntimeError("the nearest weights do not meet their optimality conditions")
    return Flip(rival, point, float(np.linalg.norm(point - start)))


def is_nearest(point: Floats, start: Floats, lead: Floats) -> bool:
    """Whether `point` is allowed and no allowed weights are nearer to `start`.

    Args:
        point: (criteria,) the weights in question.
        start: (criteria,) the weights measured from.
        lead: (criteria,) with largest absolute value 1.
    """
    allowed = point.min() >= -_SLACK and abs(point.sum() - 1) <= _SLACK and lead @ point >= -_SLACK
    slope = point - start
    downhill = (_corners(lead) - point) @ slope
    return bool(allowed and downhill.min() >= -_SLACK)


def _solved(d: Floats, start: Floats) -> Floats:
    """The programme's solution; a rival that leads nowhere can only be level where it equals the first."""
    possible = np.full(len(d), fill_value=True) if d.max() > 0 else d == 0
    point = np.zeros(len(d))
    if d.max() <= 0:
        point[possible] = _onto_simplex(start[possible])
        return point
    low, high = 0.0, 1.0
    while d @ _onto_simplex(start + high * d) < 0 and high < _FARTHEST:
        low, high = high, 2.0 * high
    while low < (middle := 0.5 * (low + high)) < high:  # until the two are neighbours
        if d @ _onto_simplex(start + middle * d) < 0:
            low = middle
        else:
            high = middle
    near = _onto_simplex(start + high * d)
    return _polished(near, start, d)


def _onto_simplex(point: Floats) -> Floats:
    """Nearest point with no part below 0 and sum 1 (Held, Wolfe & Crowder 1974)."""
    falling = -np.sort(-point)
    over = (np.cumsum(falling) - 1.0) / np.arange(1, len(point) + 1)
    return np.asarray(np.maximum(point - over[np.flatnonzero(falling > over)[-1]], 0.0))


def _polished(near: Floats, start: Floats, d: Floats) -> Floats:
    """The same point solved exactly on the weights that are not 0, where that keeps them so; else as it is.

    On those w = w₀ + a + b d with the sum 1 and d · w = 0: two equations, solved in whole numbers,
    since d may hold a billion beside a one.
    """
    held = np.flatnonzero(near > 0)
    w, lead = ([Fraction(float(x)) for x in part[held]] for part in (start, d))
    n, one, two = len(held), sum(lead), sum(x * x for x in lead)
    apart = n * two - one * one
    if apart == 0:
        return near
    short, behind = 1 - sum(w), -sum(x * y for x, y in zip(lead, w, strict=True))
    a, b = (two * short - one * behind) / apart, (n * behind - one * short) / apart
    point = np.zeros(len(d))
    point[held] = [float(x + a + b * y) for x, y in zip(w, lead, strict=True)]
    return point if point.min() >= 0 else near


def _corners(lead: Floats) -> Floats:
    """Corners of {w ≥ 0, Σw = 1, lead · w ≥ 0}: one criterion alone, or two that just balance."""
    m = len(lead)
    alone = np.eye(m)[lead >= 0]
    up, down = np.flatnonzero(lead > 0), np.flatnonzero(lead < 0)
    i, j = (a.ravel() for a in np.meshgrid(up, down, indexing="ij"))
    balanced = np.zeros((len(i), m))
    rows = np.arange(len(i))
    share = lead[i] / (lead[i] - lead[j])
    balanced[rows, j], balanced[rows, i] = share, 1.0 - share
    return np.concatenate((alone, balanced))
