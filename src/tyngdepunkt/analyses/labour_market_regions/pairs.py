"""Pairs of places out of a file: a row for each pair, or a square with a row and a column for each place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

from tyngdepunkt.analyses.contract import Brought
from tyngdepunkt.analyses.labour_market_regions.parameters import Notice
from tyngdepunkt.errors import UserError
from tyngdepunkt.inputs import numbers
from tyngdepunkt.inputs.budget import Limits
from tyngdepunkt.inputs.delimited import Record
from tyngdepunkt.inputs.faults import FileFaults
from tyngdepunkt.inputs.headings import Form, form_of, says_total
from tyngdepunkt.inputs.tables import Table, table_in
from tyngdepunkt.inputs.text import shown
from tyngdepunkt.texts import Term

ROOM = "analyses.labour_market_regions"
LARGEST = 1e12
LIMITS = Limits(
    size=100_000_000, unfolded=300_000_000, rows=1_000_000, cells=12_000_000, columns=10_001, seconds=30
)
SHOWN = 20
MOST_FAULTS = 1000
"""Faults after which the reading stops."""
_HEAD_ROWS = 10
_BETWEEN = re.compile(r"\s*(?:[\\/|→>]|\s-\s)\s*")

Way = tuple[str, str]
"""A pair of places, from and to."""


class Pair(NamedTuple):
    """One sound pair: the line or row, the places and the number."""

    line: int
    start: str
    end: str
    value: float


class _Cell(NamedTuple):
    """A pair as it stands in the file."""

    line: int
    start: Any
    end: Any
    value: Any
    year: Any = None


class Pairs:
    """The pairs in a file, each once; what is wrong goes to `faults`, what is to be told to `notices`.

    Args:
        file: a table a person brings.
        kind: what it holds: `flows`, `travel` or `neighbours`.
        value: the column of numbers; empty where there is none.
        faults: gathers what is wrong.

    Raises:
        UserError: the file cannot be read at all.
    """

    def __init__(self, file: Brought, kind: str, value: str, faults: FileFaults) -> None:
        self.notices: list[Notice] = []
        self._value, self._faults = value, faults
        columns = ("from", "to", value) if value else ("from", "to")
        form: Form = form_of(f"tyngdepunkt.{ROOM}", kind, tuple((name,) for name in columns))
        self._table = table_in(file.content, Path(file.name), form, LIMITS)
        self._columns = columns
        self._totals: dict[int, None] = {}

    def __iter__(self) -> Iterator[Pair]:
        """The sound pairs; a fault for each of the others."""
        seen: dict[Way, int] = {}
        names: dict[str, str] = {}
        years: dict[str, None] = {}
        empty = True
        for cell in self._cells():
            empty = False
            if cell.year is not None:
                years[str(cell.year)] = None
            if self._faults.count >= MOST_FAULTS:
                self._faults.give_up(self.where(cell.line), self._faults.count)
            pair = self._pair(cell, names)
            if pair is None or len(years) > 1:
                continue
            first = seen.setdefault((pair.start, pair.end), pair.line)
            if first != pair.line:
                values = {"start": pair.start, "end": pair.end, "first": first}
                self._faults.add(f"{ROOM}:duplicate", self.where(pair.line), **values)
            else:
                yield pair
        if len(years) > 1:
            self._faults.add(f"{ROOM}:several_years", self._table.where, years=list(years)[:SHOWN])
        if empty and not self._faults:
            self._faults.add(f"{ROOM}:no_rows")
        self._tell()

    def where(self, line: int) -> str:
        """`line 4`, as messages say it."""
        return f"{self._table.unit} {line}"

    def _cells(self) -> Iterator[_Cell]:
        table = self._table
        missing = table.form.missing(table.fields)
        self._faults.extend(table.form.twice(table.headings, table.where))
        if self._faults:
            return iter(())
        if not missing:
            return self._long()
        square = _Square.found(table) if self._value else None
        if square is not None:
            return self._wide(square)
        for name in missing:
            columns = [column(each) for each in self._columns]
            values = {"name": column(name), "columns": columns, "found": _shown(table.headings)}
            self._faults.add(f"{ROOM}:missing_column", table.where, **values)
        return iter(())

    def _long(self) -> Iterator[_Cell]:
        if self._table.ignored:
            values = {"columns": list(self._table.ignored[:SHOWN])}
            self.notices.append(Notice("inputs:told.ignored_columns", values))
        for row in self._table.rows(self._faults):
            cells = row.cells
            line = int(row.where.rpartition(" ")[2])
            if says_total(cells["from"]) or says_total(cells["to"]):
                self._totals[line] = None
            else:
                value = cells[self._value] if self._value else 0
                yield _Cell(line, cells["from"], cells["to"], value, cells.get("year"))

    def _wide(self, square: _Square) -> Iterator[_Cell]:
        """A blank cell is a pair that is not there, as in a file of rows."""
        key = "square" if square.told else "square_assumed"
        self.notices.append(Notice(key, {"line": self.where(square.head), "rows": square.rows_are}))
        for line, cells in square.records:
            if cells[0] is None or says_total(cells[0]):
                self._totals[line] = None
                continue
            for place, value in zip(square.places, cells[1:], strict=False):
                if place is None or value is None or says_total(place):
                    continue
                start, end = (cells[0], place) if square.rows_are == "from" else (place, cells[0])
                yield _Cell(line, start, end, value)

    def _pair(self, cell: _Cell, names: dict[str, str]) -> Pair | None:
        """A pair whose places are there; its number is 0, with a fault, where it is none."""
        start, end = (_place(each, names) for each in (cell.start, cell.end))
        value = self._number(cell, start, end)
        if not start or not end:
            self._faults.add(f"{ROOM}:no_place", self.where(cell.line))
            return None
        return Pair(cell.line, start, end, value)

    def _number(self, cell: _Cell, start: str, end: str) -> float:
        where, given = self.where(cell.line), cell.value
        if isinstance(given, str) and given.isascii() and given.isdigit() and len(given) < 12:
            return float(given)
        try:
            value = numbers.number(given)
        except UserError as error:
            named = [fault for fault in error.faults if fault.key not in numbers.NO_NUMBER]
            self._faults.extend(replace(fault, where=where) for fault in named)
            if not named:
                self._faults.add(f"{ROOM}:not_a_number", where, given=shown(given))
            return 0.0
        if value is None or value > LARGEST:
            self._faults.add(f"{ROOM}:not_a_number", where, given=shown(given) if given is not None else "–")
            return 0.0
        if value < 0:
            values = {"given": shown(given), "start": start, "end": end}
            self._faults.add(f"{ROOM}:negative", where, **values)
            return 0.0
        return value

    def _tell(self) -> None:
        """Put the notices of the table first, and add one that names the rows left out as totals."""
        self.notices[:0] = [Notice(each.key, each.values) for each in self._table.notices]
        if self._totals:
            rows = [self.where(line) for line in self._totals]
            values = {"rows": rows[:SHOWN], "count": len(rows)}
            self.notices.append(Notice("inputs:told.totals_left_out", values))


def name_of(file: Brought) -> str:
    """The file's own name, without its folder."""
    return Path(file.name).name


def column(field: str) -> Term:
    """A field, said by the heading that people write."""
    return Term(field, f"{ROOM}:columns.{field}")


class _Square(NamedTuple):
    """A table with a row and a column for each place.

    Args:
        head: line or row of the places of the columns.
        places: of the columns, in order.
        records: the rows under it: first the place, then its numbers.
        rows_are: `from` where the rows are where people live, else `to`.
        told: whether the table says so.
    """

    head: int
    places: Sequence[Any]
    records: Sequence[Record]
    rows_are: str
    told: bool

    @staticmethod
    def found(table: Table) -> _Square | None:
        """The square in a table; None where its rows and columns do not name the same places."""
        records: list[Record] = [(table.head, list(table.headings)), *table.raw()]
        labels = {str(cells[0]) for _, cells in records if cells[0] not in (None, "")}
        alike = [_named(cells, labels) for _, cells in records[:_HEAD_ROWS]]
        most = max(alike)
        if most < 2 or 2 * most < len(labels) - 1:
            return None
        at = alike.index(most)
        head, cells = records[at]
        corner = [table.form.field_of(part) for part in _BETWEEN.split(str(cells[0] or ""))]
        above = [table.form.field_of(cell) for _, row in records[:at] for cell in row]
        said = next((field for field in corner if field in ("from", "to")), None)
        if said is None and ("to" in above) != ("from" in above):
            said = "from" if "to" in above else "to"  # what stands over the columns is not the rows
        return _Square(head, cells[1:], records[at + 1 :], said or "from", said is not None)


def _named(cells: Sequence[Any], labels: set[str]) -> int:
    return sum(str(cell) in labels for cell in cells[1:] if cell not in (None, ""))


def _place(cell: Any, names: dict[str, str]) -> str:
    """A place as it is written, one text for all its rows; empty where there is none."""
    text = "" if cell is None or isinstance(cell, bool) else str(cell)
    return names.setdefault(text, text)


def _shown(headings: Sequence[str]) -> list[str]:
    return [each[:40] for each in headings if each][:SHOWN] or ["–"]
