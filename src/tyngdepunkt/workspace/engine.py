"""The one engine that a database has in this process, and how SQLite is spoken to.

**The file of a database is touched by nothing but SQLite.** SQLite guards it with POSIX locks, and
those belong to the process: whoever opens and closes the file by other means, if only to give it its
mode, drops every lock that this process holds on it. Another program then believes itself alone,
writes the log back and deletes it, and what this process saves from then on goes into a file that has
no name any more (https://www.sqlite.org/howtocorrupt.html, section 2.2). So the mode comes of a umask
while SQLite makes the file; it gives its journals the same one.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine, event
from sqlalchemy.engine import URL, Connection, Engine
from sqlalchemy.exc import DisconnectionError

WAIT = 10  # seconds that a busy database is waited for
WRITES = "tyngdepunkt_writes"
"""The execution option of a connection whose transactions are going to write."""

_PRIVATE = 0o077
_ONE_WRITER = 0x7479_6E67  # any number, as long as every copy of the program takes the same one
_lock = threading.RLock()
_held: dict[str, tuple[Engine, int]] = {}


def hold(url: URL) -> Engine:
    """The engine of a database, made where it has none yet; to be given back with `release`."""
    with _lock:
        key = url.render_as_string(hide_password=False)
        engine, holders = _held.get(key) or (_made(url), 0)
        _held[key] = engine, holders + 1
        return engine


def release(url: URL) -> None:
    """Give an engine back; with the last holder its connections are closed."""
    with _lock:
        key = url.render_as_string(hide_password=False)
        engine, holders = _held[key]
        if holders > 1:
            _held[key] = engine, holders - 1
        else:
            del _held[key]
            engine.dispose()


def file_of(url: URL) -> Path | None:
    """The SQLite file; None for a server and for a database in memory."""
    if url.get_backend_name() != "sqlite" or not url.database or url.database == ":memory:":
        return None
    return Path(url.database)


@contextmanager
def for_its_owner_alone() -> Iterator[None]:
    """What is made meanwhile is readable by nobody else. One at a time: a umask is the process's."""
    with _lock:
        before = os.umask(_PRIVATE)
        try:
            yield
        finally:
            os.umask(before)


def identity(file: Path) -> tuple[int, int] | None:
    """Which file bears the name now; None where there is none. It asks, and opens nothing."""
    try:
        found = file.stat()
    except FileNotFoundError:
        return None
    return found.st_dev, found.st_ino


def _made(url: URL) -> Engine:
    engine = create_engine(url)
    if url.get_backend_name() == "sqlite":
        _guard_sqlite(engine, file_of(url))
    elif url.get_backend_name() == "postgresql":
        event.listen(engine, "begin", _postgresql_begin)
    return engine


def _guard_sqlite(engine: Engine, file: Path | None) -> None:
    """Speak to SQLite as this house does, and never to a file that bears the name no more."""

    def connect(dialect: Any, _record: Any, arguments: Any, options: Any) -> Any:
        if file is None or file.exists():
            return dialect.connect(*arguments, **options)
        with for_its_owner_alone():
            return dialect.connect(*arguments, **options)

    def connected(connection: Any, record: Any) -> None:
        _set_up(connection)
        record.info["file"] = file and identity(file)

    def taken(_connection: Any, record: Any, _proxy: Any) -> None:
        if file is not None and record.info.get("file") != identity(file):
            raise DisconnectionError(f"{file} is another file now")  # what it saves would be nowhere

    event.listen(engine, "do_connect", connect)
    event.listen(engine, "connect", connected)
    event.listen(engine, "checkout", taken)
    event.listen(engine, "begin", _sqlite_begin)


def _set_up(connection: Any) -> None:
    """Readers do not block a writer (WAL), references hold, and a busy database is waited for.

    FULL: the log is flushed to the disk with every transaction, so that what was answered as saved
    outlives a power cut too; NORMAL would lose the last ones.
    """
    connection.isolation_level = None  # transactions begin where we say so, and as we say
    connection.execute(f"PRAGMA busy_timeout={WAIT * 1000}")
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA foreign_keys=ON")
    connection.execute("PRAGMA synchronous=FULL")


def _sqlite_begin(connection: Connection) -> None:
    """A transaction that is going to write has the lock before its first question is answered."""
    writes = connection.get_execution_options().get(WRITES)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _postgresql_begin(connection: Connection) -> None:
    """One writer at a time, as in SQLite: what is asked before writing still holds when it is written."""
    if connection.get_execution_options().get(WRITES):
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_ONE_WRITER})")
