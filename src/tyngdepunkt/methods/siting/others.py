"""Other plans: the next best ones, and the best for other numbers of sites.

The next best plan differs from the best in at least one site. Lawler (1972): the plans that keep the first
k sites of the best and do without the next one fall into as many parts as it has sites; the best of each
part is found by the same method, and the best of these is the next. It works for any model.
"""

from __future__ import annotations

import heapq
import itertools
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from tyngdepunkt.methods.arrays import Bools, Ints
from tyngdepunkt.methods.siting.problem import CutLists, Problem
from tyngdepunkt.methods.siting.result import Answer, CurvePoint, Deadline, Plan

Solve = Callable[[Problem, Deadline], Answer]


@dataclass(eq=False)
class _Part:
    kept: Bools
    left_out: Bools
    plan: Plan


def near_best(
    problem: Problem, best: Answer, count: int, solve: Solve, deadline: Deadline, *, largest: bool
) -> tuple[tuple[Plan, ...], bool]:
    """The best plans other than the best, each proved to be the next.

    Args:
        problem: the question.
        best: its answer, proved.
        count: how many.
        solve: the method of the model.
        deadline: when to stop.
        largest: whether the objective is to be large.

    Returns:
        the plans, best first; and whether these are all that were asked for, or all there are.
    """
    none = np.zeros(problem.sites, bool)
    fixed = problem.must_open
    sign = -1.0 if largest else 1.0
    queue: list[tuple[float, int, _Part]] = []
    order = itertools.count()
    found: list[Plan] = []
    parts = _parts(fixed, none, best.open)
    while True:
        for kept, left_out in parts:
            answer = solve(_part_of(problem, kept, left_out), deadline)
            if answer.status in ("feasible", "no_solution_in_time"):
                return tuple(found), False
            if answer.objective is not None:
                opened = np.flatnonzero(~left_out)[answer.open]
                part = _Part(kept, left_out, Plan(answer.objective, opened))
                heapq.heappush(queue, (sign * answer.objective, next(order), part))
        if not queue or len(found) == count:
            return tuple(found), True
        part = heapq.heappop(queue)[2]
        found.append(part.plan)
        if len(found) == count:
            return tuple(found), True
        parts = _parts(part.kept, part.left_out, part.plan.open)


def _parts(kept: Bools, left_out: Bools, opened: Ints) -> list[tuple[Bools, Bools]]:
    parts = []
    so_far = kept.copy()
    for site in opened:
        if kept[site]:
            continue
        without = left_out.copy()
        without[site] = True
        parts.append((so_far.copy(), without))
        so_far[site] = True
    return parts


def _part_of(problem: Problem, kept: Bools, left_out: Bools) -> Problem:
    """The question with some sites kept open, and some not there at all."""
    sites = np.flatnonzero(~left_out)
    costs = problem.costs
    if isinstance(costs, CutLists):
        stays = ~left_out[costs.site]
        start = np.concatenate([[0], np.cumsum(stays)])[costs.start]
        number = np.cumsum(~left_out) - 1
        smaller = CutLists(start, number[costs.site[stays]], costs.cost[stays], len(sites))
    else:
        smaller = costs[:, sites]  # type: ignore[assignment]

    def some(values: Any) -> Any:
        return None if values is None else values[sites]

    p = None if problem.p is None else min(problem.p, len(sites))
    return replace(
        problem,
        costs=smaller,
        p=p,
        fixed=kept[sites],
        existing=some(problem.existing),
        capacities=some(problem.capacities),
        site_costs=some(problem.site_costs),
        site_ids=None,
    )


def curve(
    problem: Problem, first: int, last: int, solve: Solve, deadline: Deadline
) -> tuple[CurvePoint, ...]:
    """The best objective for each number of sites from `first` to `last`; those that time allows.

    A number with no plan at all is left out. Each gets an equal part of the time that is left.
    """
    points = []
    for p in range(first, last + 1):
        if deadline.passed:
            break
        share = deadline.left / (last - p + 1)
        answer = solve(replace(problem, p=p), Deadline(None if share == float("inf") else share))
        if answer.objective is not None and answer.bound is not None:
            points.append(CurvePoint(p, answer.objective, answer.bound, answer.open))
    return tuple(points)
