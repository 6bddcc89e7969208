"""Which drawn roads are open, and the reasons for what looks wrong in the computed times.

`openings.yaml` holds what was looked up, with its source. The road data draws some roads years
before they open, so nothing in it can be trusted to be open because it is drawn.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

WITHIN = 300.0  # metres an end may lie off
LENGTH = 0.1  # share the length may differ by

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class DrawnLink:
    """A road link as it is drawn: what it is known by.

    Args:
        link: its number in the table.
        category, number, medium: E39 in a tunnel is `E`, 39, `tunnel`.
        km: length.
        ends: first and last point, EPSG:25833 metres.
        dated: when the link was last changed in the source; None where it is not said.
    """

    link: int
    category: str
    number: int | None
    medium: str | None
    km: float
    ends: tuple[Point, Point]
    dated: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Road:
    """A road that was looked up.

    Args:
        name: what it is called.
        links: how its links are recognised.
        opened: the day, month or year it opened (`2022-10-31`, `2024-02`, `2012`), or empty.
        opens: when it is expected to open, or empty.
        source: where that stands; empty where nothing was found.
    """

    name: str
    links: tuple[Mapping[str, Any], ...]
    opened: str = ""
    opens: str = ""
    source: str = ""

    @property
    def checked(self) -> bool:
        """Whether something was found about when it opened or will open."""
        return bool((self.opened or self.opens) and self.source)

    def is_open(self, day: dt.date) -> bool:
        """Whether it is open on a day: what is expected to open is closed until it has opened."""
        if self.opened:
            return self.opened <= day.isoformat()[: len(self.opened)]
        return not self.opens

    def holds(self, link: DrawnLink) -> bool:
        """Whether a drawn link is one of this road's."""
        return any(_same(link, known) for known in self.links)


@dataclass(frozen=True, slots=True)
class Airport:
    """An airport that was looked up; `scheduled` is None where the file's own word stands unchecked."""

    name: str
    source: str
    scheduled: bool | None = None
    reason: str = ""
    found: str = ""


@dataclass(frozen=True, slots=True)
class Openings:
    """Everything in `openings.yaml`.

    Args:
        checked: the day it was looked up.
        roads, airports: what was looked up.
        short_times: pairs of municipalities whose computed time may be below half of the printed one,
            with the reason.
        parallel_ferries: (category, number, quays) of ferries that may run parallel to a road of the
            same number, with the reason.
    """

    checked: dt.date
    roads: tuple[Road, ...]
    airports: tuple[Airport, ...] = ()
    short_times: Mapping[frozenset[str], str] = field(default_factory=dict)
    parallel_ferries: tuple[tuple[int, tuple[Point, ...], str], ...] = ()

    def closed(self, links: Sequence[DrawnLink], day: dt.date) -> list[tuple[DrawnLink, Road]]:
        """The drawn links that are not open on a day."""
        shut = [road for road in self.roads if not road.is_open(day)]
        return [(link, road) for link in links for road in shut if road.holds(link)]

    def unchecked(
        self, links: Sequence[DrawnLink], above: float, after: dt.date
    ) -> list[tuple[DrawnLink, str]]:
        """Long tunnels changed since a day whose opening was not found, with the name they have here."""
        return [
            (link, road.name if road else "")
            for link in links
            if link.medium == "tunnel" and link.km >= above and link.dated and link.dated > after
            for road in [next((road for road in self.roads if road.holds(link)), None)]
            if road is None or not road.checked
        ]

    def excuses_ferry(self, number: int, quays: Sequence[Point]) -> bool:
        """Whether a ferry between such quays of such a road number has a written reason."""
        return any(
            number == known and all(any(_near(quay, place) for place in places) for quay in quays)
            for known, places, reason in self.parallel_ferries
            if reason
        )


def _same(link: DrawnLink, known: Mapping[str, Any]) -> bool:
    plain = (link.category, link.number, link.medium)
    if plain != (known["category"], known["number"], known["medium"]):
        return False
    if abs(link.km - known["km"]) > LENGTH * known["km"]:
        return False
    (a, b), (c, d) = link.ends, known["ends"]
    return (_near(a, c) and _near(b, d)) or (_near(a, d) and _near(b, c))


def _near(one: Sequence[float], other: Sequence[float]) -> bool:
    return (one[0] - other[0]) ** 2 + (one[1] - other[1]) ** 2 <= WITHIN**2


@cache
def openings() -> Openings:
    """What was looked up."""
    from tyngdepunkt.texts import read_yaml

    return read_openings(read_yaml("tyngdepunkt.places", "openings.yaml"))


def read_openings(content: Mapping[str, Any]) -> Openings:
    """Openings from the content of an `openings.yaml`."""
    return Openings(
        checked=dt.date.fromisoformat(str(content["checked"])),
        roads=tuple(Road(**{**entry, "links": tuple(entry["links"])}) for entry in content["roads"]),
        airports=tuple(Airport(**entry) for entry in content.get("airports", ())),
        short_times={
            frozenset(entry["municipalities"]): entry["reason"] for entry in content.get("short_times", ())
        },
        parallel_ferries=tuple(
            (entry["number"], tuple(map(tuple, entry["quays"])), entry["reason"])
            for entry in content.get("parallel_ferries") or ()
        ),
    )
