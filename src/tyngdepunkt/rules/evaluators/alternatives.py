"""R15–R19 and R40: which alternatives a study must hold, and when it may hold fewer."""

from __future__ import annotations

from typing import Any

from tyngdepunkt.rules.case_facts import NONE_AT_ALL, AlternativeFacts, CaseFacts, Finding, Trigger, Verdict
from tyngdepunkt.rules.evaluators.base import (
    EVALUATORS,
    added,
    evaluator,
    in_lists,
    job_changes,
    reason_given,
    said,
)
from tyngdepunkt.rules.model import Rule

PLACE_KINDS = ("place", "oslo", "existing_structure", "split")
"""Kinds that are alternative places. Oslo is one: nothing in the guidelines says that a place
does not count because it is only mainly to be avoided, and the first real study held it as one
of five. The zero alternative, staying and place-independent posts name no new place, nor does
what closes every office it names."""

_UNMOVED = ("zero", "stay")


def counted(facts: CaseFacts) -> tuple[AlternativeFacts, ...]:
    """The alternatives that count as alternative places; the same place twice counts once."""
    distinct: dict[tuple[Any, ...], AlternativeFacts] = {}
    for alternative in facts.alternatives:
        if alternative.kind in PLACE_KINDS and not (_stays(alternative, facts) or _closes(alternative)):
            places = tuple(sorted(set(alternative.places))) or (alternative.name,)
            distinct.setdefault((places, alternative.jobs_after), alternative)
    return tuple(distinct.values())


@evaluator(
    "alternatives.places", Verdict.MET, Verdict.NOT_MET, Verdict.NOT_DOCUMENTED, Verdict.NOT_APPLICABLE
)
def alternative_places(facts: CaseFacts, rule: Rule) -> Finding:
    """R15: the study holds alternative places, and they are held against each other."""
    duty = _duty(facts, rule)
    if duty == "none":
        return _no_duty(rule)
    found = counted(facts)
    if len(found) < 2:
        return said(rule, Verdict.NOT_MET, "places.too_few", "places.do", count=len(found))
    held = tuple(a for a in found if _is_ranked(a, facts))
    if len(held) < 2:
        remarks = ("places.unranked", "places.rank", *_reservation(duty))
        return said(rule, Verdict.NOT_DOCUMENTED, *remarks, count=len(found), places=_names(found))
    return said(rule, Verdict.MET, "places.met", *_reservation(duty), count=len(held), places=_names(held))


@evaluator("alternatives.count", Verdict.MET, Verdict.NOT_MET, Verdict.NOT_APPLICABLE)
def enough_places(facts: CaseFacts, rule: Rule) -> Finding:
    """R16: at least so many alternative places."""
    duty = _duty(facts, rule)
    if duty == "none":
        return _no_duty(rule)
    found = counted(facts)
    values = {
        "count": len(found),
        "minimum": rule.parameters["minimum"],
        "places": tuple(a.name for a in found),
    }
    if not found:
        return said(rule, Verdict.NOT_MET, "count.nothing", "count.do", **values)
    if len(found) < rule.parameters["minimum"]:
        return said(rule, Verdict.NOT_MET, "count.too_few", "count.do", **values)
    return said(rule, Verdict.MET, "count.met", *_reservation(duty), **values)


@evaluator(
    "alternatives.low_centrality",
    Verdict.MET,
    Verdict.NOT_MET,
    Verdict.NOT_DOCUMENTED,
    Verdict.NOT_APPLICABLE,
)
def low_centrality(facts: CaseFacts, rule: Rule) -> Finding:
    """R17: at least one alternative place in the less central classes, and how little that says."""
    duty = _duty(facts, rule)
    if duty == "none":
        return _no_duty(rule)
    found = counted(facts)
    wanted = rule.parameters["classes"]
    inside = tuple(_label(a) for a in found if set(a.classes) & set(wanted))
    values = {
        "classes": f"{min(wanted)}–{max(wanted)}",
        "places": inside or tuple(_label(a) for a in found),
        "qualifying": sum(count for each, count in facts.class_counts.items() if each in wanted),
        "municipalities": sum(facts.class_counts.values()),
        "index_year": facts.index_year,
    }
    remarks = (*(["low_centrality.weak"] if facts.class_counts else []), *_older(facts))
    if inside:
        return said(rule, Verdict.MET, "low_centrality.met", *_reservation(duty), *remarks, **values)
    if not all(_class_known(a) for a in found):
        return said(rule, Verdict.NOT_DOCUMENTED, "low_centrality.unknown", *remarks, **values)
    reason = "low_centrality.none" if found else "low_centrality.nothing"
    return said(rule, Verdict.NOT_MET, reason, "low_centrality.do", *remarks, **values)


@evaluator("alternatives.deviation", Verdict.MET, Verdict.NOT_MET, Verdict.NOT_APPLICABLE)
def deviation(facts: CaseFacts, rule: Rule) -> Finding:
    """R18: who deviates from the rules it refers to, says why."""
    judged = {other.id: EVALUATORS[other.evaluator].judge(facts, other) for other in rule.refers_to}
    deviates = tuple(key for key, finding in judged.items() if finding.verdict is Verdict.NOT_MET)
    if not deviates:
        return said(rule, Verdict.NOT_APPLICABLE, "deviation.none", rules=tuple(judged))
    silent = tuple(key for key in deviates if not reason_given(facts, key, rule.id))
    if silent:
        return said(rule, Verdict.NOT_MET, "deviation.silent", "deviation.do", rules=silent)
    return said(rule, Verdict.MET, "deviation.met", rules=deviates)


@evaluator(
    "alternatives.existing_structure",
    Verdict.MET,
    Verdict.NOT_MET,
    Verdict.NOT_DOCUMENTED,
)
def existing_structure(facts: CaseFacts, rule: Rule) -> Finding:
    """R19: the possibilities in the offices that exist are assessed."""
    inside = tuple(a.name for a in facts.alternatives if _within_structure(a, facts))
    if inside:
        return said(rule, Verdict.MET, "existing.met", places=inside)
    if facts.regional_structure:
        offices = len(facts.regional_structure)
        return said(rule, Verdict.NOT_MET, "existing.not_assessed", "existing.do", offices=offices)
    return said(rule, Verdict.NOT_DOCUMENTED, "existing.unknown", "existing.tell")


@evaluator("alternatives.consulted", Verdict.MET, Verdict.NOT_MET, Verdict.NOT_DOCUMENTED)
def consulted_places(facts: CaseFacts, rule: Rule) -> Finding:
    """R40: at least so many places, chosen together with the ministry of local government."""
    found = counted(facts)
    values = {"count": len(found), "minimum": rule.parameters["minimum"]}
    if len(found) < rule.parameters["minimum"]:
        return said(rule, Verdict.NOT_MET, "consulted.too_few", "consulted.do", **values)
    if "ministry" not in facts.notified:
        return said(rule, Verdict.NOT_DOCUMENTED, "consulted.silent", "consulted.tell", **values)
    when = facts.notified["ministry"]
    return said(rule, Verdict.MET, "consulted.met", **values, date=when)


def _names(alternatives: tuple[AlternativeFacts, ...]) -> tuple[str, ...]:
    return tuple(each.name for each in alternatives)


def _is_ranked(alternative: AlternativeFacts, facts: CaseFacts) -> bool:
    """Whether one of the alternatives with the same places is ranked."""
    if facts.ranked is None:
        return True
    alike = {
        each.name
        for each in facts.alternatives
        if set(each.places) == set(alternative.places) and each.jobs_after == alternative.jobs_after
    }
    return bool(alike & set(facts.ranked))


def _duty(facts: CaseFacts, rule: Rule) -> str:
    """Whether alternative places are demanded: `new`, `moving_out`, `assumed` or `none`.

    A relocation whose origin the case does not give, or cannot place because a list is
    missing, is judged as moving out: a duty is not waived by leaving something out. So are
    offices of which the ranges leave it open whether jobs move out.
    """
    if facts.trigger in (Trigger.NEW_AGENCY, Trigger.NEW_UNIT):
        return "new"
    lists = rule.parameters["lists"]
    origins = {*facts.moved_from, *(p for a in facts.alternatives if a.kind == "stay" for p in a.places)}
    answers = {in_lists(code, facts, lists) for code in origins}
    if True in answers:
        return "moving_out"
    if facts.trigger is Trigger.RELOCATION:
        return "none" if answers == {False} else "assumed"
    if any(_opens_office(a) for a in facts.alternatives):
        return "new"
    leaves = [_moves_out(a, facts, lists) for a in facts.alternatives if a.kind not in _UNMOVED]
    return "moving_out" if True in leaves else "assumed" if None in leaves else "none"


def _opens_office(alternative: AlternativeFacts) -> bool:
    if alternative.kind in _UNMOVED:
        return False
    pairs = zip(alternative.jobs_before, alternative.jobs_after, strict=False)
    return any(before == NONE_AT_ALL and after is not None and after[1] > 0 for before, after in pairs)


def _moves_out(alternative: AlternativeFacts, facts: CaseFacts, lists: tuple[str, ...]) -> bool | None:
    """Whether jobs go from a listed place to another; None where the ranges leave it open."""
    changes = job_changes(alternative)
    listed = added(change for code, change in changes.items() if in_lists(code, facts, lists))
    outside = added(change for code, change in changes.items() if in_lists(code, facts, lists) is False)
    if listed[1] < 0 < outside[0]:
        return True
    return None if listed[0] < 0 < outside[1] else False


def _stays(alternative: AlternativeFacts, facts: CaseFacts) -> bool:
    places = set(alternative.places)
    return bool(places) and not alternative.jobs_after and places <= set(facts.moved_from)


def _closes(alternative: AlternativeFacts) -> bool:
    """It closes every office it names."""
    return bool(alternative.jobs_after) and all(after == NONE_AT_ALL for after in alternative.jobs_after)


def _within_structure(alternative: AlternativeFacts, facts: CaseFacts) -> bool:
    """It uses only offices the unit has: the case's own list, or offices with jobs before."""
    if alternative.kind in _UNMOVED or _stays(alternative, facts):
        return False
    if alternative.kind == "existing_structure":
        return True
    if _closes(alternative):
        return False
    had = {
        code
        for code, before in zip(alternative.places, alternative.jobs_before, strict=False)
        if before is not None and before[1] > 0
    }
    places = set(alternative.places)
    return bool(places) and places <= (had | set(facts.regional_structure))


def _class_known(alternative: AlternativeFacts) -> bool:
    """Every place has a class; 0 stands for a class that is missing."""
    return 0 not in alternative.classes and len(alternative.classes) >= max(len(alternative.places), 1)


def _label(alternative: AlternativeFacts) -> str:
    """Name with class or classes, for instance `Bergen (2)` or `57 kontorer (1–6)`."""
    classes = sorted(set(alternative.classes))
    if not _class_known(alternative):
        return f"{alternative.name} (?)"
    shown = str(classes[0]) if len(classes) == 1 else f"{classes[0]}–{classes[-1]}"
    return f"{alternative.name} ({shown})"


def _older(facts: CaseFacts) -> tuple[str, ...]:
    return ("low_centrality.older",) if facts.date.year < facts.index_year else ()


def _reservation(duty: str) -> tuple[str, ...]:
    return ("places.assumed",) if duty == "assumed" else ()


def _no_duty(rule: Rule) -> Finding:
    return said(rule, Verdict.NOT_APPLICABLE, "places.no_duty")
