"""Puts the answer together: results, sentences, sources."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from tyngdepunkt import texts
from tyngdepunkt.analyses.location import firmness, narrative, recommend
from tyngdepunkt.analyses.location import score as scoring
from tyngdepunkt.analyses.location import weigh as weighing
from tyngdepunkt.analyses.location.alternative_result import alternative_results
from tyngdepunkt.analyses.location.answer import (
    CrossCheck,
    Jointly,
    LeftOut,
    Pairwise,
    Robustness,
    WeightChange,
    WeightLogEntry,
)
from tyngdepunkt.analyses.location.computation import ScoredCase
from tyngdepunkt.analyses.location.cumulative import Effects
from tyngdepunkt.analyses.location.result import AlternativeResult, Assessment, RuleReview
from tyngdepunkt.analyses.location.weigh import Weighed
from tyngdepunkt.documents import figure_words
from tyngdepunkt.figures import Figure, Source
from tyngdepunkt.methods import additive
from tyngdepunkt.methods.weight_sensitivity import Flip
from tyngdepunkt.rules import class_filter_strength, rule_set

LEFT_OUT = ("indicator_out.missing_all",)
CLASS_RULE = "R17"


def assessment(
    draft: ScoredCase, reviews: Sequence[RuleReview], effects: Effects, version: str
) -> Assessment:
    """The whole answer."""
    results = alternative_results(draft)
    ranked = [results[i] for i in draft.order]
    robust = _robustness(draft)
    weights = (
        {} if draft.weighed is None else weighing.by_name(draft.weighed.weights, draft.scores.considerations)
    )
    sentences = _texts(draft, ranked, robust, weights)
    sentences["ledger"] = narrative.ledger(effects.ledger or (), effects.window, draft.lang)
    own = reviews[0]
    sentences["backwards"] = _backwards(draft, reviews)
    return Assessment(
        case=draft.case,
        lang=draft.lang,
        rule_set=draft.rule_set,
        judged_backwards=own.backwards,
        snapshot=draft.places.snapshot,
        notices=draft.case.notices,
        considerations=tuple(each.id for each in draft.rule_set.considerations),
        weights=weights,
        weights_text=sentences["weights"],
        indicators=draft.scores.used,
        alternatives=results,
        findings=own.findings,
        conflicts=draft.conflicts,
        robustness=robust,
        ledger=effects.ledger or (),
        weight_log=_weight_log(draft),
        recommendation=None if draft.recommended is None else draft.called(draft.recommended),
        texts=sentences,
        alternative_texts=_alternative_texts(draft, results, ranked),
        sources=_sources(results, effects),
        method_version=version,
        other_reviews=tuple(reviews[1:]),
        trade_offs=draft.trade_offs,
        swings=draft.scores.swings,
        alike=draft.scores.alike,
    )


def _texts(
    draft: ScoredCase, ranked: Sequence[AlternativeResult], robust: Robustness, weights: Mapping[str, float]
) -> dict[str, str]:
    lang = draft.lang
    given = [key for key, low in zip(draft.case.weights.ids, draft.case.weights.high, strict=True) if low > 0]
    dropped = [key for key in given if key not in weights]
    sentences = {
        **_recommendation(draft, ranked),
        "weights": narrative.weights(_weights_kind(draft), weights, dropped, draft.consideration, lang),
        "robustness": firmness.robustness(
            ranked, robust.fixed_weights, lang, bool(draft.doubt and draft.doubt.rivals)
        ),
        "conflicts": _conflicts(draft),
        "missing": narrative.missing(
            _left_out(draft),
            sum(each.indicator.scored for each in draft.scores.used),
            (_assumed(draft, ranked), len(ranked)),
            lang,
        ),
        "alike": narrative.alike(draft.scores.alike, draft.consideration, lang),
        "dominance": firmness.dominance(ranked, lang),
        "class_filter": _class_filter(draft),
        "decision": _decision(draft, ranked),
    }
    return {**sentences, **_method_texts(draft, ranked, robust, weights)}


def _recommendation(draft: ScoredCase, ranked: Sequence[AlternativeResult]) -> dict[str, str]:
    if draft.measured.compared and not ranked:
        nothing = narrative.say("recommendation.nothing_counts", draft.lang)
        return dict.fromkeys(("answer", "settling", "recommendation"), nothing)
    outcomes = draft.measured.must_haves
    nobody = bool(outcomes) and all(any(each.passed is False for each in row) for row in outcomes)
    return recommend.recommendation(ranked, draft.lang, draft.doubt, len(draft.case.alternatives), nobody)


def _weights_kind(draft: ScoredCase) -> str:
    """How the weights came about; `nothing_left` where all the case weighs takes no part."""
    weighting = draft.case.weights
    gone = weighing.says_nothing(weighting, draft.scores.considerations)
    return "nothing_left" if gone else weighting.kind


def _method_texts(
    draft: ScoredCase, ranked: Sequence[AlternativeResult], robust: Robustness, weights: Mapping[str, float]
) -> dict[str, str]:
    """What the flip point, the uncertainty and the second method say; empty with nothing to compare."""
    if len(ranked) < 2 or draft.weighed is None:
        return dict.fromkeys(("flip", "uncertainty", "joint", "leave_out", "cross_check"), "")
    first = ranked[0]
    said = (robust.measured_from, draft.consideration, draft.lang)
    return {
        "flip": firmness.flip(first.name, robust.nearest, weights, said),
        "uncertainty": firmness.uncertainty(ranked, robust.uncertainty_keeps_first, draft.lang),
        "joint": firmness.joint(ranked, robust.joint, robust.measured_from, draft.lang),
        "leave_out": firmness.leave_out(
            first, _turning(draft, robust), draft.lang, _hangs_on_the_list(draft)
        ),
        "cross_check": firmness.cross_check(ranked, draft.lang),
    }


def _conflicts(draft: ScoredCase) -> str:
    strongest = draft.conflicts[0] if draft.conflicts else None
    named = None if strongest is None else (*strongest.between, strongest.strength)
    if draft.trade_offs:
        return narrative.say("conflicts.in_pairs", draft.lang)
    if len(draft.order) < 2:
        return narrative.say("conflicts.too_few_alternatives", draft.lang)
    return narrative.conflicts(named, draft.case.weights.kind != "none", draft.consideration, draft.lang)


def _decision(draft: ScoredCase, ranked: Sequence[AlternativeResult]) -> str:
    decided = draft.case.decision
    if decided is None:
        return ""
    result = next((item for item in ranked if item.place == decided.place), None)
    name = result.name if result else draft.places.municipalities[decided.place].called
    return narrative.decision((name, decided.reason), result, ranked, draft.lang)


def _class_filter(draft: ScoredCase) -> str:
    known = [each.centrality_class for each in draft.places.municipalities.values() if each.centrality_class]
    strength = class_filter_strength(known)
    versions = (draft.case.rules_version, *draft.case.also_guidelines)
    asked = any(rule.id == CLASS_RULE for version in versions for rule in rule_set(version).rules)
    key = "class_filter" if asked else "class_filter_unasked"
    return narrative.say(key, draft.lang, count=strength.inside, total=strength.total)


def _backwards(draft: ScoredCase, reviews: Sequence[RuleReview]) -> str:
    versions = [each.rule_set.version for each in reviews if each.backwards]
    return narrative.backwards(draft.case.date, versions, draft.lang)


def _left_out(draft: ScoredCase) -> list[str]:
    return [
        each.indicator.title[draft.lang]
        for each in draft.scores.used
        if each.why_out in LEFT_OUT and each.indicator.scored
    ]


def _assumed(draft: ScoredCase, ranked: Sequence[AlternativeResult]) -> list[tuple[str, list[str]]]:
    """Who lacks figures that take part in the ranking, and which."""
    return [(item.name, [draft.indicator(name) for name in item.assumed]) for item in ranked if item.assumed]


def _turning(draft: ScoredCase, robust: Robustness) -> list[tuple[str, str]] | None:
    """The indicators without which another is first, and who that is; empty where several are.

    None where there is one indicator only, so that none can be left out.
    """
    if not any(each.kind == "indicator" for each in robust.leave_out):
        return None
    return [
        (draft.indicator(each.id), each.first or "")
        for each in robust.leave_out
        if each.kind == "indicator" and each.changed
    ]


def _leave_out(draft: ScoredCase, weighed: Weighed) -> tuple[LeftOut, ...]:
    """Each alternative but the first, the first itself, and each indicator, left out in turn.

    No scale and no weight hangs on the list, so the others keep their order when one leaves it;
    only a case that asks for a scale between its own alternatives is scored anew.
    """
    first = draft.order[0]
    found = [LeftOut("alternative", draft.called(each), *_first_without(draft, each)) for each in draft.order]
    for name, position in weighed.left_out:
        now = None if position < 0 else draft.scores.compared[position]
        found.append(LeftOut("indicator", name, None if now is None else draft.called(now), now != first))
    return tuple(found)


def _hangs_on_the_list(draft: ScoredCase) -> bool:
    """Whether the case measures something between its own alternatives, or grades only some of them.

    A grade is a criterion the case brings in with the alternative it is given to, and takes out with it.
    """
    listed = draft.case.alternatives
    graded = [{grade.about for grade in listed[i].grades} for i in draft.scores.compared]
    partly = any(each != graded[0] for each in graded)
    return partly or (any(each.scale in scoring.BETWEEN for each in draft.scores.used if each.weight > 0))


def _first_without(draft: ScoredCase, left: int) -> tuple[str | None, bool]:
    """Name of the one that is first without an alternative, and whether it is another than now."""
    first, rest = draft.order[0], tuple(each for each in draft.scores.compared if each != left)
    if not rest:
        return None, False
    if not _hangs_on_the_list(draft):
        now = next(each for each in draft.order if each != left)
    else:
        measured = draft.measured
        scores = scoring.score(measured.case, (draft.places, measured.question), measured.rows, rest)
        ranked = additive.rank(
            scores.matrix, weighing.allowed_weights(measured.case.weights, scores.considerations).centroid()
        )
        now = rest[int(ranked.order[0])]
    return draft.called(now), left != first and now != first


def _joint(draft: ScoredCase, weighed: Weighed) -> Jointly:
    shares, draws = weighed.joint.ranks[:, 0], weighed.joint.draws
    share, most = float(shares[weighed.first]), int(shares.argmax())
    return Jointly(
        share=share,
        error=float(np.sqrt(share * (1 - share) / draws)),
        oftenest=draft.called(draft.scores.compared[most]),
        oftenest_share=float(shares[most]),
        draws=draws,
    )


def _robustness(draft: ScoredCase) -> Robustness:
    weighed, compared = draft.weighed, draft.scores.compared
    if weighed is None:
        return Robustness(
            first=None,
            first_place_acceptability=None,
            measured_from="centroid",
            nearest=None,
            changes=(),
            pairwise=Pairwise((), ()),
            uncertainty_keeps_first=None,
            outranking=CrossCheck(None, None),
            draws=0,
            seed=weighing.SEED,
            exact_first=False,
            joint=None,
            leave_out=(),
        )
    changes = tuple(
        WeightChange(
            draft.called(compared[found.rival]),
            weighing.by_name(found.weights, draft.scores.considerations),
            found.distance,
        )
        for found in sorted((each for each in weighed.flips if each), key=lambda each: _nearness(draft, each))
    )
    first, order, several = weighed.first, weighed.ranked.order, len(compared) > 1
    other = draft.called(compared[int(weighed.outranking.argmin())])
    return Robustness(
        first=draft.called(compared[first]),
        first_place_acceptability=float(weighed.allowed.ranks[first, 0]),
        measured_from=weighed.measured_from,
        nearest=changes[0] if changes else None,
        changes=changes,
        pairwise=Pairwise(
            tuple(draft.called(each) for each in draft.order),
            tuple(tuple(row) for row in weighed.pairwise[order][:, order].tolist()),
        ),
        uncertainty_keeps_first=None if weighed.keeps_first is None else float(weighed.keeps_first[first]),
        outranking=CrossCheck(other, weighed.agreement) if several else CrossCheck(None, None),
        draws=weighed.draws,
        seed=weighing.SEED,
        exact_first=weighed.exact,
        joint=_joint(draft, weighed) if several else None,
        leave_out=_leave_out(draft, weighed) if several else (),
    )


def _nearness(draft: ScoredCase, found: Flip) -> tuple[float, int]:
    """Those as near as each other come in the order of the ranking."""
    return round(found.distance, 9), draft.order.index(draft.scores.compared[found.rival])


def _alternative_texts(
    draft: ScoredCase, results: Sequence[AlternativeResult], ranked: Sequence[AlternativeResult]
) -> dict[str, str]:
    titles = (draft.consideration, draft.indicator)
    said = {}
    for item in results:
        if item.why_unscored:
            said[item.name] = _why_unscored(draft, item, item.why_unscored)
        elif ranked:
            said[item.name] = narrative.against_first(item, ranked, titles, draft.lang)
            if item.value_range and item.assumed:
                said[item.name] += " " + narrative.assumed(item, ranked[0], draft.indicator, draft.lang)
    return said


def _why_unscored(draft: ScoredCase, item: AlternativeResult, why: str) -> str:
    failed = [
        narrative.say(
            "unscored.requirement",
            draft.lang,
            indicator=texts.inside(draft.indicator(each.indicator)),
            value=_shown(draft, each.indicator, each.figure.value),
            limit=_shown(draft, each.indicator, each.limit),
        )
        for each in item.must_haves
        if each.passed is False
    ]
    return narrative.say(why, draft.lang, name=item.name, requirements=failed)


def _shown(draft: ScoredCase, key: str, value: float | None) -> str:
    """A figure with its unit, as the tables show it."""
    known = next(each for each in draft.measured.indicators if each.id == key)
    if value is None:
        return "–"
    shown = texts.number(value * 100 if known.unit == "share" else value, known.decimals, draft.lang)
    return figure_words.counted(shown, known.unit, draft.lang)


def _weight_log(draft: ScoredCase) -> tuple[WeightLogEntry, ...]:
    return tuple(
        WeightLogEntry(
            each.role,
            each.date,
            narrative.weighting(each.weights, draft.consideration, draft.lang),
            each.reason,
            each.scores_seen,
        )
        for each in draft.case.weight_log
    )


def _sources(results: Sequence[AlternativeResult], effects: Effects) -> tuple[Source, ...]:
    """Every source of every figure once, in the order they are met."""
    figures = [each.figure for item in results for each in item.measurements.values()]
    figures += [fact for item in results for fact in item.facts.values() if isinstance(fact, Figure)]
    return tuple(
        dict.fromkeys([source for each in figures for source in each.sources] + list(effects.sources))
    )
