"""The lists of places: municipalities, labour-market regions and towns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from tyngdepunkt.places.models import CENTRE_GROUNDS, Municipality, Region, Town

if TYPE_CHECKING:
    from tyngdepunkt.places.store import Places

_TOWNS_OF: WeakKeyDictionary[Places, list[Town]] = WeakKeyDictionary()  # the store never changes while open
_TownRow = tuple[str, str, str, int | None, Any, float, float, bool]
_OF_A_TOWN = ("name", "persons", "date", "lat", "lon", "part")
_OF_A_PLACE = ("code", "name", "county_code", "county_name", "lat", "lon", "x", "y")


def read_municipalities(places: Places) -> dict[str, Municipality]:
    """All municipalities with centrality and labour-market region, sorted by number."""
    names, centrality = _official_names(places), _centrality(places)
    called = dict(places.rows("region", ("region", "name")))
    members = {
        code: told for code, *told in places.rows("region_member", ("municipality", "region", "ground"))
    }
    found = {}
    for row in places.rows("municipality", _OF_A_PLACE):
        told = dict(zip(_OF_A_PLACE, row, strict=True))
        region, ground = members.get(told["code"], (None, ""))
        index, centrality_class = centrality.get(told["code"], (None, None))
        found[told["code"]] = Municipality(
            **told,
            names=names.get(told["code"], (told["name"],)),
            centrality_index=index,
            centrality_class=centrality_class,
            region=region,
            region_name=called.get(region) or "",
            is_centre=ground in CENTRE_GROUNDS,
            ground=ground or "",
        )
    return found


def _centrality(places: Places) -> dict[str, tuple[int | None, int | None]]:
    """Number → index and class, of the newest year."""
    years = places.years("centrality")
    rows = places.rows("centrality", ("municipality", "index", "class"), year=years[-1]) if years else []
    return {code: (index, centrality_class) for code, index, centrality_class in rows}


def read_regions(places: Places) -> dict[int, Region]:
    """All labour-market regions with their centres and members, sorted by their number."""
    members: dict[int, list[Municipality]] = {}
    for municipality in places.municipalities.values():
        if municipality.region is not None:
            members.setdefault(municipality.region, []).append(municipality)
    return {
        number: Region(
            id=number,
            name=name,
            centres=tuple(member.code for member in members.get(number, ()) if member.is_centre),
            members=tuple(member.code for member in members.get(number, ())),
        )
        for number, name in places.rows("region", ("region", "name"))
    }


def towns(places: Places, code: str) -> tuple[Town, ...]:
    """Towns in a municipality, whole or in part, the largest first and each with all its people."""
    if places not in _TOWNS_OF:
        _TOWNS_OF[places] = read_towns(places)
    here = [town for town in _TOWNS_OF[places] if code in town.municipalities]
    return tuple(sorted(here, key=lambda town: (-(town.persons or 0), town.number)))


def largest_town(places: Places, code: str) -> Town | None:
    """The town with most people that a municipality has a share in."""
    return next(iter(towns(places, code)), None)


def read_towns(places: Places) -> list[Town]:
    """Every town once, also where it lies in several municipalities.

    A town that crosses a boundary has rows `0801-3024` for its parts. Where the whole town
    has no row of its own, it is the sum of its parts.
    """
    rows: dict[str, list[_TownRow]] = {}
    for number, code, *told in places.rows("town", ("town", "municipality", *_OF_A_TOWN)):
        name, persons, date, lat, lon, part = told
        piece = (number, name, code, persons, date if date is None else str(date), lat, lon, part)
        rows.setdefault(number.partition("-")[0], []).append(piece)
    return [_town(number, pieces) for number, pieces in rows.items()]


def _town(number: str, pieces: list[_TownRow]) -> Town:
    municipalities = tuple(sorted({piece[2] for piece in pieces}))
    whole = next((piece for piece in pieces if not piece[7]), None)
    if whole:
        return Town(number, whole[1], municipalities, *whole[3:7])
    pieces = sorted(pieces, key=lambda piece: -(piece[3] or 0))
    persons = None if any(piece[3] is None for piece in pieces) else sum(piece[3] or 0 for piece in pieces)
    name = "/".join(piece[1] for piece in pieces)
    return Town(number, name, municipalities, persons, *pieces[0][4:7])


def _official_names(places: Places) -> dict[str, tuple[str, ...]]:
    """Number → official forms, the whole name first."""
    found: dict[str, tuple[str, ...]] = {}
    for code, _, name in places.rows("municipality_name", ("code", "form", "name")):
        found[code] = (*found.get(code, ()), name)
    return found
