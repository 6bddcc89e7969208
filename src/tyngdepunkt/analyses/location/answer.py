"""An assessed location case as `tyngdepunkt assess --json` and the API give it.

The keys are a contract: they may grow, they never change meaning. Scores and values of alternatives run from
0 to 100; shares, and what a value function makes of one indicator, from 0 to 1; what is missing is null.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from msgspec import UNSET, Meta, Struct, UnsetType

from tyngdepunkt.analyses.contract import Made
from tyngdepunkt.analyses.location.result import Finding, LedgerEffect, WeightLogEntry
from tyngdepunkt.figures import Quality
from tyngdepunkt.json_types import Code, Day, Language, Share, Source, Unit, Words

Score = Annotated[float, Meta(description="0–100.")]
Weights = dict[str, float | None]
Kind = Literal["place", "zero", "stay", "oslo", "existing_structure", "place_independent", "split"]


class Review(Struct):
    """The case held against a rule set."""

    version: str
    title: Words
    judged_backwards: Annotated[bool, Meta(description="Whether the set is newer than the case.")]
    findings: tuple[Finding, ...]


class OwnReview(Review):
    """The case held against the rule set of its date, and against others it names."""

    also: list[Review]


class SwingEnd(Struct):
    """A municipality at one end of a consideration."""

    place: Code
    score: Score
    shared_by: Annotated[int, Meta(description="How many others share the score.")]


class Swing(Struct):
    """The municipalities with the lowest and the highest score: what a weight is a weight on."""

    lowest: SwingEnd
    highest: SwingEnd


class AlikeTo(Struct):
    """Another consideration, and Pearson's correlation with it over the municipalities of the country."""

    id: str
    correlation: float


class Weighed(Struct):
    """A consideration with its weight; null where the case sets none."""

    id: str
    title: Words
    weight: float | None
    swing: Swing | None
    alike: Annotated[
        list[AlikeTo], Meta(description="Those that order the country's municipalities much the same.")
    ]


class WeightsTold(Struct):
    """What the case says of weights."""

    text: Words
    log: tuple[WeightLogEntry, ...]


class Used(Struct):
    """An indicator as it was used."""

    id: str
    title: dict[str, str]
    consideration: str
    unit: str
    direction: Literal["max", "min"]
    weight_within: float | None
    scale: str
    value_function: Annotated[
        tuple[tuple[float, float], ...], Meta(description="Points [figure, value 0–1].")
    ]
    left_out: str | None
    reference: str


class Measured(Struct):
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


class MustHave(Struct, kw_only=True):
    """A requirement an alternative was held against; `min` or `max` is its bound."""

    indicator: str
    min: float | UnsetType = UNSET
    max: float | UnsetType = UNSET
    value: float | None
    passed: bool | None


class RegionLoses(Struct):
    """Residents of a labour-market region who lose access."""

    labour_market_region: str
    lose: float


class Access(Struct):
    """Residents within some minutes of any office, before and after, and who loses."""

    minutes: int
    before: float
    after: float
    lose: float
    gain: float
    median_longer: float | None
    worst_longer: float | None
    regions: list[RegionLoses]


class PlaceChanges(Struct):
    """Jobs one place gains or loses, and the share of its own jobs and its region's that is."""

    place: Code
    name: str
    labour_market_region: str | None
    jobs: tuple[float, float] | None
    of_municipality: tuple[float, float] | None
    of_region: tuple[float, float] | None


class Alternative(Struct):
    """An alternative: scores, value, rank, and how sure they are."""

    number: int
    place: Code | None
    places: tuple[Code, ...]
    name: str
    kind: Kind
    centrality_class: int | None
    labour_market_region: str | None
    labour_market_region_number: int | None
    small_town: str | None
    scores: dict[str, Score | None]
    value: Score | None
    value_range: Annotated[
        tuple[Score, Score] | None, Meta(description="Least and most, whatever the missing figures are.")
    ]
    rank: int | None
    rank_range: Annotated[
        tuple[int, int] | None, Meta(description="Best and worst, whatever the missing figures are.")
    ]
    assumed: Annotated[tuple[str, ...], Meta(description="Indicators that take part and lack a figure here.")]
    rank_acceptability: Annotated[tuple[Share, ...], Meta(description="Share of allowed weights per rank.")]
    rank_acceptability_any_weights: tuple[Share, ...]
    rank_acceptability_joint: Annotated[
        tuple[Share, ...], Meta(description="Share of draws of weights and figures together, per rank.")
    ]
    central_weights: Weights | None
    confidence: Share | None
    first_under_uncertain_figures: Share | None
    outranking_rank: int | None
    dominated_by: tuple[int, ...]
    missing: tuple[str, ...]
    why_unscored: str | None
    must_haves: list[MustHave]
    measures: tuple[str, ...]
    access: list[Access]
    changes: list[PlaceChanges]
    text: Words
    indicators: dict[str, Measured]


class Through(Struct):
    """Two indicators a conflict goes through, and their share of it."""

    indicators: tuple[str, str]
    share: float


class Conflict(Struct):
    """Two considerations that pull in different directions."""

    between: tuple[str, str]
    strength: Annotated[float, Meta(ge=-1, le=1)]
    text: Words
    through: list[Through]


class TradeOff(Struct):
    """Two alternatives against each other; points of the first over the second per consideration."""

    between: list[str]
    points: Weights
    text: Words


class Jointly(Struct):
    """First places when weights, weights inside considerations and figures vary together."""

    first_place: Share
    standard_error: float
    oftenest_first: str
    oftenest_first_place: Share
    draws: int


class LeftOut(Struct):
    """Who is first when one alternative or indicator is left out; null where several are."""

    kind: Literal["alternative", "indicator"]
    id: str
    first: str | None
    changed: bool


class WeightChange(Struct):
    """The smallest change of weights at which another alternative draws level."""

    to: str
    weights: Weights
    distance: float


class Pairwise(Struct):
    """Share of allowed weights with which the row comes before the column."""

    order: list[str]
    wins: tuple[tuple[float, ...], ...]


class CrossCheck(Struct):
    """What another method says."""

    first: str | None
    order_agreement: float | None


class Robustness(Struct):
    """How much the ranking can take."""

    first: str | None
    first_place_acceptability: Share | None
    measured_from: str
    smallest_weight_change: WeightChange | None
    weight_changes: list[WeightChange]
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


class ContributionQuality(Struct):
    """How far the two can be trusted."""

    extent: Quality
    breadth: Quality


class Contribution(Struct):
    """What the jobs mean for the labour market there."""

    place: Code | None
    alternative: str
    extent: float | None
    extent_range: tuple[float, float] | None
    breadth: float | None
    breadth_range: tuple[float, float] | None
    quality: ContributionQuality


class Recommendation(Struct):
    """What the figures point to."""

    place: Code | None
    name: str
    kind: Kind
    text: Words


class CaseNotice(Struct):
    """Something to know of how the case was read; `id` is as `key`, `where` is empty: it is about all."""

    key: str
    values: dict[str, Any]
    text: Words
    id: str
    where: str = ""


class UsedTable(Struct):
    """A table of the snapshot."""

    name: str
    rows: int
    sha256: str
    provider: str
    reference: str
    query: str
    date: str
    licence: str
    note: str


class UsedSnapshot(Struct):
    """The snapshot the case was assessed with, so that it can be done again and come out the same."""

    id: str
    built: Day
    tables: list[UsedTable]


class Assessment(Struct):
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
    ledger: tuple[LedgerEffect, ...]
    recommendation: Recommendation | None
    texts: dict[str, str]
    notices: list[CaseNotice]
    sources: list[Source]
    snapshot: UsedSnapshot
    made: Made
