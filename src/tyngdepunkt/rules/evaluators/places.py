"""R4, R5, R7, R12, R13, R20, R29 and R34: where the place lies, and who must then see it."""

from __future__ import annotations

from tyngdepunkt.rules.case_facts import (
    AlternativeFacts,
    CaseFacts,
    CityList,
    Finding,
    Span,
    Trigger,
    Verdict,
)
from tyngdepunkt.rules.evaluators.base import (
    Term,
    added,
    all_places,
    areas_of,
    chosen,
    evaluator,
    in_lists,
    job_changes,
    missing_lists,
    name_of,
    names_of,
    reason_given,
    said,
)
from tyngdepunkt.rules.model import Rule
from tyngdepunkt.texts import without_stop

_SVALBARD = "21"
_UNMOVED = ("zero", "stay")


@evaluator(
    "places.outside_lists",
    Verdict.MET,
    Verdict.NOT_MET,
    Verdict.NOT_DOCUMENTED,
    Verdict.NEEDS_JUDGEMENT,
)
def outside_lists(facts: CaseFacts, rule: Rule) -> Finding:
    """R4: the chosen place is outside Oslo and the lists the rule names."""
    place = chosen(facts)
    if place is None:
        return said(rule, Verdict.NOT_DOCUMENTED, "common.no_place")
    lists = rule.parameters["lists"]
    inside = in_lists(place, facts, lists)
    name = name_of(facts, place)
    if inside is None:
        return _lists_missing(facts, rule, Verdict.NEEDS_JUDGEMENT, name)
    if inside:
        areas = areas_of(place, facts, lists)
        return said(rule, Verdict.NOT_MET, "outside.inside", "outside.do", place=name, areas=areas)
    areas = tuple(Term(f"area.{key}") for key in lists)
    return said(rule, Verdict.MET, "outside.met", place=name, areas=areas)


@evaluator(
    "places.growth",
    Verdict.MET,
    Verdict.NOT_MET,
    Verdict.NOT_DOCUMENTED,
    Verdict.NOT_APPLICABLE,
    Verdict.NEEDS_JUDGEMENT,
)
def growth(facts: CaseFacts, rule: Rule) -> Finding:
    """R5: an agency with offices in several places grows mainly outside the largest cities."""
    if len(facts.regional_structure) < 2 and not any(len(a.jobs_before) > 1 for a in facts.alternatives):
        return said(rule, Verdict.NOT_APPLICABLE, "growth.one_place")
    if facts.trigger is Trigger.NEW_UNIT:
        return _growth_of_unit(facts, rule)
    shares = [(a.name, _growth_share(a, facts, rule)) for a in facts.alternatives if a.kind not in _UNMOVED]
    known = [(name, share) for name, share in shares if share is not None]
    if not known:
        return said(rule, Verdict.NOT_DOCUMENTED, "growth.unknown", "growth.tell")
    if missing_lists(facts, rule.parameters["lists"]):
        missing = missing_lists(facts, rule.parameters["lists"])
        return said(rule, Verdict.NEEDS_JUDGEMENT, "growth.lists_missing", "lists.do", lists=missing)
    central = tuple(name for name, (least, _) in known if least > 0.5)
    open_ones = tuple(name for name, (least, most) in known if least <= 0.5 < most)
    if open_ones and not central:
        return said(
            rule, Verdict.NEEDS_JUDGEMENT, "growth.undecided", "common.narrow", alternatives=open_ones
        )
    if not central:
        return said(rule, Verdict.MET, "growth.met", alternatives=tuple(name for name, _ in known))
    if len(central) == len(known):
        return said(rule, Verdict.NOT_MET, "growth.central", "growth.do", alternatives=central)
    return said(rule, Verdict.NEEDS_JUDGEMENT, "growth.some", alternatives=central)


@evaluator("places.svalbard", Verdict.NOT_APPLICABLE, Verdict.NEEDS_JUDGEMENT)
def svalbard(facts: CaseFacts, rule: Rule) -> Finding:
    """R7: a place on Svalbard has a purpose of its own."""
    there = names_of(facts, (code for code in all_places(facts) if code.startswith(_SVALBARD)))
    if there:
        return said(rule, Verdict.NEEDS_JUDGEMENT, "svalbard.there", places=there)
    return said(rule, Verdict.NOT_APPLICABLE, "svalbard.not_there")


@evaluator("places.city_list", Verdict.MET, Verdict.NOT_DOCUMENTED)
def city_list(facts: CaseFacts, rule: Rule) -> Finding:
    """R12, R13: the case says which places it means, and why."""
    name = rule.parameters["list"]
    title = Term(f"list.{name}")
    given: CityList | None = getattr(facts, name)
    if given is None:
        return said(rule, Verdict.NOT_DOCUMENTED, "list.missing", "list.tell", list=title)
    shown = names_of(facts, given.places) or (Term("none"),)
    reason = without_stop(given.reason) or reason_given(facts, rule.id)
    if not reason:
        return said(rule, Verdict.NOT_DOCUMENTED, "list.no_reason", "list.do", list=title, places=shown)
    return said(rule, Verdict.MET, "list.met", list=title, places=shown, explanation=reason)


@evaluator(
    "places.regional_part",
    Verdict.MET,
    Verdict.NOT_MET,
    Verdict.NOT_DOCUMENTED,
    Verdict.NOT_APPLICABLE,
    Verdict.NEEDS_JUDGEMENT,
)
def regional_part(facts: CaseFacts, rule: Rule) -> Finding:
    """R20: a move goes mainly to an office the agency has outside the largest cities."""
    if not facts.regional_structure:
        return said(rule, Verdict.NOT_APPLICABLE, "regional.no_structure")
    place = chosen(facts)
    if place is None:
        return said(rule, Verdict.NOT_DOCUMENTED, "common.no_place")
    if place not in facts.regional_structure:
        name = name_of(facts, place)
        return said(rule, Verdict.NOT_MET, "regional.new_place", "regional.do", place=name)
    return _outside_the_lists(facts, rule, place, ("regional.met", "regional.largest", "regional.do"))


@evaluator(
    "places.to_government",
    Verdict.MET,
    Verdict.NOT_DOCUMENTED,
    Verdict.NOT_APPLICABLE,
)
def to_government(facts: CaseFacts, rule: Rule) -> Finding:
    """R29: a proposal for Oslo or a listed place has been put to the government.

    A place that a missing list leaves open is not shown to be outside both: not documented.
    """
    lists = rule.parameters["lists"]
    place = chosen(facts)
    if place is None:
        return _offices_to_government(facts, rule)
    inside = in_lists(place, facts, lists)
    name = name_of(facts, place)
    if inside is False:
        return said(rule, Verdict.NOT_APPLICABLE, "government.outside", place=name)
    if inside is None:
        return _lists_missing(facts, rule, Verdict.NOT_DOCUMENTED, name)
    return _government_date(facts, rule, place)


@evaluator(
    "places.moving_out",
    Verdict.MET,
    Verdict.NOT_MET,
    Verdict.NOT_DOCUMENTED,
    Verdict.NOT_APPLICABLE,
    Verdict.NEEDS_JUDGEMENT,
)
def moving_out(facts: CaseFacts, rule: Rule) -> Finding:
    """R34: at a structural change, moving out of Oslo and its central neighbours is assessed."""
    offices = _offices(facts)
    if not offices:
        return said(rule, Verdict.NOT_DOCUMENTED, "moving_out.offices_unknown", "moving_out.tell")
    lists = rule.parameters["lists"]
    answers = {code: in_lists(code, facts, lists) for code in offices}
    central = {code for code, inside in answers.items() if inside}
    if not central and None in answers.values():
        missing = missing_lists(facts, lists)
        return said(rule, Verdict.NEEDS_JUDGEMENT, "moving_out.lists_missing", "lists.do", lists=missing)
    if not central:
        return said(rule, Verdict.NOT_APPLICABLE, "moving_out.not_there")
    names = names_of(facts, central)
    changed = [a for a in facts.alternatives if a.kind not in _UNMOVED]
    fewer = [_reduces(a, central) for a in changed]
    if True in fewer or central & set(facts.moved_from):
        return said(rule, Verdict.MET, "moving_out.met", places=names)
    unknown = any(set(a.places) & central - set(job_changes(a)) for a in changed if a.jobs_before)
    if unknown or not any(job_changes(a) for a in facts.alternatives):
        return said(rule, Verdict.NOT_DOCUMENTED, "moving_out.jobs_unknown", "moving_out.tell", places=names)
    if None in fewer:
        return said(rule, Verdict.NEEDS_JUDGEMENT, "moving_out.undecided", "common.narrow", places=names)
    return said(rule, Verdict.NOT_MET, "moving_out.not_assessed", "moving_out.do", places=names)


def _growth_of_unit(facts: CaseFacts, rule: Rule) -> Finding:
    place = chosen(facts)
    if place is None:
        return said(rule, Verdict.NOT_DOCUMENTED, "common.no_place")
    return _outside_the_lists(facts, rule, place, ("growth.unit_met", "growth.unit_central", "growth.do"))


def _outside_the_lists(facts: CaseFacts, rule: Rule, place: str, keys: tuple[str, str, str]) -> Finding:
    """Whether a place is outside the lists of the rule; a missing list can leave that to judgement.

    `keys` name what is said where it is outside and where it is not, and what can then be done.
    """
    lists = rule.parameters["lists"]
    inside, name = in_lists(place, facts, lists), name_of(facts, place)
    met, not_met, do = keys
    if inside is None:
        return _lists_missing(facts, rule, Verdict.NEEDS_JUDGEMENT, name)
    if inside:
        return said(rule, Verdict.NOT_MET, not_met, do, place=name)
    return said(rule, Verdict.MET, met, place=name)


def _growth_share(alternative: AlternativeFacts, facts: CaseFacts, rule: Rule) -> Span | None:
    """Least and most of the offices' gains that can come in listed places; 0 where nothing grows."""
    changes = job_changes(alternative)
    if not changes:
        return None
    gains = {code: (max(low, 0.0), max(high, 0.0)) for code, (low, high) in changes.items()}
    inside = {code for code in gains if in_lists(code, facts, rule.parameters["lists"])}
    listed = added(gains[code] for code in inside)
    others = added(gain for code, gain in gains.items() if code not in inside)
    return _part(listed[0], others[1]), _part(listed[1], others[0])


def _part(one: float, other: float) -> float:
    return one / (one + other) if one + other > 0 else 0.0


def _offices_to_government(facts: CaseFacts, rule: Rule) -> Finding:
    """R29 where the answer is a set of offices: does any alternative move jobs to a listed place?"""
    sets = [a for a in facts.alternatives if a.kind not in _UNMOVED]
    changes = [job_changes(a) for a in sets]
    if not sets or not all(changes):
        return said(rule, Verdict.NOT_DOCUMENTED, "government.no_place")
    gaining = {code for change in changes for code, (low, _) in change.items() if low > 0}
    perhaps = {code for change in changes for code, (_, high) in change.items() if high > 0}
    answers = {code: in_lists(code, facts, rule.parameters["lists"]) for code in perhaps}
    central = {code for code, inside in answers.items() if inside}
    if central & gaining:
        there = names_of(facts, central & gaining)
        return said(rule, Verdict.NOT_DOCUMENTED, "government.offices", places=there)
    if central:
        there = names_of(facts, central)
        return said(rule, Verdict.NOT_DOCUMENTED, "government.undecided", "common.narrow", places=there)
    if None in answers.values():
        missing = missing_lists(facts, rule.parameters["lists"])
        return said(rule, Verdict.NOT_DOCUMENTED, "government.lists_missing", "lists.do", lists=missing)
    return said(rule, Verdict.NOT_APPLICABLE, "government.no_offices")


def _government_date(facts: CaseFacts, rule: Rule, place: str) -> Finding:
    name = name_of(facts, place)
    areas = areas_of(place, facts, rule.parameters["lists"])
    date = facts.notified.get("government")
    if date is None:
        return said(
            rule, Verdict.NOT_DOCUMENTED, "government.silent", "government.do", place=name, areas=areas
        )
    return said(rule, Verdict.MET, "government.met", place=name, areas=areas, date=date)


def _lists_missing(facts: CaseFacts, rule: Rule, verdict: Verdict, place: str) -> Finding:
    """Where the case lacks a list that could hold the place."""
    missing = missing_lists(facts, rule.parameters["lists"])
    return said(rule, verdict, "common.lists_missing", "lists.do", place=place, lists=missing)


def _offices(facts: CaseFacts) -> set[str]:
    """Where the agency is today, as far as the case says."""
    offices = {*facts.moved_from, *facts.regional_structure}
    for alternative in facts.alternatives:
        pairs = zip(alternative.places, alternative.jobs_before, strict=False)
        offices |= {code for code, before in pairs if before is None or before[1] > 0}
    return offices


def _reduces(alternative: AlternativeFacts, central: set[str]) -> bool | None:
    """Whether jobs leave the central places taken together; None where the ranges leave it open."""
    changes = job_changes(alternative)
    if alternative.jobs_before and set(alternative.places) & central - set(changes):
        return False
    low, high = added(change for code, change in changes.items() if code in central)
    return True if high < 0 else None if low < 0 else False
