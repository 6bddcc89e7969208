"""An assessment as one JSON document, for machines and for the API.

The keys are a contract: they may grow, they never change meaning. Scores and values of
alternatives run from 0 to 100; shares, and what a value function makes of one indicator,
from 0 to 1; what is missing is null.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tyngdepunkt import texts
from tyngdepunkt.analyses.location.result import (
    AlternativeResult,
    Assessment,
    LedgerEffect,
    Measurement,
    RuleReview,
    TradeOff,
    WeightChange,
)
from tyngdepunkt.figures import Figure, Source
from tyngdepunkt.indicators import in_language, price_year
from tyngdepunkt.indicators.reach_of_offices import AccessChange
from tyngdepunkt.places import TableInfo

DECIMALS = 10


def as_json(assessment: Assessment) -> dict[str, Any]:
    """The whole assessment as plain values that `json.dumps` takes."""
    return {
        "title": assessment.case.title,
        "date": assessment.case.date.isoformat(),
        "language": assessment.lang,
        "method_version": assessment.method_version,
        "price_year": assessment.case.costs.price_year or price_year(),
        "rules": _rules(assessment),
        "considerations": [
            {
                "id": each,
                "title": assessment.title_of(each),
                "weight": _round(assessment.weights.get(each)),
                "swing": _swing(each, assessment),
                "alike": [
                    {"id": other, "correlation": _round(pair.correlation)}
                    for pair in assessment.alike
                    for other in pair.between
                    if each in pair.between and other != each
                ],
            }
            for each in assessment.considerations
        ],
        "weights": {
            "text": assessment.weights_text,
            "log": [_log_entry(each) for each in assessment.weight_log],
        },
        "indicators": [_used(each) for each in assessment.indicators],
        "alternatives": [_alternative(each, assessment) for each in assessment.alternatives],
        "conflicts": [
            {
                "between": list(each.between),
                "strength": _round(each.strength),
                "text": each.text,
                "through": [
                    {"indicators": [pair.first, pair.second], "share": _round(pair.share)}
                    for pair in each.through
                ],
            }
            for each in assessment.conflicts
        ],
        "trade_offs": [_trade_off(each, assessment) for each in assessment.trade_offs],
        "robustness": _robustness(assessment),
        "contribution": [_contribution(each) for each in assessment.alternatives],
        "ledger": [_ledger(each) for each in assessment.ledger],
        "recommendation": _recommendation(assessment),
        "texts": dict(assessment.texts),
        "notices": [
            {
                "key": each.key,
                "values": _plain(each.values),
                "text": texts.text(each.key, assessment.lang, **each.values),
            }
            for each in assessment.notices
        ],
        "sources": [_source(each, assessment) for each in assessment.sources],
        "snapshot": {
            "id": assessment.snapshot.id,
            "built": assessment.snapshot.built.isoformat(),
            "tables": [_table(each, assessment.lang) for each in assessment.snapshot.tables],
        },
    }


def _rules(assessment: Assessment) -> dict[str, Any]:
    own = RuleReview(assessment.rule_set, assessment.findings, assessment.judged_backwards)
    also = [_review(each, assessment.lang) for each in assessment.other_reviews]
    return {**_review(own, assessment.lang), "also": also}


def _review(review: RuleReview, lang: str) -> dict[str, Any]:
    return {
        "version": review.rule_set.version,
        "title": review.rule_set.title[lang],
        "judged_backwards": review.backwards,
        "findings": [
            {
                "rule": each.rule,
                "verdict": str(each.verdict),
                "text": each.text,
                "rule_text": each.rule_text,
                "level": each.level,
                "reference": each.reference,
                "status": each.status,
            }
            for each in review.findings
        ],
    }


def _alternative(item: AlternativeResult, assessment: Assessment) -> dict[str, Any]:
    return {
        "number": item.number,
        "place": item.place,
        "places": list(item.places),
        "name": item.name,
        "kind": item.kind,
        "centrality_class": item.centrality_class,
        "labour_market_region": item.region_name or None,
        "labour_market_region_number": item.region,
        "small_town": item.small_town or None,
        "scores": {key: _round(value) for key, value in item.scores.items()},
        "value": _round(item.value),
        "value_range": _pair(item.value_range),
        "rank": item.rank,
        "rank_range": None if item.rank_range is None else list(item.rank_range),
        "assumed": list(item.assumed),
        "rank_acceptability": [_round(share) for share in item.rank_acceptability],
        "rank_acceptability_any_weights": [_round(share) for share in item.acceptability_any],
        "rank_acceptability_joint": [_round(share) for share in item.joint],
        "central_weights": _rounded(item.central_weights),
        "confidence": _round(item.confidence),
        "first_under_uncertain_figures": _round(item.uncertainty_first),
        "outranking_rank": item.outranking_rank,
        "dominated_by": list(item.dominated_by),
        "missing": list(item.missing),
        "why_unscored": item.why_unscored or None,
        "must_haves": [
            {
                "indicator": each.indicator,
                each.bound: each.limit,
                "value": each.figure.value,
                "passed": each.passed,
            }
            for each in item.must_haves
        ],
        "measures": list(item.measures),
        "access": [_access(each) for each in item.access],
        "changes": [
            {
                "place": each.place,
                "name": each.name,
                "labour_market_region": each.region_name or None,
                "jobs": _pair(each.jobs),
                "of_municipality": _pair(each.of_municipality),
                "of_region": _pair(each.of_region),
            }
            for each in item.changes
        ],
        "text": assessment.alternative_texts.get(item.number, ""),
        "indicators": {key: _measurement(each, assessment) for key, each in item.measurements.items()},
    }


def _access(each: AccessChange) -> dict[str, Any]:
    return {
        "minutes": each.limit,
        "before": each.before,
        "after": each.after,
        "lose": each.lose,
        "gain": each.gain,
        "median_longer": _round(each.median_longer),
        "worst_longer": _round(each.worst_longer),
        "regions": [{"labour_market_region": name, "lose": persons} for name, persons in each.regions],
    }


def _measurement(each: Measurement, assessment: Assessment) -> dict[str, Any]:
    numbers = [assessment.sources.index(source) + 1 for source in each.figure.sources]
    return {
        **figure_json(each.figure),
        "score": _round(each.value),
        "takes_part": each.takes_part,
        "assumed": each.assumed,
        "sources": numbers,
    }


def figure_json(figure: Figure) -> dict[str, Any]:
    """A figure with everything but its sources."""
    return {
        "value": _round(figure.value),
        "low": _round(figure.low),
        "high": _round(figure.high),
        "unit": figure.unit,
        "quality": str(figure.quality),
        "note": figure.note or None,
    }


def _used(each: Any) -> dict[str, Any]:
    return {
        "id": each.indicator.id,
        "title": dict(each.indicator.title),
        "consideration": each.consideration,
        "unit": each.indicator.unit,
        "direction": each.indicator.direction,
        "weight_within": _round(each.weight),
        "scale": each.scale,
        "value_function": [[_round(x), _round(value)] for x, value in each.points],
        "left_out": each.why_out or None,
        "reference": each.indicator.reference,
    }


def _robustness(assessment: Assessment) -> dict[str, Any]:
    robust = assessment.robustness
    names = {item.number: item.name for item in assessment.alternatives}
    return {
        "first": names.get(robust.first) if robust.first is not None else None,
        "first_place_acceptability": _round(robust.first_place_acceptability),
        "measured_from": robust.measured_from,
        "smallest_weight_change": _change(robust.nearest, names),
        "weight_changes": [_change(each, names) for each in robust.changes],
        "pairwise": {
            "order": [names[each] for each in robust.ranked],
            "wins": [list(row) for row in robust.pairwise],
        },
        "first_kept_under_uncertain_figures": _round(robust.uncertainty_keeps_first),
        "outranking": {
            "first": names.get(robust.outranking_first) if robust.outranking_first is not None else None,
            "order_agreement": _round(robust.order_agreement),
        },
        "draws": robust.draws,
        "seed": robust.seed,
        "first_place_exact": robust.exact_first,
        "joint": None
        if robust.joint is None
        else {
            "first_place": _round(robust.joint.share),
            "standard_error": _round(robust.joint.error),
            "oftenest_first": names[robust.joint.oftenest],
            "oftenest_first_place": _round(robust.joint.oftenest_share),
            "draws": robust.joint.draws,
        },
        "leave_out": [
            {
                "kind": each.kind,
                "id": names[each.id] if isinstance(each.id, int) else each.id,
                "first": None if each.first is None else names[each.first],
                "changed": each.changed,
            }
            for each in robust.leave_out
        ],
    }


def _swing(consideration: str, assessment: Assessment) -> dict[str, Any] | None:
    """The two ends of a consideration as real places."""
    found = next((each for each in assessment.swings if each.consideration == consideration), None)
    if found is None:
        return None
    return {
        "lowest": {"place": found.lowest, "score": _round(found.low), "shared_by": found.low_shared},
        "highest": {"place": found.highest, "score": _round(found.high), "shared_by": found.high_shared},
    }


def _trade_off(each: TradeOff, assessment: Assessment) -> dict[str, Any]:
    return {
        "between": [assessment.alternative(number).name for number in each.between],
        "points": _rounded(each.points),
        "text": each.text,
    }


def _change(change: WeightChange | None, names: Mapping[int, str]) -> dict[str, Any] | None:
    if change is None:
        return None
    return {"to": names[change.to], "weights": _rounded(change.weights), "distance": _round(change.distance)}


def _contribution(item: AlternativeResult) -> dict[str, Any]:
    extent, breadth = item.extent, item.breadth
    return {
        "place": item.place,
        "alternative": item.name,
        "extent": _round(extent.value),
        "extent_range": [_round(bound) for bound in extent.interval] if extent.interval else None,
        "breadth": _round(breadth.value),
        "breadth_range": [_round(bound) for bound in breadth.interval] if breadth.interval else None,
        "quality": {"extent": str(extent.quality), "breadth": str(breadth.quality)},
    }


def _ledger(each: LedgerEffect) -> dict[str, Any]:
    return {
        "place": each.place,
        "name": each.name,
        "labour_market_region": each.region_name,
        "municipality_change": list(each.municipality),
        "region_change": list(each.region_change),
        "after_case": list(each.after_case) if each.after_case else None,
        "agencies": list(each.agencies),
        "warning": each.warning,
        "known": each.known,
    }


def _recommendation(assessment: Assessment) -> dict[str, Any] | None:
    if assessment.recommendation is None:
        return None
    item = assessment.alternative(assessment.recommendation)
    return {
        "place": item.place,
        "name": item.name,
        "kind": item.kind,
        "text": assessment.texts["recommendation"],
    }


def _log_entry(entry: Any) -> dict[str, Any]:
    return {
        "role": entry.role,
        "date": entry.date.isoformat(),
        "weights": entry.weights,
        "reason": entry.reason,
        "scores_seen": entry.scores_seen,
    }


def _source(source: Source, assessment: Assessment) -> dict[str, str]:
    return in_language(source, assessment.snapshot, assessment.lang).in_words()


def _table(table: TableInfo, lang: str) -> dict[str, Any]:
    names = ("name", "rows", "sha256")
    words = ("provider", "reference", "query", "date", "licence", "note")
    return {
        **{name: getattr(table, name) for name in names},
        **{part: getattr(table, part)[lang] for part in words},
    }


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    return {key: _plain_value(value) for key, value in values.items()}


def _plain_value(value: Any) -> Any:
    if isinstance(value, list | tuple):
        return [_plain_value(each) for each in value]
    return value if isinstance(value, int | float | str | type(None)) else str(value)


def _pair(ends: tuple[float, float] | None) -> list[float | None] | None:
    return None if ends is None else [_round(end) for end in ends]


def _rounded(weights: Mapping[str, float] | None) -> dict[str, float | None] | None:
    return None if weights is None else {key: _round(value) for key, value in weights.items()}


def _round(value: float | None) -> float | None:
    """Ten decimals: enough to compute with, and free of the noise of the last bits."""
    return None if value is None else round(float(value), DECIMALS) + 0.0
