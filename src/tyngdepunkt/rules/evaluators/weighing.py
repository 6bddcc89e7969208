"""R6, R21–R24 and R38: which considerations are assessed, and how they are weighed."""

from __future__ import annotations

from tyngdepunkt.rules.case_facts import CaseFacts, Finding, Verdict
from tyngdepunkt.rules.evaluators.base import Term, evaluator, said
from tyngdepunkt.rules.model import Rule


@evaluator("weighing.cost", Verdict.MET, Verdict.NOT_DOCUMENTED)
def cost(facts: CaseFacts, rule: Rule) -> Finding:
    """R6: cost-effectiveness and effective work are part of the assessment."""
    wanted = _wanted(facts, rule, rule.parameters["considerations"])
    missing = _missing(facts, wanted)
    if missing:
        same = ["cost.same_for_all"] * ("consideration.cost_effectiveness" in missing)
        remarks = (*same, "considerations.do")
        return said(rule, Verdict.NOT_DOCUMENTED, "cost.missing", *remarks, missing=missing)
    return said(rule, Verdict.MET, "cost.met")


@evaluator("weighing.considerations", Verdict.MET, Verdict.NOT_DOCUMENTED, Verdict.NEEDS_JUDGEMENT)
def considerations(facts: CaseFacts, rule: Rule) -> Finding:
    """R21, R38: every consideration is assessed for every alternative."""
    wanted = rule.parameters["considerations"]
    relevant_only = rule.parameters.get("where_relevant", [])
    missing = _missing(facts, [key for key in wanted if key not in relevant_only])
    if missing:
        return said(
            rule, Verdict.NOT_DOCUMENTED, "considerations.missing", "considerations.do", missing=missing
        )
    optional = _missing(facts, relevant_only)
    if optional:
        return said(rule, Verdict.NEEDS_JUDGEMENT, "considerations.optional", missing=optional)
    return said(rule, Verdict.MET, "considerations.met", count=len(wanted))


@evaluator("weighing.weighed", Verdict.MET, Verdict.NOT_DOCUMENTED)
def weighed(facts: CaseFacts, rule: Rule) -> Finding:
    """R22: the considerations are weighed against each other."""
    missing = _missing(facts, _wanted(facts, rule, rule.parameters["considerations"]))
    if missing:
        return said(rule, Verdict.NOT_DOCUMENTED, "weighed.missing", "considerations.do", missing=missing)
    if not facts.conflicts_described:
        return said(rule, Verdict.NOT_DOCUMENTED, "weighed.silent", "weighed.do")
    return said(rule, Verdict.MET, "weighed.met")


@evaluator("weighing.conflicts", Verdict.MET, Verdict.NOT_DOCUMENTED)
def conflicts(facts: CaseFacts, rule: Rule) -> Finding:
    """R23: how the considerations pull on each other is described."""
    if facts.conflicts_described:
        return said(rule, Verdict.MET, "conflicts.met", "conflicts.handled")
    return said(rule, Verdict.NOT_DOCUMENTED, "conflicts.silent", "conflicts.do")


@evaluator("weighing.own_weights", Verdict.MET, Verdict.NOT_DOCUMENTED)
def own_weights(facts: CaseFacts, rule: Rule) -> Finding:
    """R24: weights are the case's own, and their log says who set them and why."""
    if facts.weights_logged:
        return said(rule, Verdict.MET, "weights.logged")
    if facts.weights_open:
        return said(rule, Verdict.MET, "weights.open")
    return said(rule, Verdict.NOT_DOCUMENTED, "weights.silent", "weights.do")


def _wanted(facts: CaseFacts, rule: Rule, keys: list[str]) -> list[str]:
    """The rule's considerations that the rule set of the case has; all of them where none is given."""
    return [key for key in keys if key in facts.considerations] if facts.considerations else keys


def _missing(facts: CaseFacts, wanted: list[str]) -> tuple[Term, ...]:
    return tuple(Term(f"consideration.{key}") for key in wanted if key not in facts.considered)
