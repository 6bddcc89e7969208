"""The p-median: open p sites so that the weighted cost from every demand to its nearest is least.

Hakimi 1964; solved as told in `search`. Exact: the answer is `optimal` only when every other plan is
proved to cost at least as much, to a relative 1e-9 of the objective.
"""

from __future__ import annotations

import numpy as np

from tyngdepunkt.methods.siting.capacitated import cpmp
from tyngdepunkt.methods.siting.kernels import in_time
from tyngdepunkt.methods.siting.lists import ground, nearest_open
from tyngdepunkt.methods.siting.plans import FREE, OPEN
from tyngdepunkt.methods.siting.problem import BadProblemError, Flaw, Problem, unreachable
from tyngdepunkt.methods.siting.reach import conflict, reach
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
from tyngdepunkt.methods.validation import Ints


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
    known = reach(problem, deadline)
    if known.conflict is not None:
        return nothing("p-median", "infeasible", conflict=known.conflict, seconds=deadline.used)
    if start is None and known.plan is not None:
        start = _filled(problem, known.plan)
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


def _filled(problem: Problem, plan: Ints) -> Ints:
    """A plan of fewer sites with others to make p."""
    others = np.setdiff1d(np.arange(problem.sites), plan)
    return np.concatenate((plan, others[: (problem.p or 0) - len(plan)]))


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
    return nothing("p-median", "infeasible", conflict=conflict(problem, deadline), seconds=deadline.used)
