"""What an indicator is, and what it may know of the question it serves.

An indicator is a small pure function: the places and the question go in, one figure per
municipality comes out. It knows no weights. Everything said about it (title, unit,
direction, reference, under which consideration it serves) stands in `catalogue.yaml`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tyngdepunkt.figures import Figure

if TYPE_CHECKING:
    from tyngdepunkt.places import Places

Points = tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class StateJobEvent:
    """State jobs that came to or left a municipality; `jobs` is signed (low, high)."""

    municipality: str
    low: float
    high: float
    start: dt.date
    end: dt.date
    kind: str
    agencies: tuple[str, ...]
    source: str


@dataclass(frozen=True, slots=True)
class Question:
    """What indicators may know of a case.

    Args:
        date: the date of the case.
        jobs: STYRK-08 code (4 digits) → (low, high) number of jobs; None where the number
            of jobs is unknown.
        total_jobs: (low, high) in all; None where unknown.
        moved_from: municipalities the jobs leave → jobs before; empty for a new unit.
        sites: municipalities the unit must often travel to; empty where not stated.
        events: the ledger's events inside the window; None where there is no ledger.
        window: first and last day the ledger is summed over.
        rents: municipality → (low, high) NOK per m² and year, where the case states them.
        occupations: every STYRK-08 code the case names, also those whose number of jobs is
            unknown; where empty, the codes of `jobs` are used.
        covered: whether the ledger declares that it covers a municipality the whole window; None
            where it declares nothing, and then no row means nothing at all.
        standing: municipalities where the agency has offices today, as far as the case says.
        assumed: assumption → (low, high, where the case has it from), where the case puts
            ranges of its own in place of those of `assumptions.yaml`.
        price_year: the year whose kroner costs are in; None for the last one of the price index.
    """

    date: dt.date
    jobs: Mapping[str, tuple[float, float]] | None = None
    total_jobs: tuple[float, float] | None = None
    moved_from: Mapping[str, float] | None = None
    sites: tuple[str, ...] = ()
    events: tuple[StateJobEvent, ...] | None = None
    window: tuple[dt.date, dt.date] | None = None
    rents: Mapping[str, tuple[float, float]] | None = None
    occupations: tuple[str, ...] = ()
    assumed: Mapping[str, tuple[float, float, str]] | None = None
    standing: tuple[str, ...] = ()
    covered: Callable[[str], bool] | None = None
    price_year: int | None = None


Compute = Callable[["Places", Question, Sequence[str]], list[Figure]]


@dataclass(frozen=True, slots=True)
class Indicator:
    """One indicator with everything that is said about it.

    Args:
        id: stable identifier, for instance `recruitment_45`.
        title: nb, nn, en.
        explanation: nb, nn, en; one sentence on what it measures.
        unit: a key of `unit` in `texts.yaml`, for instance `persons`, `minutes`, `share`.
        decimals: decimals to show; of the percentage where the unit is `share`.
        direction: `max` where more serves the consideration better, else `min`.
        considerations: rule-set version → consideration it serves there.
        aggregate: how an alternative with several places is measured: `mean` (weighted by
            jobs), `own` (each place by its own posts, then a mean), `gain` (as `own`,
            and nought where nothing moves), `spread` (each place's own change, a mean weighted by the
            size of the changes) or `union` (of those within reach of any of the places).
        scored: whether it takes part in the ranking; the others are shown, and a case can
            turn them on.
        weight: its weight among the indicators of its consideration, unless the case sets one.
        value: the value function unless the case draws its own: `national` (through the
            distribution over all municipalities) or points (figure, value 0–100). A case can
            also ask for `local`, from the worst to the best of its alternatives.
        per_job: whether the points are per post of the case, and stretch with their number.
        value_reason: nb, nn, en; why that value function.
        floor: figures below it are worth nothing on a national scale; None where there is
            no such bound.
        common_error: whether the uncertainty strikes all alternatives alike (the cost of
            moving one post is unknown, but the same everywhere), so that a draw of the
            uncertain figures must move them together.
        reference: paper, guideline paragraph or official definition.
        tables: the snapshot's tables it is computed from.
        compute: the function.
    """

    id: str
    title: Mapping[str, str]
    explanation: Mapping[str, str]
    unit: str
    decimals: int
    direction: str
    considerations: Mapping[str, str]
    aggregate: str
    scored: bool
    weight: float
    value: str | Points
    per_job: bool
    value_reason: Mapping[str, str]
    floor: float | None
    common_error: bool
    reference: str
    tables: tuple[str, ...]
    compute: Compute
