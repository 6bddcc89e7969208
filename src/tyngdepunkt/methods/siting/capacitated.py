"""Siting where a site can take only so much: capacitated facility location and capacitated p-median.

`cflp` opens any number of sites at a cost each and may split a demand between them unless each must go
whole to one (Balinski 1965; Beasley 1988). `cpmp` opens p sites and never splits (Osman and Christofides
1994). Both are solved as mixed integer programs by HiGHS, with the strong rows x(i, j) ≤ y(j) that make
the relaxation tight, and p-medians with a budget likewise. Exact: HiGHS closes the gap to nothing, or the
better of the bound it reached and that of `capacity_bound` is told.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from tyngdepunkt.methods.siting.capacity_bound import Pairs, least_cost
from tyngdepunkt.methods.siting.problem import BadProblemError, CutLists, Flaw, Problem, unreachable
from tyngdepunkt.methods.siting.programs import Program, Solved, solve_program
from tyngdepunkt.methods.siting.result import (
    Answer,
    Assignment,
    Conflict,
    Deadline,
    Model,
    Plan,
    found,
    nothing,
)
from tyngdepunkt.methods.validation import Floats

_USED = 1e-9
"""Shares below this are what rounding leaves."""
_SLACK = 1e-9
"""By how much a capacity may be exceeded, relative to it, for rounding."""


def cflp(problem: Problem, deadline: Deadline | None = None, *, single_source: bool = False) -> Answer:
    """Least cost of opening and serving, within capacities.

    Args:
        problem: with `site_costs` and `capacities`; p, budget and fixed sites hold where given.
        deadline: when to hand over.
        single_source: serve each demand from one site.

    Raises:
        BadProblemError: no site costs or no capacities.
    """
    if problem.site_costs is None or problem.capacities is None:
        raise BadProblemError([Flaw("cflp needs site costs and capacities")])
    return _solve("cflp", problem, deadline or Deadline(), whole=single_source, opening=problem.site_costs)


def cpmp(
    problem: Problem,
    deadline: Deadline | None = None,
    *,
    model: Model = "cpmp",
) -> Answer:
    """The best p sites within capacities and budget; each demand goes whole to one site.

    Every demand is served here, also one that weighs nothing.

    Args:
        problem: with p, and with `capacities`, `budget` or both.
        deadline: when to hand over.
        model: the name in the answer.

    Raises:
        BadProblemError: no p, or neither capacities nor a budget, or a budget without site costs.
    """
    if problem.p is None:
        raise BadProblemError([Flaw("cpmp needs p")])
    if problem.capacities is None and problem.budget is None:
        raise BadProblemError([Flaw("cpmp needs capacities or a budget")])
    if problem.budget is not None and problem.site_costs is None:
        raise BadProblemError([Flaw("a budget needs site costs")])
    return _solve(model, problem, deadline or Deadline(), whole=True, opening=None)


def _solve(
    model: Model,
    problem: Problem,
    deadline: Deadline,
    *,
    whole: bool,
    opening: Floats | None,
) -> Answer:
    alone = unreachable(problem)
    if len(alone):
        return nothing(model, "infeasible", conflict=Conflict(alone), seconds=deadline.used)
    pairs = _pairs(problem, whole)
    lost = np.flatnonzero(np.bincount(pairs.demand, minlength=problem.demands) == 0)
    if len(lost):
        return nothing(model, "infeasible", conflict=Conflict(lost), seconds=deadline.used)
    program = _program(problem, pairs, whole, opening)
    least = least_cost(problem, pairs, opening, deadline) if deadline.left < np.inf else -np.inf
    solved = solve_program(program, deadline)
    solved = solved._replace(bound=max(solved.bound, least))
    if solved.state == "infeasible":
        would = _would_do(problem, pairs, whole, deadline)
        return nothing(model, "infeasible", conflict=would, seconds=deadline.used)
    if solved.x is None:
        return nothing(model, "no_solution_in_time", bound=solved.bound, seconds=deadline.used)
    return _answer(model, problem, pairs, solved, opening, deadline)


def _would_do(problem: Problem, pairs: Pairs, whole: bool, deadline: Deadline) -> Conflict | None:
    """The smallest p, and the smallest budget, that would do with all else as it is; None where neither does.

    p sites are opened, no fewer: so a p below the one asked for is no answer to a budget that is too small.
    """
    p = budget = None
    if problem.p is not None:
        fewest = _least(replace(problem, p=None), pairs, whole, np.ones(problem.sites), deadline)
        p = round(fewest) if fewest is not None and fewest > problem.p + 0.5 else None
    if problem.budget is not None and problem.site_costs is not None:
        budget = _least(replace(problem, budget=None), pairs, whole, problem.site_costs, deadline)
    if p is None and budget is None:
        return None
    return Conflict(np.empty(0, np.int64), smallest_p=p, smallest_budget=budget)


def _least(problem: Problem, pairs: Pairs, whole: bool, price: Floats, deadline: Deadline) -> float | None:
    """The least sum of the price over open sites of any plan; None where there is none or time ran out."""
    program = _program(problem, pairs._replace(weighted=np.zeros(len(pairs.demand))), whole, price)
    solved = solve_program(program, deadline)
    if solved.state != "optimal" or solved.x is None:
        return None
    return float(price[solved.x[len(pairs.demand) :] > 0.5].sum())


def _pairs(problem: Problem, whole: bool) -> Pairs:
    """Allowed pairs; where demands go whole, only sites that can take all of one."""
    costs = problem.costs
    if isinstance(costs, CutLists):
        demand, site, cost = costs.demand(), costs.site, costs.cost.astype(np.float64)
    else:
        demand, site = np.divmod(np.arange(costs.size), costs.shape[1])
        cost = costs.ravel().astype(np.float64)
    keep = np.isfinite(cost)
    if whole and problem.capacities is not None:
        keep &= problem.takes[demand] <= problem.capacities[site] * (1 + _SLACK)
    demand, site, cost = demand[keep], site[keep], cost[keep]
    return Pairs(demand, site, cost, cost * problem.weights[demand])


def _program(problem: Problem, pairs: Pairs, whole: bool, opening: Floats | None) -> Program:
    """Columns: a share per pair, then a flag per site."""
    from scipy import sparse

    n, m, k = problem.demands, problem.sites, len(pairs.demand)
    at = np.arange(k)
    ones = np.ones(k)
    served = sparse.csr_array((ones, (pairs.demand, at)), shape=(n, k + m))
    strong = sparse.csr_array(
        (np.concatenate((ones, -ones)), (np.concatenate((at, at)), np.concatenate((at, k + pairs.site)))),
        shape=(k, k + m),
    )
    blocks: list[Any] = [served, strong]
    low, high = [np.ones(n), np.full(k, -np.inf)], [np.ones(n), np.zeros(k)]
    for block, least, most in _limits(problem, pairs, sparse):
        blocks.append(block)
        low.append(least)
        high.append(most)
    fixed = problem.must_open.astype(float)
    return Program(
        np.concatenate((pairs.weighted, np.zeros(m) if opening is None else opening)),
        np.concatenate((np.zeros(k), fixed)),
        np.ones(k + m),
        np.concatenate((np.full(k, whole), np.ones(m, bool))),
        sparse.csr_array(sparse.vstack(blocks, format="csr")),
        np.concatenate(low),
        np.concatenate(high),
    )


def _limits(problem: Problem, pairs: Pairs, sparse: Any) -> list[tuple[Any, Floats, Floats]]:
    """Rows for capacities, for all capacity together, for p and for the budget."""
    m, k = problem.sites, len(pairs.demand)
    flags = k + np.arange(m)
    rows = []
    if problem.capacities is not None:
        bounded = np.isfinite(problem.capacities)
        load = problem.takes[pairs.demand]
        room = np.where(bounded, problem.capacities, load.sum() + 1.0)
        block = sparse.csr_array(
            (
                np.concatenate((load, -room)),
                (np.concatenate((pairs.site, np.arange(m))), np.concatenate((np.arange(k), flags))),
            ),
            shape=(m, k + m),
        )
        rows.append((block, np.full(m, -np.inf), np.zeros(m)))
        enough = sparse.csr_array((room, (np.zeros(m, int), flags)), shape=(1, k + m))
        rows.append((enough, np.array([problem.takes.sum() * (1 - _SLACK)]), np.array([np.inf])))
    if problem.p is not None:
        count = sparse.csr_array((np.ones(m), (np.zeros(m, int), flags)), shape=(1, k + m))
        rows.append((count, np.array([float(problem.p)]), np.array([float(problem.p)])))
    if problem.budget is not None and problem.site_costs is not None:
        spent = sparse.csr_array((problem.site_costs, (np.zeros(m, int), flags)), shape=(1, k + m))
        rows.append((spent, np.array([-np.inf]), np.array([problem.budget])))
    return rows


def _answer(
    model: Model, problem: Problem, pairs: Pairs, solved: Solved, opening: Floats | None, deadline: Deadline
) -> Answer:
    assert solved.x is not None  # noqa: S101 - the caller saw a plan
    k = len(pairs.demand)
    opened = np.flatnonzero(solved.x[k:] > 0.5)
    shares = np.where(solved.x[:k] > _USED, solved.x[:k], 0.0)
    shares /= np.bincount(pairs.demand, shares, minlength=problem.demands)[pairs.demand]
    used = np.flatnonzero(shares > 0)
    objective = float((shares * pairs.weighted).sum())
    if opening is not None:
        objective += float(opening[opened].sum())
    bound = objective if solved.state == "optimal" else min(solved.bound, objective)
    order = used[np.lexsort((pairs.site[used], pairs.demand[used]))]
    assignment = Assignment(pairs.demand[order], pairs.site[order], shares[order], pairs.cost[order])
    return found(model, Plan(objective, opened), bound, assignment, nodes=solved.nodes, seconds=deadline.used)
