"""R6, R21–R24 and R38: which considerations are assessed, and how they are weighed."""

from __future__ import annotations

from tyngdepunkt.rules.case_facts import CaseFacts, Finding, Verdict
from tyngdepunkt.rules.evaluators.base import Term, evaluator, said
from tyngdepunkt.rules.model import Rule

_COST = "cost_effectiveness"


@evaluator("weighing.cost", Verdict.MET, Verdict.NOT_DOCUMENTED)
def cost(facts: CaseFacts, rule: Rule) -> Finding:
    """R6: cost-effectiveness and effective work are part of the assessment."""
    wanted = _wanted(facts, rule, rule.parameters["considerations"])
    missing = _missing(facts, wanted)
    if missing:
        remarks = (*_why_cost(facts, missing), "considerations.do")
        return said(rule, Verdict.NOT_DOCUMENTED, "cost.missing", *remarks, missing=missing)
    return said(rule, Verdict.MET, "cost.met")


@evaluator("weighing.considerations", Verdict.MET, Verdict.NOT_DOCUMENTED, Verdict.NEEDS_JUDGEMENT)
def considerations(facts: CaseFacts, rule: Rule) -> Finding:
    """R21, R38: every consideration is assessed for every alternative."""
    wanted = rule.parameters["considerations"]
    relevant_only = rule.parameters.get("where_relevant", [])
    always = [key for key in wanted if key not in relevant_only]
    missing = _missing(facts, _measured(facts, always))
    elsewhere = _missing(facts, [key for key in always if key not in _measured(facts, always)])
    # Older guidelines have not every consideration: what they measure elsewhere is not thereby unassessed.
    apart = {"elsewhere": elsewhere} if elsewhere else {}
    if missing:
        remarks = (*_why_cost(facts, missing), "considerations.do")
        remarks = (*remarks, "considerations.elsewhere") if elsewhere else remarks
        return said(
            rule, Verdict.NOT_DOCUMENTED, "considerations.missing", *remarks, missing=missing, **apart
        )
    if elsewhere:
        return said(rule, Verdict.NEEDS_JUDGEMENT, "considerations.elsewhere", **apart)
    optional = _missing(facts, relevant_only)
    if optional:
        return said(rule, Verdict.NEEDS_JUDGEMENT, "considerations.optional", missing=optional)
    return said(rule, Verdict.MET, "considerations.met", count=len(wanted))


@evaluator("weighing.weighed", Verdict.MET, Verdict.NOT_DOCUMENTED, Verdict.NEEDS_JUDGEMENT)
def weighed(facts: CaseFacts, rule: Rule) -> Finding:
    """R22: the considerations are weighed against each other."""
    wanted = _wanted(facts, rule, rule.parameters["considerations"])
    missing = _missing(facts, _measured(facts, wanted))
    if missing and all(str(term).removeprefix("consideration.") in facts.weighed for term in missing):
        return said(rule, Verdict.NOT_DOCUMENTED, "weighed.without_cost", "weighed.tell_cost")
    if missing:
        return said(rule, Verdict.NOT_DOCUMENTED, "weighed.missing", "considerations.do", missing=missing)
    if not facts.conflicts_described:
        return said(rule, Verdict.NOT_DOCUMENTED, "weighed.silent", "weighed.do")
    elsewhere = _missing(facts, wanted)
    if elsewhere:
        return said(rule, Verdict.NEEDS_JUDGEMENT, "considerations.elsewhere", elsewhere=elsewhere)
    return said(rule, Verdict.MET, "weighed.met")


@evaluator("weighing.conflicts", Verdict.MET, Verdict.NOT_DOCUMENTED)
def conflicts(facts: CaseFacts, rule: Rule) -> Finding:
    """R23: how the considerations pull on each other is described, and what was done about it."""
    if facts.conflicts_described and facts.conflicts_handled:
        return said(rule, Verdict.MET, "conflicts.met", "conflicts.told")
    if facts.conflicts_described:
        return said(rule, Verdict.NOT_DOCUMENTED, "conflicts.met", "conflicts.handled")
    return said(rule, Verdict.NOT_DOCUMENTED, "conflicts.silent", "conflicts.do")


@evaluator("weighing.own_weights", Verdict.MET, Verdict.NOT_DOCUMENTED)
def own_weights(facts: CaseFacts, rule: Rule) -> Finding:
    """R24: weights are the case's own, and their log says who set them and why."""
    if facts.weights_logged:
        return said(rule, Verdict.MET, "weights.logged")
    if facts.weights_open:
        return said(rule, Verdict.MET, "weights.open" if facts.weights_tried else "weights.open_unused")
    return said(rule, Verdict.NOT_DOCUMENTED, "weights.silent", "weights.do")


def _wanted(facts: CaseFacts, rule: Rule, keys: list[str]) -> list[str]:
    """The rule's considerations that the rule set of the case has; all of them where none is given."""
    return [key for key in keys if key in facts.considerations] if facts.considerations else keys


def _measured(facts: CaseFacts, wanted: list[str]) -> list[str]:
    """Those of the wanted that the rule set the case is measured by has; all of them where it is the same."""
    return [key for key in wanted if key in facts.measured_by] if facts.measured_by else wanted


def _why_cost(facts: CaseFacts, missing: tuple[Term, ...]) -> tuple[str, ...]:
    """What is said of cost where it is missing: that it is weighed without what each place costs."""
    if f"consideration.{_COST}" not in missing:
        return ()
    return ("cost.weighed_nationally",) if _COST in facts.weighed else ("cost.same_for_all",)


def _missing(facts: CaseFacts, wanted: list[str]) -> tuple[Term, ...]:
    return tuple(Term(f"consideration.{key}") for key in wanted if key not in facts.considered)
