"""The joined results as tables for spreadsheets: the sums, and what each agency has of them."""

from __future__ import annotations

from tyngdepunkt.analyses.joined_functions.narrative import say
from tyngdepunkt.analyses.joined_functions.result import Joined
from tyngdepunkt.documents.document import Sheet


def sheet(result: Joined, lang: str) -> Sheet:
    """A row for each sum; the most is empty where there is no upper end."""
    names = ("table", "place_or_group", "number", "low", "high", "agencies", "hidden_by")
    rows = [
        (
            say(f"table_{each.table}", lang),
            each.name,
            (each.group if each.place is None else each.place) or None,
            *(each.low, each.high, each.agencies, each.hidden),
        )
        for each in (result.total, *result.places, *result.groups)
    ]
    return Sheet(say("sheet", lang), (tuple(say(name, lang) for name in names), *rows))


def counts_sheet(result: Joined, lang: str) -> Sheet:
    """A row for each total of each agency."""
    names = ("agency", "table", "place_or_group", "number", "low", "high", "is_hidden")
    rows = [
        (
            each.agency,
            say(f"table_{each.table}", lang),
            each.name,
            (each.group if each.place is None else each.place) or None,
            *(each.low, each.high),
            say("yes", lang) if each.suppressed else "",
        )
        for each in result.counts
    ]
    return Sheet(say("counts_sheet", lang), (tuple(say(name, lang) for name in names), *rows))
