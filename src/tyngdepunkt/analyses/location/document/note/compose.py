"""The first two pages put together: the answer, why, what would change it, who notices, what is unknown."""

from __future__ import annotations

from tyngdepunkt.analyses.location.document.note import affected, changing, matter, speaking, unknown
from tyngdepunkt.analyses.location.document.view import View
from tyngdepunkt.documents.document import Block, Column, Paragraph, Section, Table

ROOM = "note:answer"
RANKED = 5
"""Alternatives in the table of the first page."""


def note(view: View) -> tuple[Section, ...]:
    """Every part that has something to say, in the order a reader asks for them."""
    return (
        matter.decided(view),
        _answer(view),
        *speaking.sections(view),
        *changing.section(view),
        *matter.left_out(view),
        matter.unchanged(view),
        *affected.sections(view),
        unknown.rules(view),
        unknown.unknown(view),
        unknown.in_words(view),
        unknown.following(view),
    )


def _answer(view: View) -> Section:
    """What the figures point to, how firmly, what was decided, and what an earlier answer said."""
    said = [view.ready(key) for key in ("recommendation", "robustness", "decision", "earlier")]
    blocks: list[Block] = [Paragraph(text) for text in said if text]
    if len(view.ranked) > 1:
        blocks.append(_ranking(view))
    return Section(view.say(f"{ROOM}.title"), tuple(blocks))


def _ranking(view: View) -> Table:
    """The best alternatives with points and how often each comes first."""
    shown = view.ranked[:RANKED]
    columns = (
        Column(view.say("alternative")),
        Column(view.say("rank"), numeric=True),
        Column(view.say("points"), numeric=True, decimals=1),
        Column(view.say(f"{ROOM}.first_{'any' if view.fixed_weights else 'allowed'}"), numeric=True),
    )
    rows = tuple((item.name, item.rank, item.value, view.first_share(item)) for item in shown)
    many = len(view.ranked) > len(shown)
    key = f"{ROOM}.table_first" if many else f"{ROOM}.table"
    return Table(view.say(key, shown=len(shown), total=len(view.ranked)), columns, rows)
