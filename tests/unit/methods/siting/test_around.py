"""Near-best plans, tolerance, the curve, existing sites first, and who is worse off."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations, pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tyngdepunkt.methods.siting.around import closed_sites, fairness, worst_served
from tyngdepunkt.methods.siting.capacitated import cpmp
from tyngdepunkt.methods.siting.covering import nearest, solve_mclp
from tyngdepunkt.methods.siting.curve import curve
from tyngdepunkt.methods.siting.existing_first import existing_first
from tyngdepunkt.methods.siting.near_best import near_best
from tyngdepunkt.methods.siting.p_median import p_median, value_of
from tyngdepunkt.methods.siting.problem import Problem
from tyngdepunkt.methods.siting.result import Deadline, Plan
from tyngdepunkt.methods.siting.tolerance import rival_cost_change, rival_weight_change, tolerance


def all_plans(problem):
    """Every plan with its objective, cheapest first; impossible ones left out."""
    plans = combinations(range(problem.sites), problem.p)
    fixed = set(np.flatnonzero(problem.must_open))
    valued = [(value_of(problem, np.array(plan))[0], plan) for plan in plans if fixed <= set(plan)]
    return sorted(pair for pair in valued if np.isfinite(pair[0]))


@st.composite
def problems(draw):
    random = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    n, m = draw(st.integers(1, 10)), draw(st.integers(2, 7))
    costs = random.random((n, m)) * 10 if draw(st.booleans()) else random.integers(0, 4, (n, m)).astype(float)
    if draw(st.booleans()):
        costs[random.random((n, m)) < 0.2] = np.inf
    weights = random.integers(0, 3, n).astype(float) if draw(st.booleans()) else random.random(n) + 0.1
    existing = random.random(m) < 0.5
    fixed = np.zeros(m, bool)
    fixed[0] = draw(st.booleans())
    return Problem(costs, weights, p=draw(st.integers(1, m - 1)), existing=existing, fixed=fixed)


@settings(max_examples=6, deadline=None)  # each searches dozens of parts
@given(problems(), st.integers(1, 4))
def test_the_k_best_plans_are_listed_and_none_is_left_out(problem, k):
    every = all_plans(problem)
    listed = near_best(problem, k)
    assert len(listed.plans) == min(k, len(every))
    assert len({tuple(plan.open) for plan in listed.plans}) == len(listed.plans)
    np.testing.assert_allclose(
        [plan.objective for plan in listed.plans], [v for v, _ in every[:k]], rtol=2e-9
    )
    rest = every[k][0] if len(every) > k else np.inf
    assert listed.floor <= rest * (1 + 1e-9) + 1e-12


def test_near_best_out_of_time_claims_nothing():
    costs = np.random.default_rng(3).random((80, 80))
    listed = near_best(Problem(costs, np.ones(80), p=6), 5, Deadline(0.0))
    truth = near_best(Problem(costs, np.ones(80), p=6), 5)
    assert listed.floor <= truth.plans[0].objective * (1 + 1e-9)


@settings(max_examples=60, deadline=None)
@given(problems(), st.integers(0, 2**32 - 1))
def test_changes_below_the_tolerance_leave_the_plan_the_best(problem, seed):
    random = np.random.default_rng(seed)
    every = all_plans(problem)
    if not every:
        return
    listed = near_best(problem, 3)
    told = tolerance(problem, plans=listed)
    plan = listed.plans[0].open
    for _ in range(5):
        t = min(told.distance_percent / 100, 1.0) * (1 - 1e-6)
        moved = problem.costs * (1 + t * random.choice([-1, 1], problem.costs.shape))
        assert stays(Problem(moved, problem.weights, p=problem.p, fixed=problem.fixed), plan)
        t = min(told.demand_percent / 100, 1.0) * (1 - 1e-6)
        weights = problem.weights * (1 + t * random.choice([-1, 1], problem.demands))
        assert stays(Problem(problem.costs, weights, p=problem.p, fixed=problem.fixed), plan)


def stays(problem, plan):
    return value_of(problem, plan)[0] <= all_plans(problem)[0][0] * (1 + 1e-9) + 1e-9


def test_the_change_that_topples_a_plan_is_the_least_one():
    """One demand, two sites at 10 and 12: 10(1 + t) = 12(1 − t) at t = 1/11."""
    problem = Problem(np.array([[10.0, 12.0]]), np.ones(1), p=1)
    told = tolerance(problem)
    assert told.nearest_rival == pytest.approx(0.2)
    assert told.distance_percent == told.distance_at_most == pytest.approx(100 / 11)
    assert told.demand_percent == np.inf, "a single demand's weight changes no plan"


def test_two_demands_pull_a_site_by_their_weights():
    """Weights 3 and 2 at the ends of a line of length 1: 3(1 − t) = 2(1 + t) at t = 1/5."""
    problem = Problem(np.array([[0.0, 1.0], [1.0, 0.0]]), np.array([3.0, 2.0]), p=1)
    told = tolerance(problem)
    assert told.demand_percent == told.demand_at_most == pytest.approx(20.0)


@settings(max_examples=60, deadline=None)
@given(problems(), st.integers(0, 2**32 - 1))
def test_the_worst_change_of_costs_against_a_rival_is_the_worst_of_the_corners(problem, seed):
    """On one small demand every corner of the box of costs can be tried."""
    costs = np.random.default_rng(seed).random((1, 4)) * 5 + 1
    one = Problem(costs, np.ones(1), p=2)
    plan, rival = (Plan(value_of(one, np.array(s))[0], np.array(s)) for s in ((0, 1), (1, 2)))
    if plan.objective > rival.objective:
        plan, rival = rival, plan
    t = rival_cost_change(one, plan, rival)
    signs = np.array(np.meshgrid(*[[-1, 1]] * 4)).reshape(4, -1).T

    def worst(change):
        moved = costs[0] * (1 + change * signs)
        return (moved[:, plan.open].min(axis=1) - moved[:, rival.open].min(axis=1)).max()

    if np.isinf(t):
        assert worst(1 - 1e-9) <= 1e-6
    else:
        assert worst(t) >= -1e-9
        assert t == 0 or worst(t * (1 - 1e-6)) <= 1e-9


def test_a_rival_that_gives_everyone_the_same_way_is_as_good_at_once():
    problem = Problem(np.array([[1.0, 1.0]]), np.ones(1), p=1)
    one, other = Plan(1.0, np.array([0])), Plan(1.0, np.array([1]))
    assert rival_weight_change(problem, one, other) == rival_cost_change(problem, one, other) == 0.0


@settings(max_examples=60, deadline=None)
@given(problems())
def test_the_curve_falls_and_each_point_is_the_best(problem):
    first = max(1, int(problem.must_open.sum()))
    points = curve(problem, first, problem.sites)
    for point in points:
        single = p_median(Problem(problem.costs, problem.weights, p=point.p, fixed=problem.fixed))
        assert point.objective == pytest.approx(single.objective, rel=2e-9)
    values = [point.objective for point in points]
    assert all(b <= a * (1 + 2e-9) + 1e-12 for a, b in pairwise(values))


def test_a_curve_ends_when_its_time_is_up():
    problem = Problem(np.array([[0.0, 1.0, 2.0], [1.0, 0.0, 1.0], [2.0, 1.0, 0.0]]), np.ones(3), p=1)
    assert curve(problem, 1, 3, Deadline(0)) == ()
    assert len(curve(problem, 1, 3)) == 3


@settings(max_examples=60, deadline=None)
@given(problems())
def test_existing_first_opens_nothing_new_that_existing_ones_could_replace(problem):
    every = all_plans(problem)
    held = existing_first(problem)
    if not every:
        assert held.answer.status == "infeasible"
        return
    assert held.proved
    assert held.answer.objective == pytest.approx(every[0][0], rel=3e-9, abs=1e-9)
    spared = problem.existing | problem.must_open
    new = {j for j in held.answer.open.tolist() if not spared[j]}
    for value, plan in every:
        theirs = {j for j in plan if not spared[j]}
        assert not (len(theirs) < len(new) and value <= every[0][0]), "a new site could have been spared"


@settings(max_examples=25, deadline=None)
@given(problems(), st.integers(0, 2**32 - 1))
def test_existing_first_holds_with_capacities_too(problem, seed):
    room = np.random.default_rng(seed).uniform(0.3, 1.2, problem.sites) * problem.weights.sum()
    problem = replace(problem, capacities=room)
    best, held = cpmp(problem), existing_first(problem, solve=cpmp)
    if best.objective is None:
        assert held.answer.status == "infeasible"
        return
    assert held.proved
    assert held.answer.objective == pytest.approx(best.objective, rel=3e-9, abs=1e-8)
    spared = problem.existing | problem.must_open
    new = int((~spared[held.answer.open]).sum())
    fixed = set(np.flatnonzero(problem.must_open))
    for plan in combinations(range(problem.sites), problem.p):
        if fixed <= set(plan) and int((~spared[list(plan)]).sum()) < new:
            other = cpmp(replace(problem, fixed=np.isin(np.arange(problem.sites), plan)))
            assert other.objective is None or other.objective > best.objective * (1 + 1e-9)


def test_the_next_best_plans_of_a_cover_are_listed_with_the_largest_first():
    costs = np.abs(np.arange(6)[:, None] - np.arange(6)[None])
    problem = Problem(costs.astype(float), np.array([5.0, 1, 1, 4, 1, 9]), p=1, radius=1.0)
    listed = near_best(problem, 4, solve=solve_mclp, largest=True)
    assert [plan.objective for plan in listed.plans] == [14.0, 10.0, 7.0, 6.0]
    assert listed.sure == 4
    assert listed.floor <= 6.0


def test_a_closed_site_tells_where_its_demand_goes_and_who_has_longer():
    costs = np.array([[1.0, 5, 9], [1, 2, 9], [7, 1, 9], [9, 8, 0]])
    problem = Problem(costs, np.array([10.0, 1, 1, 1]), p=2, existing=np.array([1, 1, 0], bool))
    (gone,) = closed_sites(problem, np.array([1, 2]), nearest(problem, np.array([1, 2])))
    assert gone.site == 0
    assert gone.goes_to == ((1, 11.0),)
    assert gone.longer == ((0, 1.0, 5.0), (1, 1.0, 2.0))
    assert closed_sites(problem, np.array([0, 1]), nearest(problem, np.array([0, 1]))) == ()


def test_worst_served_and_fairness_count_by_weight_and_group():
    costs = np.array([[1.0], [4.0], [4.0], [8.0]])
    problem = Problem(
        costs, np.array([1.0, 2, 0, 1]), p=1, radius=4.0, groups=np.array([0, 0, 1, 1])
    )  # fmt: skip
    answer = p_median(problem)
    assert worst_served(answer.assignment, 2) == ((3, 8.0), (1, 4.0))
    fair = fairness(problem, answer.assignment)
    assert fair.largest == 8.0
    assert fair.share_beyond == 0.25
    assert fair.by_group == {0: (3.0, 4.0, 0.0), 1: (8.0, 8.0, 1.0)}
