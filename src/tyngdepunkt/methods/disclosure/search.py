"""The state of a search for cells to hide, and the staff lists that prove each hidden cell safe.

A proof ("witness") is a change of the whole inner counts that leaves every published cell as it is. With
the witnesses that take a cell down to `low` and up to `high`, no attacker, by linear or by integer
programming, can say that the cell is not `low`, or not `high`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from tyngdepunkt.methods.disclosure.moves import Moves
from tyngdepunkt.methods.disclosure.structure import Structure
from tyngdepunkt.methods.validation import Bools, Floats, Ints

BLOCK = 700
"""Inner cells in one linear program: moves within a part of the tables are moves of the whole."""

STALE = 3
"""Programs in a row that help no cell before a part is left."""


@dataclass(frozen=True)
class Rule:
    """What is hidden, and when a hidden cell is safe.

    Attributes:
        below: counts from 1 to below - 1 are hidden.
        width: a hidden cell's interval must be at least this wide.
        low_everywhere: cells hidden to protect others must also be able to be below `below`, so that nobody
            can tell which of the hidden cells are small, but for sums of so many cells that they are not.
            Without it only their width counts.
        most_secondary: the largest share of the cells to hide for others. Where `low_everywhere` takes more,
            it is given up, and the answer says so.
        least: what every hidden cell has at the least, as the attacker knows it. 0 is published, in itself or
            by having no row, so a cell that is hidden has at least 1.
    """

    below: int = 5
    width: int = 5
    low_everywhere: bool = True
    most_secondary: float = 0.3
    least: int = 1


class Search:
    """Which cells are hidden, and how far each is known to reach."""

    def __init__(self, structure: Structure, rule: Rule, hidden: Bools, seed: int) -> None:
        """Begin with the hidden cells given and no witness.

        Args:
            structure: the tables.
            rule: when a cell is safe.
            hidden: (cells,).
            seed: of the order of trials.
        """
        self.structure, self.rule = structure, rule
        self.hidden = hidden.copy()
        self.low, self.high = structure.values.copy(), structure.values.copy()
        self.witnesses: list[sparse.csr_array] = []
        self.programs = 0
        self.columns = sparse.csc_array(structure.sums)
        self._large = structure.parts() * rule.least >= rule.below
        self._random = np.random.default_rng(seed)
        scale = np.minimum(structure.values, 500) / rule.below
        self.price: Floats = (1 + scale) * 2.0 ** np.minimum(structure.margins, 4)

    def needing(self) -> Bools:
        """(cells,) the hidden cells not known to be safe."""
        return self.hidden & ~self.safe(self.low, self.high)

    def safe(self, low: Ints, high: Ints) -> Bools:
        """(cells,) which intervals meet the rule."""
        wide = high - low >= self.rule.width
        small = (low < self.rule.below) | self._large
        if not self.rule.low_everywhere:
            small |= self.structure.values >= self.rule.below
        return wide & small

    def part(self, inner: Ints) -> Part:
        """The part of the tables with these inner cells."""
        return Part(self, np.sort(inner))

    def parts(self) -> Iterator[Part]:
        """All inner cells once, in parts that share codes of one dimension drawn by lot."""
        cells = self.structure.inner
        if len(cells) <= 2 * BLOCK:
            yield self.part(np.arange(len(cells)))
            return
        varied = [d for d in range(cells.shape[1]) if cells[:, d].min() < cells[:, d].max()]
        _, code = np.unique(cells[:, self._random.choice(varied)], return_inverse=True)
        order = np.argsort(self._random.permutation(int(code.max()) + 1)[code.ravel()], kind="stable")
        for chunk in np.array_split(order, round(len(order) / BLOCK)):
            yield self.part(chunk)

    def around(self, cell: int, size: int) -> Part:
        """A part with about `size` inner cells, grown from one cell through cells that are hidden."""
        sums, margins = self.structure.sums, self.structure.margins
        chosen = np.zeros(sums.shape[1], dtype=np.bool_)
        chosen[sums.indices[sums.indptr[cell] : sums.indptr[cell + 1]]] = True
        for passable in (self.hidden & (margins == 0), margins == 0, np.ones_like(self.hidden)):
            while chosen.sum() < size:
                touched = (sums @ chosen > 0) & passable
                added = np.flatnonzero((self.columns.T @ touched > 0) & ~chosen)
                if not len(added):
                    break
                chosen[self._random.permutation(added)[: max(1, size - int(chosen.sum()))]] = True
        return self.part(np.flatnonzero(chosen))

    def learn(self, change: sparse.csr_array) -> None:
        """Keep a witness: what it changes in every cell."""
        self.witnesses.append(change)
        at, values = change.indices, self.structure.values[change.indices] + change.data.astype(np.int64)
        self.low[at] = np.minimum(self.low[at], values)
        self.high[at] = np.maximum(self.high[at], values)

    def ways(self, share_down: float, wanted: Bools) -> tuple[Floats, Floats]:
        """How far up and how far down each wanted cell must go: by lot, but down where it is too large.

        Args:
            share_down: how likely a cell is to go down, 0-1.
            wanted: (cells,) the cells that must move.

        Returns:
            (cells,) units up and (cells,) units down; 0 where a cell need not move that way.
        """
        values, rule = self.structure.values, self.rule
        must = ~self.safe(self.low, np.full_like(self.high, np.iinfo(np.int64).max // 2))
        downward = wanted & (must | (self._random.random(len(values)) < share_down))
        upward = wanted & ~downward
        up = np.where(upward, np.maximum(self.low + rule.width - values, 0), 0)
        least = np.maximum(np.minimum(self.high - rule.width, values), rule.least)
        least = np.where(must, np.minimum(least, rule.below - 1), least)
        return up.astype(np.float64), np.where(downward, values - least, 0).astype(np.float64)


class Part:
    """Some inner cells, all cells they are in, and the program of moves among them."""

    def __init__(self, search: Search, inner: Ints) -> None:
        """Cut the part out; the program is built when it is asked."""
        self._search, self._inner = search, inner
        some = sparse.csr_array(search.columns[:, inner])
        self.cells: Ints = np.flatnonzero(np.diff(some.indptr)).astype(np.int64)
        self._sums = sparse.csr_array(some[self.cells])
        self._moves: Moves | None = None

    def free(self) -> None:
        """Look for witnesses of the cells that need them, hiding nothing more."""
        search, stale, first = self._search, 0, True
        without = np.full(len(search.hidden), np.inf)
        while stale < STALE:
            needing = search.needing()
            left = int(needing[self.cells].sum())
            if not left:
                return
            self.move(without, needing, 0.0 if first else 0.5)
            better = int(search.needing()[self.cells].sum()) < left
            stale, first = 0 if better else stale + 1, False

    def move(self, price: Floats, wanted: Bools, share_down: float) -> bool:
        """One program for the wanted cells; cells it changes are hidden. Whether more is hidden now."""
        search, cells = self._search, self.cells
        up, down = search.ways(share_down, wanted)
        if not (up[cells].any() or down[cells].any()):
            return False
        if self._moves is None:
            room = search.structure.values[cells] - search.rule.least
            self._moves = Moves(self._sums, search.structure.counts[self._inner], room)
        search.programs += 1
        found = self._moves.best(price[cells], search.hidden[cells], up[cells], down[cells])
        if found is None or not found.any():
            return False
        change = np.asarray(self._sums @ found, dtype=np.float64)
        whole = np.zeros((1, len(search.hidden)))
        whole[0, cells] = change
        more = (whole[0] != 0) & ~search.hidden
        if (more & ~np.isfinite(price)).any() or (search.structure.counts[self._inner] + found < 0).any():
            return False  # not exact: an answer within the tolerance of the solver, of no use here
        search.hidden |= more
        search.learn(sparse.csr_array(whole))
        return bool(more.any())
