"""What has been measured and weighed, before it is put in words and judged by the rules."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

import numpy as np

from tyngdepunkt.analyses.location import narrative
from tyngdepunkt.analyses.location.answer import Conflict, Through, TradeOff
from tyngdepunkt.analyses.location.indicator_values import STANDING
from tyngdepunkt.analyses.location.input.model import LocationCase
from tyngdepunkt.analyses.location.recommend import Doubt
from tyngdepunkt.analyses.location.result import MustHaveOutcome
from tyngdepunkt.analyses.location.score import Scores
from tyngdepunkt.analyses.location.weigh import Weighed
from tyngdepunkt.figures import Figure
from tyngdepunkt.indicators import Indicator, Question
from tyngdepunkt.methods import concordance
from tyngdepunkt.places import Places
from tyngdepunkt.rules import RuleSet, rule_set
from tyngdepunkt.texts import choose

LEAST_FOR_CONFLICTS = 5  # fewer alternatives than this say little of how two considerations go together
MOST_THROUGH = 4  # pairs of indicators that are kept of a conflict
EXTENT, BREADTH = "contribution_extent", "contribution_breadth"
MITIGATION, COST_EFFECTIVENESS = "mitigation", "cost_effectiveness"


@dataclass(frozen=True, slots=True)
class IndicatorTable:
    """The case with its alternatives, their figures, and who can be compared.

    `why_unscored` is a text key per alternative, empty where it is compared.
    """

    case: LocationCase
    question: Question
    indicators: tuple[Indicator, ...]
    rows: tuple[dict[str, Figure], ...]
    must_haves: tuple[tuple[MustHaveOutcome, ...], ...]
    why_unscored: tuple[str, ...]

    @property
    def compared(self) -> tuple[int, ...]:
        """Positions of the alternatives that are compared."""
        return tuple(i for i, why in enumerate(self.why_unscored) if not why)


@dataclass(frozen=True)
class ScoredCase:
    """Everything computed, in one language; `weighed` is None where nothing could be compared."""

    measured: IndicatorTable
    scores: Scores
    weighed: Weighed | None
    places: Places
    lang: str

    @property
    def case(self) -> LocationCase:
        """The case, with its alternatives filled in."""
        return self.measured.case

    @cached_property
    def rule_set(self) -> RuleSet:
        """The rule set the case is judged by."""
        return rule_set(self.case.rules_version)

    @cached_property
    def order(self) -> tuple[int, ...]:
        """Positions of the compared alternatives in the case, best first."""
        if self.weighed is None:
            return ()
        return tuple(self.scores.compared[int(i)] for i in self.weighed.ranked.order)

    @property
    def recommended(self) -> int | None:
        """Position of the alternative the figures point to.

        None where several share the first place, where a missing figure can put another first,
        and where it is not known whether the first passes the must-haves.
        """
        if self.weighed is None or self.weighed.ranked.tied[self.weighed.first]:
            return None
        return None if self.doubt else self.order[0]

    @cached_property
    def doubt(self) -> Doubt | None:
        """What is not known and could put another first; None where nothing is."""
        if self.weighed is None:
            return None
        first = self.order[0]
        rivals = self._may_be_first() if self.weighed.worst[self.weighed.first] > 1 else ()
        untried = [each.indicator for each in self.measured.must_haves[first] if each.passed is None]
        if not rivals and not untried:
            return None
        return Doubt(
            rivals=tuple(self.called(position) for position in rivals if position != first),
            figures=self._missing_of((first, *rivals)) if rivals else (),
            must_haves=tuple(dict.fromkeys(self.indicator(name) for name in untried)),
        )

    def _may_be_first(self) -> tuple[int, ...]:
        """Positions, best first, of those that can be first when what is missing is known."""
        if self.weighed is None:
            return ()
        best = self.weighed.best
        return tuple(each for each in self.order if best[self.scores.compared.index(each)] == 1)

    def _missing_of(self, positions: Sequence[int]) -> tuple[tuple[str, str], ...]:
        """(indicator, alternative) of the missing figures, those that can move the value most first."""
        if self.weighed is None:
            return ()
        pull = (self.scores.most - self.scores.least) * (self.scores.blend @ self.weighed.weights)
        rows = {self.scores.compared.index(each): each for each in dict.fromkeys(positions)}
        found = sorted(
            ((row, column) for row in rows for column in np.flatnonzero(self.scores.assumed[row])),
            key=lambda at: -pull[at],
        )
        return tuple(
            (self.indicator(self.scores.columns[column]), self.called(rows[row]))
            for row, column in found
            if pull[row, column] > 0
        )

    @property
    def recommended_place(self) -> str | None:
        """The municipality of that alternative, where it is a single one."""
        codes = () if self.recommended is None else self.case.alternatives[self.recommended].codes
        return codes[0] if len(codes) == 1 else None

    @cached_property
    def considered(self) -> tuple[str, ...]:
        """Considerations with a score, or (mitigation) a text for every alternative.

        Cost counts as considered where it was compared: the national mean for all compares nothing.
        """
        listed = bool(self.case.alternatives) and all(each.measures for each in self.case.alternatives)
        found = set(self.scores.considerations) | ({MITIGATION} if listed else set())
        if not self._cost_compared:
            found -= {COST_EFFECTIVENESS}
        return tuple(each.id for each in self.rule_set.considerations if each.id in found)

    @property
    def _cost_compared(self) -> bool:
        """Whether the case has costs of its own for all: its own amounts, posts that move, or every rent.

        A rent for some of the places says nothing of what the others cost, nor does the area of a post.
        """
        costs = self.case.costs
        stated = (costs.rent_per_m2, costs.one_off_per_job)
        new = [each for each in self.case.alternatives if each.kind not in ("zero", "stay")]
        rents = [part.rent for each in new for part in each.parts]
        return (
            bool(rents and None not in rents)
            or any(each is not None for each in stated)
            or bool(self.measured.question.moved_from)
        )

    @property
    def contribution_known(self) -> bool:
        """Whether the extent of the contribution could be computed for all that are not as things are."""
        pairs = zip(self.case.alternatives, self.measured.rows, strict=True)
        found = [row.get(EXTENT) for each, row in pairs if each.kind not in STANDING]
        return bool(found) and all(each is not None and each.value is not None for each in found)

    @cached_property
    def conflicts(self) -> tuple[Conflict, ...]:
        """Every pair of considerations, those that pull hardest apart first; of few alternatives none."""
        if len(self.scores.compared) < LEAST_FOR_CONFLICTS:
            return ()
        found = [self._conflict(i, j) for i, j in combinations(range(len(self.scores.considerations)), 2)]
        return tuple(sorted(found, key=lambda each: each.strength))

    @cached_property
    def trade_offs(self) -> tuple[TradeOff, ...]:
        """Each pair of alternatives, where they are too few for a measure of conflict."""
        if not 2 <= len(self.order) < LEAST_FOR_CONFLICTS:
            return ()
        return tuple(self._trade_off(one, other) for one, other in combinations(self.order, 2))

    def _trade_off(self, one: int, other: int) -> TradeOff:
        rows = [self.scores.matrix[self.scores.compared.index(each)] for each in (one, other)]
        lead = (100 * (rows[0] - rows[1])).tolist()
        points = dict(zip(self.scores.considerations, lead, strict=True))
        names = (self.called(one), self.called(other))
        text = narrative.trade_off(names, points, self.consideration, self.lang)
        return TradeOff(names, points, text)

    def called(self, position: int) -> str:
        """The name of the alternative in that position."""
        return self.case.alternatives[position].name

    def consideration(self, key: str) -> str:
        """A consideration's title."""
        found = next(each for each in self.rule_set.considerations if each.id == key)
        return choose(found.title, self.lang)

    def indicator(self, key: str) -> str:
        """An indicator's title."""
        found = next(each for each in self.measured.indicators if each.id == key)
        return choose(found.title, self.lang)

    def _conflict(self, first: int, second: int) -> Conflict:
        """How two considerations pull over the alternatives, and the indicators it goes through."""
        parts = (self.scores.cells * self.scores.blend[:, k] for k in (first, second))
        found, columns = concordance.concordance(*parts), self.scores.columns
        through = tuple(
            Through((columns[i], columns[j]), share)
            for i, j, share in concordance.strongest_parts(found, MOST_THROUGH)
        )
        between = (self.scores.considerations[first], self.scores.considerations[second])
        titles = (self.consideration, self.indicator)
        text = narrative.conflict(between, found.strength, through, titles, self.lang)
        return Conflict(between, found.strength, text, through)
