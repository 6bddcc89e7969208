"""A table of cells with named dimensions: what JSON-stat 2 and the CSV of PxWebApi both hold.

JSON-stat 2: `value` is one flat list in row-major order, the last dimension fastest; null
cells have a `status`. Statistics Norway's signs: `:` not shown for confidentiality, `..` and
`...` not (yet) there, `.` cannot occur. Only `:` is suppression; none of them is zero.
Source: https://json-stat.org/format/ and the user guide of PxWebApi 2.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tyngdepunkt.errors import Fault, Faults, UserError
from tyngdepunkt.sources._files import read_csv, read_json

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


def _from_jsonstat(file: Path) -> Cells:
    body = read_json(file)
    if not isinstance(body, dict) or body.get("class") != "dataset" or "dimension" not in body:
        raise UserError(Fault("sources:not_jsonstat", {"file": file.name}, str(file)))
    try:
        dimensions = {name: _categories(body["dimension"][name]["category"]) for name in body["id"]}
        values = body["value"]
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise UserError(Fault("sources:not_jsonstat", {"file": file.name}, str(file))) from error
    expected = math.prod(len(codes) for codes in dimensions.values())
    if isinstance(values, list) and len(values) != expected:
        numbers = {"file": file.name, "found": len(values), "expected": expected}
        raise UserError(Fault("sources:wrong_size", numbers, str(file)))
    cells = [
        (codes, value, None if value is not None else _SIGNS.get(str(sign or ""), MISSING))
        for codes, value, sign in zip(
            itertools.product(*dimensions.values()),
            _dense(values, expected),
            _dense(body.get("status"), expected),
            strict=True,
        )
    ]
    bad = sum(isinstance(value, bool) or not isinstance(value, int | float | None) for _, value, _ in cells)
    if bad:
        raise UserError(Fault("sources:not_numbers", {"file": file.name, "count": bad}, str(file)))
    return Cells(dimensions, cells, str(body.get("label", "")), str(body.get("updated", "")))


def _categories(category: Any) -> tuple[str, ...]:
    """Codes in order: `index` is a list or a mapping code → position; a lone category may lack it."""
    index = category.get("index")
    if index is None:
        return tuple(category["label"])
    if isinstance(index, dict):
        return tuple(sorted(index, key=lambda code: int(index[code])))
    return tuple(str(code) for code in index)


def _dense(given: Any, size: int) -> list[Any]:
    """A list of `size` from JSON-stat's short forms: a list, a mapping position → value, or one for all."""
    if isinstance(given, list) and len(given) == size:
        return given
    if isinstance(given, dict):
        return [given.get(str(position)) for position in range(size)]
    return [given if isinstance(given, str) else None] * size


def _from_csv(file: Path) -> Cells:
    """One row per cell: every dimension a column of codes, the value last."""
    header, rows = read_csv(file)
    faults = Faults()
    cells: list[tuple[tuple[str, ...], float | None, str | None]] = []
    for number, row in enumerate(rows, start=2):
        *codes, sign = row
        status = _SIGNS.get(sign.strip())
        try:
            value = None if status else float(sign.replace("\u00a0", "").replace(",", "."))
        except ValueError:
            faults.add("sources:not_a_number", f"{file}, line {number}", file=file.name, value=sign)
            continue
        cells.append((tuple(code.strip() for code in codes), value, status))
    faults.raise_if_any()
    names = [name.strip() for name in header[:-1]]
    dimensions = {
        name: tuple(dict.fromkeys(codes[position] for codes, _, _ in cells))
        for position, name in enumerate(names)
    }
    return Cells(dimensions, cells)
