"""What several decisions together have done to a place, before this case and with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tyngdepunkt.analyses.location.document import pictures
from tyngdepunkt.analyses.location.document.opening.alternatives import not_applicable
from tyngdepunkt.analyses.location.document.view import MOST_ROWS, View
from tyngdepunkt.documents import figure_words as words
from tyngdepunkt.documents.document import Block, Notice, Paragraph, Section, Table, columns_of

if TYPE_CHECKING:
    from tyngdepunkt.analyses.location.answer import LedgerEffect

ROOM = "effects:ledger"
INDICATORS = ("ledger_municipality", "ledger_region")


def section(view: View) -> Section:
    """The ledger's sums per place, and the warning where several sectors hit the same one."""
    made: list[Block] = []
    if view.ready("ledger"):
        warned = any(each.warning for each in view.assessment.ledger)
        made.append(Notice(view.ready("ledger"), "warning") if warned else Paragraph(view.ready("ledger")))
    if view.assessment.ledger:
        made.append(_table(view))
        made.append(Paragraph(f"{view.say(f'{ROOM}.if_chosen')} {_more(view)}".strip()))
        made += pictures.ledger(view)
    if view.case.jobs_consequences:
        said = view.say("labelled", name=view.say(f"{ROOM}.jobs_stated"), said=view.case.jobs_consequences)
        made.append(Paragraph(said))
    return Section(view.say(f"{ROOM}.title"), tuple(made))


def _table(view: View) -> Table:
    heads = [view.say(f"{ROOM}.{name}") for name in ("municipality", "after", "in_region")]
    columns = columns_of(view.say("place"), view.say("region"), numbers=heads)
    rows = tuple(_row(view, each) for each in view.assessment.ledger[:MOST_ROWS])
    refs = view.refs(*(figure for name in INDICATORS for figure in view.figures(name)))
    return Table(view.say(f"{ROOM}.table"), columns, rows, refs)


def _row(view: View, each: LedgerEffect) -> tuple[str | None, ...]:
    own, after = (words.change(bounds, view.lang) for bounds in (each.municipality, each.after_case))
    if not each.region_name:  # the division has none for it: no figure is missing
        return (each.name, not_applicable(view), own, after, not_applicable(view))
    return (each.name, each.region_name, own, after, words.change(each.region_change, view.lang))


def _more(view: View) -> str:
    total = len(view.assessment.ledger)
    return view.of_all(min(total, MOST_ROWS), total)
