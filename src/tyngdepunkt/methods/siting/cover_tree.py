"""Branch and bound for maximal covering on the relaxation of `cover_bound`.

In every node sites are closed or kept open by their reduced gains, the cover is made small again (classes
that have become equal are merged, sites that are no longer needed left out), and the relaxation of the
small rest is solved from the prices of the larger one. The same prices tell which classes every better
plan covers: leaving one out costs its own gain and those of all sites that cover it. A class with a
superset of its sites is then covered as well, and its weight moves over.

Nodes are taken by the best bound, so that the bound of the whole falls as fast as it can, and what is told
when time is up is the largest one still open. Where branching lasts, HiGHS is given what the root left
undecided: its cuts take away most of the gap of the relaxation, which branching on single sites hardly
touches where many sites cover nearly the same.
"""

from __future__ import annotations

import heapq
import itertools
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from tyngdepunkt.methods.siting.cover_bound import Point, chosen, relax
from tyngdepunkt.methods.siting.cover_sets import Cover, dominated, narrowed
from tyngdepunkt.methods.siting.cover_start import Limits, exchanged, greedy, worth
from tyngdepunkt.methods.siting.programs import Program, Solved, solve_program
from tyngdepunkt.methods.siting.result import PROVED, Deadline
from tyngdepunkt.methods.validation import Bools, Floats, Ints

_ENOUGH_FIXED = 0.75
"""The relaxation starts again on the rest when at most this part of the sites is left open to question."""
_OWN_NODES = 3
"""Nodes before what is left goes to HiGHS."""
_TWICE = 1.01
"""A class the relaxed plan covers by this much is not asked for until a plan leaves it out."""
_MOST_TERMS = 1_500_000
"""A larger rest stays in the tree: HiGHS would not get through its first relaxation."""


class Searched(NamedTuple):
    """What the search found.

    Attributes:
        plan: sites, ascending; `worth` what they cover less their price.
        bound: no plan is worth more.
        nodes: relaxations solved to the end or cut off.
    """

    plan: Ints
    worth: float
    bound: float
    nodes: int


@dataclass(eq=False)
class _Node:
    """A part of the question: some sites opened, some left out, the rest to be decided.

    Attributes:
        cover, limits: of the rest; sites are numbered along `sites`.
        sites: (rest,) numbers in the whole question.
        opened: numbers in the whole of those kept open.
        base: what these are worth.
        bound: no plan of this part is worth more.
        prices, shares: where the relaxation may begin; None for anywhere.
        opening, closing: along `sites`, decided but not yet carried out.
        must: (classes,) those that every better plan of this part covers.
    """

    cover: Cover
    limits: Limits
    sites: Ints
    opened: Ints
    base: float
    bound: float
    prices: Floats | None
    shares: Floats | None
    opening: Bools
    closing: Bools
    must: Bools


def search(cover: Cover, limits: Limits, deadline: Deadline, grain: float = 0.0) -> Searched:
    """The plan that is worth most, or the best found in time with a bound.

    Args:
        cover: classes and sites.
        limits: what may be opened.
        deadline: when to hand over.
        grain: all plans' worths are multiples of it; 0 when nothing is known.
    """
    return _Search(cover, limits, deadline, grain).run()


class _Search:
    def __init__(self, cover: Cover, limits: Limits, deadline: Deadline, grain: float) -> None:
        self.cover, self.limits, self.deadline, self.grain = cover, limits, deadline, grain
        self.total = float(cover.weights.sum())
        self.plan, self.worth = np.empty(0, np.int64), 0.0
        self.nodes = 0
        self.order = itertools.count()
        self.rest: _Node | None = None
        self.ceiling = np.inf

    def run(self) -> Searched:
        self._begin()
        queue = [(-self.total, 0, next(self.order), self._root())]
        while queue:
            if self.deadline.passed or -queue[0][0] <= self._cut():
                break
            _, depth, _, node = heapq.heappop(queue)
            for child in self._explore(node):
                heapq.heappush(queue, (-child.bound, depth - 1, next(self.order), child))
            if self.nodes >= _OWN_NODES and queue and -queue[0][0] > self._cut():
                self._hand_over()
                if self.ceiling <= self._cut():
                    queue = []
        open_bound = min(self.ceiling, max((-entry[0] for entry in queue), default=-np.inf))
        bound = self.worth if open_bound <= self._cut() else open_bound
        return Searched(np.sort(self.plan), self.worth, bound, self.nodes)

    def _cut(self) -> float:
        """A part whose bound is not above this cannot hold a better plan."""
        least = PROVED / 10 * max(1.0, abs(self.worth))
        return self.worth + max(least, self.grain * (1 - 1e-6) - least)

    def _begin(self) -> None:
        ways = {False, len(self.limits.most) > 1 or not (self.limits.rows[-1] == 1).all()}
        for by_cost in sorted(ways):
            plan = greedy(self.cover, self.limits, by_cost)
            self._offer(plan)
            if self.worth < self.total:
                self._offer(exchanged(self.cover, self.limits, plan, self.deadline))

    def _offer(self, plan: Ints) -> None:
        value = worth(self.cover, self.limits, plan)
        if value > self.worth and self.limits.holds(plan):
            self.plan, self.worth = plan, value

    def _root(self) -> _Node:
        m = self.cover.sites
        none = np.zeros(m, bool)
        empty = np.empty(0, np.int64)
        shares = np.zeros(m)
        shares[self.plan] = 1.0
        reach = np.asarray(self.cover.matrix @ shares)
        prices = self.cover.weights * np.where(reach < 1.5, 0.9, 0.4 / np.maximum(reach, 1.0))
        must = np.zeros(self.cover.classes, bool)
        return _Node(
            self.cover, self.limits, np.arange(m), empty, 0.0, self.total, prices, shares, none, none, must
        )

    def _explore(self, node: _Node) -> list[_Node]:
        """Solve a part: nothing comes back when it is done with, else the parts it falls into."""
        self.nodes += 1
        while True:
            node = self._carried_out(node)
            if node.bound <= self._cut() or self._simple(node):
                return []
            seen = _Seen(self, node)
            start = None if node.prices is None or node.shares is None else (node.prices, node.shares)
            relax(node.cover, node.limits, seen.visit, start)
            node.bound = min(node.bound, seen.bound)
            self._try(node, seen.shares)
            if seen.done or node.bound <= self._cut() or (seen.opening & seen.closing).any():
                return []
            node.prices, node.shares = seen.prices, seen.shares
            node.opening, node.closing, node.must = seen.opening, seen.closing, seen.must
            if self.deadline.passed:
                return [node]
            if seen.restart:
                continue
            if (node.opening | node.closing).all():
                return [node]
            if self.nodes == 1 or (node.opening | node.closing).any():
                node = self._carried_out(node)
            if self.nodes == 1:
                self.rest = node
            return _halves(node)

    def _hand_over(self) -> None:
        """Let HiGHS solve what the root left, once; its bound is then a ceiling for the whole.

        A class the relaxed plan covers more than once is taken as covered until a plan leaves it out: the
        bound holds all the same, and the program has a fifth of the terms.
        """
        node, self.rest = self.rest, None
        if node is None or not node.cover.classes or not node.cover.sites:
            return
        shares = np.zeros(node.cover.sites) if node.shares is None else node.shares
        asked = node.must | (np.asarray(node.cover.matrix @ shares) < _TWICE)
        known = np.isin(node.sites, self.plan) + 0.5 * shares
        plan = exchanged(node.cover, node.limits, chosen(known, node.limits), self.deadline)
        for each in (plan, np.flatnonzero(known >= 1.0)):
            asked |= ~node.cover.covered(each)
        while not self.deadline.passed:
            kept, solved, most = self._asked(node, asked, plan)
            self.nodes += solved.nodes
            self.ceiling = max(self.worth, min(self.ceiling, node.base + most))
            if solved.x is None:
                return
            found_plan = kept[solved.x[: len(kept)] > 0.5]
            plan = exchanged(node.cover, node.limits, found_plan, self.deadline)
            for each in (found_plan, plan):
                self._offer(np.concatenate([node.opened, node.sites[each]]))
            left_out = ~asked & ~node.cover.covered(found_plan)
            if self.ceiling <= self._cut() or solved.state != "optimal" or not left_out.any():
                self.ceiling = max(self.worth, self.ceiling)
                return
            asked = asked | left_out

    def _asked(self, node: _Node, asked: Bools, plan: Ints) -> tuple[Ints, Solved, float]:
        """HiGHS on some of the classes of a part, the others counted as covered.

        Returns:
            the sites its first columns are, what it found, and what no plan is worth more than.
        """
        rows = np.flatnonzero(asked)
        cover = Cover(node.cover.matrix[rows], node.cover.weights[rows])
        costs = np.vstack([node.limits.rows, node.limits.price]).T
        kept = np.flatnonzero(~dominated(cover, costs))
        cover, _ = narrowed(cover, kept)
        limits = node.limits.part(kept, np.empty(0, np.int64))
        beside = float(node.cover.weights.sum())
        if cover.matrix.nnz > _MOST_TERMS:
            return kept, Solved("unknown", None, -np.inf, 0), np.inf
        program = _program(cover, limits)
        known = np.flatnonzero(np.isin(kept, plan))
        start = np.concatenate([np.isin(kept, plan), ~cover.covered(known)]).astype(np.float64)
        solved = solve_program(program, self.deadline, start, apart=self.grain * (1 - 1e-5))
        return kept, solved, beside - solved.bound

    def _try(self, node: _Node, shares: Floats) -> None:
        """A plan from the relaxed one, bettered by exchanges within the part."""
        plan = chosen(shares, node.limits)
        plan = exchanged(node.cover, node.limits, plan, self.deadline)
        self._offer(np.concatenate([node.opened, node.sites[plan]]))

    def _simple(self, node: _Node) -> bool:
        """Whether nothing is left to decide; the plan is then offered."""
        if not node.cover.classes or not node.cover.sites:
            self._offer(node.opened)
            return True
        if not node.limits.price.any() and node.limits.holds(np.arange(node.cover.sites)):
            self._offer(np.concatenate([node.opened, node.sites]))
            return True
        return False

    def _carried_out(self, node: _Node) -> _Node:
        """The part with its decisions carried out, made as small as it can be."""
        opening, closing = node.opening, node.closing
        if node.bound < self.total and not (opening | closing).any():
            return node
        opened = np.flatnonzero(opening)
        covered = node.cover.covered(opened)
        base = node.base + float(node.cover.weights[covered].sum() - node.limits.price[opened].sum())
        rest = np.flatnonzero(~opening & ~closing)
        limits = node.limits.part(rest, opened)
        fits = (limits.rows <= limits.most[:, None] + 1e-9 * np.maximum(1.0, limits.most)[:, None]).all(
            axis=0
        )
        rest, limits = rest[fits], limits.part(np.flatnonzero(fits), np.empty(0, np.int64))
        small = _Small(node.cover, node.prices, node.must).narrowed(rest, covered)
        if small is None:
            return replace(node, bound=-np.inf)
        small = small.absorbed()
        costs = np.vstack([limits.rows, limits.price]).T
        needless = dominated(small.cover, costs) if small.cover.classes else np.zeros(0, bool)
        if needless.any():
            kept = np.flatnonzero(~needless)
            small = small.narrowed(kept) or small
            rest, limits = rest[kept], limits.part(kept, np.empty(0, np.int64))
        shares = None if node.shares is None else node.shares[rest]
        all_opened = np.concatenate([node.opened, node.sites[opened]])
        none = np.zeros(len(rest), bool)
        return replace(
            node,
            cover=small.cover,
            limits=limits,
            sites=node.sites[rest],
            opened=all_opened,
            base=base,
            prices=small.prices,
            shares=shares,
            opening=none,
            closing=none,
            must=small.must,
        )


class _Small(NamedTuple):
    """Classes with what is known of each: the price, and whether every better plan covers it."""

    cover: Cover
    prices: Floats | None
    must: Bools

    def narrowed(self, sites: Ints, covered: Bools | None = None) -> _Small | None:
        """Only some sites, without what is covered; None where a class that must be covered no longer can."""
        cover, went = narrowed(self.cover, sites, covered)
        lost = (went < 0) if covered is None else (went < 0) & ~covered
        return None if (lost & self.must).any() else self._moved(cover, went)

    def absorbed(self) -> _Small:
        """Each class with a superset of the sites of one that must be covered is counted as that one."""
        cover = self.cover
        into = np.arange(cover.classes)
        size = np.diff(cover.matrix.indptr)
        musts = np.flatnonzero(self.must)
        for row in musts[np.argsort(size[musts], kind="stable")]:
            if into[row] == row:
                into[_above(cover, row)] = into[row]
        kept = np.flatnonzero(into == np.arange(cover.classes))
        if len(kept) == cover.classes:
            return self
        number = np.full(cover.classes, -1, np.int64)
        number[kept] = np.arange(len(kept))
        went = number[into]
        weights = np.bincount(went, cover.weights, minlength=len(kept))
        return self._moved(Cover(cover.matrix[kept], np.asarray(weights, np.float64)), went)

    def _moved(self, cover: Cover, went: Ints) -> _Small:
        stays = went >= 0
        must = np.zeros(cover.classes, bool)
        must[went[stays & self.must]] = True
        if self.prices is None:
            return _Small(cover, None, must)
        summed = np.bincount(went[stays], self.prices[stays], minlength=cover.classes)
        return _Small(cover, np.asarray(summed, np.float64), must)


def _program(cover: Cover, limits: Limits) -> Program:
    """Least weight left out, and prices.

    The columns are the sites, then one for each class: whether it is left out.
    """
    from scipy import sparse

    n, m = cover.classes, cover.sites
    rows = sparse.block_array(
        [[cover.matrix, sparse.eye_array(n)], [sparse.csr_array(limits.rows), None]], format="csr"
    )
    return Program(
        cost=np.concatenate([limits.price, cover.weights]),
        low=np.zeros(m + n),
        high=np.ones(m + n),
        whole=np.arange(m + n) < m,
        rows=rows,
        row_low=np.concatenate([np.ones(n), np.full(len(limits.most), -np.inf)]),
        row_high=np.concatenate([np.full(n, np.inf), limits.most]),
    )


def _above(cover: Cover, row: int) -> Ints:
    """Classes that all sites of this one cover, itself among them."""
    matrix, turned = cover.matrix, cover.turned
    sites = matrix.indices[matrix.indptr[row] : matrix.indptr[row + 1]]
    lists = sorted((turned.indices[slice(*turned.indptr[site : site + 2])] for site in sites), key=len)
    common = lists[0]
    for other in lists[1:]:
        if len(common) == 1:
            break
        common = common[np.isin(common, other, assume_unique=True)]
    return np.asarray(common, np.int64)


class _Seen:
    """Watches a relaxation: the best bound, what it decides, and when it has said enough."""

    def __init__(self, search: _Search, node: _Node) -> None:
        self.search, self.node = search, node
        self.bound = np.inf
        self.prices, self.shares = node.cover.weights * 0.5, np.zeros(node.cover.sites)
        self.opening = np.zeros(node.cover.sites, bool)
        self.closing = np.zeros(node.cover.sites, bool)
        self.must = node.must.copy()
        self.done = self.restart = False
        self.steps = 0

    def visit(self, point: Point) -> bool:
        """Take in one point; true when the relaxation may end."""
        search, node = self.search, self.node
        self.steps += 1
        bound = node.base + point.bound
        cut = search._cut()
        if bound < self.bound:
            self.bound, self.prices = bound, point.prices
        self.shares = point.shares
        self.opening |= (point.gains > 0) & (bound - point.gains <= cut)
        self.closing |= (point.gains < 0) & (bound + point.gains <= cut)
        loss = (node.cover.weights - point.prices) + node.cover.matrix @ np.maximum(point.gains, 0.0)
        self.must |= bound - loss <= cut
        if self.bound <= cut:
            self.done = True
            return True
        undecided = int((~self.opening & ~self.closing).sum())
        if undecided <= _ENOUGH_FIXED * node.cover.sites:
            self.restart = True
            return True
        if self.steps >= 12 and self.steps % 6 == 0 and search.nodes == 1:
            search._try(node, point.shares)
        settled = point.bound - point.value <= 0.02 * (self.bound - search.worth)
        return settled or search.deadline.passed


def _halves(node: _Node) -> list[_Node]:
    """The part with the most doubtful site open, and without it."""
    shares = np.full(node.cover.sites, 0.5) if node.shares is None else node.shares
    doubt = np.minimum(shares, 1 - shares) * np.asarray(node.cover.turned @ node.cover.weights)
    mark = np.zeros(node.cover.sites, bool)
    mark[int(doubt.argmax())] = True
    none = np.zeros(node.cover.sites, bool)
    return [replace(node, opening=mark, closing=none), replace(node, opening=none, closing=mark)]
