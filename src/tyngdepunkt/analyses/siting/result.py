"""Where to put houses: the structs are the JSON of `tyngdepunkt site --json` and of the API."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated

import msgspec
import numpy as np
from msgspec import Meta

from tyngdepunkt import texts
from tyngdepunkt.analyses.contract import Made, Notices, notice_of
from tyngdepunkt.analyses.siting.instance import Instance
from tyngdepunkt.analyses.siting.marks import ROOM, Notice
from tyngdepunkt.analyses.siting.question import Model
from tyngdepunkt.methods.siting import result as found
from tyngdepunkt.methods.siting.problem import CutLists, Problem
from tyngdepunkt.methods.siting.result import Answer


@dataclass(frozen=True, eq=False)
class Site:
    """An instance, the problem it made, and the answer with the problem's indices."""

    instance: Instance
    problem: Problem
    answer: Answer


class Assigned(msgspec.Struct, frozen=True):
    """Who is served from where: a part of a demand, and what the way costs."""

    demand: str
    site: str
    share: float
    cost: float


class Tolerance(msgspec.Struct, frozen=True):
    """By how much figures may change before another plan is better; described in docs/methods/siting.md."""

    nearest_rival: float | None
    distance_percent: float | None
    demand_percent: float | None
    distance_at_most: float | None
    demand_at_most: float | None


class Plan(msgspec.Struct, frozen=True):
    """A plan next to the best."""

    objective: float
    open: list[str]


class CurvePoint(msgspec.Struct, frozen=True):
    """What p sites can reach at best."""

    p: int
    objective: float
    bound: float


class GoesTo(msgspec.Struct, frozen=True):
    """A site that takes over, and how much."""

    site: str
    demand: float


class Longer(msgspec.Struct, frozen=True):
    """A demand that gets a longer way."""

    demand: str
    before: float
    after: float


class Closed(msgspec.Struct, frozen=True):
    """An existing site that the plan closes."""

    site: str
    goes_to: list[GoesTo]
    longer: list[Longer]


class Worst(msgspec.Struct, frozen=True):
    """A demand with a long way."""

    demand: str
    cost: float


class Group(msgspec.Struct, frozen=True):
    """The ways of one group, by weight."""

    mean: float | None
    max: float | None
    share_beyond: float | None


class Fairness(msgspec.Struct, frozen=True):
    """How the ways are shared out."""

    max: float
    share_beyond: float | None
    by_group: dict[str, Group]


class NoPlan(msgspec.Struct, frozen=True):
    """Why there is no plan, and the smallest limit that would do."""

    demands: list[str]
    smallest_radius: float | None
    smallest_p: int | None
    smallest_budget: float | None


class Input(msgspec.Struct, frozen=True):
    """What was read: SHA-256 of the files, points, and pairs that may go together."""

    hash: str
    points: int
    pairs: int


class SitingResult(msgspec.Struct, kw_only=True, dict=True):
    """A plan, how good it is proved to be, and what lies around it; ids are those of the file."""

    model: Model
    status: found.Status
    objective: float | None
    bound: float | None
    gap: Annotated[float | None, Meta(description="Exactly 0 where the plan is proved best.")]
    open: list[str]
    assignment: list[Assigned]
    seconds: Annotated[float, Meta(description="From reading to answer.")]
    nodes: int
    memory_mb: float
    tolerance: Tolerance | None
    near_best: list[Plan]
    curve: list[CurvePoint]
    closed: list[Closed]
    worst: list[Worst]
    fairness: Fairness | None
    conflict: NoPlan | None
    input: Input
    notices: Notices
    made: Made

    @property
    def site(self) -> Site:
        """What its table and files rest on, coordinates and weights too; not a part of the JSON."""
        kept: Site = self.__dict__["site_"]
        return kept


Result = SitingResult


def result_of(
    site: Site, notices: tuple[Notice, ...], made: Made, used: tuple[float, float], lang: str
) -> Result:
    """An answer as the document that is printed; `used` is seconds and megabytes of memory."""
    answer, sites, demands = site.answer, site.instance.site_ids, site.instance.demand_ids
    told = Result(
        model=answer.model,
        status=answer.status,
        objective=answer.objective,
        bound=_finite(answer.bound),
        gap=_finite(answer.gap),
        open=[sites[i] for i in answer.open],
        assignment=list(_assigned(site)),
        seconds=used[0],
        nodes=answer.nodes,
        memory_mb=used[1],
        tolerance=None if answer.tolerance is None else Tolerance(*answer.tolerance),
        near_best=[Plan(plan.objective, [sites[i] for i in plan.open]) for plan in answer.near_best],
        curve=[CurvePoint(point.p, point.objective, point.bound) for point in answer.curve],
        closed=[_closed(site, closed) for closed in answer.closed],
        worst=[Worst(demands[d], cost) for d, cost in answer.worst],
        fairness=None if answer.fairness is None else _fairness(site, answer.fairness),
        conflict=None if answer.conflict is None else _conflict(site, answer.conflict),
        input=Input(site.instance.hash, site.instance.points, _pairs(site.problem)),
        notices=[_notice(each, lang) for each in notices],
        made=made,
    )
    told.__dict__["site_"] = site
    return told


def _notice(notice: Notice, lang: str) -> dict[str, object]:
    text = texts.text(f"{ROOM}:view.{notice.key}", lang, **notice.values)
    return notice_of(notice.key, notice.values, text)


def _assigned(site: Site) -> Iterator[Assigned]:
    demands, sites = site.instance.demand_ids, site.instance.site_ids
    served = (column.tolist() for column in site.answer.assignment)
    for demand, at, share, cost in zip(*served, strict=True):
        yield Assigned(demands[demand], sites[at], share, cost)


def _closed(site: Site, closed: found.ClosedSite) -> Closed:
    demands, sites = site.instance.demand_ids, site.instance.site_ids
    return Closed(
        sites[closed.site],
        [GoesTo(sites[to], weight) for to, weight in closed.goes_to],
        [Longer(demands[d], before, after) for d, before, after in closed.longer],
    )


def _fairness(site: Site, fairness: found.Fairness) -> Fairness:
    names = site.instance.group_names
    groups = {
        names[group]: Group(_finite(mean), _finite(largest), share)
        for group, (mean, largest, share) in fairness.by_group.items()
    }
    return Fairness(fairness.largest, fairness.share_beyond, groups)


def _conflict(site: Site, conflict: found.Conflict) -> NoPlan:
    demands = [site.instance.demand_ids[d] for d in conflict.demands]
    return NoPlan(demands, conflict.smallest_radius, conflict.smallest_p, conflict.smallest_budget)


def _pairs(problem: Problem) -> int:
    """Pairs of a demand and a site that may go together."""
    costs = problem.costs
    values = costs.cost if isinstance(costs, CutLists) else costs
    return int(np.isfinite(values).sum())


def _finite(value: float | None) -> float | None:
    return value if value is not None and math.isfinite(value) else None
