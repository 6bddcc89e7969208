"""What is built beside its place and then takes it: names for it, what kills have left, and the swap.

A thing that is there stays there until the new one is: a file is renamed over (`os.replace`), a folder
exchanged with the other. A hidden name holds the number of the process that writes under it, so that the
next one can tell what is still being written from what was left by a process that is no more.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import re
import secrets
import sys
import time
from collections.abc import Iterator
from pathlib import Path

_DAY = 24 * 3600
_OURS = re.compile(r"\.([0-9]{1,9})\.[0-9a-f]{8}$")
_HERE, _EXCHANGE = -100, 2  # AT_FDCWD and RENAME_EXCHANGE of renameat2(2)


def hidden_name(what: str) -> str:
    """A name that nobody else takes."""
    return f".{what}.{os.getpid()}.{secrets.token_hex(4)}"


def left_over(folder: Path, what: str) -> Iterator[Path]:
    """What processes that are no more have left under hidden names.

    Args:
        folder: where.
        what: as it was given to `hidden_name`; `*` stands for anything.
    """
    for found in folder.glob(f".{what}.*"):
        told = _OURS.search(found.name)
        if told and (not _is_alive(int(told[1])) or _age(found) > _DAY):  # numbers are used again
            yield found


def flush(path: Path) -> None:
    """Have a file, or the names in a folder, on the disk. Never for a database that is in use."""
    with contextlib.suppress(OSError):  # a system that cannot open or flush folders
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def put(file: Path, content: bytes) -> None:
    """Write a file beside its place and rename it over what is there.

    Raises:
        OSError: it cannot be written; what was there is untouched.
    """
    beside = file.with_name(hidden_name(file.name))
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        beside.write_bytes(content)
        flush(beside)
        os.replace(beside, file)
    finally:
        beside.unlink(missing_ok=True)


def exchange(one: Path, other: Path) -> bool:
    """Let two folders change names at once; False where the system cannot, and nothing is changed."""
    if sys.platform != "linux":
        return False
    try:
        rename = ctypes.CDLL(None, use_errno=True).renameat2
    except (AttributeError, OSError):
        return False
    outcome: int = rename(_HERE, os.fsencode(one), _HERE, os.fsencode(other), _EXCHANGE)
    return outcome == 0


def _is_alive(process: int) -> bool:
    """Whether there is such a process; taken to be where asking would end it."""
    if sys.platform == "win32":
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OverflowError):
        return True
    return True


def _age(path: Path) -> float:
    try:
        return time.time() - path.stat().st_mtime
    except OSError:
        return 0.0
