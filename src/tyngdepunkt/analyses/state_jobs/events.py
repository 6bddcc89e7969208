"""One event of the ledger: state jobs that came to a place or left it."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tyngdepunkt.places import Notice


class EventKind(StrEnum):
    """What happened to the jobs."""

    ESTABLISHED = "established"
    MOVED_IN = "moved_in"
    MOVED_OUT = "moved_out"
    CLOSED = "closed"

    @property
    def sign(self) -> int:
        """1 where the place gains jobs, -1 where it loses them."""
        return 1 if self in (EventKind.ESTABLISHED, EventKind.MOVED_IN) else -1


@dataclass(frozen=True, slots=True)
class LedgerEvent:
    """State jobs that came to a municipality or left it.

    Args:
        kind: what happened.
        agencies: those it was done by, as written, one or several.
        municipality: number of 2024.
        place: the place as written.
        low, high: how many jobs, never negative; the kind says the direction.
        start, end: the period it happened in; the same day where the date is known.
        source: where it is said.
    """

    kind: EventKind
    agencies: tuple[str, ...]
    municipality: str
    place: str
    low: float
    high: float
    start: dt.date
    end: dt.date
    source: str

    @property
    def change(self) -> tuple[float, float]:
        """Lowest and highest change in jobs, with sign."""
        return (self.low, self.high) if self.kind.sign > 0 else (-self.high, -self.low)

    @property
    def fingerprint(self) -> str:
        """The same for the same event, however the agency is capitalised and wherever it was read."""
        agencies = sorted(" ".join(name.casefold().split()) for name in self.agencies)
        parts = (self.kind, *agencies, self.municipality, self.low, self.high, self.start, self.end)
        return hashlib.sha256("\x1f".join(str(part) for part in parts).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Row:
    """An event and where it stands.

    Args:
        where: `line 12` or `row 12`.
        notice: what a person must be told of its place, where the name was taken to another.
        about: the number of jobs as it was written, where it said that it was only about so much.
    """

    where: str
    event: LedgerEvent
    notice: Notice | None = None
    about: str = ""
