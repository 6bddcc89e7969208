"""Copies of a SQLite database, made by SQLite itself while others go on reading and writing.

A copy is whole: what is still in the log is in it. It is written under a hidden name and takes its own
when it is complete, so that a copy that bears its name can be trusted.
"""

from __future__ import annotations

import errno
import glob
import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from tyngdepunkt.swap import flush, hidden_name, left_over
from tyngdepunkt.workspace.engine import WAIT, for_its_owner_alone, reading_address

JOURNALS = ("-wal", "-shm", "-journal")
"""What SQLite adds to a database's name for files of its own, which it deletes as it likes."""


def copy_to(
    source: Path | sqlite3.Connection, target: Path, check: Callable[[Path], None] | None = None
) -> None:
    """Copy a database to a file that is not there yet.

    Args:
        source: the database, or a connection that is alone with it.
        target: made once the copy is complete.
        check: looks at the copy before it takes its name; what it raises leaves nothing behind.

    Raises:
        FileExistsError: there is such a file, made by somebody else meanwhile perhaps.
        sqlite3.Error, OSError: it cannot be read, or not be written there.
    """
    for left in left_over(target.parent, glob.escape(target.name)):
        left.unlink(missing_ok=True)
    beside = target.with_name(hidden_name(target.name))
    try:
        with for_its_owner_alone(), closing(sqlite3.connect(beside)) as new:
            if isinstance(source, Path):
                with closing(_opened(source)) as opened:
                    opened.backup(new)
            else:
                source.backup(new)
            new.execute("PRAGMA journal_mode=DELETE")  # one file, whole without any journal
        if check is not None:
            check(beside)
        flush(beside)
        _take_name(beside, target)
        flush(target.parent)
    finally:
        beside.unlink(missing_ok=True)


def _take_name(beside: Path, target: Path) -> None:
    """Give a file a name that is free; asking first and renaming then would write over a newcomer."""
    try:
        os.link(beside, target)
    except FileExistsError:
        raise
    except OSError:  # a disk that knows no second names
        if target.exists():
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(target)) from None
        os.replace(beside, target)


def copy_beside(source: Path | sqlite3.Connection, file: Path, why: str) -> Path:
    """Copy a database to the folder of `file`, under a new name made from that of `file` and from `why`.

    Returns:
        The copy.

    Raises:
        sqlite3.Error, OSError: the database cannot be read, or the copy cannot be written.
    """
    while True:
        target = free_name(file, why)
        try:
            copy_to(source, target)
        except FileExistsError:  # another one had the same thought
            continue
        return target


def free_name(file: Path, why: str) -> Path:
    """A file name that no file has yet: `NAME-why.EXT`, or `NAME-why-2.EXT` and so on.

    Returns:
        The path, in the folder of `file`. The file is not made, so another program may still take the name.
    """
    number, target = 1, file.with_name(f"{file.stem}-{why}{file.suffix}")
    while target.exists():
        number += 1
        target = file.with_name(f"{file.stem}-{why}-{number}{file.suffix}")
    return target


def copy_into(source: Path, target: sqlite3.Connection) -> None:
    """Write a database over the one that a connection is alone with: all of it, or nothing."""
    with closing(_opened(source)) as opened:
        opened.backup(target)


def _opened(file: Path) -> sqlite3.Connection:
    """The database as it is, never made by asking for it."""
    found = sqlite3.connect(reading_address(file), uri=True, timeout=WAIT)
    found.execute("PRAGMA schema_version")  # a file that is none is told here
    return found
