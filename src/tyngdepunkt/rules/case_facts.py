"""What a rule may know of a case, and what it answers.

The evaluators see only these facts: no store, no case file, no method. So a rule can be
read, tested and explained by somebody who knows the guidelines and not the program.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

Span = tuple[float, float]
NONE_AT_ALL: Span = (0, 0)


class Trigger(StrEnum):
    """What sets the guidelines in motion (R9)."""

    NEW_AGENCY = "new_agency"
    NEW_UNIT = "new_unit"
    RELOCATION = "relocation"
    CLOSURE = "closure"
    STRUCTURAL_CHANGE = "structural_change"


class Verdict(StrEnum):
    """What can be said of a case under one rule."""

    MET = "met"
    NOT_MET = "not_met"
    EXPLAINED = "explained"
    NOT_DOCUMENTED = "not_documented"
    NOT_APPLICABLE = "not_applicable"
    NEEDS_JUDGEMENT = "needs_judgement"


@dataclass(frozen=True, slots=True)
class AlternativeFacts:
    """One alternative as the rules see it.

    Args:
        name: as shown.
        kind: place, zero, stay, oslo, existing_structure, place_independent or split.
        places: municipality numbers (2024); empty where an alternative has no place.
        classes: centrality class per place, same order.
        jobs_before, jobs_after: lowest and highest number per place, for sets of offices; empty otherwise.
        jobs_change: lowest and highest change per place, where only that is known; empty otherwise.
    """

    name: str
    kind: str
    places: tuple[str, ...]
    classes: tuple[int, ...]
    jobs_before: tuple[Span | None, ...] = ()
    jobs_after: tuple[Span | None, ...] = ()
    measures: tuple[str, ...] = ()
    jobs_change: tuple[Span | None, ...] = ()


@dataclass(frozen=True, slots=True)
class CityList:
    """The case's own list of largest cities or Oslo-area municipalities (R12, R13)."""

    places: tuple[str, ...]
    reason: str = ""


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """Everything the rules may know of a case.

    `decided` is the municipality decided on, `recommended` the one the assessment puts
    first; R29 looks at the decided, else the recommended. `considered` are the
    considerations that have a score or a text for every alternative, `weighed` those the
    ranking weighs: cost can be weighed without what each place costs. `considerations` are
    those of the rule set that judges, `measured_by` those of the one the case is measured
    by; empty where they are the same. `ledger_effects`
    is municipality → (change in the municipality, change in its region) of state jobs in
    the window before this case, each from the lowest to the highest it can be, or None where
    there is no ledger. `access_described` and
    `jobs_described` say whether consequences for service access and for jobs are
    described (R3, R39), `conflicts_handled` whether the case says what was done about
    conflicts of aims (R23).
    `ranked` is the names of the alternatives that are ranked; None where nothing is told of it.
    `weights_open` is true where the case sets no weights at all,
    `weights_tried` where all weights then were tried on two or more alternatives. `informed` is who was
    told → date (R36). `names` is municipality number → name, so that a finding can name the places it
    is about. `class_counts` is centrality class → municipalities of the country in it; empty where the
    country is not known.
    """

    date: dt.date
    trigger: Trigger
    alternatives: tuple[AlternativeFacts, ...]
    largest_cities: CityList | None = None
    oslo_area: CityList | None = None
    moved_from: tuple[str, ...] = ()
    regional_structure: tuple[str, ...] = ()
    decided: str | None = None
    recommended: str | None = None
    notified: Mapping[str, dt.date] = field(default_factory=dict)
    informed: Mapping[str, dt.date] = field(default_factory=dict)
    explanations: Mapping[str, str] = field(default_factory=dict)
    considered: tuple[str, ...] = ()
    considerations: tuple[str, ...] = ()
    weighed: tuple[str, ...] = ()
    measured_by: tuple[str, ...] = ()
    weights_logged: bool = False
    weights_open: bool = False
    weights_tried: bool = True
    ranked: tuple[str, ...] | None = None
    conflicts_described: bool = False
    conflicts_handled: bool = False
    contribution_known: bool = False
    ledger_effects: Mapping[str, tuple[tuple[float, float], tuple[float, float]]] | None = None
    access_described: bool = False
    jobs_described: bool = False
    not_public: bool = False
    index_year: int = 2024
    names: Mapping[str, str] = field(default_factory=dict)
    class_counts: Mapping[int, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Finding:
    """What one rule says of one case: `reason` is a key in `rules/texts.yaml`.

    `remarks` are keys of further sentences with the same values: what to do, a reservation,
    the reason the case gives. `rules.finding_text` puts them together in one language.
    """

    rule: str
    verdict: Verdict
    reason: str
    values: Mapping[str, Any] = field(default_factory=dict)
    remarks: tuple[str, ...] = ()
