"""What differs between two snapshots, as sentences: by codes for a terminal, by names for a page."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from tyngdepunkt.places.differences import Difference
from tyngdepunkt.places.drift import Drift
from tyngdepunkt.texts import text

_MOST = 3


@dataclass(frozen=True, slots=True)
class Said:
    """One sentence, and those that belong under it."""

    words: str
    under: Sequence[Said] = field(default=())

    def lines(self, depth: int = 0) -> Iterator[str]:
        """All of it, each level two blanks further in."""
        yield "  " * depth + self.words
        for each in self.under:
            yield from each.lines(depth + 1)


def _code(code: str) -> str:
    return code


def _column_code(table: str, column: str) -> str:
    return column


@dataclass(frozen=True, slots=True)
class Names:
    """What tables, columns and places are called; by their codes where nothing else is given."""

    table: Callable[[str], str] = _code
    column: Callable[[str, str], str] = _column_code
    place: Callable[[str], str] = _code


CODES = Names()


def difference_in_words(each: Difference, lang: str, names: Names = CODES) -> Said:
    """One table: rows that came, went and changed, its years, and how far the sums and places moved."""
    table = names.table(each.table)
    if each.state != "changed":
        return Said(_say(f"diff.{each.state}", lang, table=table, rows=max(each.rows)))
    counted = {"new": each.new, "lost": each.lost, "changed": each.changed}
    years = (("years_new", each.years_new), ("years_lost", each.years_lost))
    told = [
        Said(_say(f"diff.{key}", lang, years=[str(year) for year in found])) for key, found in years if found
    ]
    moved = [_moved(drift, lang, names) for drift in each.moved if drift.moved]
    return Said(_say("diff.changed", lang, table=table, **counted), (*told, *moved))


def _moved(each: Drift, lang: str, names: Names) -> Said:
    (before, after), (old, new) = each.sums, each.years
    told = {"table": names.table(each.table), "column": names.column(each.table, each.column)}
    sums = {"before": before, "after": after, "percent": each.share * 100}
    most = [
        Said(_say("diff.place", lang, code=names.place(place.code), before=place.before, after=place.after))
        for place in each.moved[:_MOST]
        if place.after is not None
    ]
    lost = sum(place.after is None for place in each.moved)
    tail = [Said(_say("diff.places_lost", lang, count=lost))] if lost else []
    return Said(_say("moved", lang, **told, old=old, new=new, **sums), (*most, *tail))


def _say(key: str, lang: str, **values: object) -> str:
    return text(f"places:data.{key}", lang, **values)
