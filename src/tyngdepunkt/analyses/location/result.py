"""What an assessment says: everything that any format shows, and nothing that is laid out.

Scores run from 0 to 100, shares from 0 to 1, weights sum to 1. A number that is not there
is None, never 0. Every figure carries its sources (`figures.Figure`).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tyngdepunkt.analyses.location import answer
from tyngdepunkt.analyses.location.answer import (
    Compared,
    Conflict,
    Finding,
    LedgerEffect,
    PlaceChanges,
    Robustness,
    Swing,
    TradeOff,
    WeightLogEntry,
)
from tyngdepunkt.figures import Figure, Source
from tyngdepunkt.indicators.reach_of_offices import Access

if TYPE_CHECKING:
    from tyngdepunkt.analyses.location.input.model import LocationCase
    from tyngdepunkt.indicators import Indicator
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


class AlternativeResult(Compared, frozen=True, kw_only=True):
    """One alternative, assessed: what the answer says of it, and what only the document shows.

    Args:
        why_unscored: text key in `analyses.location` where it takes no part in the ranking; else None.
        facts: population, class, region and so on, for the tables of the document.
        access: who loses and gains access within 60 and 90 minutes, for a set of offices.
        changes: jobs gained and lost place by place, for an arrangement over several.
    """

    measurements: Mapping[str, Measurement]
    must_haves: tuple[MustHaveOutcome, ...]
    measures: tuple[str, ...]
    access: tuple[Access, ...]
    changes: tuple[PlaceChanges, ...]
    differences: tuple[Difference, ...]
    extent: Figure
    breadth: Figure
    facts: Mapping[str, Figure | str]

    @property
    def scored(self) -> bool:
        """Whether it takes part in the ranking."""
        return self.why_unscored is None


@dataclass(frozen=True, slots=True)
class RuleReview:
    """The case judged by one rule set; `backwards` where it was not in force on the case's date."""

    rule_set: RuleSet
    findings: tuple[Finding, ...]
    backwards: bool


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
    recommendation: str | None
    texts: Mapping[str, str]
    alternative_texts: Mapping[str, str]
    sources: tuple[Source, ...]
    method_version: str
    other_reviews: tuple[RuleReview, ...] = ()
    computed: dt.date | None = None
    trade_offs: tuple[TradeOff, ...] = ()
    swings: Mapping[str, Swing] = field(default_factory=dict)
    alike: tuple[Alike, ...] = ()

    @property
    def stem(self) -> str:
        """What its documents are called, before the language: as the case's file is."""
        return self.case.stem

    def alternative(self, name: str) -> AlternativeResult:
        """The alternative with that name; names are unique in a case."""
        return next(item for item in self.alternatives if item.name == name)

    @property
    def ranked(self) -> tuple[AlternativeResult, ...]:
        """The alternatives that are ranked, best first."""
        found = [item for item in self.alternatives if item.rank is not None]
        return tuple(sorted(found, key=lambda item: (item.rank or 0, item.number)))

    @property
    def title(self) -> str:
        """What the case is called."""
        return self.case.title

    def title_of(self, consideration: str) -> str:
        """A consideration's title in the language of the assessment."""
        found = next(item for item in self.rule_set.considerations if item.id == consideration)
        return found.title[self.lang]


Result = answer.Assessment
"""What the JSON holds of it."""
