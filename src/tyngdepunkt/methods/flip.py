"""The smallest change of weights at which another alternative draws level with the first.

For each rival the nearest weights, in the sense of Euclid, at which it has as much value:

    minimise |w − w₀|²  subject to  Σw = 1,  w ≥ 0,  (rival − first) · w ≥ 0

a convex quadratic programme with one solution or none, solved exactly by the dual active set
method of Goldfarb & Idnani 1983. The answer is not taken on trust. The objective is convex and
the constraints are linear, so the Karush-Kuhn-Tucker conditions hold exactly when no allowed
direction leads downhill, that is when (w* − w₀) · (v − w*) ≥ 0 for every corner v of the allowed
weights; the corners are few and known, and all of them are tried. The idea of the
nearest weights that change the ranking: Rios Insua & French 1991.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from tyngdepunkt.methods.arrays import TOLERANCE, Floats, finite, values_and_weights

_SLACK = 1e-8


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


def flips(values: npt.ArrayLike, weights: npt.ArrayLike, first: int) -> list[Flip | None]:
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
    return [
        None if rival == first else flip(matrix[rival] - matrix[first], start, rival)
        for rival in range(len(matrix))
    ]


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
    if scale <= TOLERANCE or float(d @ start) >= -TOLERANCE * max(1.0, scale):
        return Flip(rival, start.copy(), 0.0)
    d = np.where(np.abs(d) <= TOLERANCE * scale, 0.0, d / scale)
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
    leads = bool(d.max() > 0)
    possible = np.full(len(d), True) if leads else d == 0
    m = int(possible.sum())
    constraints = np.column_stack([np.ones(m), *([d] if leads else []), np.eye(m)])
    bounds = np.zeros(constraints.shape[1])
    bounds[0] = 1.0
    point = np.zeros(len(d))
    point[possible] = _programme(start[possible].astype(np.float64), constraints, bounds)
    kept = np.maximum(point, 0.0)
    return np.asarray(kept / kept.sum())


def _programme(start: Floats, constraints: Floats, bounds: Floats) -> Floats:
    import quadprog  # read only where it is used: most commands never come here

    return np.asarray(quadprog.solve_qp(np.eye(len(start)), start, constraints, bounds, meq=1)[0])


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
