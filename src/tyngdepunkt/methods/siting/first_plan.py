"""The first plan of a p-median, and how far each demand's list must reach for it to matter."""

from __future__ import annotations

import numpy as np

from tyngdepunkt.methods.siting.lists import MOST_ENTRIES, Ground, Lists, build, shortened
from tyngdepunkt.methods.siting.problem import CutLists
from tyngdepunkt.methods.validation import Bools, Floats, Ints

OPEN, CLOSED = 1, -1
REACH = 1.25
"""Lists end at this many times the third-nearest open site of the first plan, or farther."""


class Start:
    """Draws a plan and builds the lists.

    Args:
        base: the costs.
        p: sites to open.
        state: (sites,) open (1) and closed (-1) from the start.
        random: where chance comes from.
    """

    def __init__(self, base: Ground, p: int, state: np.ndarray, random: np.random.Generator) -> None:
        self.base, self.p, self.state, self.random = base, p, state, random

    def lists(self, free: Ints, first: Ints | None) -> tuple[Lists, Ints]:
        """Lists as far as a first plan makes them matter; the plan is drawn by distance (k-means++).

        Args:
            free: the sites that may be opened.
            first: a plan to begin with; drawn where None or where it has not p sites.

        Returns:
            The lists, and the numbers of the p sites of the first plan.
        """
        base = self.base
        lists = build(base, np.full(len(base.weights), np.inf), free) if self._small(free) else None
        if first is None or len(first) != self.p:
            first = self._drawn(lists)
        limit = self._limits(first, lists)
        if lists is None:
            limit = self._within_memory(limit, free)
            return build(base, limit, free), first
        return (lists if self._complete_is_cheap(lists) else _cut(lists, limit)), first

    def _small(self, free: Ints) -> bool:
        return isinstance(self.base.costs, CutLists) or len(self.base.weights) * len(free) <= 20_000

    def _complete_is_cheap(self, lists: Lists) -> bool:
        return len(lists.site) <= 20_000

    def _within_memory(self, limit: Floats, free: Ints) -> Floats:
        """Shorter lists where all together would be too long, judged on a sample of demands."""
        n = len(limit)
        rows = np.arange(0, n, max(1, n // 500))
        costs = np.asarray(self.base.costs)[rows][:, free] * self.base.weights[rows, None]
        for _ in range(20):
            share = (costs <= limit[rows, None]).mean()
            if share * n * len(free) <= MOST_ENTRIES:
                break
            limit = np.where(np.isinf(limit), self.base.price, limit) * 0.8
        return limit

    def _drawn(self, lists: Lists | None) -> Ints:
        """A first plan: each next site near a demand drawn by what it costs so far."""
        if lists is not None:
            return self._drawn_lists(lists)
        costs, weights = np.asarray(self.base.costs), self.base.weights
        chosen = [int(j) for j in np.flatnonzero(self.state == OPEN)]
        taken = self.state == CLOSED
        least = self.base.price.copy()
        for j in chosen:
            least = np.minimum(least, costs[:, j] * weights)
            taken[j] = True
        while len(chosen) < self.p:
            row = costs[self._draw(least)].astype(np.float64)
            row[taken] = np.inf
            j = int(np.argmin(row))
            if not np.isfinite(row[j]):
                j = int(np.flatnonzero(~taken)[0])
            chosen.append(j)
            taken[j] = True
            least = np.minimum(least, costs[:, j] * weights)
        return np.array(chosen)

    def _draw(self, least: Floats) -> int:
        total = np.cumsum(least)
        if total[-1] <= 0:
            return int(self.random.integers(len(least)))
        return int(min(np.searchsorted(total, self.random.random() * total[-1]), len(least) - 1))

    def _drawn_lists(self, lists: Lists) -> Ints:
        by_site = np.argsort(lists.site, kind="stable")
        ends = np.concatenate(([0], np.cumsum(np.bincount(lists.site, minlength=lists.sites))))
        demand = np.repeat(np.arange(lists.demands), np.diff(lists.start))[by_site]
        cost = lists.cost[by_site]
        local = self.state[lists.names]
        opened: Bools = np.asarray(local == OPEN)
        least = lists.beyond.copy()
        for j in np.flatnonzero(opened).tolist():
            np.minimum.at(least, demand[ends[j] : ends[j + 1]], cost[ends[j] : ends[j + 1]])
        while opened.sum() < self.p:
            i = self._draw(least)
            row = lists.site[lists.start[i] : lists.start[i + 1]]
            row = row[~opened[row]]
            j = int(row[0] if len(row) else np.flatnonzero(~opened)[0])
            opened[j] = True
            part = slice(ends[j], ends[j + 1])
            least[demand[part]] = np.minimum(least[demand[part]], cost[part])
        return np.asarray(lists.names[opened])

    def _limits(self, plan: Ints, lists: Lists | None) -> Floats:
        n = len(self.base.weights)
        if self.p < 3:
            return np.full(n, np.inf)
        if lists is not None:
            opened = np.isin(lists.names, plan)
            third = _nth(shortened(lists, opened), 2) * REACH
            return np.maximum(third, _nth(lists, self._few_nearest(lists.sites)))
        costs = np.asarray(self.base.costs)
        least = self._few_nearest(costs.shape[1])
        limit = np.empty(n)
        size = max(1, 4_000_000 // costs.shape[1])
        for begin in range(0, n, size):
            part = costs[begin : begin + size]
            third = np.partition(part[:, plan], 2, axis=1)[:, 2] * REACH
            limit[begin : begin + size] = np.maximum(third, np.partition(part, least, axis=1)[:, least])
        return limit * self.base.weights

    def _few_nearest(self, sites: int) -> int:
        """How many sites a list holds at least, less one: three open sites can stand door to door."""
        return min(sites - 1, int(2 * sites / self.p) + 3)


def _nth(lists: Lists, position: int) -> Floats:
    """(demands,) the cost at a position of each list, from 0; infinity where the list is shorter."""
    at = lists.start[:-1] + position
    inside = at < lists.start[1:]
    cost = np.full(lists.demands, np.inf)
    cost[inside] = lists.cost[at[inside]]
    return cost


def _cut(lists: Lists, limit: Floats) -> Lists:
    whole = np.diff(lists.start)
    made = shortened(lists, np.ones(lists.sites, bool), limit)
    return made._replace(beyond=np.where(np.diff(made.start) == whole, lists.beyond, limit))
