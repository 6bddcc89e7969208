"""Municipalities: the list, one of them, several side by side, and what a search found."""

from __future__ import annotations

from typing import Annotated, Literal, NotRequired, TypedDict

from msgspec import Meta

from tyngdepunkt.json_types import Code, Quality, Source, Unit, Words
from tyngdepunkt.web.api.schema.shared import Amount, Figure, Listed, Named, Numbered

Minutes = Annotated[float, Meta(description="Computed driving time.")]


class PlaceRow(TypedDict):
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


class Position(TypedDict):
    """The centre: degrees in WGS 84, and metres in the named system."""

    lat: float
    lon: float
    x: float
    y: float
    crs: str


class OwnRegion(TypedDict):
    """The labour-market region a municipality belongs to, and why."""

    id: int | None
    name: str
    centres: list[Named]
    members: list[Code]
    ground: str
    ground_text: Words
    is_centre: bool


class ProfileFigure(TypedDict):
    """A figure of the profile."""

    value: float | None
    unit: Unit
    quality: Quality
    year: int | None
    table: str
    name: NotRequired[Annotated[str, Meta(description="What it is about, for instance an airport.")]]


class Flow(TypedDict):
    """People who commute to or from another municipality."""

    code: Code
    name: str
    persons: float | None
    quality: Quality


class OtherPlace(TypedDict):
    """A municipality that is named."""

    code: Code
    name: str


class Break(TypedDict):
    """A part of a municipality that came from or went to another: the series breaks though nobody moved."""

    year: int
    series: str
    other: OtherPlace
    came: bool
    area: str
    persons: float | None
    source: str
    text: str


Commuting = TypedDict("Commuting", {"year": int | None, "out": list[Flow], "in": list[Flow]})


class Reached(TypedDict):
    """An airport or a station, and the way there."""

    name: str
    minutes: Minutes


class Neighbour(TypedDict):
    """A municipality nearby."""

    code: Code
    name: str
    minutes: Minutes


class Near(TypedDict):
    """Municipalities within a driving time."""

    count: int
    municipalities: list[Neighbour]


class ProfileTown(TypedDict):
    """A town that lies wholly or partly in the municipality; persons are the whole town's."""

    number: str
    name: str
    persons: float | None
    date: str
    municipalities: list[Code]


class SmallTown(TypedDict):
    """What decides whether it is a small town of the guidelines."""

    is_centre: bool
    centrality_class: int | None
    largest_town: ProfileTown | None


class Gap(TypedDict):
    """How far two municipalities are from each other in one feature, in standard deviations."""

    figure: str
    own: float | None
    other: float | None
    gap: float


class Peer(TypedDict):
    """A municipality that is much like this one, and in what."""

    code: Code
    name: str
    distance: float
    alike: list[str]
    different: list[str]
    gaps: list[Gap]


class OfficeType(TypedDict):
    """State offices of one type."""

    type: str | None
    names: list[str]


class Offices(TypedDict):
    """State offices as they were in a year."""

    year: int
    count: int
    types: list[OfficeType]


class Decision(TypedDict):
    """A decision to put state jobs at a place, as it is printed; jobs are a range, null where unknown."""

    agency: str
    place: str
    period_from: int | None
    period_to: int | None
    jobs_low: float | None
    jobs_high: float | None
    source: str


class PlaceSeries(TypedDict):
    """Inhabitants, and employed people by residence and by workplace, year by year."""

    population: list[Amount]
    residents: list[Amount]
    workplace: list[Amount]


class Place(TypedDict):
    """Everything that is known of a municipality."""

    code: Code
    name: str
    names: Annotated[list[str], Meta(description="Every official language form.")]
    notice: Annotated[str | None, Meta(description="What to tell of the name or number asked for.")]
    county: Numbered
    economic_region: Numbered | None
    position: Position
    labour_market_region: OwnRegion
    figures: dict[str, ProfileFigure]
    breaks: list[Break]
    commuting: Commuting
    airports: list[Reached]
    railway_stations: list[Reached]
    near: Annotated[dict[str, Near], Meta(description="By minutes: 45, 60 and 90.")]
    towns: list[ProfileTown]
    small_town: SmallTown
    sources: list[Source]
    snapshot: str
    series: PlaceSeries
    indicators: list[Figure]
    peers: list[Peer]
    state_offices: Offices | None
    location_decisions: list[Decision]


class ComparedFigure(TypedDict):
    """One figure for every place: municipality number → the figure, null where there is none."""

    id: str
    label: Words
    values: dict[str, Figure | None]


class ComparedSeries(TypedDict):
    """Year by year: municipality number → the amounts."""

    population: dict[str, list[Amount]]
    residents: dict[str, list[Amount]]
    workplace: dict[str, list[Amount]]


class Comparison(TypedDict):
    """Two to five municipalities side by side."""

    places: list[Named]
    figures: list[ComparedFigure]
    series: ComparedSeries
    differences: Annotated[list[str], Meta(description="What sets them apart, in sentences.")]
    sources: list[Source]


class Hit(TypedDict):
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
