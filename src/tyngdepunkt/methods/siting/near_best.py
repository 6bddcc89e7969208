"""The K best plans of a p-median, each with another set of sites, in order and none left out.

Lawler 1972: what is left beside a best plan is split into parts, the t-th with the plan's first t − 1
sites open and its t-th closed. Every other plan lies in exactly one part. Each part is searched for its
own best, and only for plans that can still be among the K.
"""

from __future__ import annotations

import heapq
from typing import NamedTuple

import numpy as np

from tyngdepunkt.methods.arrays import Ints
from tyngdepunkt.methods.siting.lists import Ground, ground
from tyngdepunkt.methods.siting.p_median import refuse_what_is_not_searched, states, value_of
from tyngdepunkt.methods.siting.problem import CutLists, Problem
from tyngdepunkt.methods.siting.result import Deadline, Plan
from tyngdepunkt.methods.siting.search import CLOSED, FREE, OPEN, Outcome, Search


class NearBest(NamedTuple):
    """Plans by rising objective, and what is proved about all others.

    Attributes:
        plans: at most K, the best first; different sets of sites.
        floor: no plan that is not listed costs less.
    """

    plans: tuple[Plan, ...]
    floor: float


class _Part(NamedTuple):
    objective: float
    number: int
    open: Ints
    state: np.ndarray


def near_best(problem: Problem, k: int, deadline: Deadline | None = None) -> NearBest:
    """The k best plans with p sites.

    Two plans differ when they open different sites, also where both cost the same.

    Args:
        problem: as for `p_median`.
        k: how many plans, at least 1.
        deadline: when to hand over; the plans found so far are then listed, and `floor` says how much
            they prove.

    Raises:
        BadProblemError: as `p_median`.
    """
    refuse_what_is_not_searched(problem)
    return _Splitting(problem, k, deadline or Deadline()).run()


class _Splitting:
    def __init__(self, problem: Problem, k: int, deadline: Deadline) -> None:
        self.problem, self.k, self.deadline = problem, k, deadline
        self.base: Ground = ground(problem.costs, problem.weights)
        self.heap: list[_Part] = []
        self.told: list[Plan] = []
        self.floor = np.inf
        self.number = 0

    def run(self) -> NearBest:
        self._search(states(self.problem), None)
        while self.heap and len(self.told) < self.k:
            part = heapq.heappop(self.heap)
            self.told.append(Plan(part.objective, part.open))
            if len(self.told) < self.k:
                self._split(part)
            else:
                self.floor = min(self.floor, part.objective)  # the best of its part, which is left whole
        self.floor = min(self.floor, min((part.objective for part in self.heap), default=np.inf))
        return NearBest(tuple(self.told), float(self.floor))

    @property
    def below(self) -> float:
        """What a plan must cost less than to be among the k."""
        known = sorted([plan.objective for plan in self.told] + [part.objective for part in self.heap])
        return known[self.k - 1] if len(known) >= self.k else np.inf

    def _split(self, part: _Part) -> None:
        state = part.state.copy()
        for site in part.open:
            if state[site] == FREE:
                child = state.copy()
                child[site] = CLOSED
                self._search(child, part.open[part.open != site])
                state[site] = OPEN

    def _search(self, state: np.ndarray, near: Ints | None) -> None:
        below = self.below
        start = self._filled(near, state)
        outcome: Outcome = Search(
            self.base, self.problem.p or 0, state, self.deadline, below=below, start=start
        ).run()
        if not len(outcome.open):
            return
        objective, _ = value_of(self.problem, outcome.open)
        if objective < below and np.isfinite(objective):
            self.number += 1
            heapq.heappush(self.heap, _Part(objective, self.number, outcome.open, state))
        self.floor = min(self.floor, self._proved(outcome, objective, below))

    def _proved(self, outcome: Outcome, objective: float, below: float) -> float:
        """What the rest of a part costs at least; a plan found and proved best says nothing new."""
        proved = outcome.bound >= min(objective, below) * (1 - 1e-9)
        if not proved:
            return outcome.bound
        return np.inf if objective < below else below

    def _filled(self, near: Ints | None, state: np.ndarray) -> Ints | None:
        """A plan near another: its sites but one, and the free site that serves best with them."""
        if near is None:
            return None
        free = np.setdiff1d(np.flatnonzero(state != CLOSED), near)
        return None if not len(free) else np.append(near, self._best_addition(near, free))

    def _best_addition(self, near: Ints, free: Ints) -> int:
        costs = self.base.costs
        if isinstance(costs, CutLists) or not len(near):
            return int(free[0])
        rows = np.arange(0, len(costs), max(1, len(costs) // 300))
        least = costs[rows][:, near].min(axis=1)
        with_site = np.minimum(costs[rows][:, free], least[:, None])
        worst = self.base.price[rows] / self.base.weights[rows]
        cost = np.where(np.isinf(with_site), worst[:, None], with_site)
        return int(free[np.argmin(self.base.weights[rows] @ cost)])
