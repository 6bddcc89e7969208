"""The ledger in the transactional database: import, list, undo. Nothing is changed, ever.

It is a register by declaration (`workspace.register`): what is said here is what an event is, and nothing of
how rows are booked and taken back.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tyngdepunkt.analyses.state_jobs.events import EventKind, LedgerEvent, Row
from tyngdepunkt.workspace.register import Booked, Declared, Register
from tyngdepunkt.workspace.tables import AgencyRow, EventRow, ImportRow

_COLUMNS = ("municipality", "place", "low", "high", "start", "end", "source")


def _written(booked: LedgerEvent) -> EventRow:
    return EventRow(
        kind=str(booked.kind),
        agencies=[AgencyRow(position=at, name=name) for at, name in enumerate(booked.agencies)],
        **{name: getattr(booked, name) for name in _COLUMNS},
    )


def _read(row: EventRow) -> LedgerEvent:
    names = tuple(each.name for each in row.agencies)
    return LedgerEvent(EventKind(row.kind), names, *(getattr(row, name) for name in _COLUMNS))


LEDGER = Declared(
    "analyses.state_jobs",
    ImportRow,
    EventRow,
    written=_written,
    read=_read,
    negated=("low", "high"),
    order=("start", "municipality"),
)


def change_of(events: Sequence[LedgerEvent]) -> tuple[float, float]:
    """The change in state jobs that events make together, from the lowest to the highest."""
    return sum(each.change[0] for each in events), sum(each.change[1] for each in events)


@dataclass(frozen=True, slots=True)
class ImportSummary:
    """What an import did, or would do (`import_id` is None then)."""

    import_id: int | None
    events: int
    low: float
    high: float


class Ledger:
    """The register of state-job events.

    Args:
        url: the database as SQLAlchemy reads it; the setting by default.

    Raises:
        UserError: `workspace:no_database` where the database cannot be used.
    """

    def __init__(self, url: str | None = None) -> None:
        self._register = Register(LEDGER, url)

    def add(
        self,
        rows: Sequence[Row],
        file_name: str,
        sha256: str,
        *,
        booked_by: str = "",
        dry_run: bool = False,
    ) -> ImportSummary:
        """Book all rows, or none; see `Register.add`.

        Raises:
            UserError: the same file or the same event is booked already; each with its row.
        """
        named = [(row.where, row.event) for row in rows]
        made = self._register.add(named, file_name, sha256, booked_by=booked_by, dry_run=dry_run)
        return ImportSummary(made, len(rows), *change_of([row.event for row in rows]))

    def booked(self) -> tuple[Booked[LedgerEvent], ...]:
        """Every event that holds, by first day, place and order of booking."""
        return self._register.booked()

    def last_import(self) -> int:
        """The number of the newest import or undoing; 0 where there is none."""
        return self._register.last_import()

    def undo(self, import_id: int) -> int:
        """Book the reversal of every event of an import; returns how many.

        Raises:
            UserError: there is no such import, it is itself an undoing, or it is undone already.
        """
        return self._register.undo(import_id)

    def close(self) -> None:
        """Give the connections back."""
        self._register.close()

    def __enter__(self) -> Ledger:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
