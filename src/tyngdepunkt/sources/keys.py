"""Keys of sources that answer only whom they know; a key stands in no fault, log or file of ours."""

from __future__ import annotations

from pathlib import Path

from tyngdepunkt.errors import Fault, UserError
from tyngdepunkt.settings import Secret

_MOST = 10_000


def key_of(secret: Secret) -> str:
    """A key as it was set, or as it stands in the file that is named.

    Args:
        secret: what is set; the key itself goes before the file.

    Raises:
        UserError: neither is set, the file cannot be read, or there is nothing in it.
    """
    key = secret.value or (_from_file(secret) if secret.file else "")
    if not key:
        raise UserError(Fault("sources:no_key", {"variable": secret.variable}))
    return key


def _from_file(secret: Secret) -> str:
    try:
        with Path(secret.file).expanduser().open(encoding="utf-8") as file:
            return file.read(_MOST).strip()
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or type(error).__name__  # the text may be the key
        values = {"file": secret.file, "variable": f"{secret.variable}_FILE", "reason": reason}
        raise UserError(Fault("sources:key_unreadable", values)) from None
