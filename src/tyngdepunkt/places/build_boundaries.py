"""Boundaries as the maps of the product need them, of Kartverket's own that run out to sea.

The coast is that of the snapshot in use: it does not move, and Kartverket's boundaries do not follow it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from tyngdepunkt.errors import Fault, Faults

if TYPE_CHECKING:
    import duckdb

TOLERANCE = 150.0
"""Metres that a border may move by when it is simplified."""
PLACE, ALL = 0.20, 0.05
"""Shares that the area of a place, and of all places together, may move by."""
_EXAMPLES = 5
Polygons = Sequence[Sequence[Sequence[tuple[int, int]]]]


def boundary_rows(
    database: duckdb.DuckDBPyConnection, polygons: Mapping[str, Polygons], file: str
) -> list[tuple[str, str, bytes]]:
    """Rows of the table `boundary`: municipalities, the counties they make, and the country.

    Args:
        database: holds the `boundary` in use.
        polygons: number of a municipality → its polygons, whole metres in EPSG:25833.
        file: what they came in, as a fault names it.

    Raises:
        UserError: areas that are not those of the municipalities there are.
    """
    import shapely

    sql = "SELECT code, wkb FROM boundary WHERE level = 'municipality' ORDER BY code"
    before = {code: shapely.from_wkb(bytes(wkb)) for code, wkb in database.execute(sql).fetchall()}
    ((coast,),) = database.execute("SELECT wkb FROM boundary WHERE level = 'country'").fetchall()
    codes = sorted(polygons)
    raw = [shapely.MultiPolygon([(part[0], part[1:]) for part in polygons[code]]) for code in codes]
    whole = shapely.coverage_simplify(shapely.make_valid(np.array(raw, dtype=object)), TOLERANCE)
    clipped = shapely.intersection(shapely.make_valid(whole), shapely.from_wkb(bytes(coast)))
    shapes = shapely.make_valid(shapely.transform(clipped, lambda xy: xy.round(0)))
    _check_areas(before, dict(zip(codes, shapes, strict=True)), file)
    rows = [("municipality", code, _wkb(shape)) for code, shape in zip(codes, shapes, strict=True)]
    for county in sorted({code[:2] for code in codes}):
        inside = [shape for code, shape in zip(codes, shapes, strict=True) if code.startswith(county)]
        rows.append(("county", county, _wkb(shapely.union_all(inside))))
    return [*rows, ("country", "NO", bytes(coast))]


def _check_areas(before: Mapping[str, Any], after: Mapping[str, Any], file: str) -> None:
    faults = Faults()
    both = [code for code in before if code in after]
    far = [
        code for code in both if abs(after[code].area - before[code].area) > PLACE * max(before[code].area, 1)
    ]
    moved = sum(abs(after[code].area - before[code].area) for code in both)
    share = moved / max(sum(before[code].area for code in both), 1)
    if far or share > ALL:
        examples = [
            f"{code}: {before[code].area / 1e6:.0f} → {after[code].area / 1e6:.0f} km²"
            for code in far[:_EXAMPLES]
        ]
        values = {"count": len(far), "percent": share * 100, "examples": examples or ["–"]}
        faults.extend([Fault("sources:borders_moved", values, file)])
    faults.raise_if_any()


def _wkb(shape: Any) -> bytes:
    """Areas only, in one order, so that the same shapes give the same bytes."""
    import shapely

    parts = [part for part in shapely.get_parts(shape) if part.geom_type in ("Polygon", "MultiPolygon")]
    return bytes(shapely.to_wkb(shapely.normalize(shapely.union_all(parts))))
