"""What is known of the state at a place: its offices as they were, and decisions to put jobs there."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from tyngdepunkt.places import Places

_DECISION = ("agency", "place", "period_from", "period_to", "jobs_low", "jobs_high", "source")


@dataclass(frozen=True, slots=True)
class Offices:
    """State offices as they were in a year: how many of each type, and their names."""

    year: int
    types: tuple[tuple[str, tuple[str, ...]], ...]

    @property
    def count(self) -> int:
        """How many in all."""
        return sum(len(names) for _, names in self.types)

    def as_json(self) -> dict[str, Any]:
        """The offices for a program."""
        types = [{"type": kind or None, "names": list(names)} for kind, names in self.types]
        return {"year": self.year, "count": self.count, "types": types}


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision to put state jobs at a place, as it is printed; jobs are a range, None where unknown."""

    agency: str
    place: str
    period_from: int | None
    period_to: int | None
    jobs_low: float | None
    jobs_high: float | None
    source: str

    def as_json(self) -> dict[str, Any]:
        """The decision for a program."""
        return asdict(self)


def offices(places: Places, code: str) -> Offices | None:
    """State offices in a municipality; None where the snapshot has no register of them."""
    if not places.has("state_office"):
        return None
    found: dict[str, list[str]] = {}
    year = max(places.years("state_office"), default=0)
    for kind, name in places.rows("state_office", ("type", "name"), municipality=code, year=year):
        found.setdefault(kind or "", []).append(name)
    types = sorted(found.items(), key=lambda one: (-len(one[1]), one[0]))
    return Offices(year, tuple((kind, tuple(names)) for kind, names in types))


def decisions(places: Places, code: str) -> tuple[Decision, ...]:
    """Decisions that put state jobs in a municipality, the newest first."""
    if not places.has("location_decision"):
        return ()
    found = [Decision(*row) for row in places.rows("location_decision", _DECISION, municipality=code)]
    return tuple(sorted(found, key=lambda one: (-(one.period_to or 0), one.agency)))
