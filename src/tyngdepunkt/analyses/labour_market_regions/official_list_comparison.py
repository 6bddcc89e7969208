"""Today's regions against the official list: who would change, and what the change rests on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from tyngdepunkt.analyses.labour_market_regions.assess import Delineated
from tyngdepunkt.analyses.labour_market_regions.norwegian_commuting import Norway, Printed
from tyngdepunkt.methods.labour_markets.centre_rules import Limits, Ruling, Tie, ground_of
from tyngdepunkt.methods.validation import Floats

Reason = Literal[
    "contiguity",
    "other_mode",
    "commuting_changed",
    "stronger_centre",
    "commuting_rose",
    "travel_time",
    "rule_met",
    "own_division",
    "no_centre",
]

LIST_YEAR = 2017
"""The year whose commuting and population give the figures printed in the list: half within 0.05 points."""


@dataclass(frozen=True, slots=True)
class Change:
    """How the commuting of a municipality to its centre in the list has changed since the list.

    Args:
        place: position.
        out_then: printed out-commuting, per cent.
        out_now: today's.
        back_then: printed in-commuting, per cent.
        back_now: today's.
    """

    place: int
    out_then: float
    out_now: float
    back_then: float
    back_now: float


@dataclass(frozen=True, slots=True)
class Difference:
    """A municipality that is in another region than in the list.

    Args:
        place: position.
        region_then: number of its region in the list.
        region_now: number, in the list, of the region of the centre it joins now; None where the
            region is new.
        printed: its row in the list.
        now: today's ruling.
        tie_then: today's tie to its centre in the list, or None where it had none.
        reason: what the change rests on (see the texts of this room).
    """

    place: int
    region_then: int
    region_now: int | None
    printed: Printed
    now: Ruling
    tie_then: Tie | None
    reason: Reason


@dataclass(frozen=True, slots=True)
class Comparison:
    """Today's regions against the list.

    Args:
        regions_then: how many regions the list has.
        same_region: municipalities that are in the same region as in the list.
        same_ground: municipalities with the same ground; centres and regions of their own are alike.
        differences: the others.
        changes: commuting to the centre of the list, then and now.
        judged: municipalities that were compared; those whose centre in the list is missing were not.
    """

    regions_then: int
    same_region: int
    same_ground: int
    differences: tuple[Difference, ...]
    changes: tuple[Change, ...]
    judged: int


def compare(found: Delineated, country: Norway, earlier: Norway | None = None) -> Comparison:
    """Hold regions found by the rules against the official list.

    Args:
        found: by `ba`.
        country: with the printed list.
        earlier: the year the list was made from. With it a municipality that joins a centre only now can
            be told from one that would have joined it then but for the travel time.
    """
    codes = country.commuting.places
    ties = _Ties(country)
    earlier = country if country.year == LIST_YEAR else earlier
    before = None if earlier is None else _Ties(earlier)
    printed = [country.printed[code] for code in codes]
    differences, same_ground = [], 0
    unjudged = frozenset(country.unjudged)
    for i, row in enumerate(printed):
        if i in unjudged:
            continue
        now = found.rulings[i]
        centre = not row.joined and now.ground in ("S", "S2", "R")
        same_ground += centre or now.ground == row.ground
        region_now = _region_now(i, found, printed)
        if region_now != row.region:
            tie = ties.to_centre(i, row)
            reason = _reason(i, row, (now, tie), found, before)
            differences.append(Difference(i, row.region, region_now, row, now, tie, reason))
    return Comparison(
        regions_then=len({row.region for row in printed}),
        same_region=len(codes) - len(unjudged) - len(differences),
        same_ground=same_ground,
        differences=tuple(differences),
        changes=tuple(each for each in _changes(printed, ties) if each.place not in unjudged),
        judged=len(codes) - len(unjudged),
    )


def _region_now(place: int, found: Delineated, printed: list[Printed]) -> int | None:
    """The list's number for the region a municipality is in now: that of the region's centre.

    None where it has become a region of its own though the list has it in a larger one.
    """
    centre = int(found.labels[place])
    if centre >= len(printed):
        return None
    alone = centre == place and found.rulings[place].ground == "R"
    return None if alone and printed[place].joined else printed[centre].region


def _reason(
    place: int,
    row: Printed,
    today: tuple[Ruling, Tie | None],
    found: Delineated,
    before: _Ties | None,
) -> Reason:
    now, tie = today
    if place in found.shifted:
        return "own_division"
    if row.ground == "X":
        return "contiguity"
    if row.joined:
        if tie is None:
            return "no_centre"
        if row.ground == "A90" and now.ground == "R":
            return "other_mode"
        return "stronger_centre" if ground_of(tie, Limits()) else "commuting_changed"
    if now.centre is None or before is None:
        return "rule_met"
    return "travel_time" if ground_of(before.to(place, (now.centre,)), Limits()) else "commuting_rose"


def _changes(printed: list[Printed], ties: _Ties) -> list[Change]:
    found = []
    for i, row in enumerate(printed):
        tie = ties.to_centre(i, row)
        if row.joined and tie is not None and row.out is not None and row.back is not None:
            found.append(Change(i, row.out, tie.out, row.back, tie.back))
    return found


class _Ties:
    """Ties of municipalities to centres of the list."""

    def __init__(self, country: Norway) -> None:
        self._flows = country.commuting.flows
        self._minutes: Floats = country.minutes
        self._base: Floats = country.base
        codes = country.commuting.places
        self._centres = {country.printed[codes[group[0]]].region: group for group in country.centres}
        self._joint = {place: group for group in country.centres for place in group}

    def to_centre(self, place: int, row: Printed) -> Tie | None:
        """To the centre of its region in the list, or None where it is itself the centre."""
        group = self._centres.get(row.region)
        return None if group is None or place in group else self.to(place, group)

    def to(self, place: int, group: tuple[int, ...]) -> Tie:
        """To a centre, with all that are joint with it."""
        group = self._joint.get(group[0], group)
        persons = float(sum(self._flows.matrix[place, j] for j in group))
        whole = list(group)
        return Tie(
            100 * persons / float(self._base[place]),
            100 * persons / float(self._base[whole].sum()),
            float(self._minutes[place, whole].min()),
        )
