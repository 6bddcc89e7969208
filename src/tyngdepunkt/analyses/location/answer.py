"""An assessed location case as `tyngdepunkt assess --json` and the API give it.

The keys are a contract: they may grow, they never change meaning. Scores and values of alternatives run from
0 to 100; shares, and what a value function makes of one indicator, from 0 to 1; what is missing is null.
"""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Literal

from msgspec import UNSET, Meta, Struct, UnsetType

from tyngdepunkt.analyses.contract import Made
from tyngdepunkt.analyses.location.input.model import Kind
from tyngdepunkt.figures import Quality
from tyngdepunkt.indicators.reach_of_offices import Access
from tyngdepunkt.json_types import Code, Day, Language, Level, Share, Source, Unit, Words
from tyngdepunkt.rules.case_facts import Verdict

Score = Annotated[float, Meta(description="0–100.")]
Weights = dict[str, float]


class Finding(Struct, frozen=True):
    """What a rule says of the case, in the language of the assessment."""

    rule: str
    verdict: Verdict
    text: Words
    rule_text: Annotated[Words, Meta(description="What the rule asks, retold.")]
    level: Level
    reference: str
    status: str
    point: Annotated[str, Meta(description="The paragraph it stands in; empty where that is not known.")] = ""
    carried: Annotated[Words, Meta(description="That it is of older guidelines; empty where in force.")] = ""


class Review(Struct):
    """The case held against a rule set."""

    version: str
    title: Words
    judged_backwards: Annotated[bool, Meta(description="Whether the set is newer than the case.")]
    findings: tuple[Finding, ...]


class OwnReview(Review):
    """The case held against the rule set of its date, and against others it names."""

    also: list[Review]


class SwingEnd(Struct, frozen=True):
    """A municipality at one end of a consideration."""

    place: Code
    score: Score
    shared_by: Annotated[int, Meta(description="How many others share the score.")]


class Swing(Struct, frozen=True):
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


class WeightLogEntry(Struct, frozen=True):
    """Who set which weights, when, why, and whether scores had been seen."""

    role: str
    date: dt.date
    weights: str
    reason: str
    scores_seen: bool | None


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
    note_values: Annotated[
        dict[str, str | int | float | list[str]],
        Meta(description="What the sentence of the note takes; empty where it takes nothing."),
    ]
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


class PlaceChanges(Struct, frozen=True, rename={"region_name": "labour_market_region"}):
    """Jobs one place gains or loses, and the share of its own jobs and its region's that is."""

    place: Code
    name: str
    region_name: str | None
    jobs: tuple[float, float] | None
    of_municipality: tuple[float, float] | None
    of_region: tuple[float, float] | None


_OF_ALTERNATIVE = {
    "region_name": "labour_market_region",
    "region": "labour_market_region_number",
    "acceptability_any": "rank_acceptability_any_weights",
    "joint": "rank_acceptability_joint",
    "uncertainty_first": "first_under_uncertain_figures",
}


class Compared(Struct, frozen=True, kw_only=True, rename=_OF_ALTERNATIVE):
    """What is said of an alternative both in the answer and while it is being put together."""

    number: int
    place: Code | None  # none where it has no municipality or several
    places: tuple[Code, ...]
    name: str
    kind: Kind
    centrality_class: int | None
    region_name: str | None
    region: int | None
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
    acceptability_any: tuple[Share, ...]
    joint: Annotated[
        tuple[Share, ...], Meta(description="Share of draws of weights and figures together, per rank.")
    ]
    central_weights: Weights | None
    confidence: Share | None
    uncertainty_first: Share | None
    outranking_rank: int | None
    dominated_by: tuple[int, ...]
    missing: tuple[str, ...]
    why_unscored: str | None


class Alternative(Compared, frozen=True, kw_only=True):
    """An alternative: scores, value, rank, and how sure they are."""

    must_haves: list[MustHave]
    measures: tuple[str, ...]
    access: tuple[Access, ...]
    changes: tuple[PlaceChanges, ...]
    text: Words
    indicators: dict[str, Measured]


_REGION_CHANGE = {"region_name": "labour_market_region", "municipality": "municipality_change"}


class LedgerEffect(Struct, frozen=True, rename=_REGION_CHANGE):
    """State jobs gained (+) and lost (−) in the window, in a municipality and its region, as [low, high].

    `known` where the ledger has an event there or declares that it covers the place: else nothing is
    booked, which is not the same as nothing having happened.
    """

    place: Code
    name: str
    region_name: str
    municipality: tuple[float, float]
    region_change: tuple[float, float]
    after_case: tuple[float, float] | None
    agencies: tuple[str, ...]
    warning: bool
    known: bool = True


class Through(Struct, frozen=True):
    """Two indicators a conflict goes through, and their share of it."""

    indicators: tuple[str, str]
    share: float


class Conflict(Struct, frozen=True):
    """Two considerations that pull in different directions."""

    between: tuple[str, str]
    strength: Annotated[float, Meta(ge=-1, le=1)]
    text: Words
    through: tuple[Through, ...]


class TradeOff(Struct, frozen=True):
    """Two alternatives against each other; points of the first over the second per consideration."""

    between: tuple[str, str]
    points: Weights
    text: Words


class Jointly(
    Struct,
    frozen=True,
    rename={
        "share": "first_place",
        "error": "standard_error",
        "oftenest": "oftenest_first",
        "oftenest_share": "oftenest_first_place",
    },
):
    """First places when weights, weights inside considerations and figures vary together."""

    share: Share
    error: float
    oftenest: str
    oftenest_share: Share
    draws: int


class LeftOut(Struct, frozen=True):
    """Who is first when one alternative or indicator is left out; null where several are."""

    kind: Literal["alternative", "indicator"]
    id: str
    first: str | None
    changed: bool


class WeightChange(Struct, frozen=True):
    """The smallest change of weights at which another alternative draws level."""

    to: str
    weights: Weights
    distance: float


class Pairwise(Struct, frozen=True):
    """Share of allowed weights with which the row comes before the column."""

    order: tuple[str, ...]
    wins: tuple[tuple[float, ...], ...]


class CrossCheck(Struct, frozen=True):
    """What another method says."""

    first: str | None
    order_agreement: float | None


_OF_ROBUSTNESS = {
    "nearest": "smallest_weight_change",
    "changes": "weight_changes",
    "uncertainty_keeps_first": "first_kept_under_uncertain_figures",
    "exact_first": "first_place_exact",
}


class Robustness(Struct, frozen=True, rename=_OF_ROBUSTNESS):
    """How much the ranking can take."""

    first: str | None
    first_place_acceptability: Share | None
    measured_from: str
    nearest: WeightChange | None
    changes: tuple[WeightChange, ...]
    pairwise: Pairwise
    uncertainty_keeps_first: Share | None
    outranking: CrossCheck
    draws: int
    seed: int
    exact_first: Annotated[bool, Meta(description="Whether shares of first places are computed, not drawn.")]
    joint: Jointly | None
    leave_out: tuple[LeftOut, ...]

    @property
    def fixed_weights(self) -> bool:
        """Whether the case gives exact weights, so that only all weights there are say anything."""
        return self.measured_from == "given"


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
    conflicts: tuple[Conflict, ...]
    trade_offs: tuple[TradeOff, ...]
    robustness: Robustness
    contribution: list[Contribution]
    ledger: tuple[LedgerEffect, ...]
    recommendation: Recommendation | None
    texts: dict[str, str]
    notices: list[CaseNotice]
    sources: list[Source]
    snapshot: UsedSnapshot
    made: Made
