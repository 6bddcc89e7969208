"""The transactional database: SQLite beside the figures by default, PostgreSQL for a shared server.

The ledger and the drafts keep their tables here. What cases say of places and people's work is
nobody else's on the machine: a SQLite file is readable by its owner alone.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import MetaData
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, IntegrityError, NoSuchModuleError
from sqlalchemy.orm import Session

from tyngdepunkt import settings
from tyngdepunkt.errors import Fault, UserError
from tyngdepunkt.workspace import engine as engines


class Database:
    """One database with the tables of one part of the house; all parts share its engine.

    Args:
        url: the database as SQLAlchemy reads it; the setting where it is None. A SQLite file that
            is not there is made at the first session, not before.
        tables: the tables that part needs; they are made where they are not there.

    Raises:
        UserError: `workspace:no_database` where the address cannot be used.
    """

    def __init__(self, url: str | None, tables: MetaData) -> None:
        address = url or settings.database_url()
        self._tables = tables
        self._ready_for: object = None
        self._readying = threading.Lock()
        self._closed = False
        try:
            self._url = make_url(address)
            self._engine = engines.hold(self._url)
            self._writer = self._engine.execution_options(**{engines.WRITES: True})
        except (ArgumentError, NoSuchModuleError, ModuleNotFoundError) as error:
            raise _refused(address.split("@")[-1], error) from error

    @property
    def begun(self) -> bool:
        """Whether there can be anything to read: a SQLite file is made only when it is written in."""
        file = engines.file_of(self._url)
        return file is None or file.exists()

    @contextmanager
    def session(self, *, write: bool = False) -> Iterator[Session]:
        """One transaction: all of it stands, or nothing.

        Args:
            write: whether anything is going to be written. The transaction is then alone in writing
                from its first question on, so that what it was answered still holds when it writes.

        Raises:
            UserError: `workspace:no_database` where the database does not answer.
            IntegrityError: somebody else has written what this would write.
        """
        try:
            self._make_ready()
            with Session(self._writer if write else self._engine) as session, session.begin():
                yield session
        except IntegrityError:
            raise
        except (DBAPIError, OSError) as error:
            raise _refused(self._url.render_as_string(hide_password=True), error) from error

    def close(self) -> None:
        """Give the engine back; what others do on it goes on."""
        if not self._closed:
            self._closed = True
            engines.release(self._url)

    def _make_ready(self) -> None:
        """Make the tables where they are not there; asked once for each file that bears the name."""
        file = engines.file_of(self._url)
        with self._readying:
            if self._ready_for is not None and self._ready_for == _which(file):
                return
            if file is not None:
                _make_folder(file.parent)
            self._tables.create_all(self._writer)
            self._ready_for = _which(file)


def _which(file: Path | None) -> object:
    return "server" if file is None else engines.identity(file)


def _make_folder(folder: Path) -> None:
    """The folder for its owner alone; one that is there keeps its mode."""
    if not folder.is_dir():
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)


def _refused(address: str, error: Exception) -> UserError:
    reason = str(getattr(error, "orig", None) or error).splitlines()[0][:200]
    return UserError(Fault("workspace:no_database", {"address": address, "reason": reason}))
