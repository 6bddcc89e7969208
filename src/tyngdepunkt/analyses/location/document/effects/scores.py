"""The effects together: points per consideration, as a table and as a profile."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tyngdepunkt.analyses.location.document import pictures
from tyngdepunkt.analyses.location.document.view import View
from tyngdepunkt.documents.document import Block, Paragraph, Section, Table, columns_of
from tyngdepunkt.texts import inside

if TYPE_CHECKING:
    from tyngdepunkt.analyses.location.result import AlternativeResult

ROOM = "effects:scores"


def section(view: View) -> Section:
    """Points per consideration for the alternatives that are ranked."""
    return Section(view.say(f"{ROOM}.title"), _blocks(view))


def _blocks(view: View) -> tuple[Block, ...]:
    if not view.ranked:
        return (Paragraph(view.say(f"{ROOM}.no_scores")),)
    made: list[Block] = [Paragraph(view.say(f"{ROOM}.intro")), _table(view)]
    remarks = [view.of_all(len(_shown(view)), len(view.ranked)), _unmeasured(view)]
    made += [Paragraph(text) for text in remarks if text]
    return (*made, *pictures.profile(view), Paragraph(view.say(f"{ROOM}.lasting")))


def _shown(view: View) -> tuple[AlternativeResult, ...]:
    return tuple(item for item in view.rows if item.rank is not None)


def _table(view: View) -> Table:
    ids = view.considerations
    columns = columns_of(view.say("alternative"), numbers=map(view.title, ids))
    rows = tuple((item.name, *(item.scores.get(each) for each in ids)) for item in _shown(view))
    return Table(view.say(f"{ROOM}.table"), columns, rows)


def _unmeasured(view: View) -> str:
    without = [each for each in view.assessment.considerations if each not in view.considerations]
    names = [inside(view.title(each)) for each in without]
    return view.say(f"{ROOM}.unmeasured", names=names) if names else ""
