"""Places that a person may be about to write the name of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from tyngdepunkt.places import Places
from tyngdepunkt.places.names import fold, tidy

LEAST = 2
MOST = 8


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What is put in the search field, and what tells it from its namesakes."""

    value: str
    about: str
    size: int


_Index = list[tuple[str, Suggestion]]
_INDEX: WeakKeyDictionary[Places, _Index] = WeakKeyDictionary()  # a snapshot never changes while open


def suggestions(places: Places, begun: str) -> tuple[Suggestion, ...]:
    """Names that begin with what is written, municipalities before towns, large before small."""
    wanted = fold(tidy(begun))
    if len(wanted) < LEAST:
        return ()
    if places not in _INDEX:
        _INDEX[places] = list(_names(places))
    found = {each.value: each for name, each in reversed(_INDEX[places]) if name.startswith(wanted)}
    return tuple(sorted(found.values(), key=lambda each: (-each.size, each.value))[:MOST])


def _names(places: Places) -> Iterator[tuple[str, Suggestion]]:
    for municipality in places.municipalities.values():
        offered = Suggestion(municipality.name, f"{municipality.county_name}, {municipality.code}", 1 << 30)
        for name in {municipality.name, *municipality.names, *municipality.name.split(" - ")}:
            yield fold(name), offered
    for name, code, persons in places.rows("town", ("name", "municipality", "persons")):
        of = places.municipalities.get(code)
        if of:
            yield fold(name), Suggestion(name, f"{of.name}, {of.county_name}", persons or 0)
