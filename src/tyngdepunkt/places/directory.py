"""The lists of places: municipalities, labour-market regions and towns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from tyngdepunkt.places.models import CENTRE_GROUNDS, Municipality, Region, Town

if TYPE_CHECKING:
    from tyngdepunkt.places.store import Places

_TOWNS_OF: WeakKeyDictionary[Places, list[Town]] = WeakKeyDictionary()  # the store never changes while open
_TownRow = tuple[str, str, str, int | None, str, float, float, bool]
_MUNICIPALITIES = """
    SELECT m.code, m.name, m.county_code, m.county_name, c.index, c.class,
           r.region, coalesce(g.name, ''), coalesce(r.ground, ''), m.lat, m.lon, m.x, m.y
    FROM municipality m
    LEFT JOIN centrality c ON c.municipality = m.code
        AND c.year = (SELECT max(year) FROM centrality)
    LEFT JOIN region_member r ON r.municipality = m.code
    LEFT JOIN region g ON g.region = r.region
    ORDER BY m.code
"""
_TOWNS = """
    SELECT town, name, municipality, persons, CAST(date AS TEXT), lat, lon, part
    FROM town ORDER BY town, municipality
"""


def read_municipalities(places: Places) -> dict[str, Municipality]:
    """All municipalities with centrality and labour-market region, sorted by number."""
    names = _official_names(places)
    return {row[0]: _municipality(row, names.get(row[0], (row[1],))) for row in places.sql(_MUNICIPALITIES)}


def _municipality(row: tuple[Any, ...], names: tuple[str, ...]) -> Municipality:
    code, name, county_code, county_name, index, centrality_class, region, region_name, ground, *point = row
    return Municipality(
        code=code,
        name=name,
        names=names,
        county_code=county_code,
        county_name=county_name,
        centrality_index=index,
        centrality_class=centrality_class,
        region=region,
        region_name=region_name,
        is_centre=ground in CENTRE_GROUNDS,
        ground=ground,
        lat=point[0],
        lon=point[1],
        x=point[2],
        y=point[3],
    )


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
    for row in places.sql(_TOWNS):
        rows.setdefault(row[0].partition("-")[0], []).append(row)
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
