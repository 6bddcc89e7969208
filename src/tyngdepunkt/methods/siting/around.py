"""What lies around a p-median plan: other p, existing sites first, who is worse off."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

import numpy as np

from tyngdepunkt.methods.arrays import Bools, Floats, Ints
from tyngdepunkt.methods.siting.lists import nearest_open
from tyngdepunkt.methods.siting.p_median import p_median
from tyngdepunkt.methods.siting.problem import Problem
from tyngdepunkt.methods.siting.result import (
    PROVED,
    Answer,
    Assignment,
    ClosedSite,
    CurvePoint,
    Deadline,
    Fairness,
)


def curve(
    problem: Problem, first: int, last: int, deadline: Deadline | None = None
) -> tuple[CurvePoint, ...]:
    """The best objective for each p from `first` to `last`, each search begun at the plan before.

    Numbers of sites that have no plan are left out. Time left is shared evenly among those to come.
    """
    deadline = deadline or Deadline()
    points: list[CurvePoint] = []
    start: Ints | None = None
    for p in range(first, last + 1):
        share = deadline.left / (last + 1 - p)
        part = Deadline(None if np.isinf(share) else share)
        answer = p_median(replace(problem, p=p), part, start=start)
        if answer.objective is not None and answer.bound is not None:
            points.append(CurvePoint(p, answer.objective, answer.bound, answer.open))
            spare = np.setdiff1d(np.arange(problem.sites), answer.open)
            start = np.append(answer.open, spare[:1])
    return tuple(points)


class ExistingFirst(NamedTuple):
    """A plan, and whether it is proved that none of its new sites can be spared."""

    answer: Answer
    proved: bool


def existing_first(
    problem: Problem, deadline: Deadline | None = None, *, worse: float = 0.0
) -> ExistingFirst:
    """A best plan that opens a new site only where no set of existing ones serves as well.

    Lexicographic: the objective first, then the new sites. From a best plan each of its new sites is
    closed in turn, with all other new sites not in the plan; where a plan as good remains, it takes over.
    At the end no plan as good opens only existing sites and some, but not all, of the new ones left.

    Args:
        problem: with `existing`.
        deadline: when to hand over.
        worse: by how much the objective may be worse, as a part of it, for the sake of existing sites.
    """
    deadline = deadline or Deadline()
    best = p_median(problem, deadline)
    if best.objective is None or problem.existing is None:
        return ExistingFirst(best, best.status == "optimal")
    enough = best.objective * (1 + worse + PROVED) + 1e-12
    held, tried, proved = best, set[int](), best.status == "optimal"
    while True:
        new = [int(j) for j in held.open if _is_new(problem, int(j)) and int(j) not in tried]
        if not new:
            return ExistingFirst(_told(held, best), proved)
        tried.add(new[0])
        closed = ~problem.existing & ~np.isin(np.arange(problem.sites), held.open)
        closed[new[0]] = True
        closed &= ~problem.must_open
        other = p_median(problem, deadline, closed=closed)
        if other.objective is not None and other.objective <= enough:
            held = other
        elif other.bound is None or other.bound <= enough:
            proved = proved and other.status == "infeasible"


def _is_new(problem: Problem, site: int) -> bool:
    return problem.existing is not None and not problem.existing[site] and not problem.must_open[site]


def _told(held: Answer, best: Answer) -> Answer:
    """The plan with what is proved about the whole problem, not about the part it was found in."""
    if held is best or held.objective is None or best.bound is None:
        return best
    same = abs(held.objective - (best.objective or 0.0)) <= 2 * PROVED * max(1.0, held.objective)
    bound = held.objective if same and best.status == "optimal" else best.bound
    gap = 0.0 if bound == held.objective else abs(held.objective - bound) / max(held.objective, 1e-300)
    return replace(held, status="optimal" if gap == 0.0 else "feasible", bound=bound, gap=gap)


def closed_sites(problem: Problem, opened: Ints) -> tuple[ClosedSite, ...]:
    """For each existing site a plan closes: where those it serves today go, and who gets a longer way."""
    if problem.existing is None:
        return ()
    today = np.flatnonzero(problem.existing)
    if not len(today):
        return ()
    before, way = nearest_open(problem.costs, today)
    after, new_way = nearest_open(problem.costs, opened)
    gone = np.setdiff1d(today, opened)
    return tuple(
        _closed(int(site), np.flatnonzero(before == site), (after, way, new_way), problem.weights)
        for site in gone
    )


def _closed(site: int, served: Ints, ways: tuple[Ints, Floats, Floats], weights: Floats) -> ClosedSite:
    after, way, new_way = ways
    goes = {int(to): float(weights[served[after[served] == to]].sum()) for to in np.unique(after[served])}
    longer = served[new_way[served] > way[served]]
    longer = longer[np.argsort(way[longer] - new_way[longer], kind="stable")]
    return ClosedSite(
        site,
        tuple(sorted(goes.items(), key=lambda pair: (-pair[1], pair[0]))),
        tuple((int(i), float(way[i]), float(new_way[i])) for i in longer),
    )


def worst_served(assignment: Assignment, most: int = 10) -> tuple[tuple[int, float], ...]:
    """The demands with the highest mean cost, the highest first; equal ones in their order."""
    demands, cost = _mean_cost(assignment)
    order = np.argsort(-cost, kind="stable")[:most]
    return tuple((int(demands[k]), float(cost[k])) for k in order)


def fairness(problem: Problem, assignment: Assignment) -> Fairness:
    """The largest cost anyone has, and the shares beyond the radius, in all and by group.

    Shares and means are of weight. A group without weight has the plain mean and share of its demands.
    """
    demands, cost = _mean_cost(assignment)
    weights = problem.weights[demands]
    beyond = None if problem.radius is None else cost > problem.radius
    groups = {}
    if problem.groups is not None:
        for group in np.unique(problem.groups[demands]):
            inside = problem.groups[demands] == group
            w = weights[inside] if weights[inside].sum() > 0 else np.ones(int(inside.sum()))
            far = None if beyond is None else _share(beyond[inside], w)
            groups[int(group)] = (_share(cost[inside], w), float(cost[inside].max()), far)
    whole = (
        None if beyond is None else _share(beyond, weights if weights.sum() > 0 else np.ones(len(weights)))
    )
    return Fairness(float(cost.max()) if len(cost) else 0.0, whole, groups)


def _share(values: Floats | Bools, weights: Floats) -> float:
    return float((values * weights).sum() / weights.sum()) if len(weights) else 0.0


def _mean_cost(assignment: Assignment) -> tuple[Ints, Floats]:
    demands, position = np.unique(assignment.demand, return_inverse=True)
    cost = np.bincount(position, assignment.share * assignment.cost, minlength=len(demands))
    return demands, cost.astype(np.float64)
