"""The contribution to the local supply of jobs, in extent and in breadth (strategy, chapter 6.4)."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from tyngdepunkt.analyses.location.document import reasons
from tyngdepunkt.analyses.location.document.effects import offices
from tyngdepunkt.analyses.location.document.opening.alternatives import joined, not_applicable
from tyngdepunkt.analyses.location.document.view import View
from tyngdepunkt.documents import figure_words as words
from tyngdepunkt.documents.document import Block, Paragraph, Section, Table, bullets, columns_of

if TYPE_CHECKING:
    from tyngdepunkt.analyses.location.result import AlternativeResult

ROOM = "effects:contribution"
INDICATORS = ("contribution_extent", "contribution_breadth")
DECIMALS = (2, 3)
"""Of the percentage: a few posts in a large region show first in the second and third decimal."""


def section(view: View) -> Section:
    """Extent and breadth per alternative, with what one must know of them."""
    items = [item for item in view.rows if item.places]
    figures = [figure for item in items for figure in (item.extent, item.breadth)]
    made: list[Block] = [Paragraph(f"{view.say(f'{ROOM}.intro')} {_most(view)}".strip())]
    if any(figure.value for figure in figures):  # jobs that stay where they are add nought, by definition
        made.append(_table(view, items))
    made += offices.blocks(view)
    remarks = [words.legend(figures, view.lang), *reasons.notes(view, figures)]
    return Section(view.say(f"{ROOM}.title"), (*made, *bullets(remarks)))


def _table(view: View, items: list[AlternativeResult]) -> Table:
    heads = [view.say(f"{ROOM}.{name}") for name in ("extent", "breadth")]
    columns = columns_of(view.say("alternative"), view.say("region"), numbers=heads)
    rows = tuple((item.name, _region(view, item), *_cells(view, item)) for item in items)
    refs = [view.refs(item.extent, item.breadth) for item in items]
    return Table.sourced(view.say(f"{ROOM}.table"), columns, rows, refs)


def _region(view: View, item: AlternativeResult) -> str:
    """The region, or the regions an arrangement over several places lies in."""
    here = [view.places.municipalities[code].region_called for code in item.places]
    return item.region_name or joined(view, [name for name in here if name]) or not_applicable(view)


def _cells(view: View, item: AlternativeResult) -> tuple[str, ...]:
    pairs = zip((item.extent, item.breadth), DECIMALS, strict=True)
    return tuple(words.cell(each, words.Scale("", 100.0, decimals, view.lang)) for each, decimals in pairs)


def _most(view: View) -> str:
    """Where the jobs weigh most and least, among the places that gain any."""
    known = [(item.extent.value, item) for item in view.ranked if item.place and item.extent.value]
    if len(known) < 2:
        return ""
    (highest, most), (lowest, least) = (end(known, key=lambda each: each[0]) for end in (max, min))
    if highest == lowest:
        return ""
    shares = {"most_share": _share(view, most), "least_share": _share(view, least)}
    written = Counter(_share(view, item) for _, item in known)
    if written[shares["most_share"]] > 1:
        return ""
    shared = written[shares["least_share"]] > 1
    key = "most_only" if round(lowest, 4) == 0 or shared else "most"
    return view.say(f"{ROOM}.{key}", most=most.name, least=least.name, **shares)


def _share(view: View, item: AlternativeResult) -> str:
    """The extent as the table writes it."""
    return words.phrase(item.extent, DECIMALS[0], view.lang)
