"""The plans of a p-median search: the best so far, and interchange from sites picked or thrown over.

Interchange is that of Teitz and Bart (1968). It starts at the sites the relaxation picks, and at the best
plan with a few sites exchanged anywhere or around one demand, which is what finds better plans where
many sites are open.
"""

from __future__ import annotations

import time

import numpy as np

from tyngdepunkt.methods.siting.kernels import kernels
from tyngdepunkt.methods.siting.lists import Ground, Lists, nearest_open
from tyngdepunkt.methods.siting.pace import Pace
from tyngdepunkt.methods.siting.result import PROVED, Deadline
from tyngdepunkt.methods.validation import Bools, Floats, Ints

FREE, OPEN, CLOSED = 0, 1, -1
_MANY = 1 << 30


class Plans:
    """The best plan so far, and what looks for a better one.

    Args:
        base: the costs.
        p: sites to open.
        state: (sites,) open (1) and closed (-1) from the start.
        deadline: when to hand over.
        below: only plans that cost less are looked for; infinity for any.
        start: sites of a plan known already.
        seed: of the chance in the first plan.
    """

    def __init__(
        self,
        base: Ground,
        p: int,
        state: np.ndarray,
        deadline: Deadline,
        below: float = np.inf,
        start: Ints | None = None,
        seed: int = 0,
    ) -> None:
        self.base, self.p, self.deadline = base, p, deadline
        self.state = state.astype(np.int8)
        self.random = np.random.default_rng(seed)
        self.code = kernels()
        self.objective, self.best = np.inf, np.empty(0, np.int64)
        self.below = below
        self.bound = -np.inf
        self.nodes = 0
        self.done = False
        self._first = start
        self._steps, self._swaps = Pace(), Pace()

    @property
    def cutoff(self) -> float:
        """Plans of at least this value are of no interest."""
        known = min(self.objective, self.below)
        if not np.isfinite(known):
            return float(self.base.price.sum()) + 1.0
        if self.base.whole:
            return float(np.ceil(known - 1e-6)) - 1.0 + 1e-6
        return known - 0.5 * PROVED * max(1.0, abs(known))

    def _offer(self, opened: Ints) -> float:
        """Value a plan exactly and keep it when it is the best."""
        _, cost = nearest_open(self.base.costs, opened)
        value = float(np.where(np.isinf(cost), self.base.price, cost * self.base.weights).sum())
        if value < self.objective:
            self.objective, self.best = value, np.sort(opened)
        return value

    def _improve(self, lists: Lists, local: np.ndarray, names: Ints | None, most: int = _MANY) -> None:
        """Interchange from some sites (numbers of the problem), completed to p at random."""
        opened = np.isin(lists.names, names) if names is not None else np.zeros(lists.sites, bool)
        self._improve_local(lists, local, opened, most)

    def _improve_local(self, lists: Lists, local: np.ndarray, opened: Bools, most: int = _MANY) -> None:
        opened = (opened | (local == OPEN)) & (local != CLOSED)
        self._complete(opened, local)
        self._interchange(lists, local, opened, most)
        self._offer(lists.names[opened])

    def _interchange(self, lists: Lists, local: np.ndarray, opened: Bools, most: int) -> None:
        while most > 0:
            few = self._swaps.within(self.deadline.left, most)
            before = time.monotonic()
            _, made = self.code.interchange(
                lists.start, lists.site, lists.cost, lists.beyond, opened, local, few
            )
            self._swaps.took(time.monotonic() - before, made + 1)
            most -= few
            if made < few or self.deadline.passed:
                break

    def _complete(self, opened: Bools, local: np.ndarray) -> None:
        short = self.p - int(opened.sum())
        if short > 0:
            free = np.flatnonzero(~opened & (local == FREE))
            opened[self.random.choice(free, short, replace=False)] = True
        elif short < 0:
            spare = np.flatnonzero(opened & (local == FREE))
            opened[self.random.choice(spare, -short, replace=False)] = False

    def _kicked(self, lists: Lists, local: np.ndarray, often: Floats, kicks: int) -> bool:
        """Whether interchange finds a better plan from sites picked often, or with a few thrown over."""
        known = self.objective
        self._improve_local(lists, local, mostly(often, local, self.p))
        for kick in range(kicks):
            if self.deadline.passed or self.bound >= self.cutoff:
                break
            self._kick(lists, local, near=kick % 2 == 1)
        return self.objective < known

    def _kick(self, lists: Lists, local: np.ndarray, near: bool) -> None:
        """Interchange from the best plan with a few sites thrown over, anywhere or around one demand."""
        opened = np.isin(lists.names, self.best)
        if near:
            self._throw_near(lists, local, opened)
        else:
            inside = np.flatnonzero(opened & (local == FREE))
            few = min(len(inside), max(2, self.p // 10))
            opened[self.random.choice(inside, few, replace=False)] = False
        self._improve_local(lists, local, opened)

    def _throw_near(self, lists: Lists, local: np.ndarray, opened: Bools) -> None:
        """Give up the open sites nearest a demand, and open as many others about as near to it."""
        i = int(self.random.integers(lists.demands))
        mine = lists.site[lists.start[i] : lists.start[i + 1]]
        mine = mine[local[mine] == FREE]
        held = np.flatnonzero(opened[mine])[: int(self.random.integers(3, 9))]
        if not len(held):
            return
        others = mine[: held[-1] + 1][~opened[mine[: held[-1] + 1]]]
        opened[mine[held]] = False
        opened[self.random.choice(others, min(len(others), len(held)), replace=False)] = True


def mostly(often: Floats, local: np.ndarray, p: int) -> Bools:
    """(sites,) the p sites picked most often, open ones first."""
    worth = often + 2.0 * (local == OPEN) - 2.0 * (local == CLOSED)
    picked = np.zeros(len(often), bool)
    picked[np.argsort(-worth, kind="stable")[:p]] = True
    return picked
