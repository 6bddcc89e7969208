"""Every candidate site as a table for spreadsheets."""

from __future__ import annotations

from tyngdepunkt import texts
from tyngdepunkt.analyses.siting.exports import site_rows
from tyngdepunkt.analyses.siting.marks import ROOM
from tyngdepunkt.analyses.siting.result import Result
from tyngdepunkt.documents.document import Sheet

_FLAGS = ("is_open", "existing", "fixed")


def sheet(result: Result, lang: str) -> Sheet:
    """A row for each site: whether it is open, exists or is fixed, and what it serves."""

    def say(name: str) -> str:
        return texts.text(f"{ROOM}:view.{name}", lang)

    head = tuple(say(name) for name in ("site", *_FLAGS, "demands", "weight"))
    rows = [
        (
            row["site"],
            *(say("yes" if row[name] else "no") for name in ("open", "existing", "fixed")),
            row["demands"],
            row["weight"],
        )
        for row in site_rows(result.site)
    ]
    return Sheet(say("sheet"), (head, *rows))
