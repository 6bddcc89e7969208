"""R1–R3, R35, R37 and R39: what the decision does to jobs and services."""

from __future__ import annotations

from tyngdepunkt.rules.case_facts import NONE_AT_ALL, CaseFacts, Finding, Trigger, Verdict
from tyngdepunkt.rules.evaluators.base import (
    Part,
    Term,
    all_places,
    chosen,
    evaluator,
    job_changes,
    name_of,
    names_of,
    said,
)
from tyngdepunkt.rules.model import Rule

_UNMOVED = ("zero", "stay")


@evaluator("effects.distribution", Verdict.NOT_DOCUMENTED, Verdict.NEEDS_JUDGEMENT)
def distribution(facts: CaseFacts, rule: Rule) -> Finding:
    """R1: what the jobs mean for the labour markets is shown; whether it is enough is judgement."""
    if facts.contribution_known:
        return said(rule, Verdict.NEEDS_JUDGEMENT, "distribution.shown")
    return said(rule, Verdict.NOT_DOCUMENTED, "distribution.unknown", "distribution.tell")


@evaluator(
    "effects.cumulative",
    Verdict.MET,
    Verdict.NOT_MET,
    Verdict.NOT_DOCUMENTED,
    Verdict.NOT_APPLICABLE,
    Verdict.NEEDS_JUDGEMENT,
)
def cumulative(facts: CaseFacts, rule: Rule) -> Finding:
    """R2, R35: the case does not add to what a place has already lost."""
    if facts.ledger_effects is None:
        return said(rule, Verdict.NOT_DOCUMENTED, "cumulative.no_ledger", "cumulative.tell")
    losing = _losing(facts)
    perhaps = _perhaps_losing(facts)
    if losing:
        found = _places_that_lose(facts, rule, losing)
        if found.verdict is not Verdict.MET or not perhaps:
            return found
    if perhaps:
        open_ones = names_of(facts, perhaps)
        return said(rule, Verdict.NOT_DOCUMENTED, "cumulative.undecided", "common.narrow", places=open_ones)
    if facts.trigger in (Trigger.CLOSURE, Trigger.STRUCTURAL_CHANGE):
        return said(rule, Verdict.NOT_DOCUMENTED, "cumulative.who_loses", "cumulative.offices_tell")
    place = chosen(facts)
    if place is not None and _has_lost(facts, rule, place):
        return said(rule, Verdict.MET, "cumulative.relieves", places=_shown(facts, rule, (place,)))
    others = tuple(code for code in all_places(facts) if _has_lost(facts, rule, code))
    if others:
        return said(rule, Verdict.NEEDS_JUDGEMENT, "cumulative.others", places=_shown(facts, rule, others))
    unsure = tuple(code for code in all_places(facts) if _may_have_lost(facts, rule, code))
    if unsure:
        shown = _shown(facts, rule, unsure)
        return said(rule, Verdict.NOT_DOCUMENTED, "cumulative.unsure", "cumulative.narrow", unsure=shown)
    return said(rule, Verdict.NOT_APPLICABLE, "cumulative.nothing_lost")


@evaluator("effects.service_access", Verdict.NOT_DOCUMENTED, Verdict.NEEDS_JUDGEMENT)
def service_access(facts: CaseFacts, rule: Rule) -> Finding:
    """R3: what the users' access becomes is described; whether it is good is judgement."""
    if facts.access_described:
        return said(rule, Verdict.NEEDS_JUDGEMENT, "access.described")
    return said(rule, Verdict.NOT_DOCUMENTED, "access.silent", "access.tell")


@evaluator("effects.contribution", Verdict.NOT_DOCUMENTED, Verdict.NEEDS_JUDGEMENT)
def contribution(facts: CaseFacts, rule: Rule) -> Finding:
    """R37: extent and breadth of what the jobs add; the emphasis given to it is judgement."""
    if facts.contribution_known:
        return said(rule, Verdict.NEEDS_JUDGEMENT, "contribution.shown")
    return said(rule, Verdict.NOT_DOCUMENTED, "contribution.unknown", "distribution.tell")


@evaluator("effects.closing", Verdict.MET, Verdict.NOT_DOCUMENTED, Verdict.NOT_APPLICABLE)
def closing(facts: CaseFacts, rule: Rule) -> Finding:
    """R39: closing an office, consequences for services and for jobs are described."""
    closed = _closed(facts)
    if not closed and facts.trigger is not Trigger.CLOSURE and _all_jobs_known(facts):
        return said(rule, Verdict.NOT_APPLICABLE, "closing.none")
    described = {"access": facts.access_described, "jobs": facts.jobs_described}
    silent = tuple(Term(f"effect.{key}") for key, there in described.items() if not there)
    places = names_of(facts, closed)
    which = ("closing.places",) if places else ()
    if silent:
        remarks = (*which, "closing.do")
        return said(rule, Verdict.NOT_DOCUMENTED, "closing.silent", *remarks, effects=silent, places=places)
    return said(rule, Verdict.MET, "closing.met", *which, places=places)


def _places_that_lose(facts: CaseFacts, rule: Rule, losing: tuple[str, ...]) -> Finding:
    hit = tuple(code for code in losing if _has_lost(facts, rule, code))
    ledger = facts.ledger_effects or {}
    absent = tuple(code for code in losing if code not in ledger)
    shown = _shown(facts, rule, hit)
    if hit and any(a.measures for a in facts.alternatives):
        return said(rule, Verdict.NEEDS_JUDGEMENT, "cumulative.hit_with_measures", places=shown)
    if hit:
        return said(rule, Verdict.NOT_MET, "cumulative.hit", "cumulative.do", places=shown)
    unsure = tuple(code for code in losing if _may_have_lost(facts, rule, code))
    if absent or unsure:
        missing, open_ones = names_of(facts, absent), _shown(facts, rule, unsure)
        reasons = [*(["cumulative.absent"] if absent else []), *(["cumulative.unsure"] if unsure else [])]
        do = "cumulative.tell" if absent else "cumulative.narrow"
        return said(rule, Verdict.NOT_DOCUMENTED, *reasons, do, places=missing, unsure=open_ones)
    return said(rule, Verdict.MET, "cumulative.not_before", places=names_of(facts, losing))


def _losing(facts: CaseFacts) -> tuple[str, ...]:
    """Municipalities that lose jobs in the case, in any alternative that changes something."""
    changes = [job_changes(a) for a in facts.alternatives if a.kind not in _UNMOVED]
    by_number = {code for change in changes for code, (_, high) in change.items() if high < 0}
    return tuple(sorted(by_number | set(facts.moved_from)))


def _perhaps_losing(facts: CaseFacts) -> tuple[str, ...]:
    """Municipalities of which the ranges do not say whether they lose jobs."""
    changes = [job_changes(a) for a in facts.alternatives if a.kind not in _UNMOVED]
    able = {code for change in changes for code, (low, high) in change.items() if low < 0 <= high}
    return tuple(sorted(able - set(_losing(facts))))


def _has_lost(facts: CaseFacts, rule: Rule, code: str) -> bool:
    """Whether fewer came than went, whatever the ranges in the ledger hide."""
    return any(high < 0 for _, high in _sums(facts, rule, code))


def _may_have_lost(facts: CaseFacts, rule: Rule, code: str) -> bool:
    return any(low < 0 for low, _ in _sums(facts, rule, code))


def _sums(facts: CaseFacts, rule: Rule, code: str) -> tuple[tuple[float, float], ...]:
    """What came less what went, of the place and, where the rule asks for it, of its region."""
    known = (facts.ledger_effects or {}).get(code, ())
    return known if rule.parameters["regions"] else known[:1]


def _shown(facts: CaseFacts, rule: Rule, codes: tuple[str, ...]) -> tuple[Part, ...]:
    """Names with what the ledger holds, for instance `Røros (−6; region −12)`."""
    key = "cumulative.place_and_region" if rule.parameters["regions"] else "cumulative.place"
    shown = []
    for code in codes:
        own, region = (_change(sums) for sums in (facts.ledger_effects or {})[code])
        shown.append(Part(key, {"name": name_of(facts, code), "own": own, "region": region}))
    return tuple(shown)


def _change(sums: tuple[float, float]) -> Part:
    low, high = sums
    exact = round(low) == round(high)
    return Part("cumulative.change" if exact else "cumulative.range", {"low": low, "high": high})


def _closed(facts: CaseFacts) -> set[str]:
    """Offices that end with no jobs; how many they have today need not be known."""
    closed: set[str] = set()
    for alternative in facts.alternatives:
        if alternative.kind not in _UNMOVED:
            pairs = zip(alternative.places, alternative.jobs_before, alternative.jobs_after, strict=False)
            closed |= {
                code for code, before, after in pairs if before != NONE_AT_ALL and after == NONE_AT_ALL
            }
    return closed


def _all_jobs_known(facts: CaseFacts) -> bool:
    sets = [a for a in facts.alternatives if a.kind not in _UNMOVED]
    numbers = [n for a in sets for n in (*a.jobs_before, *a.jobs_after)]
    return bool(numbers) and None not in numbers
