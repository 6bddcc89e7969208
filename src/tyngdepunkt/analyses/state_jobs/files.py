"""Ledger files: CSV, XLSX, YAML or JSON, with the column names people use, read to events.

All faults of a file are found before anything is said, each with its line or row.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tyngdepunkt.analyses.state_jobs.events import LedgerEvent, Row
from tyngdepunkt.errors import Fault, Faults, UserError

if TYPE_CHECKING:
    from tyngdepunkt.analyses.state_jobs.tables import RawTable
    from tyngdepunkt.places import Places

ROOM = "analyses.state_jobs"
REQUIRED = ("kind", "agency", "place", "source")


def read_events(path: str | Path, places: Places) -> tuple[LedgerEvent, ...]:
    """The events of a ledger file, in the order of the file.

    Raises:
        UserError: every fault of the file, each with its line or row.
    """
    return tuple(row.event for row in read_rows(path, places))


def read_rows(path: str | Path, places: Places) -> tuple[Row, ...]:
    """As `read_events`, with the line or row of each event."""
    from tyngdepunkt.analyses.state_jobs.tables import read_table

    return _rows_of(read_table(Path(path)), places)


def events_of(items: Sequence[tuple[str, Mapping[str, Any]]], places: Places) -> tuple[LedgerEvent, ...]:
    """As `rows_of`, the events alone."""
    return tuple(row.event for row in rows_of(items, places))


def rows_of(items: Sequence[tuple[str, Mapping[str, Any]]], places: Places) -> tuple[Row, ...]:
    """The events of groups that are read already: `(where, field → value)`, in the same order.

    Raises:
        UserError: every fault, each with where it stands.
    """
    from tyngdepunkt.analyses.state_jobs.tables import RawTable

    if not items:
        return ()
    columns = tuple(dict.fromkeys(str(name) for _, cells in items for name in cells))
    table = RawTable(items[0][0], columns, tuple((where, dict(cells)) for where, cells in items))
    return _rows_of(table, places)


def _rows_of(table: RawTable, places: Places) -> tuple[Row, ...]:
    from tyngdepunkt.analyses.state_jobs.rows import row_of

    columns = _columns_of(table)
    faults = Faults()
    rows: list[Row] = []
    for where, cells in table.rows:
        fields = {field: cells[name] for field, name in columns.items() if name in cells}
        try:
            rows.append(row_of(fields, where, places))
        except UserError as error:
            faults.extend(error.faults)
    faults.extend(_twice(rows))
    faults.raise_if_any()
    return tuple(rows)


def ignored_columns(path: str | Path) -> tuple[str, ...]:
    """Columns of a file that are not part of an event, so that it can be said that they were left out."""
    from tyngdepunkt.analyses.state_jobs.tables import read_table

    table = read_table(Path(path))
    return tuple(name for name in table.columns if name.strip() and field_of(name) is None)


def field_of(column: str) -> str | None:
    """The field a column holds, by any of its names; None where it is not one of ours."""
    return words("columns").get(plain(column))


def plain(word: str) -> str:
    """A word without case, blanks, dashes and underscores.

    >>> plain(" Moved-in "), plain("moved_in")
    ('movedin', 'movedin')
    """
    return "".join(sign for sign in word.casefold() if sign.isalnum())


@cache
def words(group: str) -> dict[str, str]:
    """Every word that is understood → what it stands for; `group` is `columns` or `kinds`."""
    from tyngdepunkt.texts import read_yaml

    lists: dict[str, list[str]] = read_yaml("tyngdepunkt.analyses.state_jobs", "words.yaml")[group]
    return {plain(word): name for name, spellings in lists.items() for word in [name, *spellings]}


def _columns_of(table: RawTable) -> dict[str, str]:
    """Field → column. A field that is missing, or stands in two columns, is a fault."""
    found: dict[str, str] = {}
    faults: list[Fault] = []
    for name in table.columns:
        field = field_of(name)
        if field in found:
            values = {"field": field, "first": found[field], "second": name}
            faults.append(Fault(f"{ROOM}:column_twice", values, table.head))
        elif field is not None:
            found[field] = name
    missing = [field for field in REQUIRED if field not in found]
    if not {"jobs", "jobs_low"} & found.keys():
        missing.append("jobs")
    if not {"date", "period", "start"} & found.keys():
        missing.append("date")
    if missing:
        known: dict[str, Any] = {
            "missing": missing,
            "columns": [name for name in table.columns if name.strip()],
        }
        faults.append(Fault(f"{ROOM}:columns_missing", known, table.head))
    if faults:
        raise UserError(*faults)
    return found


def _number(row: Row) -> str:
    """The 12 of `line 12`: the word before it is another in each language."""
    return row.where.rpartition(" ")[2]


def _twice(rows: list[Row]) -> list[Fault]:
    """The same event twice in one file: a fault that names both rows."""
    first: dict[str, Row] = {}
    faults = []
    for row in rows:
        earlier = first.setdefault(row.event.fingerprint, row)
        if earlier is not row:
            values = {"row": _number(row), "first": _number(earlier), "place": row.event.place}
            faults.append(Fault(f"{ROOM}:row_twice", values, row.where))
    return faults
