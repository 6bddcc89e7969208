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
_WORSE, _ASIDE = 4e-4, 150
"""How much worse than the best a plan may be to be gone on from, and for how many without a better one."""


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
        self._here: tuple[float, Ints] = (np.inf, self.best)
        self._idle = 0

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

    def _improve_local(
        self, lists: Lists, local: np.ndarray, opened: Bools, most: int = _MANY
    ) -> tuple[float, Ints]:
        """What interchange comes to from these sites: value and sites (numbers of the problem)."""
        opened = (opened | (local == OPEN)) & (local != CLOSED)
        self._complete(opened, local)
        self._interchange(lists, local, opened, most)
        plan = lists.names[opened]
        return self._offer(plan), plan

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

    def _step_aside(self, lists: Lists, local: np.ndarray) -> None:
        """Interchange from where the last one ended, with the sites around one demand thrown over.

        A plan that is a little worse than the best is gone on from (threshold accepting, Dueck and Scheuer
        1990), the less worse the longer nothing better is found; then the best plan is gone back to.
        """
        known = self.objective
        if not len(self._here[1]):
            self._here = (self.objective, self.best)
        opened = np.isin(lists.names, self._here[1])
        self._throw_near(lists, local, opened)
        value, plan = self._improve_local(lists, local, opened)
        self._idle = 0 if self.objective < known else self._idle + 1
        worse = self.objective * (1 + _WORSE * (1 - self._idle / _ASIDE))
        if self._idle >= _ASIDE:
            self._idle, self._here = 0, (self.objective, self.best)
        elif value < self._here[0] or self._here[0] < value < worse:
            self._here = value, plan

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
