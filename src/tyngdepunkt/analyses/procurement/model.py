"""A notice as the rules read it, whatever format it came in.

A record maps a field's key (`BT-27`) to its values, each a pair of text and attribute (currency, unit,
language or code list; empty where there is none), and the name of a group to a list of records.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Literal

from tyngdepunkt.analyses.procurement.lines import Lines

Record = dict[str, Any]
Form = Literal["planning", "competition", "result", "other"]
_SDK = re.compile(r"eforms-sdk-(\d{1,3}\.\d{1,3})")
_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_DAY = len("2026-12-31")
NOTHING = b"\xef\xbb\xbf\xff\xfe \t\r\n\x00"
"""What a file can hold and still say nothing: marks of the byte order, and blanks."""
TITLE = "BT-21"
"""What the purchaser calls it; read from a draft, which has no number to be known by."""
_RESULTS = ("result", "dir-awa-pre", "cont-modif", "completion")


@dataclass(slots=True)
class Lot:
    """One lot or part.

    Args:
        id: its id; None where the format knows no lots.
        record: its fields.
        part: whether it is a part of a planning notice.
        likeness: equal for lots that say the same, where the reader knows it; else None.
        lines: where its fields stand, each part with the number of lines it is moved by.
    """

    id: str | None
    record: Record
    part: bool = False
    likeness: Any = None
    lines: list[tuple[Lines, int]] = field(default_factory=list)


@dataclass(slots=True)
class Source:
    """A notice that is read.

    Args:
        kind: eforms, ocds, doffin or draft.
        record: fields and groups of the whole procedure.
        lots: lots (or parts, where there are no lots).
        told: (id of a text, where) of what a reader should know.
        count: how many notices the file holds; one of them is read.
        lines: where the fields of the whole procedure stand; empty for JSON.
    """

    kind: str
    record: Record
    lots: list[Lot] = field(default_factory=list)
    told: list[tuple[str, str]] = field(default_factory=list)
    count: int = 1
    lines: Lines = field(default_factory=dict)

    @property
    def sdk(self) -> str | None:
        """The SDK's version in the customization id, such as `1.13`."""
        found = _SDK.match(first(self.record, "OPT-002") or "")
        return found[1] if found else None

    @property
    def subtype(self) -> str | None:
        """The notice subtype, such as `16` or `E3`."""
        return first(self.record, "OPP-070")

    @property
    def customization(self) -> str:
        """The customization id, or empty."""
        return first(self.record, "OPT-002") or ""

    @property
    def form(self) -> Form:
        """What the notice is for."""
        told = first(self.record, "BT-03")
        if told in ("planning", "competition"):
            return "planning" if told == "planning" else "competition"
        if told in _RESULTS:
            return "result"
        if told in (None, "", "change"):
            return "result" if self.record.get("results") else "competition"
        return "other"

    @property
    def dispatched(self) -> dt.date | None:
        """The day it was sent, where that can be read."""
        return date_of(first(self.record, "BT-05(a)"))

    @property
    def national(self) -> bool:
        """Whether it follows national rules only (below the EEA thresholds)."""
        return (self.subtype or "")[:1] in ("E", "N") or self.customization.endswith(
            ("national", "national-e")
        )


def values(record: Record, key: str) -> list[str]:
    """The texts of a field; empty where it is not stated."""
    held = record.get(key)
    return [text for text, _ in held if text] if held else []


def first(record: Record, key: str) -> str | None:
    """The first text of a field, or None."""
    text: str
    for text, _ in record.get(key, ()):
        if text:
            return text
    return None


def speaks(text: str, words: tuple[str, ...]) -> bool:
    """Whether one of the words (in small letters) stands in the text, in whatever case."""
    low = text.lower()
    return any(word in low for word in words)


def groups(record: Record, *names: str) -> Iterator[Record]:
    """Every record of a group, or of a group in a group."""
    here = record.get(names[0], ())
    if len(names) == 1:
        yield from here
        return
    for each in here:
        yield from groups(each, *names[1:])


def date_of(text: str | None) -> dt.date | None:
    """The day at the beginning of an ISO date or time; its zone does not move it."""
    return _day(text[:_DAY]) if text else None


@lru_cache(maxsize=1024)
def _day(text: str) -> dt.date | None:
    found = _DATE.match(text)
    try:
        return dt.date(int(found[1]), int(found[2]), int(found[3])) if found else None
    except ValueError:
        return None
