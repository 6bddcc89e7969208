"""The ledger in the transactional database: import, list, undo. Nothing is changed, ever.

`Ledger` is the only way in. An import is one transaction: all rows or none. An undo books
the reversal of every row of an import; the rows themselves stay.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, selectinload

from tyngdepunkt.analyses.state_jobs.events import EventKind, LedgerEvent, Row
from tyngdepunkt.errors import Fault, UserError
from tyngdepunkt.workspace.database import Database
from tyngdepunkt.workspace.tables import AgencyRow, EventRow, ImportRow

if TYPE_CHECKING:
    from sqlalchemy.orm import InstrumentedAttribute

ROOM = "analyses.state_jobs"
_CHUNK = 500


@dataclass(frozen=True, slots=True)
class Booked:
    """An event in the ledger, and how it came there."""

    event: LedgerEvent
    import_id: int
    position: str
    file_name: str
    imported_at: dt.datetime


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
        url: the database as SQLAlchemy reads it; the setting by default. A SQLite file that
            is not there is made at the first import, not before.

    Raises:
        UserError: `workspace:no_database` where the database cannot be used.
    """

    def __init__(self, url: str | None = None) -> None:
        self._database = Database(url)

    def add(
        self, rows: Sequence[Row], file_name: str, sha256: str, *, dry_run: bool = False
    ) -> ImportSummary:
        """Book all rows, or none.

        Raises:
            UserError: the same file or the same event is booked already; each with its row.
        """
        with self._session(write=not dry_run) as session:
            _refuse_known(session, rows, file_name, sha256)
            made = None if dry_run else _book(session, rows, file_name, sha256)
        low = sum(row.event.change[0] for row in rows)
        high = sum(row.event.change[1] for row in rows)
        return ImportSummary(made, len(rows), low, high)

    def booked(self) -> tuple[Booked, ...]:
        """Every event that holds, by first day, place and order of booking."""
        with self._session() as session:
            reversed_ids = select(EventRow.reverses).where(EventRow.reverses.is_not(None))
            query = (
                select(EventRow)
                .where(EventRow.reverses.is_(None), EventRow.id.not_in(reversed_ids))
                .options(selectinload(EventRow.agencies), selectinload(EventRow.imported))
                .order_by(EventRow.start, EventRow.municipality, EventRow.id)
            )
            return tuple(_booked(row) for row in session.scalars(query))

    def last_import(self) -> int:
        """The number of the newest import or undoing; 0 where there is none."""
        with self._session() as session:
            return session.scalar(select(func.max(ImportRow.id))) or 0

    def undo(self, import_id: int) -> int:
        """Book the reversal of every event of an import; returns how many.

        Raises:
            UserError: there is no such import, it is itself an undoing, or it is undone already.
        """
        with self._session(write=True) as session:
            found = session.get(ImportRow, import_id)
            _refuse_undo(session, found, import_id)
            assert found is not None  # noqa: S101 - refused above
            undoing = ImportRow(
                imported_at=_now(), file_name=found.file_name, sha256=found.sha256, undoes=import_id
            )
            undoing.events = [_reversal(row) for row in found.events]
            session.add(undoing)
            return len(found.events)

    def close(self) -> None:
        """Give the connections back."""
        self._database.close()

    def __enter__(self) -> Ledger:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @contextmanager
    def _session(self, *, write: bool = False) -> Iterator[Session]:
        """A transaction; what somebody else has written meanwhile is told as that."""
        try:
            with self._database.session(write=write) as session:
                yield session
        except IntegrityError as error:
            raise UserError(Fault(f"{ROOM}:changed_meanwhile")) from error


def _refuse_known(session: Session, rows: Sequence[Row], file_name: str, sha256: str) -> None:
    """The same file, or an event that holds already, is refused before anything is written."""
    same = session.scalars(select(ImportRow).where(ImportRow.sha256 == sha256, ImportRow.undoes.is_(None)))
    undone = set(session.scalars(select(ImportRow.undoes).where(ImportRow.undoes.is_not(None))))
    for earlier in same:
        if earlier.id not in undone:
            values = {"path": file_name, "id": earlier.id, "when": earlier.imported_at.date()}
            raise UserError(Fault(f"{ROOM}:imported_already", values))
    holding = _holding(session, [row.event.fingerprint for row in rows])
    faults = []
    for row in rows:
        known = holding.get(row.event.fingerprint)
        if known is not None:
            values = {"place": row.event.place, "first": known.position.rpartition(" ")[2]}
            values |= {"id": known.import_id, "path": known.imported.file_name}
            faults.append(Fault(f"{ROOM}:booked_already", values, row.where))
    if faults:
        raise UserError(*faults)


def _holding(session: Session, fingerprints: Sequence[str]) -> dict[str, EventRow]:
    """Fingerprint → the row that holds, for those that are booked and not reversed."""
    reversed_ids = select(EventRow.reverses).where(EventRow.reverses.is_not(None))
    found: dict[str, EventRow] = {}
    for part in _chunks(fingerprints):
        query = select(EventRow).where(EventRow.fingerprint.in_(part), EventRow.id.not_in(reversed_ids))
        found |= {row.fingerprint: row for row in session.scalars(query)}
    return found


def _chunks(items: Sequence[str]) -> Iterator[Sequence[str]]:
    """Pieces short enough for the number of parameters a database takes."""
    for start in range(0, len(items), _CHUNK):
        yield items[start : start + _CHUNK]


def _book(session: Session, rows: Sequence[Row], file_name: str, sha256: str) -> int:
    generations = _generations(session, [row.event.fingerprint for row in rows], EventRow.fingerprint)
    made = ImportRow(imported_at=_now(), file_name=file_name, sha256=sha256)
    made.events = [_event_row(row, generations.get(row.event.fingerprint, 0)) for row in rows]
    session.add(made)
    session.flush()
    return made.id


def _generations(
    session: Session, fingerprints: Sequence[str], column: InstrumentedAttribute[str]
) -> dict[str, int]:
    found: dict[str, int] = {}
    for part in _chunks(fingerprints):
        query = select(column, func.count()).where(column.in_(part)).group_by(column)
        found |= {fingerprint: count for fingerprint, count in session.execute(query)}  # noqa: C416 - rows are no pairs
    return found


def _event_row(row: Row, generation: int) -> EventRow:
    booked = row.event
    return EventRow(
        position=row.where,
        kind=str(booked.kind),
        municipality=booked.municipality,
        place=booked.place,
        low=booked.low,
        high=booked.high,
        start=booked.start,
        end=booked.end,
        source=booked.source,
        fingerprint=booked.fingerprint,
        generation=generation,
        agencies=[AgencyRow(position=at, name=name) for at, name in enumerate(booked.agencies)],
    )


def _reversal(row: EventRow) -> EventRow:
    """A row that takes another back. It is its own event: the fingerprint says what it reverses."""
    return EventRow(
        position=row.position,
        kind=row.kind,
        municipality=row.municipality,
        place=row.place,
        low=-row.low,
        high=-row.high,
        start=row.start,
        end=row.end,
        source=row.source,
        fingerprint=f"reverses {row.id}",
        generation=0,
        reverses=row.id,
        agencies=[AgencyRow(position=each.position, name=each.name) for each in row.agencies],
    )


def _refuse_undo(session: Session, found: ImportRow | None, import_id: int) -> None:
    if found is None:
        known = list(
            session.scalars(select(ImportRow.id).where(ImportRow.undoes.is_(None)).order_by(ImportRow.id))
        )
        raise UserError(Fault(f"{ROOM}:no_import", {"id": import_id, "known": known or ["–"]}))
    if found.undoes is not None:
        raise UserError(Fault(f"{ROOM}:undoes_an_undo", {"id": import_id, "undoes": found.undoes}))
    if session.scalar(select(ImportRow.id).where(ImportRow.undoes == import_id)) is not None:
        raise UserError(Fault(f"{ROOM}:undone_already", {"id": import_id}))


def _booked(row: EventRow) -> Booked:
    names = tuple(each.name for each in row.agencies)
    held = LedgerEvent(
        EventKind(row.kind),
        names,
        row.municipality,
        row.place,
        row.low,
        row.high,
        row.start,
        row.end,
        row.source,
    )
    return Booked(held, row.import_id, row.position, row.imported.file_name, row.imported.imported_at)


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC).replace(microsecond=0)
