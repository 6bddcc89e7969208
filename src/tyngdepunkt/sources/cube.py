"""A table of statistics as columns: numbers in one array, signs in another, codes of each dimension once.

Statistics Norway's signs: `:` is not shown for confidentiality, `..` and `...` are not (yet) there, `.`
cannot occur. Only `:` is suppression, and none of them is zero.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import prod

import numpy as np
from numpy.typing import NDArray

from tyngdepunkt.errors import Fault, UserError

MAX_CELLS = 20_000_000  # a few bytes of a sparse answer may claim any number of cells
MAX_SIGNS = 127
SUPPRESSED_SIGN = ":"

Floats = NDArray[np.float64]
Positions = NDArray[np.int32]
Signs = NDArray[np.int8]
Flags = NDArray[np.bool_]
Row = tuple[tuple[str, ...], float | None, str]
"""Codes of one cell, its value, and the sign where there is none."""


@dataclass(frozen=True, slots=True)
class Dimension:
    """One dimension: its name, what it is called, and code and label of each category in order."""

    name: str
    label: str
    codes: tuple[str, ...]
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cube:
    """A table in which every cell of the product of the dimensions has a place.

    Args:
        dimensions: in the order in which the cells lie, the last one fastest.
        values: one number per cell, NaN where there is none; shape (cells,).
        status: one position in `signs` per cell; shape (cells,).
        signs: the signs of this table; the first is empty and stands for no sign.
        title: what the provider calls the table.
        updated: when the provider last changed it, as it writes it.
    """

    dimensions: tuple[Dimension, ...]
    values: Floats
    status: Signs
    signs: tuple[str, ...] = ("",)
    title: str = ""
    updated: str = ""

    @property
    def shape(self) -> tuple[int, ...]:
        """Number of categories of each dimension."""
        return tuple(len(dimension.codes) for dimension in self.dimensions)

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the dimensions, in order."""
        return tuple(dimension.name for dimension in self.dimensions)

    def columns(self) -> dict[str, Positions]:
        """Name of each dimension → position in its codes, one per cell; each of shape (cells,)."""
        shape = self.shape
        return {
            name: np.broadcast_to(_along(axis, shape), shape).reshape(-1)
            for axis, name in enumerate(self.names)
        }

    def suppressed(self) -> Flags:
        """Cells without a number because it is confidential; shape (cells,)."""
        if SUPPRESSED_SIGN not in self.signs:
            return np.zeros(len(self.values), dtype=np.bool_)
        hidden: Flags = self.status == self.signs.index(SUPPRESSED_SIGN)
        return hidden & np.isnan(self.values)

    def missing(self) -> Flags:
        """Cells without a number for any other reason; shape (cells,)."""
        return np.isnan(self.values) & ~self.suppressed()


def _along(axis: int, shape: tuple[int, ...]) -> Positions:
    ones = [1] * len(shape)
    ones[axis] = shape[axis]
    return np.arange(shape[axis], dtype=np.int32).reshape(ones)


def from_rows(names: Sequence[str], rows: Sequence[Row], file: str, where: str = "") -> Cube:
    """The table that rows fill, each dimension's codes in the order in which they first stand.

    Raises:
        UserError: a cell stands twice, or the codes span more cells than can be held.
    """
    at = [
        {code: place for place, code in enumerate(dict.fromkeys(codes[axis] for codes, _, _ in rows))}
        for axis in range(len(names))
    ]
    need_room(prod(map(len, at)), file, where)
    values, status = np.full(prod(map(len, at)), np.nan), np.zeros(prod(map(len, at)), dtype=np.int8)
    places = np.zeros(len(rows), dtype=np.int64)
    for axis, known in enumerate(at):
        held = np.fromiter((known[codes[axis]] for codes, _, _ in rows), dtype=np.int64, count=len(rows))
        places = places * len(known) + held
    twice = len(places) - len(np.unique(places))
    if twice:
        raise UserError(Fault("sources:cell_twice", {"file": file, "count": twice}, where))
    signs = {sign: place for place, sign in enumerate(dict.fromkeys(["", *(sign for _, _, sign in rows)]))}
    values[places] = np.array([value for _, value, _ in rows], dtype=np.float64)
    status[places] = [signs[sign] for _, _, sign in rows]
    dimensions = (Dimension(name, name, tuple(at[axis]), tuple(at[axis])) for axis, name in enumerate(names))
    return Cube(tuple(dimensions), values, status, tuple(signs))


def need_room(cells: int, file: str, where: str = "") -> None:
    """Refuse a table of more cells than can be held, before room is made for them."""
    if cells > MAX_CELLS:
        numbers = {"file": file, "found": cells, "limit": MAX_CELLS}
        raise UserError(Fault("sources:too_many_cells_in_file", numbers, where))


def joined(parts: Sequence[Cube], codes: Mapping[str, Sequence[str]]) -> Cube:
    """One table of the parts of a query that had to be split.

    Args:
        parts: cubes with the same dimensions in any order, which share no cell; at least one.
        codes: name of each dimension → its codes in the order of the whole, which the parts fill.

    Raises:
        UserError: a part has other dimensions or codes, two parts share cells, or cells are left over.
    """
    names = tuple(codes)
    at = {name: {code: place for place, code in enumerate(codes[name])} for name in names}
    shape = tuple(map(len, at.values()))
    values, status, times = np.full(shape, np.nan), np.zeros(shape, np.int8), np.zeros(shape, np.int8)
    signs: dict[str, int] = {"": 0}
    for part in parts:
        _need_same(part, at)
        order = [part.names.index(name) for name in names]
        axes = zip(names, (part.dimensions[axis].codes for axis in order), strict=True)
        block = np.ix_(*([at[name][code] for code in held] for name, held in axes))
        recoded = np.array([signs.setdefault(sign, len(signs)) for sign in part.signs], dtype=np.int8)
        values[block] = part.values.reshape(part.shape).transpose(order)
        status[block] = recoded[part.status].reshape(part.shape).transpose(order)
        times[block] += 1
    if not (times == 1).all():
        numbers = {"found": int((times > 1).sum()), "count": int((times == 0).sum())}
        raise UserError(Fault("sources:parts_do_not_fit", numbers))
    whole = tuple(_merged(name, codes[name], parts) for name in names)
    newest = max(part.updated for part in parts)
    return Cube(whole, values.reshape(-1), status.reshape(-1), tuple(signs), parts[0].title, newest)


def _need_same(part: Cube, at: Mapping[str, Mapping[str, int]]) -> None:
    if set(part.names) != set(at):
        names = {"found": sorted(part.names), "expected": sorted(at)}
        raise UserError(Fault("sources:other_dimensions", names))
    for dimension in part.dimensions:
        strange = [code for code in dimension.codes if code not in at[dimension.name]]
        if strange:
            values = {"name": dimension.name, "count": len(strange), "examples": strange[:5]}
            raise UserError(Fault("sources:strange_codes", values))


def _merged(name: str, codes: Sequence[str], parts: Sequence[Cube]) -> Dimension:
    """The whole of one dimension, with the labels that the parts give."""
    held = [dimension for part in parts for dimension in part.dimensions if dimension.name == name]
    labels = {code: label for each in held for code, label in zip(each.codes, each.labels, strict=True)}
    return Dimension(name, held[0].label, tuple(codes), tuple(labels[code] for code in codes))
