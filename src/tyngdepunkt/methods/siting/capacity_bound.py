"""What a capacitated plan costs at least, known in a moment and before HiGHS has proved anything.

"Each demand once" is relaxed at a price per demand (Cornuéjols, Fisher and Nemhauser 1977). A site then
takes what pays best for its capacity, the last one in part (Dantzig 1957), so that the best bound is that
of the linear relaxation with capacities. It holds for plans that split and for plans that do not.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from tyngdepunkt.methods.siting.problem import Problem
from tyngdepunkt.methods.siting.result import Deadline
from tyngdepunkt.methods.validation import Bools, Floats, Ints

_STEPS = 300
_OF_THE_TIME = 0.1
"""Part of the time left that steps may take."""
_STALLED, _SHORTER, _SHORTEST = 10, 0.7, 1e-3


class Pairs(NamedTuple):
    """Every pair that may be used: demand, site, cost as given, and cost in the objective; (pairs,) each."""

    demand: Ints
    site: Ints
    cost: Floats
    weighted: Floats


class _Relaxed(NamedTuple):
    """The relaxation at some prices: its value, and (demands,) what is served too little of each."""

    value: float
    short: Floats


def least_cost(problem: Problem, pairs: Pairs, opening: Floats | None, deadline: Deadline) -> float:
    """A bound no plan can beat: always finite, and as good as a tenth of the time left allows.

    Args:
        problem: with p, budget and capacities where they are given; the budget is not used.
        pairs: at least one for each demand.
        opening: (sites,) what opening costs; None where the objective does not count it.
        deadline: of the whole search.
    """
    costs = np.zeros(problem.sites) if opening is None else opening
    surely = float(_nth_cheapest(pairs, problem.demands, 0).sum()) + least_opening(problem, costs)
    limit = Deadline(_OF_THE_TIME * deadline.left) if deadline.left < np.inf else Deadline()
    few = problem.sites // (problem.p or problem.sites)
    prices = _nth_cheapest(pairs, problem.demands, few)
    return max(surely, _ascended(problem, pairs, costs, prices, limit))


def _nth_cheapest(pairs: Pairs, demands: int, nth: int) -> Floats:
    """(demands,) what each demand costs at its nth cheapest site from 0, or at its dearest."""
    order = np.lexsort((pairs.weighted, pairs.demand))
    ends = np.cumsum(np.bincount(pairs.demand, minlength=demands))
    begins = np.concatenate(([0], ends[:-1]))
    return np.asarray(pairs.weighted[order][np.minimum(begins + nth, ends - 1)])


def least_opening(problem: Problem, costs: Floats) -> float:
    """What the sites cost that have room for everyone: the cheapest room first, the last site in part."""
    fixed = problem.must_open
    spent = float(costs[fixed].sum())
    if problem.capacities is None:
        return spent
    needed = float(problem.takes.sum()) - float(problem.capacities[fixed].sum())
    free = np.flatnonzero(~fixed & (problem.capacities > 0))
    if needed <= 0 or not len(free):
        return spent
    room = np.minimum(problem.capacities[free], needed)  # more room than is needed is worth nothing
    order = np.argsort(costs[free] / room, kind="stable")
    part = np.clip((needed - np.cumsum(room[order]) + room[order]) / room[order], 0.0, 1.0)
    return spent + float(costs[free][order] @ part)


def _ascended(problem: Problem, pairs: Pairs, costs: Floats, prices: Floats, limit: Deadline) -> float:
    """Subgradient steps towards a target a little above the best bound so far (Polyak 1969)."""
    best, best_prices, length, since = -np.inf, prices, 1.0, 0
    scale = max(0.01 * float(prices.sum() + costs.sum()), 1e-12)
    for _ in range(_STEPS):
        at = _relaxed(problem, pairs, costs, prices)
        if at.value > best:
            best, best_prices, since = at.value, prices, 0
        else:
            since += 1
        if since >= _STALLED:
            prices, length, since = best_prices, length * _SHORTER, 0
            at = _relaxed(problem, pairs, costs, prices)
        steepness = float(at.short @ at.short)
        if steepness < 1e-20 or length < _SHORTEST or limit.passed:
            break
        above = 0.05 * max(abs(best), scale) + best - at.value
        prices = prices + length * above / steepness * at.short
    return best


def _relaxed(problem: Problem, pairs: Pairs, costs: Floats, prices: Floats) -> _Relaxed:
    """The best sites at some prices, each filled with what pays most for its room."""
    pays = pairs.weighted - prices[pairs.demand]
    some = np.flatnonzero(pays < 0)
    demand, site, pays = pairs.demand[some], pairs.site[some], pays[some]
    share = _filled(problem, demand, site, pays)
    value = costs + np.bincount(site, pays * share, minlength=problem.sites)
    opened = _opened(problem, value)
    served = np.bincount(demand, share * opened[site], minlength=problem.demands)
    return _Relaxed(float(prices.sum()) + float(value[opened].sum()), np.asarray(1.0 - served, np.float64))


def _filled(problem: Problem, demand: Ints, site: Ints, pays: Floats) -> Floats:
    """(pairs,) the share of each pair when every site is filled by what pays most for its room."""
    if problem.capacities is None:
        return np.ones(len(pays))
    load = problem.takes[demand]
    rate = np.divide(pays, load, out=np.full(len(pays), -np.inf), where=load > 0)
    order = np.lexsort((rate, site))
    load, site = load[order], site[order]
    before = np.cumsum(load) - load
    begins = np.searchsorted(site, site)
    room = problem.capacities[site] - (before - before[begins])
    part = np.clip(np.divide(room, load, out=np.ones(len(load)), where=load > 0), 0.0, 1.0)
    share = np.empty(len(pays))
    share[order] = part
    return share


def _opened(problem: Problem, value: Floats) -> Bools:
    """(sites,) the sites whose values sum to least, fixed ones among them and p in all where p is given."""
    opened = problem.must_open.copy()
    if problem.p is None:
        return opened | (value < 0)
    free = np.flatnonzero(~opened)
    opened[free[np.argsort(value[free], kind="stable")[: problem.p - int(opened.sum())]]] = True
    return opened
