"""What lies around a plan: who is served worst, how even it is, where the demand of closed sites goes."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from tyngdepunkt.methods.arrays import Bools, Floats
from tyngdepunkt.methods.siting.covering import nearest
from tyngdepunkt.methods.siting.problem import Problem
from tyngdepunkt.methods.siting.result import Answer, Assignment, ClosedSite, Fairness

WORST = 10
"""How many of the worst served are named."""


def told(problem: Problem, answer: Answer) -> Answer:
    """The answer with the worst served, fairness and closed sites filled in; a plan is needed for all three.

    Demands a covering plan does not reach count with the cost to their nearest open site, where it is known;
    they go to no site.
    """
    if answer.objective is None or not len(answer.open):
        return answer
    served = answer.assignment
    if answer.model == "mclp" and problem.capacities is None:
        served = nearest(replace(problem, radius=None), answer.open)
    order = np.lexsort((served.demand, -served.cost))[:WORST]
    worst = tuple((int(served.demand[at]), float(served.cost[at])) for at in order)
    return replace(
        answer, worst=worst, fairness=_fairness(problem, served), closed=_closed(problem, answer, served)
    )


def _fairness(problem: Problem, served: Assignment) -> Fairness:
    share = _beyond(problem, served, np.ones(problem.demands, bool))
    groups = {}
    if problem.groups is not None:
        weight = served.share * problem.weights[served.demand]
        for group in np.unique(problem.groups).tolist():
            mine = problem.groups == group
            rows = mine[served.demand]
            total = float(weight[rows].sum())
            mean = float(weight[rows] @ served.cost[rows]) / total if total else float("nan")
            largest = float(served.cost[rows].max(initial=0.0)) if rows.any() else float("nan")
            groups[int(group)] = (mean, largest, _beyond(problem, served, mine))
    return Fairness(float(served.cost.max(initial=0.0)), share, groups)


def _beyond(problem: Problem, served: Assignment, mine: Bools) -> float | None:
    """Part of the weight of some demands that has no site within the radius."""
    total = float(problem.weights[mine].sum())
    if problem.radius is None or not total:
        return None
    near = (served.cost <= problem.radius) & mine[served.demand]
    within = float((served.share * problem.weights[served.demand])[near].sum())
    return max(0.0, 1.0 - within / total)


def _closed(problem: Problem, answer: Answer, served: Assignment) -> tuple[ClosedSite, ...]:
    if problem.existing is None:
        return ()
    radius = problem.radius if answer.model == "mclp" else None
    is_open = np.zeros(problem.sites, bool)
    is_open[answer.open] = True
    before = nearest(replace(problem, radius=None), np.flatnonzero(problem.existing | problem.must_open))
    site_before = np.full(problem.demands, -1, np.int64)
    cost_before = np.full(problem.demands, np.inf)
    site_before[before.demand], cost_before[before.demand] = before.site, before.cost
    return tuple(
        _one_closed(problem, int(site), site_before[served.demand] == site, served, cost_before, radius)
        for site in np.flatnonzero(problem.existing & ~is_open)
    )


def _one_closed(
    problem: Problem,
    site: int,
    mine: Bools,
    served: Assignment,
    cost_before: Floats,
    radius: float | None,
) -> ClosedSite:
    demand, now = served.demand[mine], served.site[mine]
    weight = served.share[mine] * problem.weights[demand]
    reached = served.cost[mine] <= (np.inf if radius is None else radius)
    sums = {int(s): float(weight[reached & (now == s)].sum()) for s in np.unique(now[reached])}
    goes_to = tuple(sorted(sums.items(), key=lambda pair: (-pair[1], pair[0])))
    added = served.cost[mine] - cost_before[demand]
    order = [at for at in np.lexsort((demand, -added)) if added[at] > 0]
    longer = tuple(
        (int(demand[at]), float(cost_before[demand[at]]), float(served.cost[mine][at])) for at in order
    )
    return ClosedSite(site, goes_to, longer)
