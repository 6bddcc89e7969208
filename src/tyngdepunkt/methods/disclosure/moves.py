"""Other counts that would be published as the same tables, found by linear programming with HiGHS.

A move is a change of the inner cells. It leaves every published cell as it is, or pays for each it changes.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from scipy import sparse

from tyngdepunkt.methods.validation import Bools, Floats, Ints

REWARD = 1e5
"""Worth of one post's change in a cell that needs it; far above any price of cells changed on the way."""

WHOLE = 1e-6
"""A change this near a whole number is one."""

MOST_NODES = 50
"""Of the search tree where the linear program does not give whole posts. A count, not a time: the answer is
the same on every machine."""


def silent_highs() -> Any:
    """A HiGHS that writes nothing.

    `highspy.Highs` writes a banner to the standard output as it is made, before it can be told not to, and
    that would stand before the JSON of a command. What it is made of can be told first.
    """
    import highspy

    highs: Any = highspy._Highs()  # type: ignore[attr-defined]
    highs.setOptionValue("output_flag", False)
    return highs


def solved(highs: Any) -> Any:
    """Solve what the program holds; its status.

    Begun from where an unbounded program ended, HiGHS may end without an answer (`kUnknown`): once more then,
    from nothing.
    """
    import highspy

    highs.run()
    if highs.getModelStatus() == highspy.HighsModelStatus.kUnknown:
        highs.clearSolver()
        highs.run()
    return highs.getModelStatus()


class Moves:
    """The linear program of all moves: one variable per inner cell, and how far each cell goes up or down.

    For a cell both ways are split in two, a part with a limit that may be rewarded and a part without:
    sums @ move = up_rewarded + up - down_rewarded - down, with counts + move >= 0.
    """

    def __init__(self, sums: sparse.csr_array, counts: Ints, room: Ints | None = None) -> None:
        """Build the program once; only prices and limits change after.

        Args:
            sums: (cells, inner cells) 0/1.
            counts: (inner cells,) posts.
            room: (cells,) how far down each cell may go at the most; without it until its inner cells are 0.
        """
        import highspy

        self._highspy = highspy
        self._cells, self._inner = sums.shape
        self._room = np.full(self._cells, np.inf) if room is None else room.astype(np.float64)
        self._highs = silent_highs()
        self._highs.setOptionValue("threads", 1)
        self._highs.setOptionValue("random_seed", 1)
        self._highs.setOptionValue("mip_max_nodes", MOST_NODES)
        one = sparse.eye_array(self._cells)
        rows = sparse.csr_array(sparse.hstack([sums, -one, -one, one, one]))
        model = highspy.HighsLp()
        model.num_row_, model.num_col_ = rows.shape
        model.col_cost_ = np.zeros(model.num_col_)
        model.col_lower_ = np.concatenate([-counts.astype(np.float64), np.zeros(4 * self._cells)])
        model.col_upper_ = np.full(model.num_col_, np.inf)
        model.row_lower_ = model.row_upper_ = np.zeros(self._cells)
        model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        model.a_matrix_.start_, model.a_matrix_.index_ = rows.indptr, rows.indices
        model.a_matrix_.value_ = rows.data
        self._highs.passModel(model)
        self._columns = np.arange(self._inner, model.num_col_, dtype=np.int32)

    def best(self, price: Floats, hidden: Bools, up: Floats, down: Floats) -> Ints | None:
        """The move that takes the wanted cells furthest, up to what is wanted, at the least price.

        Args:
            price: (cells,) of a change by one in a cell that is not hidden; infinite where none is allowed.
            hidden: (cells,) cells that may change for nothing.
            up: (cells,) how far up each cell is wanted; 0 for the others. Only hidden cells may be wanted.
            down: (cells,) the same downwards; no cell both ways.

        Returns:
            (inner cells,) the move in whole posts, or None where HiGHS found none.
        """
        free = np.where(hidden, 0.0, np.where(np.isfinite(price), price, 0.0))
        room = np.where(hidden | np.isfinite(price), np.inf, 0.0)
        cost = np.concatenate([np.full(self._cells, -REWARD), free, np.full(self._cells, -REWARD), free])
        # A wanted cell may not go the other way: both ways at once would be a reward for nothing.
        below = np.where(up > 0, 0.0, np.minimum(room, np.maximum(self._room - down, 0.0)))
        most = np.concatenate([up, np.where(down > 0, 0.0, room), down, below])
        number = len(self._columns)
        self._highs.changeColsCost(number, self._columns, cost)
        self._highs.changeColsBounds(number, self._columns, np.zeros(number), most)
        move = self._solved()
        if move is not None and np.abs(move - np.rint(move)).max() > WHOLE:
            self._kinds(self._highspy.HighsVarType.kInteger)
            move = self._solved()
            self._kinds(self._highspy.HighsVarType.kContinuous)
        return None if move is None else np.asarray(np.rint(move), dtype=np.int64)

    def _kinds(self, kind: Any) -> None:
        """Whole posts only, or not; cells are sums of inner cells and whole when they are."""
        for column in range(self._inner):
            self._highs.changeColIntegrality(column, kind)

    def _solved(self) -> Floats | None:
        self._highs.run()
        status, known = self._highs.getModelStatus(), self._highspy.HighsModelStatus
        if status == known.kOptimal or (
            status == known.kSolutionLimit and self._highs.getSolution().value_valid
        ):
            return np.array(self._highs.getSolution().col_value[: self._inner], dtype=np.float64)
        self._highs.clearSolver()
        return None
