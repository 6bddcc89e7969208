"""A location case in, its assessment out: the document of `tyngdepunkt assess --json`."""

from __future__ import annotations

from typing import Annotated, Any, Literal, NotRequired, TypedDict

from msgspec import Meta

from tyngdepunkt.web.api.schema.knowledge import Day, Level
from tyngdepunkt.web.api.schema.shared import Code, Language, Quality, Source, Unit, Words

Share = Annotated[float, Meta(ge=0, le=1)]
Score = Annotated[float, Meta(description="0–100.")]
Weights = dict[str, float | None]
Kind = Literal["place", "zero", "stay", "oslo", "existing_structure", "place_independent", "split"]


def Case() -> dict[str, Any]:  # noqa: N802  # the name it has among the schemas
    """The fields of a case file: the schema that editors check it by."""
    from tyngdepunkt.analyses.location.input.schema import json_schema

    return json_schema("en")


class Finding(TypedDict):
    """What a rule says of the case."""

    rule: str
    verdict: Literal["met", "not_met", "explained", "not_documented", "not_applicable", "needs_judgement"]
    text: Words
    rule_text: Words
    level: Level
    reference: str
    status: str


class Review(TypedDict):
    """The case held against a rule set."""

    version: str
    title: Words
    judged_backwards: Annotated[bool, Meta(description="Whether the set is newer than the case.")]
    findings: list[Finding]


class OwnReview(Review):
    """The case held against the rule set of its date, and against others it names."""

    also: list[Review]


class SwingEnd(TypedDict):
    """A municipality at one end of a consideration."""

    place: Code
    score: Score
    shared_by: Annotated[int, Meta(description="How many others share the score.")]


class Swing(TypedDict):
    """The municipalities with the lowest and the highest score: what a weight is a weight on."""

    lowest: SwingEnd
    highest: SwingEnd


class AlikeTo(TypedDict):
    """Another consideration, and Pearson's correlation with it over the municipalities of the country."""

    id: str
    correlation: float


class Weighed(TypedDict):
    """A consideration with its weight; null where the case sets none."""

    id: str
    title: Words
    weight: float | None
    swing: Swing | None
    alike: Annotated[
        list[AlikeTo], Meta(description="Those that order the country's municipalities much the same.")
    ]


class WeightChangeLogged(TypedDict):
    """A change of the weights, and whether scores had been seen."""

    role: str
    date: str
    weights: Any
    reason: str
    scores_seen: bool


class WeightsTold(TypedDict):
    """What the case says of weights."""

    text: Words
    log: list[WeightChangeLogged]


class Used(TypedDict):
    """An indicator as it was used."""

    id: str
    title: dict[str, str]
    consideration: str
    unit: str
    direction: Literal["max", "min"]
    weight_within: float | None
    scale: str
    value_function: Annotated[list[list[float | None]], Meta(description="Points [figure, value 0–1].")]
    left_out: str | None
    reference: str


class Measurement(TypedDict):
    """A figure of an alternative; `sources` are positions in the list of sources, from 1."""

    value: float | None
    low: float | None
    high: float | None
    unit: Unit
    quality: Quality
    note: str | None
    score: Annotated[float | None, Meta(description="What the value function makes of it, 0–1.")]
    takes_part: bool
    assumed: Annotated[bool, Meta(description="Whether the figure is missing and the score is the median's.")]
    sources: list[int]


class MustHave(TypedDict):
    """A requirement an alternative was held against; `min` or `max` is its bound."""

    indicator: str
    min: NotRequired[float]
    max: NotRequired[float]
    value: float | None
    passed: bool | None


class RegionLoses(TypedDict):
    """Residents of a labour-market region who lose access."""

    labour_market_region: str
    lose: float


class Access(TypedDict):
    """Residents within some minutes of any office, before and after, and who loses."""

    minutes: int
    before: float
    after: float
    lose: float
    gain: float
    median_longer: float | None
    worst_longer: float | None
    regions: list[RegionLoses]


class PlaceChange(TypedDict):
    """Jobs one place gains or loses, and the share of its own jobs and its region's that is."""

    place: Code
    name: str
    labour_market_region: str | None
    jobs: list[float] | None
    of_municipality: list[float] | None
    of_region: list[float] | None


class Alternative(TypedDict):
    """An alternative: scores, value, rank, and how sure they are."""

    number: int
    place: Code | None
    places: list[Code]
    name: str
    kind: Kind
    centrality_class: int | None
    labour_market_region: str | None
    labour_market_region_number: int | None
    small_town: str | None
    scores: dict[str, Score | None]
    value: Score | None
    value_range: Annotated[
        list[Score] | None, Meta(description="Least and most, whatever the missing figures are.")
    ]
    rank: int | None
    rank_range: Annotated[
        list[int] | None, Meta(description="Best and worst, whatever the missing figures are.")
    ]
    assumed: Annotated[list[str], Meta(description="Indicators that take part and lack a figure here.")]
    rank_acceptability: Annotated[list[Share], Meta(description="Share of allowed weights per rank.")]
    rank_acceptability_any_weights: list[Share]
    rank_acceptability_joint: Annotated[
        list[Share], Meta(description="Share of draws of weights and figures together, per rank.")
    ]
    central_weights: Weights | None
    confidence: Share | None
    first_under_uncertain_figures: Share | None
    outranking_rank: int | None
    dominated_by: list[int]
    missing: list[str]
    why_unscored: str | None
    must_haves: list[MustHave]
    measures: list[Any]
    access: list[Access]
    changes: list[PlaceChange]
    text: Words
    indicators: dict[str, Measurement]


class Through(TypedDict):
    """Two indicators a conflict goes through, and their share of it."""

    indicators: list[str]
    share: float | None


class Conflict(TypedDict):
    """Two considerations that pull in different directions."""

    between: list[str]
    strength: Annotated[float, Meta(ge=-1, le=1)]
    text: Words
    through: list[Through]


class TradeOff(TypedDict):
    """Two alternatives against each other; points of the first over the second per consideration."""

    between: list[str]
    points: Weights
    text: Words


class Jointly(TypedDict):
    """First places when weights, weights inside considerations and figures vary together."""

    first_place: Share
    standard_error: float
    oftenest_first: str
    oftenest_first_place: Share
    draws: int


class LeftOut(TypedDict):
    """Who is first when one alternative or indicator is left out; null where several are."""

    kind: Literal["alternative", "indicator"]
    id: str
    first: str | None
    changed: bool


class WeightChange(TypedDict):
    """The smallest change of weights at which another alternative draws level."""

    to: str
    weights: Weights
    distance: float


class Pairwise(TypedDict):
    """Share of allowed weights with which the row comes before the column."""

    order: list[str]
    wins: list[list[float]]


class CrossCheck(TypedDict):
    """What another method says."""

    first: str | None
    order_agreement: float | None


class Robustness(TypedDict):
    """How much the ranking can take."""

    first: str | None
    first_place_acceptability: Share | None
    measured_from: str
    smallest_weight_change: WeightChange | None
    weight_changes: list[WeightChange | None]
    pairwise: Pairwise
    first_kept_under_uncertain_figures: Share | None
    outranking: CrossCheck
    draws: int
    seed: int
    first_place_exact: Annotated[
        bool, Meta(description="Whether shares of first places are computed, not drawn.")
    ]
    joint: Jointly | None
    leave_out: list[LeftOut]


class ContributionQuality(TypedDict):
    """How far the two can be trusted."""

    extent: Quality
    breadth: Quality


class Contribution(TypedDict):
    """What the jobs mean for the labour market there."""

    place: Code | None
    alternative: str
    extent: float | None
    extent_range: list[float | None] | None
    breadth: float | None
    breadth_range: list[float | None] | None
    quality: ContributionQuality


class LedgerEffect(TypedDict):
    """State jobs that came and went before the case, as [low, high]."""

    place: Code
    name: str
    labour_market_region: str
    municipality_change: list[float]
    region_change: list[float]
    after_case: list[float] | None
    agencies: list[str]
    warning: bool
    known: Annotated[
        bool, Meta(description="Whether the ledger has an event there or says it covers the place.")
    ]


class Recommendation(TypedDict):
    """What the figures point to."""

    place: Code | None
    name: str
    kind: Kind
    text: Words


class CaseNotice(TypedDict):
    """Something to know of how the case was read."""

    key: str
    values: dict[str, Any]
    text: Words


class UsedTable(TypedDict):
    """A table of the snapshot."""

    name: str
    rows: int
    provider: str
    reference: str
    sha256: str
    query: str
    date: str
    licence: str
    note: str


class UsedSnapshot(TypedDict):
    """The snapshot the case was assessed with, so that it can be done again and come out the same."""

    id: str
    built: Day
    tables: list[UsedTable]


class Assessment(TypedDict):
    """An assessed location case."""

    title: str
    date: Day
    language: Language
    method_version: str
    price_year: Annotated[int, Meta(description="The year whose kroner all costs are in.")]
    rules: OwnReview
    considerations: list[Weighed]
    weights: WeightsTold
    indicators: list[Used]
    alternatives: list[Alternative]
    conflicts: list[Conflict]
    trade_offs: list[TradeOff]
    robustness: Robustness
    contribution: list[Contribution]
    ledger: list[LedgerEffect]
    recommendation: Recommendation | None
    texts: dict[str, str]
    notices: list[CaseNotice]
    sources: list[Source]
    snapshot: UsedSnapshot
