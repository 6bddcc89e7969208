"""Search over places, towns, regions and occupations, with what may have been meant.

A hit is better the earlier in the name it begins: the whole name, its start, the start of a
word in it, somewhere inside. Letters of Norwegian and Sámi count as their nearest ones, so
that *roros* finds Røros.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from tyngdepunkt.errors import UserError
from tyngdepunkt.indicators.columns import remember
from tyngdepunkt.places import Municipality, Notice, Places
from tyngdepunkt.places.names import fold, plain, tidy
from tyngdepunkt.web.read.town import all_towns

KINDS = ("place", "town", "region", "occupation")
_MOST = {"place": 400, "town": 60, "region": 160, "occupation": 40}
_SHORTEST_INSIDE = 3


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
        suggestions: names that look like what was asked, where nothing was found.
    """

    asked: str
    hits: tuple[Hit, ...]
    meant: Municipality | None = None
    notice: Notice | None = None
    suggestions: tuple[str, ...] = ()

    def of(self, kind: str) -> tuple[Hit, ...]:
        """The hits of one kind."""
        return tuple(hit for hit in self.hits if hit.kind == kind)


def search(places: Places, text: str) -> Found:
    """Everything that bears a name or number like this; nothing where nothing is asked."""
    asked = tidy(text)
    if not asked:
        return Found("", ())
    wanted = fold(asked)
    scored = [(rank, entry) for keys, entry in _index(places) if (rank := _rank(wanted, keys)) is not None]
    scored.sort(key=lambda one: (KINDS.index(one[1].kind), one[0]))
    hits = [
        hit for kind in KINDS for hit in [entry for _, entry in scored if entry.kind == kind][: _MOST[kind]]
    ]
    return _with_meaning(places, asked, tuple(hits))


def document(hit: Hit) -> dict[str, Any]:
    """A hit as JSON."""
    return {"kind": hit.kind, "id": hit.id, "name": hit.name, "detail": hit.detail, "path": hit.path or None}


def _with_meaning(places: Places, asked: str, hits: tuple[Hit, ...]) -> Found:
    """Adds what `places.resolve` knows: old numbers, former names, and what may have been meant."""
    try:
        resolved = places.resolve(asked)
    except UserError as error:
        values = error.faults[0].values
        near = values.get("suggestions") or values.get("parts") or values.get("places") or ()
        return Found(asked, hits, suggestions=tuple(near) if not hits else ())
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
    yield from _occupations(places)


def _occupations(places: Places) -> Iterator[tuple[tuple[str, ...], Hit]]:
    if not (places.has("occupation") and places.has("occupation_title")):
        return
    names = dict(places.rows("occupation", ("code", "name")))
    for title, code in places.rows("occupation_title", ("title", "occupation")):
        shown = title.capitalize() if title.isupper() else title
        yield (fold(title),), Hit("occupation", code, shown, f"{code} {names.get(code, '')}".strip(), "")
