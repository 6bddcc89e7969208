"""Linked tables as linear constraints on the cells of the full cross-classification."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product

import numpy as np
import numpy.typing as npt
from scipy import sparse

from tyngdepunkt.methods.disclosure.combine import positions, possible_cells
from tyngdepunkt.methods.validation import Ints

TOTAL = -1
"""The code of "all of the dimension". Codes in the records are 0 or more."""


@dataclass(frozen=True)
class Table:
    """One published table.

    Attributes:
        dimensions: which columns of the records it crosses.
        shown: for a dimension, the only codes the table has a row for (leaves, groups or TOTAL). A dimension
            that is not named shows every leaf, every group above it and the total.
    """

    dimensions: tuple[int, ...]
    shown: Mapping[int, Collection[int]] = field(default_factory=dict)


@dataclass(frozen=True)
class Structure:
    """All that is published, as sums of inner cells. Cells with count 0 are published and left out.

    Attributes:
        inner: (inner cells, dimensions) codes of the combinations that may have posts as far as zeros tell.
        counts: (inner cells,) how many records each has.
        sums: (cells, inner cells) 0/1; a published cell is the sum of its inner cells.
        values: (cells,) the counts that would be published, sums @ counts.
        margins: (cells,) over how many dimensions of its table the cell is a total or a group.
        keys: (entries, dimensions) the codes of every entry of every table, TOTAL where summed over.
        cell: (entries,) which cell the entry shows; entries that are sums of the same inner cells share one.
        full: whether `inner` has every combination the published zeros allow, or (too many) only those with
            records, in which case the audit assumes an attacker who knows which are empty.
    """

    inner: Ints
    counts: Ints
    sums: sparse.csr_array
    values: Ints
    margins: Ints
    keys: Ints
    cell: Ints
    full: bool

    def parts(self) -> Ints:
        """(cells,) of how many cells that are not totals each is the sum, in the table that has most of them.

        All of these have posts, so it is also the least each cell can be.
        """
        inmost = np.zeros(self.sums.shape[0], dtype=np.int64)
        sizes = np.diff(self.sums.indptr)
        pattern = self.keys == TOTAL
        base = self.margins[self.cell] == 0
        for each in np.unique(pattern[base], axis=0):
            own = np.unique(self.cell[base & (pattern == each).all(axis=1)])
            shared = sparse.csr_array(self.sums @ self.sums[own].T).tocoo()
            whole = shared.data == sizes[own][shared.col]
            inmost = np.maximum(inmost, np.bincount(shared.row[whole], minlength=len(inmost)))
        return inmost


def build(
    records: npt.ArrayLike,
    tables: Sequence[Table | tuple[int, ...]],
    parents: Mapping[int, Mapping[int, int]] | None = None,
    most_inner: int = 200_000,
) -> Structure:
    """Every cell of every table with all margins.

    Args:
        records: (records, dimensions) whole codes, 0 or more; one row per post.
        tables: the published tables; a bare tuple is a table that shows everything of its dimensions.
        parents: for a dimension, the group each code belongs to. Groups may belong to groups.
        most_inner: the most inner cells to reckon with; beyond it only those with records.

    Raises:
        ValueError: no records, no tables, a code below 0, a dimension that is not there, or groups in a ring.
    """
    codes = np.asarray(records, dtype=np.int64)
    asked = [table if isinstance(table, Table) else Table(tuple(table)) for table in tables]
    _check(codes, asked)
    above = [_lineages(codes[:, d], (parents or {}).get(d, {})) for d in range(codes.shape[1])]
    unused = sorted(set(range(codes.shape[1])) - {d for table in asked for d in table.dimensions})
    codes = codes.copy()
    codes[:, unused] = TOTAL
    occupied, counts = np.unique(codes, axis=0, return_counts=True)
    inner, full = _support(occupied, asked, above, most_inner)
    spread = np.zeros(len(inner), dtype=np.int64)
    spread[positions(occupied, inner)] = counts
    keys, rows, columns, margins = _entries(inner, asked, above)
    shape = (len(keys), len(inner))
    sums = sparse.csr_array(sparse.coo_array((np.ones(len(rows)), (rows, columns)), shape=shape))
    first, cell = _same_sums(sums)
    lowest = np.full(len(first), np.iinfo(np.int64).max)
    np.minimum.at(lowest, cell, margins)
    kept = sparse.csr_array(sums[first])
    values = np.asarray(np.rint(kept @ spread), dtype=np.int64)
    return Structure(inner, spread, kept, values, lowest, keys, cell, full)


def _check(codes: Ints, tables: Sequence[Table]) -> None:
    if codes.ndim != 2 or not codes.size or codes.min() < 0:
        raise ValueError(f"records must be rows of codes of at least 0, have shape {codes.shape}")
    if not tables or not all(table.dimensions for table in tables):
        raise ValueError("at least one table, each with at least one dimension")
    for table in tables:
        if len(set(table.dimensions)) < len(table.dimensions) or not all(
            0 <= d < codes.shape[1] for d in table.dimensions
        ):
            raise ValueError(f"no such dimensions: {table.dimensions}")


def _lineages(codes: Ints, parents: Mapping[int, int]) -> dict[int, tuple[int, ...]]:
    """For every code in use: itself, its groups from the nearest up, and TOTAL."""
    lineages = {}
    for code in np.unique(codes).tolist():
        line = [code]
        while line[-1] in parents:
            line.append(int(parents[line[-1]]))
            if line.count(line[-1]) > 1:
                raise ValueError(f"group {line[-1]} is above itself")
        lineages[code] = (*line, TOTAL)
    return lineages


def _rows_of(table: Table, dimension: int, line: tuple[int, ...]) -> list[int]:
    if dimension not in table.dimensions:
        return [TOTAL]
    shown = table.shown.get(dimension)
    return [code for code in line if shown is None or code in shown]


def _projected(inner: Ints, table: Table, above: Sequence[Mapping[int, tuple[int, ...]]]) -> Iterator[Ints]:
    """The codes of the entry each inner cell falls in, for every combination of levels; -2 where none."""
    levels = []
    for d in range(inner.shape[1]):
        own, where = np.unique(inner[:, d], return_inverse=True)
        lines = [_rows_of(table, d, above[d].get(code, (TOTAL,))) for code in own.tolist()]
        deepest = max(map(len, lines))
        # Codes from the top, so that the same level of a deep and a shallow branch need not fit.
        padded = np.array([line + [-2] * (deepest - len(line)) for line in lines], dtype=np.int64)
        levels.append(padded.reshape(len(own), deepest)[where])
    for choice in product(*(range(level.shape[1]) for level in levels)):
        yield np.column_stack([level[:, at] for level, at in zip(levels, choice, strict=True)])


def _support(
    occupied: Ints, tables: Sequence[Table], above: Sequence[Mapping[int, tuple[int, ...]]], most: int
) -> tuple[Ints, bool]:
    """The inner cells that no published zero rules out, or those with records if that is too many."""
    whole = [[d for d in table.dimensions if d not in table.shown] for table in tables]
    inner = possible_cells(occupied, [dims for dims in whole if dims], most)
    if inner is None:
        return occupied, False
    keep = np.ones(len(inner), dtype=np.bool_)
    for table in tables:
        # Both lists have the same codes in every dimension, so their levels come in the same order.
        levels = zip(_projected(inner, table, above), _projected(occupied, table, above), strict=True)
        for entries, known in levels:
            shown = (entries != -2).all(axis=1)
            known = np.unique(known[(known != -2).all(axis=1)], axis=0)
            keep &= ~shown | (positions(entries, known) >= 0)
    return inner[keep], True


def _entries(
    inner: Ints, tables: Sequence[Table], above: Sequence[Mapping[int, tuple[int, ...]]]
) -> tuple[Ints, Ints, Ints, Ints]:
    """The codes of every entry, and which inner cells (rows, columns) are summed in it."""
    parts, columns, summed = [], [], []
    for table in tables:
        used = list(table.dimensions)
        for entries in _projected(inner, table, above):
            fits = np.flatnonzero((entries != -2).all(axis=1))
            parts.append(entries[fits])
            columns.append(fits)
            summed.append((entries[fits][:, used] != inner[fits][:, used]).sum(axis=1))
    keys, rows = np.unique(np.concatenate(parts), axis=0, return_inverse=True)
    rows, column = rows.ravel(), np.concatenate(columns)
    margins = np.full(len(keys), np.iinfo(np.int64).max)
    np.minimum.at(margins, rows, np.concatenate(summed))
    # The same entry in two tables is one entry: each inner cell counts once in it.
    pairs = np.unique(rows * len(inner) + column)
    return keys, pairs // len(inner), pairs % len(inner), margins


def _same_sums(sums: sparse.csr_array) -> tuple[Ints, Ints]:
    """Which entries are sums of the same inner cells: (first of each, group of every entry)."""
    seen: dict[bytes, int] = {}
    group = np.empty(sums.shape[0], dtype=np.int64)
    first: list[int] = []
    sums.sort_indices()
    for entry in range(sums.shape[0]):
        cells = sums.indices[sums.indptr[entry] : sums.indptr[entry + 1]].tobytes()
        if cells not in seen:
            seen[cells] = len(first)
            first.append(entry)
        group[entry] = seen[cells]
    return np.array(first, dtype=np.int64), group
