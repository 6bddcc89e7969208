"""Ledger files: CSV, XLSX, YAML or JSON, with the column names people use, read to events.

All faults of a file are found before anything is said, each with its line or row; in a file that is wrong
in row after row, the first rows are told and where the reading stopped.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tyngdepunkt import texts
from tyngdepunkt.analyses.state_jobs.event_parser import row_of
from tyngdepunkt.analyses.state_jobs.events import EventKind, LedgerEvent, Row
from tyngdepunkt.analyses.state_jobs.headings import ROOM, column, words
from tyngdepunkt.errors import Fault, Faults, UserError
from tyngdepunkt.inputs.headings import Form, form_of, plain
from tyngdepunkt.inputs.numbers import written
from tyngdepunkt.places.models import Notice

if TYPE_CHECKING:
    from tyngdepunkt.inputs.budget import Budget
    from tyngdepunkt.inputs.tables import Row as TableRow
    from tyngdepunkt.inputs.tables import Table
    from tyngdepunkt.places import Places

REQUIRED = (
    ("kind",), ("agency",), ("place", "place_number"), ("source",), ("jobs", "jobs_low"),
    ("date", "period", "start"),
)  # fmt: skip

MOST_FAULTY_ROWS = 50
"""Rows with faults after which the reading stops: to look for names near a wrong one takes time."""
_COUNTED = ("jobs", "jobs_low", "jobs_high")
_FILLABLE = ("kind", "agency", "place", "date", "period", "start", "source")


@dataclass(frozen=True, slots=True)
class LedgerFile:
    """What a ledger file holds.

    Args:
        rows: its events, each with its line or row.
        notices: what was taken for what, and what was left out.
        ignored: columns that are no part of an event.
    """

    rows: tuple[Row, ...]
    notices: tuple[Notice, ...] = ()
    ignored: tuple[str, ...] = ()

    @property
    def read(self) -> tuple[Notice, ...]:
        """Of the notices, what is told of the reading itself, but where the headings stand."""
        told = (each for each in self.notices if each.key.startswith("inputs:told."))
        return tuple(each for each in told if ".headings_" not in each.key)


def _kind(word: str) -> texts.Term:
    """A kind of event, by any word for it, said by the word that people read."""
    kind = words("kinds")[plain(word)]
    return texts.Term(kind, f"{ROOM}:kinds.{kind}")


def read_file(path: str | Path, places: Places, kind: str | None = None) -> LedgerFile:
    """The events of a ledger file, in the order of the file, and what is to be told of it.

    Args:
        path: the file.
        places: an open snapshot.
        kind: what happened in every row, where the file does not say.

    Raises:
        UserError: every fault of the file, each with its line or row.
    """
    from tyngdepunkt.inputs.budget import Limits
    from tyngdepunkt.inputs.reading import read_bytes

    return file_in(read_bytes(Path(path), Limits().size), Path(path), places, kind)


def file_in(content: bytes, path: Path, places: Places, kind: str | None = None) -> LedgerFile:
    """As `read_file`, for a file that is already read; `path` is what it is called."""
    from tyngdepunkt.analyses.state_jobs import listed

    given = {} if kind is None else {"kind": kind}
    if kind is not None and plain(kind) not in words("kinds"):
        values = {"given": kind[:60], "known": [str(each) for each in EventKind]}
        raise UserError(Fault(f"{ROOM}:unknown_kind", values, "--kind"))
    if path.suffix.lower() in listed.ENDINGS:
        head, groups = listed.groups_in(content, path)
        found = _Events(places, given)
        found.check_columns(listed.columns_of(groups), head)
        return found.of_groups(groups)
    from tyngdepunkt.inputs.tables import table_in

    return _Events(places, given).of_table(table_in(content, path, form()))


def read_events(path: str | Path, places: Places) -> tuple[LedgerEvent, ...]:
    """As `read_file`, the events alone."""
    return tuple(row.event for row in read_rows(path, places))


def read_rows(path: str | Path, places: Places) -> tuple[Row, ...]:
    """As `read_file`, the rows alone."""
    return read_file(path, places).rows


def events_of(items: Sequence[tuple[str, Mapping[str, Any]]], places: Places) -> tuple[LedgerEvent, ...]:
    """As `rows_of`, the events alone."""
    return tuple(row.event for row in rows_of(items, places))


def rows_of(items: Sequence[tuple[str, Mapping[str, Any]]], places: Places) -> tuple[Row, ...]:
    """The events of groups that are read already: `(where, field → value)`, in the same order.

    Raises:
        UserError: every fault, each with where it stands.
    """
    from tyngdepunkt.analyses.state_jobs.listed import columns_of

    groups = [(where, dict(cells)) for where, cells in items]
    if not groups:
        return ()
    found = _Events(places, {})
    found.check_columns(columns_of(groups), groups[0][0])
    return found.of_groups(groups).rows


def form() -> Form:
    """What a table of events is to hold."""
    return form_of("tyngdepunkt.analyses.state_jobs", "columns", REQUIRED)


def field_of(column: str) -> str | None:
    """The field a column holds, by any of its names; None where it is not one of ours."""
    return form().field_of(column)


class _Events:
    """Makes events of rows, and gathers all that is wrong with them.

    Args:
        places: an open snapshot.
        given: fields that hold for every row.
    """

    def __init__(self, places: Places, given: Mapping[str, Any]) -> None:
        self._places, self._given = places, given
        self._faults = Faults()
        self._rows: list[Row] = []
        self._filled: set[str] = set()
        self._faulty = 0

    def check_columns(self, columns: Sequence[str], head: str) -> None:
        """Refuse columns that are missing or stand twice; nothing else is told then."""
        self._faults.extend(form().twice(columns, head))
        missing = form().missing({*form().fields_in(columns), *self._given})
        shown = [name for name in columns if name.strip()][:30]
        if missing == ["kind"]:
            self._faults.add(f"{ROOM}:kind_missing", head, columns=shown)
        elif missing:
            self._faults.add(
                f"{ROOM}:columns_missing", head, missing=list(map(column, missing)), columns=shown
            )
        self._faults.raise_if_any()

    def of_table(self, table: Table) -> LedgerFile:
        """The events of a table."""
        from tyngdepunkt.inputs.faults import FileFaults

        self.check_columns(table.headings, table.where)
        marks = FileFaults(self._faults)
        for row in table.rows(marks):
            self._add(row.where, self._of_row(row, marks), table.budget)
        marks.close()
        if not self._rows and not self._faults:
            raise UserError(Fault("inputs:no_rows", {"path": table.path}))
        return self._done(table.notices, table.ignored)

    def of_groups(self, groups: Iterable[tuple[str, dict[str, Any]]]) -> LedgerFile:
        """The events of groups of named fields."""
        ignored: dict[str, None] = {}
        for where, cells in groups:
            fields = {field: cell for name, cell in cells.items() if (field := field_of(str(name)))}
            ignored |= dict.fromkeys(str(name) for name in cells if field_of(str(name)) is None)
            self._add(where, fields)
        return self._done([], tuple(ignored))

    def _of_row(self, row: TableRow, marks: Any) -> dict[str, Any]:
        """The fields of a row. A number that merged cells share belongs to none of their rows alone."""
        for field in _COUNTED:
            if field in row.shared:
                marks.add(f"{ROOM}:merged_number", row.where, given=row.cells[field])
        return dict(row.cells)

    def _add(self, where: str, fields: dict[str, Any], budget: Budget | None = None) -> None:
        if budget is not None:
            budget.look_at_the_clock()
        try:
            row = row_of(self._with_given(fields, where), where, self._places)
        except UserError as error:
            self._faults.extend(self._hinted(fault) for fault in error.faults)
            self._faulty += 1
            if self._faulty >= MOST_FAULTY_ROWS:
                self._faults.add("inputs:too_many_faults", where, count=self._faulty)
                self._faults.raise_if_any()
        else:
            self._rows.append(row)
        self._filled |= {field for field in _FILLABLE if fields.get(field) is not None}

    def _with_given(self, fields: dict[str, Any], where: str) -> dict[str, Any]:
        """What holds for every row stands where the row says nothing, and never against what it says."""
        known = words("kinds")
        for field, given in self._given.items():
            said = fields.get(field)
            if said is not None and known.get(plain(str(said)), "") != known[plain(given)]:
                raise UserError(
                    Fault(f"{ROOM}:kind_contradicted", {"said": str(said)[:60], "given": _kind(given)}, where)
                )
        return {**fields, **self._given}

    def _hinted(self, fault: Fault) -> Fault:
        """A blank cell under a filled one is what a merged cell leaves behind."""
        if fault.key == f"{ROOM}:cell_missing" and fault.values.get("field") in self._filled:
            return replace(fault, key=f"{ROOM}:cell_under_filled")
        return fault

    def _place_told(self, row: Row) -> Notice | None:
        """A name that was taken to a municipality of another name is told."""
        if row.notice is None:
            return None
        event = row.event
        name = self._places.municipalities[event.municipality].name
        values = {"row": row.where, "written": event.place, "name": name, "code": event.municipality}
        return Notice(f"{ROOM}:view.place_taken", {**values, "why": row.notice})

    def _done(self, notices: Sequence[Notice], ignored: tuple[str, ...]) -> LedgerFile:
        self._faults.extend(_twice(self._rows))
        self._faults.raise_if_any()
        taken = (told for row in self._rows if (told := self._place_told(row)))
        about = (_about_told(row) for row in self._rows if row.about)
        return LedgerFile(tuple(self._rows), (*notices, *taken, *about), ignored)


def _about_told(row: Row) -> Notice:
    """That a number was only about so much is not kept, and so it is told."""
    event = row.event
    jobs = written((event.low, event.high))
    return Notice(f"{ROOM}:view.about", {"row": row.where, "written": row.about, "jobs": jobs})


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


__all__ = ["LedgerFile", "events_of", "field_of", "plain", "read_events", "read_file", "read_rows", "words"]
