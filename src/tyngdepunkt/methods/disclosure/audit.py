"""What an attacker can work out about hidden cells from all that is published."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import sparse

from tyngdepunkt.methods.disclosure.moves import silent_highs, solved
from tyngdepunkt.methods.disclosure.structure import Structure
from tyngdepunkt.methods.validation import Bools, Floats


@dataclass(frozen=True)
class Intervals:
    """The smallest and largest count each cell may have, given what is published.

    Attributes:
        low: (cells,) NaN where it was not asked for or not found.
        high: (cells,) infinite where nothing published limits the cell.
    """

    low: Floats
    high: Floats


def feasible_intervals(
    structure: Structure,
    hidden: npt.ArrayLike,
    cells: npt.ArrayLike | None = None,
    whole: bool = False,
    least: int = 0,
) -> Intervals:
    """The exact interval of each hidden cell, two programs a cell.

    The attacker knows the published cells of all tables together, that counts are not negative, and which
    combinations published zeros rule out. Not: own contribution, or that hidden cells are small.

    Args:
        structure: the tables.
        hidden: (cells,) which cells are not published.
        cells: the numbers of the cells to look at; all hidden ones when not given.
        whole: an attacker who also uses that counts are whole (integer programming): never wider than the
            interval by linear programming, dearer, for small tables.
        least: what the attacker knows that every hidden cell has: 1 where cells of 0 are published as such.

    Raises:
        ValueError: `hidden` does not fit the tables.
    """
    mask = np.asarray(hidden, dtype=np.bool_)
    if mask.shape != structure.values.shape:
        raise ValueError(f"{len(structure.values)} cells, hidden has shape {mask.shape}")
    asked = np.flatnonzero(mask) if cells is None else np.asarray(cells, dtype=np.int64)
    low, high = (np.full(len(mask), np.nan) for _ in range(2))
    highs, highspy = _program(structure, mask, whole, least)
    for cell in asked.tolist():
        low[cell] = _extreme(highs, highspy, structure.sums, cell, False)
        high[cell] = _extreme(highs, highspy, structure.sums, cell, True)
    return Intervals(low, high)


def _program(structure: Structure, hidden: Bools, whole: bool, least: int) -> tuple[Any, Any]:
    import highspy

    highs = silent_highs()
    highs.setOptionValue("threads", 1)
    # Rows without a limit are left out, so that what nothing limits is seen without a program.
    told = ~hidden | (least > 0)
    rows = sparse.csr_array(structure.sums[told])
    model = highspy.HighsLp()
    model.num_row_, model.num_col_ = rows.shape
    model.col_cost_ = np.zeros(model.num_col_)
    model.col_lower_, model.col_upper_ = np.zeros(model.num_col_), np.full(model.num_col_, np.inf)
    model.row_lower_ = np.where(hidden, float(least), structure.values)[told]
    model.row_upper_ = np.where(hidden, np.inf, structure.values)[told]
    model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    model.a_matrix_.start_, model.a_matrix_.index_ = rows.indptr, rows.indices
    model.a_matrix_.value_ = rows.data
    if whole:
        model.integrality_ = [highspy.HighsVarType.kInteger] * model.num_col_
    highs.passModel(model)
    return highs, highspy


def _extreme(highs: Any, highspy: Any, sums: sparse.csr_array, cell: int, most: bool) -> float:
    inner = sums.indices[sums.indptr[cell] : sums.indptr[cell + 1]].astype(np.int32)
    if most and not _limited(highs, inner):
        return np.inf
    sign = -1.0 if most else 1.0
    highs.changeColsCost(len(inner), inner, np.full(len(inner), sign))
    status, known = solved(highs), highspy.HighsModelStatus
    value = float(highs.getInfo().objective_function_value)
    highs.changeColsCost(len(inner), inner, np.zeros(len(inner)))
    if status == known.kOptimal:
        return sign * value
    return np.inf if most and status in (known.kUnbounded, known.kUnboundedOrInfeasible) else np.nan


def _limited(highs: Any, inner: npt.NDArray[np.int32]) -> bool:
    """Whether every inner cell of the cell is part of something published: counts are not negative."""
    return all(highs.getColEntries(int(column))[1].size for column in inner)
