"""From an instance to an answer with all that lies around it."""

from __future__ import annotations

import resource
from contextlib import nullcontext
from dataclasses import replace

import numpy as np

from tyngdepunkt.analyses.contract import Setting
from tyngdepunkt.analyses.siting.instance import Instance
from tyngdepunkt.analyses.siting.marks import ROOM, Notice
from tyngdepunkt.analyses.siting.problem import problem_of
from tyngdepunkt.analyses.siting.question import Question
from tyngdepunkt.analyses.siting.resolve import Asked
from tyngdepunkt.analyses.siting.result import Result, Site, result_of
from tyngdepunkt.errors import Fault, UserError
from tyngdepunkt.methods.siting.around import around
from tyngdepunkt.methods.siting.curve import curve
from tyngdepunkt.methods.siting.existing_first import existing_first
from tyngdepunkt.methods.siting.kernels import uncompiled
from tyngdepunkt.methods.siting.near_best import NearBest, near_best
from tyngdepunkt.methods.siting.p_median import p_median
from tyngdepunkt.methods.siting.parts import Solve
from tyngdepunkt.methods.siting.problem import BadProblemError, Problem
from tyngdepunkt.methods.siting.result import Answer, Deadline, Tolerance
from tyngdepunkt.methods.siting.tolerance import tolerance

LARGEST = ("mclp",)
"""Models whose objective is to be large."""
CUT = ("near_best_cut", "near_best_unproved", "curve_cut", "existing_first_unproved")
"""Notices of what more time might have brought."""


def run(asked: Asked, setting: Setting) -> Result:
    """Solve, and tell what lies around the plan.

    Raises:
        UserError: the figures or the parameters do not fit together.
    """
    instance, question = asked.instance, asked.question
    try:
        with nullcontext() if setting.most_seconds is None else uncompiled():
            problem, answer, notices = _solved(asked)
    except BadProblemError as error:
        values = {"flaws": [str(flaw) for flaw in error.flaws], "model": question.model}
        raise UserError(Fault(f"{ROOM}:refused", values, asked.name)) from error
    notices = (*notices, *_held(asked, answer, notices))
    used = (asked.deadline.used, _memory())
    return result_of(Site(instance, problem, answer), notices, asked.made, used, setting.lang)


def _solved(asked: Asked) -> tuple[Problem, Answer, tuple[Notice, ...]]:
    instance, question = asked.instance, asked.question
    problem = problem_of(instance, question)
    solve = solver(problem, question)
    answer, told_first = _first(problem, question, solve, asked.deadline)
    answer = around(problem, _with_reach(instance, answer))
    answer, more = _beside(problem, answer, asked, solve)
    return problem, answer, (*asked.notices, *told_first, *more)


def _held(asked: Asked, answer: Answer, notices: tuple[Notice, ...]) -> list[Notice]:
    """That the machine that answers gave less time than was asked for, where that cut the answer."""
    unproved = answer.status in ("feasible", "no_solution_in_time")
    cut = unproved or any(each.key in CUT for each in notices)
    if asked.held is None or not cut or not asked.deadline.passed:
        return []
    return [Notice("held_to", {"seconds": asked.held})]


def solver(problem: Problem, ask: Question) -> Solve | None:
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
    problem: Problem, ask: Question, solve: Solve | None, deadline: Deadline
) -> tuple[Answer, list[Notice]]:
    """The best plan; covering models see to existing sites themselves."""
    if ask.existing_first and ask.model in ("p-median", "cflp", "cpmp") and problem.existing is not None:
        answer, proved = existing_first(problem, deadline, solve=solve)
        unproved = answer.objective is not None and not proved
        return answer, [Notice("existing_first_unproved", {})] if unproved else []
    return (p_median if solve is None else solve)(problem, deadline), []


def _beside(
    problem: Problem, answer: Answer, asked: Asked, solve: Solve | None
) -> tuple[Answer, list[Notice]]:
    """Near-best plans, tolerance and curve, as far as they were asked for and time allows."""
    notices: list[Notice] = []
    ask, deadline = asked.question, asked.deadline
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
    if asked.curve is not None and problem.p is not None:
        first, last = asked.curve
        points = curve(problem, first, last, deadline, solve=solve)
        answer = replace(answer, curve=points)
        if len(points) < last - first + 1:
            notices.append(Notice("curve_cut", {"count": len(points), "asked": last - first + 1}))
    return answer, notices


def _tolerance(problem: Problem, answer: Answer, listed: NearBest, ask: Question) -> Tolerance | None:
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
