"""Set covering and the p-centre against every plan there is, and what is said when there is none."""

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tyngdepunkt.methods.siting.problem import BadProblemError, CutLists, Problem
from tyngdepunkt.methods.siting.programs import Program, solve_program
from tyngdepunkt.methods.siting.result import Deadline
from tyngdepunkt.methods.siting.set_cover import solve_lscp, solve_p_center


@st.composite
def problems(draw):
    """Small questions; some pairs are forbidden, some sites stand there already."""
    random = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    n, m = draw(st.integers(1, 12)), draw(st.integers(1, 7))
    points, sites = random.integers(0, 15, (n, 2)), random.integers(0, 15, (m, 2))
    costs = np.hypot(*(points[:, None] - sites[None]).transpose(2, 0, 1))
    costs[random.random((n, m)) < 0.1] = np.inf
    fixed = np.arange(m) == draw(st.integers(-1, m - 1))
    p = draw(st.integers(1, m))
    given_lists = costs
    if draw(st.booleans()):
        finite = np.isfinite(costs)
        start = np.concatenate([[0], np.cumsum(finite.sum(axis=1))])
        given_lists = CutLists(start, np.nonzero(finite)[1], costs[finite], m)
    existing = random.random(m) < 0.4
    radius = float(random.integers(4, 20))
    problem = Problem(given_lists, np.ones(n), p, fixed=fixed, existing=existing, radius=radius)
    return problem, costs


def covers_all(costs, plan, radius):
    return bool(plan) and bool((costs[:, list(plan)] <= radius).any(axis=1).all())


def plans(problem, most):
    must = set(np.flatnonzero(problem.must_open))
    for count in range(1, most + 1):
        for plan in itertools.combinations(range(problem.sites), count):
            if must <= set(plan):
                yield plan


def new(problem, plan):
    return sum(not problem.existing[site] and not problem.must_open[site] for site in plan)


@settings(max_examples=80, deadline=None)
@given(problems(), st.booleans())
def test_no_smaller_plan_reaches_everyone(pair, existing_first):
    problem, costs = pair
    found = [
        (len(plan), new(problem, plan))
        for plan in plans(problem, problem.p)
        if covers_all(costs, plan, problem.radius)
    ]
    answer = solve_lscp(problem, existing_first=existing_first)
    if not found:
        assert answer.status == "infeasible"
        assert answer.objective is None
        return
    assert answer.status == "optimal"
    assert covers_all(costs, answer.open.tolist(), problem.radius)
    assert answer.objective == len(answer.open) == min(found)[0]
    if existing_first:
        assert new(problem, answer.open) == min(found)[1]


@settings(max_examples=80, deadline=None)
@given(problems())
def test_what_would_do_is_the_smallest_that_does(pair):
    problem, costs = pair
    answer = solve_lscp(problem)
    if answer.status != "infeasible":
        return
    everyone = [
        len(plan) for plan in plans(problem, problem.sites) if covers_all(costs, plan, problem.radius)
    ]
    conflict = answer.conflict
    if everyone:
        assert conflict.smallest_p == min(everyone) > problem.p
    else:
        alone = np.flatnonzero(costs.min(axis=1) > problem.radius)
        assert conflict.demands.tolist() == alone.tolist()
    if conflict.smallest_radius is not None and everyone:
        levels = np.unique(costs[np.isfinite(costs)])
        enough = [r for r in levels if any(covers_all(costs, x, r) for x in plans(problem, problem.p))]
        assert conflict.smallest_radius == min(enough)


@settings(max_examples=80, deadline=None)
@given(problems(), st.booleans())
def test_no_plan_has_a_smaller_largest_cost(pair, existing_first):
    problem, costs = pair
    answer = solve_p_center(problem, existing_first=existing_first)
    reached = [
        (costs[:, list(plan)].min(axis=1).max(), new(problem, plan)) for plan in plans(problem, problem.p)
    ]
    best = min(reached)
    if not np.isfinite(best[0]):
        assert answer.status == "infeasible"
        return
    assert answer.status == "optimal"
    assert answer.objective == best[0]
    assert costs[:, answer.open].min(axis=1).max() == best[0]
    assert len(answer.assignment.demand) == problem.demands
    if existing_first:
        assert new(problem, answer.open) == best[1]


def test_room_is_kept_and_a_demand_is_never_split():
    costs = np.zeros((4, 3))
    problem = Problem(
        costs, np.array([3.0, 3.0, 3.0, 1.0]), 3, capacities=np.array([5.0, 5.0, 4.0]), radius=1.0
    )
    answer = solve_lscp(problem)
    taken = np.bincount(answer.assignment.site, problem.weights[answer.assignment.demand], minlength=3)
    assert answer.objective == 3.0
    assert (taken <= problem.capacities).all()
    assert sorted(answer.assignment.demand) == [0, 1, 2, 3]


def test_too_little_room_is_infeasible_and_not_a_smaller_answer():
    problem = Problem(np.zeros((3, 2)), np.full(3, 3.0), 2, capacities=np.array([5.0, 5.0]))
    answer = solve_p_center(problem)
    assert (answer.status, answer.objective) == ("infeasible", None)


def test_the_demands_of_a_conflict_have_no_site_in_common():
    costs = np.array([[0, 9, 9, 9], [9, 0, 9, 9], [9, 9, 0, 0], [9, 9, 0, 9.0]])
    answer = solve_lscp(Problem(costs, np.ones(4), 2, radius=1.0))
    near = costs[answer.conflict.demands] <= 1.0
    assert answer.status == "infeasible"
    assert len(answer.conflict.demands) == 3
    assert near.sum(axis=0).max() == 1
    assert (answer.conflict.smallest_p, answer.conflict.smallest_radius) == (3, 9.0)


def test_the_budget_that_would_do_is_told():
    problem = Problem(
        np.array([[0.0, 9.0], [9.0, 0.0]]),
        np.ones(2),
        site_costs=np.array([3.0, 4.0]),
        budget=5.0,
        radius=1.0,
    )
    answer = solve_lscp(problem)
    assert (answer.status, answer.conflict.smallest_budget) == ("infeasible", 7.0)


def test_all_distances_equal_one_point_and_no_radius():
    assert solve_p_center(Problem(np.full((5, 4), 2.0), np.ones(5), 2)).objective == 2.0
    assert solve_p_center(Problem(np.zeros((1, 1)), np.ones(1), 1)).objective == 0.0
    with pytest.raises(BadProblemError, match="radius"):
        solve_lscp(Problem(np.zeros((1, 1)), np.ones(1), 1))
    with pytest.raises(BadProblemError, match="needs p"):
        solve_p_center(Problem(np.zeros((1, 1)), np.ones(1), radius=1.0))


def test_the_stored_centres_are_reached(shared_data):
    from scipy.sparse import csgraph, csr_array

    folder = shared_data / "benchmark_lokalisering"
    stored = dict(line.split() for line in (folder / "pmed_pcenter_optimum.txt").read_text().splitlines())
    for name in [f"pmed{number}" for number in range(1, 11, 3)]:
        rows = np.loadtxt(folder / f"{name}.txt", skiprows=1)
        n, _, p = map(int, (folder / f"{name}.txt").read_text().split()[:3])
        edges = {(min(a, b), max(a, b)): cost for a, b, cost in rows}
        ends = np.array(list(edges), dtype=int) - 1
        graph = csr_array((list(edges.values()), (ends[:, 0], ends[:, 1])), shape=(n, n))
        costs = csgraph.shortest_path(graph, directed=False)
        answer = solve_p_center(Problem(costs, np.ones(n), p))
        assert (answer.status, answer.objective) == ("optimal", float(stored[name])), name


def hard_program():
    """A set covering that takes HiGHS longer than the test may."""
    from scipy import sparse

    random = np.random.default_rng(0)
    rows = sparse.random_array((2000, 400), density=0.05, rng=random, format="csr")
    rows.data[:] = 1
    return Program(
        np.ones(400),
        np.zeros(400),
        np.ones(400),
        np.ones(400, bool),
        rows,
        np.ones(2000),
        np.full(2000, np.inf),
    )


@pytest.mark.parametrize("seconds", [0.2, 2.0])
def test_a_program_that_overruns_is_ended_and_what_was_known_is_kept(seconds):
    deadline = Deadline(seconds)
    solved = solve_program(hard_program(), deadline, np.ones(400))
    assert deadline.used < seconds + 2
    assert solved.state == "feasible"
    assert (hard_program().rows @ solved.x >= 1).all()


def test_an_empty_program_is_not_an_answer_of_nothing():
    from scipy import sparse

    none = np.empty(0)
    no_columns = Program(
        none, none, none, np.empty(0, bool), sparse.csr_array((1, 0)), np.ones(1), np.ones(1)
    )
    assert solve_program(no_columns, Deadline()).state == "infeasible"
    free = Program(
        np.array([2.0]), np.zeros(1), np.ones(1), np.ones(1, bool), sparse.csr_array((0, 1)), none, none
    )
    assert solve_program(free, Deadline()).state == "optimal"


def test_without_time_the_fewest_sites_are_a_plan_with_a_bound():
    points = np.random.default_rng(2).random((700, 2))
    table = np.hypot(*(points[:, None] - points[None]).transpose(2, 0, 1))
    answer = solve_lscp(Problem(table, np.ones(700), radius=0.06), Deadline(0.0))
    assert answer.status == "feasible"
    assert type(answer.bound) is float
    assert 1.0 <= answer.bound < answer.objective == len(answer.open)
    assert (table[:, answer.open].min(axis=1) <= 0.06).all()
