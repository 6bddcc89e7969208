"""Events that were booked by the municipalities of another year, carried to those of the figures in use."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from tyngdepunkt.errors import Faults, UserError

if TYPE_CHECKING:
    from tyngdepunkt.analyses.state_jobs.events import LedgerEvent
    from tyngdepunkt.places import Places

ROOM = "analyses.state_jobs"


def code_today(code: str, places: Places) -> str | None:
    """The number that a booked number has become; None where it is split, or is none of these figures."""
    if code in places.municipalities:
        return code
    try:
        return places.resolve(code).municipality.code
    except UserError:
        return None


def events_today(events: Iterable[LedgerEvent], places: Places) -> tuple[LedgerEvent, ...]:
    """The events with the numbers of the figures in use.

    Raises:
        UserError: where an event belongs cannot be told from its number; each such place once.
    """
    today = cache(lambda code: code_today(code, places))
    faults, told, found = Faults(), set(), []
    for event in events:
        code = today(event.municipality)
        if code is not None:
            found.append(event if code == event.municipality else replace(event, municipality=code))
        elif event.municipality not in told:
            told.add(event.municipality)
            faults.add(f"{ROOM}:place_gone", place=event.place, code=event.municipality)
    faults.raise_if_any()
    return tuple(found)


def name_today(event: LedgerEvent, places: Places) -> str:
    """The municipality's name in the figures in use; where it has none, the place as it was written."""
    code = code_today(event.municipality, places)
    return places.municipalities[code].name if code else event.place
