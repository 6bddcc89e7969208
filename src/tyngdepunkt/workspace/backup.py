"""A backup of everything that people keep here, and the way back from it.

A backup is made by SQLite while others go on working. Going back is refused while another program has
the database open: what somebody is writing rests on versions that would be gone.
"""

from __future__ import annotations

import datetime as dt
import os
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import create_engine, text
from sqlalchemy.engine import Connection, make_url
from sqlalchemy.pool import NullPool

from tyngdepunkt import settings
from tyngdepunkt.errors import Fault, UserError
from tyngdepunkt.workspace import engine as engines
from tyngdepunkt.workspace import version as versions
from tyngdepunkt.workspace.copies import JOURNALS, copy_beside, copy_into, copy_to, free_name

_COUNTED = ("case_draft", "case_draft_version", "ledger_import", "ledger_event")


@dataclass(frozen=True, slots=True)
class Content:
    """What a database holds.

    Args:
        version: the version of its tables.
        cases, saves: how many cases, and how many versions of them.
        imports, events: how many imports into the ledger, and how many rows, what was undone among them.
    """

    version: str
    cases: int
    saves: int
    imports: int
    events: int


@dataclass(frozen=True, slots=True)
class Restored:
    """What a backup held, and where what it took the place of lies; None where there was nothing."""

    content: Content
    kept: Path | None


def backup(target: Path, url: str | None = None) -> Content:
    """Write a backup of the whole database to a new file, complete or not at all.

    Args:
        target: the file to make; its folder must exist.
        url: the database as SQLAlchemy reads it; the setting where it is None.

    Returns:
        What the backup holds, counted in the copy.

    Raises:
        UserError: the database is no SQLite file, there is none, or it is damaged; or the target exists,
            cannot be written, or has a name that SQLite would take for a journal of its own.
    """
    file = _file(url)
    if not file.exists():
        raise UserError(Fault("workspace:nothing_kept", {"path": str(file)}))
    _refuse_journal(target)
    if target.exists():
        raise UserError(Fault("workspace:file_exists", {"path": str(target)}))
    found: list[Content] = []
    try:
        copy_to(file, target, lambda copy: found.append(_checked(copy)))
    except FileExistsError as error:
        raise UserError(Fault("workspace:file_exists", {"path": str(target)})) from error
    except sqlite3.OperationalError as error:
        raise _cannot_write(target, error) from error
    except sqlite3.DatabaseError as error:
        raise UserError(Fault("workspace:damaged", {"path": str(file), "reason": str(error)})) from error
    except OSError as error:
        raise _cannot_write(target, error) from error
    return found[0]


def _refuse_journal(target: Path) -> None:
    """A name that SQLite would take for a journal of the database beside it, and delete."""
    for ending in JOURNALS:
        if target.name.endswith(ending) and len(target.name) > len(ending):
            values = {"path": str(target), "ending": ending}
            raise UserError(Fault("workspace:journal_name", values))


def restore(source: Path, url: str | None = None, *, dry_run: bool = False) -> Restored:
    """Replace the database by a backup; the database it replaces is kept beside it under another name.

    Args:
        source: the backup; it is not changed.
        url: the database as SQLAlchemy reads it; the setting where it is None.
        dry_run: only check the backup and count what it holds.

    Returns:
        What the backup holds, and where the replaced database lies now.

    Raises:
        UserError: the file is no backup, is damaged or of a newer program; the database is no SQLite file or
            cannot be written; or another program has it open.
    """
    file = _file(url)
    with _brought_up(source) as (copy, content):
        if dry_run:
            return Restored(content, None)
        if not engines.may_write(file):
            raise UserError(Fault("workspace:read_only", {"address": str(file)}))
        try:
            return Restored(content, _put_in_place(copy, file))
        except (OSError, sqlite3.Error) as error:
            raise _cannot_write(file, error) from error


def _put_in_place(copy: Path, file: Path) -> Path | None:
    """The copy under the database's name; where what bore it before is kept, None where nothing did."""
    if not file.exists():
        engines.make_folder(file.parent)
        with suppress(FileExistsError):  # somebody has begun here meanwhile: theirs is kept beside
            copy_to(copy, file)
            return None
    try:
        return _write_over(copy, file)
    except sqlite3.OperationalError as error:
        if "lock" not in str(error):
            raise
        raise UserError(Fault("workspace:in_use", {"path": str(file)})) from error
    except sqlite3.DatabaseError:  # nothing that SQLite can read, and so nobody's who works in it
        kept = _move_aside(file)
        copy_to(copy, file)
        return kept


def _write_over(copy: Path, file: Path) -> Path:
    """Alone with the database: keep it, then write the copy over it in one transaction of SQLite's."""
    with closing(sqlite3.connect(file, timeout=1)) as live:
        live.isolation_level = None
        live.execute("PRAGMA locking_mode=EXCLUSIVE")
        live.execute("PRAGMA synchronous=FULL")
        live.execute("BEGIN EXCLUSIVE")
        live.execute("COMMIT")  # the lock stays until the connection is closed
        kept = copy_beside(live, file, _why())
        copy_into(copy, live)
        return kept


def _move_aside(file: Path) -> Path:
    kept = free_name(file, _why())
    for ending in ("-wal", "-shm", ""):
        part = file.with_name(file.name + ending)
        if part.exists():
            part.replace(kept.with_name(kept.name + ending))
    return kept


@contextmanager
def _brought_up(source: Path) -> Iterator[tuple[Path, Content]]:
    """A copy of a backup, found sound and of this program's version, for as long as it is needed."""
    if not source.is_file():
        raise UserError(Fault("workspace:no_file", {"path": str(source)}))
    with tempfile.TemporaryDirectory(prefix="tyngdepunkt-") as folder:
        copy = Path(folder) / "restored.sqlite"
        try:
            copy_to(source, copy)
            _checked(copy)
        except (sqlite3.Error, OSError) as error:
            values = {"path": str(source), "reason": str(error)}
            raise UserError(Fault("workspace:not_a_backup", values)) from error
        yield copy, _upgraded(copy, source)


def _checked(file: Path) -> Content:
    """What a copy holds; every page of it is read.

    Raises:
        sqlite3.DatabaseError: it is damaged.
    """
    with closing(sqlite3.connect(file)) as connection:
        found = connection.execute("PRAGMA integrity_check(1)").fetchone()[0]
        loose = connection.execute("PRAGMA foreign_key_check").fetchone()
    if found != "ok" or loose is not None:
        raise sqlite3.DatabaseError(found if found != "ok" else f"a row of {loose[0]} belongs to nothing")
    with _connected(file) as connection:
        return _content(connection)


def _upgraded(copy: Path, source: Path) -> Content:
    with _connected(copy) as connection:
        found = versions.version_of(connection)
        if versions.is_newer(found):
            raise UserError(Fault("workspace:newer", {"address": str(source), "version": found}))
        if found in (versions.NEW, versions.FOREIGN):
            values = {"path": str(source), "reason": "no such tables"}
            raise UserError(Fault("workspace:not_a_backup", values))
        if found != versions.NEWEST:
            versions.upgrade(connection)
        if lacking := versions.lacking(connection):
            values = {"path": str(source), "reason": f"no such table: {lacking[0]}"}
            raise UserError(Fault("workspace:not_a_backup", values))
        return _content(connection)


@contextmanager
def _connected(file: Path) -> Iterator[Connection]:
    """A copy that nobody else has, left as it is: as one file without journals."""
    engine = create_engine(make_url("sqlite://").set(database=str(file)), poolclass=NullPool)
    with engine.begin() as connection:
        yield connection


def _content(connection: Connection) -> Content:
    there = versions.tables_of(connection)

    def count(table: str) -> int:
        return connection.scalar(text(f"SELECT count(*) FROM {table}")) or 0 if table in there else 0

    return Content(versions.version_of(connection), *map(count, _COUNTED))


def _file(url: str | None) -> Path:
    """The file of the database; a server has ways of its own."""
    address = make_url(url or settings.database_url())
    found = engines.file_of(address)
    if found is None:
        values = {"address": address.render_as_string(hide_password=True)}
        raise UserError(Fault("workspace:use_pg_dump", values))
    return found


def _why() -> str:
    return f"before-restore-{dt.datetime.now(dt.UTC):%Y%m%dT%H%M%S}"


def _cannot_write(path: Path, error: Exception) -> UserError:
    reason = os.strerror(error.errno) if isinstance(error, OSError) and error.errno else str(error)
    return UserError(Fault("workspace:cannot_write", {"path": str(path), "reason": reason}))
