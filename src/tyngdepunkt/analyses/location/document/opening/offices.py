"""Sets of offices: the jobs at each office today, and under each alternative."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tyngdepunkt.analyses.location.document.view import MOST_COLUMNS, View
from tyngdepunkt.documents import figure_words as words
from tyngdepunkt.documents.document import Block, Paragraph, Table, columns_of

if TYPE_CHECKING:
    from tyngdepunkt.analyses.location.input.model import Alternative, Part

ROOM = "opening:alternatives"
MOST_OFFICES = 40


def blocks(view: View) -> tuple[Block, ...]:
    """One row per office, those that change the most first; nothing where there are no sets."""
    sets = [item for item in view.case.alternatives if item.is_offices]
    shown = sets[:MOST_COLUMNS]
    if not shown:
        return ()
    codes = sorted({part.code for item in sets for part in item.parts})
    codes.sort(key=lambda code: -max(_change(item, code) for item in sets))
    heads = [view.say(f"{ROOM}.before"), *(item.name for item in shown)]
    columns = columns_of(view.say(f"{ROOM}.office"), numbers=heads)
    rows = tuple(_row(view, shown, code) for code in codes[:MOST_OFFICES])
    more = view.of_all(len(rows), len(codes))
    table = Table(view.say(f"{ROOM}.offices"), columns, rows)
    return (table, Paragraph(more)) if more else (table,)


def part_of(item: Alternative, code: str) -> Part | None:
    """The office an alternative has in a municipality."""
    return next((part for part in item.parts if part.code == code), None)


def _row(view: View, sets: list[Alternative], code: str) -> tuple[str, ...]:
    parts = [part_of(item, code) for item in sets]
    before = next((part.jobs_before for part in parts if part and part.jobs_before), None)
    unnamed = view.say(f"{ROOM}.as_before")  # an office that an alternative does not name stays as it is
    after = [words.jobs(part.jobs_after, view.lang) if part else unnamed for part in parts]
    return (view.name_of(code), words.jobs(before, view.lang), *after)


def _change(item: Alternative, code: str) -> float:
    part = part_of(item, code)
    if part is None or part.jobs_before is None or part.jobs_after is None:
        return 0.0
    return abs(sum(part.jobs_after) - sum(part.jobs_before))
