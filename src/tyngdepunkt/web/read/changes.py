"""What the figures in use changed from those before, as a page says it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tyngdepunkt.errors import UserError
from tyngdepunkt.places import Places, Snapshot
from tyngdepunkt.places.build_catalogue import catalogue
from tyngdepunkt.places.difference_words import Names, Said, difference_in_words
from tyngdepunkt.places.last_change import before, change


@dataclass(frozen=True, slots=True)
class Changes:
    """What changed.

    Args:
        old: the snapshot before; None where there is none, or where it is not whole.
        is_broken: there is one before, and it cannot be read.
        tables: what is said of each table that differs.
    """

    old: Snapshot | None = None
    is_broken: bool = False
    tables: Sequence[Said] = ()


def changes(places: Places, lang: str) -> Changes:
    """What differs between the snapshot in use and the one before it, in words.

    Returns:
        The earlier snapshot and what is said of each table that differs; both empty where there is no earlier
        one. `is_broken` is set where there is one that cannot be read.
    """
    earlier = before(places.folder)
    if earlier is None:
        return Changes()
    try:
        old, found = change(earlier, places.folder)
    except UserError:
        return Changes(is_broken=True)
    names = _names(places, old, lang)
    return Changes(old, tables=[difference_in_words(each, lang, names) for each in found])


def _names(places: Places, old: Snapshot, lang: str) -> Names:
    titles = {table.name: table.title[lang] for table in (*old.tables, *places.snapshot.tables)}
    columns = {
        (spec.name, column.name): column.title[lang]
        for spec in catalogue()
        for column in spec.columns
        if column.title
    }

    def place(code: str) -> str:
        known = places.municipalities.get(code)
        return known.called if known else code

    return Names(
        lambda table: titles.get(table, table),
        lambda table, column: columns.get((table, column), column),
        place,
    )
