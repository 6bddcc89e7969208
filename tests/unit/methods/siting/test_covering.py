"""Maximal covering against every plan there is, against stored optima, and what must always hold."""

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

from tyngdepunkt.methods.siting import cover_sets, cover_tree
from tyngdepunkt.methods.siting.cover_start import Limits
from tyngdepunkt.methods.siting.covering import solve_mclp
from tyngdepunkt.methods.siting.problem import BadProblemError, CutLists, Problem
from tyngdepunkt.methods.siting.result import Deadline

RADIUS = 6.0


@st.composite
def problems(draw, most_demands=14, most_sites=7):
    """Small questions with everything in them: forbidden pairs, fixed and existing sites, a budget."""
    seed = draw(st.integers(0, 2**32 - 1))
    random = np.random.default_rng(seed)
    n, m = draw(st.integers(1, most_demands)), draw(st.integers(1, most_sites))
    points, sites = random.integers(0, 15, (n, 2)), random.integers(0, 15, (m, 2))
    costs = np.hypot(*(points[:, None] - sites[None]).transpose(2, 0, 1))
    costs[random.random((n, m)) < 0.1] = np.inf
    whole = draw(st.booleans())
    weights = random.integers(0, 9, n).astype(float) if whole else random.random(n)
    p = draw(st.integers(1, m))
    budget = draw(st.sampled_from([None, 5.0, 9.0]))
    site_costs = random.integers(1, 6, m).astype(float)
    fixed = np.arange(m) < draw(st.integers(0, 1))
    if budget is not None and site_costs[fixed].sum() > budget:
        fixed[:] = False
    return Problem(
        costs,
        weights,
        p,
        fixed=fixed,
        existing=random.random(m) < 0.4,
        site_costs=site_costs,
        budget=budget,
        radius=RADIUS,
    )


def plans(problem):
    """Every plan that is allowed."""
    must = set(np.flatnonzero(problem.must_open))
    for count in range(problem.p + 1):
        for plan in itertools.combinations(range(problem.sites), count):
            cheap = problem.budget is None or problem.site_costs[list(plan)].sum() <= problem.budget
            if must <= set(plan) and cheap:
                yield list(plan)


def covers(problem, plan):
    near = (np.asarray(problem.costs)[:, plan] <= problem.radius).any(axis=1)
    return float(problem.weights[near].sum())


def new(problem, plan):
    return sum(not problem.existing[site] and not problem.must_open[site] for site in plan)


def as_lists(problem):
    """The same question with a list of pairs in place of the table."""
    finite = np.isfinite(problem.costs)
    start = np.concatenate([[0], np.cumsum(finite.sum(axis=1))])
    lists = CutLists(start, np.nonzero(finite)[1], problem.costs[finite], problem.sites)
    return Problem(
        lists, problem.weights, problem.p, site_costs=problem.site_costs, budget=problem.budget, radius=RADIUS
    )


@settings(max_examples=120, deadline=None)
@given(problems())
def test_no_plan_covers_more(problem):
    answer = solve_mclp(problem)
    best = max(covers(problem, plan) for plan in plans(problem))
    assert answer.status == "optimal"
    assert answer.gap == 0.0
    assert answer.objective == pytest.approx(best)
    assert covers(problem, list(answer.open)) == pytest.approx(best)
    assert list(answer.open) in list(plans(problem))


@settings(max_examples=80, deadline=None)
@given(problems())
def test_a_new_site_is_opened_only_where_no_existing_ones_cover_as_much(problem):
    answer = solve_mclp(problem, existing_first=True)
    best = min((-round(covers(problem, plan), 9), new(problem, plan)) for plan in plans(problem))
    assert (-round(answer.objective, 9), new(problem, answer.open)) == best


@settings(max_examples=40, deadline=None)
@given(problems(), st.integers(0, 2**32 - 1))
def test_another_order_or_form_of_the_same_question_has_the_same_answer(problem, seed):
    random = np.random.default_rng(seed)
    rows, columns = random.permutation(problem.demands), random.permutation(problem.sites)
    turned = Problem(
        problem.costs[np.ix_(rows, columns)],
        problem.weights[rows],
        problem.p,
        site_costs=problem.site_costs[columns],
        budget=problem.budget,
        radius=RADIUS,
    )
    lists = as_lists(problem)
    assert solve_mclp(turned).objective == pytest.approx(solve_mclp(lists).objective)


@settings(max_examples=30, deadline=None)
@given(problems())
def test_more_sites_never_cover_less(problem):
    objectives = [
        solve_mclp(Problem(problem.costs, problem.weights, p, radius=RADIUS)).objective
        for p in range(1, problem.sites + 1)
    ]
    assert all(b >= a - 1e-9 for a, b in itertools.pairwise(objectives))


@settings(max_examples=40, deadline=None)
@given(problems(most_demands=5, most_sites=4), st.integers(0, 2**32 - 1))
def test_with_room_for_so_much_no_plan_covers_more_and_none_is_overfull(problem, seed):
    room = np.random.default_rng(seed).integers(1, 14, problem.sites).astype(float)
    limited = Problem(
        problem.costs, problem.weights, problem.p, fixed=problem.fixed, capacities=room, radius=RADIUS
    )
    answer = solve_mclp(limited)
    unbound = Problem(problem.costs, problem.weights, problem.p, fixed=problem.fixed, radius=RADIUS)
    best = max(_served(limited, plan, room) for plan in plans(unbound))
    served = answer.assignment
    taken = np.bincount(served.site, problem.weights[served.demand], minlength=problem.sites)
    assert answer.objective == pytest.approx(best)
    assert (taken <= room + 1e-9).all()
    assert len(set(served.demand)) == len(served.demand)
    assert (served.share == 1.0).all()


def _served(problem, plan, room):
    """Most that the sites of a plan have room for, by trying everything."""
    best = 0.0
    for choice in itertools.product([None, *plan], repeat=problem.demands):
        taken, total = dict.fromkeys(plan, 0.0), 0.0
        for demand, site in enumerate(choice):
            if site is None:
                continue
            if problem.costs[demand, site] > problem.radius:
                break
            taken[site] += problem.weights[demand]
            total += problem.weights[demand]
        else:
            if all(taken[site] <= room[site] + 1e-9 for site in plan):
                best = max(best, total)
    return best


def test_the_assignment_names_one_nearest_site_for_each_demand_covered():
    costs = np.array([[1.0, 3.0], [4.0, 2.0], [9.0, 9.0]])
    answer = solve_mclp(Problem(costs, np.array([1.0, 1.0, 1.0]), 2, radius=2.5))
    served = answer.assignment
    assert served.demand.tolist() == [0, 1]
    assert served.site.tolist() == [0, 1]
    assert served.cost.tolist() == [1.0, 2.0]


def test_enough_sites_for_all_that_can_be_covered_is_told_without_a_search():
    costs = np.array([[0.0, 9.0, 9.0], [9.0, 0.0, 0.0], [9.0, 9.0, 9.0]])
    answer = solve_mclp(Problem(costs, np.array([3.0, 2.0, 7.0]), 3, radius=1.0))
    assert (answer.status, answer.objective, answer.nodes) == ("optimal", 5.0, 0)
    assert len(answer.open) == 2


def test_everything_fixed_is_measured_and_not_called_empty():
    costs = np.array([[0.0, 9.0], [9.0, 0.0]])
    answer = solve_mclp(Problem(costs, np.array([3.0, 2.0]), 2, fixed=np.array([1, 1]), radius=1.0))
    assert (answer.status, answer.objective, answer.open.tolist()) == ("optimal", 5.0, [0, 1])


def test_nothing_within_reach_covers_nothing():
    answer = solve_mclp(Problem(np.full((2, 2), 9.0), np.ones(2), 1, radius=1.0))
    assert (answer.status, answer.objective) == ("optimal", 0.0)


def test_fixed_sites_dearer_than_the_budget_are_said_with_the_budget_that_would_do():
    problem = Problem(
        np.zeros((1, 2)),
        np.ones(1),
        fixed=np.array([True, True]),
        site_costs=np.array([3.0, 4.0]),
        budget=5.0,
        radius=1.0,
    )
    answer = solve_mclp(problem)
    assert answer.status == "infeasible"
    assert answer.objective is None
    assert answer.conflict.smallest_budget == 7.0


def test_a_question_without_radius_or_limit_is_refused_with_both_flaws():
    with pytest.raises(BadProblemError, match=r"radius.*budget"):
        solve_mclp(Problem(np.zeros((1, 1)), np.ones(1)))


def test_stopped_by_time_the_answer_is_not_called_optimal_and_keeps_its_bound():
    random = np.random.default_rng(7)
    points, sites = random.random((4000, 2)), random.random((300, 2))
    cover, _ = cover_sets.merged(cover_sets.within_distance(points, sites, 0.09), random.random(4000))
    limits = Limits(np.ones((1, 300)), np.array([30.0]), np.zeros(300))
    deadline = Deadline(0.3)
    stopped = cover_tree.search(cover, limits, deadline)
    assert deadline.used < 2.3
    assert 0 < stopped.worth < stopped.bound <= cover.weights.sum()


def test_lists_of_points_are_those_of_the_table():
    random = np.random.default_rng(3)
    points, sites = random.random((200, 2)), random.random((30, 2))
    table = np.hypot(*(points[:, None] - sites[None]).transpose(2, 0, 1))
    one, other = cover_sets.within(table, 0.2), cover_sets.within_distance(points, sites, 0.2)
    assert (one != other).nnz == 0


def _stored(shared_data):
    folder = shared_data / "benchmark_lokalisering"
    rows = (folder / "mclp_sjc_optimum_beregnet.csv").read_text().split()[1:]
    return folder, [row.split(",") for row in rows]


def test_the_stored_optima_of_sao_jose_dos_campos_are_reached(shared_data):
    folder, rows = _stored(shared_data)
    assert len(rows) == 22
    for name, radius, p, covered in [row for row in rows if row[0] == "SJC324"]:
        points = np.loadtxt(folder / f"{name}.txt", skiprows=1)
        demand = np.loadtxt(folder / f"demand-{name}.dat")
        table = np.hypot(*(points[:, None] - points[None]).transpose(2, 0, 1))
        answer = solve_mclp(Problem(table, demand, int(p), radius=float(radius)))
        assert (answer.status, answer.objective) == ("optimal", float(covered)), (name, p)


def test_without_a_compiler_the_answer_is_the_same(monkeypatch):
    random = np.random.default_rng(5)
    near = cover_sets.within_distance(random.random((300, 2)), random.random((40, 2)), 0.2)
    scale = random.random(300)
    dense = np.triu(cover_sets.gram(near, scale))
    monkeypatch.setattr(cover_sets, "DENSE_WORK", 0)
    assert np.allclose(np.triu(cover_sets.gram(near, scale)), dense)
    monkeypatch.setattr(cover_sets, "_KERNELS", [None])
    assert np.allclose(np.triu(cover_sets.gram(near, scale)), dense)


def _drawn(seed, n=400, m=40, radius=0.2, p=5):
    random = np.random.default_rng(seed)
    near = cover_sets.within_distance(random.random((n, 2)), random.random((m, 2)), radius)
    cover, _ = cover_sets.merged(near, random.integers(1, 9, n).astype(float))
    return cover, Limits(np.ones((1, m)), np.array([float(p)]), np.zeros(m))


@pytest.mark.parametrize("seed", range(4))
def test_highs_ends_with_the_plan_the_tree_ends_with(monkeypatch, seed):
    random = np.random.default_rng(seed)
    near = np.zeros((90, 25))  # three sites each, wherever they are: a relaxation far above the best plan
    near[np.arange(90)[:, None], np.argsort(random.random((90, 25)), axis=1)[:, :3]] = 1.0
    cover, _ = cover_sets.merged(sparse.csr_array(near), random.integers(1, 9, 90).astype(float))
    limits = Limits(np.ones((1, 25)), np.array([6.0]), np.zeros(25))
    monkeypatch.setattr(cover_tree, "_OWN_NODES", 10**9)
    alone = cover_tree.search(cover, limits, Deadline(), 1.0)
    asked = []
    real = cover_tree.solve_program
    monkeypatch.setattr(
        cover_tree, "solve_program", lambda *given, **more: asked.append(1) or real(*given, **more)
    )
    monkeypatch.setattr(cover_tree, "_OWN_NODES", 1)
    monkeypatch.setattr(
        cover_tree, "exchanged", lambda _cover, _limits, plan, _deadline: plan
    )  # a poor start
    handed = cover_tree.search(cover, limits, Deadline(), 1.0)
    assert handed.worth == handed.bound == alone.worth == alone.bound
    assert asked


@pytest.mark.parametrize("seed", range(6))
def test_every_better_plan_covers_what_it_must_and_counts_the_same_after_merging(seed):
    cover, limits = _drawn(seed, n=60, m=9, radius=0.3, p=3)
    search = cover_tree._Search(cover, limits, Deadline(), 1.0)
    search._begin()
    search.worth -= 3.0  # so that some plans are better
    node = search._root()
    seen = cover_tree._Seen(search, node)
    cover_tree.relax(cover, limits, lambda point: bool(seen.visit(point)) and False)
    small = cover_tree._Small(cover, None, seen.must).absorbed()
    better = 0
    for plan in itertools.combinations(range(cover.sites), 3):
        value = cover.value(np.array(plan))
        if value > search._cut():
            better += 1
            assert cover.covered(np.array(plan))[seen.must].all()
            assert small.cover.value(np.array(plan)) == value
    assert better
    assert seen.must.any()
    assert small.cover.classes < cover.classes
