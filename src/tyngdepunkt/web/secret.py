"""The secret that signs the tokens of forms: one for each installation, for its owner's eyes alone."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from tyngdepunkt import settings


def installation_secret() -> bytes:
    """The secret that form tokens are signed with; made on first use and stored in the data folder.

    Returns:
        32 bytes. Where none is stored and none can be, they differ from one call to the next.
    """
    file = settings.data_folder() / "web-secret"
    made = secrets.token_bytes(32)
    try:
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        kept = _kept_secret(file)
        if kept is None:
            _put(file, made.hex())
            kept = _kept_secret(file)
    except OSError:
        kept = None  # a folder that cannot be written in: forms then last until the next restart
    return kept or made


def _put(file: Path, text: str) -> None:
    """Write a whole file for its owner alone; where two start at once, the first one stands."""
    beside = file.with_name(f"{file.name}.{secrets.token_hex(4)}")
    with os.fdopen(
        os.open(beside, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w", encoding="ascii"
    ) as new:
        new.write(text)
    try:
        os.link(beside, file)  # fails where another has come first, and then theirs is read
    except FileExistsError:
        if _kept_secret(file) is None:
            beside.replace(file)
    finally:
        beside.unlink(missing_ok=True)


def _kept_secret(file: Path) -> bytes | None:
    """The secret in a file, made its owner's alone; None where there is none that can be used."""
    try:
        kept = bytes.fromhex(file.read_text("ascii").strip())
        file.chmod(0o600)
    except (OSError, ValueError):
        return None
    return kept if len(kept) == 32 else None
