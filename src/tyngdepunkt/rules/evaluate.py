"""Judges a case by a rule set, and says each finding in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from tyngdepunkt import texts
from tyngdepunkt.rules.case_facts import CaseFacts, Finding, Verdict
from tyngdepunkt.rules.evaluators import EVALUATORS, reason_given
from tyngdepunkt.rules.evaluators.base import Part, Term, said
from tyngdepunkt.rules.model import Rule, RuleSet

CARRIED = "common.carried"


def evaluate(rule_set: RuleSet, facts: CaseFacts) -> tuple[Finding, ...]:
    """One finding per rule in force, then those carried over that the trigger calls for."""
    adopted = dt.date.fromisoformat(rule_set.version)
    in_force = [judge(rule, facts) for rule in rule_set.rules]
    carried = [
        _with_remark(judge(rule, facts), CARRIED, version=adopted)
        for rule in rule_set.carried
        if facts.trigger in rule.applies_to
    ]
    return (*in_force, *carried)


def judge(rule: Rule, facts: CaseFacts) -> Finding:
    """What one rule says of one case, the case's own explanation taken into account."""
    if facts.trigger not in rule.applies_to:
        return said(rule, Verdict.NOT_APPLICABLE, "common.trigger", trigger=Term(f"trigger.{facts.trigger}"))
    return _with_reason(EVALUATORS[rule.evaluator].judge(facts, rule), rule, facts)


def finding_text(finding: Finding, lang: str) -> str:
    """A finding as the sentences a case officer reads: what was seen, and what to do."""
    return _in_words(finding, (each for each in (finding.reason, *finding.remarks) if each != CARRIED), lang)


def carried_text(finding: Finding, lang: str) -> str:
    """That the rule is of older guidelines, in a few words; empty where it is in force."""
    return _in_words(finding, (each for each in finding.remarks if each == CARRIED), lang)


def _in_words(finding: Finding, keys: Iterable[str], lang: str) -> str:
    values = {name: _localised(value, lang) for name, value in finding.values.items()}
    return " ".join(texts.text(f"rules:{key}", lang, **values) for key in keys)


def _with_reason(finding: Finding, rule: Rule, facts: CaseFacts) -> Finding:
    """A deviation with a reason is `explained`, where the guidelines open for deviating."""
    open_verdicts = (Verdict.NOT_MET, Verdict.NOT_DOCUMENTED)
    if finding.verdict not in open_verdicts:
        return finding
    explanation = reason_given(facts, *(rule.explained_by or (rule.id,)))
    if not explanation:
        return finding
    if not rule.explained_by:
        return _with_remark(finding, "common.reason_not_enough", explanation=explanation)
    remarks = tuple(key for key in finding.remarks if not key.endswith(("do", "tell")))
    explained = replace(finding, verdict=Verdict.EXPLAINED, remarks=remarks)
    return _with_remark(explained, "common.reason", explanation=explanation)


def _with_remark(finding: Finding, key: str, **values: Any) -> Finding:
    merged: Mapping[str, Any] = {**finding.values, **values}
    return replace(finding, values=merged, remarks=(*finding.remarks, key))


def _localised(value: Any, lang: str) -> Any:
    if isinstance(value, Term):
        return texts.text(f"rules:term.{value}", lang)
    if isinstance(value, Part):
        values = {name: _localised(each, lang) for name, each in value.values.items()}
        return texts.text(f"rules:{value.key}", lang, **values)
    if isinstance(value, tuple | list):
        return [_localised(item, lang) for item in value]
    return value
