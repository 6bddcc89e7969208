"""A place as one JSON document, the same for the command line and the pages."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from tyngdepunkt.figures import Source
from tyngdepunkt.places.models import Municipality, Notice, Town
from tyngdepunkt.places.profile import Break, Fact, Flow, Profile, Stop
from tyngdepunkt.texts import text

if TYPE_CHECKING:
    from tyngdepunkt.places.store import Places

_ROUND = 4


def as_json(found: Profile, notice: Notice | None, places: Places, lang: str) -> dict[str, Any]:
    """The whole profile; every figure names its table, year and quality."""
    place = found.municipality
    return {
        "code": place.code,
        "name": place.name,
        "names": list(place.names),
        "notice": text(notice.key, lang, **notice.values) if notice else None,
        "county": {"code": place.county_code, "name": place.county_name},
        "economic_region": {"code": found.economic_region[0], "name": found.economic_region[1]},
        "position": {"lat": place.lat, "lon": place.lon, "x": place.x, "y": place.y, "crs": "EPSG:25833"},
        "labour_market_region": _region(found, lang),
        "figures": {fact.id: _fact(fact) for fact in found.facts.values()},
        "breaks": [_break(each, lang) for each in found.breaks],
        "commuting": {
            "year": found.commuting_year,
            "out": _flows(found.commuting_out),
            "in": _flows(found.commuting_in),
        },
        "airports": _stops(found.airports),
        "railway_stations": _stops(found.stations),
        "near": {str(minutes): _near(reached) for minutes, reached in found.near.items()},
        "towns": [_town(town) for town in found.towns],
        "small_town": _small_town(found),
        "sources": [source.in_words() for source in sources(found, places, lang)],
        "snapshot": places.snapshot.id,
    }


def ground(found: Profile, lang: str) -> str:
    """Why a municipality belongs to its labour-market region, in words."""
    if found.region is None:
        return text("places:ground.unknown", lang)
    others = [centre.name for centre in found.centres if centre.code != found.municipality.code]
    return text(f"places:ground.{found.municipality.ground}", lang, others=others)


def sources(found: Profile, places: Places, lang: str) -> list[Source]:
    """Every source once, in the order the figures use them."""
    tables = dict.fromkeys(source.table for fact in found.facts.values() for source in fact.figure.sources)
    return [places.source(table, lang=lang) for table in tables]


def _region(found: Profile, lang: str) -> dict[str, Any] | None:
    region = found.region
    if region is None:
        return None
    return {
        "id": region.id,
        "name": region.name,
        "centres": [{"code": centre.code, "name": centre.name} for centre in found.centres],
        "members": list(region.members),
        "ground": found.municipality.ground,
        "ground_text": ground(found, lang),
        "is_centre": found.municipality.is_centre,
    }


def _break(each: Break, lang: str) -> dict[str, Any]:
    change = each.change
    return {
        "year": change.year,
        "series": "population",
        "other": {"code": each.other.code, "name": each.other.name},
        "came": each.came,
        "area": change.area,
        "persons": change.persons,
        "source": change.source,
        "text": text(each.told.key, lang, **dict(each.told.values)),
    }


def _fact(fact: Fact) -> dict[str, Any]:
    figure = fact.figure
    told: dict[str, Any] = {
        "value": None if figure.value is None else _number(figure.value),
        "unit": figure.unit,
        "quality": figure.quality.value,
        "year": fact.year,
        "table": figure.sources[0].table if figure.sources else None,
    }
    return {**told, "name": fact.name} if fact.name else told


def _number(value: float) -> float:
    return int(value) if value.is_integer() else round(value, _ROUND)


def _flows(flows: Iterable[Flow]) -> list[dict[str, Any]]:
    return [
        {
            "code": flow.other.code,
            "name": flow.other.name,
            "persons": None if flow.persons is None else _number(float(flow.persons)),
            "quality": flow.quality.value,
        }
        for flow in flows
    ]


def _stops(stops: Iterable[Stop]) -> list[dict[str, Any]]:
    return [{"name": stop.name, "minutes": round(stop.minutes, 1)} for stop in stops]


def _near(reached: tuple[tuple[Municipality, float], ...]) -> dict[str, Any]:
    places = [
        {"code": place.code, "name": place.name, "minutes": round(minutes, 1)} for place, minutes in reached
    ]
    return {"count": len(places), "municipalities": places}


def _town(town: Town) -> dict[str, Any]:
    return {
        "number": town.number,
        "name": town.name,
        "persons": town.persons,
        "date": town.date,
        "municipalities": list(town.municipalities),
    }


def _small_town(found: Profile) -> dict[str, Any]:
    """What the small-town test looks at; the test itself is a rule, not a figure."""
    town = found.towns[0] if found.towns else None
    return {
        "is_centre": found.municipality.is_centre,
        "centrality_class": found.municipality.centrality_class,
        "largest_town": _town(town) if town else None,
    }
