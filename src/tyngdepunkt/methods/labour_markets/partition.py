"""The state of a delineation under way: who is where, kept up to date as places move one by one.

Every move costs only the place's own flows: sums of areas, and how much of each member's inflow
comes from its own area, are changed and never computed anew. Whole persons add exactly in floating
point, so the sums are those a fresh count would give.
"""

from __future__ import annotations

import numpy as np

from tyngdepunkt.methods.labour_markets.flows import Flows
from tyngdepunkt.methods.validation import Ints

RESERVE = -1
Linked = tuple[dict[int, float], dict[int, float]]


class Partition:
    """Places in areas; at first each place is an area of its own.

    Args:
        flows: between places that all have residents and jobs.

    Attributes:
        area: area of each place, or `RESERVE`.
        members: the places of each area.
        living: employed residents of each area; `working`, `inside` likewise.
    """

    def __init__(self, flows: Flows) -> None:
        n = flows.places
        out, back = flows.matrix, flows.inward
        self._out = (out.indptr.tolist(), out.indices, out.data)
        self._back = (back.indptr.tolist(), back.indices, back.data)
        self.area = list(range(n))
        self.members: list[set[int]] = [{i} for i in range(n)]
        self.residents: list[float] = flows.living.tolist()
        self.jobs: list[float] = flows.working.tolist()
        self.living = list(self.residents)
        self.working = list(self.jobs)
        self.inside: list[float] = flows.within.tolist()
        self.own: list[float] = list(self.inside)
        self._home_fed: list[float] = list(self.inside)  # inflow from the place's own area

    def flows_from(self, place: int) -> zip[tuple[int, float]]:
        """Where those who live in a place work, with how many.

        Returns:
            Pairs of position and persons; the place itself is among them where its residents work there.
        """
        start, columns, values = self._out
        a, b = start[place], start[place + 1]
        return zip(columns[a:b].tolist(), values[a:b].tolist(), strict=True)

    def flows_to(self, place: int) -> zip[tuple[int, float]]:
        """Where those who work in a place live, with how many.

        Returns:
            Pairs of position and persons; the place itself is among them where its residents work there.
        """
        start, rows, values = self._back
        a, b = start[place], start[place + 1]
        return zip(rows[a:b].tolist(), values[a:b].tolist(), strict=True)

    def linked(self, place: int) -> Linked:
        """The commuters between a place and each area, those within the place itself left out.

        Args:
            place: position.

        Returns:
            Area → persons who live in the place and work there; and area → persons who live there and work
            in the place. Areas without such persons are left out.
        """
        area = self.area
        there: dict[int, float] = {}
        for other, persons in self.flows_from(place):
            if other != place:
                there[area[other]] = there.get(area[other], 0.0) + persons
        back: dict[int, float] = {}
        for other, persons in self.flows_to(place):
            if other != place:
                back[area[other]] = back.get(area[other], 0.0) + persons
        return there, back

    def most_outward(self, area: int) -> int:
        """The member with most commuting over borders; the lowest position of those that tie.

        Counted: those who come to work in it from outside the area, and its own residents who work
        anywhere else than in the place itself.
        """
        fed, own = self._home_fed, self.own
        return max(
            self.members[area],
            key=lambda i: (self.jobs[i] - fed[i] + self.residents[i] - own[i], -i),
        )

    def most_cohesive(self, place: int, linked: Linked) -> int | None:
        """The area that a place is most closely tied to, its own area and the reserve left out.

        The measure is f(p, a)² / (R_p W_a) + f(a, p)² / (R_a W_p), with f persons, R employed residents and
        W jobs (Smart 1974). Of areas that tie, one from which nobody commutes to the place is preferred; then
        the one with the highest number.

        Args:
            place: position.
            linked: what `linked` gives for the place.

        Returns:
            The area; None where the place has no commuters to or from another area.
        """
        there, back = linked
        home, residents, jobs = self.area[place], self.residents[place], self.jobs[place]
        living, working = self.living, self.working
        best: tuple[float, bool, int] | None = None
        for area in there.keys() | back.keys():
            if area in (home, RESERVE):
                continue
            goes, comes = there.get(area, 0.0), back.get(area, 0.0)
            strength = comes / living[area] * comes / jobs + goes / residents * goes / working[area]
            found = (strength, comes == 0, area)
            if best is None or found > best:
                best = found
        return None if best is None else best[2]

    def joined(self, place: int, area: int, linked: Linked) -> tuple[float, float, float]:
        """Inside, living and working of an area with one more place in it.

        Args:
            place: position.
            area: the area it would join.
            linked: what `linked` gives for the place.

        Returns:
            Persons who live and work there, who live there, and who work there.
        """
        more = linked[0].get(area, 0.0) + linked[1].get(area, 0.0) + self.own[place]
        return (
            self.inside[area] + more,
            self.living[area] + self.residents[place],
            self.working[area] + self.jobs[place],
        )

    def move(self, place: int, target: int, linked: Linked) -> None:
        """Move a place to an area, or to the reserve."""
        source = self.area[place]
        if source != RESERVE:
            self.inside[source] -= linked[0].get(source, 0.0) + linked[1].get(source, 0.0) + self.own[place]
            self.living[source] -= self.residents[place]
            self.working[source] -= self.jobs[place]
            self.members[source].discard(place)
        if target != RESERVE:
            joined = self.joined(place, target, linked)
            self.inside[target], self.living[target], self.working[target] = joined
            self.members[target].add(place)
        area, fed = self.area, self._home_fed
        for other, persons in self.flows_from(place):
            if area[other] == source:
                fed[other] -= persons
            elif area[other] == target:
                fed[other] += persons
        area[place] = target
        fed[place] = self.own[place] + linked[1].get(target, 0.0)

    def labels(self) -> Ints:
        """(places,) area of each place, `RESERVE` for those in the reserve."""
        return np.array(self.area, dtype=np.int64)
