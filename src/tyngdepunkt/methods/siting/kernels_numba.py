"""The inner loops of the p-median, compiled. `kernels_numpy` says the same without a compiler.

Every list is a demand's candidates by rising weighted cost, in compressed rows. `state` is one number
per site: 0 free, 1 open, -1 closed. One thread: these loops last less than a millisecond.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numba
import numpy as np


def _compiled(function: Callable[..., Any]) -> Any:
    """The function compiled, with the code kept on disk for the next process."""
    return numba.njit(cache=True, nogil=True)(function)


@_compiled
def ascend(  # type: ignore[no-untyped-def]  # noqa: C901
    start,
    site,
    cost,
    scale,
    beyond,
    u,
    state,
    p,
    cutoff,
    step,
    momentum,
    steps,
    patience,
    volume,
    direction,
    often,
):
    """Raise the Lagrangian bound by subgradient steps and fix sites on the way.

    Steps follow an average of the subgradients, and are as long as its own length says. At first each
    step begins where the last one ended: that is quick far from the top, whatever the start. By the
    volume algorithm (Barahona and Anbil 2000) each step begins at the best multipliers, how much of the
    latest subgradient is taken in is what makes the average shortest, and steps grow as long as they
    lead on: that comes near the top, where the former circles around it.

    Args:
        start: where the lists begin and end.
        site: their candidates.
        cost: their weighted costs.
        scale: (demands,) length of each demand's step relative to the others'.
        beyond: (demands,) no site outside the list costs less than this; multipliers stay below it.
        u: (demands,) multipliers to begin with; not changed.
        state: (sites,) changed where a site is proved open or closed in every plan below `cutoff`.
        p: sites to open.
        cutoff: plans of at least this value are of no interest.
        step: first step relative to the distance between bound and cutoff.
        momentum: how much of the last direction is kept; at least this by the volume algorithm.
        steps: most steps.
        patience: steps without gain before the step is shortened.
        volume: whether by the volume algorithm.
        direction: (demands,) the average to go on with, all 0 for none; changed.
        often: (sites,) the same average of the picks: about what a plan of parts of sites opens; changed.

    Returns:
        best bound, its multipliers, its site values, its picks (sites,), how often each site was picked
        of late (sites,), the last step length.
    """
    n = len(start) - 1
    m = len(state)
    best = -np.inf
    u = u.copy()
    best_u = u.copy()
    best_rho = np.zeros(m)
    best_picks = np.zeros(m, np.bool_)
    rho = np.zeros(m)
    latest = np.empty(n)
    picks = np.zeros(m, np.bool_)
    values = np.empty(m)
    ends = np.empty(n, np.int64)
    since = 0
    fresh = not direction.any()
    for _ in range(steps):
        rho[:] = 0.0
        bound = 0.0
        for i in range(n):
            ui = u[i]
            bound += ui
            k = start[i]
            end = start[i + 1]
            while k < end and cost[k] < ui:
                rho[site[k]] += cost[k] - ui
                k += 1
            ends[i] = k
        left = p
        free = 0
        for j in range(m):
            picks[j] = state[j] == 1
            if state[j] == 1:
                left -= 1
                bound += rho[j]
            elif state[j] == 0:
                values[free] = rho[j]
                free += 1
        if left < 0 or free < left:
            return np.inf, best_u, best_rho, best_picks, step
        last = -np.inf
        following = np.inf
        if left > 0:
            if left < free:
                ordered = np.partition(values[:free], left)
                following = ordered[left]
                last = ordered[:left].max()
            else:
                last = values[:free].max()
            ties = left
            for j in range(m):
                if state[j] == 0 and rho[j] < last:
                    picks[j] = True
                    bound += rho[j]
                    ties -= 1
            for j in range(m):
                if ties > 0 and state[j] == 0 and rho[j] == last:
                    picks[j] = True
                    bound += rho[j]
                    ties -= 1
        elif free > 0:
            following = values[:free].min()
        gained = bound > best > -np.inf
        if bound > best:
            if bound > best + 1e-5 * (cutoff - best):
                since = 0
            best = bound
            best_u[:] = u
            best_rho[:] = rho
            best_picks[:] = picks
            if bound >= cutoff:
                break
        else:
            since += 1
        for j in range(m):
            if state[j] == 0:
                if picks[j]:
                    if bound - rho[j] + following >= cutoff:
                        state[j] = 1
                elif left == 0 or bound + rho[j] - last >= cutoff:
                    state[j] = -1
        if since >= patience:
            since = 0
            step *= 0.7
            if step < 1e-4:
                break
            if not volume:
                u[:] = best_u
                fresh = True
                continue
        along, squares, own = 0.0, 0.0, 0.0
        for i in range(n):
            g = 1.0
            for k in range(start[i], ends[i]):
                if picks[site[k]]:
                    g -= 1.0
            latest[i] = g
            along += scale[i] * g * direction[i]
            squares += scale[i] * g * g
            own += scale[i] * direction[i] * direction[i]
        share = 1.0 - momentum
        if fresh:
            share = 1.0
        elif volume:
            apart = squares - 2.0 * along + own
            if apart > 0.0:
                share = min(max((own - along) / apart, 0.1 * share), share)
            if gained and along > 0.0:
                step = min(1.1 * step, 2.0)
        fresh = False
        for j in range(m):
            often[j] += share * (picks[j] - often[j])
        length = 0.0
        for i in range(n):
            direction[i] += share * (latest[i] - direction[i])
            length += scale[i] * direction[i] * direction[i]
        if length < 1e-30:
            break
        t = step * (cutoff - (best if volume else bound)) / length
        for i in range(n):
            ui = (best_u[i] if volume else u[i]) + t * scale[i] * direction[i]
            k = start[i]
            if k < start[i + 1] and ui < cost[k]:
                ui = cost[k]
            if ui > beyond[i]:
                ui = beyond[i]
            u[i] = ui
    return best, best_u, best_rho, best_picks, step


@_compiled
def nearest_two(start, site, cost, beyond, opened):  # type: ignore[no-untyped-def]
    """(demands,) nearest open site, its cost, second-nearest, its cost; -1 and `beyond` outside the list."""
    n = len(start) - 1
    first = np.full(n, -1, np.int64)
    second = np.full(n, -1, np.int64)
    d1 = beyond.copy()
    d2 = beyond.copy()
    for i in range(n):
        for k in range(start[i], start[i + 1]):
            if opened[site[k]]:
                if first[i] < 0:
                    first[i] = site[k]
                    d1[i] = cost[k]
                else:
                    second[i] = site[k]
                    d2[i] = cost[k]
                    break
    return first, d1, second, d2


@_compiled
def _tell(i, sign, start, site, cost, beyond, ranks, place, gain, loss, extra, sums):  # type: ignore[no-untyped-def]
    """Add (sign 1) or take back (-1) what one demand says of every swap."""
    begin, end = start[i], start[i + 1]
    near, next_near = ranks[i, 0], ranks[i, 1]
    if near == end:
        for k in range(begin, end):
            gain[site[k]] += sign * (beyond[i] - cost[k])
        return
    d1 = cost[near]
    d2 = cost[next_near] if next_near < end else beyond[i]
    r = place[site[near]]
    loss[r] += sign * (d2 - d1)
    for k in range(begin, near):
        j = site[k]
        gain[j] += sign * (d1 - cost[k])
        extra[j, r] += sign * (d2 - d1)
        sums[j] += sign * (d2 - d1)
    for k in range(near + 1, next_near):
        j = site[k]
        extra[j, r] += sign * (d2 - cost[k])
        sums[j] += sign * (d2 - cost[k])


@_compiled
def _rank(i, start, site, opened, ranks):  # type: ignore[no-untyped-def]
    """Find where in its list a demand's nearest and second-nearest open sites stand; the end if nowhere."""
    k, end = start[i], start[i + 1]
    while k < end and not opened[site[k]]:
        k += 1
    ranks[i, 0] = k
    k = min(k + 1, end)
    while k < end and not opened[site[k]]:
        k += 1
    ranks[i, 1] = k


@_compiled
def _touched(i, start, site, ranks, leaving, into):  # type: ignore[no-untyped-def]
    """Whether a swap changes a demand's nearest or second-nearest site."""
    end, near, next_near = start[i + 1], ranks[i, 0], ranks[i, 1]
    if near < end and site[near] == leaving:
        return True
    if next_near < end and site[next_near] == leaving:
        return True
    for k in range(start[i], next_near):  # noqa: SIM110 - compiled
        if site[k] == into:
            return True
    return False


@_compiled
def _best_swap(least, opened, state, members, gain, loss, extra, sums):  # type: ignore[no-untyped-def]
    """The swap that saves most, and more than the least: site to open (-1 for none), place to give up."""
    p = len(members)
    lightest = np.inf
    for r in range(p):
        if state[members[r]] == 0:
            lightest = min(lightest, loss[r])
    best, into, out = least, -1, -1
    for j in range(len(gain)):
        if opened[j] or state[j] != 0 or gain[j] + sums[j] - lightest <= best:
            continue
        for r in range(p):
            value = gain[j] - loss[r] + extra[j, r]
            if value > best and state[members[r]] == 0:
                best, into, out = value, j, r
    return into, out


@_compiled
def _total(start, cost, beyond, ranks):  # type: ignore[no-untyped-def]
    total = 0.0
    for i in range(len(beyond)):
        total += cost[ranks[i, 0]] if ranks[i, 0] < start[i + 1] else beyond[i]
    return total


@_compiled
def interchange(start, site, cost, beyond, opened, state, most):  # type: ignore[no-untyped-def]  # noqa: C901
    """Swap one open site for a closed one as long as that lowers the cost: the best swap each time.

    What every swap saves is kept (Resende and Werneck 2007), and after a swap only demands whose nearest
    or second-nearest site it changed say anew what they say. Where rounding has made that wrong, or no
    swap is left, all is counted afresh before the search ends.

    Args:
        start: where the lists begin and end.
        site: their candidates.
        cost: their weighted costs.
        beyond: what is outside them costs at least this.
        opened: (sites,) the plan; changed.
        state: (sites,) sites that are open (1) or closed (-1) for good stay so.
        most: most swaps.

    Returns:
        The cost by the lists, and how many swaps were made.
    """
    n, m = len(beyond), len(opened)
    members = np.flatnonzero(opened)
    place = np.full(m, -1, np.int64)
    place[members] = np.arange(len(members))
    gain, sums, loss = np.zeros(m), np.zeros(m), np.zeros(len(members))
    extra = np.zeros((m, len(members)))
    ranks = np.empty((n, 3), np.int64)
    total, swaps, stale, fresh = 0.0, 0, True, False
    while True:
        if stale:
            gain[:] = 0.0
            sums[:] = 0.0
            loss[:] = 0.0
            extra[:, :] = 0.0
            for i in range(n):
                _rank(i, start, site, opened, ranks)
                _tell(i, 1.0, start, site, cost, beyond, ranks, place, gain, loss, extra, sums)
            total = _total(start, cost, beyond, ranks)
            stale, fresh = False, True
        if swaps >= most:
            break
        into, out = _best_swap(1e-10 * total, opened, state, members, gain, loss, extra, sums)
        if into < 0:
            if fresh:
                break
            stale = True
            continue
        leaving = members[out]
        for i in range(n):
            ranks[i, 2] = _touched(i, start, site, ranks, leaving, into)
            if ranks[i, 2]:
                _tell(i, -1.0, start, site, cost, beyond, ranks, place, gain, loss, extra, sums)
        opened[leaving], opened[into] = False, True
        place[leaving], place[into], members[out] = -1, out, into
        for i in range(n):
            if ranks[i, 2]:
                _rank(i, start, site, opened, ranks)
                _tell(i, 1.0, start, site, cost, beyond, ranks, place, gain, loss, extra, sums)
        before, total = total, _total(start, cost, beyond, ranks)
        swaps += 1
        if fresh and total >= before:  # counted afresh and still no better: rounding is all that is left
            break
        stale, fresh = total >= before, False
    return total, swaps


@_compiled
def count_near(costs, weights, limit, keep):  # type: ignore[no-untyped-def]
    """(demands,) how many kept sites cost at most `limit` times the weight."""
    n = costs.shape[0]
    counts = np.zeros(n, np.int64)
    for i in range(n):
        c = 0
        w = weights[i]
        for j in keep:
            if np.float64(costs[i, j]) * w <= limit[i]:
                c += 1
        counts[i] = c
    return counts


@_compiled
def near_lists(costs, weights, limit, keep, start):  # type: ignore[no-untyped-def]
    """The lists of kept sites within the limit, by rising weighted cost; sites numbered as in `keep`."""
    n = costs.shape[0]
    total = start[n]
    site = np.empty(total, np.int32)
    cost = np.empty(total, np.float64)
    names = np.empty(len(keep), np.int32)
    values = np.empty(len(keep), np.float64)
    for i in range(n):
        c = 0
        w = weights[i]
        for b in range(len(keep)):
            value = np.float64(costs[i, keep[b]]) * w
            if value <= limit[i]:
                names[c] = b
                values[c] = value
                c += 1
        order = np.argsort(values[:c], kind="mergesort")
        begin = start[i]
        for b in range(c):
            site[begin + b] = names[order[b]]
            cost[begin + b] = values[order[b]]
    return site, cost


@_compiled
def kept_only(start, site, cost, limit, number):  # type: ignore[no-untyped-def]
    """The lists without dropped sites (number < 0) and without what costs more than the limit."""
    n = len(start) - 1
    begin = np.zeros(n + 1, np.int64)
    for i in range(n):
        c = 0
        for k in range(start[i], start[i + 1]):
            if cost[k] > limit[i]:
                break
            if number[site[k]] >= 0:
                c += 1
        begin[i + 1] = begin[i] + c
    sites = np.empty(begin[n], np.int32)
    costs = np.empty(begin[n], np.float64)
    for i in range(n):
        c = begin[i]
        for k in range(start[i], start[i + 1]):
            if cost[k] > limit[i]:
                break
            if number[site[k]] >= 0:
                sites[c] = number[site[k]]
                costs[c] = cost[k]
                c += 1
    return begin, sites, costs


@_compiled
def nearest_open(costs, opened):  # type: ignore[no-untyped-def]
    """(demands,) the nearest open site, the lowest number among equals, and its cost; -1 where none may."""
    n = costs.shape[0]
    nearest = np.full(n, -1, np.int64)
    least = np.full(n, np.inf)
    for i in range(n):
        for j in opened:
            if costs[i, j] < least[i]:
                least[i] = costs[i, j]
                nearest[i] = j
    return nearest, least
