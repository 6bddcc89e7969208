"""Labour-market regions and towns."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta, Struct

from tyngdepunkt.figures import Quality
from tyngdepunkt.json_types import Code, Named, Source, Words
from tyngdepunkt.places.region_profile import Amount
from tyngdepunkt.web.answers.places import PlaceSeries
from tyngdepunkt.web.answers.shared import Figure, Listed


class RegionRow(Struct):
    """A labour-market region in the list."""

    id: Annotated[int, Meta(description="Its number in the division, from 1.")]
    name: str
    centres: tuple[Code, ...]


class Regions(Listed):
    """Labour-market regions by number."""

    items: list[RegionRow]


class MemberFigures(Struct):
    """The newest figures of a member."""

    population: Amount | None
    residents: Amount | None
    workplace: Amount | None


class Member(Struct):
    """A municipality of the region, and why it belongs there."""

    code: Code
    name: str
    is_centre: bool
    ground: str
    ground_text: Words
    figures: MemberFigures


class Region(RegionRow):
    """A labour-market region with its municipalities."""

    members: list[Member]
    figures: list[Figure]
    series: PlaceSeries
    sources: list[Source]


class TownRow(Struct):
    """A town in the list."""

    number: Annotated[str, Meta(description="Statistics Norway's number.", examples=["6631"])]
    name: str
    persons: float | None
    date: str | None
    lat: float | None
    lon: float | None
    municipalities: tuple[Code, ...]


class Towns(Listed):
    """Towns, the largest first."""

    items: list[TownRow]


class Town(Struct):
    """A town with the municipalities it lies in."""

    number: str
    name: str
    persons: float | None
    date: str
    lat: float | None
    lon: float | None
    municipalities: list[Named]
    quality: Quality
    rank: Annotated[int | None, Meta(description="Its place by size, from 1.")]
    rank_of: Annotated[int, Meta(description="How many towns that are counted.")]
    other_towns: list[TownRow]
    sources: list[Source]
