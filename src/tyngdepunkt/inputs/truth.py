"""Yes and no in the words people use for them."""

from __future__ import annotations

from typing import Any

from tyngdepunkt.inputs.text import even, refused, shown

YES = frozenset(["true", "yes", "y", "ja", "j", "sann", "sant", "x", "✓"])
NO = frozenset(["false", "no", "n", "nei", "usann", "usant"])


def truth(value: Any) -> bool:
    """True or false.

    >>> truth("Ja"), truth("no"), truth(True)
    (True, False, True)

    Raises:
        UserError: it is neither.
    """
    if isinstance(value, bool):
        return value
    word = even(value) if isinstance(value, str) else None
    if word not in YES | NO:
        raise refused("not_yes_or_no", given=shown(value))
    return word in YES
