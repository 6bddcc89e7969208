"""The p-median: open p sites so that the weighted cost from every demand to its nearest is least.

Hakimi 1964; solved as told in `search`. Exact: the answer is `optimal` only when every other plan is
proved to cost at least as much, to a relative 1e-9 of the objective.
"""

from __future__ import annotations

import numpy as np

from tyngdepunkt.methods.siting.capacitated import cpmp
from tyngdepunkt.methods.siting.kernels import in_time
from tyngdepunkt.methods.siting.lists import ground, nearest_open, rows_of
from tyngdepunkt.methods.siting.plans import FREE, OPEN
from tyngdepunkt.methods.siting.problem import BadProblemError, CutLists, Flaw, Problem, unreachable
from tyngdepunkt.methods.siting.result import (
    PROVED,
    Answer,
    Assignment,
    Conflict,
    Deadline,
    Plan,
    found,
    nothing,
)
from tyngdepunkt.methods.siting.search import Outcome, Search
from tyngdepunkt.methods.siting.set_cover import solve_lscp
from tyngdepunkt.methods.validation import Bools, Ints


def p_median(
    problem: Problem,
    deadline: Deadline | None = None,
    *,
    start: Ints | None = None,
) -> Answer:
    """The best p sites.

    A demand that weighs nothing asks for nothing: it is served from the nearest open site when one may
    serve it, and never makes a plan impossible.

    Args:
        problem: with `p`; `fixed` sites stay open. With capacities or a budget `capacitated.cpmp` solves
            it, and no demand is split.
        deadline: when to hand over the best found.
        start: sites of a plan known already.

    Returns:
        Optimal; feasible with the gap left; infeasible with the demands that no plan serves; or no
        solution in time.

    Raises:
        BadProblemError: no p, or a budget without site costs.
    """
    deadline = deadline or Deadline()
    if problem.p is not None and (problem.capacities is not None or problem.budget is not None):
        return cpmp(problem, deadline, model="p-median")
    refuse_what_is_not_searched(problem)
    alone = unreachable(problem)
    alone = alone[problem.weights[alone] > 0]
    if len(alone):
        return nothing("p-median", "infeasible", conflict=Conflict(alone), seconds=deadline.used)
    with in_time(deadline.left):
        base = ground(problem.costs, problem.weights)
        outcome = Search(base, problem.p or 0, _state(problem), deadline, start=start).run()
        return _answer(problem, outcome, deadline)


def refuse_what_is_not_searched(problem: Problem) -> None:
    """Refuse a problem without p, or with limits the search does not keep.

    Raises:
        BadProblemError: what is missing or too much.
    """
    if problem.p is None:
        raise BadProblemError([Flaw("the p-median needs p")])
    if problem.capacities is not None or problem.budget is not None:
        raise BadProblemError([Flaw("capacities and a budget are for the capacitated model")])


def _state(problem: Problem) -> np.ndarray:
    """(sites,) 1 for fixed, 0 for free."""
    return np.where(problem.must_open, OPEN, FREE).astype(np.int8)


def value_of(problem: Problem, opened: Ints) -> tuple[float, Assignment]:
    """A plan's objective, infinite when a demand that weighs something is left out, and who goes where.

    Args:
        problem: the question.
        opened: numbers of the open sites.

    Returns:
        The sum of cost times weight, and the nearest open site of each demand that has one.
    """
    site, cost = nearest_open(problem.costs, np.asarray(opened, np.int64))
    served = np.flatnonzero(site >= 0)
    weighted = np.where(problem.weights > 0, np.where(site >= 0, cost, np.inf), 0.0)
    heavy = problem.weights > 0
    total = float((weighted[heavy] * problem.weights[heavy]).sum())
    return total, Assignment(served, site[served], np.ones(len(served)), cost[served])


def _answer(problem: Problem, outcome: Outcome, deadline: Deadline) -> Answer:
    if not len(outcome.open):
        if outcome.bound == np.inf:
            return nothing("p-median", "infeasible", seconds=deadline.used)
        return nothing("p-median", "no_solution_in_time", bound=outcome.bound, seconds=deadline.used)
    objective, assignment = value_of(problem, outcome.open)
    if np.isfinite(objective):
        plan = Plan(objective, outcome.open)
        return found("p-median", plan, outcome.bound, assignment, nodes=outcome.nodes, seconds=deadline.used)
    if outcome.bound < outcome.objective * (1 - PROVED):
        return nothing("p-median", "no_solution_in_time", bound=outcome.bound, seconds=deadline.used)
    return nothing("p-median", "infeasible", conflict=_conflict(problem, deadline), seconds=deadline.used)


def _conflict(problem: Problem, deadline: Deadline) -> Conflict:
    """Demands no two of which share a site, taken one by one, and the fewest sites that would serve all.

    More such demands than sites to open are a proof by themselves; fewer are where to look first.
    """
    heavy = np.flatnonzero(problem.weights > 0)
    allowed = _allowed(problem, heavy)
    order = np.argsort(allowed.sum(axis=1), kind="stable")
    apart: list[int] = []
    reached = np.zeros(problem.sites, bool)
    for row in order.tolist():
        if not (allowed[row] & reached).any():
            apart.append(int(heavy[row]))
            reached |= allowed[row]
    serving = Problem(np.where(allowed, 0.0, np.inf), np.ones(len(heavy)), radius=0.0, fixed=problem.fixed)
    fewest = solve_lscp(serving, deadline)
    needed = round(fewest.objective) if fewest.status == "optimal" and fewest.objective is not None else None
    return Conflict(np.array(sorted(apart), np.int64), smallest_p=needed)


def _allowed(problem: Problem, rows: Ints) -> Bools:
    """(rows, sites) which sites may serve each of some demands."""
    costs = rows_of(problem.costs, rows)
    if isinstance(costs, CutLists):
        allowed = np.zeros(costs.shape, bool)
        inside = np.isfinite(costs.cost)
        allowed[costs.demand()[inside], costs.site[inside]] = True
        return allowed
    return np.isfinite(costs)
