"""What each number of sites can reach at best."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from tyngdepunkt.methods.siting.p_median import p_median
from tyngdepunkt.methods.siting.parts import Solve
from tyngdepunkt.methods.siting.problem import Problem
from tyngdepunkt.methods.siting.result import CurvePoint, Deadline
from tyngdepunkt.methods.validation import Ints


def curve(
    problem: Problem, first: int, last: int, deadline: Deadline | None = None, *, solve: Solve | None = None
) -> tuple[CurvePoint, ...]:
    """The best objective for each p from `first` to `last`.

    Numbers of sites that have no plan, and those there is no time for, are left out. Time left is shared
    evenly among those to come.

    Args:
        problem: the question; its own p does not count.
        first: the least number of sites.
        last: the largest.
        deadline: when to hand over.
        solve: the method of the model; None for the p-median, where each search begins at the plan before.

    Returns:
        One point per p that has a plan, the fewest sites first.
    """
    deadline = deadline or Deadline()
    points: list[CurvePoint] = []
    start: Ints | None = None
    least = first
    for p in range(first, last + 1):
        if deadline.passed:
            break
        if p < least:
            continue
        share = deadline.left / (last + 1 - p)
        part = Deadline(None if np.isinf(share) else share)
        wanted = replace(problem, p=p)
        answer = p_median(wanted, part, start=start) if solve is None else solve(wanted, part)
        if answer.conflict is not None and answer.conflict.smallest_p is not None:
            least = answer.conflict.smallest_p
        if answer.objective is not None and answer.bound is not None:
            points.append(CurvePoint(p, answer.objective, answer.bound, answer.open))
            spare = np.setdiff1d(np.arange(problem.sites), answer.open)
            start = np.append(answer.open, spare[:1])
    return tuple(points)
