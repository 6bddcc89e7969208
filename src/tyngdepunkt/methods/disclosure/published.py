"""What published tables let one know of their hidden counts, for whoever has nothing but the tables."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import sparse

from tyngdepunkt.methods.disclosure.audit import Intervals
from tyngdepunkt.methods.disclosure.moves import silent_highs, solved


def published_intervals(
    values: npt.ArrayLike,
    hidden: npt.ArrayLike,
    sums: sparse.csr_array,
    cells: npt.ArrayLike | None = None,
    least: int = 1,
) -> Intervals:
    """The least and the most of each hidden count, by linear programming over the published counts.

    Where two tables share the totals of one dimension only, this is as sharp as `audit.feasible_intervals`
    over all combinations: rows of each table with the same total can always be combined.

    Args:
        values: (counts,) what is published; not looked at where hidden.
        hidden: (counts,) which are hidden.
        sums: (equations, counts) each row times the counts is 0: 1 for every part, -1 for their total.
        cells: the counts to look at; all hidden ones when not given.
        least: what every hidden count has at the least.

    Returns:
        NaN at both ends where the counts that are published do not add up, or where it was not asked.
    """
    import highspy

    mask = np.asarray(hidden, dtype=np.bool_)
    given = np.where(mask, 0, np.asarray(values, dtype=np.float64))
    asked = np.flatnonzero(mask) if cells is None else np.asarray(cells, dtype=np.int64)
    low, high = (np.full(len(mask), np.nan) for _ in range(2))
    rows = sparse.csr_array(sums)
    model = highspy.HighsLp()
    model.num_row_, model.num_col_ = rows.shape
    model.col_cost_ = np.zeros(model.num_col_)
    model.col_lower_ = np.where(mask, float(least), given)
    model.col_upper_ = np.where(mask, np.inf, given)
    model.row_lower_ = model.row_upper_ = np.zeros(model.num_row_)
    model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    model.a_matrix_.start_, model.a_matrix_.index_ = rows.indptr, rows.indices
    model.a_matrix_.value_ = rows.data.astype(np.float64)
    highs = silent_highs()
    highs.setOptionValue("threads", 1)
    highs.passModel(model)
    for cell in asked.tolist():
        low[cell] = _extreme(highs, highspy, cell, 1.0)
        if np.isnan(low[cell]):
            return Intervals(np.full_like(low, np.nan), np.full_like(high, np.nan))
        high[cell] = _extreme(highs, highspy, cell, -1.0)
    return Intervals(low, high)


def _extreme(highs: Any, highspy: Any, cell: int, sign: float) -> float:
    """The least (1) or the most (-1) of a count; NaN where no counts add up."""
    highs.changeColCost(cell, sign)
    status, known = solved(highs), highspy.HighsModelStatus
    value = float(highs.getInfo().objective_function_value)
    highs.changeColCost(cell, 0.0)
    if status == known.kOptimal:
        return sign * value
    return np.inf if sign < 0 and status in (known.kUnbounded, known.kUnboundedOrInfeasible) else np.nan
