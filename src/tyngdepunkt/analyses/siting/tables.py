"""Tables of text cells from CSV or Parquet, and columns of numbers, flags and names out of them."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

import numpy as np

from tyngdepunkt.analyses.contract import Brought
from tyngdepunkt.analyses.siting.marks import Marks, shown
from tyngdepunkt.errors import Fault, UserError
from tyngdepunkt.methods.validation import Bools, Floats

_PARQUET = b"PAR1"
LARGEST = 1e15
"""Beyond this a figure cannot be told from its neighbour, and sums overflow."""
YES = frozenset({"1", "1.0", "true", "t", "yes", "y", "ja", "j", "sant", "sann", "x", "on"})
NO = frozenset({"", "0", "0.0", "false", "f", "no", "n", "nei", "usant", "usann", "off", "-"})


@dataclass(frozen=True, eq=False)
class Table:
    """Cells by column, and the row of the file each stands in.

    Attributes:
        columns: name → cells as text, empty where nothing is said.
        rows: (length,) line of each row, the header being 1.
    """

    columns: dict[str, list[str]]
    rows: Sequence[int]

    def __len__(self) -> int:
        return len(self.rows)

    def __contains__(self, name: str) -> bool:
        return name in self.columns


def is_parquet(file: Brought) -> bool:
    """Whether it is a Parquet file, or is called one."""
    return file.content.startswith(_PARQUET) or Path(file.name).suffix.lower() in (".parquet", ".pq")


def read_table(file: Brought, marks: Marks) -> Table:
    """A table from a CSV or Parquet file; column names in small letters.

    Raises:
        UserError: the file cannot be read at all.
    """
    return _parquet(file, marks) if is_parquet(file) else table_of(file.text, marks)


def table_of(text: str, marks: Marks) -> Table:
    """A table from the text of a CSV file, separated by commas, semicolons or tabs."""
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text), delimiter=delimiter)
    header = [name.strip().lower() for name in next(reader, [])]
    cells: list[list[str]] = []
    rows: list[int] = []
    for row in reader:
        if not any(cell.strip() for cell in row):
            continue
        if len(row) != len(header):
            marks.add("row_width", reader.line_num, given=len(row), wanted=len(header))
            continue
        cells.append(row)
        rows.append(reader.line_num)
    return _checked(header, cells, rows, marks)


def _checked(header: list[str], cells: list[list[str]], rows: list[int], marks: Marks) -> Table:
    for name in dict.fromkeys(header):
        if header.count(name) > 1:
            marks.add("double_column", 1, name=shown(name))
    if not rows and not marks:
        marks.add("no_rows")
    turned = list(zip(*cells, strict=True)) if cells else [()] * len(header)
    columns = {name: [cell.strip() for cell in column] for name, column in zip(header, turned, strict=True)}
    return Table(columns, rows)


def _parquet(file: Brought, marks: Marks) -> Table:
    import duckdb

    try:
        with NamedTemporaryFile(suffix=".parquet") as copy, duckdb.connect() as connection:
            copy.write(file.content)
            copy.flush()
            relation = connection.execute("select * from read_parquet(?)", [copy.name])
            header = [str(column[0]).strip().lower() for column in relation.description or []]
            cells = [[_cell(value) for value in row] for row in relation.fetchall()]
    except duckdb.Error as error:
        values = {"path": file.name}
        raise UserError(Fault("analyses.siting:not_parquet", values, marks.name)) from error
    return _checked(header, cells, list(range(2, len(cells) + 2)), marks)


def _cell(value: Any) -> str:
    if value is None or value != value:  # NaN is a missing figure too
        return ""
    return repr(value) if isinstance(value, float) else str(value)


def columns_known(table: Table, needed: Sequence[str], allowed: Sequence[str], marks: Marks) -> bool:
    """Whether all needed columns are there; a fault for each that is not, and for each nobody reads."""
    missing = [name for name in needed if name not in table]
    for name in missing:
        marks.add("missing_column", 1, name=name, known=list(needed))
    for name in table.columns:
        if name not in needed and name not in allowed:
            marks.add("unknown_column", 1, name=shown(name), known=[*needed, *allowed])
    return not missing


def names(table: Table, column: str, marks: Marks) -> list[str]:
    """A name in every row."""
    for row, name in zip(table.rows, table.columns[column], strict=True):
        if not name:
            marks.add("no_name", row, column=column)
    return table.columns[column]


def numbers(
    table: Table, column: str, marks: Marks, *, least: float | None = 0.0, blank: bool = False
) -> Floats:
    """Numbers of a column; NaN where a cell is blank, or faulty.

    Args:
        table: where the column stands.
        column: its name.
        marks: gathers a fault for each cell that is no number, missing, below `least` or too large.
        least: smallest number allowed; None for any.
        blank: whether a cell may be empty.
    """
    cells = table.columns[column]
    found = np.array([_number(cell) for cell in cells], dtype=np.float64)
    sound = np.isfinite(found) & (np.abs(found) <= LARGEST)
    if least is not None:
        sound &= found >= least
    for at in np.flatnonzero(~sound).tolist():
        if blank and not cells[at]:
            continue
        kind = "missing_number" if not cells[at] else "not_a_number"
        if np.isfinite(found[at]):
            kind = "negative" if least is not None and found[at] < least else "too_large"
        marks.add(kind, table.rows[at], column=column, given=shown(cells[at]))
        found[at] = np.nan
    return found


def _number(cell: str) -> float:
    try:
        return float(cell.replace(",", ".").replace("\u00a0", "").replace("−", "-"))
    except ValueError:
        return float("nan")


def flags(table: Table, column: str, marks: Marks) -> Bools:
    """Yes or no in every usual writing: true/false, 1/0, ja/nei, yes/no, x or nothing."""
    found = np.zeros(len(table), bool)
    for at, cell in enumerate(table.columns[column]):
        word = cell.lower()
        found[at] = word in YES
        if word not in YES and word not in NO:
            marks.add("not_a_flag", table.rows[at], column=column, given=shown(cell))
    return found
