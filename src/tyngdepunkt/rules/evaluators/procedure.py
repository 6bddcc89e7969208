"""Scope and procedure: R8–R11, R14, R25–R28, R30–R33, R36 and R41."""

from __future__ import annotations

from tyngdepunkt.rules.case_facts import NONE_AT_ALL, CaseFacts, Finding, Verdict
from tyngdepunkt.rules.evaluators.base import (
    Term,
    evaluator,
    goes_either_way,
    job_changes,
    name_of,
    names_of,
    said,
)
from tyngdepunkt.rules.model import Rule


@evaluator("procedure.trigger", Verdict.MET)
def trigger(facts: CaseFacts, rule: Rule) -> Finding:
    """R9: what sets the guidelines in motion."""
    return said(rule, Verdict.MET, "trigger.met", trigger=Term(f"trigger.{facts.trigger}"))


@evaluator("procedure.structural_change", Verdict.MET, Verdict.NOT_MET, Verdict.NOT_DOCUMENTED)
def structural_change(facts: CaseFacts, rule: Rule) -> Finding:
    """R10: a structural change moves, opens or closes jobs."""
    changes = [job_changes(a) for a in facts.alternatives if a.kind not in ("zero", "stay")]
    spans = [jobs for change in changes for jobs in change.values()]
    if any(jobs != NONE_AT_ALL and not goes_either_way(jobs) for jobs in spans):
        return said(rule, Verdict.MET, "structural.met")
    if any(map(goes_either_way, spans)):
        return said(rule, Verdict.NOT_DOCUMENTED, "structural.undecided", "common.narrow")
    if any(changes):
        return said(rule, Verdict.NOT_MET, "structural.no_change", "structural.do")
    return said(rule, Verdict.NOT_DOCUMENTED, "structural.unknown", "structural.tell")


@evaluator("procedure.regional_structure", Verdict.MET, Verdict.NOT_APPLICABLE, Verdict.NEEDS_JUDGEMENT)
def regional_structure(facts: CaseFacts, rule: Rule) -> Finding:
    """R11: an agency with offices in several places has a regional structure."""
    offices = facts.regional_structure or _offices_with_jobs(facts)
    if not offices:
        return said(rule, Verdict.NEEDS_JUDGEMENT, "structure.unknown")
    if len(set(offices)) > 1:
        return said(rule, Verdict.MET, "structure.several", count=len(set(offices)))
    return said(rule, Verdict.NOT_APPLICABLE, "structure.one", places=names_of(facts, offices))


@evaluator("procedure.notified", Verdict.MET, Verdict.NOT_DOCUMENTED)
def notified(facts: CaseFacts, rule: Rule) -> Finding:
    """R27: the ministry responsible for the policy was told when the process started."""
    date = facts.notified.get("ministry")
    if date is None:
        return said(rule, Verdict.NOT_DOCUMENTED, "notified.silent", "notified.do")
    return said(rule, Verdict.MET, "notified.met", date=date)


@evaluator("procedure.decided_by", Verdict.NOT_APPLICABLE, Verdict.NEEDS_JUDGEMENT)
def decided_by(facts: CaseFacts, rule: Rule) -> Finding:
    """R28, R33: the ministry decides; a case file does not show who signed."""
    if facts.decided is None:
        return said(rule, Verdict.NOT_APPLICABLE, "decided.not_yet")
    return said(rule, Verdict.NEEDS_JUDGEMENT, "decided.who", place=name_of(facts, facts.decided))


@evaluator("procedure.informed", Verdict.MET, Verdict.NOT_DOCUMENTED)
def informed(facts: CaseFacts, rule: Rule) -> Finding:
    """R36: municipalities and counties that may be affected were told at the start."""
    if not facts.informed:
        return said(rule, Verdict.NOT_DOCUMENTED, "informed.silent", "informed.do")
    first = min(facts.informed.values())
    who = tuple(_who(facts, key) for key in sorted(facts.informed))
    return said(rule, Verdict.MET, "informed.met", who=who, date=first)


@evaluator("procedure.withheld", Verdict.MET, Verdict.NOT_APPLICABLE)
def withheld(facts: CaseFacts, rule: Rule) -> Finding:
    """R31: a study that is kept internal is no breach in itself."""
    if facts.not_public:
        return said(rule, Verdict.MET, "withheld.internal")
    return said(rule, Verdict.NOT_APPLICABLE, "withheld.public")


@evaluator("procedure.judgement", Verdict.NEEDS_JUDGEMENT)
def judgement(_facts: CaseFacts, rule: Rule) -> Finding:
    """R8, R25, R26, R32, R41: something to check that no case file shows."""
    return said(rule, Verdict.NEEDS_JUDGEMENT, f"judgement.{rule.id}")


@evaluator("procedure.elsewhere", Verdict.NOT_APPLICABLE)
def elsewhere(_facts: CaseFacts, rule: Rule) -> Finding:
    """R14, R30: the rule speaks to somebody else, or of another decision."""
    return said(rule, Verdict.NOT_APPLICABLE, f"elsewhere.{rule.id}")


def _who(facts: CaseFacts, key: str) -> str:
    groups = ("municipalities", "counties")
    return Term(f"informed.{key}") if key in groups else name_of(facts, key)


def _offices_with_jobs(facts: CaseFacts) -> tuple[str, ...]:
    offices: set[str] = set()
    for alternative in facts.alternatives:
        pairs = zip(alternative.places, alternative.jobs_before, strict=False)
        offices |= {code for code, before in pairs if before and before[1] > 0}
    return tuple(sorted(offices))
