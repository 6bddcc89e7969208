"""The transactional database: SQLite beside the figures by default, PostgreSQL for a shared server.

The ledger and the drafts keep their tables here. What cases say of places and people's work is
nobody else's on the machine: a SQLite file is readable by its owner alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

from sqlalchemy import create_engine
from sqlalchemy.engine import Engine, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, IntegrityError, NoSuchModuleError
from sqlalchemy.orm import Session
from sqlalchemy.pool import StaticPool

from tyngdepunkt import settings
from tyngdepunkt.errors import Fault, UserError
from tyngdepunkt.workspace import engine as engines
from tyngdepunkt.workspace import version as versions
from tyngdepunkt.workspace.ready import make_ready


class Database:
    """One database; all who open it in a process share its engine.

    Args:
        url: the database as SQLAlchemy reads it; the setting where it is None. A SQLite file that
            is not there is made at the first writing, not before.

    Raises:
        UserError: `workspace:no_database` where the address cannot be used.
    """

    def __init__(self, url: str | None = None) -> None:
        address = url or settings.database_url()
        self._closed = False
        try:
            self._url = make_url(address)
            self._held = engines.hold(self._url)
        except (ArgumentError, NoSuchModuleError, ModuleNotFoundError) as error:
            raise refused(address.split("@")[-1], error) from error

    @property
    def read_only(self) -> bool:
        """Whether the file, or the folder it would be made in, cannot be written in by this user."""
        file = engines.file_of(self._url)
        return file is not None and not engines.may_write(file)

    @contextmanager
    def session(self, *, write: bool = False) -> Iterator[Session]:
        """One transaction: all of it stands, or nothing.

        Args:
            write: whether anything is going to be written. The transaction is then alone in writing
                from its first question on, so that what it was answered still holds when it writes.
                Reading makes no file: where there is none, an empty database is read.

        Raises:
            UserError: `workspace:no_database` where the database does not answer,
                `workspace:read_only` where it cannot be written in, `workspace:newer` where a newer
                program has made it.
            IntegrityError: somebody else has written what this would write.
        """
        if write and self.read_only:
            raise UserError(Fault("workspace:read_only", {"address": self._shown}))
        try:
            with Session(self._engine(write=write)) as session, session.begin():
                if write:
                    self._refuse_newer(session)
                yield session
        except IntegrityError:
            raise
        except (DBAPIError, OSError) as error:
            raise refused(self._shown, error) from error

    def close(self) -> None:
        """Give the engine back; what others do on it goes on."""
        if not self._closed:
            self._closed = True
            engines.release(self._url)

    @property
    def _shown(self) -> str:
        return self._url.render_as_string(hide_password=True)

    def _engine(self, *, write: bool) -> Engine:
        file = engines.file_of(self._url)
        if not write and file is not None and not file.exists() and not file.is_symlink():
            return _nothing()
        make_ready(self._held, self._url)
        return self._held.writer if write else self._held.engine

    def _refuse_newer(self, session: Session) -> None:
        """A newer program may have changed the tables since this one began."""
        found = versions.number_of(session.connection())
        if versions.is_newer(found):
            raise UserError(Fault("workspace:newer", {"address": self._shown, "version": found}))


@cache
def _nothing() -> Engine:
    """What is read where nothing has been written yet."""
    engine = create_engine("sqlite://", poolclass=StaticPool, connect_args={"check_same_thread": False})
    with engine.begin() as connection:
        versions.make(connection)
    return engine


def refused(address: str, error: Exception) -> UserError:
    """The error of the database as an error that is shown to a person.

    Args:
        address: the database, without its password.
        error: what SQLAlchemy or the driver raised.

    Returns:
        `workspace:no_database` with the first line of the reason, at most 200 characters.
    """
    reason = str(getattr(error, "orig", None) or error).splitlines()[0][:200]
    return UserError(Fault("workspace:no_database", {"address": address, "reason": reason}))
