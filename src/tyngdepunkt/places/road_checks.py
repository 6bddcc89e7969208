"""Whether roads and travel times can be right: what is closed, too fast, or has both road and ferry.

Nothing here knows the right time. It finds what cannot be right without a reason, and wants the
reason written down in `openings.yaml`; what was not checked is told.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from tyngdepunkt.errors import Faults
from tyngdepunkt.figures import Phrase, phrase
from tyngdepunkt.places.openings import DrawnLink, Openings, Point, openings

if TYPE_CHECKING:
    import duckdb

LONG_TUNNEL = 3.0  # km
FIRST_EDITION = dt.date(2017, 1, 5)  # the day of the oldest links: no new road among them
HALF = 0.5
QUAY, JOIN = 500.0, 150.0  # metres from a quay to the road, and between loose ends

_SHORT = """
    WITH centre AS (SELECT region, municipality FROM region_member WHERE is_centre),
    timed AS (
        SELECT m.municipality AS place, m.travel_minutes AS printed, c.municipality AS centre, t.minutes
        FROM region_member m
        JOIN centre c ON c.region = m.region AND c.municipality <> m.municipality
        JOIN travel_time t ON t.origin = least(m.municipality, c.municipality)
            AND t.destination = greatest(m.municipality, c.municipality)
        WHERE m.travel_minutes IS NOT NULL AND NOT m.is_centre
    )
    SELECT place, a.name, arg_min(centre, minutes), arg_min(b.name, minutes), min(minutes), any_value(printed)
    FROM timed JOIN municipality a ON a.code = place JOIN municipality b ON b.code = centre
    GROUP BY ALL HAVING min(minutes) < ? * any_value(printed) ORDER BY place
"""


def drawn_links(database: duckdb.DuckDBPyConnection) -> list[DrawnLink]:
    """The road links of a connection that holds the table `road_link`; ferries left out."""
    import shapely

    rows = database.execute(
        "SELECT link, category, number, medium, km, dated, wkb FROM road_link "
        "WHERE kind = 'road' ORDER BY link"
    ).fetchall()
    lines = [shapely.get_coordinates(shape) for shape in shapely.from_wkb([row[6] for row in rows])]
    return [
        DrawnLink(row[0], row[1], row[2], row[3], row[4], (_point(line[0]), _point(line[-1])), row[5])
        for row, line in zip(rows, lines, strict=True)
    ]


def _point(xy: Sequence[float]) -> Point:
    return float(xy[0]), float(xy[1])


def check_roads(
    database: duckdb.DuckDBPyConnection, present: set[str], day: dt.date, known: Openings | None = None
) -> Faults:
    """What is wrong with roads and travel times on the snapshot's day.

    Args:
        database: connection that holds the tables.
        present: names of the tables that are there; what needs another one is left out.
        day: when the snapshot was built.
        known: what was looked up; the product's own unless a test brings another.
    """
    known = known or openings()
    faults = Faults()
    if "road_link" in present:
        for link, road in known.closed(drawn_links(database), day):
            faults.add("places:road_not_open", "road_link", road=road.name, link=link.link, opens=road.opens)
        for number, ferries, quays in parallel_ferries(database):
            if not known.excuses_ferry(number, quays):
                faults.add("places:ferry_beside_road", "road_link", number=number, links=ferries)
    if {"travel_time", "region_member", "municipality"} <= present:
        for place, name, centre, to, minutes, printed in database.execute(_SHORT, [HALF]).fetchall():
            if not known.short_times.get(frozenset((place, centre))):
                values = {"place": name, "centre": to, "minutes": minutes, "printed": printed}
                faults.add("places:too_fast", "travel_time", **values)
    return faults


def told_of_roads(
    database: duckdb.DuckDBPyConnection, present: set[str], day: dt.date, known: Openings | None = None
) -> list[Phrase]:
    """What was not checked, or should be looked at again: no fault, but not to be kept silent."""
    known = known or openings()
    told = []
    if "road_link" in present:
        for link, name in known.unchecked(drawn_links(database), LONG_TUNNEL, FIRST_EDITION):
            road = name or f"{link.category}{link.number or ''} ({link.link})"
            told.append(phrase("places:road.unchecked", road=road, km=round(link.km, 1)))
        told += [
            phrase("places:road.look_again", road=road.name, opens=road.opens)
            for road in known.roads
            if road.opens and road.opens <= day.isoformat()[: len(road.opens)]
        ]
    if "airport" in present:
        told += _airports(database, known)
    return told


def _airports(database: duckdb.DuckDBPyConnection, known: Openings) -> list[Phrase]:
    named = {airport.name: airport for airport in known.airports}
    rows = database.execute("SELECT name FROM airport WHERE scheduled ORDER BY name").fetchall()
    found = [named[name] for (name,) in rows if name in named and named[name].scheduled is None]
    others = sum(name not in named for (name,) in rows)
    told = [phrase("places:road.airport_unsure", airport=airport.name) for airport in found]
    return [*told, phrase("places:road.airports_unchecked", count=others)] if others else told


def parallel_ferries(database: duckdb.DuckDBPyConnection) -> list[tuple[int, list[int], list[Point]]]:
    """Ferries whose quays are also joined by roads of the same number: number, links and quays."""
    import shapely

    rows = database.execute(
        "SELECT number, kind = 'ferry', link, wkb FROM road_link WHERE number IN "
        "(SELECT number FROM road_link WHERE kind = 'ferry') ORDER BY number, link"
    ).fetchall()
    lines = [shapely.get_coordinates(shape) for shape in shapely.from_wkb([row[3] for row in rows])]
    found = []
    for number in sorted({row[0] for row in rows}):
        here = [n for n, row in enumerate(rows) if row[0] == number]
        road = [lines[n] for n in here if not rows[n][1]]
        ferries = [(rows[n][2], lines[n]) for n in here if rows[n][1]]
        if road:
            found += [(number, links, quays) for links, quays in _beside(road, ferries)]
    return found


def _beside(
    road: list[np.ndarray], ferries: list[tuple[int, np.ndarray]]
) -> list[tuple[list[int], list[Point]]]:
    """The ferries of one road number that have two quays on the same connected piece of its road."""
    from scipy.spatial import KDTree

    vertices = np.vstack(road)
    owner = np.repeat(np.arange(len(road)), [len(line) for line in road])
    tree = KDTree(vertices)
    touching = [(n, m) for n, line in enumerate(road) for end in line[[0, -1]] for m in _at(tree, end, owner)]
    piece = _joined(touching, len(road))
    ends = np.vstack([line[[0, -1]] for _, line in ferries])
    near = [(a // 2, b // 2) for a, b in KDTree(ends).query_pairs(JOIN)]
    chain = _joined(near, len(ferries))
    found = []
    for line in np.unique(chain):
        members = np.flatnonzero(chain == line)
        quays = ends[np.concatenate([2 * members, 2 * members + 1])]
        distance, at = tree.query(quays)
        on_road = np.flatnonzero(np.asarray(distance) <= QUAY)
        pieces = piece[owner[np.asarray(at)[on_road]]]
        for one in np.unique(pieces):
            landed = _apart(quays[on_road[pieces == one]])
            if len(landed) > 1:
                found.append(([ferries[n][0] for n in members], landed))
    return found


def _at(tree: object, point: np.ndarray, owner: np.ndarray) -> set[int]:
    return {int(owner[n]) for n in tree.query_ball_point(point, JOIN)}  # type: ignore[attr-defined]


def _joined(pairs: Sequence[tuple[int, int]], count: int) -> np.ndarray:
    """Which of `count` things hang together through pairs."""
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    first, second = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
    graph = coo_array((np.ones(len(first)), (first, second)), shape=(count, count))
    return np.asarray(connected_components(graph, directed=False)[1])


def _apart(quays: np.ndarray) -> list[Point]:
    """Quays that are not the same place."""
    kept: list[Point] = []
    for quay in map(_point, quays):
        if all(np.hypot(quay[0] - other[0], quay[1] - other[1]) > JOIN for other in kept):
            kept.append(quay)
    return kept
