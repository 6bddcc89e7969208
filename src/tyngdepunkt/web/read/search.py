"""Search over places, towns, regions, counties, place names and occupations, with what may have been meant.

A hit is better the earlier in the name it begins: the whole name, its start, the start of a
word in it, somewhere inside. Letters of Norwegian and Sámi count as their nearest ones, so
that *roros* finds Røros.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from tyngdepunkt import settings
from tyngdepunkt.errors import Fault, UserError
from tyngdepunkt.indicators.columns import remember
from tyngdepunkt.json_types import from_attributes
from tyngdepunkt.places import Municipality, Notice, Places
from tyngdepunkt.places.names import fold, plain, tidy
from tyngdepunkt.places.profile_answer import named
from tyngdepunkt.texts import text
from tyngdepunkt.web.answers import places as answers
from tyngdepunkt.web.read.places import all_counties
from tyngdepunkt.web.read.town import all_towns

KINDS = ("place", "town", "region", "county", "name", "occupation")
_MOST = {"place": 400, "town": 60, "region": 160, "county": 20, "name": 40, "occupation": 40}
CSV_HEAD = ("kind", "id", "name", "detail", "path")
_SHORTEST_INSIDE = 3
_NUMBER = re.compile(r"\d{4}$")
_SEVERAL = ("places:split_number", "places:ambiguous_place")


@dataclass(frozen=True, slots=True)
class Hit:
    """Something found. `path` is its page, empty for an occupation; `detail` tells it from its namesakes."""

    kind: str
    id: str
    name: str
    detail: str
    path: str


@dataclass(frozen=True, slots=True)
class Found:
    """What a search gave.

    Args:
        asked: what was asked, tidied.
        hits: best first inside each kind.
        meant: the municipality that an old number, a former name or a town stands for.
        notice: what to tell of it.
        suggestions: names that look like what was asked, where no place was found.
        fault: what to tell of a number or name that stands for several municipalities.
    """

    asked: str
    hits: tuple[Hit, ...]
    meant: Municipality | None = None
    notice: Notice | None = None
    suggestions: tuple[str, ...] = ()
    fault: Fault | None = None

    @property
    def leads(self) -> dict[str, str]:
        """Suggestion → the page of the municipality whose number it ends with, or empty."""
        numbers = {name: _NUMBER.search(name) for name in self.suggestions}
        return {name: f"/place/{number[0]}" if number else "" for name, number in numbers.items()}

    def of(self, kind: str) -> tuple[Hit, ...]:
        """The hits of one kind."""
        return tuple(hit for hit in self.hits if hit.kind == kind)


def search(places: Places, words: str) -> Found:
    """Everything that bears a name or number like this; nothing where nothing is asked."""
    asked = tidy(words)
    if not asked:
        return Found("", ())
    wanted = _bare(fold(asked))
    scored = [(rank, entry) for keys, entry in _index(places) if (rank := _rank(wanted, keys)) is not None]
    scored.sort(key=lambda one: (KINDS.index(one[1].kind), one[0]))
    hits = [
        hit for kind in KINDS for hit in [entry for _, entry in scored if entry.kind == kind][: _MOST[kind]]
    ]
    return _with_meaning(places, asked, tuple(hits))


def _bare(wanted: str) -> str:
    """The name without the word for what it is the name of, in any of our languages."""
    words = {word for lang in settings.LANGUAGES for word in text("web.read:kind_words", lang).split()}
    *name, last = wanted.split(" ")
    return " ".join(name) if name and last in words else wanted


def document(hit: Hit) -> answers.Hit:
    """A hit as JSON."""
    return from_attributes(answers.Hit, hit, path=hit.path or None)


def rows(found: Found) -> Iterator[tuple[str, ...]]:
    """One row per hit, with the columns of `CSV_HEAD`."""
    for hit in found.hits:
        yield (hit.kind, hit.id, hit.name, hit.detail, hit.path)


def _with_meaning(places: Places, asked: str, hits: tuple[Hit, ...]) -> Found:
    """Adds what `places.resolve` knows: old numbers, former names, and what may have been meant."""
    try:
        resolved = places.resolve(asked)
    except UserError as error:
        values = error.faults[0].values
        near = values.get("suggestions") or values.get("parts") or values.get("places") or ()
        lost = not any(hit.path for hit in hits)
        several = error.faults[0] if error.faults[0].key in _SEVERAL else None
        return Found(asked, hits, suggestions=tuple(near) if lost or several else (), fault=several)
    known = any(hit.kind == "place" and hit.id == resolved.municipality.code for hit in hits)
    meant = resolved.municipality if resolved.notice or not known else None
    return Found(asked, hits, meant, resolved.notice)


def _rank(wanted: str, keys: tuple[str, ...]) -> int | None:
    best: int | None = None
    for key in keys:
        if key == wanted:
            return 0
        if key.startswith(wanted):
            rank: int | None = 1
        elif f" {wanted}" in key or f"-{wanted}" in key:
            rank = 2
        else:
            rank = 3 if len(wanted) >= _SHORTEST_INSIDE and wanted in key else None
        best = rank if best is None else best if rank is None else min(best, rank)
    return best


def _index(places: Places) -> tuple[tuple[tuple[str, ...], Hit], ...]:
    return remember(places, "web.search", lambda: tuple(_entries(places)))


def _entries(places: Places) -> Iterator[tuple[tuple[str, ...], Hit]]:
    for place in places.municipalities.values():
        keys = dict.fromkeys([place.code, *(fold(plain(name)) for name in (place.name, *place.names))])
        hit = Hit("place", place.code, place.name, place.county_name, f"/place/{place.code}")
        yield tuple(keys), hit
    for town in all_towns(places).values():
        names = ", ".join(places.municipalities[code].name for code in town.municipalities)
        yield (fold(town.name),), Hit("town", town.number, town.name, names, f"/town/{town.number}")
    for region in places.regions.values():
        centres = ", ".join(places.municipalities[code].name for code in region.centres)
        yield (
            (fold(region.name),),
            Hit("region", str(region.id), region.name, centres, f"/region/{region.id}"),
        )
    for code, name in all_counties(places):
        every = dict.fromkeys(fold(part) for part in (name, *name.split(" - ")))
        yield tuple(every), Hit("county", code, name, code, f"/places?county={code}")
    yield from _names(places)
    yield from _occupations(places)


def _names(places: Places) -> Iterator[tuple[tuple[str, ...], Hit]]:
    """Names of villages and settlements that are no town; they lead to their municipality."""
    if not places.has("place_name"):
        return
    towns = {(town.name, code) for town in all_towns(places).values() for code in town.municipalities}
    for name, code in dict.fromkeys(places.rows("place_name", ("name", "municipality"))):
        of = places.municipalities.get(code)
        if of and (name, code) not in towns and name not in of.names:
            yield (fold(name),), Hit("name", f"{code}-{name}", name, of.name, f"/place/{code}")


def _occupations(places: Places) -> Iterator[tuple[tuple[str, ...], Hit]]:
    if not (places.has("occupation") and places.has("occupation_title")):
        return
    names = dict(places.rows("occupation", ("code", "name")))
    for title, code in places.rows("occupation_title", ("title", "occupation")):
        shown = title.capitalize() if title.isupper() else title
        yield (fold(title),), Hit("occupation", code, shown, f"{code} {names.get(code, '')}".strip(), "")


def told(found: Found, notice: str) -> dict[str, Any]:
    """What is said of a search beside its hits; `notice` is the found notice in words."""
    return {
        "asked": found.asked,
        "meant": None if found.meant is None else named(found.meant),
        "notice": notice or None,
        "suggestions": list(found.suggestions),
    }
