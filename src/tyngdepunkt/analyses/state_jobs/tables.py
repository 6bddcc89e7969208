"""Rows and columns out of CSV, XLSX, YAML and JSON, before anybody knows what they mean."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tyngdepunkt.errors import Fault, UserError
from tyngdepunkt.inputs.reading import Located, parse_mapping, read_bytes

MAX_BYTES = 10_000_000
MAX_UNFOLDED = 100_000_000
MAX_ROWS = 50_000
MAX_COLUMNS = 100
ROOM = "analyses.state_jobs"
_DELIMITERS = (";", "\t", ",", "|")


@dataclass(frozen=True, slots=True)
class RawTable:
    """A table as it stands in the file.

    `head` is where the column names stand; `rows` are `(where, column → cell)`.
    """

    head: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, dict[str, Any]], ...]


def read_table(path: Path) -> RawTable:
    """The rows of a file, by its ending.

    Raises:
        UserError: the file cannot be read, has no rows, or has far too many.
    """
    ending = path.suffix.lower()
    content = read_bytes(path, MAX_BYTES)
    if ending in (".xlsx", ".xlsm"):
        table = _from_xlsx(content, path)
    elif ending in (".yaml", ".yml", ".json"):
        table = _from_yaml(content, path)
    elif ending in (".csv", ".tsv", ".txt"):
        table = _from_csv(content, path)
    else:
        raise _refuse("unknown_format", path, given=ending or path.name)
    if not table.rows:
        raise _refuse("no_rows", path)
    return table


def _from_csv(content: bytes, path: Path) -> RawTable:
    text = _decoded(content)
    if "\x00" in text:
        raise _refuse("not_a_table", path)
    first = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = max(_DELIMITERS, key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        return _table(_numbered(reader), path, "line")
    except csv.Error as error:
        raise _refuse("not_a_table", path, f"line {reader.line_num}") from error


def _decoded(content: bytes) -> str:
    """UTF-8, else what older spreadsheets write."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _numbered(reader: Any) -> Iterator[tuple[int, list[Any]]]:
    """Each record with the line it begins on; a quoted cell can run over several lines."""
    before = 0
    for record in reader:
        yield before + 1, record
        before = reader.line_num


def _table(records: Iterator[tuple[int, list[Any]]], path: Path, unit: str) -> RawTable:
    """The first record that is not blank names the columns; blank records are skipped."""
    head = ""
    columns: tuple[str, ...] = ()
    rows: list[tuple[str, dict[str, Any]]] = []
    for at, record in records:
        if not any(_cell(cell) is not None for cell in record):
            continue
        if len(record) > MAX_COLUMNS or len(rows) >= MAX_ROWS:
            raise _refuse("too_many_rows", path, rows=MAX_ROWS, columns=MAX_COLUMNS)
        if not head:
            head, columns = f"{unit} {at}", tuple(str(_cell(cell) or "") for cell in record)
        elif any(_cell(cell) is not None for cell in record[len(columns) :]):
            raise _refuse("too_many_cells", path, f"{unit} {at}", cells=len(record), columns=len(columns))
        else:
            cells = {name: _cell(cell) for name, cell in zip(columns, record, strict=False)}
            rows.append((f"{unit} {at}", cells))
    return RawTable(head, columns, tuple(rows))


def _cell(cell: Any) -> Any:
    """A cell without blanks around it; None where it is empty."""
    if isinstance(cell, str):
        return cell.strip() or None
    return cell


def _from_xlsx(content: bytes, path: Path) -> RawTable:
    import openpyxl

    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(item.file_size for item in archive.infolist()) > MAX_UNFOLDED:
                raise _refuse("too_many_rows", path, rows=MAX_ROWS, columns=MAX_COLUMNS)
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        sheet = book.worksheets[0]
        records = ((at, list(row)) for at, row in enumerate(sheet.iter_rows(values_only=True), start=1))
        return _table(records, path, "row")
    except (zipfile.BadZipFile, KeyError, ValueError, IndexError, SyntaxError, OSError, TypeError) as error:
        raise _refuse("not_a_workbook", path) from error


def _from_yaml(content: bytes, path: Path) -> RawTable:
    """A list of groups, alone or under `events:`; the columns are all the fields that occur."""
    from tyngdepunkt.inputs.reading import decode

    located = parse_mapping(decode(content, path), path, list_as="events")
    events = located.data.get("events")
    if not isinstance(events, list):
        raise _refuse("no_events", path, "line 1", found=list(located.data)[:12])
    rows = [
        (located.where(("events", at)), _group(item, located, at, path)) for at, item in enumerate(events)
    ]
    if len(rows) > MAX_ROWS:
        raise _refuse("too_many_rows", path, rows=MAX_ROWS, columns=MAX_COLUMNS)
    columns = tuple(dict.fromkeys(name for _, cells in rows for name in cells))
    return RawTable(located.where(("events",)), columns, tuple(rows))


def _group(item: Any, located: Located, at: int, path: Path) -> dict[str, Any]:
    if not isinstance(item, dict):
        raise _refuse("not_an_event", path, located.where(("events", at)), given=str(item)[:60])
    return item


def _refuse(name: str, path: Path, where: str = "", /, **values: Any) -> UserError:
    return UserError(Fault(f"{ROOM}:{name}", {"path": str(path), **values}, where))
