"""Maximal covering: where to put p sites so that as much as possible lies within a radius of one.

Church and ReVelle (1974). The cover is made small (`cover_sets`), a plan found by greedy and exchanges
(`cover_start`), and proved by branch and bound on the linear relaxation (`cover_tree`). As in Cordeau,
Furini and Ljubić (2019), the work is done in the sites alone, so the number of demands matters little;
instead of their cuts the relaxation is solved by an interior point, which on wide overlap needs some
thirty steps. With capacities a demand must have room at its one site: that goes to HiGHS.

Every answer opens at most p sites: one that would add nothing stays closed.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from tyngdepunkt.methods.siting.cover_sets import Cover, dominated, merged, narrowed, within
from tyngdepunkt.methods.siting.cover_start import Limits
from tyngdepunkt.methods.siting.cover_tree import search
from tyngdepunkt.methods.siting.problem import BadProblemError, CutLists, Flaw, Problem
from tyngdepunkt.methods.siting.result import (
    Answer,
    Assignment,
    Conflict,
    Deadline,
    Plan,
    found,
    nothing,
)
from tyngdepunkt.methods.validation import Bools, Floats, Ints

AS_WELL = 1e-7
"""Where weights are no whole numbers, plans within this part of all weight of each other cover *as well*."""


def solve_mclp(problem: Problem, deadline: Deadline | None = None, existing_first: bool = False) -> Answer:
    """The plan that covers most.

    Args:
        problem: with `radius`, and `p` or `budget` or both.
        deadline: when to hand over the best found; none for as long as it takes.
        existing_first: among plans that cover as much, one that opens fewest new sites.

    Returns:
        the answer; the assignment holds what is covered, each demand at its nearest open site.

    Raises:
        BadProblemError: no radius, or neither p nor a budget.
    """
    deadline = deadline or Deadline()
    _refuse(problem)
    over = _over_budget(problem)
    if over is not None:
        return nothing("mclp", "infeasible", conflict=over, seconds=deadline.used)
    if problem.capacities is not None and np.isfinite(problem.capacities).any():
        from tyngdepunkt.methods.siting.covering_room import solve_with_room

        return solve_with_room(problem, deadline, existing_first)
    return _solve(problem, deadline, existing_first)


def _refuse(problem: Problem) -> None:
    flaws = []
    if problem.radius is None:
        flaws.append(Flaw("covering needs a radius"))
    if problem.p is None and problem.budget is None:
        flaws.append(Flaw("covering needs p or a budget"))
    if problem.budget is not None and problem.site_costs is None:
        flaws.append(Flaw("a budget needs site_costs"))
    if flaws:
        raise BadProblemError(flaws)


def _over_budget(problem: Problem) -> Conflict | None:
    """The conflict of fixed sites that alone cost more than there is."""
    if problem.budget is None or problem.site_costs is None:
        return None
    needed = float(problem.site_costs[problem.must_open].sum())
    if needed <= problem.budget * (1 + 1e-12):
        return None
    return Conflict(np.empty(0, np.int64), smallest_budget=needed)


def limits_of(problem: Problem) -> Limits:
    """Count and budget as rows; prices 0."""
    rows, most = [], []
    if problem.p is not None:
        rows.append(np.ones(problem.sites))
        most.append(float(problem.p))
    if problem.budget is not None and problem.site_costs is not None:
        rows.append(problem.site_costs)
        most.append(float(problem.budget))
    return Limits(np.array(rows), np.array(most), np.zeros(problem.sites))


class _Small(NamedTuple):
    """What is left to decide: the cover without what fixed sites cover, and the sites it numbers."""

    cover: Cover
    limits: Limits
    sites: Ints
    held: float
    """Weight the fixed sites cover."""


def _solve(problem: Problem, deadline: Deadline, existing_first: bool) -> Answer:
    assert problem.radius is not None  # noqa: S101 - refused before
    cover, _ = merged(within(problem.costs, problem.radius), problem.weights)
    limits = limits_of(problem)
    grain = _grain(problem.weights)
    if existing_first:
        limits, grain = _priced(limits, problem, grain)
    small = _reduced(cover, limits, problem.must_open)
    found_plan = search(small.cover, small.limits, deadline, grain)
    opened = np.concatenate([np.flatnonzero(problem.must_open), small.sites[found_plan.plan]])
    opened = _needed(cover, opened, problem.must_open)
    objective = cover.value(opened)
    bound = small.held + found_plan.bound
    if existing_first:
        bound = _unpriced(bound, found_plan.worth, found_plan.bound, objective, limits)
    plan = Plan(objective, np.sort(opened))
    served = nearest(problem, plan.open)
    return found("mclp", plan, max(bound, objective), served, nodes=found_plan.nodes, seconds=deadline.used)


def _grain(weights: Floats) -> float:
    """1 where all weights are whole numbers, else 0."""
    return 1.0 if (weights == np.round(weights)).all() and weights.sum() < 2**50 else 0.0


def _priced(limits: Limits, problem: Problem, grain: float) -> tuple[Limits, float]:
    """A price on new sites so small that all of them together weigh less than any difference in cover."""
    new = ~(
        problem.must_open | (np.zeros(problem.sites, bool) if problem.existing is None else problem.existing)
    )
    most = min(problem.sites, problem.p or problem.sites) + 1
    least = grain or AS_WELL * max(1e-300, float(problem.weights.sum()))
    price = least / (2.0 * most)
    return Limits(limits.rows, limits.most, np.where(new, price, 0.0)), price if grain else 0.0


def _unpriced(bound: float, worth: float, worth_bound: float, objective: float, limits: Limits) -> float:
    """The bound on cover alone: proved when the priced one is."""
    if worth_bound <= worth + float(limits.price.max(initial=0.0)) / 2:
        return objective
    return bound + float(np.sort(limits.price)[::-1].sum())


def _reduced(cover: Cover, limits: Limits, fixed: Bools) -> _Small:
    opened = np.flatnonzero(fixed)
    covered = cover.covered(opened)
    held = float(cover.weights[covered].sum())
    free = np.flatnonzero(~fixed)
    rest = limits.part(free, opened)
    fits = rest.fitting()
    free, rest = free[fits], rest.part(fits, np.empty(0, np.int64))
    small, _ = narrowed(cover, free, covered)
    if small.classes and small.sites:
        kept = np.flatnonzero(~dominated(small, np.vstack([rest.rows, rest.price]).T))
        small, _ = narrowed(small, kept)
        free, rest = free[kept], rest.part(kept, np.empty(0, np.int64))
    return _Small(small, rest, free, held)


def _needed(cover: Cover, opened: Ints, fixed: Bools) -> Ints:
    """A plan without the sites that add nothing to the others."""
    kept = list(opened)
    count = np.zeros(cover.classes, np.int64)
    lists = {site: cover.turned.indices[slice(*cover.turned.indptr[site : site + 2])] for site in kept}
    for site in kept:
        count[lists[site]] += 1
    for site in sorted(kept, key=lambda s: cover.weights[lists[s]].sum()):
        mine = lists[site]
        if not fixed[site] and not cover.weights[mine][count[mine] == 1].any():
            count[mine] -= 1
            kept.remove(site)
    return np.array(kept, np.int64)


def nearest(problem: Problem, opened: Ints) -> Assignment:
    """Every demand within the radius of an open site, at the nearest; the first of equals."""
    radius = np.inf if problem.radius is None else problem.radius
    best = np.full(problem.demands, np.inf)
    site = np.full(problem.demands, -1, np.int64)
    costs = problem.costs
    if isinstance(costs, CutLists):
        is_open = np.zeros(problem.sites, bool)
        is_open[opened] = True
        rows = np.flatnonzero(is_open[costs.site])
        demand = costs.demand()[rows]
        order = np.lexsort((costs.site[rows], costs.cost[rows], demand))
        first = order[np.flatnonzero(np.diff(demand[order], prepend=-1))]
        best[demand[first]], site[demand[first]] = costs.cost[rows[first]], costs.site[rows[first]]
    elif len(opened):
        part = np.asarray(costs[:, opened], np.float64)
        at = part.argmin(axis=1)
        best, site = part[np.arange(len(part)), at], opened[at]
    near = np.flatnonzero((best <= radius) & np.isfinite(best))
    return Assignment(near, site[near], np.ones(len(near)), best[near])
