"""Covering where sites have room for only so much: each demand wholly at one site, or not at all.

One variable per pair of a demand and a site in reach, so this is for thousands of pairs, not millions; it
goes to HiGHS as a whole. The same program says whether everything can be served, and by how few.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from tyngdepunkt.methods.siting.cover_sets import within
from tyngdepunkt.methods.siting.problem import CutLists, Problem
from tyngdepunkt.methods.siting.programs import Program, Solved, solve_program
from tyngdepunkt.methods.siting.result import Answer, Assignment, Deadline, Plan, found, nothing
from tyngdepunkt.methods.validation import Floats, Ints

SLACK = 1e-7
"""Part of all weight a plan may fall short of the best when it is made to open fewer new sites."""


class Pairs(NamedTuple):
    """Demands and sites in reach of each other; sites come first among the columns of a program."""

    demand: Ints
    site: Ints
    sites: int
    demands: int


def solve_with_room(problem: Problem, deadline: Deadline, existing_first: bool) -> Answer:
    """Maximal covering with capacities: the checks have been made by `covering.solve_mclp`."""
    assert problem.radius is not None  # noqa: S101 - refused before
    pairs = pairs_of(problem, problem.radius)
    gain = np.concatenate([np.zeros(pairs.sites), -problem.weights[pairs.demand]])
    program = _program(problem, pairs, gain, whole_demand=False)
    solved = solve_program(program, deadline, _nobody(problem, pairs))
    most = min(-solved.bound, most_served(problem, pairs))
    if solved.state == "infeasible":
        return nothing("mclp", "infeasible", seconds=deadline.used)
    if solved.x is None:
        return nothing("mclp", "no_solution_in_time", bound=most, seconds=deadline.used)
    x = solved.x
    if existing_first and solved.state == "optimal":
        x = _fewest_new(problem, pairs, program, x, deadline)
    served = assigned(problem, pairs, x)
    objective = float(problem.weights[served.demand].sum())
    bound = objective if solved.state == "optimal" else max(objective, most)
    used = np.zeros(problem.sites, bool)
    used[served.site[problem.weights[served.demand] > 0]] = True
    plan = Plan(objective, np.flatnonzero(used | problem.must_open))
    return found("mclp", plan, bound, served, nodes=solved.nodes, seconds=deadline.used)


def most_served(problem: Problem, pairs: Pairs) -> float:
    """Weight that can be served at most: all in reach, the heaviest for its load first, while there is room.

    The room is that of the p largest sites, fixed ones among them; the last demand is taken in part.
    """
    reached = np.unique(pairs.demand)
    weight, load = problem.weights[reached], problem.takes[reached]
    room = np.sort(_room(problem)[~problem.must_open])[::-1]
    free = len(room) if problem.p is None else problem.p - int(problem.must_open.sum())
    left = float(_room(problem)[problem.must_open].sum() + room[:free].sum())
    worth = np.divide(weight, load, out=np.full(len(load), np.inf), where=load > 0)
    order = np.argsort(-worth, kind="stable")
    weight, load = weight[order], load[order]
    part = np.divide(left - np.cumsum(load) + load, load, out=np.ones(len(load)), where=load > 0)
    return float(weight @ np.clip(part, 0.0, 1.0))


def _fewest_new(problem: Problem, pairs: Pairs, program: Program, best: Floats, deadline: Deadline) -> Floats:
    """Among plans that cover as much, one that opens fewest new sites."""
    from scipy import sparse

    reach = float(program.cost @ best) + SLACK * float(problem.weights.sum())
    rows = sparse.vstack([program.rows, sparse.csr_array(program.cost[None, :])], format="csr")
    cost = np.concatenate([problem.new_sites.astype(float), np.zeros(len(pairs.demand))])
    fewer = Program(
        cost,
        program.low,
        program.high,
        program.whole,
        rows,
        np.append(program.row_low, -np.inf),
        np.append(program.row_high, reach),
    )
    solved = solve_program(fewer, deadline, best)
    return best if solved.x is None else solved.x


def pairs_of(problem: Problem, radius: float) -> Pairs:
    """All pairs within a radius, by demand.

    Returns:
        Numbers of demand and site, one entry per pair whose cost is at most the radius.
    """
    near = within(problem.costs, radius)
    demand = np.repeat(np.arange(problem.demands), np.diff(near.indptr))
    return Pairs(demand, near.indices.astype(np.int64), problem.sites, problem.demands)


def fewest_with_room(problem: Problem, radius: float, deadline: Deadline, cost: Floats) -> Solved:
    """The cheapest sites that have room for every demand within a radius; columns as in `Pairs`."""
    pairs = pairs_of(problem, radius)
    program = _program(problem, pairs, np.concatenate([cost, np.zeros(len(pairs.demand))]), whole_demand=True)
    return solve_program(program, deadline)


def _program(problem: Problem, pairs: Pairs, cost: Floats, whole_demand: bool) -> Program:
    """One site for a demand (at most one, or exactly), room at open sites, count and budget."""
    from scipy import sparse

    n, m, k = pairs.demands, pairs.sites, len(pairs.demand)
    at = np.arange(k) + m
    room = _room(problem)
    load = problem.takes[pairs.demand]
    blocks: list[tuple[Any, Floats, Floats]] = []
    one = sparse.csr_array((np.ones(k), (pairs.demand, at)), shape=(n, m + k))
    blocks.append((one, np.full(n, 1.0 if whole_demand else 0.0), np.ones(n)))
    filled = sparse.csr_array(
        (np.append(load, -room), (np.append(pairs.site, np.arange(m)), np.append(at, np.arange(m)))),
        shape=(m, m + k),
    )
    blocks.append((filled, np.full(m, -np.inf), np.zeros(m)))
    tied = sparse.csr_array(
        (np.repeat([1.0, -1.0], k), (np.tile(np.arange(k), 2), np.append(at, pairs.site))), shape=(k, m + k)
    )
    blocks.append((tied, np.full(k, -np.inf), np.zeros(k)))
    for row, most in _limits(problem):
        whole_row = sparse.csr_array(np.append(row, np.zeros(k))[None, :])
        blocks.append((whole_row, np.full(1, -np.inf), np.array([most])))
    return Program(
        cost,
        np.append(problem.must_open.astype(float), np.zeros(k)),
        np.ones(m + k),
        np.ones(m + k, bool),
        sparse.vstack([b[0] for b in blocks], format="csr"),
        np.concatenate([b[1] for b in blocks]),
        np.concatenate([b[2] for b in blocks]),
    )


def _limits(problem: Problem) -> list[tuple[Floats, float]]:
    found_limits = []
    if problem.p is not None:
        found_limits.append((np.ones(problem.sites), float(problem.p)))
    if problem.budget is not None and problem.site_costs is not None:
        found_limits.append((problem.site_costs, float(problem.budget)))
    return found_limits


def _room(problem: Problem) -> Floats:
    """Capacities, none larger than all there is to serve."""
    total = float(problem.takes.sum())
    given = np.full(problem.sites, np.inf) if problem.capacities is None else problem.capacities
    return np.asarray(np.minimum(given, total))


def _nobody(problem: Problem, pairs: Pairs) -> Floats:
    return np.append(problem.must_open.astype(float), np.zeros(len(pairs.demand)))


def assigned(problem: Problem, pairs: Pairs, x: Floats) -> Assignment:
    """The pairs a plan uses."""
    used = np.flatnonzero(x[pairs.sites :] > 0.5)
    demand, site = pairs.demand[used], pairs.site[used]
    return Assignment(demand, site, np.ones(len(used)), costs_at(problem, demand, site))


def costs_at(problem: Problem, demand: Ints, site: Ints) -> Floats:
    """(pairs,) the costs as given."""
    costs = problem.costs
    if not isinstance(costs, CutLists):
        return np.asarray(costs[demand, site], np.float64)
    key = costs.demand() * costs.sites + costs.site
    order = np.argsort(key, kind="stable")
    at = order[np.searchsorted(key[order], demand * costs.sites + site)]
    return np.asarray(costs.cost[at], np.float64)
