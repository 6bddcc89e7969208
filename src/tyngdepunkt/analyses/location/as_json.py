"""An assessment as one JSON document, for machines and for the API: an `answer.Assessment`, filled in."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import Any

import msgspec

from tyngdepunkt import texts
from tyngdepunkt.analyses.contract import Made
from tyngdepunkt.analyses.location import answer, result
from tyngdepunkt.indicators import in_language, price_year
from tyngdepunkt.json_types import from_attributes, plain
from tyngdepunkt.places import TableInfo

DECIMALS = 10
_IN_WORDS = ("provider", "reference", "query", "date", "licence", "note")


def as_json(assessment: result.Assessment) -> dict[str, Any]:
    """The whole assessment as plain values that `json.dumps` takes."""
    found: dict[str, Any] = plain(answered(assessment), DECIMALS)
    return found


def answered(assessment: result.Assessment) -> answer.Assessment:
    """The whole assessment, typed as it is written."""
    case, lang = assessment.case, assessment.lang
    own = result.RuleReview(assessment.rule_set, assessment.findings, assessment.judged_backwards)
    also = [answer.Review(**_review(each, lang)) for each in assessment.other_reviews]
    return answer.Assessment(
        title=case.title,
        date=case.date.isoformat(),
        language=lang,  # type: ignore[arg-type]  # one of the three
        method_version=assessment.method_version,
        price_year=case.costs.price_year or price_year(),
        rules=answer.OwnReview(**_review(own, lang), also=also),
        considerations=[_weighed(each, assessment) for each in assessment.considerations],
        weights=answer.WeightsTold(text=assessment.weights_text, log=assessment.weight_log),
        indicators=[_used(each) for each in assessment.indicators],
        alternatives=[_alternative(each, assessment) for each in assessment.alternatives],
        conflicts=assessment.conflicts,
        trade_offs=assessment.trade_offs,
        robustness=assessment.robustness,
        contribution=[_contribution(each) for each in assessment.alternatives],
        ledger=assessment.ledger,
        recommendation=_recommendation(assessment),
        texts=dict(assessment.texts),
        notices=[
            answer.CaseNotice(
                key=each.key,
                values={key: _plain(value) for key, value in each.values.items()},
                text=texts.text(each.key, lang, **each.values),
                id=each.key,
            )
            for each in assessment.notices
        ],
        sources=[in_language(each, assessment.snapshot, lang).in_words() for each in assessment.sources],
        snapshot=answer.UsedSnapshot(
            id=assessment.snapshot.id,
            built=assessment.snapshot.built.isoformat(),
            tables=[_table(each, lang) for each in assessment.snapshot.tables],
        ),
        made=Made(
            "location",
            assessment.method_version,
            assessment.snapshot.id,
            assessment.rule_set.version,
            _hash(assessment),
        ),
    )


def _hash(assessment: result.Assessment) -> str:
    """SHA-256 of the case as it was understood, whatever its file is called and however it is written."""
    case = msgspec.to_builtins(replace(assessment.case, stem="", notices=()), enc_hook=dict)
    return hashlib.sha256(msgspec.json.encode(case, order="sorted")).hexdigest()


def _review(review: result.RuleReview, lang: str) -> dict[str, Any]:
    return {
        "version": review.rule_set.version,
        "title": review.rule_set.title[lang],
        "judged_backwards": review.backwards,
        "findings": review.findings,
    }


def _weighed(consideration: str, assessment: result.Assessment) -> answer.Weighed:
    return answer.Weighed(
        id=consideration,
        title=assessment.title_of(consideration),
        weight=assessment.weights.get(consideration),
        swing=assessment.swings.get(consideration),
        alike=[
            answer.AlikeTo(id=other, correlation=pair.correlation)
            for pair in assessment.alike
            for other in pair.between
            if consideration in pair.between and other != consideration
        ],
    )


def _used(each: result.UsedIndicator) -> answer.Used:
    return from_attributes(
        answer.Used,
        each.indicator,
        title=dict(each.indicator.title),
        consideration=each.consideration,
        weight_within=float(each.weight),
        scale=each.scale,
        value_function=tuple((float(x), float(value)) for x, value in each.points),
        left_out=each.why_out or None,
    )


def _alternative(item: result.AlternativeResult, assessment: result.Assessment) -> answer.Alternative:
    return from_attributes(
        answer.Alternative,
        item,
        must_haves=[_must_have(each) for each in item.must_haves],
        text=assessment.alternative_texts.get(item.name, ""),
        indicators={key: _measured(each, assessment) for key, each in item.measurements.items()},
    )


def _must_have(each: result.MustHaveOutcome) -> answer.MustHave:
    return answer.MustHave(
        indicator=each.indicator, value=each.figure.value, passed=each.passed, **{each.bound: each.limit}
    )


def _measured(each: result.Measurement, assessment: result.Assessment) -> answer.Measured:
    return from_attributes(
        answer.Measured,
        each.figure,
        note=each.figure.note or None,
        note_values={
            name: list(value) if isinstance(value, tuple) else value
            for name, value in each.figure.note_values
        },
        score=each.value,
        takes_part=each.takes_part,
        assumed=each.assumed,
        sources=[assessment.sources.index(source) + 1 for source in each.figure.sources],
    )


def _contribution(item: result.AlternativeResult) -> answer.Contribution:
    extent, breadth = item.extent, item.breadth
    return answer.Contribution(
        place=item.place,
        alternative=item.name,
        extent=extent.value,
        extent_range=extent.interval,
        breadth=breadth.value,
        breadth_range=breadth.interval,
        quality=answer.ContributionQuality(extent=extent.quality, breadth=breadth.quality),
    )


def _recommendation(assessment: result.Assessment) -> answer.Recommendation | None:
    if assessment.recommendation is None:
        return None
    item = assessment.alternative(assessment.recommendation)
    return from_attributes(answer.Recommendation, item, text=assessment.texts["recommendation"])


def _table(table: TableInfo, lang: str) -> answer.UsedTable:
    return from_attributes(
        answer.UsedTable, table, **{part: getattr(table, part)[lang] for part in _IN_WORDS}
    )


def _plain(value: Any) -> Any:
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return value if isinstance(value, int | float | str | type(None)) else str(value)
