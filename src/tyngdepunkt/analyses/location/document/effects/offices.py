"""Arrangements over several places: jobs place by place, and who can reach an office."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tyngdepunkt.analyses.location.document.opening.alternatives import not_applicable
from tyngdepunkt.documents import figure_words as words
from tyngdepunkt.documents.document import Block, Paragraph, Table, bullets, columns_of

if TYPE_CHECKING:
    from tyngdepunkt.analyses.location.answer import PlaceChanges
    from tyngdepunkt.analyses.location.document.view import View
    from tyngdepunkt.analyses.location.result import AlternativeResult
    from tyngdepunkt.indicators.reach_of_offices import Access

ROOM = "effects:offices"
MOST_PLACES = 40
MOST_REGIONS = 5


def blocks(view: View) -> list[Block]:
    """A table of places for each arrangement, then one of access for all; nothing where there are none."""
    arranged = [item for item in view.rows if item.changes]
    made: list[Block] = [_places(view, item) for item in arranged]
    made += [Paragraph(view.say(f"{ROOM}.never_added"))] if arranged else []
    return [*made, *_access(view)]


def _places(view: View, item: AlternativeResult) -> Table:
    heads = [view.say(f"{ROOM}.{name}") for name in ("jobs", "of_municipality", "of_region")]
    columns = columns_of(view.say(f"{ROOM}.place"), view.say("region"), numbers=heads)
    by_size = sorted(item.changes, key=lambda each: -_size(each))
    rows = tuple(
        (
            each.name,
            each.region_name or not_applicable(view),
            words.change(each.jobs, view.lang, 0 if _whole(each) else 1),
            words.change(each.of_municipality, view.lang, 2, factor=100),
            words.change(each.of_region, view.lang, 2, factor=100)
            if each.region_name
            else not_applicable(view),
        )
        for each in by_size[:MOST_PLACES]
    )
    return Table(view.say(f"{ROOM}.changes", name=item.name), columns, rows)


def _whole(each: PlaceChanges) -> bool:
    """Whether the change is in whole jobs; one that is split between places may not be."""
    return all(float(end).is_integer() for end in each.jobs or ())


def _size(each: PlaceChanges) -> float:
    return 0.0 if each.jobs is None else abs(sum(each.jobs))


def _access(view: View) -> list[Block]:
    found = [(item, each) for item in view.rows for each in item.access]
    if not found:
        return []
    names = ("minutes", "before", "after", "lose", "gain", "median", "worst")
    heads = [view.say(f"{ROOM}.{name}") for name in names]
    columns = columns_of(view.say("alternative"), numbers=heads)
    rows = tuple((item.name, *_row(each)) for item, each in found)
    table = Table(view.say(f"{ROOM}.access"), columns, rows)
    who = bullets(_who(view, item, each) for item, each in found if each.regions)
    return [table, Paragraph(view.say(f"{ROOM}.access_note")), *who]


def _row(each: Access) -> tuple[float | str | None, ...]:
    nobody = "" if not each.lose else None  # where nobody loses there is no way to be longer
    return (
        each.minutes,
        each.before,
        each.after,
        each.lose,
        each.gain,
        each.median_longer if each.median_longer is not None else nobody,
        each.worst_longer if each.worst_longer is not None else nobody,
    )


def _who(view: View, item: AlternativeResult, each: Access) -> str:
    regions = [
        view.say(f"{ROOM}.region", name=part.labour_market_region, persons=part.lose)
        for part in each.regions[:MOST_REGIONS]
    ]
    key = "who" if len(each.regions) > len(regions) else "who_all"
    count = len(regions)
    return view.say(f"{ROOM}.{key}", name=item.name, minutes=each.minutes, regions=regions, count=count)
