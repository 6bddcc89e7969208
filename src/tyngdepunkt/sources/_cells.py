"""A table of cells with named dimensions: what JSON-stat 2 and the CSV of PxWebApi both hold.

JSON-stat is read by `jsonstat`; the CSV has one row per cell, every dimension a column of codes and the
value last, with a sign in its place where there is none. `read_cells` gives what a file holds cell by
cell, `read_cube` as columns. What the signs mean is told in `cube`.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from tyngdepunkt.errors import Faults
from tyngdepunkt.sources._files import read_bytes, read_csv
from tyngdepunkt.sources.cube import Cube, Row, from_rows
from tyngdepunkt.sources.jsonstat import read_jsonstat

SUPPRESSED, MISSING = "suppressed", "missing"
_SIGNS = {":": SUPPRESSED, ".": MISSING, "..": MISSING, "...": MISSING, "": MISSING}


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: category code per dimension, value, and status where there is no value."""

    at: Mapping[str, str]
    value: float | None
    status: str | None


@dataclass(frozen=True, slots=True)
class Cells:
    """A whole table: dimension → its category codes in order, and the cells.

    Args:
        dimensions: category codes of each dimension.
        title: what the provider calls the table.
        updated: when the provider last changed it, as it writes it.
    """

    dimensions: Mapping[str, tuple[str, ...]]
    values: list[tuple[tuple[str, ...], float | None, str | None]]
    title: str = ""
    updated: str = ""

    def __iter__(self) -> Iterator[Cell]:
        names = tuple(self.dimensions)
        for codes, value, status in self.values:
            yield Cell(dict(zip(names, codes, strict=True)), value, status)


def read_cells(file: Path, needed: tuple[str, ...]) -> Cells:
    """Cells of a `.json` (JSON-stat 2) or `.csv` file that must have the needed dimensions.

    Raises:
        UserError: every fault found: not JSON, cut off, another format, a dimension that is not there.
    """
    cells = _from_csv(file) if file.suffix == ".csv" else _from_jsonstat(file)
    faults = Faults()
    for name in needed:
        if name not in cells.dimensions:
            there = list(cells.dimensions)
            faults.add("sources:missing_dimension", str(file), file=file.name, name=name, there=there)
    faults.raise_if_any()
    return cells


def read_cube(file: Path) -> Cube:
    """Table of a `.json` (JSON-stat 2) or `.csv` file as columns; both forms of one answer give the same.

    A cell that a CSV file has no row for is missing. CSV tells no labels, title or date of change.

    Raises:
        UserError: every fault found: not JSON, cut off, another format, a cell that stands twice.
    """
    if file.suffix != ".csv":
        return read_jsonstat(read_bytes(file), file.name, str(file))
    names, rows = _csv_rows(file)
    return from_rows(names, rows, file.name, str(file))


def _from_jsonstat(file: Path) -> Cells:
    cube = read_cube(file)
    values: list[float | None] = cube.values.tolist()
    for position in np.flatnonzero(np.isnan(cube.values)).tolist():
        values[position] = None
    status: list[str | None] = [None] * len(values)
    for flags, word in ((cube.suppressed(), SUPPRESSED), (cube.missing(), MISSING)):
        for position in np.flatnonzero(flags).tolist():
            status[position] = word
    dimensions = {dimension.name: dimension.codes for dimension in cube.dimensions}
    codes = itertools.product(*dimensions.values())
    return Cells(dimensions, list(zip(codes, values, status, strict=True)), cube.title, cube.updated)


def _from_csv(file: Path) -> Cells:
    names, rows = _csv_rows(file)
    cells = [(codes, value, _SIGNS.get(sign) if value is None else None) for codes, value, sign in rows]
    dimensions = {
        name: tuple(dict.fromkeys(codes[position] for codes, _, _ in cells))
        for position, name in enumerate(names)
    }
    return Cells(dimensions, cells)


def _csv_rows(file: Path) -> tuple[list[str], list[Row]]:
    """Names of the dimensions, and codes, value and sign of each row."""
    header, rows = read_csv(file)
    faults = Faults()
    cells: list[Row] = []
    for number, row in enumerate(rows, start=2):
        *codes, told = row
        sign = told.strip()
        try:
            value = None if sign in _SIGNS else float(sign.replace("\u00a0", "").replace(",", "."))
        except ValueError:
            faults.add("sources:not_a_number", f"{file}, line {number}", file=file.name, value=told)
            continue
        cells.append((tuple(code.strip() for code in codes), value, sign if value is None else ""))
    faults.raise_if_any()
    return [name.strip() for name in header[:-1]], cells
