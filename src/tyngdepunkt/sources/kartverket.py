"""Kartverket asked for municipalities, place names and addresses. Not asked live when this was written.

Source of what stands here, and of nothing else:

- Municipalities: `/fylkerkommuner`, schema `FylkerKommunerFull`, OpenAPI 1.2 of "Åpent API fra Kartverket for
  administrative enheter".
- Boundaries: `/kommuner/{kommunenummer}/omrade`, schema `KomEnkelOmrade`, the same text; one call for each
  municipality of `/fylkerkommuner`, asked for in EPSG:25833 by `utkoordsys`. They run out to sea.
- Place names: `/navn`, the client made of Kartverket's specification (toremalmedal/route-forecast, GitHub,
  stedsnavn-client/docs/DefaultApi.md at 12cc9bd) and a recorded answer. `side` begins at 1, and it and
  `treffPerSide` are at most 500; `sok=*` alone is refused.
- Addresses: `/sok`, OpenAPI 1.2.0 of "Åpent adresse-API fra Kartverket". `side` begins at 0,
  `treffPerSide` is at most 1000, and "API-et returnerer kun de første 10 000 resultatene".

An address bears no name of a person, but `adressetilleggsnavn` is the name of a farm or a house, which may be
a family's, and other fields lead to one dwelling or one property: they are dropped before it is kept.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Literal

import msgspec

from tyngdepunkt.errors import Faults
from tyngdepunkt.sources._files import read_bytes
from tyngdepunkt.sources.asked import (
    check_all,
    check_most,
    check_reach,
    form_of,
    not_as_documented,
    not_asked_for,
)
from tyngdepunkt.sources.contract import Tidy, origin
from tyngdepunkt.sources.http import Client
from tyngdepunkt.sources.kept import Found

LICENCE = "CC BY 4.0"
CADENCE = "when it changes"
BASES: Mapping[str, str] = {
    "municipalities": "https://api.kartverket.no/kommuneinfo/v1",
    "boundaries": "https://api.kartverket.no/kommuneinfo/v1",
    "place-names": "https://api.kartverket.no/stedsnavn/v1",
    "addresses": "https://ws.geonorge.no/adresser/v1",
}
NAMES_SIZE, NAMES_PAGES = 500, 500
ADDRESSES_SIZE, ADDRESSES_REACH = 1000, 10_000
DROPPED = (
    *("adressetilleggsnavn", "adressetekst", "bruksenhetsnummer"),
    *("gardsnummer", "bruksnummer", "festenummer", "undernummer"),
)
"""Fields of an address that are not kept; `adressetekst` holds the first of them too."""
_GRID, _METRES = 4258, 25833
_RING = 4
"""Points of the shortest ring: a triangle that is closed."""
_MUNICIPALITY, _COUNTY = re.compile(r"[0-9]{4}"), re.compile(r"[0-9]{2}")
Row = tuple[Any, ...]


class _Crs(msgspec.Struct):
    properties: dict[str, str]


class _Point(msgspec.Struct):
    coordinates: tuple[float, float]
    crs: _Crs


class _Name(msgspec.Struct):
    navn: str | None = None
    sprak: str | None = None


class _Municipality(msgspec.Struct):
    kommunenummer: str
    kommunenavn: str
    kommunenavnNorsk: str  # noqa: N815
    punktIOmrade: _Point  # noqa: N815
    samiskForvaltningsomrade: bool  # noqa: N815
    gyldigeNavn: list[_Name] = []  # noqa: N815


class _Area(msgspec.Struct):
    type: Literal["Polygon", "MultiPolygon"]
    coordinates: list[Any]
    crs: _Crs


class _Bounded(msgspec.Struct):
    kommunenummer: str
    omrade: _Area


class _Kept(msgspec.Struct):
    """What is kept of a boundary: whole metres, which is finer than any map of the product."""

    number: str
    polygons: tuple[tuple[tuple[tuple[int, int], ...], ...], ...]


class _County(msgspec.Struct):
    fylkesnummer: str
    fylkesnavn: str
    kommuner: list[_Municipality]


class _Hits(msgspec.Struct):
    totaltAntallTreff: int  # noqa: N815


class _Within(msgspec.Struct):
    kommunenummer: str


class _At(msgspec.Struct):
    koordsys: int
    nord: float
    east: float = msgspec.field(name="øst")


class _Spelling(msgspec.Struct):
    stedsnummer: int
    navneobjekttype: str
    kommuner: list[_Within]
    representasjonspunkt: _At
    name: str = msgspec.field(name="skrivemåte")
    standing: str = msgspec.field(name="skrivemåtestatus")
    language: str = msgspec.field(name="språk")
    navnestatus: str
    stedstatus: str


class _Spellings(msgspec.Struct):
    metadata: _Hits
    navn: list[_Spelling]


class _Where(msgspec.Struct):
    epsg: str
    lat: float
    lon: float


class _Address(msgspec.Struct):
    kommunenummer: str
    objtype: str
    adressetekstutenadressetilleggsnavn: str
    representasjonspunkt: _Where
    adressenavn: str | None = None
    adressekode: int | None = None
    nummer: int | None = None
    bokstav: str | None = None
    poststed: str | None = None
    postnummer: str | None = None


class _Addresses(msgspec.Struct):
    metadata: _Hits
    adresser: list[_Address]


@dataclass(frozen=True, slots=True)
class KartverketSource:
    """One kind of answer of Kartverket.

    Args:
        name: `kartverket/` and the kind.
        columns: of the tidy rows; `north` and `east` are degrees in EPSG:4258.
        read: bytes of one answer and what to call it in a fault → rows.
    """

    name: str
    columns: tuple[str, ...]
    read: Callable[[bytes, str], list[Row]]
    licence: str = LICENCE
    cadence: str = CADENCE

    def parse(self, file: Path) -> Tidy:
        """Tidy rows of one answer that was kept.

        Raises:
            UserError: it is not in the documented form.
        """
        return Tidy(self.columns, self.read(read_bytes(file), str(file)), origin(file))


def read_municipalities(body: bytes, who: str) -> list[Row]:
    """One row per municipality, in the order of the answer; a number twice is a fault."""
    counties = form_of(list[_County], who)(body)
    rows = [
        (
            *(each.kommunenummer, each.kommunenavnNorsk, each.kommunenavn),
            *(county.fylkesnummer, county.fylkesnavn),
            *(each.punktIOmrade.coordinates[1], each.punktIOmrade.coordinates[0]),
            each.samiskForvaltningsomrade,
            ";".join(dict.fromkeys(name.navn for name in each.gyldigeNavn if name.navn)),
        )
        for county in counties
        for each in county.kommuner
    ]
    numbers = [row[0] for row in rows]
    strange = [row[0] for row in rows if not _MUNICIPALITY.fullmatch(row[0]) or not row[0].startswith(row[3])]
    if strange or len(set(numbers)) != len(numbers) or not numbers:
        twice = [number for number in numbers if numbers.count(number) > 1]
        raise not_as_documented(who, f"kommunenummer: {', '.join(sorted({*strange, *twice})[:5]) or '–'}")
    grids = {each.punktIOmrade.crs.properties.get("name", "") for c in counties for each in c.kommuner}
    return _in_grid(rows, grids, who)


def read_boundaries(body: bytes, who: str) -> list[Row]:
    """One row per municipality: number, and polygons of rings of points in whole metres of EPSG:25833."""
    return [(each.number, each.polygons) for each in form_of(list[_Kept], who)(body)]


def read_place_names(body: bytes, who: str) -> list[Row]:
    """One row per spelling; a place in several municipalities has their numbers with a space between."""
    held = form_of(_Spellings, who)(body).navn
    rows = [
        (
            *(each.stedsnummer, each.name, each.navneobjekttype),
            " ".join(sorted(part.kommunenummer for part in each.kommuner)),
            *(each.language, each.standing, each.navnestatus, each.stedstatus),
            *(each.representasjonspunkt.nord, each.representasjonspunkt.east),
        )
        for each in held
    ]
    return _in_grid(rows, {f"EPSG:{each.representasjonspunkt.koordsys}" for each in held}, who)


def read_addresses(body: bytes, who: str) -> list[Row]:
    """One row per address."""
    held = form_of(_Addresses, who)(body).adresser
    rows = [
        (
            *(each.adressetekstutenadressetilleggsnavn, each.objtype, each.adressenavn, each.adressekode),
            *(each.nummer, each.bokstav or None, each.kommunenummer, each.postnummer, each.poststed),
            *(each.representasjonspunkt.lat, each.representasjonspunkt.lon),
        )
        for each in held
    ]
    return _in_grid(rows, {each.representasjonspunkt.epsg for each in held}, who)


_AT = ("north", "east")
SOURCES: Mapping[str, KartverketSource] = {
    "municipalities": KartverketSource(
        "kartverket/municipalities",
        ("municipality", "name", "full_name", "county", "county_name", *_AT, "sami_area", "names"),
        read_municipalities,
    ),
    "boundaries": KartverketSource("kartverket/boundaries", ("municipality", "polygons"), read_boundaries),
    "place-names": KartverketSource(
        "kartverket/place-names",
        (
            *("place", "name", "kind", "municipalities", "language"),
            *("spelling_status", "name_status", "place_status", *_AT),
        ),
        read_place_names,
    ),
    "addresses": KartverketSource(
        "kartverket/addresses",
        (
            *("text", "kind", "street", "street_code", "number", "letter"),
            *("municipality", "postal_code", "post_town", *_AT),
        ),
        read_addresses,
    ),
}


def municipalities(found: Found, asked: Mapping[str, str], most: int) -> int:
    """Every municipality with its county, one call; how many there are.

    Raises:
        UserError: the answer is another, or holds more than `most`.
    """
    client, path = found.client, "fylkerkommuner"
    body, rows = client.ask(path, lambda came: read_municipalities(came, client.host))
    check_most(len(rows), most)
    found.add(path, {}, body)
    return len(rows)


def boundaries(found: Found, asked: Mapping[str, str], most: int) -> int:
    """The boundary of every municipality, one call for each; how many there are.

    A run that stopped is gone on with at the first municipality that it had not fetched.

    Raises:
        UserError: an answer is of another municipality, another grid or another form.
    """
    client = found.client
    _, rows = client.ask("fylkerkommuner", lambda came: read_municipalities(came, client.host))
    check_most(len(rows), most)
    params = {"utkoordsys": str(_METRES)}
    for number, *_ in rows:
        path = f"kommuner/{number}/omrade"
        if found.resumed(path, params):
            continue
        body, held = client.ask(path, partial(_boundary, number, client.host), params=params)
        found.add(path, params, body, msgspec.json.encode([held]))
        found.set_aside()
    return len(rows)


def _boundary(number: str, who: str, body: bytes) -> _Kept:
    held = form_of(_Bounded, who)(body)
    grid = held.omrade.crs.properties.get("name", "")
    if held.kommunenummer != number or grid != f"EPSG:{_METRES}":
        raise not_as_documented(who, f"{held.kommunenummer[:10]}, {grid[:20]} ≠ {number}, EPSG:{_METRES}")
    area = held.omrade
    parts = [area.coordinates] if area.type == "Polygon" else area.coordinates
    try:
        polygons = msgspec.convert(parts, list[list[list[tuple[float, float]]]])
        rounded = tuple(
            tuple(tuple((round(x), round(y)) for x, y in ring) for ring in part) for part in polygons
        )
    except (msgspec.ValidationError, OverflowError, ValueError) as error:
        raise not_as_documented(who, str(error)) from error
    if not rounded or any(len(ring) < _RING for part in rounded for ring in part) or () in rounded:
        raise not_as_documented(who, f"omrade, {number}")
    return _Kept(number, rounded)


def place_names(found: Found, asked: Mapping[str, str], most: int) -> int:
    """Every spelling that a search finds; how many.

    Args:
        found: where the answers go.
        asked: `sok` and perhaps `knr`.
        most: spellings there may be.

    Raises:
        UserError: the answer is another, does not fit what was asked, or is too much.
    """
    client, got, page, rows = found.client, 0, 1, list[Row]()
    while True:
        params = {**asked, "treffPerSide": str(NAMES_SIZE), "side": str(page)}
        body, (hits, part) = client.ask("navn", lambda came: _spellings(came, client.host), params=params)
        check_most(hits, most)
        check_reach(hits, NAMES_SIZE * NAMES_PAGES, client.host)
        found.add("navn", params, body)
        rows += part
        got, page = got + len(part), page + 1
        if got >= hits or not part:
            break
    check_all(got, hits, client.host)
    _fits(client, asked, "knr", rows, 3)
    return got


def addresses(found: Found, asked: Mapping[str, str], most: int) -> int:
    """Every address that a search finds; how many. What may lead to persons is dropped, see `DROPPED`.

    Args:
        found: where the answers go.
        asked: of `sok`, `kommunenummer`, `postnummer`.
        most: addresses there may be.

    Raises:
        UserError: as of `place_names`.
    """
    client, got, page, rows = found.client, 0, 0, list[Row]()
    while True:
        params = {**asked, "treffPerSide": str(ADDRESSES_SIZE), "side": str(page)}
        body, held = client.ask("sok", lambda came: _address_page(came, client.host), params=params)
        hits = held.metadata.totaltAntallTreff
        check_most(hits, most)
        check_reach(hits, ADDRESSES_REACH, client.host)
        kept = msgspec.json.encode(held)
        found.add("sok", params, body, kept)
        rows += read_addresses(kept, client.host)
        got, page = got + len(held.adresser), page + 1
        if got >= hits or not held.adresser:
            break
    check_all(got, hits, client.host)
    _fits(client, asked, "kommunenummer", rows, 6)
    _fits(client, asked, "postnummer", rows, 7)
    found.dropped = DROPPED
    return got


ASK: Mapping[str, Callable[[Found, Mapping[str, str], int], int]] = {
    "municipalities": municipalities,
    "boundaries": boundaries,
    "place-names": place_names,
    "addresses": addresses,
}


def _spellings(body: bytes, who: str) -> tuple[int, list[Row]]:
    return form_of(_Spellings, who)(body).metadata.totaltAntallTreff, read_place_names(body, who)


def _address_page(body: bytes, who: str) -> _Addresses:
    read_addresses(body, who)
    return form_of(_Addresses, who)(body)


def _fits(client: Client, asked: Mapping[str, str], parameter: str, rows: list[Row], column: int) -> None:
    """Every row has what was asked for in its column."""
    wanted, faults = asked.get(parameter), Faults()
    strange = [str(row[0]) for row in rows if wanted and wanted not in str(row[column]).split()]
    if wanted and strange:
        faults.extend([not_asked_for(client.host, parameter, wanted, strange, len(rows))])
    faults.raise_if_any()


def _in_grid(rows: list[Row], grids: set[str], who: str) -> list[Row]:
    """The rows, if their points are degrees in the grid that was asked for by saying nothing."""
    if grids - {f"EPSG:{_GRID}"}:
        raise not_as_documented(who, f"{', '.join(sorted(grids))} ≠ EPSG:{_GRID}")
    return rows
