"""Municipalities: the list, one of them, several side by side, and what a search found."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from msgspec import Meta, Struct

from tyngdepunkt.figures import Quality
from tyngdepunkt.json_types import Code, Named, Source, Words
from tyngdepunkt.places.profile_answer import ProfileAnswer
from tyngdepunkt.places.region_profile import Amount
from tyngdepunkt.web.answers.shared import Figure, Listed


class PlaceRow(Struct):
    """A municipality in the list."""

    code: Code
    name: str
    county_code: str
    county: str
    centrality_class: Annotated[
        int | None, Meta(description="Statistics Norway's class, 1 (most central) to 6.")
    ]
    centrality_index: Annotated[int | None, Meta(description="Statistics Norway's index, 0–1000.")]
    region: Annotated[int | None, Meta(description="Number of its labour-market region.")]
    region_name: str
    is_centre: Annotated[bool, Meta(description="Whether it is a centre of its labour-market region.")]
    persons: float | None
    year: int
    quality: Quality


class Places(Listed):
    """Municipalities by number."""

    items: list[PlaceRow]


class Gap(Struct):
    """How far two municipalities are from each other in one feature, in standard deviations."""

    figure: str
    own: float | None
    other: float | None
    gap: float


class Peer(Struct):
    """A municipality that is much like this one, and in what."""

    code: Code
    name: str
    distance: float
    alike: list[str]
    different: list[str]
    gaps: list[Gap]


class OfficeType(Struct):
    """State offices of one type."""

    type: str | None
    names: list[str]


class StateEntity(Struct):
    """An entity of the state and how many workplaces with employees it has here."""

    name: str
    workplaces: int


class StateWorkplaces(Struct):
    """Workplaces of the state on a day."""

    day: date
    count: int
    entities: list[StateEntity]


class Offices(Struct):
    """State offices as they were in a year."""

    year: int
    count: int
    types: list[OfficeType]


class Decision(Struct):
    """A decision to put state jobs at a place, as it is printed; jobs are a range, null where unknown."""

    agency: str
    place: str
    period_from: int | None
    period_to: int | None
    jobs_low: float | None
    jobs_high: float | None
    source: str


class PlaceSeries(Struct):
    """Inhabitants, and employed people by residence and by workplace, year by year."""

    population: tuple[Amount, ...]
    residents: tuple[Amount, ...]
    workplace: tuple[Amount, ...]


class Place(ProfileAnswer):
    """Everything that is known of a municipality: its profile, and what the page has beside it."""

    series: PlaceSeries
    indicators: list[Figure]
    peers: list[Peer]
    state_offices: Offices | None
    state_workplaces: StateWorkplaces | None
    location_decisions: tuple[Decision, ...]


class ComparedFigure(Struct):
    """One figure for every place: municipality number → the figure, null where there is none."""

    id: str
    label: Words
    values: dict[str, Figure | None]


class ComparedSeries(Struct):
    """Year by year: municipality number → the amounts."""

    population: dict[str, tuple[Amount, ...]]
    residents: dict[str, tuple[Amount, ...]]
    workplace: dict[str, tuple[Amount, ...]]


class Comparison(Struct):
    """Two to five municipalities side by side."""

    places: list[Named]
    figures: list[ComparedFigure]
    series: ComparedSeries
    differences: Annotated[tuple[str, ...], Meta(description="What sets them apart, in sentences.")]
    sources: list[Source]


class Hit(Struct):
    """Something that bears a name or number like the one asked for."""

    kind: Literal["place", "town", "region", "county", "name", "occupation"]
    id: str
    name: str
    detail: Annotated[str, Meta(description="Tells it from its namesakes.")]
    path: Annotated[str | None, Meta(description="Its page; null for an occupation.")]


class SearchResult(Listed):
    """What a search found, best first inside each kind."""

    items: list[Hit]
    asked: str
    meant: Annotated[
        Named | None, Meta(description="The municipality an old number or a former name stands for.")
    ]
    notice: Annotated[str | None, Meta(description="What to tell of it.")]
    suggestions: Annotated[list[str], Meta(description="Names that look alike, where nothing was found.")]
