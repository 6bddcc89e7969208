"""What the events add up to: per municipality and per labour-market region, within a window.

Ranges are added as ranges. An event whose period is only partly inside the window may or
may not have happened inside it, so its range is widened to zero.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tyngdepunkt.analyses.state_jobs.events import EventKind, LedgerEvent

if TYPE_CHECKING:
    from tyngdepunkt.indicators import StateJobEvent
    from tyngdepunkt.places import Places

Window = tuple[dt.date, dt.date]
Span = tuple[float, float]
NOTHING: Span = (0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Effect:
    """The change in state jobs in one municipality or one region.

    Args:
        level: `municipality` or `region`.
        id: municipality number, or region number as text.
        name: its name.
        before: lowest and highest change by the events of the ledger.
        after: the same with the case's own jobs added; None where no case was given.
        events: how many events of the ledger.
        losing: the agencies that took jobs away, the case's own among them.
        warning: whether two or more agencies took jobs away here (R35).
    """

    level: str
    id: str
    name: str
    before: Span
    after: Span | None
    events: int
    losing: tuple[str, ...]
    warning: bool


@dataclass(frozen=True, slots=True)
class PlaceEffect:
    """A municipality and its region side by side, as a case needs them.

    `region` is None in the municipality without a region. `agencies` are those that took
    jobs away in either.
    """

    municipality: Effect
    region: Effect | None

    @property
    def agencies(self) -> tuple[str, ...]:
        """Those that took jobs away in the municipality or its region, sorted."""
        both = {*self.municipality.losing, *(self.region.losing if self.region else ())}
        return tuple(sorted(both))

    @property
    def warning(self) -> bool:
        """Whether several agencies took jobs away in the municipality or its region."""
        return self.municipality.warning or (self.region is not None and self.region.warning)


def inside(event: LedgerEvent, window: Window | None) -> Span | None:
    """The change an event makes within a window; None where it lies outside.

    >>> day = dt.date(2020, 1, 1)
    >>> event = LedgerEvent(EventKind.CLOSED, ("A",), "0301", "Oslo", 3, 5, day, day, "x")
    >>> inside(event, (day, day)), inside(event, (dt.date(2021, 1, 1), dt.date(2022, 1, 1)))
    ((-5, -3), None)
    """
    if window is None:
        return event.change
    start, end = window
    if event.end < start or event.start > end:
        return None
    low, high = event.change
    if start <= event.start and event.end <= end:
        return low, high
    return min(low, 0.0), max(high, 0.0)


def years_before(day: dt.date, years: int) -> dt.date:
    """The same day so many years earlier; 29 February becomes 28 February.

    >>> years_before(dt.date(2024, 2, 29), 1)
    datetime.date(2023, 2, 28)
    """
    year = max(day.year - years, 1)
    try:
        return day.replace(year=year)
    except ValueError:
        return day.replace(year=year, day=28)


def as_state_job_events(
    events: Iterable[LedgerEvent], window: Window | None = None
) -> tuple[StateJobEvent, ...]:
    """The events as the indicators read them: signed, and only what lies within the window."""
    from tyngdepunkt.indicators import StateJobEvent

    found = ((event, inside(event, window)) for event in events)
    return tuple(
        StateJobEvent(
            event.municipality, *change, event.start, event.end, str(event.kind), event.agencies, event.source
        )
        for event, change in found
        if change is not None
    )


def effects(
    events: Sequence[LedgerEvent],
    places: Places,
    window: Window | None = None,
    case_events: Sequence[LedgerEvent] | None = None,
) -> tuple[Effect, ...]:
    """The cumulative change per municipality and region that something happened in.

    Args:
        events: the ledger.
        places: the store, for names and regions.
        window: first and last day; None for everything.
        case_events: what the case itself does, for the change after it. It always counts,
            whatever its date.

    Returns:
        Municipalities by number, then regions by number.
    """
    counted = [event for event in events if inside(event, window) is not None]
    codes = {event.municipality for event in [*counted, *(case_events or ())]}
    regions = {places.municipalities[code].region for code in codes}
    found = [_municipality(code, events, places, window, case_events) for code in sorted(codes)]
    known = sorted(region for region in regions if region is not None)
    return (*found, *(_region(region, events, places, window, case_events) for region in known))


def place_effects(
    codes: Iterable[str],
    events: Sequence[LedgerEvent],
    places: Places,
    window: Window | None = None,
    case_events: Sequence[LedgerEvent] | None = None,
) -> tuple[PlaceEffect, ...]:
    """The effect on each of `codes` and its region, in that order; zero where nothing happened."""
    found = []
    for code in codes:
        region = places.municipalities[code].region
        around = None if region is None else _region(region, events, places, window, case_events)
        found.append(PlaceEffect(_municipality(code, events, places, window, case_events), around))
    return tuple(found)


def _municipality(
    code: str,
    events: Sequence[LedgerEvent],
    places: Places,
    window: Window | None,
    case_events: Sequence[LedgerEvent] | None,
) -> Effect:
    name = places.municipalities[code].name
    return _sum(
        Effect("municipality", code, name, NOTHING, None, 0, (), False), {code}, events, window, case_events
    )


def _region(
    region: int,
    events: Sequence[LedgerEvent],
    places: Places,
    window: Window | None,
    case_events: Sequence[LedgerEvent] | None,
) -> Effect:
    members = set(places.regions[region].members)
    empty = Effect("region", str(region), places.regions[region].name, NOTHING, None, 0, (), False)
    return _sum(empty, members, events, window, case_events)


def _sum(
    empty: Effect,
    codes: set[str],
    events: Sequence[LedgerEvent],
    window: Window | None,
    case_events: Sequence[LedgerEvent] | None,
) -> Effect:
    here = [(event, inside(event, window)) for event in events if event.municipality in codes]
    counted = [(event, change) for event, change in here if change is not None]
    own = [(event, event.change) for event in case_events or () if event.municipality in codes]
    before = _total(change for _, change in counted)
    after = None if case_events is None else _total([before, *(change for _, change in own)])
    losing = sorted({name for event, change in [*counted, *own] if change[0] < 0 for name in event.agencies})
    kinds = len({name.casefold() for name in losing})
    return replace(
        empty, before=before, after=after, events=len(counted), losing=tuple(losing), warning=kinds > 1
    )


def _total(changes: Iterable[Span]) -> Span:
    low, high = 0.0, 0.0
    for change in changes:
        low, high = low + change[0], high + change[1]
    return low, high


def case_event(agency: str, code: str, change: Span, day: dt.date) -> LedgerEvent | None:
    """What a case does to one place, as an event; None where it changes nothing or may go either way."""
    low, high = change
    if low < 0 < high or low == high == 0:
        return None
    kind = EventKind.MOVED_IN if high > 0 else EventKind.MOVED_OUT
    smallest, largest = sorted((abs(low), abs(high)))
    return LedgerEvent(kind, (agency,), code, code, smallest, largest, day, day, "")
