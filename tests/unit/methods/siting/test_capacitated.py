"""Capacities: never exceeded, never split where that is not allowed, and the best there is."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.optimize import linprog

from tyngdepunkt.methods.siting import capacitated
from tyngdepunkt.methods.siting.capacitated import _pairs, cflp, cpmp
from tyngdepunkt.methods.siting.capacity_bound import least_cost
from tyngdepunkt.methods.siting.covering import solve_mclp
from tyngdepunkt.methods.siting.p_median import p_median
from tyngdepunkt.methods.siting.problem import BadProblemError, Problem
from tyngdepunkt.methods.siting.programs import Solved, solve_program
from tyngdepunkt.methods.siting.result import Assignment, Deadline


def _within_capacity(problem: Problem, assignment: Assignment) -> NDArray[np.bool_]:
    """(sites,) whether each site takes no more than it can, to a relative 1e-6."""
    if problem.capacities is None:
        return np.ones(problem.sites, bool)
    load = np.bincount(
        assignment.site, assignment.share * problem.takes[assignment.demand], minlength=problem.sites
    )
    return np.asarray(load <= problem.capacities * (1 + 1e-6) + 1e-9)


@st.composite
def problems(draw):
    random = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    n, m = draw(st.integers(1, 5)), draw(st.integers(1, 4))
    costs = random.integers(0, 20, (n, m)).astype(float)
    costs[random.random((n, m)) < draw(st.sampled_from([0.0, 0.2]))] = np.inf
    loads = random.integers(0, 6, n).astype(float)
    capacities = random.integers(0, draw(st.sampled_from([6, 20])), m).astype(float)
    fixed = random.random(m) < 0.2
    return Problem(
        costs,
        np.ones(n),
        p=max(draw(st.integers(1, m)), int(fixed.sum()), 1),
        loads=loads,
        capacities=capacities,
        fixed=fixed,
        site_costs=random.integers(0, 30, m).astype(float),
        budget=draw(st.sampled_from([None, 40.0])),
    )


def allowed_sets(problem, sizes):
    fixed = set(np.flatnonzero(problem.must_open))
    for size in sizes:
        for opened in combinations(range(problem.sites), size):
            spent = problem.site_costs[list(opened)].sum()
            if fixed <= set(opened) and (problem.budget is None or spent <= problem.budget):
                yield list(opened)


def whole_cost(problem, opened):
    best = np.inf
    for to in product(opened, repeat=problem.demands):
        load = np.bincount(to, problem.takes, minlength=problem.sites)
        if (load <= problem.capacities).all():
            best = min(best, problem.costs[np.arange(problem.demands), list(to)].sum())
    return best


def split_cost(problem, opened):
    n, k = problem.demands, len(opened)
    costs = problem.costs[:, opened].ravel()
    serve = np.kron(np.eye(n), np.ones(k))
    load = np.kron(problem.takes[None, :], np.eye(k))
    limits = [(0, 0 if np.isinf(c) else None) for c in costs]
    done = linprog(
        np.where(np.isinf(costs), 0, costs),
        A_ub=load,
        b_ub=problem.capacities[opened],
        A_eq=serve,
        b_eq=np.ones(n),
        bounds=limits,
    )
    return done.fun if done.status == 0 else np.inf


def check(problem, answer, best, *, whole):
    if np.isinf(best):
        assert answer.status == "infeasible"
        return
    assert (answer.status, answer.gap) == ("optimal", 0.0)
    assert answer.objective == pytest.approx(best, abs=1e-6)
    assert _within_capacity(problem, answer.assignment).all()
    assert set(answer.assignment.site) <= set(answer.open)
    shares = np.bincount(answer.assignment.demand, answer.assignment.share, minlength=problem.demands)
    np.testing.assert_allclose(shares, 1.0)
    if whole:
        assert len(answer.assignment.demand) == problem.demands
        assert (answer.assignment.share == 1.0).all()


@settings(max_examples=60, deadline=None)
@given(problems())
def test_cpmp_is_the_best_and_never_splits(problem):
    best = min((whole_cost(problem, s) for s in allowed_sets(problem, [problem.p])), default=np.inf)
    check(problem, cpmp(problem), best, whole=True)


@settings(max_examples=60, deadline=None)
@given(problems(), st.booleans())
def test_cflp_is_the_best_split_or_whole(problem, whole):
    problem = replace(problem, p=None)
    cost = whole_cost if whole else split_cost
    best = min(
        (
            cost(problem, s) + problem.site_costs[s].sum()
            for s in allowed_sets(problem, range(1, problem.sites + 1))
        ),
        default=np.inf,
    )
    check(problem, cflp(problem, single_source=whole), best, whole=whole)


def test_a_demand_is_split_where_it_must_be_and_refused_where_it_may_not():
    problem = Problem(
        np.array([[1.0, 2.0]]), np.ones(1), loads=np.array([3.0]), capacities=np.full(2, 2.0),
        site_costs=np.zeros(2),
    )  # fmt: skip
    split = cflp(problem)
    assert split.status == "optimal"
    assert split.assignment.share == pytest.approx([2 / 3, 1 / 3])
    whole = cflp(problem, single_source=True)
    assert (whole.status, whole.conflict.demands.tolist()) == ("infeasible", [0])


def test_a_p_median_keeps_capacities_and_budget():
    costs = np.array([[0.0, 1, 9], [0, 1, 9], [9, 1, 0]])
    full = Problem(costs, np.ones(3), p=2, capacities=np.array([1.0, 2, 2]))
    answer = p_median(full)
    assert (answer.model, answer.status, answer.objective) == ("p-median", "optimal", 2.0)
    assert _within_capacity(full, answer.assignment).all()
    dear = Problem(costs, np.ones(3), p=1, site_costs=np.array([1.0, 5, 1]), budget=1.0)
    assert p_median(dear).open.tolist() == [0]


@settings(max_examples=60, deadline=None)
@given(problems())
def test_where_there_is_no_plan_the_p_and_the_budget_that_would_do_are_told(problem):
    answer = cpmp(problem)
    if answer.status != "infeasible" or (answer.conflict is not None and len(answer.conflict.demands)):
        return
    counts = range(problem.p + 1, problem.sites + 1)
    more = [p for p in counts for o in allowed_sets(problem, [p]) if np.isfinite(whole_cost(problem, o))]
    dear = [
        problem.site_costs[opened].sum()
        for opened in allowed_sets(replace(problem, budget=None), [problem.p])
        if problem.budget is not None and np.isfinite(whole_cost(problem, opened))
    ]
    told = (None, None)
    if answer.conflict is not None:
        told = (answer.conflict.smallest_p, answer.conflict.smallest_budget)
    assert told == (min(more, default=None), min(dear, default=None))


def test_a_budget_too_small_says_which_would_do():
    costs = np.array([[0.0, 1, 9], [0, 1, 9], [9, 1, 0]])
    short = {"site_costs": np.array([2.0, 3, 4]), "budget": 1.0}
    median = p_median(Problem(costs, np.ones(3), p=2, **short))
    assert (median.status, median.conflict.smallest_budget, median.conflict.smallest_p) == (
        "infeasible",
        5.0,
        None,
    )
    split = cflp(Problem(costs, np.ones(3), capacities=np.full(3, 2.0), **short))
    assert (split.status, split.conflict.smallest_budget) == ("infeasible", 5.0)


def test_what_a_model_needs_is_asked_for():
    with pytest.raises(BadProblemError, match="site costs"):
        cflp(Problem(np.ones((2, 2)), np.ones(2), capacities=np.ones(2)))
    with pytest.raises(BadProblemError, match="budget"):
        cpmp(Problem(np.ones((2, 2)), np.ones(2), p=1))


def orlib_cap(path):
    numbers = iter(path.read_text().split())
    m, n = int(next(numbers)), int(next(numbers))
    capacities, opening = np.array([[float(next(numbers)), float(next(numbers))] for _ in range(m)]).T
    loads, costs = np.empty(n), np.empty((n, m))
    for i in range(n):
        loads[i] = float(next(numbers))
        costs[i] = [float(next(numbers)) for _ in range(m)]
    return Problem(costs, np.ones(n), loads=loads, capacities=capacities, site_costs=opening)


@pytest.mark.parametrize(
    "name",
    ["cap41", "cap42", "cap43", "cap44", "cap51", *(f"cap{k}{j}" for k in (6, 7) for j in range(1, 5))],
)
def test_or_library_capacitated_sites_are_proved(name, shared_data):
    bounds = dict(
        line.split()[:2] for line in (shared_data / "orlib" / "bounds.txt").read_text().splitlines()
    )
    answer = cflp(orlib_cap(shared_data / "orlib" / f"{name}.txt"))
    assert answer.status == "optimal"
    assert answer.objective == pytest.approx(float(bounds[name]), rel=1e-8)


def pmedcap(path):
    numbers = np.array(path.read_text().split(), float)
    known, (n, p, capacity) = numbers[1], numbers[2:5].astype(int)
    rows = numbers[5:].reshape(n, 4)
    xy = rows[:, 1:3]
    costs = np.floor(np.sqrt(((xy[:, None] - xy[None]) ** 2).sum(-1)))
    return Problem(
        costs, np.ones(n), p=int(p), loads=rows[:, 3], capacities=np.full(n, float(capacity))
    ), known


@pytest.mark.parametrize("number", [1, 2])
def test_or_library_capacitated_medians_are_proved(number, shared_data):
    problem, known = pmedcap(shared_data / "orlib" / f"pmedcap{number:02d}.txt")
    answer = cpmp(problem)
    assert (answer.status, answer.objective) == ("optimal", known)
    assert _within_capacity(problem, answer.assignment).all()


def test_out_of_time_keeps_the_bound_and_is_not_called_optimal(shared_data):
    problem, known = pmedcap(shared_data / "orlib" / "pmedcap10.txt")
    deadline = Deadline(2.0)
    answer = cpmp(problem, deadline)
    assert deadline.used < 4.0
    assert answer.status in ("feasible", "no_solution_in_time")
    assert 0.97 * known <= answer.bound <= known  # that of the linear relaxation, at least


@settings(max_examples=60, deadline=None)
@given(problems(), st.booleans(), st.sampled_from(["cflp", "cpmp"]))
def test_the_quick_bound_is_finite_and_no_plan_is_below_it(problem, whole, model):
    opening = problem.site_costs if model == "cflp" else None
    problem = replace(problem, p=None if model == "cflp" else problem.p)
    pairs = _pairs(problem, whole or model == "cpmp")
    if len(np.unique(pairs.demand)) < problem.demands:
        return
    bound = least_cost(problem, pairs, opening, Deadline())
    assert np.isfinite(bound)
    answer = cpmp(problem) if model == "cpmp" else cflp(problem, single_source=whole)
    if answer.objective is not None:
        assert bound <= answer.objective + 1e-6


@settings(max_examples=30, deadline=None)
@given(problems(), st.booleans(), st.sampled_from([0.0, 1e-3]))
def test_no_time_still_tells_a_bound_and_a_plan_its_gap(problem, whole, seconds):
    for answer, proof in (
        (cpmp(problem, Deadline(seconds)), cpmp(problem)),
        (cflp(problem, Deadline(seconds), single_source=whole), cflp(problem, single_source=whole)),
        (solve_mclp(replace(problem, radius=9.0), Deadline(seconds)), None),
    ):
        if answer.status == "infeasible":
            continue
        assert np.isfinite(answer.bound)
        assert (answer.gap is not None) == (answer.objective is not None)
        assert answer.gap is None or np.isfinite(answer.gap)
        if proof is not None and proof.objective is not None:
            assert answer.bound <= proof.objective + 1e-6


@pytest.mark.parametrize("state", ["unknown", "feasible"])
def test_a_program_that_proves_nothing_leaves_the_quick_bound(state, shared_data, monkeypatch):
    problem, known = pmedcap(shared_data / "orlib" / "pmedcap01.txt")
    plan = solve_program_of(problem).x if state == "feasible" else None
    silent = Solved(state, plan, -np.inf, 0)
    monkeypatch.setattr(capacitated, "solve_program", lambda *_: silent)
    answer = cpmp(problem, Deadline(20.0))
    assert answer.status == ("feasible" if state == "feasible" else "no_solution_in_time")
    assert 0.95 * known <= answer.bound <= known
    assert state == "unknown" or 0 < answer.gap < 0.05


def solve_program_of(problem):
    return solve_program(capacitated._program(problem, _pairs(problem, True), True, None), Deadline(60.0))
