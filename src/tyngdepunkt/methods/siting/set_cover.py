"""Set covering: the fewest sites that leave nobody beyond a radius, and the smallest radius for p sites.

LSCP (Toregas, Swain, ReVelle and Bergman 1971): demands that the same sites cover, demands covered whenever
another one is, and sites that another can replace are taken out; HiGHS solves the rest. The p-centre
(Minieka 1970) is found by bisection over the costs that occur: p sites reach everyone within a cost exactly
when the set covering at that cost needs no more than p.

Every demand counts, also one that weighs nothing.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from tyngdepunkt.methods.siting.cover_sets import Cover, dominated, gram, merged, narrowed, within
from tyngdepunkt.methods.siting.cover_start import Limits, greedy
from tyngdepunkt.methods.siting.covering import nearest
from tyngdepunkt.methods.siting.covering_room import (
    assigned,
    fewest_with_room,
    pairs_of,
)
from tyngdepunkt.methods.siting.problem import BadProblemError, CutLists, Flaw, Problem, unreachable
from tyngdepunkt.methods.siting.programs import Program, solve_program
from tyngdepunkt.methods.siting.result import Answer, Assignment, Conflict, Deadline, Plan, found, nothing
from tyngdepunkt.methods.validation import Bools, Floats, Ints

_MOST_COMPARED = 5000
"""Most classes for which every pair is looked at."""


class Fewest(NamedTuple):
    """The cheapest cover of everyone.

    Attributes:
        open: sites, ascending; None where there is none, or none was found in time.
        bound: no cover costs less.
        proved: whether the answer, a cover or that there is none, is certain.
        nodes: nodes of the tree.
    """

    open: Ints | None
    bound: float
    proved: bool
    nodes: int
    served: Assignment | None = None


def solve_lscp(problem: Problem, deadline: Deadline | None = None, existing_first: bool = False) -> Answer:
    """The fewest sites that leave nobody beyond the radius.

    Args:
        problem: with `radius`; `p` and `budget`, where given, are the most that may be opened and spent.
        deadline: when to hand over the best found; none for as long as it takes.
        existing_first: among the smallest plans, one that opens fewest new sites.

    Raises:
        BadProblemError: no radius, or a budget without costs.
    """
    deadline = deadline or Deadline()
    if problem.radius is None:
        raise BadProblemError([Flaw("covering needs a radius")])
    beyond = _beyond(problem, problem.radius)
    if len(beyond):
        needed = _smallest_reach(problem)
        conflict = Conflict(beyond, smallest_radius=needed if np.isfinite(needed) else None)
        return nothing("lscp", "infeasible", conflict=conflict, seconds=deadline.used)
    most = problem.sites + 1.0
    cost = np.full(problem.sites, most) + (problem.new_sites if existing_first else 0.0)
    fewest = cheapest_cover(problem, problem.radius, deadline, cost)
    short = problem.sites / most if existing_first else 0.0
    bound = max(1.0, float(np.ceil(fewest.bound / most - 1e-6 - short)))
    if fewest.open is None:
        return _no_cover(problem, fewest, deadline, bound)
    count = float(len(fewest.open))
    served = nearest(problem, fewest.open) if fewest.served is None else fewest.served
    told = count if fewest.proved else min(count, bound)
    return found("lscp", Plan(count, fewest.open), told, served, nodes=fewest.nodes, seconds=deadline.used)


def solve_p_center(
    problem: Problem, deadline: Deadline | None = None, existing_first: bool = False
) -> Answer:
    """The sites that make the largest cost anyone has as small as it can be.

    Args:
        problem: with `p`; costs count as they are, not weighted.
        deadline: when to hand over the best found; none for as long as it takes.
        existing_first: among the best plans, one that opens fewest new sites.

    Raises:
        BadProblemError: p is missing.
    """
    deadline = deadline or Deadline()
    if problem.p is None:
        raise BadProblemError([Flaw("p-center needs p")])
    lost = unreachable(problem)
    if len(lost):
        return nothing("p-center", "infeasible", conflict=Conflict(lost), seconds=deadline.used)
    return _Bisection(problem, deadline, existing_first).run()


class _Bisection:
    """Between a cost that is too small for p sites and one that is enough."""

    def __init__(self, problem: Problem, deadline: Deadline, existing_first: bool) -> None:
        self.problem, self.deadline, self.existing_first = problem, deadline, existing_first
        self.nodes = 0
        self.plan: Ints | None = None
        self.served: Assignment | None = None
        self.most = problem.sites + 1.0
        self.cost = np.ones(problem.sites)

    def run(self) -> Answer:
        low = _smallest_reach(self.problem)
        levels = self._levels(low)
        first, last, sure = 0, len(levels), True
        # `last` is the first level known to be enough; levels before `first` are known to be too small.
        last = self._by_greedy(levels)
        while first < last and not self.deadline.passed:
            middle = (first + last) // 2
            enough = self._enough(float(levels[middle]))
            if enough is None:
                sure = False
                break
            first, last = (first, middle) if enough else (middle + 1, last)
        if last == len(levels):
            return self._nothing(first == last and sure, levels)
        return self._answer(float(levels[last]), float(levels[min(first, last)]))

    def _levels(self, low: float) -> Floats:
        costs = self.problem.costs
        values = costs.cost if isinstance(costs, CutLists) else costs
        near = values[(values >= low) & np.isfinite(values)]
        return np.unique(np.asarray(near, np.float64))

    def _by_greedy(self, levels: Floats) -> int:
        """The smallest level at which greedy covers everyone with p sites."""
        if self.problem.capacities is not None:
            return len(levels)
        first, last = 0, len(levels)
        while first < last and not self.deadline.passed:
            middle = (first + last) // 2
            plan = greedy_cover(self.problem, float(levels[middle]))
            if len(plan) <= (self.problem.p or 0) and _affordable(self.problem, plan):
                self.plan, last = plan, middle
            else:
                first = middle + 1
        return last

    def _enough(self, radius: float) -> bool | None:
        """Whether p sites are enough for a radius; None where time ran out."""
        fewest = cheapest_cover(self.problem, radius, self.deadline, self.cost, stop_at=self.problem.p)
        self.nodes += fewest.nodes
        if fewest.open is not None and len(fewest.open) <= (self.problem.p or 0):
            self.plan, self.served = fewest.open, fewest.served
            return True
        return False if fewest.proved or fewest.bound > (self.problem.p or 0) + 1e-6 else None

    def _answer(self, radius: float, bound: float) -> Answer:
        assert self.plan is not None  # noqa: S101 - a level that is enough has a plan
        if self.existing_first and radius == bound:
            cost = self.problem.new_sites.astype(float)
            fewer = cheapest_cover(self.problem, radius, self.deadline, cost)
            if fewer.open is not None:
                self.plan, self.served = fewer.open, fewer.served
        everywhere = _at_radius(self.problem, None)
        served = nearest(everywhere, self.plan) if self.served is None else self.served
        reached = float(served.cost.max(initial=0.0))
        return found(
            "p-center",
            Plan(reached, self.plan),
            min(bound, reached),
            served,
            nodes=self.nodes,
            seconds=self.deadline.used,
        )

    def _nothing(self, proved: bool, levels: Floats) -> Answer:
        if not proved:
            return nothing(
                "p-center", "no_solution_in_time", bound=float(levels[0]), seconds=self.deadline.used
            )
        return nothing(
            "p-center",
            "infeasible",
            conflict=conflict_of(self.problem, float(levels[-1]), self.deadline, find_radius=False),
            seconds=self.deadline.used,
        )


def cheapest_cover(
    problem: Problem, radius: float, deadline: Deadline, cost: Floats, stop_at: int | None = None
) -> Fewest:
    """The sites of least cost that leave nobody beyond a radius, within p and the budget where given.

    Args:
        problem: demands, sites and limits.
        radius: how far is near enough.
        deadline: when to hand over.
        cost: (sites,) what is summed.
        stop_at: a cover of so many sites is good enough, however it was found.
    """
    if problem.capacities is not None:
        return _with_room(problem, radius, deadline, cost)
    cover, _ = merged(within(problem.costs, radius), np.ones(problem.demands))
    fixed = np.flatnonzero(problem.must_open)
    plan = greedy_cover(problem, radius)
    if stop_at is not None and len(plan) <= stop_at and _affordable(problem, plan):
        return Fewest(np.sort(plan), 0.0, True, 0)
    free = np.flatnonzero(~problem.must_open)
    rest, _ = narrowed(cover, free, cover.covered(fixed))
    dear = [cost[free]] if problem.site_costs is None else [cost[free], problem.site_costs[free]]
    rest, free = _smallest(rest, free, dear)
    solved = _solved_cover(problem, rest, free, plan, deadline, cost)
    few = problem.p is None or len(plan) <= problem.p
    if solved.open is None and not solved.proved and few and _affordable(problem, plan):
        return solved._replace(open=np.sort(plan))  # time was up before HiGHS had one
    return solved


def _solved_cover(
    problem: Problem, rest: Cover, free: Ints, plan: Ints, deadline: Deadline, cost: Floats
) -> Fewest:
    from scipy import sparse

    fixed = np.flatnonzero(problem.must_open)
    rows, low, high = [rest.matrix], [np.ones(rest.classes)], [np.full(rest.classes, np.inf)]
    for row, most in _left(problem, free, fixed):
        rows.append(sparse.csr_array(row[None, :]))
        low.append(np.array([-np.inf]))
        high.append(np.array([most]))
    program = Program(
        cost[free],
        np.zeros(len(free)),
        np.ones(len(free)),
        np.ones(len(free), bool),
        sparse.vstack(rows, format="csr"),
        np.concatenate(low),
        np.concatenate(high),
    )
    start = np.isin(free, plan).astype(float)
    fits = bool(
        (program.rows @ start >= program.row_low).all() and (program.rows @ start <= program.row_high).all()
    )
    solved = solve_program(program, deadline, start if fits else None)
    if solved.state == "infeasible":
        return Fewest(None, np.inf, True, solved.nodes)
    bound = solved.bound + float(cost[fixed].sum())
    if solved.x is None:
        return Fewest(None, bound, False, solved.nodes)
    opened = np.sort(np.append(fixed, free[solved.x > 0.5]))
    return Fewest(opened, bound, solved.state == "optimal", solved.nodes)


def _with_room(problem: Problem, radius: float, deadline: Deadline, cost: Floats) -> Fewest:
    solved = fewest_with_room(problem, radius, deadline, cost)
    if solved.x is None:
        return Fewest(None, solved.bound, solved.state == "infeasible", solved.nodes)
    served = assigned(problem, pairs_of(problem, radius), solved.x)
    opened = np.flatnonzero(solved.x[: problem.sites] > 0.5)
    return Fewest(opened, solved.bound, solved.state == "optimal", solved.nodes, served)


def _left(problem: Problem, free: Ints, fixed: Ints) -> list[tuple[Floats, float]]:
    """Count and budget for the free sites."""
    limits = []
    if problem.p is not None:
        limits.append((np.ones(len(free)), float(problem.p - len(fixed))))
    if problem.budget is not None and problem.site_costs is not None:
        limits.append((problem.site_costs[free], problem.budget - float(problem.site_costs[fixed].sum())))
    return limits


def _affordable(problem: Problem, plan: Ints) -> bool:
    if problem.budget is None or problem.site_costs is None:
        return True
    return float(problem.site_costs[plan].sum()) <= problem.budget * (1 + 1e-12)


def _smallest(cover: Cover, sites: Ints, costs: list[Floats]) -> tuple[Cover, Ints]:
    """Without sites another can replace and demands that are covered whenever another is, in turns."""
    while cover.classes and cover.sites:
        kept = np.flatnonzero(~dominated(cover, np.array(costs).T))
        size = cover.classes, cover.sites
        cover, _ = narrowed(cover, kept)
        sites, costs = sites[kept], [each[kept] for each in costs]
        if cover.classes <= _MOST_COMPARED:
            needed = np.flatnonzero(~_follows(cover))
            cover = Cover(cover.matrix[needed], cover.weights[needed])
        if (cover.classes, cover.sites) == size:
            break
    return cover, sites


def _follows(cover: Cover) -> Bools:
    """(classes,) classes that are covered whenever some other class is: they have all its sites."""
    upper = np.triu(gram(cover.turned, np.ones(cover.sites)))
    both = upper + np.triu(upper, 1).T
    wider = both >= np.diag(both)[None, :] - 0.5
    np.fill_diagonal(wider, False)
    return np.asarray(wider.any(axis=1))


def greedy_cover(problem: Problem, radius: float) -> Ints:
    """Sites that cover everyone in reach of any, fixed ones first; the one that covers most each time."""
    cover, _ = merged(within(problem.costs, radius), np.ones(problem.demands))
    fixed = np.flatnonzero(problem.must_open)
    free = np.flatnonzero(~problem.must_open)
    rest, _ = narrowed(cover, free, cover.covered(fixed))
    if not rest.classes:
        return fixed
    limits = Limits(np.ones((1, len(free))), np.array([float(len(free))]), np.zeros(len(free)))
    return np.append(fixed, free[greedy(rest, limits)])


def _beyond(problem: Problem, radius: float) -> Ints:
    return np.flatnonzero(np.diff(within(problem.costs, radius).indptr) == 0)


def _smallest_reach(problem: Problem) -> float:
    """The largest of the smallest costs: no radius below it serves everyone, whatever is opened."""
    costs = problem.costs
    if not isinstance(costs, CutLists):
        return float(np.asarray(costs.min(axis=1), np.float64).max())
    least = np.full(problem.demands, np.inf)
    np.minimum.at(least, costs.demand(), costs.cost)
    return float(least.max())


def _at_radius(problem: Problem, radius: float | None, p: int | None = None) -> Problem:
    """The same problem with another radius, and with another p where one is named."""
    from dataclasses import replace

    return replace(problem, radius=radius, p=problem.p if p is None else p)


def _no_cover(problem: Problem, fewest: Fewest, deadline: Deadline, bound: float) -> Answer:
    assert problem.radius is not None  # noqa: S101 - refused before
    if not fewest.proved:
        return nothing("lscp", "no_solution_in_time", bound=bound, seconds=deadline.used)
    conflict = conflict_of(problem, problem.radius, deadline, find_radius=True)
    return nothing("lscp", "infeasible", conflict=conflict, seconds=deadline.used)


def conflict_of(problem: Problem, radius: float, deadline: Deadline, find_radius: bool) -> Conflict:
    """Why p sites or the budget are not enough for a radius, and the smallest limit that would do.

    The demands named are such that no two have a site in common, where more than p of these are found: that
    alone proves it.
    """
    from dataclasses import replace

    free = replace(problem, p=None, budget=None)
    smallest_p = smallest_budget = smallest_radius = None
    if problem.p is not None:
        fewest = cheapest_cover(
            replace(free, budget=problem.budget), radius, deadline, np.ones(problem.sites)
        )
        if fewest.open is not None and fewest.proved:
            smallest_p = len(fewest.open)
    if problem.budget is not None and problem.site_costs is not None:
        cheapest = cheapest_cover(replace(free, p=problem.p), radius, deadline, problem.site_costs)
        if cheapest.open is not None and cheapest.proved:
            smallest_budget = float(problem.site_costs[cheapest.open].sum())
    if find_radius and problem.p is not None:
        center = solve_p_center(replace(problem, radius=None), deadline)
        smallest_radius = center.objective if center.status == "optimal" else None
    return Conflict(apart(problem, radius), smallest_radius, smallest_p, smallest_budget)


def apart(problem: Problem, radius: float) -> Ints:
    """Demands of which no two have a site in common, fewest sites first; at most one more than p."""
    near = within(problem.costs, radius)
    order = np.argsort(np.diff(near.indptr), kind="stable")
    taken = np.zeros(problem.sites, bool)
    found: list[int] = []
    for demand in order:
        mine = near.indices[near.indptr[demand] : near.indptr[demand + 1]]
        if not taken[mine].any():
            taken[mine] = True
            found.append(int(demand))
            if problem.p is not None and len(found) > problem.p:
                break
    return np.array(sorted(found), np.int64)
