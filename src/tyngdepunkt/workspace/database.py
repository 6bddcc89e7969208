"""The transactional database: SQLite beside the figures by default, PostgreSQL for a shared server.

The ledger and the drafts keep their tables here. What cases say of places and people's work is
nobody else's on the machine: a SQLite file is readable by its owner alone.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import Any

from sqlalchemy import MetaData, create_engine, event
from sqlalchemy.engine import URL, Engine, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, IntegrityError, NoSuchModuleError
from sqlalchemy.orm import Session

from tyngdepunkt import settings
from tyngdepunkt.errors import Fault, UserError


class Database:
    """One database with the tables of one part of the house.

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
        try:
            self._url = make_url(address)
            self._engine = _engine(self._url)
        except (ArgumentError, NoSuchModuleError, ModuleNotFoundError) as error:
            raise _refused(address.split("@")[-1], error) from error

    @property
    def begun(self) -> bool:
        """Whether there can be anything to read: a SQLite file is made only when it is written in."""
        file = _file_of(self._url)
        return file is None or file.exists()

    @contextmanager
    def session(self) -> Iterator[Session]:
        """One transaction: all of it stands, or nothing.

        Raises:
            UserError: `workspace:no_database` where the database does not answer.
            IntegrityError: somebody else has written what this would write.
        """
        try:
            _ = self._made
            with Session(self._engine) as session, session.begin():
                yield session
        except IntegrityError:
            raise
        except (DBAPIError, OSError) as error:
            raise _refused(self._url.render_as_string(hide_password=True), error) from error

    def close(self) -> None:
        """Give the connections back."""
        self._engine.dispose()

    @cached_property
    def _made(self) -> bool:
        """Whether the tables are there; asked once for each database."""
        file = _file_of(self._url)
        if file is not None:
            file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            os.close(os.open(file, os.O_CREAT | os.O_RDWR, 0o600))  # its journals take the same mode
        self._tables.create_all(self._engine)
        return True


def _engine(url: URL) -> Engine:
    engine = create_engine(url)
    if url.get_backend_name() == "sqlite":
        event.listen(engine, "connect", _sqlite_connect)
    return engine


def _sqlite_connect(connection: Any, _record: Any) -> None:
    """Readers do not block a writer (WAL), references hold, and a busy database is waited for."""
    for pragma in ("journal_mode=WAL", "foreign_keys=ON", "busy_timeout=5000", "synchronous=NORMAL"):
        connection.execute(f"PRAGMA {pragma}")


def _file_of(url: URL) -> Path | None:
    """The SQLite file; None for a server and for a database in memory."""
    if url.get_backend_name() != "sqlite" or not url.database or url.database == ":memory:":
        return None
    return Path(url.database)


def _refused(address: str, error: Exception) -> UserError:
    reason = str(getattr(error, "orig", None) or error).splitlines()[0][:200]
    return UserError(Fault("workspace:no_database", {"address": address, "reason": reason}))
