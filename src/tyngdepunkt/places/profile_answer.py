"""A place as one JSON document, the same for the command line, the pages and the API."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from msgspec import UNSET, Meta, Struct, UnsetType

from tyngdepunkt import json_types
from tyngdepunkt.figures import Quality, Source
from tyngdepunkt.json_types import Code, Named, Numbered, Unit, Words, from_attributes
from tyngdepunkt.texts import text

if TYPE_CHECKING:
    from tyngdepunkt.places.models import Municipality, Notice
    from tyngdepunkt.places.profile import Break, Fact, Flow, Profile, Stop
    from tyngdepunkt.places.store import Places

_DECIMALS = 4
Minutes = Annotated[float, Meta(description="Computed driving time.")]


class Position(Struct):
    """The centre: degrees in WGS 84, and metres in the named system."""

    lat: float
    lon: float
    x: float
    y: float
    crs: str = "EPSG:25833"


class OwnRegion(Struct):
    """The labour-market region a municipality belongs to, and why."""

    id: int | None
    name: str
    centres: list[Named]
    members: tuple[Code, ...]
    ground: str
    ground_text: Words
    is_centre: bool


class ProfileFigure(Struct):
    """A figure of the profile."""

    value: float | None
    unit: Unit
    quality: Quality
    year: int | None
    table: str | None
    name: Annotated[str | UnsetType, Meta(description="What it is about, for instance an airport.")] = UNSET


class CommuterFlow(Struct):
    """People who commute to or from another municipality."""

    code: Code
    name: str
    persons: float | None
    quality: Quality


class SeriesBreak(Struct):
    """A part of a municipality that came from or went to another: the series breaks though nobody moved."""

    year: int
    series: str
    other: Named
    came: bool
    area: str
    persons: float | None
    source: str
    text: str


class Commuting(Struct, rename={"into": "in"}):
    """The largest flows out of the municipality and into it."""

    year: int | None
    out: list[CommuterFlow]
    into: list[CommuterFlow]


class Reached(Struct):
    """An airport or a station, and the way there."""

    name: str
    minutes: Minutes


class Neighbour(Struct):
    """A municipality nearby."""

    code: Code
    name: str
    minutes: Minutes


class Near(Struct):
    """Municipalities within a driving time."""

    count: int
    municipalities: list[Neighbour]


class ProfileTown(Struct):
    """A town that lies wholly or partly in the municipality; persons are the whole town's."""

    number: str
    name: str
    persons: float | None
    date: str
    municipalities: tuple[Code, ...]


class SmallTown(Struct):
    """What decides whether it is a small town of the guidelines; the test itself is a rule, not a figure."""

    is_centre: bool
    centrality_class: int | None
    largest_town: ProfileTown | None


class ProfileAnswer(Struct):
    """A municipality; every figure names its table, year and quality."""

    code: Code
    name: str
    names: Annotated[tuple[str, ...], Meta(description="Every official language form.")]
    notice: Annotated[str | None, Meta(description="What to tell of the name or number asked for.")]
    county: Numbered
    economic_region: Numbered | None
    position: Position
    labour_market_region: OwnRegion | None
    figures: dict[str, ProfileFigure]
    breaks: list[SeriesBreak]
    commuting: Commuting
    airports: list[Reached]
    railway_stations: list[Reached]
    near: Annotated[dict[str, Near], Meta(description="By minutes: 45, 60 and 90.")]
    towns: list[ProfileTown]
    small_town: SmallTown
    sources: list[json_types.Source]
    snapshot: str


def profile_answer(found: Profile, notice: Notice | None, places: Places, lang: str) -> ProfileAnswer:
    """The whole profile, as it is written."""
    place = found.municipality
    towns = [from_attributes(ProfileTown, town) for town in found.towns]
    return ProfileAnswer(
        code=place.code,
        name=place.name,
        names=place.names,
        notice=text(notice.key, lang, **notice.values) if notice else None,
        county=Numbered(place.county_code, place.county_name),
        economic_region=Numbered(*found.economic_region),
        position=Position(place.lat, place.lon, place.x, place.y),
        labour_market_region=_region(found, lang),
        figures={fact.id: _figure(fact) for fact in found.facts.values()},
        breaks=[_break(each, lang) for each in found.breaks],
        commuting=Commuting(
            found.commuting_year,
            [_flow(each) for each in found.commuting_out],
            [_flow(each) for each in found.commuting_in],
        ),
        airports=[_reached(each) for each in found.airports],
        railway_stations=[_reached(each) for each in found.stations],
        near={str(minutes): _near(reached) for minutes, reached in found.near.items()},
        towns=towns,
        small_town=SmallTown(place.is_centre, place.centrality_class, towns[0] if towns else None),
        sources=[source.in_words() for source in sources(found, places, lang)],
        snapshot=places.snapshot.id,
    )


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


def named(place: Municipality) -> Named:
    """A municipality by number and name."""
    return Named(place.code, place.name)


def _region(found: Profile, lang: str) -> OwnRegion | None:
    if found.region is None:
        return None
    return from_attributes(
        OwnRegion,
        found.region,
        centres=[named(centre) for centre in found.centres],
        ground=found.municipality.ground,
        ground_text=ground(found, lang),
        is_centre=found.municipality.is_centre,
    )


def _break(each: Break, lang: str) -> SeriesBreak:
    return from_attributes(
        SeriesBreak,
        each.change,
        series="population",
        other=named(each.other),
        came=each.came,
        text=text(each.told.key, lang, **dict(each.told.values)),
    )


def _figure(fact: Fact) -> ProfileFigure:
    figure = fact.figure
    return ProfileFigure(
        value=None if figure.value is None else _number(figure.value),
        unit=figure.unit,
        quality=figure.quality,
        year=fact.year,
        table=figure.sources[0].table if figure.sources else None,
        name=fact.name or UNSET,
    )


def _number(value: float) -> float:
    return int(value) if value.is_integer() else round(value, _DECIMALS)


def _flow(flow: Flow) -> CommuterFlow:
    persons = None if flow.persons is None else _number(float(flow.persons))
    return CommuterFlow(flow.other.code, flow.other.name, persons, flow.quality)


def _reached(stop: Stop) -> Reached:
    return Reached(stop.name, round(stop.minutes, 1))


def _near(reached: tuple[tuple[Municipality, float], ...]) -> Near:
    places = [Neighbour(place.code, place.name, round(minutes, 1)) for place, minutes in reached]
    return Near(len(places), places)
