"""The inner loops of the p-median in plain NumPy: the answers of `kernels_numba`, some ten times slower.

The functions, their arguments and what they return are told there.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from tyngdepunkt.methods.validation import Bools, Floats, Ints

Array = npt.NDArray[Any]


def _demand(start: Ints) -> Ints:
    return np.repeat(np.arange(len(start) - 1), np.diff(start))


def _picked(rho: Floats, state: Array, p: int) -> tuple[Bools, float, float, int]:
    """The cheapest sites to p, the dearest of the free picks, the cheapest not picked, how many were free."""
    picks = state == 1
    left = p - int(picks.sum())
    free = np.flatnonzero(state == 0)
    order = free[np.argsort(rho[free], kind="stable")]
    picks[order[:left]] = True
    last = float(rho[order[left - 1]]) if left > 0 else -np.inf
    following = float(rho[order[left]]) if left < len(order) else np.inf
    return picks, last, following, left


def _fix(state: Array, rho: Floats, picks: Bools, ends: tuple[float, float], room: float, left: int) -> None:
    last, following = ends
    free = state == 0
    state[free & picks & (following - rho >= room)] = 1
    out = np.ones(len(rho), bool) if left == 0 else rho - last >= room
    state[free & ~picks & out] = -1


def _squares(scale: Floats, direction: Floats) -> float:
    return float((scale * direction**2).sum())


def _taken_in(scale: Floats, latest: Floats, direction: Floats, most: float) -> tuple[float, float]:
    """How much of the latest subgradient makes the average shortest, and whether the two agree."""
    along = float((scale * latest * direction).sum())
    apart, own = _squares(scale, latest - direction), _squares(scale, direction)
    return (min(max((own - along) / apart, 0.1 * most), most) if apart > 0 else most), along


def ascend(
    start: Ints,
    site: Ints,
    cost: Floats,
    scale: Floats,
    beyond: Floats,
    u: Floats,
    state: Array,
    p: int,
    cutoff: float,
    step: float,
    momentum: float,
    steps: int,
    patience: int,
    volume: bool,
    direction: Floats,
    often: Floats,
) -> tuple[float, Floats, Floats, Bools, float]:
    """Raise the Lagrangian bound by subgradient steps and fix sites on the way."""
    n, m = len(start) - 1, len(state)
    demand = _demand(start)
    cheapest = np.where(np.diff(start) > 0, cost[np.minimum(start[:-1], len(cost) - 1)], -np.inf)
    u = u.copy()
    best, best_u, best_rho, best_picks = -np.inf, u.copy(), np.zeros(m), np.zeros(m, bool)
    since, fresh = 0, not direction.any()
    for _ in range(steps):
        inside = cost < u[demand]
        spared = cost[inside] - u[demand[inside]]
        rho: Floats = np.bincount(site[inside], spared, minlength=m).astype(np.float64)
        if (state == 1).sum() > p or (state != -1).sum() < p:
            return np.inf, best_u, best_rho, best_picks, step
        picks, last, following, left = _picked(rho, state, p)
        bound = float(u.sum() + rho[picks].sum())
        gained = bound > best > -np.inf
        since = 0 if bound > best + 1e-5 * (cutoff - best) else since + (bound <= best)
        if bound > best:
            best, best_u, best_rho, best_picks = bound, u.copy(), rho, picks
            if bound >= cutoff:
                break
        _fix(state, rho, picks, (last, following), cutoff - bound, left)
        if since >= patience:
            since, step = 0, step * 0.7
            if step < 1e-4:
                break
            if not volume:
                u, fresh = best_u.copy(), True
                continue
        used = inside & picks[site]
        latest = np.asarray(1.0 - np.bincount(demand[used], minlength=n), np.float64)
        share = 1.0 if fresh else 1.0 - momentum
        if volume and not fresh:
            share, along = _taken_in(scale, latest, direction, share)
            step = min(1.1 * step, 2.0) if gained and along > 0 else step
        fresh = False
        direction += share * (latest - direction)
        often += share * (picks - often)
        length = _squares(scale, direction)
        if length < 1e-30:
            break
        t = step * (cutoff - (best if volume else bound)) / length
        u = np.minimum(np.maximum((best_u if volume else u) + t * scale * direction, cheapest), beyond)
    return best, best_u, best_rho, best_picks, step


def nearest_two(
    start: Ints, site: Ints, cost: Floats, beyond: Floats, opened: Bools
) -> tuple[Ints, Floats, Ints, Floats]:
    """(demands,) nearest open site, its cost, second-nearest, its cost; -1 and `beyond` outside the list."""
    n = len(start) - 1
    at = np.flatnonzero(opened[site])
    demand = _demand(start)[at]
    found, begin, count = np.unique(demand, return_index=True, return_counts=True)
    first, second = np.full(n, -1, np.int64), np.full(n, -1, np.int64)
    d1, d2 = beyond.copy(), beyond.copy()
    first[found], d1[found] = site[at[begin]], cost[at[begin]]
    two = found[count > 1]
    entry = at[begin[count > 1] + 1]
    second[two], d2[two] = site[entry], cost[entry]
    return first, d1, second, d2


def interchange(
    start: Ints, site: Ints, cost: Floats, beyond: Floats, opened: Bools, state: Array, most: int
) -> tuple[float, int]:
    """Swap one open site for a closed one as long as that lowers the cost: the best swap each time."""
    demand = _demand(start)
    movable = np.flatnonzero(~opened & (state == 0))
    swaps = 0
    while True:
        first, d1, _, d2 = nearest_two(start, site, cost, beyond, opened)
        total = float(d1.sum())
        members = np.flatnonzero(opened)
        movable = np.flatnonzero(~opened & (state == 0))
        if swaps >= most or not len(movable):
            return total, swaps
        value = _swap_values(demand, site, cost, opened, members, (first, d1, d2))[movable]
        value[:, state[members] != 0] = -np.inf
        into, out = np.unravel_index(int(np.argmax(value)), value.shape)
        if not value[into, out] > 1e-10 * total:
            return total, swaps
        opened[members[out]], opened[movable[into]] = False, True
        swaps += 1


def _swap_values(
    demand: Ints, site: Ints, cost: Floats, opened: Bools, members: Ints, nearest: tuple[Ints, Floats, Floats]
) -> Floats:
    """(sites, open sites) what each swap saves."""
    first, d1, d2 = nearest
    m, p = len(opened), len(members)
    place = np.full(m, -1, np.int64)
    place[members] = np.arange(p)
    served = first >= 0
    loss = np.bincount(place[first[served]], (d2 - d1)[served], minlength=p)
    near = ~opened[site] & (cost < d2[demand])
    i, j, c = demand[near], site[near], cost[near]
    gain = np.bincount(j, np.maximum(d1[i] - c, 0.0), minlength=m)
    own = served[i]
    pair = j[own] * p + place[first[i[own]]]
    extra = np.bincount(pair, d2[i[own]] - np.maximum(c[own], d1[i[own]]), minlength=m * p)
    return np.asarray(gain[:, None] - loss + extra.reshape(m, p))


def _near(costs: Array, weights: Floats, limit: Floats, keep: Ints) -> tuple[Floats, Bools]:
    weighted = costs[:, keep].astype(np.float64) * weights[:, None]
    return weighted, weighted <= limit[:, None]


def count_near(costs: Array, weights: Floats, limit: Floats, keep: Ints) -> Ints:
    """(demands,) how many kept sites cost at most `limit` times the weight."""
    return np.asarray(_near(costs, weights, limit, keep)[1].sum(axis=1), np.int64)


def near_lists(costs: Array, weights: Floats, limit: Floats, keep: Ints, start: Ints) -> tuple[Ints, Floats]:
    """The lists of kept sites within the limit, by rising weighted cost; sites numbered as in `keep`."""
    weighted, near = _near(costs, weights, limit, keep)
    demand, site = np.nonzero(near)
    cost = weighted[demand, site]
    order = np.lexsort((site, cost, demand))
    return site[order].astype(np.int32), cost[order]


def kept_only(
    start: Ints, site: Ints, cost: Floats, limit: Floats, number: Ints
) -> tuple[Ints, Ints, Floats]:
    """The lists without dropped sites (number < 0) and without what costs more than the limit."""
    demand = _demand(start)
    keep = (number[site] >= 0) & (cost <= limit[demand])
    counts = np.bincount(demand[keep], minlength=len(start) - 1)
    begin = np.concatenate((np.zeros(1, np.int64), np.cumsum(counts)))
    return begin, number[site[keep]].astype(np.int32), cost[keep]


def nearest_open(costs: Array, opened: Ints) -> tuple[Ints, Floats]:
    """(demands,) the nearest open site, the lowest number among equals, and its cost; -1 where none may."""
    part = costs[:, opened].astype(np.float64)
    at = part.argmin(axis=1)
    least = part[np.arange(len(part)), at]
    return np.where(np.isfinite(least), opened[at], -1), least
