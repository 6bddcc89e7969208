"""Opposite jumps of neighbours: what a border change looks like in a series of inhabitants.

A municipality that loses as many in one year as its neighbour gains, far beyond what either does in the
years around, has most likely lost a part of itself. Those not explained by `border_changes.yaml` are told.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tyngdepunkt.figures import Phrase, phrase
from tyngdepunkt.places.borders import border_changes

if TYPE_CHECKING:
    import duckdb

LEAST = 100.0  # persons
TIMES = 5.0  # the usual distance from the usual growth
AROUND = 4  # years before and after that tell what is usual
FLOOR = 0.002  # of the inhabitants: what is usual is never taken to be less uncertain
TOUCH = 300.0  # metres between borders drawn apart


def told_of_borders(database: duckdb.DuckDBPyConnection, present: set[str]) -> list[Phrase]:
    """Opposite jumps of neighbours that no known border change or division explains."""
    if not {"population", "boundary", "municipality"} <= present:
        return []
    names = dict(database.execute("SELECT code, name FROM municipality").fetchall())
    told = []
    for year, loser, winner, lost, won in opposite_jumps(database):
        if not any(c.year == year and c.touches(loser) and c.touches(winner) for c in border_changes()):
            values = {"year": year, "loser": names[loser], "winner": names[winner], "lost": lost, "won": won}
            told.append(phrase("places:road.opposite_jumps", **values))
    return told


def opposite_jumps(database: duckdb.DuckDBPyConnection) -> list[tuple[int, str, str, float, float]]:
    """Year, who lost, who gained, and how many beyond their usual growth; measured figures only."""
    rows = database.execute(
        "SELECT municipality, year, persons FROM population WHERE quality = 'measured' ORDER BY 1, 2"
    ).fetchall()
    held: dict[str, dict[int, int]] = {}
    for code, year, persons in rows:
        held.setdefault(code, {})[year] = persons
    found = []
    jumps = {code: dict(_jumps(series)) for code, series in held.items()}
    for one, other in _neighbours(database):
        for year in jumps.get(one, {}).keys() & jumps.get(other, {}).keys():
            a, b = jumps[one][year], jumps[other][year]
            if a * b < 0 and max(abs(a), abs(b)) <= 2 * min(abs(a), abs(b)):
                loser, winner = (one, other) if a < 0 else (other, one)
                found.append((year, loser, winner, abs(min(a, b)), max(a, b)))
    return sorted(found)


def _jumps(series: dict[int, int]) -> list[tuple[int, float]]:
    """Years in which the growth was far from that of the years around, and by how many persons."""
    growth = {y: n / series[y - 1] - 1 for y, n in series.items() if series.get(y - 1)}
    found = []
    for year, value in growth.items():
        around = [growth[y] for y in growth if y != year and abs(y - year) <= AROUND]
        if len(around) < AROUND:
            continue
        usual = float(np.median(around))
        spread = max(float(np.median(np.abs(np.array(around) - usual))), FLOOR)
        persons = (value - usual) * series[year - 1]
        if abs(persons) >= LEAST and abs(value - usual) >= TIMES * spread:
            found.append((year, persons))
    return found


def _neighbours(database: duckdb.DuckDBPyConnection) -> list[tuple[str, str]]:
    import shapely

    rows = database.execute(
        "SELECT code, wkb FROM boundary WHERE level = 'municipality' ORDER BY code"
    ).fetchall()
    shapes = shapely.from_wkb([row[1] for row in rows])
    first, second = shapely.STRtree(shapes).query(shapes, predicate="dwithin", distance=TOUCH)
    return [(rows[a][0], rows[b][0]) for a, b in zip(first, second, strict=True) if a < b]
