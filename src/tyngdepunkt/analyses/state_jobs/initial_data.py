"""Decisions on where to put state jobs, 2005-2016, from the snapshot, as events.

The press pages they come from say where jobs were established or moved to, and not which of
the two; for the sum over a place it makes no difference.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from tyngdepunkt.analyses.state_jobs.events import EventKind, LedgerEvent, Row
from tyngdepunkt.errors import UserError
from tyngdepunkt.inputs.dates import period

if TYPE_CHECKING:
    from tyngdepunkt.places import Places

COLUMNS = ("agency", "place", "municipality", "period_from", "period_to", "jobs_low", "jobs_high", "source")


def decision_rows(places: Places) -> tuple[tuple[Row, ...], str]:
    """The decisions as rows, and a checksum of them. Rows without place or jobs are left out."""
    raw = sorted(places.rows("location_decision", COLUMNS), key=str)
    rows = []
    for at, (agency, place, code, first, last, low, high, source) in enumerate(raw, start=1):
        if code is None or low is None:
            continue
        try:
            days = period([first, last if last is not None else first])
        except UserError:  # the page gave no time
            continue
        jobs = (float(low), float(high if high is not None else low))
        booked = LedgerEvent(EventKind.ESTABLISHED, (agency,), code, place, *jobs, *days, source)
        rows.append(Row(f"row {at}", booked))
    return tuple(rows), hashlib.sha256(repr(raw).encode()).hexdigest()
