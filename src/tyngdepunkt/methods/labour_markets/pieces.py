"""What is left of an area while it is taken apart, judged piece by piece.

In the reference implementation the members that stay behind are not added up before the next
judgement: each keeps its own residents and jobs, and each flow between two of them is held against
each of them. The area therefore looks very weak and is normally taken wholly apart. Published
delineations rest on this, so it is kept; `rest_as_one` in `european.delineate` does without.
"""

from __future__ import annotations

from collections.abc import Iterable

from tyngdepunkt.methods.labour_markets.partition import Partition
from tyngdepunkt.methods.labour_markets.validity import Thresholds

Flow = tuple[float, int, int]


class Pieces:
    """The members left of an area, and the flows among them, in order of size.

    Args:
        partition: where all places are; the first member already gone.
        area: the area being taken apart.
        thresholds: what is asked of an area.
    """

    def __init__(self, partition: Partition, area: int, thresholds: Thresholds) -> None:
        self.area = area
        self._left = set(partition.members[area])
        self._partition = partition
        self._thresholds = thresholds
        self._flows: list[Flow] = sorted(
            (persons, i, j) for i in self._left for j, persons in partition.flows_from(i) if j in self._left
        )
        self._low, self._high = 0, len(self._flows) - 1

    def without(self, place: int) -> None:
        """One member has gone."""
        self._left.discard(place)
        while self._low <= self._high and not self._whole(self._flows[self._low]):
            self._low += 1
        while self._low <= self._high and not self._whole(self._flows[self._high]):
            self._high -= 1

    def least(self) -> float:
        """The lowest validity of any piece: what the area is judged by."""
        return min(self._validities())

    def most(self) -> float:
        """The highest validity of any piece: what must not fall if the area takes in a place."""
        return max(self._validities())

    def _whole(self, flow: Flow) -> bool:
        return flow[1] in self._left and flow[2] in self._left

    def _validities(self) -> Iterable[float]:
        """The extreme validities: for each member, those of the smallest and the largest flow.

        Validity rises (or, far below the minimum size, falls) evenly with the flow, but a flow as
        large as all residents and jobs of a member counts as whole; then its neighbours are needed.
        """
        residents, jobs, of = self._partition.residents, self._partition.jobs, self._thresholds.of
        if self._low > self._high:
            return [0.0]
        smallest, largest = self._flows[self._low][0], self._flows[self._high][0]
        ends = {smallest, largest}
        if any(max(residents[i], jobs[i]) <= largest for i in self._left):
            ends = {f[0] for f in self._flows[self._low : self._high + 1] if self._whole(f)}
        return (of(flow, residents[i], jobs[i]) for i in self._left for flow in ends)
