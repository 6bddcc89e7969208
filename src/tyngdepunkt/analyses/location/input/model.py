"""A location case after it has been read: everything resolved, nothing left to interpret.

Municipalities are numbers of 2024, jobs are `(low, high)`, what is unknown is None. All
classes are frozen; two cases with the same content are equal and print the same.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from tyngdepunkt.rules.case_facts import CityList, Trigger

if TYPE_CHECKING:
    from pathlib import Path

    from tyngdepunkt.analyses.state_jobs.events import LedgerEvent
    from tyngdepunkt.places import Notice, Places

Span = tuple[float, float]

Kind = Literal["place", "zero", "stay", "oslo", "existing_structure", "place_independent", "split"]
GROUPS = ("staff", "users", "host", "donor", "region", "others")
"""Who can notice: staff, users, the municipality that gets the jobs, the one that loses them, the region."""
OFFICE_TRIGGERS = (Trigger.CLOSURE, Trigger.STRUCTURAL_CHANGE)
OSLO = "0301"
DEFAULT_WINDOW_YEARS = 10


@dataclass(frozen=True, slots=True)
class Job:
    """Posts in one occupation.

    Args:
        occupation: STYRK-08 code, four digits.
        count: lowest and highest number; None where unknown.
    """

    occupation: str
    count: Span | None


@dataclass(frozen=True, slots=True)
class Unit:
    """What is to be placed.

    Args:
        name: its name.
        agency: the agency it belongs to, where it is not an agency itself.
        jobs: posts by occupation; None where nothing is said about occupations.
        total_jobs: lowest and highest number in all; None where unknown.
    """

    name: str
    agency: str | None = None
    jobs: tuple[Job, ...] | None = None
    total_jobs: Span | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """One place of an alternative.

    Args:
        code: municipality.
        written: the place as it stands in the file.
        share: the part of the jobs that lies here, 0-1; None where it is not said.
        jobs: lowest and highest number here; None where unknown.
        jobs_before, jobs_after: for sets of offices; None where unknown.
        jobs_change: how many more (or fewer) jobs, where only the change is known.
        rent: lowest and highest rent, NOK per square metre and year; None where not stated.
    """

    code: str
    written: str
    share: float | None = None
    jobs: Span | None = None
    jobs_before: Span | None = None
    jobs_after: Span | None = None
    rent: Span | None = None
    jobs_change: Span | None = None

    def change(self, share: float, total: Span | None, is_offices: bool) -> Span | None:
        """How many jobs more (or fewer) the place gets; None where unknown.

        Args:
            share: the share of the jobs that lies here where no number is stated.
            total: lowest and highest number of jobs in the case; None where unknown.
            is_offices: whether the change is jobs after less jobs before.
        """
        if is_offices:
            before, after = self.jobs_before, self.jobs_after
            if before is None or after is None:
                return self.jobs_change
            return (after[0] - before[1], after[1] - before[0])
        if self.jobs is not None:
            return self.jobs
        return None if total is None else (total[0] * share, total[1] * share)


@dataclass(frozen=True, slots=True)
class Grade:
    """A judgement in numbers, 0-100, with the words that anchor it."""

    about: str
    value: float
    anchor: str


@dataclass(frozen=True, slots=True)
class Alternative:
    """One alternative.

    Args:
        name: as shown; unique in the case.
        parts: its places, in the order of the file; empty where it has none.
        measures: mitigating measures, in words.
        grades: judgements per consideration or indicator.
        is_offices: whether it is a set of offices with jobs before and after.
        description: what it is, in words.
        affected: group (one of `GROUPS`) → how it notices this alternative.
    """

    name: str
    kind: Kind
    parts: tuple[Part, ...]
    measures: tuple[str, ...] = ()
    grades: tuple[Grade, ...] = ()
    is_offices: bool = False
    description: str = ""
    affected: Mapping[str, str] = field(default_factory=dict)

    @property
    def codes(self) -> tuple[str, ...]:
        """The municipalities of its parts."""
        return tuple(part.code for part in self.parts)

    @property
    def shares(self) -> tuple[float, ...]:
        """How the jobs lie over the parts, sum 1; equal where the case does not say."""
        stated = [part.share for part in self.parts]
        known = [share for share in stated if share is not None]
        if not stated or len(known) < len(stated) or sum(known) <= 0:
            return tuple(1 / len(stated) for _ in stated)
        return tuple(share / sum(known) for share in known)


@dataclass(frozen=True, slots=True)
class Decision:
    """The decision, where it is known."""

    place: str
    date: dt.date
    reason: str = ""


@dataclass(frozen=True, slots=True)
class MustHave:
    """A threshold an alternative has to meet before it is compared with others."""

    indicator: str
    minimum: float | None
    maximum: float | None


@dataclass(frozen=True, slots=True)
class Weighting:
    """How much each consideration weighs, or what is said about it.

    Args:
        kind: `none`, `points`, `ranges` or `order`.
        ids: the considerations of the rule set, in its order.
        low, high: bounds per consideration as shares of 1 (equal for `points`; 0 and 1 for
            `none` and `order`), same order as `ids`.
        groups: for `order`, the considerations from most to least important; those in one
            group are free among themselves. Empty otherwise.
    """

    kind: str
    ids: tuple[str, ...]
    low: tuple[float, ...]
    high: tuple[float, ...]
    groups: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class WeightLogEntry:
    """Who set which weights, when, why, and whether the scores had been seen (None: not said)."""

    role: str
    date: dt.date
    weights: Weighting
    reason: str
    scores_seen: bool | None


@dataclass(frozen=True, slots=True)
class ValueFunction:
    """How a figure becomes a value.

    `kind` is `identity`, `minmax`, `national`, `local`, `points` (straight lines between
    points) or `step` (the value holds until the next point); `points` are (figure, value
    0-100), figures rising.
    """

    kind: str
    points: tuple[tuple[float, float], ...] = ()


@dataclass(frozen=True, slots=True)
class IndicatorChoice:
    """What the case changes about one indicator; None and empty mean: as it is.

    `weight` is its weight inside its consideration, relative to the others'.
    """

    indicator: str
    off: bool = False
    direction: str | None = None
    value: ValueFunction | None = None
    weight: float | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class MovedFrom:
    """Where jobs leave: municipality, and how many (None: unknown)."""

    code: str
    jobs: Span | None


@dataclass(frozen=True, slots=True)
class Covers:
    """What the ledger declares that it covers; no places means all of them, no agencies all of them."""

    start: dt.date
    end: dt.date
    places: tuple[str, ...] = ()
    agencies: tuple[str, ...] = ()

    def holds(self, code: str, window: tuple[dt.date, dt.date]) -> bool:
        """Whether a place is covered the whole window, so that no row there means no change."""
        whole = self.start <= window[0] and window[1] <= self.end
        return whole and not self.agencies and (not self.places or code in self.places)


@dataclass(frozen=True, slots=True)
class Staff:
    """Those who hold the posts today, and the share (0-1) expected to follow."""

    current: Span | None = None
    follow_share: Span | None = None


@dataclass(frozen=True, slots=True)
class Costs:
    """Cost figures the case puts in place of the defaults; None means: the default.

    `one_off_per_job` and `rent_per_m2` in NOK, `area_per_employee` in square metres,
    `double_staffing_years` in years. `source` says where they come from. All kroner are of `price_year`.
    """

    one_off_per_job: Span | None = None
    area_per_employee: Span | None = None
    rent_per_m2: Span | None = None
    double_staffing_years: Span | None = None
    source: str = ""
    price_year: int | None = None


@dataclass(frozen=True, slots=True)
class Answers:
    """Free text for the six questions of utredningsinstruksen; empty where not written.

    Args:
        affected: group (one of `GROUPS`) → how it notices, whatever the alternative.
    """

    problem: str = ""
    goal: str = ""
    principles: str = ""
    preconditions: str = ""
    why_these: str = ""
    affected: Mapping[str, str] = field(default_factory=dict)
    staff_process: str = ""
    plan: str = ""
    follow_up: str = ""


@dataclass(frozen=True, slots=True)
class Sender:
    """Who answers for the document, as its head says; empty where not written."""

    name: str = ""
    department: str = ""
    case_number: str = ""


@dataclass(frozen=True, slots=True)
class LocationCase:
    """A case, read and resolved. `read_case` makes it; nothing in it needs the file again.

    Args:
        guidelines: the rule set the case names; None where its date chooses it.
        rules_version: the rule set that applies.
        also_guidelines: rule sets the case is to be judged by as well, for comparison.
        auto: `alternatives: auto`; then `alternatives` is empty until it is filled in.
        notified, informed: who → when.
        explanations: rule → reason given.
        moved_from: where jobs leave; empty for what is new.
        sites: municipalities the unit must often travel to.
        ledger_covers: what the ledger declares that it covers; None where it declares nothing.
        window: first and last day the ledger is summed over; `window_stated` is False
            where it is the default of ten years before the date of the case.
        ledger: the events of the case's own ledger file, else those of the ledger kept here; None without.
        ledger_file: that file as written; empty where the case names none.
        sources: where the facts of the case come from, in words.
        stem: name of the file without folder and ending, for the names of the documents.
        notices: what the reader should be told about how the file was understood.
    """

    title: str
    date: dt.date
    trigger: Trigger
    unit: Unit
    rules_version: str
    alternatives: tuple[Alternative, ...]
    weights: Weighting
    window: tuple[dt.date, dt.date]
    auto: bool = False
    guidelines: str | None = None
    also_guidelines: tuple[str, ...] = ()
    largest_cities: CityList | None = None
    oslo_area: CityList | None = None
    decision: Decision | None = None
    notified: Mapping[str, dt.date] = field(default_factory=dict)
    informed: Mapping[str, dt.date] = field(default_factory=dict)
    explanations: Mapping[str, str] = field(default_factory=dict)
    must_have: tuple[MustHave, ...] = ()
    weight_log: tuple[WeightLogEntry, ...] = ()
    regional_structure: tuple[str, ...] = ()
    moved_from: tuple[MovedFrom, ...] = ()
    sites: tuple[str, ...] = ()
    ledger_covers: Covers | None = None
    window_stated: bool = False
    ledger: tuple[LedgerEvent, ...] | None = None
    ledger_file: str = ""
    indicators: tuple[IndicatorChoice, ...] = ()
    access_consequences: str = ""
    jobs_consequences: str = ""
    conflicts_handled: str = ""
    staff: Staff = Staff()
    costs: Costs = Costs()
    assumptions: Mapping[str, Span] = field(default_factory=dict)
    answers: Answers = Answers()
    sources: tuple[str, ...] = ()
    not_public: bool = False
    sender: Sender = Sender()
    lang: str | None = None
    stem: str = "case"
    notices: tuple[Notice, ...] = ()

    @classmethod
    def read(cls, path: str | Path, places: Places) -> LocationCase:
        """Read and resolve a case file; see `read.read_case`.

        Raises:
            UserError: everything that is wrong with the file, at once.
        """
        from tyngdepunkt.analyses.location.input.read import read_case

        return read_case(path, places)
