"""The events of the ledger that is kept here, for a case that brings no ledger of its own."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tyngdepunkt import settings

if TYPE_CHECKING:
    from tyngdepunkt.cases.ledger.events import LedgerEvent

_SQLITE = "sqlite:///"


def kept_events() -> tuple[LedgerEvent, ...]:
    """Every event that holds in the transactional database; empty where none is booked.

    Raises:
        UserError: `cases.ledger:no_database` where the database cannot be used.
    """
    url = settings.database_url()
    if url.startswith(_SQLITE) and not Path(url.removeprefix(_SQLITE)).exists():
        return ()  # before SQLAlchemy is imported: most cases are read where nothing is booked
    from tyngdepunkt.cases.ledger.store import Ledger

    with Ledger(url) as ledger:
        return tuple(each.event for each in ledger.booked())
