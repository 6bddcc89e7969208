"""Other counts that would be published as the same tables, found by linear programming with HiGHS.

A move is a change of the inner cells. It leaves every published cell as it is, or pays for each it changes.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from scipy import sparse

from tyngdepunkt.methods.arrays import Bools, Floats
from tyngdepunkt.methods.disclosure.structure import Structure

REWARD = 1e5
"""Worth of one post's change in a cell that needs it; far above any price of cells changed on the way."""


class Moves:
    """The linear program of all moves: one variable per inner cell, and how far each cell goes up or down.

    For a cell both ways are split in two, a part with a limit that may be rewarded and a part without:
    sums @ move = up_rewarded + up - down_rewarded - down, with counts + move >= 0.
    """

    def __init__(self, structure: Structure, whole: bool = False) -> None:
        """Build the program once; only prices and limits change after.

        Args:
            structure: the cells.
            whole: moves of whole posts only (a mixed integer program).
        """
        import highspy

        self._highspy = highspy
        self._cells, self._inner = structure.sums.shape
        self._highs: Any = highspy.Highs()  # type: ignore[no-untyped-call]
        self._highs.setOptionValue("output_flag", False)
        self._highs.setOptionValue("threads", 1)
        self._highs.setOptionValue("random_seed", 1)
        one = sparse.eye_array(self._cells)
        rows = sparse.csr_array(sparse.hstack([structure.sums, -one, -one, one, one]))
        model = highspy.HighsLp()
        model.num_row_, model.num_col_ = rows.shape
        model.col_cost_ = np.zeros(model.num_col_)
        model.col_lower_ = np.concatenate([-structure.counts.astype(np.float64), np.zeros(4 * self._cells)])
        model.col_upper_ = np.full(model.num_col_, np.inf)
        model.row_lower_ = model.row_upper_ = np.zeros(self._cells)
        model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        model.a_matrix_.start_, model.a_matrix_.index_ = rows.indptr, rows.indices
        model.a_matrix_.value_ = rows.data
        if whole:
            kind = highspy.HighsVarType.kInteger
            model.integrality_ = [kind] * model.num_col_
            self._highs.setOptionValue("mip_rel_gap", 0.0)
            self._highs.setOptionValue("mip_abs_gap", 0.5)
        self._highs.passModel(model)
        self._columns = np.arange(self._inner, model.num_col_, dtype=np.int32)

    def best(self, price: Floats, hidden: Bools, up: Floats, down: Floats) -> Floats | None:
        """The move that takes the wanted cells furthest, up to what is wanted, at the least price.

        Args:
            price: (cells,) of a change by one in a cell that is not hidden; infinite where none is allowed.
            hidden: (cells,) cells that may change for nothing.
            up: (cells,) how far up each cell is wanted; 0 for the others. Only hidden cells may be wanted.
            down: (cells,) the same downwards; no cell both ways.

        Returns:
            (inner cells,) the move, or None where HiGHS did not solve the program.
        """
        free = np.where(hidden, 0.0, np.where(np.isfinite(price), price, 0.0))
        room = np.where(hidden | np.isfinite(price), np.inf, 0.0)
        cost = np.concatenate([np.full(self._cells, -REWARD), free, np.full(self._cells, -REWARD), free])
        # A wanted cell may not go the other way: both ways at once would be a reward for nothing.
        most = np.concatenate([up, np.where(down > 0, 0.0, room), down, np.where(up > 0, 0.0, room)])
        number = len(self._columns)
        self._highs.changeColsCost(number, self._columns, cost)
        self._highs.changeColsBounds(number, self._columns, np.zeros(number), most)
        self._highs.run()
        if self._highs.getModelStatus() != self._highspy.HighsModelStatus.kOptimal:
            return None
        return np.array(self._highs.getSolution().col_value[: self._inner], dtype=np.float64)
