"""The counties and their municipalities, and the map that leads to them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tyngdepunkt.documents.map import counties as drawing
from tyngdepunkt.places import Municipality, Places


@dataclass(frozen=True, slots=True)
class County:
    """A county and its municipalities, by number."""

    code: str
    name: str
    municipalities: tuple[Municipality, ...]


def counties(places: Places) -> tuple[County, ...]:
    """All counties, by number."""
    found: dict[str, list[Municipality]] = {}
    for municipality in places.municipalities.values():
        found.setdefault(municipality.county_code, []).append(municipality)
    return tuple(
        County(code, members[0].county_name, tuple(members)) for code, members in sorted(found.items())
    )


def county_map(places: Places, link: Callable[..., str]) -> str:
    """The country as SVG; each county leads to its list."""
    leads = [(county.code, county.name, link("/places", county=county.code)) for county in counties(places)]
    return drawing.county_map(_outlines(places), leads)


_OUTLINES: dict[str, dict[str, str]] = {}


def _outlines(places: Places) -> dict[str, str]:
    """The drawn outlines of a snapshot, made once: they take a moment and never change."""
    if places.snapshot.id not in _OUTLINES:
        _OUTLINES[places.snapshot.id] = drawing.outlines(places.geometry("county"))
    return _OUTLINES[places.snapshot.id]
