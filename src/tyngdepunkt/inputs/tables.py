"""The one reader of tables: CSV and XLSX as people have them, to rows whose cells are named by field.

Titles may stand above the headings, totals and notes below the rows, and the table on any sheet that is
shown. What was taken for the headings, and all that was left out or filled in, is told in `Table.notices`.
"""

from __future__ import annotations

import bisect
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, NamedTuple

from tyngdepunkt.errors import Fault, UserError
from tyngdepunkt.inputs import delimited
from tyngdepunkt.inputs.budget import Budget, Limits
from tyngdepunkt.inputs.delimited import Record
from tyngdepunkt.inputs.faults import FileFaults
from tyngdepunkt.inputs.headings import HEAD_ROWS, Form, Head, head_of, says_note, says_total, years_under
from tyngdepunkt.inputs.reading import read_bytes
from tyngdepunkt.inputs.workbook import Broken, Content, Sheet, Workbook, letters
from tyngdepunkt.places.models import Notice

_TEXT_ENDINGS = ("", ".csv", ".tsv", ".tab", ".txt", ".dat", ".skv")
_BOOK_ENDINGS = (".xlsx", ".xlsm")
_PACKED, _OLE, _PDF = b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF"
_ERROR = re.compile(
    r"#(?:N/A|I/T|REF!|VALUE!|VERDI!|NAME\?|NAVN\?|DIV/0!|NULL!|NUM!|SPILL!|CALC!|#+)", re.IGNORECASE
)
"""What spreadsheets show, in Norwegian or English, where a formula failed or a column is too narrow."""
_LISTED = 20
_LEAST_FOR_LONE = 3
"""Columns from which a row with one cell only is no row: in fewer, it lacks just one."""


class Row(NamedTuple):
    """A row: where it stands, its cells by field (None where empty), and those that merged cells gave."""

    where: str
    cells: dict[str, Any]
    shared: frozenset[str] = frozenset()


@dataclass(slots=True)
class Table:
    """A table whose headings are known. Its rows are read as they are asked for, once.

    Args:
        path: the file, as messages name it.
        budget: what may be read of it.
        form: what it is to hold.
        sheet: the sheet it is on; empty in a text file.
        unit: `line` or `row`.
        head: line or row of the headings.
        headings: all of them as they stand, empty where there is none.
        notices: what is told of the reading; complete when all rows have been read.
        hidden: rows that are hidden.
    """

    path: str
    budget: Budget
    form: Form
    sheet: str
    unit: str
    head: int
    headings: tuple[str, ...]
    notices: list[Notice] = field(default_factory=list)
    hidden: tuple[int, ...] = ()
    _records: Iterable[Record] = ()
    _shared: dict[int, set[int]] = field(default_factory=dict)
    _totals: list[str] = field(default_factory=list)
    _notes: list[str] = field(default_factory=list)

    @property
    def where(self) -> str:
        """Where the headings stand: `line 1`."""
        return f"{self.unit} {self.head}"

    @property
    def fields(self) -> dict[str, str]:
        """Field → the first heading that names it."""
        found: dict[str, str] = {}
        for heading in self.headings:
            name = self.form.field_of(heading)
            if name is not None:
                found.setdefault(name, heading)
        return found

    @property
    def ignored(self) -> tuple[str, ...]:
        """Headings that name no field."""
        return tuple(each for each in self.headings if each and self.form.field_of(each) is None)

    def raw(self) -> Iterator[Record]:
        """Every row that is not blank, under the headings, with its cells by position."""
        for at, record in self._records:
            cells = [cleaned(cell) for cell in record]
            if any(cell is not None for cell in cells):
                yield at, cells

    def rows(self, faults: FileFaults) -> Iterator[Row]:
        """The rows. Totals and notes are left out and told; a row that cannot be one is a fault."""
        names = [self.form.field_of(heading) for heading in self.headings]
        known = sum(name is not None for name in names)
        waiting: list[tuple[int, str, bool]] = []
        before = self.head
        for at, cells in self.raw():
            beyond = cells[len(names) :]
            row = dict.fromkeys((name for name in names if name), None)
            row |= {name: cell for name, cell in zip(names, cells, strict=False) if name}
            filled = [cell for cell in cells if cell is not None]
            where = f"{self.unit} {at}"
            if says_total(filled[0]) and self.form.missing({n for n, c in row.items() if c is not None}):
                self._totals.append(where)
            elif len(filled) == 1 and known >= _LEAST_FOR_LONE:
                waiting.append((at, str(filled[0]), at > before + 1))
            elif any(cell is not None for cell in beyond):
                faults.add("inputs:row_too_wide", where, cells=len(cells), columns=len(names))
            elif failed := [cell for cell in row.values() if _is_error(cell)]:
                faults.add("inputs:error_cell", where, given=failed[0])
            else:
                _lone(waiting, self.unit, faults)
                shared = self._shared.get(at, ())
                yield Row(where, row, frozenset(name for i in shared if (name := names[i])))
            before = at
        self._end(waiting, faults)

    def _end(self, waiting: list[tuple[int, str, bool]], faults: FileFaults) -> None:
        """What stands under the last row is a note where it reads as one, else a fault."""
        notes = [each for each in waiting if each[2] or says_note(each[1]) or self._notes]
        _lone([each for each in waiting if each not in notes], self.unit, faults)
        self._notes += [f"{self.unit} {at}" for at, _, _ in notes]
        if self._totals:
            self._tell("totals_left_out", rows=self._totals[:_LISTED], count=len(self._totals))
        if notes:
            shown = [text[:80] for _, text, _ in notes[:3]]
            self._tell("notes_left_out", rows=self._notes[:_LISTED], notes=shown)

    def _tell(self, name: str, /, **values: Any) -> None:
        self.notices.append(Notice(f"inputs:told.{name}", values))


def _lone(waiting: list[tuple[int, str, bool]], unit: str, faults: FileFaults) -> None:
    """A row of one cell between others is neither a row nor a note."""
    for at, text, _ in waiting:
        faults.add("inputs:lone_cell", f"{unit} {at}", given=text[:60])
    waiting.clear()


def _is_error(cell: Any) -> bool:
    return isinstance(cell, Broken) or (isinstance(cell, str) and _ERROR.fullmatch(cell) is not None)


def cleaned(cell: Any) -> Any:
    """A cell without blanks around it and with its letters in one piece; None where it is empty."""
    if not isinstance(cell, str) or isinstance(cell, Broken):
        return cell
    text = cell.strip("\ufeff\u200b \t\r\n\x0b\x0c\xa0").strip()
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
    return text or None


def open_table(path: Path, form: Form, limits: Limits | None = None) -> Table:
    """The table in a file.

    Args:
        path: a CSV or XLSX file a person named.
        form: what it is to hold.
        limits: the most that is read of it.

    Raises:
        UserError: it cannot be read, is no table, or is more than may be read.
    """
    limits = limits or Limits()
    return table_in(read_bytes(path, limits.size), path, form, limits)


def table_in(content: bytes, path: Path, form: Form, limits: Limits | None = None) -> Table:
    """As `open_table`, for a file that is already read.

    Args:
        content: the bytes of the file.
        path: its name, which faults mention and whose ending is looked at.
        form: the fields that its columns are read as.
        limits: how much may be read; the usual limits where None.

    Raises:
        UserError: it is no table, is in another format, or is more than may be read.
    """
    budget = Budget(limits or Limits(), str(path))
    ending = path.suffix.lower()
    if content.startswith((_PACKED, _OLE)) or (ending in _BOOK_ENDINGS and content):
        return _of_workbook(content, budget, form)
    if content.startswith(_PDF) or ending not in (*_TEXT_ENDINGS, *_BOOK_ENDINGS):
        raise UserError(Fault("inputs:unknown_format", {"path": str(path), "given": ending or "PDF"}))
    return _of_text(content, budget, form)


# Text


def _of_text(content: bytes, budget: Budget, form: Form) -> Table:
    text, encoding = delimited.decoded(content, budget.path)
    named, begin = delimited.separator_line(text)
    text, first_line = text[begin:], 2 if named else 1
    delimiter, heads, top = _marks(
        text, (named,) if named else delimited.DELIMITERS, budget, form, first_line
    )
    if not heads:
        if text.strip():  # what stands there cannot be read: say why
            list(delimited.records(text, delimiter, budget, first_line))
        raise UserError(Fault("inputs:no_rows", {"path": budget.path}))
    _refuse_years(heads, top, form, "line")
    head = heads[top.at][0]
    records = delimited.records(text, delimiter, budget, first_line)
    under = (record for record in records if record[0] > head)
    table = Table(budget.path, budget, form, "", "line", head, _headings(top.cells), _records=under)
    if encoding == "cp1252":
        table._tell("windows_1252")
    if top.upper:
        table._tell("two_lines_of_headings", line=head, upper=top.upper)
    elif head != first_line:
        table._tell("headings_in_line", line=head)
    return table


def _marks(
    text: str, marks: Sequence[str], budget: Budget, form: Form, first_line: int
) -> tuple[str, list[Record], Head]:
    """The mark between cells that makes the best headings, the first records by it, and the headings."""
    few = Budget(replace(budget.limits, rows=HEAD_ROWS * 20), budget.path, started=budget.started)
    best: tuple[tuple[int, int], str, list[Record], Head] | None = None
    for mark in marks:
        heads = delimited.head_records(text, mark, few, HEAD_ROWS, first_line)
        top = head_of(heads, form)
        rank = (top.named, len(heads[top.at][1]) if heads else 0)
        if best is None or rank > best[0]:
            best = (rank, mark, heads, top)
    assert best is not None  # noqa: S101 - there is always a mark
    return best[1:]


def _refuse_years(heads: Sequence[Record], top: Head, form: Form, unit: str) -> None:
    """A group over columns of several years is not one column, and no year of it is taken in silence."""
    group, years = years_under(heads, top.at, form)
    if years:
        cells = [f"{letters(column)}{row} ({year})" for row, column, year in years[:_LISTED]]
        values = {"heading": group.strip()[:60], "cells": cells}
        raise UserError(Fault("inputs:years_in_columns", values, f"{unit} {years[0][0]}"))


def _headings(cells: Sequence[Any]) -> tuple[str, ...]:
    """Headings as they stand, without empty columns after the last."""
    names = ["" if (text := cleaned(cell)) is None else str(text) for cell in cells]
    while names and not names[-1]:
        names.pop()
    return tuple(names)


# Workbooks


def _of_workbook(content: bytes, budget: Budget, form: Form) -> Table:
    book = Workbook(content, budget)
    sheet, others = _chosen(book, form)
    found = book.read(sheet)
    heads = found.records[:HEAD_ROWS]
    if not heads:
        raise UserError(Fault("inputs:no_rows", {"path": budget.path}))
    top = head_of(heads, form)
    _refuse_years(heads, top, form, "row")
    head, headings = heads[top.at][0], _headings(top.cells)
    shared = _filled_down(found, head, budget)
    table = Table(
        budget.path, budget, form, sheet.name, "row", head, headings,
        hidden=tuple(row for row in found.hidden if row > head),
        _records=found.records[top.at + 1 :], _shared=shared,
    )  # fmt: skip
    table._tell("headings_in_sheet", sheet=sheet.name, row=head)
    if top.upper:
        table._tell("two_rows_of_headings", row=head, upper=top.upper)
    if others:
        table._tell("other_sheets", sheets=[each.name for each in others[:_LISTED]])
    if table.hidden:
        table._tell("hidden_rows", count=len(table.hidden), rows=[str(row) for row in table.hidden[:_LISTED]])
    columns = _hidden_columns(found, headings)
    if columns:
        table._tell("hidden_columns", count=len(columns), columns=columns[:_LISTED])
    if shared:
        table._tell("filled_down", count=sum(map(len, shared.values())))
    return table


def _chosen(book: Workbook, form: Form) -> tuple[Sheet, list[Sheet]]:
    """The sheet to read, and others that are shown and hold a whole table too.

    Of the sheets that are shown, the one whose headings name most fields, the first of several.

    Raises:
        UserError: only a sheet that is hidden holds a table.
    """
    named = {sheet: head_of(book.read(sheet, HEAD_ROWS).records, form).named for sheet in book.sheets[:100]}
    shown = [sheet for sheet in named if sheet.visible]
    hidden = [sheet for sheet in named if not sheet.visible]
    best = max(shown, key=lambda sheet: named[sheet], default=None)
    behind = max(hidden, key=lambda sheet: named[sheet], default=None)
    whole = len(form.required)
    if behind is not None and named[behind] >= whole > (named[best] if best else -1):
        values = {"path": str(book.path), "sheet": behind.name}
        raise UserError(Fault("inputs:hidden_sheet", values))
    if best is None:
        raise UserError(Fault("inputs:no_rows", {"path": str(book.path)}))
    return best, [sheet for sheet in shown if sheet is not best and named[sheet] >= whole]


def _hidden_columns(found: Content, headings: Sequence[str]) -> list[str]:
    """Columns that are hidden and hold something: `C`, with the heading where there is one."""
    hidden = {at for first, last in found.hidden_columns for at in range(first, last + 1)}
    holding: set[int] = set()
    for _, cells in found.records if hidden else ():
        holding.update(at for at in range(len(cells)) if at in hidden and cells[at] is not None)
    return [
        f"{letters(at)} ({headings[at]})" if at < len(headings) and headings[at] else letters(at)
        for at in sorted(holding)
    ]


def _filled_down(found: Content, head: int, budget: Budget) -> dict[int, set[int]]:
    """Gives the cells of rows under a merged cell its value; row → positions of the cells it was given."""
    numbers = [at for at, _ in found.records]
    shared: dict[int, set[int]] = {}
    for first, last, column in found.merged:
        begin = bisect.bisect_left(numbers, first)
        if first <= head or begin >= len(numbers) or numbers[begin] != first:
            continue
        cells = found.records[begin][1]
        value = cells[column] if column < len(cells) else None
        end = bisect.bisect_right(numbers, last)
        budget.take_cells(end - begin)
        for at, below in found.records[begin + 1 : end] if value is not None else ():
            below += [None] * (column + 1 - len(below))
            if below[column] is None:
                below[column] = value
                shared.setdefault(at, set()).add(column)
    return shared
