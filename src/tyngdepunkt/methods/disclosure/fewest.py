"""The fewest cells that must be hidden for others, and the proof that fewer are not enough.

For small tables, as an implicit hitting set. For a choice of hidden cells, linear programming bounds each of
them; where a bound is too tight, the published cells it rests on (those with a dual value) cannot all stay
published. "One of these must be hidden too, where that cell is hidden" is a cut that holds for every choice.
The least choice that meets all cuts is tried next, so the first that is safe has the fewest cells.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
from scipy import optimize, sparse

from tyngdepunkt.methods.disclosure.moves import silent_highs, solved
from tyngdepunkt.methods.disclosure.search import Rule
from tyngdepunkt.methods.disclosure.structure import Structure
from tyngdepunkt.methods.validation import Bools, Ints

NOTHING = 1e-7
FOUND, NONE_LEFT = 0, 2
"""What `scipy.optimize.milp` says of itself: all other words of it (time, numbers) prove nothing."""


def _never() -> bool:
    return False


class Choices:
    """Choices of cells to hide, each of fewest cells among those that the cuts so far allow."""

    def __init__(
        self, structure: Structure, rule: Rule, primary: Bools, is_up: Callable[[], bool] = _never
    ) -> None:
        """Begin without cuts.

        Args:
            structure: the tables.
            rule: when a cell is safe.
            primary: (cells,) hidden in every choice.
            is_up: whether the time is up; `refute` then leaves the cells it has not come to.
        """
        self._is_up, self.stopped = is_up, False  # `stopped`: a search ended before it was through
        self._structure, self._rule, self._primary = structure, rule, primary
        self._large = structure.parts() * rule.least >= rule.below
        self._cost = np.where(primary, 0.0, 1.0)  # prices too would make each program dear to prove
        self._cuts: dict[tuple[tuple[int, ...], int], None] = {}
        self._bounds = _Bounds(structure, rule)

    def next(self, seconds: float = float("inf")) -> Bools | None:
        """(cells,) the least choice, with the primary cells; None where none was found.

        That none is left is proved but where `stopped` is true.
        """
        cells = len(self._cost)
        rows, limits = [], []
        for support, cell in self._cuts:
            row = np.zeros(cells)
            row[list(support)] = 1.0
            if not self._primary[cell]:
                row[cell] -= 1.0
            rows.append(row)
            limits.append(0.0 if not self._primary[cell] else 1.0)
        constraints = (
            optimize.LinearConstraint(sparse.csr_array(np.array(rows)), np.array(limits)) if rows else ()
        )
        found = optimize.milp(
            self._cost,
            integrality=np.ones(cells, np.int64),
            bounds=optimize.Bounds(self._primary.astype(np.float64), 1.0),
            constraints=constraints,
            options={"mip_rel_gap": 0.0, "time_limit": seconds},
        )
        self.stopped |= found.status not in (FOUND, NONE_LEFT)
        return None if found.x is None or found.status != FOUND else np.asarray(found.x > 0.5, np.bool_)

    def refute(self, hidden: Bools) -> bool:
        """Add a cut for each cell that is not safe in this choice; whether there was any."""
        before = len(self._cuts)
        for cell in np.flatnonzero(hidden).tolist():
            if self._is_up():
                break
            for support in self._tight(cell, hidden):
                self._cuts[tuple(support.tolist()), cell] = None
        return len(self._cuts) > before

    def bar(self, hidden: Bools, cells: Bools) -> None:
        """Take it that cells are not safe in this choice, since no whole posts were found that prove them.

        What hides less has fewer such lists still, so one of the published cells must be hidden too.
        """
        published = tuple(np.flatnonzero(~hidden).tolist())
        for cell in np.flatnonzero(cells).tolist():
            self._cuts[published, cell] = None

    def _tight(self, cell: int, hidden: Bools) -> Iterator[Ints]:
        """The published cells that keep a cell too narrow, or too large."""
        if self._bounds.width(cell, hidden)[0] < self._rule.width - NOTHING:
            yield self._smaller(cell, hidden, self._narrow)
        if self._must_be_low(cell) and self._bounds.low(cell, hidden)[0] > self._rule.below - 1 + NOTHING:
            yield self._smaller(cell, hidden, self._large_still)

    def _must_be_low(self, cell: int) -> bool:
        small = self._structure.values[cell] < self._rule.below
        return bool(not self._large[cell] and (self._rule.low_everywhere or small))

    def _narrow(self, cell: int, hidden: Bools) -> Ints | None:
        width, support = self._bounds.width(cell, hidden)
        return support if width < self._rule.width - NOTHING else None

    def _large_still(self, cell: int, hidden: Bools) -> Ints | None:
        low, support = self._bounds.low(cell, hidden)
        return support if low > self._rule.below - 1 + NOTHING else None

    def _smaller(self, cell: int, hidden: Bools, still: Any) -> Ints:
        """A support from which no cell can be left out: the smaller, the stronger the cut.

        A cell that cannot be left out of some support cannot be left out of a smaller one either.
        """
        support: Ints = still(cell, hidden)
        needed: list[int] = []
        while len(left := np.setdiff1d(support, needed)):
            tried = int(left[-1])
            fewer = np.ones_like(hidden)
            fewer[np.setdiff1d(support, [tried])] = False
            found = still(cell, fewer)
            if found is None:
                needed.append(tried)
            else:
                support = found
        return support


class _Bounds:
    """The least and the most of a cell, and the published cells that each rests on."""

    def __init__(self, structure: Structure, rule: Rule) -> None:
        import highspy

        self._known = highspy.HighsModelStatus
        self._sums, self._values, self._least = (
            structure.sums,
            structure.values.astype(np.float64),
            rule.least,
        )
        self._highs = silent_highs()
        self._highs.setOptionValue("threads", 1)
        self._highs.setOptionValue("presolve", "off")  # each program is nearly the one before it
        model = highspy.HighsLp()
        model.num_row_, model.num_col_ = structure.sums.shape
        model.col_cost_ = np.zeros(model.num_col_)
        model.col_lower_, model.col_upper_ = np.zeros(model.num_col_), np.full(model.num_col_, np.inf)
        model.row_lower_ = model.row_upper_ = self._values
        model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        model.a_matrix_.start_, model.a_matrix_.index_ = structure.sums.indptr, structure.sums.indices
        model.a_matrix_.value_ = structure.sums.data
        self._highs.passModel(model)
        self._rows = np.arange(model.num_row_, dtype=np.int32)

    def width(self, cell: int, hidden: Bools) -> tuple[float, Ints]:
        """How wide a cell is; infinite, resting on nothing, where nothing limits it."""
        most, above = self._extreme(cell, hidden, -1.0)
        least, below = self._extreme(cell, hidden, 1.0)
        return -most - least, np.union1d(above, below)

    def low(self, cell: int, hidden: Bools) -> tuple[float, Ints]:
        """The least a cell can be."""
        return self._extreme(cell, hidden, 1.0)

    def _extreme(self, cell: int, hidden: Bools, sign: float) -> tuple[float, Ints]:
        lower = np.where(hidden, float(self._least), self._values)
        upper = np.where(hidden, np.inf, self._values)
        self._highs.changeRowsBounds(len(self._rows), self._rows, lower, upper)
        inner = self._sums.indices[self._sums.indptr[cell] : self._sums.indptr[cell + 1]].astype(np.int32)
        self._highs.changeColsCost(len(inner), inner, np.full(len(inner), sign))
        status = solved(self._highs)
        value = float(self._highs.getInfo().objective_function_value)
        duals = (
            np.abs(np.array(self._highs.getSolution().row_dual)) if status == self._known.kOptimal else None
        )
        self._highs.changeColsCost(len(inner), inner, np.zeros(len(inner)))
        if duals is None:  # without a limit, or of no use: never taken for a proof
            self._highs.clearSolver()
            return -np.inf, np.array([], np.int64)
        return value, np.flatnonzero((duals > NOTHING) & ~hidden).astype(np.int64)
