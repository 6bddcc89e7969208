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
from tyngdepunkt.analyses.siting.resolve import Asked
from tyngdepunkt.analyses.siting.result import Result, Site, result_of
from tyngdepunkt.errors import Fault, UserError
from tyngdepunkt.methods.siting.around import around
from tyngdepunkt.methods.siting.kernels import uncompiled
from tyngdepunkt.methods.siting.problem import BadProblemError, Problem
from tyngdepunkt.methods.siting.result import Answer
from tyngdepunkt.methods.siting.solving import Wanted, beside, best

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
    wanted = Wanted(
        question.model, question.existing_first, question.single_source, question.near_best, asked.curve
    )
    answer, proved = best(problem, wanted, asked.deadline)
    told = [] if proved else [Notice("existing_first_unproved", {})]
    answer = around(problem, _with_reach(instance, answer))
    answer = beside(problem, answer, wanted, asked.deadline)
    return problem, answer, (*asked.notices, *told, *_cut(answer, asked))


def _held(asked: Asked, answer: Answer, notices: tuple[Notice, ...]) -> list[Notice]:
    """That the machine that answers gave less time than was asked for, where that cut the answer."""
    unproved = answer.status in ("feasible", "no_solution_in_time")
    cut = unproved or any(each.key in CUT for each in notices)
    if asked.held is None or not cut or not asked.deadline.passed:
        return []
    return [Notice("held_to", {"seconds": asked.held})]


def _cut(answer: Answer, asked: Asked) -> list[Notice]:
    """What of near-best plans and curve time did not allow."""
    notices, found, wanted = [], len(answer.near_best), asked.question.near_best
    if wanted and answer.status != "optimal" and answer.objective is not None:
        notices.append(Notice("near_best_unproved", {}))
    elif wanted and answer.status == "optimal" and found < wanted and asked.deadline.passed:
        notices.append(Notice("near_best_cut", {"count": found, "asked": wanted}))
    if asked.curve is not None:
        points, whole = len(answer.curve), asked.curve[1] - asked.curve[0] + 1
        if points < whole:
            notices.append(Notice("curve_cut", {"count": points, "asked": whole}))
    return notices


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
