"""Whether p sites can serve every demand at all, asked before a p-median with forbidden pairs is searched.

The search gives an unserved demand a price, and that price makes its bound weak: where p is too small it
would use up its time without an answer. The fewest sites that serve everyone (a set cover, Toregas et al.
1971) are known much sooner.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from tyngdepunkt.methods.siting.lists import rows_of
from tyngdepunkt.methods.siting.problem import CutLists, Problem
from tyngdepunkt.methods.siting.result import Conflict, Deadline
from tyngdepunkt.methods.siting.set_cover import apart, cheapest_cover, greedy_cover
from tyngdepunkt.methods.validation import Ints

_SHARE, _LONGEST = 1 / 3, 60.0
"""Part of the time left, and seconds, for the set cover; the search comes after it where it is not enough."""
_AT_ONCE = 4_000_000


class Reach(NamedTuple):
    """What is known before the search.

    Attributes:
        conflict: the proof that there is no plan; None where there is one, or it could not be told in time.
        plan: sites that serve everyone, at most p and the fixed ones among them; None where the first plan
            of the search will do, or none was found.
    """

    conflict: Conflict | None = None
    plan: Ints | None = None


def reach(problem: Problem, deadline: Deadline) -> Reach:
    """Whether p sites can serve every demand that weighs something.

    Args:
        problem: with `p`; every demand has a site.
        deadline: of the whole search; only a part of it is used here.
    """
    rows = _choosy(problem)
    if not len(rows):
        return Reach()
    part = _part(problem, rows)
    if len(greedy_cover(part, np.inf)) <= (problem.p or 0):
        return Reach()
    limit = Deadline(min(_LONGEST, _SHARE * deadline.left))
    fewest = cheapest_cover(part, np.inf, limit, np.ones(problem.sites))
    if fewest.open is not None and len(fewest.open) <= (problem.p or 0):
        return Reach(plan=fewest.open)
    single = apart(part, np.inf)
    if len(single) <= (problem.p or 0) and fewest.bound <= (problem.p or 0) + 1e-6:
        return Reach()
    needed = len(fewest.open) if fewest.open is not None and fewest.proved else None
    return Reach(Conflict(rows[single], smallest_p=needed))


def conflict(problem: Problem, deadline: Deadline) -> Conflict:
    """Demands no two of which share a site, taken one by one, and the fewest sites that would serve all.

    More such demands than sites to open are a proof by themselves; fewer are where to look first.
    """
    rows = _choosy(problem)
    part = _part(problem, rows)
    fewest = cheapest_cover(part, np.inf, deadline, np.ones(problem.sites))
    needed = len(fewest.open) if fewest.open is not None and fewest.proved else None
    return Conflict(rows[apart(part, np.inf)], smallest_p=needed)


def _part(problem: Problem, rows: Ints) -> Problem:
    return Problem(rows_of(problem.costs, rows), np.ones(len(rows)), fixed=problem.fixed)


def _choosy(problem: Problem) -> Ints:
    """Demands that weigh something and that not every site may serve."""
    costs = problem.costs
    if isinstance(costs, CutLists):
        count = np.bincount(costs.demand()[np.isfinite(costs.cost)], minlength=problem.demands)
    else:
        step = max(1, _AT_ONCE // problem.sites)
        parts = range(0, problem.demands, step)
        count = np.concatenate([np.isfinite(costs[at : at + step]).sum(axis=1) for at in parts])
    return np.flatnonzero((count < problem.sites) & (problem.weights > 0))
