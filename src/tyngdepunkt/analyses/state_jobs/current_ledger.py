"""The events of the ledger that is kept here, for a case that brings no ledger of its own."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from tyngdepunkt import settings

if TYPE_CHECKING:
    from tyngdepunkt.analyses.state_jobs.events import LedgerEvent
    from tyngdepunkt.analyses.state_jobs.store import Ledger

_SQLITE = "sqlite:///"


def kept_events() -> tuple[LedgerEvent, ...]:
    """Every event that holds in the transactional database; empty where none is booked.

    Raises:
        UserError: `workspace:no_database` where the database cannot be used.
    """
    ledger = _ledger()
    return tuple(each.record for each in ledger.booked()) if ledger else ()


def kept_mark() -> tuple[int, ...]:
    """A mark of all that is booked: imports and undoings are only ever added, so the last one tells."""
    ledger = _ledger()
    return (ledger.last_import(),) if ledger else ()


def _ledger() -> Ledger | None:
    """The ledger of this installation; None where there is no database yet."""
    url = settings.database_url()
    file = Path(url.removeprefix(_SQLITE)) if url.startswith(_SQLITE) else None
    if file is not None and not file.exists():
        return None  # before SQLAlchemy is imported: most cases are read where nothing is booked
    return _opened(url)


@cache
def _opened(url: str) -> Ledger:
    """The ledger, opened once for each address: readers that open and close it all the time lock it.

    The last connection to go takes the whole file for itself to write its log back. What is booked is
    read anew each time.
    """
    from tyngdepunkt.analyses.state_jobs.store import Ledger

    return Ledger(url)
