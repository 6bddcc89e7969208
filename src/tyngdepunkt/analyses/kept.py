"""What is kept between two runs that write to one folder: the weights shown, and an earlier method's answer.

Both are optional parts of the contract (`shown.py` and `earlier.py` of an analysis).

Weights changed after the scores were seen must be logged, so the output remembers them. `--out` leaves a
small file beside the documents: which weights the shown scores were made with, how the indicators inside the
considerations counted, and which entries the weight log had then. A later run on the same output that weighs
otherwise, and has no new entry, is refused. It is not a lock: whoever wants to, can write to a new folder. It
is a reminder that a reader can trust was there.

Whoever has shown a document must also be able to say what changed with the method, and why. The earlier JSON
answer lies beside the documents; it is read, never computed again.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tyngdepunkt.analyses.contract import Analysis
from tyngdepunkt.errors import Fault, UserError

ENDINGS = ("docx", "pdf", "html", "xlsx", "json")


@dataclass(frozen=True, slots=True)
class Shown:
    """The weights whose scores are shown.

    Args:
        title: of the case; another with the same title in the same folder is the same case.
        weights: what a change is told by, as `repr` writes it.
        inside: how what is weighed counts inside, without the reasons given; as `repr` writes it.
        words: the weights in words.
        log: the entries of the log of weights.
    """

    title: str
    weights: Any
    inside: Any
    words: str
    log: Sequence[Any]

    @property
    def fingerprints(self) -> dict[str, Any]:
        """What is remembered, but for title and words."""
        return {
            "fingerprint": _digest(self.weights),
            "inside": _digest(self.inside),
            "log": [_digest(entry) for entry in self.log],
        }


def refuse_silent_change(shown: Shown, file: Path, today: dt.date, room: str) -> None:
    """Raise where the weights differ from those whose scores were shown, with no new log entry.

    Args:
        shown: the weights now.
        file: where those that were shown are remembered.
        today: for an entry that can be copied from the message.
        room: texts of the messages.

    Raises:
        UserError: `weights_changed` of the room, or `inside_changed` where only what counts inside does so
            otherwise than it did.
    """
    before, now = _shown_before(shown.title, file), shown.fingerprints
    if not before or any(_accounted_for(now, each) for each in before):
        return
    values = {"folder": file.parent, "today": today.isoformat()}
    if before[0]["fingerprint"] == now["fingerprint"]:
        raise UserError(Fault(f"{room}:inside_changed", values))
    both = {"before": before[0]["weights"], "after": shown.words}
    raise UserError(Fault(f"{room}:weights_changed", {**values, **both}))


def memory(shown: Shown) -> bytes:
    """What to leave beside the documents: the weights whose scores they show."""
    known = shown.fingerprints
    log = known.pop("log")
    content = {"title": shown.title, **known, "weights": shown.words, "log": log}
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()


def held_against(made_for: Analysis, result: Any, file: Path) -> Any:
    """The result, told of an earlier answer that another version of the method gave; else as it is.

    Args:
        made_for: whose result it is.
        result: the new answer.
        file: where the JSON of an earlier one may lie.
    """
    before = _earlier(made_for, file)
    return made_for.held_against(result, before, _kept_as(file, before, "*").name) if before else result


def keep(made_for: Analysis, file: Path) -> list[Path]:
    """Copies of the documents of an earlier method version, beside them under names that say so.

    Args:
        made_for: whose answer it is.
        file: the JSON answer; its documents bear the same name with other endings.

    Returns:
        The copies that were made now.
    """
    before, made = _earlier(made_for, file), []
    for ending in ENDINGS if before else ():
        old, new = file.with_suffix(f".{ending}"), _kept_as(file, before or {}, ending)
        if old.is_file() and not new.exists():
            shutil.copy2(old, new)
            made.append(new)
    return made


def version_of(before: Mapping[str, Any]) -> str:
    """The version of the method that an earlier answer names, as it can stand in the name of a file."""
    given = str(before.get("method_version") or before.get("made", {}).get("method_version", ""))
    return given if given.isalnum() and len(given) < 20 else "x"


def _earlier(made_for: Analysis, file: Path) -> dict[str, Any] | None:
    """The answer that lies there; None where it is none, or the method is the same."""
    before = _read(file, made_for.earlier_needs)
    return None if before is None or version_of(before) == made_for.method_version else before


def _kept_as(file: Path, before: Mapping[str, Any], ending: str) -> Path:
    return file.with_name(f"{file.stem}-method-{version_of(before)}.{ending}")


def _shown_before(title: str, file: Path) -> list[dict[str, Any]]:
    """What was shown of this case here: by its own file, else by any other file with its title."""
    needed = {"fingerprint", "weights", "log"}
    own = _read(file, needed)
    if own is not None:
        return [own]
    others = (_read(each, needed) for each in sorted(file.parent.glob("*.weights.json")))
    return [each for each in others if each is not None and each.get("title") == title]


def _accounted_for(now: Mapping[str, Any], before: Mapping[str, Any]) -> bool:
    """Whether the weights are those that were shown, or the log has an entry it did not have then."""
    inside = before.get("inside", "") in ("", now["inside"])
    same = before["fingerprint"] == now["fingerprint"] and inside
    return bool(same or set(now["log"]) - set(before["log"]))


def _digest(told: Any) -> str:
    return hashlib.sha256(repr(told).encode()).hexdigest()[:16]


def _read(file: Path, needed: set[str] | frozenset[str]) -> dict[str, Any] | None:
    """The mapping a file holds; None where there is none with the keys that are needed."""
    try:
        content = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return content if isinstance(content, dict) and needed <= content.keys() else None
