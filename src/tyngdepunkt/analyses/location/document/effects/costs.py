"""Costs as ranges with their sources; one column where they are equal everywhere."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from tyngdepunkt.analyses.location.document import reasons
from tyngdepunkt.analyses.location.document.view import View
from tyngdepunkt.documents import figure_words as words
from tyngdepunkt.documents.document import Block, Paragraph, Section, Table, bullets, columns_of
from tyngdepunkt.figures import Figure

if TYPE_CHECKING:
    from tyngdepunkt.analyses.location.result import UsedIndicator

ROOM = "effects:costs"
INDICATORS = ("one_off_cost", "follow_share", "double_staffing", "office_area", "rent_per_year")


STATED = ("one_off_per_job", "area_per_employee", "rent_per_m2", "double_staffing_years")
"""Costs that a case can state itself."""


def _stated_rent(view: View) -> bool:
    return any(part.rent is not None for item in view.case.alternatives for part in item.parts)


def section(view: View) -> Section:
    """What the alternatives cost, as far as audits and statistics can say."""
    used = [each for each in view.assessment.indicators if each.indicator.id in INDICATORS]
    shown = [each for each in used if any(f.value is not None for f in _figures(view, each))]
    own = any(getattr(view.case.costs, name) is not None for name in STATED) or _stated_rent(view)
    made: list[Block] = [Paragraph(view.say(f"{ROOM}.intro{'_own' if own else ''}"))]
    if shown:
        made.append(_table(view, shown))
    figures = [figure for each in used for figure in _figures(view, each)]
    remarks = [words.legend(figures, view.lang), *reasons.remarks(view, used)]
    return Section(view.say(f"{ROOM}.title"), (*made, *bullets(remarks)))


def _figures(view: View, used: UsedIndicator) -> list[Figure]:
    return view.figures(used.indicator.id, view.columns)


def _table(view: View, shown: Sequence[UsedIndicator]) -> Table:
    rows = [view.row(each, view.columns) for each in shown]
    heads = [view.head(item) for item in view.columns]
    if all(len(set(cells)) == 1 for _, *cells in rows):
        rows = [row[:2] for row in rows]
        heads = [view.say(f"{ROOM}.everywhere")]
    columns = columns_of(view.say(f"{ROOM}.item"), numbers=heads)
    refs = [view.refs(*_figures(view, each)) for each in shown]
    return Table.sourced(view.say(f"{ROOM}.table", year=view.price_year), columns, rows, refs)
