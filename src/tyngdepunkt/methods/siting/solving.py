"""One way to ask for any of the models: `solve` from arrays, `solved` from a problem that is made already."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from tyngdepunkt.methods.siting.around import around
from tyngdepunkt.methods.siting.curve import curve as curve_of
from tyngdepunkt.methods.siting.existing_first import existing_first as with_existing_first
from tyngdepunkt.methods.siting.near_best import NearBest, near_best
from tyngdepunkt.methods.siting.p_median import p_median
from tyngdepunkt.methods.siting.parts import Solve
from tyngdepunkt.methods.siting.problem import BadProblemError, Costs, Flaw, Problem
from tyngdepunkt.methods.siting.result import Answer, Deadline, Model, Tolerance
from tyngdepunkt.methods.siting.tolerance import tolerance
from tyngdepunkt.methods.validation import Floats

NEEDS_P = ("p-median", "p-center", "cpmp")
NEEDS_RADIUS = ("mclp", "lscp")
NEEDS_CAPACITIES = ("cpmp",)
LARGEST = ("mclp",)
"""Models whose objective is to be large."""
SEES_TO_EXISTING = ("mclp", "lscp", "p-center")
"""Models that put existing sites first by themselves."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked of a problem.

    Args:
        model: which of the six.
        existing_first: as few new sites as possible; this and the rest as `solve` takes them.
        single_source: no demand is split.
        near_best: how many of the best other plans.
        curve: first and last p.
    """

    model: Model = "p-median"
    existing_first: bool = False
    single_source: bool = False
    near_best: int = 0
    curve: tuple[int, int] | None = None


def solve(
    costs: Costs,
    weights: Floats,
    model: Model = "p-median",
    *,
    existing_first: bool = False,
    single_source: bool = False,
    near_best: int = 0,
    curve: tuple[int, int] | None = None,
    time_limit: float | None = None,
    **given: Any,
) -> Answer:
    """The best plan of a model, how good it is proved to be, and what lies around it.

    Args:
        costs: (demands, sites), any unit, infinity for a forbidden pair; or `CutLists`.
        weights: (demands,) how much each demand counts.
        model: `p-median`, `mclp`, `lscp`, `p-center`, `cflp` or `cpmp`.
        existing_first: as few new sites as possible among the plans of the best objective.
        single_source: no demand is split; only `cflp` splits without it.
        near_best: how many of the best other plans; with the first of them comes the tolerance.
        curve: first and last p of the best objectives for each number of sites.
        time_limit: seconds by the wall clock from now; None for no limit.
        given: `p`, `radius`, `capacities` and all else that a `Problem` has, by name.

    Raises:
        BadProblemError: all that is wrong with the figures, or what the model needs and was not given.

    >>> import numpy as np
    >>> line = np.abs(np.arange(5.0)[:, None] - np.arange(5.0))
    >>> answer = solve(line, np.ones(5), p=2)
    >>> answer.status, answer.objective, answer.gap
    ('optimal', 3.0, 0.0)
    """
    deadline = Deadline(time_limit)
    problem = Problem(costs, weights, **given)
    lacking = [
        Flaw(f"{model} needs {name}")
        for name, models in (("p", NEEDS_P), ("radius", NEEDS_RADIUS), ("capacities", NEEDS_CAPACITIES))
        if model in models and getattr(problem, name) is None
    ]
    if lacking:
        raise BadProblemError(lacking)
    wanted = Wanted(model, existing_first, single_source, near_best, curve)
    answer, _ = best(problem, wanted, deadline)
    return beside(problem, around(problem, answer), wanted, deadline)


def method_of(problem: Problem, wanted: Wanted) -> Solve | None:
    """The method of a model; None for a p-median without limits, which has a search of its own."""
    if wanted.model == "mclp":
        from tyngdepunkt.methods.siting.covering import solve_mclp

        return lambda problem, deadline: solve_mclp(problem, deadline, wanted.existing_first)
    if wanted.model in ("lscp", "p-center"):
        from tyngdepunkt.methods.siting import set_cover

        method = set_cover.solve_lscp if wanted.model == "lscp" else set_cover.solve_p_center
        return lambda problem, deadline: method(problem, deadline, wanted.existing_first)
    if wanted.model in ("cflp", "cpmp"):
        from tyngdepunkt.methods.siting import capacitated

        if wanted.model == "cpmp":
            return capacitated.cpmp
        return lambda problem, deadline: capacitated.cflp(
            problem, deadline, single_source=wanted.single_source
        )
    return None if problem.capacities is None and problem.budget is None else p_median


def best(problem: Problem, wanted: Wanted, deadline: Deadline) -> tuple[Answer, bool]:
    """The best plan, and whether it is proved that no plan as good opens fewer new sites.

    The second is True where that was not asked for.
    """
    method = method_of(problem, wanted)
    ordered = wanted.existing_first and wanted.model not in SEES_TO_EXISTING
    if ordered and problem.existing is not None:
        answer, proved = with_existing_first(problem, deadline, solve=method)
        return answer, proved or answer.objective is None
    return (p_median if method is None else method)(problem, deadline), True


def beside(problem: Problem, answer: Answer, wanted: Wanted, deadline: Deadline) -> Answer:
    """The answer with near-best plans, tolerance and curve, as far as was asked for and time allows.

    Without a proof of the best there are no near-best plans; a list that time cut is shorter than asked for.
    """
    method = method_of(problem, wanted)
    if wanted.near_best and answer.status == "optimal":
        largest = wanted.model in LARGEST
        listed = near_best(
            problem, wanted.near_best + 1, deadline, solve=method, best=answer, largest=largest
        )
        listed = listed._replace(plans=listed.plans[: max(1, listed.sure)])
        found = _tolerance(problem, answer, listed, wanted.model)
        answer = replace(answer, near_best=listed.plans[1:], tolerance=found)
    if wanted.curve is not None and problem.p is not None:
        answer = replace(answer, curve=curve_of(problem, *wanted.curve, deadline, solve=method))
    return answer


def _tolerance(problem: Problem, answer: Answer, listed: NearBest, model: Model) -> Tolerance | None:
    """What the distance to the next plan allows: changes of so many percent cannot turn the order.

    With best z and next z′, every weight (mclp) or distance (p-center) may change by
    |z − z′| / (z + z′) at once and against the plan.
    """
    if len(listed.plans) < 2 or answer.objective is None:
        return None
    if model == "p-median" and problem.capacities is None and problem.budget is None:
        return tolerance(problem, plans=listed)
    apart = abs(listed.plans[1].objective - answer.objective)
    both = answer.objective + listed.plans[1].objective
    percent = 100 * apart / both if both else 0.0
    rival = apart / answer.objective if answer.objective else None
    return Tolerance(
        rival,
        percent if model == "p-center" else None,
        percent if model == "mclp" else None,
    )
