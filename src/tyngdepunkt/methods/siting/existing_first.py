"""Existing sites before new ones: of all plans as good as the best, one that opens fewest new sites.

The best plan is known first. Another plan as good, with fewer new sites, lacks at least one of its new
sites; so what is left is split by the new sites alone (as Lawler 1972 does by all): the t-th part keeps the
first t − 1 new sites and goes without the t-th. A part with no plan as good is done. In a part that has
one, that plan is split in turn. Parts that keep as many new sites as the plan held need no look.
"""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

import numpy as np

from tyngdepunkt.methods.siting.p_median import p_median
from tyngdepunkt.methods.siting.parts import Explore, Found, Part, Solve, explorer, whole
from tyngdepunkt.methods.siting.problem import Problem
from tyngdepunkt.methods.siting.result import PROVED, Answer, Deadline, relative_gap
from tyngdepunkt.methods.validation import Ints


class ExistingFirst(NamedTuple):
    """A plan, and whether it is proved that no plan as good opens fewer new sites."""

    answer: Answer
    proved: bool


def existing_first(
    problem: Problem, deadline: Deadline | None = None, *, worse: float = 0.0, solve: Solve | None = None
) -> ExistingFirst:
    """A best plan with as few new sites as a plan as good can have: the objective first, then new sites.

    Args:
        problem: with `existing`; its objective is to be small.
        deadline: when to hand over.
        worse: by how much the objective may be worse, as a part of it, for the sake of existing sites.
        solve: the method of the model; None for the p-median without capacities or budget.
    """
    deadline = deadline or Deadline()
    best = p_median(problem, deadline) if solve is None else solve(problem, deadline)
    if best.objective is None or problem.existing is None:
        return ExistingFirst(best, best.status == "optimal")
    enough = best.objective * (1 + worse) + 2 * PROVED * max(1.0, best.objective)
    fewest = _Fewest(problem, enough, explorer(problem, deadline, solve), deadline)
    found = fewest.run(Found(best.objective, best.open, best.objective, best.assignment))
    return ExistingFirst(_told(found, best), fewest.proved and best.status == "optimal")


class _Fewest:
    def __init__(self, problem: Problem, enough: float, explore: Explore, deadline: Deadline) -> None:
        self.new = problem.new_sites
        self.problem, self.enough, self.explore, self.deadline = problem, enough, explore, deadline
        self.proved = True
        self.held = Found(np.inf, np.empty(0, np.int64), -np.inf)
        self.count = 0

    def run(self, best: Found) -> Found:
        self.held, self.count = best, int(self.new[best.open].sum())
        waiting = [(whole(self.problem), best.open)]
        while waiting and self.proved:
            part, plan = waiting.pop()
            waiting += self._beside(part, plan)
        return self.held

    def _beside(self, part: Part, plan: Ints) -> list[tuple[Part, Ints]]:
        """Parts beside a plan that have a plan as good, with that plan."""
        kept, further = part.kept.copy(), []
        for site in plan[self.new[plan] & ~part.kept[plan]]:
            room = self.count - 1 - int((kept & self.new).sum())
            if room < 0:
                break
            left_out = part.left_out.copy()
            left_out[site] = True
            if room == 0:
                left_out |= self.new & ~kept
            child = Part(kept.copy(), left_out)
            found = self._as_good(child, plan)
            if found is not None:
                further.append((child, found.open))
            kept[site] = True
        return further

    def _as_good(self, part: Part, near: Ints) -> Found | None:
        if self.deadline.passed:
            self.proved = False
            return None
        found = self.explore(part, self.enough, near)
        if found.objective <= self.enough:
            count = int(self.new[found.open].sum())
            if count < self.count:
                self.held, self.count = found, count
            return found
        if found.bound < self.enough * (1 - PROVED):
            self.proved = False
        return None


def _told(held: Found, best: Answer) -> Answer:
    """The plan with what is proved about the whole problem, not about the part it was found in."""
    if best.objective is None or best.bound is None or held.open is best.open:
        return best
    same = relative_gap(held.objective, best.objective) <= 2 * PROVED
    bound = held.objective if same and best.status == "optimal" else min(best.bound, held.objective)
    gap = relative_gap(held.objective, bound)
    return replace(
        best,
        status="optimal" if gap == 0.0 else "feasible",
        objective=held.objective,
        bound=bound,
        gap=gap,
        open=held.open,
        assignment=held.assignment,
    )
