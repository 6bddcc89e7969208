"""Each demand's candidates by rising cost, as far as they can matter.

Working on a full matrix of costs is what makes the plain models of siting slow. A demand is nearly
always served by one of its nearest few candidates; so its list ends a little beyond the third-nearest
open site of a first plan. Bounds stay valid because multipliers never rise above the end of a list
(García, Labbé and Marín 2011 cut by radius in the same spirit).
"""

from __future__ import annotations

from typing import NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

from tyngdepunkt.methods.siting.kernels import kernels
from tyngdepunkt.methods.siting.problem import Costs, CutLists
from tyngdepunkt.methods.validation import Bools, Floats, Ints

Small: TypeAlias = npt.NDArray[np.int32]
MOST_ENTRIES = 30_000_000
"""Most entries of all lists together: some 360 MB."""


class Lists(NamedTuple):
    """Ragged lists of weighted costs.

    Attributes:
        start: (demands + 1,) where each list begins and ends.
        site: (entries,) candidate, numbered as in `names`.
        cost: (entries,) weighted cost, rising within a list.
        beyond: (demands,) what is not listed costs at least this; for a complete list, a price above
            any plan's cost (with forbidden pairs) or above the demand's own largest cost.
        names: (sites,) the problem's number of each site here.
    """

    start: Ints
    site: Small
    cost: Floats
    beyond: Floats
    names: Ints

    @property
    def demands(self) -> int:
        """How many demands."""
        return len(self.start) - 1

    @property
    def sites(self) -> int:
        """How many sites are left."""
        return len(self.names)


class Ground(NamedTuple):
    """The costs a p-median works on: only demands that weigh something.

    Attributes:
        costs: dense or cut, not weighted.
        weights: (demands,) all above 0.
        price: (demands,) weighted price of not being served: above every allowed cost.
        whole: whether every weighted cost is a whole number.
        forbidden: whether some pair is forbidden.
    """

    costs: Costs
    weights: Floats
    price: Floats
    whole: bool
    forbidden: bool


def ground(costs: Costs, weights: Floats) -> Ground:
    """The demands that weigh something, and what leaving one unserved costs in the search."""
    heavy = weights > 0
    if not heavy.all():
        costs = rows_of(costs, np.flatnonzero(heavy))
        weights = weights[heavy]
    if isinstance(costs, CutLists):
        finite = np.isfinite(costs.cost)
        demand = costs.demand()
        largest = np.zeros(len(weights))
        np.maximum.at(largest, demand[finite], costs.cost[finite].astype(np.float64))
        forbidden = bool(finite.sum() < costs.shape[0] * costs.shape[1])
        whole = _whole(costs.cost[finite], weights)
    else:
        largest, forbidden, whole = _dense_extremes(costs, weights)
    price = 2.0 * weights * largest + 1.0
    if forbidden:
        price = np.full(len(weights), float((weights * largest).sum()) * 1.001 + 1.0)
    return Ground(costs, weights, price, whole, forbidden)


def _dense_extremes(costs: np.ndarray, weights: Floats) -> tuple[Floats, bool, bool]:
    largest = np.empty(len(weights))
    forbidden, whole = False, True
    for rows in _chunks(costs.shape):
        part = costs[rows]
        most = part.max(axis=1)
        if np.isinf(most).any():
            forbidden = True
            part = np.where(np.isinf(part), 0.0, part)
            most = part.max(axis=1)
        largest[rows] = most
        whole = whole and _whole(part, weights[rows])
    return largest, forbidden, whole


def _whole(costs: np.ndarray, weights: Floats) -> bool:
    return bool((np.rint(weights) == weights).all() and (np.rint(costs) == costs).all())


_AT_ONCE = 2_000
"""Demands whose lists are copied at a time: positions in all lists at once would take more than the lists."""


def _chunks(shape: tuple[int, ...]) -> list[slice]:
    size = max(1, 4_000_000 // shape[1])
    return [slice(at, min(at + size, shape[0])) for at in range(0, shape[0], size)]


def rows_of(costs: Costs, rows: Ints) -> Costs:
    """The costs of some demands only."""
    if not isinstance(costs, CutLists):
        return costs[rows]
    lengths = np.diff(costs.start)[rows]
    start = np.concatenate(([0], np.cumsum(lengths)))
    take = np.repeat(costs.start[rows] - start[:-1], lengths) + np.arange(start[-1])
    return CutLists(start, costs.site[take], costs.cost[take], costs.sites)


def build(base: Ground, limit: Floats, keep: Ints) -> Lists:
    """Lists of the kept sites up to a weighted cost per demand.

    Args:
        base: the costs.
        limit: (demands,) weighted; infinity for complete lists.
        keep: sites to list.
    """
    if isinstance(base.costs, CutLists):
        return _build_cut(base, base.costs, limit, keep)
    limit = np.minimum(limit, base.price)  # forbidden pairs are never listed
    code = kernels()
    counts = code.count_near(base.costs, base.weights, limit, keep)
    start = np.concatenate((np.zeros(1, np.int64), np.cumsum(counts)))
    site, cost = code.near_lists(base.costs, base.weights, limit, keep, start)
    allowed = code.count_near(base.costs, base.weights, base.price, keep) if base.forbidden else len(keep)
    complete = counts == allowed
    return Lists(start, site, cost, np.where(complete, base.price, limit), keep)


def _build_cut(base: Ground, costs: CutLists, limit: Floats, keep: Ints) -> Lists:
    demand = costs.demand()
    weighted = costs.cost.astype(np.float64) * base.weights[demand]
    number = np.full(costs.sites, -1, np.int64)
    number[keep] = np.arange(len(keep))
    taken = np.isfinite(weighted) & (number[costs.site] >= 0)
    inside = taken & (weighted <= limit[demand])
    order = np.lexsort((weighted[inside], demand[inside]))
    counts = np.bincount(demand[inside], minlength=len(base.weights))
    start = np.concatenate((np.zeros(1, np.int64), np.cumsum(counts)))
    complete = counts == np.bincount(demand[taken], minlength=len(base.weights))
    site = number[costs.site[inside]][order].astype(np.int32)
    return Lists(start, site, weighted[inside][order], np.where(complete, base.price, limit), keep)


def replaced(base: Ground, lists: Lists, rows: Ints, limit: Floats) -> Lists:
    """The lists with those of some demands built anew up to another limit."""
    pieces = [(each, _some(base, each, limit[at], lists.names)) for at, each in _parts(base, rows)]
    counts = np.diff(lists.start)
    longer = counts.copy()
    beyond = lists.beyond.copy()
    for each, new in pieces:
        longer[each] = np.diff(new.start)
        beyond[each] = new.beyond
    start = np.concatenate((np.zeros(1, np.int64), np.cumsum(longer)))
    site, cost = np.empty(start[-1], np.int32), np.empty(start[-1])
    others = np.flatnonzero(~np.isin(np.arange(lists.demands), rows))

    def copy(source: Lists, numbers: Ints, into: Ints) -> None:
        for at in range(0, len(numbers), _AT_ONCE):
            mine, theirs = numbers[at : at + _AT_ONCE], into[at : at + _AT_ONCE]
            lengths = longer[theirs]
            within = np.arange(lengths.sum()) - np.repeat(np.cumsum(lengths) - lengths, lengths)
            take = np.repeat(source.start[mine], lengths) + within
            put = np.repeat(start[theirs], lengths) + within
            site[put], cost[put] = source.site[take], source.cost[take]

    while pieces:  # each is let go once it is copied
        each, new = pieces.pop()
        copy(new, np.arange(new.demands), each)
    copy(lists, others, others)
    return Lists(start, site, cost, beyond, lists.names)


def _parts(base: Ground, rows: Ints) -> list[tuple[slice, Ints]]:
    """Some demands at a time: their rows of a matrix are copied, which for all at once doubles its memory."""
    if isinstance(base.costs, CutLists):
        return [(slice(None), rows)]
    return [(part, rows[part]) for part in _chunks((len(rows), base.costs.shape[1]))]


def _some(base: Ground, rows: Ints, limit: Floats, names: Ints) -> Lists:
    """Lists of some demands only."""
    costs, weights, price = rows_of(base.costs, rows), base.weights[rows], base.price[rows]
    return build(base._replace(costs=costs, weights=weights, price=price), limit, names)


def shortened(lists: Lists, alive: Bools, limit: Floats | None = None) -> Lists:
    """The lists without the sites that are closed for good, and cut where a demand cannot go beyond."""
    number = np.where(alive, np.cumsum(alive) - 1, -1)
    cut = np.full(lists.demands, np.inf) if limit is None else limit
    start, site, cost = kernels().kept_only(lists.start, lists.site, lists.cost, cut, number)
    beyond = lists.beyond if limit is None else np.minimum(lists.beyond, np.maximum(limit, 0.0))
    return Lists(start, site, cost, beyond, lists.names[alive])


def nearest_open(costs: Costs, opened: Ints) -> tuple[Ints, Floats]:
    """(demands,) the nearest open site and its cost as given; -1 and infinity where none may serve."""
    if isinstance(costs, CutLists):
        return _nearest_cut(costs, opened)
    site, cost = kernels().nearest_open(costs, np.sort(opened))
    return site, cost


def _nearest_cut(costs: CutLists, opened: Ints) -> tuple[Ints, Floats]:
    flag = np.zeros(costs.sites, bool)
    flag[opened] = True
    inside = np.flatnonzero(flag[costs.site] & np.isfinite(costs.cost))
    demand, site, cost = costs.demand()[inside], costs.site[inside], costs.cost[inside].astype(np.float64)
    order = np.lexsort((site, cost, demand))
    first = order[np.unique(demand[order], return_index=True)[1]] if len(order) else order
    nearest = np.full(costs.shape[0], -1, np.int64)
    least = np.full(costs.shape[0], np.inf)
    nearest[demand[first]], least[demand[first]] = site[first], cost[first]
    return nearest, least
