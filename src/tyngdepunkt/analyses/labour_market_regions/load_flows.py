"""Reading tables of flows and of pairs: everything that is wrong with them is found at once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from tyngdepunkt.analyses.contract import Brought
from tyngdepunkt.analyses.labour_market_regions.pairs import ROOM, SHOWN, Pair, Pairs, name_of
from tyngdepunkt.analyses.labour_market_regions.parameters import MOST_WITH_TRAVEL, Commuting, Notice
from tyngdepunkt.errors import Faults
from tyngdepunkt.inputs.faults import FileFaults
from tyngdepunkt.methods.labour_markets.flows import from_cells, one_sided
from tyngdepunkt.methods.validation import Floats


def read_flows(file: Brought, faults: Faults) -> Commuting:
    """Commuting between places from a file with a row for each pair, or with a square of places.

    The diagonal, those who live and work in the same place, must be there for every place: without
    it neither self-containment nor shares can be known. A place where nobody lives, nobody works or nobody
    crosses the border can be said to be so with zeros; it gets no region in the European method.

    Args:
        file: CSV or XLSX with the columns `from`, `to` and `persons`, by any of their names.
        faults: gathers what is wrong; what is returned holds only when nothing was added.

    Raises:
        UserError: the file cannot be read at all.
    """
    marks = FileFaults(faults, name_of(file))
    pairs = Pairs(file, "flows", "persons", marks)
    rows = list(pairs)
    places = _ordered({place for row in rows for place in (row.start, row.end)})
    at_home = {row.start for row in rows if row.start == row.end}
    homes, works = {row.start for row in rows}, {row.end for row in rows}
    for place in places:
        if place not in homes or place not in works:
            marks.add(f"{ROOM}:one_sided", place=place)
        if place not in at_home:
            marks.add(f"{ROOM}:missing_diagonal", place=place)
    if rows and not marks and not any(row.value > 0 for row in rows):
        marks.add(f"{ROOM}:no_persons")
    marks.close()
    position = {place: i for i, place in enumerate(places)}
    flows = from_cells(
        [position[row.start] for row in rows],
        [position[row.end] for row in rows],
        [row.value for row in rows],
        len(places),
    )
    first: dict[str, str] = {}
    for row in rows:
        for place in (row.start, row.end):
            first.setdefault(place, f"{name_of(file)}, {pairs.where(row.line)}")
    notices = (*pairs.notices, *_notices(places, one_sided(flows), rows))
    return Commuting(places, flows, notices=notices, first=first)


def read_travel(file: Brought, commuting: Commuting, faults: Faults) -> tuple[Floats, tuple[Notice, ...]]:
    """Travel times from a file with the columns `from`, `to` and `minutes`.

    A time given one way holds both ways unless the other way is given too.

    Returns:
        (places, places) minutes, infinite where no time is given, 0 on the diagonal; and notices.
    """
    marks = FileFaults(faults, name_of(file))
    n = len(commuting.places)
    if n > MOST_WITH_TRAVEL:
        marks.add(f"{ROOM}:too_many_places", count=n, limit=MOST_WITH_TRAVEL)
        n = 0
    minutes = np.full((n, n), np.inf)
    known, unknown = commuting.position, set[str]()
    pairs = Pairs(file, "travel", "minutes", marks)
    for row in pairs:
        unknown |= {row.start, row.end} - known.keys()
        if n and row.start in known and row.end in known:
            minutes[known[row.start], known[row.end]] = row.value
    marks.close()
    minutes = np.where(np.isinf(minutes), minutes.T, minutes)
    np.fill_diagonal(minutes, 0)
    notices = [*pairs.notices, *_unknown(file, unknown)]
    if n:
        cells = commuting.flows.matrix.tocoo()
        without = np.isinf(minutes[cells.row, cells.col])
        if without.any():
            notices.append(
                Notice("no_time", {"pairs": int(without.sum()), "persons": float(cells.data[without].sum())})
            )
    return minutes, tuple(notices)


def read_neighbours(
    file: Brought, commuting: Commuting, faults: Faults
) -> tuple[tuple[tuple[int, int], ...], tuple[Notice, ...]]:
    """Pairs of places that border on each other, from a file with the columns `from` and `to`.

    Returns:
        pairs of positions; and notices.
    """
    marks = FileFaults(faults, name_of(file))
    known, unknown = commuting.position, set[str]()
    pairs = set()
    found = Pairs(file, "neighbours", "", marks)
    for row in found:
        unknown |= {row.start, row.end} - known.keys()
        if row.start in known and row.end in known and row.start != row.end:
            pairs.add((known[row.start], known[row.end]))
    marks.close()
    touched = {place for pair in pairs for place in pair}
    islands = [commuting.places[i] for i in range(len(known)) if i not in touched]
    notices = [*found.notices, *_unknown(file, unknown)]
    if islands:
        notices.append(Notice("no_neighbours", {"places": islands[:SHOWN], "count": len(islands)}))
    return tuple(sorted(pairs)), tuple(notices)


def _ordered(places: set[str]) -> tuple[str, ...]:
    """By number where all are numbers, else by name: ties are settled by this order."""
    if all(place.isascii() and place.isdigit() for place in places):
        return tuple(sorted(places, key=lambda place: (int(place), place)))
    return tuple(sorted(places))


def _notices(places: tuple[str, ...], alone: Any, rows: list[Pair]) -> tuple[Notice, ...]:
    notices = []
    if alone.any():
        named = [places[i] for i in np.flatnonzero(alone).tolist()]
        notices.append(Notice("not_delineable", {"places": named[:SHOWN], "count": len(named)}))
    if any(row.value != int(row.value) for row in rows):
        notices.append(Notice("fractions", {}))
    return tuple(notices)


def _unknown(file: Brought, unknown: set[str]) -> Iterator[Notice]:
    if unknown:
        yield Notice(
            "unknown_places",
            {"file": name_of(file), "places": sorted(unknown)[:SHOWN], "count": len(unknown)},
        )
