"""Files put in place together: built beside, then renamed; all of them or none."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping
from errno import EISDIR
from pathlib import Path

from tyngdepunkt.errors import Fault, UserError


def put_in_place(folder: Path, contents: Mapping[str, bytes]) -> list[Path]:
    """Write each content under its name in the folder; on any failure change nothing.

    Raises:
        UserError: the folder cannot be made or written in, or a file is held by another
            program.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder, prefix=".writing-") as beside:
            return _swap(folder, Path(beside), contents)
    except OSError as error:
        reason = error.strerror or str(error)
        raise UserError(Fault("documents:cannot_write", {"folder": str(folder), "reason": reason})) from error


def _swap(folder: Path, beside: Path, contents: Mapping[str, bytes]) -> list[Path]:
    for name, content in contents.items():
        if Path(name).name != name:
            raise ValueError(f"{name!r} is not a plain file name")
        (beside / name).write_bytes(content)
    before: dict[Path, Path | None] = {}
    try:
        for name in contents:
            target = folder / name
            before[target] = _keep(target, beside / f"{name}.before")
            os.replace(beside / name, target)
    except OSError:
        _restore(before)
        raise
    return list(before)


def _keep(target: Path, copy: Path) -> Path | None:
    """The file that is there now, moved aside; None where there is none."""
    if target.is_dir():
        raise IsADirectoryError(EISDIR, "there is a folder of that name", str(target))
    if not target.exists():
        return None
    os.replace(target, copy)
    return copy


def _restore(before: Mapping[Path, Path | None]) -> None:
    for target, copy in before.items():
        if copy is not None:
            os.replace(copy, target)
        else:
            target.unlink(missing_ok=True)
