"""The K best plans, each with another set of sites, in order and none left out; for every model.

Lawler 1972: what is left beside a best plan is split into parts, the t-th with the plan's first t − 1
sites open and its t-th closed. Every other plan lies in exactly one part. Each part is searched for its
own best, and only for plans that can still be among the K.
"""

from __future__ import annotations

import heapq
from typing import NamedTuple

import numpy as np

from tyngdepunkt.methods.siting.parts import Explore, Found, Part, Solve, explorer, whole
from tyngdepunkt.methods.siting.problem import Problem
from tyngdepunkt.methods.siting.result import PROVED, Answer, Deadline, Plan
from tyngdepunkt.methods.validation import Ints


class NearBest(NamedTuple):
    """Plans, the best first, and what is proved about all others.

    Attributes:
        plans: at most K; different sets of sites.
        floor: no plan that is not listed is better.
        sure: how many of the plans are proved to stand where they do.
    """

    plans: tuple[Plan, ...]
    floor: float
    sure: int


def near_best(
    problem: Problem,
    k: int,
    deadline: Deadline | None = None,
    *,
    solve: Solve | None = None,
    best: Answer | None = None,
    largest: bool = False,
) -> NearBest:
    """The k best plans.

    Two plans differ when they open different sites, also where both are as good. Where a model may open
    fewer than p sites, a plan is listed without sites that add nothing to it.

    Args:
        problem: the question.
        k: how many plans, at least 1.
        deadline: when to hand over; the plans found so far are then listed, and `floor` says how much
            they prove.
        solve: the method of the model; None for the p-median without capacities or budget.
        best: the best plan, where it is known already.
        largest: whether the objective is to be large.

    Raises:
        BadProblemError: as the method; without one, as `p_median`.
    """
    explore = explorer(problem, deadline or Deadline(), solve, largest=largest)
    return _Splitting(problem, k, explore, -1.0 if largest else 1.0).run(best)


class _Splitting:
    def __init__(self, problem: Problem, k: int, explore: Explore, sign: float) -> None:
        self.problem, self.k, self.explore, self.sign = problem, k, explore, sign
        self.heap: list[tuple[float, int, Ints, Part]] = []
        self.told: list[Plan] = []
        self.floor = np.inf
        self.number = 0

    def run(self, best: Answer | None) -> NearBest:
        everything = whole(self.problem)
        if best is None or best.objective is None or best.bound is None:
            self._search(everything, None)
        else:
            known = Found(self.sign * best.objective, best.open, self.sign * best.bound)
            self._take(everything, known, np.inf)
        while self.heap and len(self.told) < self.k:
            objective, _, opened, part = heapq.heappop(self.heap)
            self.told.append(Plan(objective, opened))
            if len(self.told) < self.k:
                self._split(part, opened)
            else:
                self.floor = min(self.floor, objective)  # the best of its part, which is left whole
        self.floor = min(self.floor, min((entry[0] for entry in self.heap), default=np.inf))
        within = self.floor + PROVED * max(1.0, abs(self.floor)) if np.isfinite(self.floor) else self.floor
        sure = sum(plan.objective <= within for plan in self.told)
        plans = tuple(Plan(self.sign * plan.objective, plan.open) for plan in self.told)
        return NearBest(plans, self.sign * float(self.floor), sure)

    @property
    def below(self) -> float:
        """What a plan must be below to be among the k."""
        known = sorted([plan.objective for plan in self.told] + [entry[0] for entry in self.heap])
        return known[self.k - 1] if len(known) >= self.k else np.inf

    def _split(self, part: Part, opened: Ints) -> None:
        for child in split(part, opened):
            self._search(child, opened)

    def _search(self, part: Part, near: Ints | None) -> None:
        below = self.below
        self._take(part, self.explore(part, below, near), below)

    def _take(self, part: Part, found: Found, below: float) -> None:
        if found.objective < below:
            self.number += 1
            heapq.heappush(self.heap, (found.objective, self.number, found.open, part))
        self.floor = min(self.floor, _proved(found, below))


def split(part: Part, opened: Ints) -> list[Part]:
    """The parts beside a plan: its first t − 1 sites open and its t-th closed, for each t."""
    parts, kept = [], part.kept.copy()
    for site in opened[~part.kept[opened]]:
        left_out = part.left_out.copy()
        left_out[site] = True
        parts.append(Part(kept.copy(), left_out))
        kept[site] = True
    return parts


def _proved(found: Found, below: float) -> float:
    """What the rest of a part is worth at best; a plan found and proved best says nothing new."""
    least = min(found.objective, below)
    if found.bound < (least - PROVED * abs(least) if np.isfinite(least) else least):
        return found.bound
    return np.inf if found.objective < below else below
