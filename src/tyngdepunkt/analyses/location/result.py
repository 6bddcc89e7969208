"""What an assessment says: everything that any format shows, and nothing that is laid out.

Scores run from 0 to 100, shares from 0 to 1, weights sum to 1. A number that is not there
is None, never 0. Every figure carries its sources (`figures.Figure`).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Annotated

from msgspec import Meta, Struct

from tyngdepunkt.figures import Figure, Source
from tyngdepunkt.json_types import Code, Level, Words
from tyngdepunkt.rules.case_facts import Verdict

if TYPE_CHECKING:
    from tyngdepunkt.analyses.location.case import LocationCase
    from tyngdepunkt.indicators import Indicator
    from tyngdepunkt.indicators.reach_of_offices import AccessChange
    from tyngdepunkt.places import Notice, Snapshot
    from tyngdepunkt.rules import RuleSet


@dataclass(frozen=True, slots=True)
class Measurement:
    """One indicator for one alternative: the figure, and its value between 0 and 1.

    `assumed` where the figure is missing: the value is then that of the national median.
    """

    indicator: str
    figure: Figure
    value: float | None
    takes_part: bool
    assumed: bool = False


@dataclass(frozen=True, slots=True)
class MustHaveOutcome:
    """One threshold for one alternative; `passed` is None where the figure is missing."""

    indicator: str
    figure: Figure
    limit: float
    bound: str  # "min" or "max"
    passed: bool | None


@dataclass(frozen=True, slots=True)
class Difference:
    """How an alternative differs from the recommended one under one consideration.

    `points` is its score minus the recommended one's (−100 to 100); `through` are the
    indicators that make most of it, largest first.
    """

    consideration: str
    points: float
    through: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlaceChange:
    """What an arrangement over several places does to one of them; shares are signed, None where unknown."""

    place: str
    name: str
    region_name: str
    jobs: tuple[float, float] | None
    of_municipality: tuple[float, float] | None
    of_region: tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class AlternativeResult:
    """One alternative, assessed.

    Args:
        number: its place in the case file, from 1.
        place: its municipality; None where it has none or several.
        scored: whether it takes part in the ranking.
        why_unscored: text key in `analyses.location` where it does not.
        scores: consideration → 0–100, or None.
        value_range: least and greatest value it can have when what it lacks is anything it can be.
        rank_range: best and worst rank it can have when what anyone lacks is anything it can be.
        assumed: indicators it lacks a figure for that take part in the ranking.
        rank_acceptability: share of the allowed weights that give it rank 1, 2, …
        acceptability_any: the same over all weights there are.
        joint: the same over draws of allowed weights, weights inside considerations, and figures.
        facts: population, class, region and so on, for the tables of the document.
        access: who loses and gains access within 60 and 90 minutes, for a set of offices.
        changes: jobs gained and lost place by place, for an arrangement over several.
    """

    number: int
    name: str
    kind: str
    places: tuple[str, ...]
    place: str | None
    centrality_class: int | None
    region: int | None
    region_name: str
    scored: bool
    why_unscored: str
    measurements: Mapping[str, Measurement]
    must_haves: tuple[MustHaveOutcome, ...]
    scores: Mapping[str, float | None]
    value: float | None
    value_range: tuple[float, float] | None
    rank: int | None
    rank_range: tuple[int, int] | None
    assumed: tuple[str, ...]
    rank_acceptability: tuple[float, ...]
    acceptability_any: tuple[float, ...]
    joint: tuple[float, ...]
    central_weights: Mapping[str, float] | None
    confidence: float | None
    uncertainty_first: float | None
    outranking_rank: int | None
    dominated_by: tuple[int, ...]
    differences: tuple[Difference, ...]
    extent: Figure
    breadth: Figure
    measures: tuple[str, ...]
    small_town: str
    missing: tuple[str, ...]
    facts: Mapping[str, Figure | str] = field(default_factory=dict)
    access: tuple[AccessChange, ...] = ()
    changes: tuple[PlaceChange, ...] = ()


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


@dataclass(frozen=True, slots=True)
class RuleReview:
    """The case judged by one rule set; `backwards` where it was not in force on the case's date."""

    rule_set: RuleSet
    findings: tuple[Finding, ...]
    backwards: bool


@dataclass(frozen=True, slots=True)
class IndicatorPair:
    """Two indicators that pull two considerations together (+) or apart (−)."""

    first: str
    second: str
    share: float


@dataclass(frozen=True, slots=True)
class Conflict:
    """How two considerations pull over the alternatives; `strength` is −1 (apart) to 1."""

    between: tuple[str, str]
    strength: float
    through: tuple[IndicatorPair, ...]
    text: str


@dataclass(frozen=True, slots=True)
class TradeOff:
    """What one alternative has over another, pair by pair.

    Args:
        between: the two, by number, the higher ranked first.
        points: consideration → points (−100 to 100) of the first over the second.
    """

    between: tuple[int, int]
    points: Mapping[str, float]
    text: str


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Who is first when one alternative or indicator is left out.

    Args:
        kind: `alternative` or `indicator`.
        id: the alternative's number, or the indicator's id.
        first: number of the one that is then first; None where several are.
        changed: whether that is another than now.
    """

    kind: str
    id: int | str
    first: int | None
    changed: bool


@dataclass(frozen=True, slots=True)
class Joint:
    """First places when weights, weights inside considerations and figures vary together.

    Args:
        share: how often the first is still first.
        error: standard error of `share` from the finite number of draws.
        oftenest: number of the alternative that is first most often.
    """

    share: float
    error: float
    oftenest: int
    oftenest_share: float
    draws: int


@dataclass(frozen=True, slots=True)
class WeightChange:
    """The smallest change of weights at which `to` draws level with the first."""

    to: int
    weights: Mapping[str, float]
    distance: float


@dataclass(frozen=True, slots=True)
class Robustness:
    """How firmly the first stands.

    `measured_from` is `given` or `centroid`; `nearest` is None where no weights can let
    another draw level. `pairwise[i][j]` is the share of allowed weights at which
    alternative `ranked[i]` beats `ranked[j]`. `order_agreement` is Kendall's tau between
    the ranking and the outranking method's. `exact_first` says whether the shares of first
    places over weights are computed or drawn.
    """

    first: int | None
    first_place_acceptability: float | None
    measured_from: str
    nearest: WeightChange | None
    changes: tuple[WeightChange, ...]
    ranked: tuple[int, ...]
    pairwise: tuple[tuple[float, ...], ...]
    uncertainty_keeps_first: float | None
    outranking_first: int | None
    order_agreement: float | None
    draws: int
    seed: int
    exact_first: bool = False
    joint: Joint | None = None
    leave_out: tuple[LeftOut, ...] = ()


_IN_JSON = {"region_name": "labour_market_region", "municipality": "municipality_change"}


class LedgerEffect(Struct, frozen=True, rename=_IN_JSON):
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


class WeightLogEntry(Struct, frozen=True):
    """Who set which weights, when, why, and whether scores had been seen."""

    role: str
    date: dt.date
    weights: str
    reason: str
    scores_seen: bool | None


@dataclass(frozen=True, slots=True)
class UsedIndicator:
    """An indicator as it was used in this case.

    `weight` is its share inside its consideration (0 where it takes no part); `points` is
    the drawn value function as (x, value 0–1); `why_out` is a text key in `analyses.location`.
    """

    indicator: Indicator
    consideration: str
    weight: float
    points: tuple[tuple[float, float], ...]
    scale: str
    why_out: str


@dataclass(frozen=True, slots=True)
class Swing:
    """The municipalities with the lowest and the highest score (0–100) under a consideration.

    `low_shared` and `high_shared` are how many others share the end; the one named is the first by code.
    """

    consideration: str
    lowest: str
    low: float
    low_shared: int
    highest: str
    high: float
    high_shared: int


@dataclass(frozen=True, slots=True)
class Alike:
    """Two considerations that order the municipalities of the country much the same.

    `correlation` is Pearson's over the municipalities with all figures: what the two measure counts twice.
    """

    between: tuple[str, str]
    correlation: float


@dataclass(frozen=True, slots=True)
class Assessment:
    """A whole answer to a location case, in one language."""

    case: LocationCase
    lang: str
    rule_set: RuleSet
    judged_backwards: bool
    snapshot: Snapshot
    notices: tuple[Notice, ...]
    considerations: tuple[str, ...]
    weights: Mapping[str, float]
    weights_text: str
    indicators: tuple[UsedIndicator, ...]
    alternatives: tuple[AlternativeResult, ...]
    findings: tuple[Finding, ...]
    conflicts: tuple[Conflict, ...]
    robustness: Robustness
    ledger: tuple[LedgerEffect, ...]
    weight_log: tuple[WeightLogEntry, ...]
    recommendation: int | None
    texts: Mapping[str, str]
    alternative_texts: Mapping[int, str]
    sources: tuple[Source, ...]
    method_version: str
    other_reviews: tuple[RuleReview, ...] = ()
    computed: dt.date | None = None
    trade_offs: tuple[TradeOff, ...] = ()
    swings: tuple[Swing, ...] = ()
    alike: tuple[Alike, ...] = ()

    def alternative(self, number: int) -> AlternativeResult:
        """The alternative with that number in the case file."""
        return next(item for item in self.alternatives if item.number == number)

    def title_of(self, consideration: str) -> str:
        """A consideration's title in the language of the assessment."""
        found = next(item for item in self.rule_set.considerations if item.id == consideration)
        return found.title[self.lang]
