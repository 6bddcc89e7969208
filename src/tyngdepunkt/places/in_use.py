"""Which snapshot is in use where no setting says so: the newest, or one a person has chosen."""

from __future__ import annotations

from pathlib import Path

from tyngdepunkt import settings, swap
from tyngdepunkt.errors import Fault, UserError

_FILE = "in-use"


def chosen() -> str:
    """Id of the snapshot a person has chosen, or empty for the newest."""
    try:
        return _file().read_text(encoding="utf-8").strip()[:80]
    except (OSError, UnicodeDecodeError):
        return ""


def choose(identity: str) -> None:
    """Have a snapshot used from now on.

    Raises:
        UserError: the data folder cannot be written in.
    """
    file = _file()
    try:
        swap.put(file, f"{identity}\n".encode())
    except OSError as error:
        values = {"folder": str(file.parent), "reason": error.strerror or ""}
        raise UserError(Fault("sources:cannot_write", values)) from error


def use_newest() -> None:
    """Have the newest used from now on."""
    _file().unlink(missing_ok=True)


def _file() -> Path:
    return settings.data_folder() / "snapshots" / _FILE
