"""Regions around centres, by commuting and travel time: the rules of the Norwegian division of 2020.

A place joins a centre when enough of its people work there and the way is not too long. The rules
are read out of the ground printed for every municipality in the ministry's list of 159 regions
(Gundersen, Holmen and Hansen 2019, Institute of Transport Economics, report 1713/2019); the report's
own wording has not been available.

Out-commuting is the persons who live in the place and work in the centre, in per cent of the place's
base; in-commuting is the *same* persons in per cent of the centre's base. So a centre that is small
beside the place counts for more. In the printed list the base is the population of 20 to 66 years.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

import numpy as np

from tyngdepunkt.methods.labour_markets.flows import Flows
from tyngdepunkt.methods.validation import Floats, Ints

Ground = Literal["S", "S2", "R", "U8", "T75", "T45+", "T45", "T30", "A90"]


class Tie(NamedTuple):
    """How a place is tied to a centre.

    Attributes:
        out: per cent of the place's base who work in the centre.
        back: the same persons in per cent of the centre's base.
        minutes: travel time to the centre's nearest place; infinite where it is not known.
    """

    out: float
    back: float
    minutes: float

    @property
    def both(self) -> float:
        """Out-commuting and in-commuting together."""
        return self.out + self.back


@dataclass(frozen=True, slots=True)
class Limits:
    """Where the rules draw the line. The defaults are those of 2020; all limits are exclusive.

    Args:
        out: per cent out-commuting that is enough within `far`.
        both: per cent out- and in-commuting together that is enough within `far`.
        both_near: per cent together that is enough within `near`.
        far: minutes.
        near: minutes.
        beside: minutes within which no commuting is asked for.
        other_mode: minutes that take the place of `far` where one travels otherwise than by car.
    """

    out: float = 8
    both: float = 8
    both_near: float = 6
    far: float = 75
    near: float = 45
    beside: float = 30
    other_mode: float = 90


class Ruling(NamedTuple):
    """Why a place is where it is.

    Attributes:
        ground: `S` centre, `S2` joint centre, `R` a region of its own (others may have joined it), `U8`
            out-commuting, `T75` and `T45+` sum of out- and in-commuting, `T45` a lower sum at a shorter
            way, `T30` a very short way, `A90` commuting by another mode of travel than car.
        tie: to the centre it joined, or, for one that joined none, to the centre it is most tied to; None
            where it commutes to none.
        centre: the first place of that centre, or None.
    """

    ground: Ground
    tie: Tie | None
    centre: int | None


@dataclass(frozen=True, slots=True)
class Regions:
    """Regions by the rules.

    Args:
        labels: (places,) region of each place, named by the position of its centre.
        rulings: (places,) why.
    """

    labels: Ints
    rulings: tuple[Ruling, ...]


def ground_of(tie: Tie, limits: Limits, other_mode: bool = False) -> Ground | None:
    """The rule by which a tie is enough, or None.

    Args:
        tie: of a place to a centre.
        limits: where the rules draw the line.
        other_mode: whether one travels there by boat or otherwise than by car.
    """
    if tie.minutes >= limits.far:
        enough = tie.out > limits.out or tie.both > limits.both
        return "A90" if other_mode and enough and tie.minutes < limits.other_mode else None
    if tie.out > limits.out:
        return "U8"
    near = tie.minutes < limits.near
    if tie.both > limits.both:
        return "T45+" if near else "T75"
    if near and tie.both > limits.both_near:
        return "T45"
    return "T30" if tie.minutes < limits.beside else None


def join_centres(
    flows: Flows,
    minutes: Floats,
    base: Floats,
    centres: Sequence[Sequence[int]] = (),
    *,
    limits: Limits | None = None,
    other_mode: Collection[tuple[int, int]] = (),
) -> Regions:
    """Regions around centres.

    Every place that is no centre is tried against the given centres and joins the one, of those that
    a rule allows, where most of its people work. Those left are tried from the one with most jobs
    downwards against each other: each joins a larger one if a rule allows, else it is a region of its
    own, which smaller ones may join. Without given centres all regions come about in this way.

    Args:
        flows: between all places.
        minutes: (places, places) travel time, infinite or not a number where it is not known.
        base: (places,) persons the percentages are of, above 0.
        centres: places that are centres; several in one where they are a centre together.
        limits: where the rules draw the line.
        other_mode: pairs of a place and the first place of a centre it is tied to by boat or otherwise.

    Raises:
        ValueError: shapes that do not fit, a base that is not above 0, or a place in two centres.
    """
    given = _given(flows.places, minutes, base, centres)
    times = np.where(np.isnan(minutes), np.inf, minutes)
    ground = _Ground(flows, times, base, limits or Limits(), frozenset(other_mode))
    rulings: dict[int, Ruling] = {}
    first, own = _Centres(), _Centres()
    for group in centres:
        first.add(group)
        rulings |= {place: Ruling("S2" if len(group) > 1 else "S", None, group[0]) for place in group}
    rest = [place for place in range(flows.places) if place not in given]
    closest = {place: ground.ruling(place, first) for place in rest}
    rulings |= {place: ruling for place, ruling in closest.items() if ruling.ground != "R"}
    left = [place for place in rest if place not in rulings]
    for place in sorted(left, key=lambda i: (-flows.working[i], i)):
        rulings[place] = ground.ruling(place, own)
        if rulings[place].ground == "R":
            own.add((place,))
            rulings[place] = max(rulings[place], closest[place], key=_strength)
    settled = tuple(rulings[place] for place in range(flows.places))
    centre = [i if r.ground == "R" or r.centre is None else r.centre for i, r in enumerate(settled)]
    return Regions(np.array(centre, dtype=np.int64), settled)


def _given(places: int, minutes: Floats, base: Floats, centres: Sequence[Sequence[int]]) -> set[int]:
    """The places that are centres, once what was given is found to fit."""
    if minutes.shape != (places, places) or base.shape != (places,) or not (base > 0).all():
        raise ValueError("minutes must be (places, places) and base (places,), above 0")
    given = {place for group in centres for place in group}
    if len(given) != sum(map(len, centres)):
        raise ValueError("a place can be in one centre only")
    return given


def _strength(ruling: Ruling) -> float:
    return -1.0 if ruling.tie is None else ruling.tie.both


class _Centres:
    """Centres a place can be tried against, each named by its first place."""

    def __init__(self) -> None:
        self.places: dict[int, tuple[int, ...]] = {}
        self.of: dict[int, int] = {}

    def add(self, group: Sequence[int]) -> None:
        """One more centre."""
        self.places[group[0]] = tuple(group)
        self.of.update(dict.fromkeys(group, group[0]))


@dataclass(frozen=True, slots=True)
class _Ground:
    """What the rulings rest on."""

    flows: Flows
    minutes: Floats
    base: Floats
    limits: Limits
    other_mode: frozenset[tuple[int, int]]

    def ruling(self, place: int, centres: _Centres) -> Ruling:
        """The centre a place joins: of those a rule allows, the one where most of its people work.

        Where no rule allows any, `R`, with the centre the place is most tied to.
        """
        best: tuple[tuple[bool, float, float, int], Ruling] | None = None
        for centre, tie in self._ties(place, centres):
            ground = ground_of(tie, self.limits, (place, centre) in self.other_mode)
            rank = (ground is not None, tie.out if ground else tie.both, -tie.minutes, -centre)
            if best is None or rank > best[0]:
                best = rank, Ruling(ground or "R", tie, centre)
        return best[1] if best else Ruling("R", None, None)

    def _ties(self, place: int, centres: _Centres) -> Iterator[tuple[int, Tie]]:
        """The place's tie to every centre it commutes to, or that lies very near."""
        matrix, persons = self.flows.matrix, dict[int, float]()
        start, end = matrix.indptr[place : place + 2]
        row = zip(matrix.indices[start:end].tolist(), matrix.data[start:end].tolist(), strict=True)
        for other, many in row:
            if other in centres.of:
                centre = centres.of[other]
                persons[centre] = persons.get(centre, 0.0) + many
        for other in np.flatnonzero(self.minutes[place] < self.limits.beside).tolist():
            if other in centres.of:
                persons.setdefault(centres.of[other], 0.0)
        for centre, many in persons.items():
            group = list(centres.places[centre])
            out = 100 * many / float(self.base[place])
            back = 100 * many / float(self.base[group].sum())
            yield centre, Tie(out, back, float(self.minutes[place, group].min()))
