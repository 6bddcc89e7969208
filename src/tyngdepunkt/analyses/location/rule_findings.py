"""A case before the rules: what the evaluators may know of it, and their findings in words."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tyngdepunkt import rules
from tyngdepunkt.analyses.location.answer import Conflict, Finding, LedgerEffect, TradeOff
from tyngdepunkt.analyses.location.result import RuleReview
from tyngdepunkt.rules import AlternativeFacts, CaseFacts

if TYPE_CHECKING:
    from tyngdepunkt.analyses.location.input.model import Alternative, LocationCase, Span
    from tyngdepunkt.places import Places
    from tyngdepunkt.rules import RuleSet


@dataclass(frozen=True, slots=True)
class Answered:
    """What the assessment has found, as far as the rules ask."""

    recommended: str | None
    considered: tuple[str, ...]
    conflicts: tuple[Conflict | TradeOff, ...]
    contribution_known: bool
    ledger: tuple[LedgerEffect, ...] | None
    weighed: tuple[str, ...] = ()
    measured_by: tuple[str, ...] = ()
    weights_tried: bool = True
    ranked: tuple[str, ...] | None = None


def review(rule_set: RuleSet, facts: CaseFacts, lang: str) -> RuleReview:
    """Every finding of one rule set, in words; backwards where it was not yet in force."""
    by_id = {rule.id: rule for rule in (*rule_set.rules, *rule_set.carried)}
    findings = tuple(
        Finding(
            rule=found.rule,
            verdict=found.verdict,
            text=rules.finding_text(found, lang),
            rule_text=by_id[found.rule].text[lang],
            level=by_id[found.rule].level,
            reference=by_id[found.rule].cited(lang),
            point=by_id[found.rule].point,
            status=by_id[found.rule].status,
            carried=rules.carried_text(found, lang),
        )
        for found in rules.evaluate(rule_set, facts)
    )
    return RuleReview(rule_set, findings, facts.date < dt.date.fromisoformat(rule_set.version))


def facts_of(
    case: LocationCase,
    places: Places,
    alternatives: Sequence[Alternative],
    answered: Answered,
    rule_set: RuleSet,
) -> CaseFacts:
    """The facts a rule set may know of the case."""
    judged_by = tuple(each.id for each in rule_set.considerations)
    return CaseFacts(
        date=case.date,
        trigger=case.trigger,
        alternatives=tuple(_alternative(each, places) for each in alternatives),
        largest_cities=case.largest_cities,
        oslo_area=case.oslo_area,
        moved_from=tuple(each.code for each in case.moved_from),
        regional_structure=case.regional_structure,
        decided=case.decision.place if case.decision else None,
        recommended=answered.recommended,
        notified=case.notified,
        informed=case.informed,
        explanations=case.explanations,
        considered=answered.considered,
        considerations=judged_by,
        weighed=answered.weighed,
        measured_by=() if answered.measured_by == judged_by else answered.measured_by,
        weights_logged=bool(case.weight_log),
        weights_open=case.weights.kind == "none",
        weights_tried=answered.weights_tried,
        ranked=answered.ranked,
        conflicts_described=bool(answered.conflicts),
        conflicts_handled=bool(case.conflicts_handled),
        contribution_known=answered.contribution_known,
        ledger_effects=_effects(answered.ledger),
        access_described=bool(case.access_consequences),
        jobs_described=bool(case.jobs_consequences),
        not_public=case.not_public,
        names=_names(case, places, alternatives),
        class_counts=_class_counts(places),
    )


def _class_counts(places: Places) -> dict[int, int]:
    """Municipalities of the country in each centrality class; those without a class are in none."""
    return dict(
        Counter(each.centrality_class for each in places.municipalities.values() if each.centrality_class)
    )


def _alternative(each: Alternative, places: Places) -> AlternativeFacts:
    classes = tuple(places.municipalities[code].centrality_class or 0 for code in each.codes)
    names = ("jobs_before", "jobs_after", "jobs_change") if each.is_offices else ()
    jobs = {name: tuple(getattr(part, name) for part in each.parts) for name in names}
    return AlternativeFacts(each.name, each.kind, each.codes, classes, measures=each.measures, **jobs)


def _effects(ledger: tuple[LedgerEffect, ...] | None) -> Mapping[str, tuple[Span, Span]] | None:
    if ledger is None:
        return None
    return {each.place: (each.municipality, each.region_change) for each in ledger if each.known}


def _names(case: LocationCase, places: Places, alternatives: Sequence[Alternative]) -> dict[str, str]:
    codes = {code for each in alternatives for code in each.codes}
    codes |= {each.code for each in case.moved_from} | set(case.regional_structure)
    codes |= {case.decision.place} if case.decision else set()
    for cities in (case.largest_cities, case.oslo_area):
        codes |= set(cities.places) if cities else set()
    return {code: places.municipalities[code].called for code in sorted(codes)}
