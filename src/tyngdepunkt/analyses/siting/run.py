"""From a file and options to an answer with all that lies around it."""

from __future__ import annotations

import resource
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from tyngdepunkt.analyses.siting.instance import Instance
from tyngdepunkt.analyses.siting.marks import ROOM, Notice
from tyngdepunkt.analyses.siting.question import Ask, check, problem_of, unused
from tyngdepunkt.analyses.siting.read import read_instance
from tyngdepunkt.errors import Fault, Faults, UserError
from tyngdepunkt.methods.siting.around import around
from tyngdepunkt.methods.siting.curve import curve
from tyngdepunkt.methods.siting.existing_first import existing_first
from tyngdepunkt.methods.siting.near_best import NearBest, near_best
from tyngdepunkt.methods.siting.p_median import p_median
from tyngdepunkt.methods.siting.parts import Solve
from tyngdepunkt.methods.siting.problem import BadProblemError, CutLists, Problem
from tyngdepunkt.methods.siting.result import Answer, Deadline, Tolerance
from tyngdepunkt.methods.siting.tolerance import tolerance

LARGEST = ("mclp",)
"""Models whose objective is to be large."""
_FOR_WRITING = 0.03
"""Part of the time that is kept for telling the answer."""
_EACH = 1.5e-5
"""Seconds kept for each demand that is told of."""


@dataclass(frozen=True, eq=False)
class Site:
    """An instance, what was asked, and the answer.

    Attributes:
        instance: as read.
        ask: the options.
        problem: what was solved.
        answer: with the indices of `problem`.
        notices: what has to be said beside it.
        seconds: from reading to answer.
        memory_mb: the most memory used, of this process or the largest it started.
        pairs: pairs of a demand and a site that may go together.
    """

    instance: Instance
    ask: Ask
    problem: Problem
    answer: Answer
    notices: tuple[Notice, ...]
    seconds: float
    memory_mb: float
    pairs: int


def site(
    path: Path,
    ask: Ask,
    faults: Faults,
    *,
    seconds: float | None = None,
    costs: Path | None = None,
    forbid: Path | None = None,
) -> Site:
    """Read, check, solve, and tell what lies around the plan.

    Args:
        path: the instance.
        ask: the options.
        faults: gathers what is wrong, in the options too; all of it is raised at once.
        seconds: time for everything, reading included; None for as long as it takes.
        costs: pairs whose costs count in place of distances.
        forbid: pairs that may not go together.

    Raises:
        UserError: everything that is wrong with the files and the options.
    """
    deadline = Deadline(None if seconds is None else seconds * (1 - _FOR_WRITING))
    instance = read_instance(path, faults, costs, forbid)
    if instance is not None:
        check(instance, ask, faults)
    faults.raise_if_any()
    assert instance is not None  # noqa: S101 - no fault, so there is an instance
    deadline.at -= _EACH * len(instance.demand_ids)
    try:
        problem = problem_of(instance, ask)
        solve = solver(problem, ask)
        answer, told_first = _first(problem, ask, solve, deadline)
        answer = around(problem, _with_reach(instance, answer))
        answer, more = _beside(problem, answer, ask, solve, deadline)
    except BadProblemError as error:
        told_flaws = [str(flaw) for flaw in error.flaws]
        raise UserError(
            Fault(f"{ROOM}:refused", {"flaws": told_flaws, "model": ask.model}, path.name)
        ) from error
    notices = (*instance.notices, *unused(instance, ask), *told_first, *more)
    return Site(instance, ask, problem, answer, notices, deadline.used, _memory(), _pairs(problem))


def solver(problem: Problem, ask: Ask) -> Solve | None:
    """The method of a model; None for a p-median without limits, which has a search of its own."""
    if ask.model == "mclp":
        from tyngdepunkt.methods.siting.covering import solve_mclp

        return lambda problem, deadline: solve_mclp(problem, deadline, ask.existing_first)
    if ask.model in ("lscp", "p-center"):
        from tyngdepunkt.methods.siting import set_cover

        method = set_cover.solve_lscp if ask.model == "lscp" else set_cover.solve_p_center
        return lambda problem, deadline: method(problem, deadline, ask.existing_first)
    if ask.model in ("cflp", "cpmp"):
        from tyngdepunkt.methods.siting import capacitated

        if ask.model == "cpmp":
            return capacitated.cpmp
        return lambda problem, deadline: capacitated.cflp(problem, deadline, single_source=ask.single_source)
    return None if problem.capacities is None and problem.budget is None else p_median


def _first(
    problem: Problem, ask: Ask, solve: Solve | None, deadline: Deadline
) -> tuple[Answer, list[Notice]]:
    """The best plan; covering models see to existing sites themselves."""
    if ask.existing_first and ask.model in ("p-median", "cflp", "cpmp") and problem.existing is not None:
        answer, proved = existing_first(problem, deadline, solve=solve)
        unproved = answer.objective is not None and not proved
        return answer, [Notice("existing_first_unproved", {})] if unproved else []
    return (p_median if solve is None else solve)(problem, deadline), []


def _beside(
    problem: Problem, answer: Answer, ask: Ask, solve: Solve | None, deadline: Deadline
) -> tuple[Answer, list[Notice]]:
    """Near-best plans, tolerance and curve, as far as they were asked for and time allows."""
    notices: list[Notice] = []
    if ask.near_best and answer.status == "optimal":
        largest = ask.model in LARGEST
        listed = near_best(problem, ask.near_best + 1, deadline, solve=solve, best=answer, largest=largest)
        listed = listed._replace(plans=listed.plans[: max(1, listed.sure)])
        plans = listed.plans[1:]
        answer = replace(answer, near_best=plans, tolerance=_tolerance(problem, answer, listed, ask))
        if len(plans) < ask.near_best and deadline.passed:
            notices.append(Notice("near_best_cut", {"count": len(plans), "asked": ask.near_best}))
    elif ask.near_best and answer.objective is not None:
        notices.append(Notice("near_best_unproved", {}))
    if ask.curve is not None and problem.p is not None:
        first, last = ask.curve
        points = curve(problem, first, last, deadline, solve=solve)
        answer = replace(answer, curve=points)
        if len(points) < last - first + 1:
            notices.append(Notice("curve_cut", {"count": len(points), "asked": last - first + 1}))
    return answer, notices


def _tolerance(problem: Problem, answer: Answer, listed: NearBest, ask: Ask) -> Tolerance | None:
    """What the distance to the next plan allows: changes of so many percent cannot turn the order.

    With best z and next z′, every weight (mclp) or distance (p-center) may change by
    |z − z′| / (z + z′) at once and against the plan.
    """
    if len(listed.plans) < 2 or answer.objective is None:
        return None
    if ask.model == "p-median" and problem.capacities is None and problem.budget is None:
        return tolerance(problem, plans=listed)
    apart = abs(listed.plans[1].objective - answer.objective)
    both = answer.objective + listed.plans[1].objective
    percent = 100 * apart / both if both else 0.0
    rival = apart / answer.objective if answer.objective else None
    return Tolerance(
        rival,
        percent if ask.model == "p-center" else None,
        percent if ask.model == "mclp" else None,
    )


def _with_reach(instance: Instance, answer: Answer) -> Answer:
    """The smallest radius that would do, where the pairs within reach that were listed cannot say it."""
    conflict, demands, sites = answer.conflict, instance.demand_points, instance.site_points
    listed = instance.costs is not None or instance.forbidden is not None
    if conflict is None or conflict.smallest_radius is not None or answer.model != "lscp" or listed:
        return answer
    if demands is None or sites is None or conflict.smallest_p is not None:
        return answer
    from scipy.spatial import cKDTree

    furthest = float(np.max(cKDTree(sites).query(demands[conflict.demands])[0]))
    return replace(answer, conflict=conflict._replace(smallest_radius=furthest))


def _memory() -> float:
    """Largest resident memory in megabytes (10⁶ bytes)."""
    used = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return used * 1024 / 1e6


def _pairs(problem: Problem) -> int:
    costs = problem.costs
    values = costs.cost if isinstance(costs, CutLists) else costs
    return int(np.isfinite(values).sum())
