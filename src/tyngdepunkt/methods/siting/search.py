"""The exact search for a p-median: a Lagrangian bound that closes sites, then a tree over the rest.

The relaxation lets each demand be served more or less than once at a price (Cornuéjols, Fisher and
Nemhauser 1977). Three things make it quick. A step is as long as the demand's own cost scale, so that
cells with one job and with twenty thousand move together; near the top the steps of the volume algorithm
(Barahona and Anbil 2000) take over and come within a hair of the LP bound.
Every step tries each site against the best plan and closes or opens it for good (the reduction tests of
Beasley 1993, at every multiplier passed). Plans come from interchange (Teitz and Bart 1968) started at
the sites the relaxation picks. What is left is branched on, with the parent's multipliers as start,
best bound first; where that goes on for long, HiGHS is given the small program that is left (`reduced`).
"""

from __future__ import annotations

import heapq
import time
from typing import NamedTuple

import numpy as np

from tyngdepunkt.methods.siting.first_plan import REACH, Start
from tyngdepunkt.methods.siting.lists import (
    MOST_ENTRIES,
    Lists,
    build,
    nearest_open,
    replaced,
    shortened,
)
from tyngdepunkt.methods.siting.plans import CLOSED, FREE, OPEN, Plans, mostly
from tyngdepunkt.methods.siting.reduced import settle
from tyngdepunkt.methods.siting.result import Deadline
from tyngdepunkt.methods.validation import Bools, Floats, Ints

_ROUND = 100
_NODE_STEPS = 100
_NODE_STEP = 0.05
_MOST_ROUNDS = 60
_MOST_POLISH, _POLISH_STEP = 10, 0.005
_LONG_MEMORY, _LONG_ROUND, _MOST_LONG, _LONG_STEP = 0.99, 250, 16, 3e-4
"""Steps along a longer average, where the rest is too large for a program and the root's bound is all."""
_LONG_SHARE, _LONG_GAIN = 0.4, 0.002
_LEAST_GAIN = 0.01
"""A round that closes less of the gap than this counts as none."""
_MOMENTUM = 0.9
_ROOT_STEP = 0.1
_NEAR, _SWITCH = 0.005, 0.3
"""Steps of the volume algorithm take over within this part of the cutoff, or where a round closes less of
the gap."""
_PATIENCE = 20
_KICKS = 8
_LONGER = 1.6
_FEW_TIGHT = 0.1
_FIRST_PROGRAM, _LEAST_PROGRAM = 1.5, 20.0
"""Seconds of branching before HiGHS is asked, and the seconds it then gets at least; more each time."""
_WANDERING = 3.0
"""Seconds of looking for better plans where that program is too large; branching gets more each time."""
_OF_THE_TIME = 0.85
"""Of what is left of a limited time, what HiGHS gets: begun anew it would lose all it has found."""
_COMPLETE = 2_000_000
"""Most entries of complete lists in the tree."""


class Outcome(NamedTuple):
    """What a search came to.

    Attributes:
        objective: of the best plan, prices for unserved demands included.
        open: its sites.
        bound: no plan that keeps to `state` and is below the cutoff costs less.
        nodes: of the tree.
    """

    objective: float
    open: Ints
    bound: float
    nodes: int


class Node(NamedTuple):
    """Part of the plans: some sites open, some closed, with the multipliers that bound it."""

    bound: float
    number: int
    state: np.ndarray
    u: Floats
    often: Floats
    lists: Lists

    @property
    def scale(self) -> Floats:
        """(demands,) length of each demand's step: its multiplier is the cost it has to do with."""
        return np.maximum(self.u, 1e-3 * float(self.u.mean()) or 1.0)


class Search(Plans):
    """One p-median, from the first plan to the proof; arguments as of `Plans`."""

    _refused = np.nan
    """Objective of the best plan when the small program was last too large."""
    _deep = False
    """Whether the root's bound was raised along a longer average."""

    def run(self) -> Outcome:
        """Search until proved or the deadline."""
        free = np.flatnonzero(self.state != CLOSED)
        must = np.flatnonzero(self.state == OPEN)
        if len(must) > self.p or len(free) < self.p:
            return Outcome(np.inf, self.best, np.inf, 0)
        if len(free) == self.p or len(must) == self.p or not len(self.base.weights):
            self._offer(np.concatenate((must, np.setdiff1d(free, must)))[: self.p])
            return Outcome(self.objective, self.best, self.objective, 1)
        lists, first = Start(self.base, self.p, self.state, self.random).lists(free, self._first)
        local = self.state[free].copy()
        self._improve(lists, local, first)
        nearest = _cheapest(lists)
        handed = [lists]
        del lists  # the first lists are the longest: the root lets them go once it has shorter ones
        lists, local, u, often = self._ascend_root(handed.pop(), local)
        if self.bound < self.cutoff:
            self._branch(Node(self.bound, 0, local, u, often, lists))
        proved = min(self.objective, self.below) if self.base.whole else self.cutoff
        bound = max(self.bound, proved) if self.done or self.bound >= self.cutoff else self.bound
        bound = min(self.objective, max(bound, nearest))
        return Outcome(self.objective, self.best, bound, max(self.nodes, 1))

    # -- bounds -----------------------------------------------------------------------------------

    def _ascend_root(self, lists: Lists, local: np.ndarray) -> tuple[Lists, np.ndarray, Floats, Floats]:
        """Rounds of ascent, interchange and closing until the rest is for the tree."""
        scale, u = self._scale_and_start(lists)
        kicks = _KICKS
        step, often, volume, stalled = _ROOT_STEP, np.zeros(lists.sites), False, 0
        direction = np.zeros(lists.demands)
        for turn in range(_MOST_ROUNDS):
            before, known = self.bound, self.objective
            steps = _ROUND if turn else _ROUND // 2
            self.bound, u, picks, step = self._ascend(
                lists, local, u, scale, step, steps, self.bound, volume, direction, often
            )
            if self.bound >= self.cutoff or self.deadline.passed:
                break
            self._improve_local(lists, local, mostly(often, local, self.p) if volume else picks)
            lists, local, often = self._without_closed(lists, local, often)
            gain = (self.bound - before) / max(self.cutoff - self.bound, 1e-300)
            stalled = stalled + 1 if gain < _LEAST_GAIN and self.objective == known else 0
            near = self.cutoff - self.bound < _NEAR * abs(self.cutoff)
            going = gain > 0.1 if volume else turn < 1 or (gain > _SWITCH and not near)
            longer = self._lengthened(lists, u, _FEW_TIGHT if going else 1.0)
            lists = longer or lists
            if going:
                continue
            if longer is not None:
                step, stalled, volume = max(step, _ROOT_STEP), 0, True
            elif not volume:
                volume, step, stalled = True, _ROOT_STEP, 0
            elif stalled:
                if not kicks or not self._kicked(lists, local, often, kicks):
                    break
                kicks, stalled, step = kicks // 2, 0, max(step, 0.005)
        return self._for_tree(lists, local, u, often)

    def _without_closed(
        self, lists: Lists, local: np.ndarray, often: Floats
    ) -> tuple[Lists, np.ndarray, Floats]:
        alive = local != CLOSED
        if alive.sum() < 0.8 * len(alive):
            return shortened(lists, alive), local[alive], often[alive]
        return lists, local, often

    def _lengthened(self, lists: Lists, u: Floats, most: float) -> Lists | None:
        """Longer lists where the multiplier stands at the end of one, or the best plan's site lies beyond.

        Args:
            lists: as they are.
            u: multipliers.
            most: only where at most this part of the demands asks for it; early steps overshoot.
        """
        _, cost = nearest_open(self.base.costs, self.best)
        paid = np.minimum(cost * self.base.weights, self.base.price)
        open_end = lists.beyond < self.base.price
        tight = open_end & ((u >= lists.beyond * (1 - 1e-9)) | (paid > lists.beyond))
        if not tight.any() or tight.mean() > most or len(lists.site) > MOST_ENTRIES:
            return None
        rows = np.flatnonzero(tight)
        limit = np.maximum(lists.beyond[rows] * _LONGER, paid[rows] * REACH)
        return replaced(self.base, lists, rows, limit + 1e-9 * float(self.base.price.mean()))

    def _for_tree(
        self, lists: Lists, local: np.ndarray, u: Floats, often: Floats
    ) -> tuple[Lists, np.ndarray, Floats, Floats]:
        """Complete lists over the sites left where they are few; the tree needs no limit then."""
        alive = local != CLOSED
        if self.bound < self.cutoff and lists.demands * int(alive.sum()) <= _COMPLETE:
            lists = build(self.base, np.full(lists.demands, np.inf), lists.names[alive])
            local, often = local[alive], often[alive]
        return lists, local, u, often

    def _scale_and_start(self, lists: Lists) -> tuple[Floats, Floats]:
        opened = np.isin(lists.names, self.best)
        _, d1, _, d2 = self.code.nearest_two(lists.start, lists.site, lists.cost, lists.beyond, opened)
        last = lists.cost[np.maximum(lists.start[1:] - 1, 0)] if len(lists.cost) else d2
        d2 = np.minimum(d2, np.maximum(last, d1))
        scale = np.minimum(d2, np.maximum(last, 0.0))
        floor = 1e-3 * float(scale.mean()) or 1.0
        return np.maximum(scale, floor), np.minimum((d1 + d2) / 2, lists.beyond)

    def _wander(self, root: Node, seconds: float) -> None:
        """Look for better plans while the rest is too large for a program and for the tree to settle."""
        limit = Deadline(min(seconds, self.deadline.left))
        while not limit.passed and self.bound < self.cutoff:
            self._step_aside(root.lists, root.state)

    def _ascend(
        self,
        lists: Lists,
        local: np.ndarray,
        u: Floats,
        scale: Floats,
        step: float,
        steps: int,
        known: float,
        volume: bool,
        direction: Floats,
        often: Floats,
        momentum: float = _MOMENTUM,
    ) -> tuple[float, Floats, Bools, float]:
        steps = self._steps.within(self.deadline.left, steps)
        before = time.monotonic()
        bound, best_u, _, picks, step = self.code.ascend(
            lists.start,
            lists.site,
            lists.cost,
            scale,
            lists.beyond,
            u,
            local,
            self.p,
            self.cutoff,
            step,
            momentum,
            steps,
            _PATIENCE,
            volume,
            direction,
            often,
        )
        self._steps.took(time.monotonic() - before, steps)
        return max(known, bound), best_u, picks, step

    # -- the tree ---------------------------------------------------------------------------------

    def _branch(self, root: Node) -> None:
        heap = [] if self._settled(root.lists, root.state) else [root]
        number = 1
        patience, since = _FIRST_PROGRAM, time.monotonic()
        while heap:
            if heap[0].bound >= self.cutoff or self.deadline.passed:
                break
            if time.monotonic() - since > patience:
                limit = max(_LEAST_PROGRAM, 4 * patience)
                if self.deadline.left < np.inf:
                    limit = max(limit, _OF_THE_TIME * self.deadline.left)
                settled = self._settle(root, limit)
                if settled:
                    self.done = True
                    return
                if settled is None:
                    known, patience = self.objective, max(1.0, patience)
                    root, heap = self._looked_further(root, heap, min(_WANDERING, 2 * patience))
                    patience *= 1 if self.objective < known else 2
                else:
                    patience = max(_LEAST_PROGRAM, 4 * patience)
                since = time.monotonic()
                continue
            node = heapq.heappop(heap)
            self.bound = max(self.bound, node.bound)
            site = self._branching_site(node)
            for way in (OPEN, CLOSED):
                self.nodes += 1
                child = self._child(node, site, way, number)
                number += 1
                if child is not None:
                    heapq.heappush(heap, child)
        self.done = not heap or heap[0].bound >= self.cutoff
        if heap:
            self.bound = max(self.bound, heap[0].bound)

    def _looked_further(self, root: Node, heap: list[Node], seconds: float) -> tuple[Node, list[Node]]:
        """Better plans, which close more sites; after the first of them the root is deepened, once."""
        self._wander(root, seconds)
        if self._deep:
            return root, self._still_open(heap)
        root, self._deep = self._deepened(root), True
        return root, [root] if root.bound < self.cutoff else []

    def _still_open(self, heap: list[Node]) -> list[Node]:
        """The parts that a better plan has not settled."""
        left = [node for node in heap if node.bound < self.cutoff] or heap[:1]
        heapq.heapify(left)
        return left

    def _settle(self, root: Node, seconds: float) -> bool | None:
        """Whether the small program of what the root left proves the best plan; better plans are kept.

        None where that program would be too large.
        """
        if self.objective == self._refused:
            return None
        lists, state = self._within_reach(root)
        if self.bound >= self.cutoff:
            return True
        limit = Deadline(min(seconds, self.deadline.left))
        known = np.isin(lists.names, self.best)
        settled = settle(lists, state, self.p, limit, known)
        if settled is None:
            self._refused = self.objective
            return None
        if settled.open is not None and settled.open.sum() == self.p:
            self._offer(lists.names[settled.open])
        self.bound = max(self.bound, min(settled.bound, self.cutoff))
        return settled.bound >= self.cutoff

    def _within_reach(self, root: Node) -> tuple[Lists, np.ndarray]:
        """The root's sites and lists as far as a plan below the cutoff can go.

        At multipliers u with bound L, a plan that serves a demand at cost c > u costs at least L + c - u; so
        lists end where that reaches the cutoff, and sites are tried against the best plan of today.
        """
        bound, u, state = self._polished(root)
        if not np.isfinite(bound):
            return root.lists, root.state
        slack = 1e-9 * (abs(self.cutoff) / max(len(u), 1) + np.abs(u))
        limit = u + max(0.0, self.cutoff - bound) + slack
        alive = state != CLOSED
        return shortened(root.lists, alive, limit), state[alive]

    def _polished(self, root: Node) -> tuple[float, Floats, np.ndarray]:
        """The root's bound, multipliers and state once more, against the best plan of today."""
        state, u, bound, step = root.state.copy(), root.u, -np.inf, _POLISH_STEP
        idle = 0
        direction, often = np.zeros(root.lists.demands), np.zeros(root.lists.sites)
        for _ in range(_MOST_POLISH):
            before = bound
            bound, u, _, step = self._ascend(
                root.lists, state, u, root.scale, step, _ROUND, -np.inf, True, direction, often
            )
            self.bound = max(self.bound, min(bound, self.cutoff))
            idle = idle + 1 if bound - before < _LEAST_GAIN * (self.cutoff - bound) else 0
            if idle > 1 or bound >= self.cutoff or self.deadline.passed:
                break
        return bound, u, state

    def _deepened(self, root: Node) -> Node:
        """The root with its bound raised along a longer average; parts made before it are let go.

        An average of ten subgradients goes round the top of 5,000 uniform points at p = 50; one of a hundred
        is slow to turn and comes nearer.
        """
        limit = Deadline(_LONG_SHARE * self.deadline.left)
        state, u, bound, step, idle = root.state.copy(), root.u, root.bound, 4 * _LONG_STEP, 0
        direction, often = np.zeros(root.lists.demands), np.zeros(root.lists.sites)
        for _ in range(_MOST_LONG):
            before = bound
            bound, u, _, step = self._ascend(
                root.lists,
                state,
                u,
                root.scale,
                max(step, _LONG_STEP),
                _LONG_ROUND,
                bound,
                True,
                direction,
                often,
                _LONG_MEMORY,
            )
            self.bound = max(self.bound, min(bound, self.cutoff))
            idle = idle + 1 if bound - before < _LONG_GAIN * (self.cutoff - bound) else 0
            if idle > 2 or bound >= self.cutoff or limit.passed:
                break
        alive = state != CLOSED
        return Node(bound, 0, state[alive], u, often[alive], shortened(root.lists, alive))

    def _ascend_part(
        self, node: Node, state: np.ndarray, known: float
    ) -> tuple[float, Floats, Bools, Floats]:
        """Steps from a part's multipliers, with sites of it opened or closed."""
        direction, often = np.zeros(node.lists.demands), np.zeros(node.lists.sites)
        bound, u, picks, _ = self._ascend(
            node.lists, state, node.u, node.scale, _NODE_STEP, _NODE_STEPS, known, True, direction, often
        )
        return bound, u, picks, often

    def _child(self, node: Node, site: int, way: int, number: int) -> Node | None:
        state = node.state.copy()
        state[site] = way
        lists = node.lists
        bound, u, picks, often = self._ascend_part(node, state, node.bound)
        if bound >= self.cutoff:
            return None
        if self._settled(lists, state):
            return None
        self._look(lists, state, picks)
        if bound >= self.cutoff:
            return None
        alive = state != CLOSED
        if alive.sum() < 0.7 * len(alive):
            lists, state, often = shortened(lists, alive), state[alive], often[alive]
        return Node(bound, number, state, u, often, lists)

    def _settled(self, lists: Lists, state: np.ndarray) -> bool:
        """Whether only one plan is left here; it is then valued."""
        opened, alive = state == OPEN, state != CLOSED
        if opened.sum() > self.p or alive.sum() < self.p:
            return True
        for plan in (opened, alive):
            if plan.sum() == self.p:
                self._offer(lists.names[plan])
                return True
        return False

    def _look(self, lists: Lists, state: np.ndarray, picks: Bools) -> None:
        """Value the picks; interchange from them when they come near the best plan."""
        opened = (picks | (state == OPEN)) & (state != CLOSED)
        if opened.sum() != self.p:
            return
        _, d1, _, _ = self.code.nearest_two(lists.start, lists.site, lists.cost, lists.beyond, opened)
        if float(d1.sum()) < self.objective:
            before = self.objective
            if self._offer(lists.names[opened]) < before:
                self._improve_local(lists, state, opened)
        elif self.nodes < 20 or self.nodes % 20 == 0:
            self._improve_local(lists, state, opened)

    def _branching_site(self, node: Node) -> int:
        """The free site that is in about half of the last picks."""
        free = np.flatnonzero(node.state == FREE)
        return int(free[np.argmin(np.abs(node.often[free] - 0.5))])


def _cheapest(lists: Lists) -> float:
    """What all demands cost at least, each at its nearest candidate."""
    cost = lists.beyond.copy()
    some = np.diff(lists.start) > 0
    cost[some] = lists.cost[lists.start[:-1][some]]
    return float(cost.sum())
