"""What a siting answer holds: the plan, how good it is proved to be, and what lies around it."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Literal, NamedTuple, TypeAlias

import numpy as np

from tyngdepunkt.methods.validation import Floats, Ints

Status: TypeAlias = Literal["optimal", "feasible", "infeasible", "no_solution_in_time"]
Model: TypeAlias = Literal["p-median", "mclp", "lscp", "p-center", "cflp", "cpmp"]

PROVED = 1e-9
"""Objective and bound closer than this, relative to the objective, are equal: the gap is then exactly 0.

Sums of up to a million float64 products are off by less; costs may be float32, but the objective is
always summed anew in float64 from the costs as given.
"""


class Assignment(NamedTuple):
    """Who is served from where, one row per pair in use; every demand's shares sum to 1.

    Attributes:
        demand, site: (rows,) indices; sorted by demand.
        share: (rows,) part of the demand served there.
        cost: (rows,) cost of the pair as given, not weighted.
    """

    demand: Ints
    site: Ints
    share: Floats
    cost: Floats


NOBODY = Assignment(np.empty(0, np.int64), np.empty(0, np.int64), np.empty(0), np.empty(0))


class Plan(NamedTuple):
    """An objective and the sites that give it."""

    objective: float
    open: Ints


class CurvePoint(NamedTuple):
    """What p sites can reach at best, and the bound on it."""

    p: int
    objective: float
    bound: float
    open: Ints


class Tolerance(NamedTuple):
    """By how much figures may change before another plan is better.

    A percentage t means: every single cost (or weight) may be up to t percent higher or lower, each its
    own way and all at once, however that hurts the plan, and no other plan becomes better.

    Attributes:
        nearest_rival: (objective of the best other plan − objective) / objective; None when unknown.
        distance_percent: costs may change by this much, proved.
        demand_percent: weights may change by this much, proved.
        distance_at_most: some change of the costs by this much makes a known other plan as good; the
            tolerance is exact where it equals `distance_percent`, infinite where none is known.
        demand_at_most: the same for the weights.
    """

    nearest_rival: float | None
    distance_percent: float | None
    demand_percent: float | None
    distance_at_most: float | None = None
    demand_at_most: float | None = None


class ClosedSite(NamedTuple):
    """An existing site the plan closes: where its demand goes, and who gets a longer way.

    Attributes:
        site: which.
        goes_to: (site, demand weight) pairs, most first.
        longer: (demand, cost before, cost after), most added first.
    """

    site: int
    goes_to: tuple[tuple[int, float], ...]
    longer: tuple[tuple[int, float, float], ...]


class Fairness(NamedTuple):
    """How the ways are shared out.

    Attributes:
        largest: the largest cost anyone has.
        share_beyond: part of the weight beyond the radius; None without a radius.
        by_group: group → (mean cost, largest cost, share beyond the radius or None).
    """

    largest: float
    share_beyond: float | None
    by_group: dict[int, tuple[float, float, float | None]]


class Conflict(NamedTuple):
    """Why there is no plan: demands that cannot all be served, and the smallest limit that would do."""

    demands: Ints
    smallest_radius: float | None = None
    smallest_p: int | None = None
    smallest_budget: float | None = None


@dataclass(frozen=True, eq=False)
class Answer:
    """The best plan found and what is proved about it.

    Attributes:
        model: which.
        status: `optimal` only when the bound proves it; `feasible` when time ran out with a plan.
        objective: of the plan, in float64 from the costs as given; None without a plan.
        bound: no plan is better than this; None only when there is no plan.
        gap: |objective − bound| / |objective|; exactly 0 when proved (`PROVED`); None without both.
        open: sites of the plan, ascending.
        assignment: who is served from where.
        nodes: nodes of the search trees.
        seconds: wall-clock time of the method.
    """

    model: Model
    status: Status
    objective: float | None
    bound: float | None
    gap: float | None
    open: Ints
    assignment: Assignment = NOBODY
    nodes: int = 0
    seconds: float = 0.0
    tolerance: Tolerance | None = None
    near_best: tuple[Plan, ...] = ()
    curve: tuple[CurvePoint, ...] = ()
    closed: tuple[ClosedSite, ...] = ()
    worst: tuple[tuple[int, float], ...] = ()
    fairness: Fairness | None = None
    conflict: Conflict | None = None


def relative_gap(objective: float, bound: float) -> float:
    """How far the bound is from the objective, relative to it; exactly 0 within `PROVED`.

    Relative to the bound where the objective is 0, as of a plan that covers nobody yet.
    """
    apart = abs(objective - bound)
    return 0.0 if apart <= PROVED * max(1.0, abs(objective)) else apart / abs(objective or bound)


def found(
    model: Model,
    plan: Plan,
    bound: float,
    assignment: Assignment = NOBODY,
    *,
    nodes: int = 0,
    seconds: float = 0.0,
) -> Answer:
    """An answer with a plan: optimal when the bound proves it, else feasible with the gap told."""
    gap = relative_gap(plan.objective, bound)
    status: Status = "optimal" if gap == 0.0 else "feasible"
    told = plan.objective if gap == 0.0 else bound
    opened = np.sort(np.asarray(plan.open, np.int64))
    return Answer(model, status, plan.objective, told, gap, opened, assignment, nodes, seconds)


def nothing(
    model: Model,
    status: Status,
    *,
    bound: float | None = None,
    conflict: Conflict | None = None,
    seconds: float = 0.0,
) -> Answer:
    """An answer without a plan: proved infeasible, or no plan found in time."""
    opened = np.empty(0, np.int64)
    return Answer(model, status, None, bound, None, opened, seconds=seconds, conflict=conflict)


class Deadline:
    """A moment by the wall clock when work must be handed over.

    Args:
        seconds: from now; None for no limit.
    """

    def __init__(self, seconds: float | None = None) -> None:
        self.began = time.monotonic()
        self.at = float("inf") if seconds is None else self.began + seconds

    @property
    def left(self) -> float:
        """Seconds left, at least 0; infinity without a limit."""
        return max(0.0, self.at - time.monotonic())

    @property
    def passed(self) -> bool:
        """Whether the moment has come."""
        return time.monotonic() >= self.at

    @property
    def used(self) -> float:
        """Seconds since it was set."""
        return time.monotonic() - self.began
