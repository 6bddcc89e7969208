"""A part of a siting question: some sites must be open, some may not; and the best plan in it.

Searches that split a question (`near_best`, `existing_first`) ask for the best plan of many parts. A plain
p-median is searched by `search`, which shares its lists between parts and looks only for plans below a
value; every other model is solved anew on the sites that are left.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, NamedTuple, TypeAlias

import numpy as np

from tyngdepunkt.methods.siting.kernels import in_time
from tyngdepunkt.methods.siting.lists import Ground, ground
from tyngdepunkt.methods.siting.p_median import refuse_what_is_not_searched, value_of
from tyngdepunkt.methods.siting.plans import CLOSED, FREE, OPEN
from tyngdepunkt.methods.siting.problem import CutLists, Problem
from tyngdepunkt.methods.siting.result import NOBODY, Answer, Assignment, Deadline
from tyngdepunkt.methods.siting.search import Search
from tyngdepunkt.methods.validation import Bools, Ints

Solve: TypeAlias = Callable[[Problem, Deadline], Answer]
"""The method of a model."""


class Part(NamedTuple):
    """The plans that open all of `kept` and none of `left_out`; (sites,) each."""

    kept: Bools
    left_out: Bools


class Found(NamedTuple):
    """The best plan of a part; the smaller the objective the better, so one to be large has its sign turned.

    Attributes:
        objective: infinite without a plan.
        open: its sites, ascending.
        bound: no plan of the part is below this, unless it is not below what was asked for.
        assignment: who is served from where.
    """

    objective: float
    open: Ints
    bound: float
    assignment: Assignment = NOBODY


NONE = np.empty(0, np.int64)
Explore: TypeAlias = Callable[[Part, float, Ints | None], Found]
"""Part, value plans must be below to be of interest, and a plan near it → the best plan of the part."""


def whole(problem: Problem) -> Part:
    """All plans."""
    return Part(problem.must_open.copy(), np.zeros(problem.sites, bool))


def explorer(problem: Problem, deadline: Deadline, solve: Solve | None, *, largest: bool = False) -> Explore:
    """How parts of a question are explored.

    Args:
        problem: the question.
        deadline: when to hand over.
        solve: the method of its model; None for the p-median without capacities or budget.
        largest: whether the objective is to be large.

    Raises:
        BadProblemError: no method, and the problem has limits the p-median search does not keep.
    """
    if solve is not None:
        method, sign = solve, -1.0 if largest else 1.0
        return lambda part, _below, _near: _solved(problem, part, method, deadline, sign)
    refuse_what_is_not_searched(problem)
    base = ground(problem.costs, problem.weights)
    return lambda part, below, near: _searched(problem, base, part, deadline, below, near)


def _searched(
    problem: Problem, base: Ground, part: Part, deadline: Deadline, below: float, near: Ints | None
) -> Found:
    state = np.where(part.kept, OPEN, np.where(part.left_out, CLOSED, FREE)).astype(np.int8)
    start = _filled(base, near, part.left_out)
    with in_time(deadline.left):
        outcome = Search(base, problem.p or 0, state, deadline, below=below, start=start).run()
        if not len(outcome.open):
            return Found(np.inf, NONE, outcome.bound)
        objective, assignment = value_of(problem, outcome.open)
    return Found(objective, outcome.open, outcome.bound, assignment)


def _filled(base: Ground, near: Ints | None, left_out: Bools) -> Ints | None:
    """A plan near another: its sites that are left, and the free sites that serve best with them."""
    if near is None:
        return None
    kept = near[~left_out[near]]
    for _ in range(len(near) - len(kept)):
        free = np.setdiff1d(np.flatnonzero(~left_out), kept)
        if not len(free):
            return None
        kept = np.append(kept, _best_addition(base, kept, free))
    return kept


def _best_addition(base: Ground, near: Ints, free: Ints) -> int:
    costs = base.costs
    if isinstance(costs, CutLists) or not len(near):
        return int(free[0])
    rows = np.arange(0, len(costs), max(1, len(costs) // 300))
    if not len(rows):
        return int(free[0])
    least = costs[rows][:, near].min(axis=1)
    with_site = np.minimum(costs[rows][:, free], least[:, None])
    worst = base.price[rows] / base.weights[rows]
    cost = np.where(np.isinf(with_site), worst[:, None], with_site)
    return int(free[np.argmin(base.weights[rows] @ cost)])


def _solved(problem: Problem, part: Part, solve: Solve, deadline: Deadline, sign: float) -> Found:
    sites = np.flatnonzero(~part.left_out)
    if not len(sites) or (problem.p is not None and part.kept.sum() > problem.p):
        return Found(np.inf, NONE, np.inf)
    answer = solve(_of_sites(problem, part.kept, sites), deadline)
    if answer.model in ("p-median", "cpmp") and len(sites) < (problem.p or 0):
        return Found(np.inf, NONE, np.inf)  # these open p sites, neither more nor fewer
    if answer.objective is None:
        bound = np.inf if answer.status == "infeasible" else -np.inf
        return Found(np.inf, NONE, bound)
    objective = sign * answer.objective
    bound = -np.inf if answer.bound is None else sign * answer.bound
    served = answer.assignment
    return Found(objective, sites[answer.open], bound, served._replace(site=sites[served.site]))


def _of_sites(problem: Problem, kept: Bools, sites: Ints) -> Problem:
    """The question with only some of its sites, of which some are kept open."""
    costs = problem.costs
    if isinstance(costs, CutLists):
        number = np.full(problem.sites, -1, np.int64)
        number[sites] = np.arange(len(sites))
        stays = number[costs.site] >= 0
        start = np.concatenate([[0], np.cumsum(stays)])[costs.start]
        costs = CutLists(start, number[costs.site[stays]], costs.cost[stays], len(sites))
    else:
        costs = costs[:, sites]

    def some(values: Any) -> Any:
        return None if values is None else values[sites]

    return replace(
        problem,
        costs=costs,
        p=None if problem.p is None else min(problem.p, len(sites)),
        fixed=kept[sites],
        existing=some(problem.existing),
        capacities=some(problem.capacities),
        site_costs=some(problem.site_costs),
        site_ids=None,
    )
