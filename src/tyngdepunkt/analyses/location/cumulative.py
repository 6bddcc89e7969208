"""What the ledger says of the places of a case, before it and after it (R2, R35).

"After" means: if this alternative is chosen; where a place is part of several, from the lowest
to the highest of them. A place the jobs leave loses them whichever alternative is chosen.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tyngdepunkt.analyses.location.answer import LedgerEffect
from tyngdepunkt.analyses.location.indicator_values import UNCHANGED
from tyngdepunkt.figures import Source, phrase
from tyngdepunkt.places.names import norwegian

if TYPE_CHECKING:
    from tyngdepunkt.analyses.location.input.model import LocationCase, Span
    from tyngdepunkt.analyses.state_jobs.events import LedgerEvent
    from tyngdepunkt.places import Places


@dataclass(frozen=True, slots=True)
class Effects:
    """Effects per place; `ledger` and `window` are None where the case has no ledger."""

    ledger: tuple[LedgerEffect, ...] | None
    window: tuple[dt.date, dt.date] | None
    sources: tuple[Source, ...]


def effects_of(case: LocationCase, places: Places) -> Effects:
    """Cumulative effects for every place of the case."""
    if case.ledger is None:
        return Effects(None, None, ())
    found = tuple(_effect(case, places, code, change) for code, change in sorted(_changes(case).items()))
    return Effects(found, case.window, (_source(case),))


def _effect(case: LocationCase, places: Places, code: str, change: Span | None) -> LedgerEffect:
    from tyngdepunkt.analyses.state_jobs.effect import place_effects

    own = None if change is None else _own_events(case, code, change)
    (both,) = place_effects([code], case.ledger or (), places, case.window, own)
    around, covers, nothing = both.region or both.municipality, case.ledger_covers, (0.0, 0.0)
    low, high = both.municipality.before
    booked = both.municipality.before != nothing or around.before != nothing
    return LedgerEffect(
        place=code,
        name=norwegian(both.municipality.name),
        region_name=norwegian(around.name) if both.region else "",
        municipality=both.municipality.before,
        region_change=around.before,
        after_case=None if change is None else (low + change[0], high + change[1]),
        agencies=both.agencies,
        warning=both.warning,
        known=booked or (covers is not None and covers.holds(code, case.window)),
    )


def _own_events(case: LocationCase, code: str, change: Span) -> list[LedgerEvent]:
    from tyngdepunkt.analyses.state_jobs.effect import case_event

    event = case_event(case.unit.agency or case.unit.name, code, change, case.date)
    return [event] if event else []


def _changes(case: LocationCase) -> dict[str, Span | None]:
    """Every place of the case, and what it does there; None where the number of jobs is unknown."""
    changes: dict[str, Span | None] = {}
    for alternative in sorted(case.alternatives, key=lambda each: each.kind in UNCHANGED):
        for part, share in zip(alternative.parts, alternative.shares, strict=True):
            change = part.change(share, case.unit.total_jobs, alternative.is_offices)
            change = (0.0, 0.0) if alternative.kind in UNCHANGED else change
            changes[part.code] = _either(changes.get(part.code, change), change)
    for leaving in case.moved_from:
        changes[leaving.code] = None if leaving.jobs is None else (-leaving.jobs[1], -leaving.jobs[0])
    return changes


def _either(first: Span | None, second: Span | None) -> Span | None:
    """From the lowest to the highest of two changes."""
    if first is None or second is None:
        return None
    return (min(first[0], second[0]), max(first[1], second[1]))


def _source(case: LocationCase) -> Source:
    start, end = case.window
    reference = case.ledger_file or "ledger"
    period = f"{start.isoformat()}–{end.isoformat()}"
    asked = phrase("indicators:query.ledger_window")
    return Source("ledger", "", case.unit.name, reference, "", period, "", asked=asked)
