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
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine, event
from sqlalchemy.engine import URL, Connection, Engine
from sqlalchemy.exc import DisconnectionError

WAIT = 10  # seconds that a busy database is waited for
WRITES = "tyngdepunkt_writes"
"""The execution option of a connection whose transactions are going to write."""

_PRIVATE, _OWNERS = 0o077, 0o700
_ONE_WRITER = 0x7479_6E67  # any number, as long as every copy of the program takes the same one
_OURS = frozenset({"case_draft", "ledger_import"})
"""Of the tables that have been ours from the first."""
_lock = threading.RLock()
_held: dict[str, Held] = {}


@dataclass(slots=True)
class Held:
    """A database's engine, and who holds it.

    Args:
        engine: for reading.
        writer: the same engine for transactions that are going to write.
        ready_for: which file was found to be of this version; None before it was asked.
    """

    engine: Engine
    writer: Engine
    holders: int = 0
    ready_for: object = None
    readying: threading.Lock = field(default_factory=threading.Lock)


def hold(url: URL) -> Held:
    """The engine of a database, shared by everyone in the process who asks for the same address.

    Args:
        url: the address.

    Returns:
        The engine with a count of its holders, made if there was none. Give it back with `release`.
    """
    with _lock:
        key = url.render_as_string(hide_password=False)
        if key not in _held:
            engine = _made(url)
            _held[key] = Held(engine, engine.execution_options(**{WRITES: True}))
        _held[key].holders += 1
        return _held[key]


def release(url: URL) -> None:
    """Give an engine back; with the last holder its connections are closed."""
    with _lock:
        key = url.render_as_string(hide_password=False)
        held = _held[key]
        held.holders -= 1
        if not held.holders:
            del _held[key]
            held.engine.dispose()


def file_of(url: URL) -> Path | None:
    """The file of a SQLite database.

    Returns:
        The path, whether or not the file exists; None for a server and for a database in memory.
    """
    if url.get_backend_name() != "sqlite" or not url.database or url.database == ":memory:":
        return None
    return Path(url.database)


@contextmanager
def for_its_owner_alone() -> Iterator[None]:
    """Files that are made inside this `with` block can be read by their owner alone.

    It sets the umask of the whole process, so only one thread is inside at a time.
    """
    with _lock:
        before = os.umask(_PRIVATE)
        try:
            yield
        finally:
            os.umask(before)


def identity(file: Path) -> tuple[int, int] | None:
    """Which file has this name now, so that a file that was replaced can be told from the one before.

    Returns:
        Device and inode; None where there is no such file. The file is not opened.
    """
    try:
        found = file.stat()
    except FileNotFoundError:
        return None
    return found.st_dev, found.st_ino


def may_write(file: Path) -> bool:
    """Whether this user may write in a SQLite database, and in its folder, where SQLite keeps its journals.

    Returns:
        True also where neither exists yet but both could be made.
    """
    folder = file.parent
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    return os.access(folder, os.W_OK | os.X_OK) and (not file.exists() or os.access(file, os.W_OK))


def _made(url: URL) -> Engine:
    # a server that was restarted has closed its connections; a file has no such thing
    engine = create_engine(url, pool_pre_ping=url.get_backend_name() != "sqlite")
    if url.get_backend_name() == "sqlite":
        event.listen(engine, "connect", _set_up)
        event.listen(engine, "begin", _sqlite_begin)
        file = file_of(url)
        if file is not None:
            _guard_file(engine, file)
    elif url.get_backend_name() == "postgresql":
        event.listen(engine, "begin", _postgresql_begin)
    return engine


def _guard_file(engine: Engine, file: Path) -> None:
    """Make the file for its owner alone, and never speak to one that bears the name no more."""

    def connect(dialect: Any, record: Any, arguments: Any, options: Any) -> Any:
        if not may_write(file):
            record.info["once"] = True  # it would not see what others write
            return dialect.connect(reading_address(file), **{**options, "uri": True})
        if file.exists():
            return dialect.connect(*arguments, **options)
        with for_its_owner_alone():
            return dialect.connect(*arguments, **options)

    def connected(_connection: Any, record: Any) -> None:
        record.info["file"] = identity(file)

    def taken(_connection: Any, record: Any, _proxy: Any) -> None:
        if record.info.get("file") != identity(file):
            raise DisconnectionError(f"{file} is another file now")  # what it saves would be nowhere
        if record.info.pop("used", False):
            raise DisconnectionError(f"{file} may have changed")
        if record.info.get("once"):
            record.info["used"] = True

    event.listen(engine, "do_connect", connect)
    event.listen(engine, "connect", connected)
    event.listen(engine, "checkout", taken)


def reading_address(file: Path) -> str:
    """The URI that opens a SQLite database for reading only, and never creates one.

    Where the folder cannot be written in, SQLite cannot make its journals. The file is then opened as
    `immutable`, unless a log (`-wal`) with content lies beside it, which SQLite has to read too.

    Returns:
        The URI; use it with `uri=True`.
    """
    log = file.with_name(f"{file.name}-wal")
    alone = not may_write(file) and not (log.exists() and log.stat().st_size)
    return f"{file.absolute().as_uri()}?mode=ro" + ("&immutable=1" if alone else "")


def make_folder(folder: Path) -> None:
    """A folder for its owner alone; one that is there keeps its mode."""
    if not folder.is_dir():
        folder.mkdir(parents=True, exist_ok=True, mode=_OWNERS)


def _set_up(connection: Any, record: Any) -> None:
    """Readers do not block a writer (WAL), references hold, and a busy database is waited for.

    FULL: the log is flushed to the disk with every transaction, so that what was answered as saved
    outlives a power cut too; NORMAL would lose the last ones.
    """
    connection.isolation_level = None  # transactions begin where we say so, and as we say
    connection.execute(f"PRAGMA busy_timeout={WAIT * 1000}")
    if not record.info.get("once") and _is_new_or_ours(connection):
        connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA foreign_keys=ON")
    connection.execute("PRAGMA synchronous=FULL")


def _is_new_or_ours(connection: Any) -> bool:
    """Another program's file is left as it is: `ready` refuses it."""
    names = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    return not names or bool(names & _OURS)


def _sqlite_begin(connection: Connection) -> None:
    """A transaction that is going to write has the lock before its first question is answered."""
    writes = connection.get_execution_options().get(WRITES)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _postgresql_begin(connection: Connection) -> None:
    """One writer at a time, as in SQLite: what is asked before writing still holds when it is written."""
    if connection.get_execution_options().get(WRITES):
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_ONE_WRITER})")
