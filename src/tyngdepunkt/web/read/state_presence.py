"""What is known of the state at a place: its offices as they were, and decisions to put jobs there."""

from __future__ import annotations

from collections import Counter

from tyngdepunkt.places import Places
from tyngdepunkt.web.answers.places import Decision, Offices, OfficeType, StateEntity, StateWorkplaces

_DECISION = ("agency", "place", "period_from", "period_to", "jobs_low", "jobs_high", "source")


def offices(places: Places, code: str) -> Offices | None:
    """State offices in a municipality; None where the snapshot has no register of them."""
    if not places.has("state_office"):
        return None
    found: dict[str, list[str]] = {}
    year = max(places.years("state_office"), default=0)
    for kind, name in places.rows("state_office", ("type", "name"), municipality=code, year=year):
        found.setdefault(kind or "", []).append(name)
    types = sorted(found.items(), key=lambda one: (-len(one[1]), one[0]))
    kinds = [OfficeType(kind or None, names) for kind, names in types]
    return Offices(year, sum(len(kind.names) for kind in kinds), kinds)


def workplaces(places: Places, code: str) -> StateWorkplaces | None:
    """Workplaces of the state in a municipality today; None where none have been fetched."""
    days = places.rows("state_workplace", ("day",)) if places.has("state_workplace") else []
    if not days:
        return None
    found = Counter(name for (name,) in places.rows("state_workplace", ("name",), municipality=code))
    entities = [StateEntity(name, count) for name, count in sorted(found.items())]
    return StateWorkplaces(days[0][0], found.total(), entities)


def decisions(places: Places, code: str) -> tuple[Decision, ...]:
    """Decisions that put state jobs in a municipality, the newest first."""
    if not places.has("location_decision"):
        return ()
    found = [Decision(*row) for row in places.rows("location_decision", _DECISION, municipality=code)]
    return tuple(sorted(found, key=lambda one: (-(one.period_to or 0), one.agency)))
