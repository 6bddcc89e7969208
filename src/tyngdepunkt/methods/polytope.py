"""Exact shares of first places: how much of the allowed weights puts each alternative first.

With given scores the weights under which an alternative leads are a convex polytope: the allowed
set cut by one half-space per rival. Its share of first places is its volume over the whole's
(Lahdelma & Salminen 2001 define it so, and estimate it by drawing). For up to five criteria the
volumes are computed: the corners are the feasible intersections of as many bounds as there are
dimensions, and the polytope is cut into simplices from one of its corners, face by face (the
method of Cohen & Hickey 1979, described by Büeler, Enge & Fukuda 2000). The parts must add up
to the whole; where they do not, no answer is given.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, pairwise
from math import comb, factorial
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from tyngdepunkt.methods.validation import Bools, Floats, Ints, finite
from tyngdepunkt.methods.weights import WeightSet

MOST_CRITERIA = 5
_MOST_CORNERS = 6_000  # intersections tried for one alternative: some milliseconds
_SLACK = 1e-9
_FLAT = 1e-10


class HalfSpaces(NamedTuple):
    """{y : normals · y ≤ offsets}, rows of length 1 and the weights the coordinates stand for.

    Attributes:
        normals: (bounds, dimensions).
        offsets: (bounds,).
        base: (criteria,) the weights at y = 0.
        spread: (criteria, dimensions) weights = base + spread · y.
    """

    normals: Floats
    offsets: Floats
    base: Floats
    spread: Floats


def first_shares(values: npt.ArrayLike, allowed: WeightSet) -> Floats | None:
    """Share of the allowed weights under which each alternative is first; those that tie share evenly.

    Args:
        values: (alternatives, criteria), higher is better.
        allowed: the set of weights.

    Returns:
        (alternatives,), sums to 1; None with more than `MOST_CRITERIA` free criteria, with more
        rivals than can be worked through, or where the parts do not add up to the whole.

    Raises:
        ValueError: missing values.
    """
    matrix = finite(values, 2, "values")
    if allowed.is_point or allowed.size == 1:
        totals = matrix @ allowed.centroid()
        best = totals >= totals.max() - _SLACK * max(1.0, float(np.abs(totals).max()))
        return np.asarray(best / best.sum())
    space = _space(allowed)
    if space is None or not (corners := _corners(space)).size:
        return None
    touched = (corners @ space.normals.T >= space.offsets - 10 * _SLACK).any(axis=0)
    space = space._replace(normals=space.normals[touched], offsets=space.offsets[touched])
    at_corners = matrix @ (space.base[:, None] + space.spread @ corners.T)
    same, leading = _alike(at_corners), _leading(at_corners)
    if comb(len(space.normals) + len(leading) - 1, space.normals.shape[1]) > _MOST_CORNERS:
        return None
    whole = volume(space.normals, space.offsets)
    parts = np.zeros(len(matrix))
    for i in leading:
        parts[i] = _part(matrix, space, i, leading)
    if abs(float(parts.sum()) - whole) > 1e-6 * whole:
        return None
    shares = parts / parts.sum()
    return np.asarray(shares[same] / np.bincount(same, minlength=len(same))[same])


def volume(normals: Floats, offsets: Floats) -> float:
    """Volume of a bounded polytope {y : normals · y ≤ offsets}.

    Args:
        normals: (bounds, dimensions); rows of any length but 0.
        offsets: (bounds,).

    Returns:
        0 where it is empty or flat.
    """
    length = np.linalg.norm(normals, axis=1)
    space = HalfSpaces(normals / length[:, None], offsets / length, np.zeros(0), np.zeros((0, 0)))
    corners = _corners(space)
    dimensions = normals.shape[1]
    if len(corners) <= dimensions:
        return 0.0
    touched = np.abs(corners @ space.normals.T - space.offsets) <= 10 * _SLACK
    faces = [frozenset(np.flatnonzero(column).tolist()) for column in touched.T]
    simplices = list(_simplices(frozenset(range(len(corners))), faces, corners, dimensions))
    if not simplices:
        return 0.0
    points = corners[np.array(simplices)]
    edges = points[:, 1:] - points[:, :1]
    return float(np.abs(np.linalg.det(edges)).sum()) / factorial(dimensions)


def _part(matrix: Floats, space: HalfSpaces, first: int, leading: list[int]) -> float:
    """Volume of the weights under which `first` is at least level with every rival that matters."""
    rivals = [j for j in leading if j != first]
    lead = matrix[rivals] - matrix[first]
    normals, offsets = lead @ space.spread, -(lead @ space.base)
    real = np.linalg.norm(normals, axis=1) > _FLAT
    if (offsets[~real] < -_SLACK).any():
        return 0.0
    return volume(np.vstack([space.normals, normals[real]]), np.concatenate([space.offsets, offsets[real]]))


def _space(allowed: WeightSet) -> HalfSpaces | None:
    """The allowed weights in as many coordinates as they are free; the last free one takes what is left."""
    free = np.flatnonzero(allowed.high - allowed.low > 1e-12)
    if not 2 <= len(free) <= MOST_CRITERIA:
        return None
    base, spread = allowed.low.copy(), np.zeros((allowed.size, len(free) - 1))
    base[free] = 0.0
    base[free[-1]] = 1.0 - base.sum()
    spread[free[:-1]] = np.eye(len(free) - 1)
    spread[free[-1]] = -1.0
    rows = [-spread[free], spread[free]]
    bounds = [base[free] - allowed.low[free], allowed.high[free] - base[free]]
    for before, after in pairwise(allowed.groups):
        for i in before:
            rows.append(spread[list(after)] - spread[i])
            bounds.append(base[i] - base[list(after)])
    normals, offsets = np.vstack(rows), np.concatenate(bounds)
    length = np.linalg.norm(normals, axis=1)
    return HalfSpaces(normals / length[:, None], offsets / length, base, spread)


def _corners(space: HalfSpaces) -> Floats:
    """Every corner once, (corners, dimensions)."""
    normals, offsets = space.normals, space.offsets
    chosen = np.array(list(combinations(range(len(normals)), normals.shape[1])), dtype=np.int64)
    systems = normals[chosen]
    regular = np.abs(np.linalg.det(systems)) > _FLAT
    points = np.linalg.solve(systems[regular], offsets[chosen[regular]][..., None])[..., 0]
    inside = (points @ normals.T <= offsets + _SLACK).all(axis=1)
    return np.asarray(_distinct(points[inside]))


def _distinct(points: Floats) -> Floats:
    """Points that are the same to rounding, once; compared, not rounded, so that none falls on an edge."""
    kept: list[Floats] = []
    for point in points:
        if not kept or np.abs(np.array(kept) - point).max(axis=1).min() > 10 * _SLACK:
            kept.append(point)
    return np.array(kept).reshape(len(kept), points.shape[1])


def _simplices(
    face: frozenset[int], bounds: list[frozenset[int]], corners: Floats, dimensions: int
) -> Iterator[list[int]]:
    """Corners of the simplices a face is cut into: its first corner with each part that does not hold it."""
    apex = min(face)
    if dimensions == 0:
        yield [apex]
        return
    seen: set[frozenset[int]] = set()
    for bound in bounds:
        part = face & bound
        if apex in part or len(part) < dimensions or part in seen:
            continue
        seen.add(part)
        if _dimensions(corners[sorted(part)]) == dimensions - 1:
            yield from ([apex, *rest] for rest in _simplices(part, bounds, corners, dimensions - 1))


def _dimensions(points: Floats) -> int:
    return 0 if len(points) < 2 else int(np.linalg.matrix_rank(points[1:] - points[0], tol=10 * _SLACK))


def _alike(at_corners: Floats) -> Ints:
    """(alternatives,) position of the first alternative with the same value under all allowed weights."""
    close = _SLACK * max(1.0, float(np.abs(at_corners).max()))
    first = [int(np.argmax((np.abs(at_corners - row) <= close).all(axis=1))) for row in at_corners]
    return np.array(first, dtype=np.int64)


def _leading(at_corners: Floats) -> list[int]:
    """Those that no other one keeps behind or level under all allowed weights; one of several equals."""
    kept = []
    same = _alike(at_corners)
    for j, row in enumerate(at_corners):
        ahead: Bools = (at_corners >= row - _SLACK).all(axis=1) & (same != same[j])
        if same[j] == j and not ahead.any():
            kept.append(j)
    return kept
