"""Copies of a SQLite database, made by SQLite itself while others go on reading and writing.

A copy is whole: what is still in the log is in it. It is written under a hidden name and takes its own
when it is complete, so that a copy that bears its name can be trusted.
"""

from __future__ import annotations

import os
import secrets
import sqlite3
from contextlib import closing
from pathlib import Path

from tyngdepunkt.workspace.engine import WAIT, for_its_owner_alone


def copy_to(file: Path, target: Path) -> None:
    """Copy a database to a file that is not there yet, or is written over when the copy is complete.

    Raises:
        sqlite3.Error, OSError: it cannot be read, or not be written there.
    """
    beside = target.with_name(f".{target.name}.{secrets.token_hex(4)}")
    try:
        with for_its_owner_alone(), closing(_opened(file)) as source, closing(sqlite3.connect(beside)) as new:
            source.backup(new)
            new.execute("PRAGMA journal_mode=DELETE")  # one file, whole without any journal
        _flush(beside)
        os.replace(beside, target)
        _flush(target.parent)
    finally:
        beside.unlink(missing_ok=True)


def copy_beside(file: Path, why: str) -> Path:
    """Copy a database to its own folder, under a name that says why and is not taken."""
    number, target = 1, file.with_name(f"{file.stem}-{why}{file.suffix}")
    while target.exists():
        number += 1
        target = file.with_name(f"{file.stem}-{why}-{number}{file.suffix}")
    copy_to(file, target)
    return target


def _opened(file: Path) -> sqlite3.Connection:
    """The database as it is, never made by asking for it."""
    return sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True, timeout=WAIT)


def _flush(path: Path) -> None:
    """Have it on the disk: a name that was given outlives a power cut. Not for a database in use."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError:
        pass  # a system that cannot flush folders
    finally:
        os.close(handle)
