"""The places as a table for spreadsheets."""

from __future__ import annotations

from tyngdepunkt import texts
from tyngdepunkt.analyses.desk_need.resolve import ROOM
from tyngdepunkt.analyses.desk_need.result import DeskNeed
from tyngdepunkt.documents.document import Sheet

_PLAIN = ("posts", "people", "expected", "peak_weekday", "desks_needed")
_RANGES = ("expected_range", "desks_range", "experience")


def sheet(result: DeskNeed, lang: str) -> Sheet:
    """A row for each place; ranges in two columns."""

    def say(name: str) -> str:
        return texts.text(f"{ROOM}:view.{name}", lang)

    ends = [f"{say(name)} ({say(end)})" for name in _RANGES for end in ("low", "high")]
    head = (say("place"), *(say(name) for name in _PLAIN), *ends)
    rows = [
        (
            each.place,
            *(getattr(each, name) for name in _PLAIN),
            *(getattr(getattr(each, name), end) for name in _RANGES for end in ("low", "high")),
        )
        for each in result.places
    ]
    return Sheet(say("sheet"), (head, *rows))
