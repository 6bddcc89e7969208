"""Files put in place together: built beside, then renamed over; all of them or none.

A file that is there is never missing from its place, whenever the program is killed: the new one is
renamed over it. What a kill has left under hidden names is healed by the next run.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from errno import EISDIR
from pathlib import Path

from tyngdepunkt import swap
from tyngdepunkt.errors import Fault, UserError

_HIDDEN, _BEFORE = "writing", ".before"


def put_in_place(folder: Path, contents: Mapping[str, bytes]) -> list[Path]:
    """Write several files into a folder: all of them, or none.

    Args:
        folder: made where it is not there.
        contents: name → content. Files take their places in this order, so that what has to be there before
            the others comes first.

    Returns:
        The files.

    Raises:
        UserError: the folder cannot be made or written in, or a file is held by another
            program.
        ValueError: a name with a folder in it; that is a bug.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        heal(folder)
        with _beside(folder) as beside:
            return _swap(folder, beside, contents)
    except OSError as error:
        reason = error.strerror or str(error)
        raise UserError(Fault("documents:cannot_write", {"folder": str(folder), "reason": reason})) from error


def heal(folder: Path) -> None:
    """Take away what a killed run has left; a file whose only copy is there comes back to its place."""
    for left in [*swap.left_over(folder, _HIDDEN), *folder.glob(f".{_HIDDEN}-*")]:
        for copy in left.glob(f"*{_BEFORE}"):
            place = folder / copy.name.removesuffix(_BEFORE)
            if not place.exists():
                os.replace(copy, place)
        shutil.rmtree(left, ignore_errors=True)


@contextmanager
def _beside(folder: Path) -> Iterator[Path]:
    beside = folder / swap.hidden_name(_HIDDEN)
    beside.mkdir(mode=0o700)
    try:
        yield beside
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def _swap(folder: Path, beside: Path, contents: Mapping[str, bytes]) -> list[Path]:
    for name, content in contents.items():
        if Path(name).name != name:
            raise ValueError(f"{name!r} is not a plain file name")
        (beside / name).write_bytes(content)
        swap.flush(beside / name)
    before: dict[Path, Path | None] = {}
    try:
        for name in contents:
            target = folder / name
            before[target] = _kept(target, beside / f"{name}{_BEFORE}")
            os.replace(beside / name, target)
    except OSError:
        _restore(before)
        raise
    swap.flush(folder)
    return list(before)


def _kept(target: Path, copy: Path) -> Path | None:
    """The file that is there now under a second name, while it stays; None where there is none."""
    if target.is_dir():
        raise IsADirectoryError(EISDIR, "there is a folder of that name", str(target))
    if not target.exists():
        return None
    try:
        os.link(target, copy)
    except OSError:  # a disk without second names
        shutil.copy2(target, copy)
    return copy


def _restore(before: Mapping[Path, Path | None]) -> None:
    for target, copy in before.items():
        if copy is not None:
            os.replace(copy, target)
        else:
            target.unlink(missing_ok=True)
