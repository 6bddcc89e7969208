"""Boundaries as SVG paths, with no more points than the drawing can show."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from itertools import pairwise
from typing import Any

from tyngdepunkt.documents.map.frame import Frame

_FINEST = 0.45
_SMALLEST = 2.0


def read(boundaries: Mapping[str, bytes], codes: Iterable[str]) -> list[Any]:
    """Read the boundaries of some codes.

    Returns:
        Shapely geometries in the order of `codes`. Codes without a boundary are left out, so the list may be
        shorter than `codes`.
    """
    import shapely

    return [shapely.from_wkb(boundaries[code]) for code in codes if code in boundaries]


def drawn(geometries: list[Any], frame: Frame) -> list[Any]:
    """Cut geometries to the frame and simplify them together, so that neighbours still share a border.

    Args:
        geometries: of Shapely, in metres, that cover an area without overlap.
        frame: what the drawing shows.

    Returns:
        One geometry for each, in the same order; empty where it lies outside the frame.
    """
    import shapely

    fine = shapely.set_precision(geometries, 1.0)
    thin = shapely.coverage_simplify(fine, _FINEST * frame.scale * 2)
    return [shapely.clip_by_rect(shape, *frame.bounds) for shape in thin]


def united(geometries: list[Any], frame: Frame) -> Any:
    """One thinned geometry out of several, cut to the frame."""
    import shapely

    whole = _whole(tuple(geometries))
    return shapely.clip_by_rect(whole.simplify(_FINEST * frame.scale), *frame.bounds)


# the country stands in the corner of every map: its counties are put together once
@lru_cache(maxsize=16)
def _whole(geometries: tuple[Any, ...]) -> Any:
    import shapely

    return shapely.union_all([shapely.make_valid(shape) for shape in geometries])


def path(geometry: Any, frame: Frame) -> str:
    """A geometry as the `d` attribute of an SVG path.

    Returns:
        The path in drawing units; empty where every part is too small to be seen.
    """
    import shapely

    smallest = _SMALLEST * frame.scale**2
    parts = [part for part in shapely.get_parts(geometry) if part.geom_type == "Polygon"]
    rings = []
    for part in parts:
        if part.area >= smallest:
            rings += [part.exterior, *(hole for hole in part.interiors if _area(hole) >= smallest)]
    return "".join(_ring(ring, frame) for ring in rings)


def _area(ring: Any) -> float:
    import shapely

    return float(shapely.Polygon(ring).area)


def _ring(ring: Any, frame: Frame) -> str:
    """A ring as one absolute point and then steps, in tenths of a unit."""
    tenths = [tuple(round(10 * side) for side in frame.point(x, y)) for x, y in ring.coords[:-1]]
    steps = [(bx - ax, by - ay) for (ax, ay), (bx, by) in pairwise(tenths)]
    moved = " ".join(f"{dx / 10:g},{dy / 10:g}" for dx, dy in steps if dx or dy)
    start_x, start_y = tenths[0]
    return f"M{start_x / 10:g},{start_y / 10:g}l{moved}z" if moved else ""
