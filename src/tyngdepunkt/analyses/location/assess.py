"""`assess`: a location case in, everything that can be said of it out.

The order is the guidelines' own: places that can satisfy the needs first (must-haves), then
how they compare, then what the rules say of the assessment as it now stands.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from tyngdepunkt import rules
from tyngdepunkt.analyses.location import (
    ANALYSIS,
    auto_alternatives,
    build_result,
    cumulative,
    indicator_values,
)
from tyngdepunkt.analyses.location import score as scoring
from tyngdepunkt.analyses.location import weigh as weighing
from tyngdepunkt.analyses.location.computation import IndicatorTable, ScoredCase
from tyngdepunkt.analyses.location.cumulative import Effects
from tyngdepunkt.analyses.location.input.model import Alternative, LocationCase
from tyngdepunkt.analyses.location.result import Assessment, MustHaveOutcome, RuleReview
from tyngdepunkt.analyses.location.rule_findings import Answered, facts_of, review
from tyngdepunkt.indicators import for_rules
from tyngdepunkt.places import Places

METHOD_VERSION = ANALYSIS.method_version
Progress = Callable[[str], None]


def assess(
    case: LocationCase, places: Places, lang: str = "nb", progress: Progress | None = None
) -> Assessment:
    """Assess a location case on the figures of a snapshot.

    Args:
        case: the case, read and resolved.
        places: an open snapshot.
        lang: nb, nn or en.
        progress: told `figures`, `weighing` and `rules` as each begins.

    Raises:
        UserError: `alternatives: auto` where no centre passes the must-haves.
    """
    tell = progress or (lambda _step: None)
    tell("figures")
    measured = measure_all(case, places)
    tell("weighing")
    draft = draft_of(measured, places, lang)
    tell("rules")
    return answer(draft, cumulative.effects_of(measured.case, places))


def answer(draft: ScoredCase, effects: Effects) -> Assessment:
    """The whole answer to what has been scored and weighed, with the rules' view of it."""
    return build_result.assessment(draft, _reviews(draft, effects), effects, METHOD_VERSION)


def measure_all(case: LocationCase, places: Places) -> IndicatorTable:
    """Figures and must-haves of every alternative; fills in `alternatives: auto`.

    Raises:
        UserError: `alternatives: auto` where no centre passes the must-haves.
    """
    if not case.auto:
        return _measured(case, places, case.alternatives)
    listed = auto_alternatives.centres(places)
    enough, said = auto_alternatives.screened(places, indicator_values.question_of(case, listed), listed)
    if not enough:
        auto_alternatives.filled_in(case, [], said)
    everyone = _measured(case, places, enough)
    passing = [
        everyone.case.alternatives[i]
        for i in everyone.compared
        if all(outcome.passed for outcome in everyone.must_haves[i])  # what cannot be tried is not passed
    ]
    return _measured(auto_alternatives.filled_in(case, passing, said), places, passing)


def tried(
    case: LocationCase, places: Places, alternatives: Sequence[Alternative]
) -> list[tuple[MustHaveOutcome, ...]]:
    """The must-haves of each alternative, and nothing else: only the indicators they name are looked up.

    The same outcomes as `measure_all` gives, for an answer while one writes.
    """
    named = {each.indicator for each in case.must_have}
    asked = [each for each in for_rules(case.rules_version) if each.id in named]
    question = indicator_values.question_of(case, alternatives)
    rows = indicator_values.figures_of(question, places, asked, alternatives)
    for row, alternative in zip(rows, alternatives, strict=True):
        row.update(scoring.grade_figures(alternative, case))
    return [scoring.must_have_outcomes(case, row) for row in rows]


def draft_of(measured: IndicatorTable, places: Places, lang: str) -> ScoredCase:
    """Scores and weighing of what has been measured."""
    scores = scoring.score(measured.case, (places, measured.question), measured.rows, measured.compared)
    weighed = weighing.weigh(scores, measured.case.weights) if scores.considerations else None
    return ScoredCase(measured, scores, weighed, places, lang)


def _measured(case: LocationCase, places: Places, alternatives: Sequence[Alternative]) -> IndicatorTable:
    case = replace(case, alternatives=tuple(alternatives))
    question = indicator_values.question_of(case, alternatives)
    rows = indicator_values.figures_of(question, places, for_rules(case.rules_version), alternatives)
    for row, alternative in zip(rows, alternatives, strict=True):
        row.update(scoring.grade_figures(alternative, case))
    indicators = scoring.indicators_of(case)
    outcomes = tuple(scoring.must_have_outcomes(case, row) for row in rows)
    why = [
        auto_alternatives.why_unscored(
            each,
            outcome,
            row,
            indicators,
            indicator_values.leaves_no_office(case.regional_structure, alternatives, each),
        )
        for each, outcome, row in zip(alternatives, outcomes, rows, strict=True)
    ]
    return IndicatorTable(case, question, indicators, tuple(rows), outcomes, tuple(why))


def _reviews(draft: ScoredCase, effects: Effects) -> list[RuleReview]:
    """The rule set that applies first, then those the case is held against for comparison."""
    case = draft.case
    answered = Answered(
        recommended=draft.recommended_place,
        considered=draft.considered,
        weighed=tuple(draft.scores.considerations),
        measured_by=tuple(each.id for each in draft.rule_set.considerations),
        conflicts=draft.conflicts or draft.trade_offs,
        contribution_known=draft.contribution_known,
        weights_tried=len(draft.order) > 1,
        ranked=tuple(case.alternatives[each].name for each in draft.order),
        ledger=effects.ledger,
    )
    versions = dict.fromkeys((case.rules_version, *case.also_guidelines))
    return [
        review(each, facts_of(case, draft.places, case.alternatives, answered, each), draft.lang)
        for each in map(rules.rule_set, versions)
    ]
