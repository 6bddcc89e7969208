"""The problem that an instance makes with what is asked of it."""

from __future__ import annotations

import numpy as np

from tyngdepunkt.analyses.siting.instance import Instance
from tyngdepunkt.analyses.siting.question import Question
from tyngdepunkt.methods.siting.problem import Costs, CutLists, Problem
from tyngdepunkt.methods.siting.solving import NEEDS_RADIUS
from tyngdepunkt.methods.validation import Floats

MOST_CELLS = 20_000_000
"""Largest table of distances in float64; beyond it covering lists pairs in reach, others take float32."""


def problem_of(instance: Instance, question: Question) -> Problem:
    """The problem of the methods; the checks have been made."""
    counted = question.model not in ("cflp",)
    p = question.p if question.p is not None else instance.p if question.model != "lscp" else None
    return Problem(
        _forbidden(instance, costs_of(instance, question)),
        instance.weights,
        p if counted else None,
        loads=instance.loads,
        capacities=None if question.model == "p-median" else instance.capacities,
        fixed=instance.fixed,
        existing=instance.existing,
        site_costs=instance.site_costs,
        budget=question.budget,
        radius=question.radius,
        groups=instance.groups,
        demand_ids=instance.demand_ids,
        site_ids=instance.site_ids,
    )


def costs_of(instance: Instance, question: Question) -> Costs:
    """Costs as given, else straight-line distances."""
    if instance.costs is not None:
        return instance.costs
    demands, sites = instance.demand_points, instance.site_points
    assert demands is not None  # noqa: S101 - points or costs
    assert sites is not None  # noqa: S101
    cells = len(demands) * len(sites)
    if cells > MOST_CELLS and question.model in NEEDS_RADIUS and question.radius is not None:
        return _in_reach(demands, sites, question.radius)
    kind = np.float64 if cells <= MOST_CELLS else np.float32
    table = np.empty((len(demands), len(sites)), kind)
    step = max(1, MOST_CELLS // (8 * len(sites)))
    for at in range(0, len(demands), step):
        apart = demands[at : at + step, None] - sites[None]
        table[at : at + step] = np.hypot(apart[..., 0], apart[..., 1])
    return table


def _in_reach(demands: Floats, sites: Floats, radius: float) -> CutLists:
    from tyngdepunkt.methods.siting.cover_sets import within_distance

    near = within_distance(demands, sites, radius)
    demand = np.repeat(np.arange(len(demands)), np.diff(near.indptr))
    apart = demands[demand] - sites[near.indices]
    cost = np.minimum(np.hypot(apart[:, 0], apart[:, 1]), radius)
    return CutLists(near.indptr.astype(np.int64), near.indices.astype(np.int64), cost, len(sites))


def _forbidden(instance: Instance, costs: Costs) -> Costs:
    pairs = instance.forbidden
    if pairs is None or not len(pairs):
        return costs
    if not isinstance(costs, CutLists):
        costs = costs.copy()
        costs[pairs[:, 0], pairs[:, 1]] = np.inf
        return costs
    key = costs.demand() * costs.sites + costs.site
    stays = ~np.isin(key, pairs[:, 0] * costs.sites + pairs[:, 1])
    start = np.concatenate([[0], np.cumsum(stays)])[costs.start]
    return CutLists(start, costs.site[stays], costs.cost[stays], costs.sites)
