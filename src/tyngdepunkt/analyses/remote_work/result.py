"""What the country's need for desks is: typed structs that are the JSON of the command and of the API."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from tyngdepunkt import json_types
from tyngdepunkt.analyses.contract import Made, Notice
from tyngdepunkt.places import Places

Quality = Annotated[
    Literal["assumed", "suppressed", "missing"],
    Meta(description="`assumed` where there are figures: desks rest on the wish that is assumed."),
]


class MethodBand(msgspec.Struct, frozen=True):
    """The least, the mean and the most."""

    low: float
    mean: float
    high: float


class Desks(msgspec.Struct, frozen=True):
    """A number of desks by the least, the mean and the most of who can and who wants."""

    low: int
    mean: int
    high: int


class ExperienceRange(msgspec.Struct, frozen=True):
    """The ends of a range."""

    low: float
    high: float


class Area(msgspec.Struct, frozen=True):
    """A municipality, a labour-market region, a county or the country; figures are null where not known.

    Args:
        code: number of the municipality, the region or the county; `0` for the country.
        name: what it is called.
        county: the county a municipality lies in; empty for all others.
        wage_earners: who live there, in the year of the answer.
        independent: those who can work from anywhere, by the least, the mean and the most of the methods.
        methods: the same by each method.
        share: `independent` as a share of `wage_earners`.
        wanting: those who want a desk: the ends by both ends of who can and of the wish.
        desks: needed with one office in each municipality; the sum over its municipalities.
        desks_together: needed if all of the area used one office; as `desks` for a municipality.
        per_thousand: `desks.mean` for each 1,000 wage earners.
        experience: desks by what shared offices elsewhere have for each person, of `wanting.mean`.
        without_figures: municipalities of the area that no figure counts in.
        quality: what the figures are.
    """

    code: str
    name: str
    county: str
    wage_earners: float | None
    independent: MethodBand | None
    methods: dict[str, float] | None
    share: MethodBand | None
    wanting: MethodBand | None
    desks: Desks | None
    desks_together: Desks | None
    per_thousand: float | None
    experience: ExperienceRange | None
    without_figures: list[str]
    quality: Quality


class StatedAssumption(msgspec.Struct, frozen=True):
    """An assumption that holds: from a source, or set by whoever asks.

    Args:
        set_by: `source` for the default, `own` where it was set.
        year: the year it speaks of; empty where it was set.
    """

    id: str
    title: str
    low: float
    high: float
    unit: str
    set_by: Literal["source", "own"]
    year: str
    source: str
    note: str


class RemoteWork(msgspec.Struct, frozen=True, dict=True):
    """The country, area by area.

    Args:
        year: of the wage earners.
        areas: those of `level`, by number.
        country: all of them.
    """

    level: Literal["municipality", "region", "county"]
    year: int
    chance: float
    busiest: float
    assumptions: list[StatedAssumption]
    country: Area
    areas: list[Area]
    sources: list[json_types.Source]
    notices: list[Notice]
    made: Made

    @property
    def places(self) -> Places:
        """The figures its map is drawn from; not a part of the JSON."""
        kept: Places = self.__dict__["places_"]
        return kept

    @property
    def colours(self) -> dict[str, float]:
        """Municipality → desks per 1,000 of its area, where known; not a part of the JSON."""
        kept: dict[str, float] = self.__dict__["colours_"]
        return kept


Result = RemoteWork
