"""Reading tables of flows and of pairs: everything that is wrong with them is found at once."""

from __future__ import annotations

import csv
import io
import math
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from tyngdepunkt.analyses.labour_market_regions.question import MOST_WITH_TRAVEL, Commuting, Notice
from tyngdepunkt.errors import Faults
from tyngdepunkt.inputs.reading import read_text
from tyngdepunkt.methods.arrays import Floats
from tyngdepunkt.methods.labour_markets.flows import from_cells, one_sided

MAX_BYTES = 500_000_000
LARGEST = 1e12
SHOWN = 20
"""Most faults of one kind that are told one by one."""


class Row(NamedTuple):
    """One sound row."""

    line: int
    start: str
    end: str
    value: float


class _Faults:
    """Faults of one file, each with its line; of one kind only the first are told one by one."""

    def __init__(self, path: Path, found: Faults) -> None:
        self._path, self._found = path, found
        self._kinds: Counter[str] = Counter()

    def add(self, kind: str, line: int | None = None, **values: Any) -> None:
        self._kinds[kind] += 1
        if self._kinds[kind] <= SHOWN:
            where = f"{self._path.name}, line {line}" if line else self._path.name
            self._found.add(f"analyses.labour_market_regions:{kind}", where, **values)

    def any_yet(self) -> bool:
        """Whether anything was wrong so far."""
        return bool(self._kinds)

    def close(self) -> None:
        """Say how many more there are of each kind."""
        for kind, count in self._kinds.items():
            if count > SHOWN:
                self._found.add(
                    "analyses.labour_market_regions:more", self._path.name, count=count - SHOWN, kind=kind
                )


def read_flows(path: Path, faults: Faults) -> Commuting:
    """Commuting between places from a file with the columns `from`, `to` and `persons`.

    The diagonal, those who live and work in the same place, must be there for every place: without
    it neither self-containment nor shares can be known. A place where nobody lives, nobody works or nobody
    crosses the border can be said to be so with zeros; it gets no region in the European method.

    Args:
        path: the file, UTF-8, separated by commas or semicolons.
        faults: gathers what is wrong; what is returned holds only when nothing was added.

    Raises:
        UserError: the file cannot be read at all.
    """
    marks = _Faults(path, faults)
    rows = list(_rows(path, ("from", "to", "persons"), marks))
    places = _ordered({place for row in rows for place in (row.start, row.end)})
    at_home = {row.start for row in rows if row.start == row.end}
    homes, works = {row.start for row in rows}, {row.end for row in rows}
    for place in places:
        if place not in homes or place not in works:
            marks.add("one_sided", place=place)
        if place not in at_home:
            marks.add("missing_diagonal", place=place)
    if rows and not marks.any_yet() and not any(row.value > 0 for row in rows):
        marks.add("no_persons")
    marks.close()
    position = {place: i for i, place in enumerate(places)}
    flows = from_cells(
        [position[row.start] for row in rows],
        [position[row.end] for row in rows],
        [row.value for row in rows],
        len(places),
    )
    return Commuting(places, flows, notices=_notices(places, one_sided(flows), rows))


def read_travel(path: Path, commuting: Commuting, faults: Faults) -> tuple[Floats, tuple[Notice, ...]]:
    """Travel times from a file with the columns `from`, `to` and `minutes`.

    A time given one way holds both ways unless the other way is given too.

    Returns:
        (places, places) minutes, infinite where no time is given, 0 on the diagonal; and notices.
    """
    marks = _Faults(path, faults)
    n = len(commuting.places)
    if n > MOST_WITH_TRAVEL:
        marks.add("too_many_places", count=n, limit=MOST_WITH_TRAVEL)
        n = 0
    minutes = np.full((n, n), np.inf)
    known, unknown = commuting.position, set[str]()
    for row in _rows(path, ("from", "to", "minutes"), marks):
        unknown |= {row.start, row.end} - known.keys()
        if n and row.start in known and row.end in known:
            minutes[known[row.start], known[row.end]] = row.value
    marks.close()
    minutes = np.where(np.isinf(minutes), minutes.T, minutes)
    np.fill_diagonal(minutes, 0)
    notices = [*_unknown(path, unknown)]
    if n:
        cells = commuting.flows.matrix.tocoo()
        without = np.isinf(minutes[cells.row, cells.col])
        if without.any():
            notices.append(
                Notice("no_time", {"pairs": int(without.sum()), "persons": float(cells.data[without].sum())})
            )
    return minutes, tuple(notices)


def read_neighbours(
    path: Path, commuting: Commuting, faults: Faults
) -> tuple[tuple[tuple[int, int], ...], tuple[Notice, ...]]:
    """Pairs of places that border on each other, from a file with the columns `from` and `to`.

    Returns:
        pairs of positions; and notices.
    """
    marks = _Faults(path, faults)
    known, unknown = commuting.position, set[str]()
    pairs = set()
    for row in _rows(path, ("from", "to"), marks):
        unknown |= {row.start, row.end} - known.keys()
        if row.start in known and row.end in known and row.start != row.end:
            pairs.add((known[row.start], known[row.end]))
    marks.close()
    touched = {place for pair in pairs for place in pair}
    islands = [commuting.places[i] for i in range(len(known)) if i not in touched]
    notices = [*_unknown(path, unknown)]
    if islands:
        notices.append(Notice("no_neighbours", {"places": islands[:SHOWN], "count": len(islands)}))
    return tuple(sorted(pairs)), tuple(notices)


def _rows(path: Path, columns: Sequence[str], marks: _Faults) -> Iterator[Row]:
    """The sound rows of a file, each pair of places once; a fault for each of the others."""
    text = read_text(path, MAX_BYTES)
    first_line = text.partition("\n")[0]
    delimiter = ";" if first_line.count(";") > first_line.count(",") else ","
    reader = csv.reader(io.StringIO(text), delimiter=delimiter)
    header = [name.strip() for name in next(reader, [])]
    at = _columns(header, columns, marks)
    if at is None:
        return
    seen: dict[tuple[str, str], int] = {}
    empty = True
    for cells in reader:
        if any(cell.strip() for cell in cells):
            empty = False
            row = _row(cells, (reader.line_num, len(header)), at, marks)
            if row and (first := seen.setdefault((row.start, row.end), row.line)) != row.line:
                marks.add("duplicate", row.line, start=row.start, end=row.end, first=first)
            elif row:
                yield row
    if empty:
        marks.add("no_rows")


def _columns(header: list[str], columns: Sequence[str], marks: _Faults) -> list[int] | None:
    """Where the columns stand, or None where one is missing."""
    missing = [name for name in columns if name not in header]
    for name in missing:
        marks.add("missing_column", 1, name=name, columns=list(columns))
    for name in dict.fromkeys(header):
        if name not in columns:
            marks.add("unknown_column", 1, name=name or "–", columns=list(columns))
        elif header.count(name) > 1:
            marks.add("double_column", 1, name=name)
    return None if missing else [header.index(name) for name in columns]


def _row(cells: list[str], form: tuple[int, int], at: list[int], marks: _Faults) -> Row | None:
    line, width = form
    if len(cells) != width:
        marks.add("row_width", line, given=len(cells), wanted=width)
        return None
    start, end = (cells[i].strip() for i in at[:2])
    if not start or not end:
        marks.add("no_place", line)
    value = _value(cells[at[2]].strip(), (line, start, end), marks) if len(at) > 2 else 0.0
    return Row(line, start, end, value) if start and end else None


def _value(given: str, at: tuple[int, str, str], marks: _Faults) -> float:
    """A number of zero or more; 0 with a fault for anything else, so that the pair still counts as named."""
    line, start, end = at
    try:
        value = float(given.replace(",", "."))
    except ValueError:
        value = math.nan
    if not math.isfinite(value) or value > LARGEST:
        marks.add("not_a_number", line, given=given[:40] or "–")
        return 0.0
    if value < 0:
        marks.add("negative", line, given=given[:40], start=start, end=end)
        return 0.0
    return value


def _ordered(places: set[str]) -> tuple[str, ...]:
    """By number where all are numbers, else by name: ties are settled by this order."""
    if all(place.isascii() and place.isdigit() for place in places):
        return tuple(sorted(places, key=lambda place: (int(place), place)))
    return tuple(sorted(places))


def _notices(places: tuple[str, ...], alone: Any, rows: list[Row]) -> tuple[Notice, ...]:
    notices = []
    if alone.any():
        named = [places[i] for i in np.flatnonzero(alone).tolist()]
        notices.append(Notice("not_delineable", {"places": named[:SHOWN], "count": len(named)}))
    if any(row.value != int(row.value) for row in rows):
        notices.append(Notice("fractions", {}))
    return tuple(notices)


def _unknown(path: Path, unknown: set[str]) -> Iterator[Notice]:
    if unknown:
        yield Notice(
            "unknown_places", {"file": path.name, "places": sorted(unknown)[:SHOWN], "count": len(unknown)}
        )
