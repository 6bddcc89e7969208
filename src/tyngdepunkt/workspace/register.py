"""Dated registers: rows that are only ever added, with source, who and when, and an undoing that is told.

A register is a declaration (`Declared`): two tables made of `columns.ImportColumns` and `RowColumns`, and how
a record becomes a row and back. An import is one transaction: all rows or none. An undoing books the reversal
of every row of an import; the rows themselves stay.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from tyngdepunkt.errors import Fault, UserError
from tyngdepunkt.workspace.database import Database

_CHUNK = 500
"""So many values in one question, whatever the number of parameters a database takes."""


class Record(Protocol):
    """What is booked: the same record always has the same fingerprint."""

    @property
    def fingerprint(self) -> str:
        """Up to 64 signs."""

    @property
    def place(self) -> str:
        """What it is about, in a message."""


_Record = TypeVar("_Record", bound=Record)


@dataclass(frozen=True)
class Declared(Generic[_Record]):
    """A register.

    Args:
        room: texts of its messages: `imported_already`, `booked_already`, `changed_meanwhile`, `no_import`,
            `undoes_an_undo` and `undone_already`.
        imports, rows: its two tables, of `ImportColumns` and `RowColumns`.
        written: record → row, without what all rows have.
        read: row → record.
        negated: columns that a reversal has with the other sign.
        order: columns that rows are listed by, before the order of booking.
    """

    room: str
    imports: type[Any]
    rows: type[Any]
    written: Callable[[_Record], Any]
    read: Callable[[Any], _Record]
    negated: tuple[str, ...] = ()
    order: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Booked(Generic[_Record]):
    """A record that holds, and how it came there; `booked_by` is empty where that was not said."""

    record: _Record
    import_id: int
    position: str
    file_name: str
    imported_at: dt.datetime
    booked_by: str = ""


class Register(Generic[_Record]):
    """The only way into a register.

    Args:
        declared: which one.
        url: the database as SQLAlchemy reads it; the setting by default. A SQLite file that is not there is
            made at the first import, not before.

    Raises:
        UserError: `workspace:no_database` where the database cannot be used.
    """

    def __init__(self, declared: Declared[_Record], url: str | None = None) -> None:
        self._declared = declared
        self._database = Database(url)

    def add(
        self,
        rows: Sequence[tuple[str, _Record]],
        file_name: str,
        sha256: str,
        *,
        booked_by: str = "",
        dry_run: bool = False,
    ) -> int | None:
        """Book all rows, or none.

        Args:
            rows: where each stands in the file, and what it says.
            file_name: what the file is called.
            sha256: of its content; the same is not booked twice.
            booked_by: who books it, as a role or an office.
            dry_run: only look whether it could be booked.

        Returns:
            The number of the import; None in a dry run.

        Raises:
            UserError: the same file or the same record is booked already; each with its row.
        """
        with self._session(write=not dry_run) as session:
            self._refuse_known(session, rows, file_name, sha256)
            if dry_run:
                return None
            made = self._import(session, file_name, sha256, booked_by=booked_by or None)
            before = self._counted(session, [record.fingerprint for _, record in rows])
            for position, record in rows:
                mark = {"position": position, "fingerprint": record.fingerprint}
                self._put(session, record, made, **mark, generation=before.get(record.fingerprint, 0))
            return made

    def booked(self) -> tuple[Booked[_Record], ...]:
        """The records that hold now: booked, and not undone.

        Returns:
            Each with its import, in the declared order and then in that of booking.
        """
        rows, imports = self._declared.rows, self._declared.imports
        order = [getattr(rows, name) for name in (*self._declared.order, "id")]
        query = (
            select(rows, imports)
            .join(imports, rows.import_id == imports.id)
            .where(rows.reverses.is_(None), rows.id.not_in(self._reversed()))
            .order_by(*order)
        )
        with self._session() as session:
            return tuple(self._told(row, came) for row, came in session.execute(query).unique())

    def last_import(self) -> int:
        """The number of the newest import or undoing; 0 where there is none."""
        with self._session() as session:
            return session.scalar(select(func.max(self._declared.imports.id))) or 0

    def undo(self, import_id: int) -> int:
        """Undo an import: for each of its rows a new row is added that reverses it, and nothing is removed.

        Returns:
            How many rows were reversed.

        Raises:
            UserError: there is no such import, it is itself an undoing, or it is undone already.
        """
        declared = self._declared
        with self._session(write=True) as session:
            found = session.get(declared.imports, import_id)
            self._refuse_undo(session, found, import_id)
            assert found is not None  # noqa: S101 - refused above
            undoing = self._import(session, found.file_name, found.sha256, undoes=import_id)
            query = select(declared.rows).where(declared.rows.import_id == import_id)
            booked = session.scalars(query.order_by(declared.rows.id)).unique().all()
            for row in booked:
                # its own record: the fingerprint says what it reverses
                mark = {"position": row.position, "fingerprint": f"reverses {row.id}", "reverses": row.id}
                signs = {name: -getattr(row, name) for name in declared.negated}
                self._put(session, declared.read(row), undoing, **mark, **signs, generation=0)
            return len(booked)

    def close(self) -> None:
        """Give the connections back."""
        self._database.close()

    @contextmanager
    def _session(self, *, write: bool = False) -> Iterator[Session]:
        """A transaction; what somebody else has written meanwhile is told as that."""
        try:
            with self._database.session(write=write) as session:
                yield session
        except IntegrityError as error:
            raise UserError(Fault(f"{self._declared.room}:changed_meanwhile")) from error

    def _import(self, session: Session, file_name: str, sha256: str, **more: Any) -> int:
        moment = dt.datetime.now(dt.UTC).replace(microsecond=0)
        made = self._declared.imports(imported_at=moment, file_name=file_name, sha256=sha256, **more)
        session.add(made)
        session.flush()
        number: int = made.id
        return number

    def _put(self, session: Session, record: _Record, import_id: int, **columns: Any) -> None:
        row = self._declared.written(record)
        for name, value in {**columns, "import_id": import_id}.items():
            setattr(row, name, value)
        session.add(row)

    def _told(self, row: Any, came: Any) -> Booked[_Record]:
        by = came.booked_by or ""
        record = self._declared.read(row)
        return Booked(record, came.id, row.position, came.file_name, came.imported_at, by)

    def _reversed(self) -> Any:
        rows = self._declared.rows
        return select(rows.reverses).where(rows.reverses.is_not(None))

    def _refuse_known(
        self, session: Session, rows: Sequence[tuple[str, _Record]], file_name: str, sha256: str
    ) -> None:
        """The same file, or a record that holds already, is refused before anything is written."""
        imports, room = self._declared.imports, self._declared.room
        undone = select(imports.undoes).where(imports.undoes.is_not(None))
        same = select(imports).where(
            imports.sha256 == sha256, imports.undoes.is_(None), imports.id.not_in(undone)
        )
        for earlier in session.scalars(same):
            values = {"path": file_name, "id": earlier.id, "when": earlier.imported_at.date()}
            raise UserError(Fault(f"{room}:imported_already", values))
        holding, faults = self._holding(session, [record.fingerprint for _, record in rows]), []
        for where, record in rows:
            if record.fingerprint in holding:
                known, came = holding[record.fingerprint]
                values = {"place": record.place, "first": known.position.rpartition(" ")[2]}
                values |= {"id": came.id, "path": came.file_name}
                faults.append(Fault(f"{room}:booked_already", values, where))
        if faults:
            raise UserError(*faults)

    def _holding(self, session: Session, fingerprints: Sequence[str]) -> dict[str, tuple[Any, Any]]:
        """Fingerprint → the row that holds and its import, for those that are booked and not reversed."""
        rows, imports = self._declared.rows, self._declared.imports
        query = select(rows, imports).join(imports, rows.import_id == imports.id)
        found: dict[str, tuple[Any, Any]] = {}
        for part in _chunks(fingerprints):
            holds = query.where(rows.fingerprint.in_(part), rows.id.not_in(self._reversed()))
            found |= {row.fingerprint: (row, came) for row, came in session.execute(holds).unique()}
        return found

    def _counted(self, session: Session, fingerprints: Sequence[str]) -> dict[str, int]:
        """Fingerprint → how often it was booked before."""
        column = self._declared.rows.fingerprint
        found: dict[str, int] = {}
        for part in _chunks(fingerprints):
            query = select(column, func.count()).where(column.in_(part)).group_by(column)
            found |= {fingerprint: count for fingerprint, count in session.execute(query)}  # noqa: C416 - rows are no pairs
        return found

    def _refuse_undo(self, session: Session, found: Any | None, import_id: int) -> None:
        imports, room = self._declared.imports, self._declared.room
        if found is None:
            query = select(imports.id).where(imports.undoes.is_(None)).order_by(imports.id)
            known = list(session.scalars(query))
            raise UserError(Fault(f"{room}:no_import", {"id": import_id, "known": known or ["–"]}))
        if found.undoes is not None:
            raise UserError(Fault(f"{room}:undoes_an_undo", {"id": import_id, "undoes": found.undoes}))
        if session.scalar(select(imports.id).where(imports.undoes == import_id)) is not None:
            raise UserError(Fault(f"{room}:undone_already", {"id": import_id}))


def _chunks(items: Sequence[str]) -> Iterator[Sequence[str]]:
    """Pieces short enough for the number of parameters a database takes."""
    for start in range(0, len(items), _CHUNK):
        yield items[start : start + _CHUNK]
