"""What SQL cannot do: projection, boundaries, and driving times over the road links."""

from __future__ import annotations

import datetime as dt
import json
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import shapely
from pyproj import Transformer

from tyngdepunkt.places.build_sql import create_from_rows
from tyngdepunkt.places.openings import openings
from tyngdepunkt.places.road_checks import drawn_links
from tyngdepunkt.places.roads import Link, RoadNetwork

TOLERANCE = 150.0  # metres
NEAREST = 3


def _project(lon: Any, lat: Any) -> np.ndarray[Any, Any]:
    """Degrees to EPSG:25833, (n, 2) metres. Both are ETRS89 to within what the points are good for."""
    return np.column_stack(_to_metres().transform(np.asarray(lon, float), np.asarray(lat, float)))


@cache
def _to_metres() -> Transformer:
    """Made once: making one takes longer than projecting a road."""
    return Transformer.from_crs("EPSG:4326", "EPSG:25833", always_xy=True)


def points(database: duckdb.DuckDBPyConnection) -> None:
    """`point(code, x, y)`: the municipality points in metres."""
    rows = database.execute(
        "SELECT kommunenummer, CAST(lon AS DOUBLE), CAST(lat AS DOUBLE) FROM kommuner_2024 ORDER BY 1"
    ).fetchall()
    metres = _project([row[1] for row in rows], [row[2] for row in rows]).round(0)
    create_from_rows(
        database,
        "point",
        ("code", "x", "y"),
        [(row[0], *xy.tolist()) for row, xy in zip(rows, metres, strict=True)],
    )


def boundaries(database: duckdb.DuckDBPyConnection, stored: Path) -> None:
    """`boundary`: municipalities simplified together, so that neighbours still share their border."""
    features = json.loads((stored / "grenser/kommune_xs_2025.geojson").read_text(encoding="utf-8"))[
        "features"
    ]
    codes = [str(feature["properties"]["kommune_no"]).zfill(4) for feature in features]
    shapes = shapely.transform(
        [shapely.geometry.shape(feature["geometry"]) for feature in features],
        lambda xy: _project(xy[:, 0], xy[:, 1]),
    )
    shapes = shapely.transform(shapely.coverage_simplify(shapes, TOLERANCE), lambda xy: xy.round(0))
    shapes = shapely.make_valid(shapes)
    rows = [("municipality", code, _wkb(shape)) for code, shape in zip(codes, shapes, strict=True)]
    counties = sorted({code[:2] for code in codes})
    for county in counties:
        parts = [shape for code, shape in zip(codes, shapes, strict=True) if code[:2] == county]
        rows.append(("county", county, _wkb(shapely.union_all(parts))))
    rows.append(("country", "NO", _wkb(shapely.union_all(list(shapes)))))
    create_from_rows(database, "boundary", ("level", "code", "wkb"), rows)


def _wkb(shape: Any) -> bytes:
    polygons = [part for part in shapely.get_parts(shape) if part.geom_type in ("Polygon", "MultiPolygon")]
    whole = shapely.union_all(polygons)
    return bytes(shapely.to_wkb(shapely.normalize(whole)))


def road_links(database: duckdb.DuckDBPyConnection, day: dt.date) -> list[str]:
    """Turn the link table's lon and lat lists into WKB in metres, without roads that are not open on a day.

    Returns:
        What was left out.
    """
    rows = database.execute("SELECT * EXCLUDE (lon, lat), lon, lat FROM road_link ORDER BY link").fetchall()
    lines = [_project(row[-2], row[-1]).round(0) for row in rows]
    kept = ("link", "category", "number", "kind", "motorway", "medium", "km", "dated", "wkb")
    with_shape = [
        (*row[:-2], bytes(shapely.to_wkb(shapely.LineString(line))))
        for row, line in zip(rows, lines, strict=True)
    ]
    create_from_rows(database, "road_link", kept, with_shape)
    closed = openings().closed(drawn_links(database), day)
    for link, _ in closed:
        database.execute("DELETE FROM road_link WHERE link = ?", [link.link])
    return [f"{road.name}: {link.km} km" for link, road in closed]


def airport_exceptions(database: duckdb.DuckDBPyConnection) -> None:
    """`airport_exception`: airports that the file marks as having passenger traffic, but have no flights."""
    rows = [(a.name, a.reason) for a in openings().airports if a.scheduled is False]
    create_from_rows(database, "airport_exception", ("place", "reason"), rows)


def travel_times(database: duckdb.DuckDBPyConnection) -> str:
    """`travel_time` between all municipality points, and `access_time` to the nearest three of each kind.

    Returns:
        How far the travel times are from the matrix that came with the road links.
    """
    network = RoadNetwork(_links(database))
    homes = database.execute("SELECT code, x, y FROM municipality ORDER BY code").fetchall()
    points = np.array([row[1:] for row in homes], dtype=np.float64)
    access_times(database, network, homes)
    ways = network.ways(points, points)
    rows = []
    for a, b in zip(*np.triu_indices(len(homes), 1), strict=True):
        dry = ways.minutes_without_ferry[a, b]
        without = round(float(dry), 1) if np.isfinite(dry) else None
        told = (round(float(ways.minutes[a, b]), 1), round(float(ways.km[a, b]), 1), without)
        rows.append((homes[a][0], homes[b][0], *told, bool(ways.ferry[a, b])))
    columns = ("origin", "destination", "minutes", "km", "minutes_without_ferry", "ferry")
    create_from_rows(database, "travel_time", columns, rows)
    return _compare(database)


def access_times(
    database: duckdb.DuckDBPyConnection, network: RoadNetwork, homes: list[tuple[Any, ...]]
) -> None:
    """`access_time`: the nearest three of each kind."""
    origins = np.array([row[1:] for row in homes])
    rows: list[tuple[Any, ...]] = []
    for kind, sql in (
        ("airport", "SELECT name, lon, lat FROM airport WHERE scheduled ORDER BY name"),
        ("railway", "SELECT name, lon, lat FROM railway_station ORDER BY name"),
    ):
        targets = database.execute(sql).fetchall()
        metres = _project([row[1] for row in targets], [row[2] for row in targets])
        ways = network.ways(origins, metres)
        for (code, *_), line, ferry in zip(homes, ways.minutes.round(1), ways.ferry, strict=True):
            nearest = [n for n in np.argsort(line, kind="stable")[:NEAREST] if np.isfinite(line[n])]
            rows += [(code, kind, targets[n][0], float(line[n]), bool(ferry[n])) for n in nearest]
    create_from_rows(database, "access_time", ("municipality", "kind", "name", "minutes", "ferry"), rows)


def _links(database: duckdb.DuckDBPyConnection) -> list[Link]:
    rows = database.execute(
        "SELECT category, kind, motorway, km, wkb FROM road_link ORDER BY link"
    ).fetchall()
    shapes = shapely.from_wkb([row[4] for row in rows])
    return [
        Link(row[0], row[1] == "ferry", row[2], row[3], shapely.get_coordinates(shape))
        for row, shape in zip(rows, shapes, strict=True)
    ]


def _compare(database: duckdb.DuckDBPyConnection) -> str:
    """Our times against the matrix that came with the links, which used roads that are not open."""
    mine, theirs = np.array(
        database.execute(
            "SELECT t.minutes, r.minutter FROM travel_time t "
            "JOIN reisetid_kommunesentre r ON r.fra = t.origin AND r.til = t.destination"
        ).fetchall()
    ).T
    difference = np.abs(mine - theirs)
    return (
        f"{len(mine)} pairs; correlation {np.corrcoef(mine, theirs)[0, 1]:.4f}, mean absolute difference "
        f"{difference.mean():.1f} min, median {np.median(difference):.1f}, largest {difference.max():.0f}"
    )
