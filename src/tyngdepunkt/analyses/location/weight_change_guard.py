"""Weights changed after the scores were seen must be logged, so the output remembers them.

`assess --out` leaves a small file beside the documents: which weights the shown scores
were made with, how the indicators inside the considerations counted, and which entries the
weight log had then. A later run on the same output that weighs otherwise, and has no new
entry, is refused. It is not a lock: whoever wants to, can
write to a new folder. It is a reminder that a reader can trust was there.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tyngdepunkt.errors import Fault, UserError

if TYPE_CHECKING:
    from tyngdepunkt.analyses.location.case import LocationCase


def refuse_silent_change(case: LocationCase, weights_text: str, file: Path, today: dt.date) -> None:
    """Raise where the weights differ from those whose scores were shown, with no new log entry.

    Raises:
        UserError: `analyses.location:weights_changed`, or `analyses.location:inside_changed` where only
            the indicators inside the considerations count otherwise than they did.
    """
    shown = _shown_before(case, file)
    if not shown or any(_accounted_for(case, each) for each in shown):
        return
    values = {"folder": file.parent, "today": today.isoformat()}
    if shown[0]["fingerprint"] == _fingerprint(case):
        raise UserError(Fault("analyses.location:inside_changed", values))
    both = {"before": shown[0]["weights"], "after": weights_text}
    raise UserError(Fault("analyses.location:weights_changed", {**values, **both}))


def memory(case: LocationCase, weights_text: str) -> bytes:
    """What to leave beside the documents: the weights whose scores they show."""
    content = {
        "title": case.title,
        "fingerprint": _fingerprint(case),
        "inside": _inside(case),
        "weights": weights_text,
        "log": _entries(case),
    }
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()


def _shown_before(case: LocationCase, file: Path) -> list[dict[str, Any]]:
    """What was shown of this case here: by its own file, else by any other file with its title."""
    own = _read(file)
    if own is not None:
        return [own]
    others = (_read(each) for each in sorted(file.parent.glob("*.weights.json")))
    return [each for each in others if each is not None and each.get("title") == case.title]


def _accounted_for(case: LocationCase, shown: dict[str, Any]) -> bool:
    """Whether the weights are those that were shown, or the log has an entry it did not have then."""
    same = shown["fingerprint"] == _fingerprint(case) and shown.get("inside", "") in ("", _inside(case))
    return bool(same or set(_entries(case)) - set(shown["log"]))


def _fingerprint(case: LocationCase) -> str:
    return _digest(repr(case.weights))


def _inside(case: LocationCase) -> str:
    """How the indicators count: weights, which are off, directions and value functions; not the reasons."""
    choices = (replace(each, reason="") for each in case.indicators)
    return _digest(repr(sorted(map(repr, choices))))


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
