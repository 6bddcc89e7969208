"""Weights over scores that are computed once for each version of a draft.

While a person drags, only the weights change: the figures and the scores are those of the
version. So they are kept, and each answer costs one weighing. The answer is the one that
a whole assessment of the same case with those weights would give; a test holds it to that.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tyngdepunkt.analyses.location import assess as assessing
from tyngdepunkt.analyses.location import computation as drafting
from tyngdepunkt.analyses.location import cumulative
from tyngdepunkt.analyses.location import score as scoring
from tyngdepunkt.analyses.location import weigh as weighing
from tyngdepunkt.analyses.location.answer import WeightChange
from tyngdepunkt.analyses.location.input import ROOM
from tyngdepunkt.analyses.location.input.model import Weighting
from tyngdepunkt.analyses.location.input.read import case_from_content
from tyngdepunkt.analyses.location.input.weights import read_weights
from tyngdepunkt.analyses.state_jobs.current_ledger import kept_mark
from tyngdepunkt.errors import UserError
from tyngdepunkt.inputs.parse_context import ParseContext
from tyngdepunkt.inputs.reading import located
from tyngdepunkt.memory import Memory
from tyngdepunkt.methods import additive, weight_sensitivity
from tyngdepunkt.methods.weights import anything
from tyngdepunkt.workspace.drafts.store import Draft

if TYPE_CHECKING:
    from tyngdepunkt.analyses.location.computation import IndicatorTable
    from tyngdepunkt.analyses.location.cumulative import Effects
    from tyngdepunkt.analyses.location.result import Assessment
    from tyngdepunkt.analyses.location.score import Scores
    from tyngdepunkt.places import Places

Progress = assessing.Progress


def unheard(_step: str) -> None:
    """The progress nobody waits for."""


KEPT = 64  # scores that are kept, and as many answers, drawings and documents


@dataclass(frozen=True, slots=True)
class Prepared:
    """What does not depend on the weights; `anywhere`: how often each is first under all weights."""

    measured: IndicatorTable
    scores: Scores
    effects: Effects
    anywhere: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """How one alternative stands.

    Args:
        value: 0–100.
        first: share of the allowed weights that puts it first.
        anywhere: the same over all weights there are.
    """

    number: int
    name: str
    rank: int
    value: float
    first: float
    anywhere: float


@dataclass(frozen=True, slots=True)
class Live:
    """The answer while one drags: the order, best first, the weights used, and the flip point.

    `given` says that the weights are exact, so that only all weights there are say how firm it is.
    """

    standings: tuple[Standing, ...]
    weights: Mapping[str, float]
    turn: WeightChange | None
    given: bool = False


class Desktop:
    """Scores and answers of drafts, computed once per version, snapshot and ledger. Safe over threads.

    Args:
        places: an open snapshot.
        kept: how many scores are kept, and how many things made of them.
    """

    def __init__(self, places: Places, kept: int = KEPT) -> None:
        self._places = places
        self._scores, self._made = Memory(kept), Memory(kept)  # documents push out no scores

    def prepared(self, draft: Draft, tell: Progress = unheard) -> Prepared:
        """The scores of a draft; `tell` is told each step as it begins.

        Raises:
            UserError: the case is not complete, or has faults.
        """
        found: Prepared = self._scores.get(self._key(draft, ""), lambda: self._prepare(draft, tell))
        return found

    def assessed(self, draft: Draft, lang: str, tell: Progress = unheard) -> Assessment:
        """The whole answer to a draft in one language; `tell` is told each step as it begins.

        Raises:
            UserError: the case is not complete, or has faults.
        """
        ready = self.prepared(draft, tell)
        found: Assessment = self._made.get(
            self._key(draft, lang), lambda: self._answer(ready, ready.measured.case.weights, lang, tell)
        )
        return found

    def has(self, draft: Draft, what: str) -> bool:
        """Whether an answer (by its language), or what `kept` made, is here and need not be waited for."""
        return self._made.has(self._key(draft, what))

    def reweighed(self, draft: Draft, value: Any) -> Live:
        """How the alternatives would stand with other weights; nothing is saved.

        Args:
            draft: the draft.
            value: weights as a case file writes them.

        Raises:
            UserError: the weights have faults, or the case has.
        """
        ready = self.prepared(draft)
        weights = self._weights(value, ready)
        if not ready.scores.considerations:
            return Live((), {}, None)
        return _live(ready, weights)

    def kept(self, draft: Draft, what: str, make: Callable[[], Any]) -> Any:
        """Something made of an answer, such as its drawings, kept as long as the answer itself."""
        return self._made.get(self._key(draft, what), make)

    def _weights(self, value: Any, ready: Prepared) -> Weighting:
        """Weights read by the reader of case files, with its faults."""
        written = located({"weights": value}, Path("case.yaml"))
        ctx = ParseContext(written, ROOM, self._places, "nb")
        read = read_weights(written.data["weights"], ready.measured.case.weights.ids, ctx, ("weights",))
        if ctx.faults:
            raise UserError(*ctx.faults)
        return read

    def _prepare(self, draft: Draft, tell: Progress) -> Prepared:
        case = case_from_content(draft.content, self._places)
        tell("figures")
        measured = assessing.measure_all(case, self._places)
        seen = (self._places, measured.question)
        scores = scoring.score(measured.case, seen, measured.rows, measured.compared)
        effects = cumulative.effects_of(measured.case, self._places)
        return Prepared(measured, scores, effects, _anywhere(scores))

    def _answer(self, ready: Prepared, weights: Weighting, lang: str, tell: Progress) -> Assessment:
        measured = replace(ready.measured, case=replace(ready.measured.case, weights=weights))
        tell("weighing")
        weighed = weighing.weigh(ready.scores, weights) if ready.scores.considerations else None
        draft = drafting.ScoredCase(measured, ready.scores, weighed, self._places, lang)
        tell("rules")
        return assessing.answer(draft, ready.effects)

    def _key(self, draft: Draft, what: str) -> Hashable:
        """Everything an answer depends on; a case without a ledger of its own takes the one that is kept."""
        ledger = () if draft.content.get("ledger") else kept_mark()
        return (draft.id, draft.version, self._places.snapshot.id, ledger, what)


def _live(ready: Prepared, given: Weighting) -> Live:
    """Only what is shown while one drags, with the draws and the seed of the whole answer."""
    matrix = ready.scores.matrix
    compared, considerations = ready.scores.compared, ready.scores.considerations
    names = [ready.measured.case.alternatives[position].name for position in compared]
    allowed = weighing.allowed_weights(given, considerations)
    weights = allowed.centroid()
    ranked = additive.rank(matrix, weights)
    first = weighing.first_places(matrix, allowed)
    standings = tuple(
        Standing(
            compared[i] + 1,
            names[i],
            int(ranked.ranks[i]),
            100 * float(ranked.values[i]),
            float(first[i]),
            ready.anywhere[i],
        )
        for i in map(int, ranked.order)
    )
    flips = [
        each
        for each in weight_sensitivity.smallest_weight_changes(matrix, weights, int(ranked.order[0]))
        if each
    ]
    place = {int(i): at for at, i in enumerate(ranked.order)}
    nearest = min(flips, key=lambda each: (round(each.distance, 9), place[each.rival]), default=None)
    turn = nearest and WeightChange(
        names[nearest.rival], weighing.by_name(nearest.weights, considerations), float(nearest.distance)
    )
    return Live(standings, weighing.by_name(weights, considerations), turn, allowed.is_point)


def _anywhere(scores: Scores) -> tuple[float, ...]:
    """How often each is first when all weights there are count the same."""
    if not scores.considerations or not len(scores.matrix):
        return ()
    return tuple(map(float, weighing.first_places(scores.matrix, anything(len(scores.considerations)))))
