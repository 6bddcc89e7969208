"""Weights changed after the scores were seen must be logged, so the output remembers them.

`assess --out` leaves a small file beside the documents: which weights the shown scores
were made with, and which entries the weight log had then. A later run on the same output
with other weights, and no new entry, is refused. It is not a lock: whoever wants to, can
write to a new folder. It is a reminder that a reader can trust was there.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tyngdepunkt.errors import Fault, UserError

if TYPE_CHECKING:
    from tyngdepunkt.cases.location.case import LocationCase


def refuse_silent_change(case: LocationCase, weights_text: str, file: Path, today: dt.date) -> None:
    """Raise where the weights differ from those whose scores were shown, with no new log entry.

    Raises:
        UserError: `cases.location:weights_changed`.
    """
    shown = _read(file)
    if shown is None or shown["fingerprint"] == _fingerprint(case):
        return
    if set(_entries(case)) - set(shown["log"]):
        return
    values = {
        "folder": file.parent,
        "before": shown["weights"],
        "after": weights_text,
        "today": today.isoformat(),
    }
    raise UserError(Fault("cases.location:weights_changed", values))


def memory(case: LocationCase, weights_text: str) -> bytes:
    """What to leave beside the documents: the weights whose scores they show."""
    content = {"fingerprint": _fingerprint(case), "weights": weights_text, "log": _entries(case)}
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()


def _fingerprint(case: LocationCase) -> str:
    return _digest(repr(case.weights))


def _entries(case: LocationCase) -> list[str]:
    return [_digest(repr(entry)) for entry in case.weight_log]


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _read(file: Path) -> dict[str, Any] | None:
    if not file.is_file():
        return None
    try:
        content: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
        return content if {"fingerprint", "weights", "log"} <= content.keys() else None
    except (ValueError, AttributeError):
        return None
