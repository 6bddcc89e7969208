"""What is asked of an instance, checked against what the model needs; and the problem it makes."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np

from tyngdepunkt.analyses.siting.instance import Instance
from tyngdepunkt.analyses.siting.marks import ROOM, Notice
from tyngdepunkt.errors import Faults
from tyngdepunkt.methods.arrays import Floats
from tyngdepunkt.methods.siting.problem import Costs, CutLists, Problem
from tyngdepunkt.methods.siting.result import Model

NEEDS_P = ("p-median", "p-center", "cpmp")
NEEDS_RADIUS = ("mclp", "lscp")
MOST_CELLS = 20_000_000
"""Largest table of distances in float64; beyond it covering lists pairs in reach, others take float32."""
MOST_NEAR = 100
MOST_CURVE = 200


@dataclass(frozen=True, slots=True)
class Ask:
    """The options of `tyngdepunkt site`.

    Attributes:
        model: which.
        p: how many sites; the instance's own where None.
        radius: how far is near enough.
        near_best: how many plans next to the best.
        curve: first and last p of a curve.
        existing_first: a new site only where no existing ones serve as well.
        budget: most the open sites may cost together.
        single_source: no demand is split (`cflp`).
    """

    model: Model
    p: int | None = None
    radius: float | None = None
    near_best: int = 0
    curve: tuple[int, int] | None = None
    existing_first: bool = False
    budget: float | None = None
    single_source: bool = False


def ask_of(model: Model, given: dict[str, Any], curve: str | None, faults: Faults) -> Ask:
    """The options as an `Ask`; a fault for each that cannot be meant.

    Args:
        model: which.
        given: `p`, `radius`, `near_best`, `existing_first`, `budget`, `single_source`.
        curve: `P1:P2` as written.
        faults: gathers what is wrong.
    """
    for name in ("radius", "budget"):
        value = given[name]
        if value is not None and not (math.isfinite(value) and value >= 0):
            faults.add(f"{ROOM}:option_number", f"--{name}", given=value)
            given = {**given, name: None}
    if given["p"] is not None and given["p"] < 1:
        faults.add(f"{ROOM}:p_least", "--p", given=given["p"])
    if not 0 <= given["near_best"] <= MOST_NEAR:
        faults.add(f"{ROOM}:near_best_range", "--near-best", given=given["near_best"], most=MOST_NEAR)
    return Ask(model, curve=_curve(curve, faults), **given)


def _curve(written: str | None, faults: Faults) -> tuple[int, int] | None:
    if written is None:
        return None
    first, colon, last = written.partition(":")
    sound = colon and first.strip().isdecimal() and last.strip().isdecimal()
    if not sound or not 1 <= int(first) <= int(last) or int(last) - int(first) >= MOST_CURVE:
        faults.add(f"{ROOM}:curve_kind", "--curve", given=written, most=MOST_CURVE)
        return None
    return int(first), int(last)


def check(instance: Instance, ask: Ask, faults: Faults) -> None:
    """A fault for everything the model needs and the instance or the options do not say."""
    p = ask.p if ask.p is not None else instance.p
    sites = len(instance.site_ids)
    fixed = 0 if instance.fixed is None else int(instance.fixed.sum())
    if p is None and ask.model in NEEDS_P:
        faults.add(f"{ROOM}:needs_p", "--p", model=ask.model)
    if ask.model == "mclp" and p is None and ask.budget is None:
        faults.add(f"{ROOM}:needs_p_or_budget", "--p")
    if ask.radius is None and ask.model in NEEDS_RADIUS:
        faults.add(f"{ROOM}:needs_radius", "--radius", model=ask.model)
    if p is not None and p > sites:
        faults.add(f"{ROOM}:p_most", "--p", given=p, most=sites)
    elif p is not None and 1 <= p < fixed and ask.model != "cflp":
        faults.add(f"{ROOM}:more_fixed", "--p", given=p, fixed=fixed)
    if ask.curve is not None and ask.curve[1] > sites:
        faults.add(f"{ROOM}:p_most", "--curve", given=ask.curve[1], most=sites)
    if ask.budget is not None and instance.site_costs is None:
        faults.add(f"{ROOM}:budget_without_cost", "--budget")
    if ask.model in ("cflp", "cpmp") and instance.capacities is None:
        faults.add(f"{ROOM}:needs_capacity", "--model", model=ask.model)
    if ask.model == "cflp" and instance.site_costs is None:
        faults.add(f"{ROOM}:needs_cost", "--model", model=ask.model)


def unused(instance: Instance, ask: Ask) -> list[Notice]:
    """What is given and has no say in this model."""
    options = []
    if ask.p is not None and ask.model == "cflp":
        options.append("--p")
    if ask.curve is not None and ask.model in ("lscp", "cflp"):
        options.append("--curve")
    if ask.single_source and ask.model != "cflp":
        options.append("--single-source")
    if ask.existing_first and instance.existing is None:
        options.append("--existing-first")
    notices = [Notice("not_used", {"options": options, "model": ask.model})] if options else []
    if instance.capacities is not None and ask.model == "p-median":
        notices.append(Notice("capacity_not_used", {"model": ask.model}))
    return notices


def problem_of(instance: Instance, ask: Ask) -> Problem:
    """The problem of the methods; the checks have been made."""
    counted = ask.model not in ("cflp",)
    p = ask.p if ask.p is not None else instance.p if ask.model != "lscp" else None
    return Problem(
        _forbidden(instance, costs_of(instance, ask)),
        instance.weights,
        p if counted else None,
        loads=instance.loads,
        capacities=None if ask.model == "p-median" else instance.capacities,
        fixed=instance.fixed,
        existing=instance.existing,
        site_costs=instance.site_costs,
        budget=ask.budget,
        radius=ask.radius,
        groups=instance.groups,
        demand_ids=instance.demand_ids,
        site_ids=instance.site_ids,
    )


def costs_of(instance: Instance, ask: Ask) -> Costs:
    """Costs as given, else straight-line distances."""
    if instance.costs is not None:
        return instance.costs
    demands, sites = instance.demand_points, instance.site_points
    assert demands is not None  # noqa: S101 - points or costs
    assert sites is not None  # noqa: S101
    cells = len(demands) * len(sites)
    if cells > MOST_CELLS and ask.model in NEEDS_RADIUS and ask.radius is not None:
        return _in_reach(demands, sites, ask.radius)
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
