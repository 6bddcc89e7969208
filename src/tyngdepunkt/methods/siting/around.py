"""What lies around a plan: who is served worst, how even it is, where the demand of closed sites goes."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from tyngdepunkt.methods.siting.covering import nearest
from tyngdepunkt.methods.siting.problem import Problem
from tyngdepunkt.methods.siting.result import Answer, Assignment, ClosedSite, Fairness
from tyngdepunkt.methods.validation import Bools, Floats, Ints

WORST = 10
"""How many of the worst served are named."""


def around(problem: Problem, answer: Answer) -> Answer:
    """The answer with the worst served, fairness and closed sites filled in; without a plan as it is.

    Demands a covering plan does not reach count with the cost to their nearest open site, where it is known;
    they go to no site.
    """
    if answer.objective is None or not len(answer.open):
        return answer
    served = answer.assignment
    if answer.model == "mclp" and problem.capacities is None:
        served = nearest(replace(problem, radius=None), answer.open)
    radius = problem.radius if answer.model == "mclp" else None
    return replace(
        answer,
        worst=worst_served(served),
        fairness=fairness(problem, served),
        closed=closed_sites(problem, answer.open, served, radius),
    )


def worst_served(served: Assignment, most: int = WORST) -> tuple[tuple[int, float], ...]:
    """The demands with the highest mean cost, the highest first; equal ones in their order.

    Returns:
        Number of the demand and its mean cost, in the unit of the costs; at most `most` of them.
    """
    demands, cost = _mean_cost(served)
    order = np.argsort(-cost, kind="stable")[:most]
    return tuple((int(demands[k]), float(cost[k])) for k in order)


def _mean_cost(served: Assignment) -> tuple[Ints, Floats]:
    demands, position = np.unique(served.demand, return_inverse=True)
    cost = np.bincount(position, served.share * served.cost, minlength=len(demands))
    return demands, cost.astype(np.float64)


def fairness(problem: Problem, served: Assignment) -> Fairness:
    """The largest cost anyone has, and the shares beyond the radius, in all and by group.

    Shares and means are of weight; a demand that is not served lies beyond. A group without weight has the
    plain mean and share of its demands.
    """
    everyone = np.ones(problem.demands, bool)
    groups = {}
    if problem.groups is not None:
        for group in np.unique(problem.groups).tolist():
            mine = problem.groups == group
            rows = mine[served.demand]
            weight = served.share[rows] * _weights(problem, mine)[served.demand[rows]]
            total = float(weight.sum())
            mean = float(weight @ served.cost[rows]) / total if total else float("nan")
            largest = float(served.cost[rows].max()) if rows.any() else float("nan")
            groups[int(group)] = (mean, largest, _beyond(problem, served, mine))
    return Fairness(float(served.cost.max(initial=0.0)), _beyond(problem, served, everyone), groups)


def _weights(problem: Problem, mine: Bools) -> Floats:
    return problem.weights if problem.weights[mine].any() else np.ones(problem.demands)


def _beyond(problem: Problem, served: Assignment, mine: Bools) -> float | None:
    """Part of the weight of some demands that has no site within the radius."""
    if problem.radius is None or not mine.any():
        return None
    weights = _weights(problem, mine)
    near = (served.cost <= problem.radius) & mine[served.demand]
    within = float((served.share * weights[served.demand])[near].sum())
    return max(0.0, 1.0 - within / float(weights[mine].sum()))


def closed_sites(
    problem: Problem, opened: Ints, served: Assignment, radius: float | None = None
) -> tuple[ClosedSite, ...]:
    """For each existing site a plan closes: where those nearest to it go, and who gets a longer way.

    Args:
        problem: with `existing`.
        opened: the plan.
        served: who is served from where by it.
        radius: beyond it a demand goes nowhere; None for no limit.

    Returns:
        One per site that exists and is not in the plan, costs in the unit of the problem; none where the
        problem has no `existing`.
    """
    if problem.existing is None:
        return ()
    is_open = np.zeros(problem.sites, bool)
    is_open[opened] = True
    today = nearest(replace(problem, radius=None), np.flatnonzero(problem.existing | problem.must_open))
    site_today = np.full(problem.demands, -1, np.int64)
    cost_today = np.full(problem.demands, np.inf)
    site_today[today.demand], cost_today[today.demand] = today.site, today.cost
    return tuple(
        _closed(problem, int(site), site_today[served.demand] == site, served, cost_today, radius)
        for site in np.flatnonzero(problem.existing & ~is_open)
    )


def _closed(
    problem: Problem, site: int, mine: Bools, served: Assignment, cost_today: Floats, radius: float | None
) -> ClosedSite:
    demand, now, cost = served.demand[mine], served.site[mine], served.cost[mine]
    weight = served.share[mine] * problem.weights[demand]
    reached = cost <= (np.inf if radius is None else radius)
    sums = {int(s): float(weight[reached & (now == s)].sum()) for s in np.unique(now[reached])}
    goes_to = tuple(sorted(sums.items(), key=lambda pair: (-pair[1], pair[0])))
    added = cost - cost_today[demand]
    order = [at for at in np.lexsort((demand, -added)) if added[at] > 0]
    longer = tuple((int(demand[at]), float(cost_today[demand[at]]), float(cost[at])) for at in order)
    return ClosedSite(site, goes_to, longer)
