"""The European method: areas that are large and self-contained enough, or both halfway.

Every place begins as its own area. The least valid area is taken apart, one place at a time: the
one with most commuting over its borders goes to the area it is most cohesive with, unless that area
would become less valid by it; then it waits in a reserve. When all areas are valid, those in the
reserve join the areas they are most cohesive with.

Coombes, M. and Bond, S. (2008), *Travel-to-Work Areas: the 2007 review*; Franconi, L., D'Alò, M. and
Ichim, D. (2016), *Istat implementation of the algorithm to develop labour market areas*, whose order
of ties is followed so that published areas come out the same.

An area changes only when a place leaves or enters it, so validities wait in a priority queue and
each step costs the flows of one place; the published description computes all flows between all
areas anew in every step.
"""

from __future__ import annotations

import heapq
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from tyngdepunkt.methods.labour_markets.flows import Flows, OneSided, why_one_sided
from tyngdepunkt.methods.labour_markets.partition import RESERVE, Linked, Partition
from tyngdepunkt.methods.labour_markets.pieces import Pieces
from tyngdepunkt.methods.labour_markets.validity import Thresholds
from tyngdepunkt.methods.validation import Ints

UNPLACED = -1
"""Label of a place that belongs to no area."""

Reason = Literal["less_valid", "no_link"]
Unplaced = OneSided | Literal["no_area", "no_link"]
_SAME = 1e-12
"""Relative difference below which two validities are the same: the rounding of sums of fractions."""


@dataclass(frozen=True, slots=True)
class Rejection:
    """A place that went to the reserve.

    Args:
        place: position of the place.
        area: the area it left.
        reason: `less_valid`: the area it is most cohesive with would have become less valid;
            `no_link`: it has no commuting with any other area.
    """

    place: int
    area: int
    reason: Reason


@dataclass(frozen=True, slots=True)
class Delineation:
    """Labour-market areas.

    Args:
        labels: (places,) area of each place, named by the position of the place it began as; or `UNPLACED`.
        moves: (places,) how often each place changed area.
        rejections: places that went to the reserve, in order.
        excluded: positions of places without residents, without jobs or without any commuting.
        unplaced: position of each place without an area, and why: `no_residents`, `no_jobs`, `closed` (nobody
            crosses its border), `no_area` (no area anywhere is good enough), `no_link` (it has commuting with
            none of the areas).
    """

    labels: Ints
    moves: Ints
    rejections: tuple[Rejection, ...]
    excluded: tuple[int, ...]
    unplaced: Mapping[int, Unplaced] = field(default_factory=dict)


def delineate(flows: Flows, thresholds: Thresholds, *, rest_as_one: bool = False) -> Delineation:
    """Labour-market areas by the European method.

    Args:
        flows: between all places. Whole persons give exact sums; with fractions, ties may fall
            differently from a count made anew.
        thresholds: what is asked of an area.
        rest_as_one: judge what is left of an area under dissolution as one area, instead of as the
            reference implementation does (see `pieces`).
    """
    unplaced: dict[int, Unplaced] = dict(why_one_sided(flows))
    excluded = np.zeros(flows.places, dtype=bool)
    excluded[list(unplaced)] = True
    kept = np.flatnonzero(~excluded)
    search = _Search(flows.among(kept), thresholds, rest_as_one)
    search.run()
    search.empty_reserve()
    labels = np.full(flows.places, UNPLACED, dtype=np.int64)
    found = search.partition.labels()
    labels[kept] = np.where(found == RESERVE, UNPLACED, kept[found])
    moves = np.zeros(flows.places, dtype=np.int64)
    moves[kept] = search.moves
    named = tuple(Rejection(int(kept[r.place]), int(kept[r.area]), r.reason) for r in search.rejections)
    left = kept[found == RESERVE].tolist()
    unplaced.update(dict.fromkeys(left, "no_area" if len(left) == len(kept) else "no_link"))
    return Delineation(labels, moves, named, tuple(np.flatnonzero(excluded).tolist()), unplaced)


class _Search:
    """The search itself: a partition, and a queue of the areas that are not yet valid."""

    def __init__(self, flows: Flows, thresholds: Thresholds, rest_as_one: bool) -> None:
        self.partition = Partition(flows)
        self.thresholds = thresholds
        self.moves = [0] * flows.places
        self.rejections: list[Rejection] = []
        self._rest_as_one = rest_as_one
        first: list[float] = thresholds.of_many(flows.within, flows.living, flows.working).tolist()
        self._validity: list[float | None] = list(first)  # None: gone, or judged by its pieces
        self._queue = [(value, area) for area, value in enumerate(first) if value < 1]
        heapq.heapify(self._queue)
        self._pieces: Pieces | None = None

    def run(self) -> None:
        """Take the least valid area apart until all are valid."""
        while (area := self._least_valid()) is not None:
            self._dissolve(area)

    def empty_reserve(self) -> None:
        """Let those in the reserve join the areas they are most cohesive with, the last place first.

        Those that have ties to others in the reserve only are asked again when one of these has joined.
        """
        partition = self.partition
        waiting = [p for p, area in enumerate(partition.area) if area == RESERVE][::-1]
        while waiting:
            left = []
            for place in waiting:
                linked = partition.linked(place)
                target = partition.most_cohesive(place, linked)
                if target is None:
                    left.append(place)
                else:
                    partition.move(place, target, linked)
            if len(left) == len(waiting):
                return
            waiting = left

    def _least_valid(self) -> int | None:
        """The area with the lowest validity, the first of those that tie; None when all are valid."""
        queue, validity = self._queue, self._validity
        while queue and validity[queue[0][1]] != queue[0][0]:
            heapq.heappop(queue)
        if self._pieces is not None:
            weakest = (self._pieces.least(), self._pieces.area)
            if weakest[0] < 1 and (not queue or weakest < queue[0]):
                return weakest[1]
        return queue[0][1] if queue else None

    def _dissolve(self, area: int) -> None:
        """Take one place out of an area, to where it belongs more or to the reserve."""
        partition = self.partition
        place = partition.most_outward(area)
        linked = partition.linked(place)
        target = partition.most_cohesive(place, linked)
        accepted = target is not None and self._stays_valid(place, target, linked)
        if self._pieces is not None and self._pieces.area != area:
            self._judge(self._pieces.area)
            self._pieces = None
        if target is not None and accepted:
            partition.move(place, target, linked)
            self.moves[place] += 1
            self._judge(target)
        else:
            partition.move(place, RESERVE, linked)
            self.rejections.append(Rejection(place, area, "no_link" if target is None else "less_valid"))
        self._judge_rest(area, place)

    def _stays_valid(self, place: int, target: int, linked: Linked) -> bool:
        """Whether an area is at least as valid with a place more as it was without."""
        old = self._validity[target]
        if old is None and self._pieces is not None:
            old = self._pieces.most()
        new = self.thresholds.of(*self.partition.joined(place, target, linked))
        return old is not None and new >= old * (1 - _SAME)

    def _judge(self, area: int) -> None:
        """Judge an area anew, as a whole."""
        partition = self.partition
        value = self.thresholds.of(partition.inside[area], partition.living[area], partition.working[area])
        self._validity[area] = value
        if value < 1:
            heapq.heappush(self._queue, (value, area))

    def _judge_rest(self, area: int, gone: int) -> None:
        """Judge what is left of an area: as a whole, or by its pieces until another area has had its turn."""
        left = len(self.partition.members[area])
        self._validity[area] = None
        if left > 1 and not self._rest_as_one:
            if self._pieces is None:
                self._pieces = Pieces(self.partition, area, self.thresholds)
            self._pieces.without(gone)
            return
        self._pieces = None
        if left:
            self._judge(area)
