"""What all evaluators share: how they are registered, and how they read the facts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from tyngdepunkt.rules.case_facts import (
    NONE_AT_ALL,
    AlternativeFacts,
    CaseFacts,
    CityList,
    Finding,
    Span,
    Verdict,
)
from tyngdepunkt.rules.model import Rule
from tyngdepunkt.texts import without_stop

OSLO = "0301"
"""Municipality number of Oslo, the one city that the guidelines name themselves."""

Judge = Callable[[CaseFacts, Rule], Finding]


class Term(str):
    """A word that has a language: its content is a key under `term` in `texts.yaml`."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a sentence with values of its own, put into words in the reader's language.

    Args:
        key: where its words stand in `texts.yaml`.
        values: what stands in it; numbers stay numbers until the language is known.
    """

    key: str
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Evaluator:
    """A registered evaluator and the verdicts it can give."""

    judge: Judge
    verdicts: frozenset[Verdict]


EVALUATORS: dict[str, Evaluator] = {}


def evaluator(name: str, *verdicts: Verdict) -> Callable[[Judge], Judge]:
    """Registers a function under the name that the register's YAML uses."""

    def register(judge: Judge) -> Judge:
        EVALUATORS[name] = Evaluator(judge, frozenset(verdicts))
        return judge

    return register


def said(rule: Rule, verdict: Verdict, reason: str, *remarks: str, **values: Any) -> Finding:
    """A finding under a rule: `reason` and `remarks` are keys in `rules/texts.yaml`."""
    return Finding(rule.id, verdict, reason, values, remarks)


def reason_given(facts: CaseFacts, *rule_ids: str) -> str:
    """The first reason the case gives under one of these rules; empty where there is none.

    Without its full stop: the sentence that quotes the reason has its own.
    """
    reasons = (without_stop(facts.explanations.get(rule_id, "")) for rule_id in rule_ids)
    return next((reason for reason in reasons if reason), "")


def chosen(facts: CaseFacts) -> str | None:
    """The municipality decided on, else the one recommended."""
    return facts.decided or facts.recommended


def name_of(facts: CaseFacts, code: str) -> str:
    """A municipality's name; its alternative's name or its number where no name is known."""
    if code in facts.names:
        return facts.names[code]
    return next((a.name for a in facts.alternatives if a.places == (code,)), code)


def names_of(facts: CaseFacts, codes: Iterable[str]) -> tuple[str, ...]:
    """The names of several municipalities, in order of their numbers."""
    return tuple(name_of(facts, code) for code in sorted(set(codes)))


def in_lists(code: str, facts: CaseFacts, lists: Iterable[str]) -> bool | None:
    """Whether a municipality is Oslo or on one of the case's lists.

    Args:
        code: the municipality.
        facts: the case, whose lists are read.
        lists: `oslo`, `oslo_area`, `largest_cities`, as the rule's parameters name them.

    Returns:
        None where it is on no list that is given, but a list that is needed is missing.
    """
    needed = [_list(facts, name) for name in lists]
    if any(code in cities.places for cities in needed if cities is not None):
        return True
    return None if any(cities is None for cities in needed) else False


def areas_of(code: str, facts: CaseFacts, lists: Iterable[str]) -> tuple[Term, ...]:
    """Which of the areas a rule names a municipality belongs to."""
    found = ((name, _list(facts, name)) for name in lists)
    return tuple(Term(f"area.{name}") for name, cities in found if cities and code in cities.places)


def missing_lists(facts: CaseFacts, lists: Iterable[str]) -> tuple[Term, ...]:
    """The lists a rule needs and the case does not give."""
    return tuple(Term(f"list.{name}") for name in lists if _list(facts, name) is None)


def all_places(facts: CaseFacts) -> tuple[str, ...]:
    """Every municipality in an alternative, sorted."""
    return tuple(sorted({code for a in facts.alternatives for code in a.places}))


def job_changes(alternative: AlternativeFacts) -> dict[str, Span]:
    """Municipality → lowest and highest jobs after minus jobs before; the change where only that is known.

    Ranges that overlap give a change that can go either way: no rule may decide it by the middle.
    """
    changes: dict[str, Span] = {}
    for at, code in enumerate(alternative.places):
        numbers = (alternative.jobs_before, alternative.jobs_after, alternative.jobs_change)
        before, after, change = (each[at] if at < len(each) else None for each in numbers)
        if before is not None and after is not None:
            change = (after[0] - before[1], after[1] - before[0])
        if change is not None:
            changes[code] = added((changes.get(code, NONE_AT_ALL), change))
    return changes


def added(spans: Iterable[Span]) -> Span:
    """The sum of some ranges; nothing sums to nothing."""
    known = tuple(spans)
    return (sum(low for low, _ in known), sum(high for _, high in known))


def goes_either_way(change: Span) -> bool:
    """Whether it is not decided that something changes, nor that nothing does."""
    return change[0] <= 0 <= change[1] and change != NONE_AT_ALL


def _list(facts: CaseFacts, name: str) -> CityList | None:
    if name == "oslo":
        return CityList((OSLO,))
    given: CityList | None = getattr(facts, name)
    return given
