"""The p-median is exact, says what it could not prove, and refuses what cannot be meant."""

from __future__ import annotations

import subprocess
import sys
import time
import weakref
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse.csgraph import floyd_warshall

from tyngdepunkt.methods.siting import kernels as kernels_module
from tyngdepunkt.methods.siting import kernels_numba, kernels_numpy, plans, search
from tyngdepunkt.methods.siting.curve import curve
from tyngdepunkt.methods.siting.lists import build, ground
from tyngdepunkt.methods.siting.p_median import p_median, value_of
from tyngdepunkt.methods.siting.pace import Pace
from tyngdepunkt.methods.siting.problem import BadProblemError, CutLists, Problem
from tyngdepunkt.methods.siting.reduced import settle, terms
from tyngdepunkt.methods.siting.result import Deadline
from tyngdepunkt.methods.siting.set_cover import solve_lscp


def brute_force(costs, weights, p, fixed=(), closed=()):
    """The least cost over every plan; infinite when none serves all that weigh something."""
    heavy = weights > 0
    plans = combinations([j for j in range(costs.shape[1]) if j not in closed], p)
    return min(
        (
            float((costs[heavy][:, plan].min(axis=1) * weights[heavy]).sum())
            for plan in plans
            if set(fixed) <= set(plan)
        ),
        default=np.inf,
    )


def cut_lists(costs):
    rows, sites = np.nonzero(np.isfinite(costs))
    start = np.concatenate(([0], np.cumsum(np.isfinite(costs).sum(axis=1))))
    return CutLists(start, sites, costs[rows, sites], costs.shape[1])


@st.composite
def instances(draw):
    """Small problems of every sort: points or loose costs, whole or not, ties, forbidden pairs, no weight."""
    random = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    n, m = draw(st.integers(1, 14)), draw(st.integers(1, 9))
    if draw(st.booleans()):
        costs = np.linalg.norm(random.random((n, 1, 2)) - random.random((1, m, 2)), axis=2)
    else:
        costs = random.integers(0, draw(st.sampled_from([1, 3, 50])) + 1, (n, m)).astype(float)
    if draw(st.booleans()):
        costs[random.random((n, m)) < draw(st.sampled_from([0.1, 0.5]))] = np.inf
    weights = random.integers(0, 4, n).astype(float) if draw(st.booleans()) else random.random(n) + 0.1
    p = draw(st.integers(1, m))
    fixed = np.zeros(m, bool)
    fixed[random.permutation(m)[: draw(st.integers(0, p))]] = draw(st.booleans())
    return costs, weights, p, fixed


def agrees(costs, weights, p, fixed, answer):
    best = brute_force(costs, weights, p, np.flatnonzero(fixed))
    if not np.isfinite(best):
        assert answer.status == "infeasible"
        assert answer.objective is None
        assert answer.conflict is None or len(answer.conflict.demands)
        return
    assert answer.status == "optimal"
    assert answer.gap == 0.0
    assert answer.objective == pytest.approx(best, rel=1e-9, abs=1e-12)
    assert len(answer.open) == p
    assert set(np.flatnonzero(fixed)) <= set(answer.open)
    value, assignment = value_of(Problem(costs, weights, p=p), answer.open)
    assert value == answer.objective
    assert len(set(assignment.demand)) == len(assignment.demand), "nobody is served from two places"


@settings(max_examples=300, deadline=None)
@given(instances())
def test_every_small_plan_is_the_best_there_is(instance):
    costs, weights, p, fixed = instance
    agrees(*instance, p_median(Problem(costs, weights, p=p, fixed=fixed)))


@settings(max_examples=100, deadline=None)
@given(instances())
def test_cut_lists_give_what_the_matrix_gives(instance):
    costs, weights, p, fixed = instance
    agrees(*instance, p_median(Problem(cut_lists(costs), weights, p=p, fixed=fixed)))


@settings(max_examples=60, deadline=None)
@given(instances())
def test_without_a_compiler_the_answer_is_the_same(instance):
    costs, weights, p, fixed = instance
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("tyngdepunkt.methods.siting.plans.kernels", lambda: kernels_numpy)
        patch.setattr("tyngdepunkt.methods.siting.lists.kernels", lambda: kernels_numpy)
        agrees(*instance, p_median(Problem(costs, weights, p=p, fixed=fixed)))


def points(n, seed):
    xy = np.random.default_rng(seed).random((n, 2)) * 100
    return np.linalg.norm(xy[:, None] - xy[None], axis=2)


@pytest.mark.parametrize(("n", "p"), [(60, 2), (60, 5), (90, 30), (120, 10)])
def test_larger_ones_agree_with_and_without_a_compiler_and_in_any_order(n, p, monkeypatch):
    costs, weights = points(n, n + p), np.arange(1.0, n + 1) % 7
    answer = p_median(Problem(costs, weights, p=p))
    order = np.random.default_rng(0).permutation(n)
    turned = p_median(Problem(costs[order][:, order], weights[order], p=p))
    monkeypatch.setattr("tyngdepunkt.methods.siting.plans.kernels", lambda: kernels_numpy)
    monkeypatch.setattr("tyngdepunkt.methods.siting.lists.kernels", lambda: kernels_numpy)
    plain = p_median(Problem(costs, weights, p=p))
    assert answer.status == turned.status == plain.status == "optimal"
    assert turned.objective == pytest.approx(answer.objective, rel=1e-9)
    assert plain.objective == pytest.approx(answer.objective, rel=1e-9)


@pytest.mark.parametrize("volume", [False, True])
def test_one_ascent_says_the_same_in_both_kernels(volume):
    costs = points(40, 3)
    site, cost = np.argsort(costs, axis=1).astype(np.int32), np.sort(costs, axis=1)
    start = np.arange(0, 1601, 40)
    said = []
    for code in (kernels_numba, kernels_numpy):
        state, direction, often = np.zeros(40, np.int8), np.zeros(40), np.zeros(40)
        bound, u, rho, picks, step = code.ascend(
            start, site.ravel(), cost.ravel(), np.ones(40), np.full(40, 300.0), cost[:, 5].copy(),
            state, 4, 1000.0, 1.0, 0.7, 30, 5, volume, direction, often,
        )  # fmt: skip
        said.append((bound, u, rho, picks, often, step, state, direction))
    for one, other in zip(*said, strict=True):
        np.testing.assert_allclose(one, other, rtol=1e-9)


def test_the_compiled_code_is_what_runs_where_numba_is_there():
    assert kernels_module.which() == "numba"


def orlib(path: Path):
    """An OR-Library graph: the last length of a repeated edge holds, then shortest paths."""
    numbers = path.read_text().split()
    n, _, p = map(int, numbers[:3])
    costs = np.full((n, n), np.inf)
    np.fill_diagonal(costs, 0)
    for i, j, length in np.array(numbers[3:], float).reshape(-1, 3):
        costs[int(i) - 1, int(j) - 1] = costs[int(j) - 1, int(i) - 1] = length
    return floyd_warshall(costs), p


@pytest.mark.parametrize("number", range(1, 11))
def test_or_library_optima(number, shared_data):
    folder = shared_data / "benchmark_lokalisering"
    known = dict(line.split() for line in (folder / "pmedopt.txt").read_text().splitlines()[1:])
    costs, p = orlib(folder / f"pmed{number}.txt")
    answer = p_median(Problem(costs, np.ones(len(costs)), p=p))
    assert (answer.status, answer.objective) == ("optimal", float(known[f"pmed{number}"]))


@pytest.mark.parametrize(
    ("n", "p", "plan"),
    [(324, 5, None), (402, 30, None), (500, 60, None), (708, 30, None), (818, 60, None)],
)
def test_sao_jose_dos_campos_is_proved(n, p, plan, shared_data):
    folder = shared_data / "benchmark_lokalisering"
    xy = np.array((folder / f"SJC{n}.txt").read_text().split()[1:], float).reshape(-1, 2)
    weights = np.array((folder / f"demand-SJC{n}.dat").read_text().split(), float)
    costs = np.linalg.norm(xy[:, None] - xy[None], axis=2)
    answer = p_median(Problem(costs, weights, p=p))
    assert answer.status == "optimal"
    single = p_median(Problem(costs.astype(np.float32), weights, p=p))
    assert single.objective == pytest.approx(answer.objective, rel=1e-6)


# -- faults seen elsewhere ------------------------------------------------------------------------


def test_a_run_out_of_time_is_not_called_optimal():
    answer = p_median(Problem(points(300, 1), np.ones(300), p=12), Deadline(0.0))
    assert answer.status in ("feasible", "no_solution_in_time")
    if answer.status == "feasible":
        assert answer.gap > 0
        assert answer.bound < answer.objective


def test_the_limit_is_kept():
    p_median(Problem(points(50, 1), np.ones(50), p=3))  # compiling is not counted
    deadline = Deadline(1.0)
    answer = p_median(Problem(np.random.default_rng(0).random((700, 700)), np.ones(700), p=25), deadline)
    assert deadline.used < 3.0
    assert answer.status in ("optimal", "feasible")


SHORT = """
import sys
import numpy as np
from tyngdepunkt.methods.siting import kernels, kernels_numba
from tyngdepunkt.methods.siting.p_median import p_median
from tyngdepunkt.methods.siting.problem import Problem
from tyngdepunkt.methods.siting.result import Deadline
xy = np.random.default_rng(1).random((120, 2))
costs = np.linalg.norm(xy[:, None] - xy[None], axis=2)
before = kernels.stored()
answer = p_median(Problem(costs, np.ones(120), p=6), Deadline(20.0))
print(before, len(kernels_numba.ascend.signatures), answer.status, answer.objective)
"""


def test_a_short_limit_is_not_spent_on_compiling(tmp_path, monkeypatch):
    """Where nothing is stored a short run takes NumPy's loops; where it is, the compiled ones; both agree."""
    p_median(Problem(points(60, 1), np.ones(60), p=3))  # compiles and stores, where no test before did

    def short() -> list[str]:
        done = subprocess.run([sys.executable, "-c", SHORT], capture_output=True, text=True, check=True)
        return done.stdout.split()

    stored, compiled, status, objective = short()
    assert (stored, compiled) == ("True", "1")
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path))
    cold, none, plain_status, plain_objective = short()
    assert (cold, none) == ("False", "0")
    assert status == plain_status == "optimal"
    assert float(objective) == pytest.approx(float(plain_objective), rel=1e-9)


@pytest.mark.parametrize("kind", [bool, int, float])
def test_fixed_sites_may_be_flags_of_any_number_type(kind):
    costs = points(12, 5)
    fixed = np.zeros(12, kind)
    fixed[[2, 7]] = 1
    answer = p_median(Problem(costs, np.ones(12), p=3, fixed=fixed))
    assert {2, 7} <= set(answer.open)
    assert answer.objective == pytest.approx(brute_force(costs, np.ones(12), 3, (2, 7)))


def test_a_list_of_site_numbers_is_not_taken_for_flags():
    with pytest.raises(BadProblemError, match="flag"):
        Problem(points(3, 0), np.ones(3), p=2, fixed=np.array([0, 1, 2]))


def test_everything_fixed_is_valued_and_not_zero():
    costs = points(6, 2)
    fixed = np.array([1, 0, 1, 0, 0, 0], bool)
    answer = p_median(Problem(costs, np.ones(6), p=2, fixed=fixed))
    assert answer.status == "optimal"
    assert answer.objective == pytest.approx(costs[:, [0, 2]].min(axis=1).sum())
    assert answer.objective > 0


def test_a_demand_without_any_site_is_named():
    costs = points(5, 2)
    costs[3] = np.inf
    answer = p_median(Problem(costs, np.ones(5), p=2))
    assert answer.status == "infeasible"
    assert answer.conflict.demands.tolist() == [3]


def test_demands_that_no_p_sites_serve_together_are_infeasible():
    costs = np.where(np.eye(6, dtype=bool), 1.0, np.inf)
    answer = p_median(Problem(costs, np.ones(6), p=5))
    assert answer.status == "infeasible"
    assert answer.conflict.demands.tolist() == [0, 1, 2, 3, 4, 5], "no two of them share a site"
    assert answer.conflict.smallest_p == 6


def within_reach(n: int, radius: float) -> np.ndarray:
    """Random points; a pair further apart than the radius is forbidden."""
    xy = np.random.default_rng(3).random((n, 2))
    costs = np.hypot(*(xy[:, None] - xy[None]).T)
    return np.where(costs <= radius, costs, np.inf)


@pytest.mark.parametrize("cut", [False, True])
def test_a_p_too_small_to_reach_everyone_is_told_before_any_search(monkeypatch, cut):
    costs = within_reach(300, 0.15)
    weights = np.ones(300)
    if cut:
        rows, sites = np.nonzero(np.isfinite(costs))
        start = np.concatenate(([0], np.cumsum(np.bincount(rows, minlength=300))))
        held = CutLists(start, sites, costs[rows, sites], 300)
    else:
        held = costs
    needed = solve_lscp(Problem(costs, weights, radius=0.15)).objective
    assert p_median(Problem(held, weights, p=int(needed))).status == "optimal"
    monkeypatch.setattr("tyngdepunkt.methods.siting.p_median.Search", None)
    answer = p_median(Problem(held, weights, p=int(needed) - 1))
    assert answer.status == "infeasible"
    assert answer.conflict.smallest_p == needed
    named = np.isfinite(costs[answer.conflict.demands])
    assert len(named) > 1
    assert (named.sum(axis=0) <= 1).all(), "no two of them share a site"


def test_a_demand_that_weighs_nothing_asks_for_no_site_when_p_is_small():
    costs = np.where(np.eye(6, dtype=bool), 1.0, np.inf)
    answer = p_median(Problem(costs, np.array([1.0, 1, 0, 0, 0, 0]), p=2))
    assert (answer.status, answer.objective) == ("optimal", 2.0)


def test_a_curve_goes_on_where_everyone_can_be_served(monkeypatch):
    asked = []

    def counted(problem, deadline, **known):
        asked.append(problem.p)
        return p_median(problem, deadline, **known)

    monkeypatch.setattr("tyngdepunkt.methods.siting.curve.p_median", counted)
    costs = np.where(np.eye(6, dtype=bool), 1.0, np.inf)
    points = curve(Problem(costs, np.ones(6), p=1), 1, 6)
    assert [(point.p, point.objective) for point in points] == [(6, 6.0)]
    assert asked == [1, 6]


@settings(max_examples=60, deadline=None)
@given(instances())
def test_the_smallest_p_of_a_conflict_would_do_and_one_less_would_not(instance):
    costs, weights, p, fixed = instance
    answer = p_median(Problem(costs, weights, p=p, fixed=fixed))
    if answer.status == "infeasible" and answer.conflict.smallest_p is not None:
        least = answer.conflict.smallest_p
        assert least > p
        assert np.isfinite(brute_force(costs, weights, least, np.flatnonzero(fixed)))
        assert not np.isfinite(brute_force(costs, weights, least - 1, np.flatnonzero(fixed)))


@pytest.mark.parametrize(
    ("change", "rows", "words"),
    [
        ({"p": 9}, (), "p is larger"),
        ({"p": 0}, (), "p must be"),
        ({"weights": np.array([1.0, -1, np.nan])}, (1, 2), "weights"),
        ({"costs": np.array([[0, 1.0], [np.nan, 1], [1, -1]])}, (1, 2), "costs"),
        ({"demand_ids": ("a", "b", "a")}, (2,), "demand_ids"),
        ({"weights": np.ones(2)}, (), "weights must have 3"),
        ({"fixed": np.array([1, 1]), "p": 1}, (), "fixed"),
    ],
)
def test_bad_input_is_refused_with_its_rows(change, rows, words):
    good = {"costs": np.ones((3, 2)), "weights": np.ones(3), "p": 1}
    with pytest.raises(BadProblemError, match=words) as caught:
        Problem(**(good | change))
    assert caught.value.flaws[0].rows == rows


def test_all_flaws_are_told_at_once():
    with pytest.raises(BadProblemError) as caught:
        Problem(np.array([[-1.0]]), np.array([-1.0]), p=4)
    assert len(caught.value.flaws) == 3


def test_one_point_and_equal_distances_have_sound_answers():
    assert p_median(Problem(np.zeros((1, 1)), np.ones(1), p=1)).objective == 0.0
    answer = p_median(Problem(np.full((8, 5), 2.0), np.ones(8), p=2))
    assert (answer.status, answer.objective) == ("optimal", 16.0)
    assert p_median(Problem(np.zeros((8, 5)), np.ones(8), p=2)).objective == 0.0


def test_steps_are_planned_by_what_one_took():
    pace = Pace()
    assert pace.within(float("inf"), 100) == 100
    assert pace.within(10.0, 100) == 3, "nothing is known yet"
    pace.took(3.0, 3)
    assert pace.within(10.0, 100) == 7
    assert pace.within(0.0, 100) == 1, "one step is always made"
    pace.took(0.0, 3)
    assert pace.within(1.0, 100) == 100


def test_a_limit_is_held_in_the_middle_of_a_round():
    """A hundred steps on these lists take several seconds."""
    random = np.random.default_rng(7)
    points = random.random((2500, 2))
    costs = np.hypot(*(points[:, None] - points[None]).transpose(2, 0, 1)).astype(np.float32)
    problem = Problem(costs, np.ones(2500), p=4)
    p_median(Problem(costs[:50, :50].copy(), np.ones(50), p=3))
    began = time.process_time()
    answer = p_median(problem, Deadline(1.0))
    assert time.process_time() - began < 3.0
    assert answer.objective is not None
    assert 0 < answer.bound <= answer.objective


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**32 - 1), st.booleans())
def test_the_small_program_says_what_every_plan_costs(seed, uneven):
    """By the terms each plan within the state costs what it costs; the program finds the least."""
    random = np.random.default_rng(seed)
    n, m, p = int(random.integers(1, 12)), int(random.integers(2, 8)), 2
    costs = random.integers(0, 6, (n, m)).astype(float)
    if uneven:
        costs[random.random((n, m)) < 0.2] = np.inf
    weights = random.random(n) + 0.1
    base = ground(costs, weights)
    lists = build(base, np.full(n, np.inf), np.arange(m))
    state = np.zeros(m, np.int8)
    state[random.integers(m)] = random.choice([-1, 0, 1])
    left = terms(lists, state)
    assert len({tuple(row) for row in left.sets.toarray()}) == len(left.price), "each set stands once"
    values = {}
    for plan in combinations(range(m), p):
        opened = np.isin(np.arange(m), plan)
        if opened[state == -1].any() or not opened[state == 1].all():
            continue
        told = left.constant + left.price[left.sets @ opened.astype(float) < 0.5].sum()
        near = np.where(np.isinf(costs), np.inf, costs)[:, opened].min(axis=1)
        values[plan] = np.where(np.isinf(near), base.price, near * weights).sum()
        assert told == pytest.approx(values[plan])
    settled = settle(lists, state, p, Deadline())
    if not values:
        assert (settled.bound, settled.open) == (np.inf, None)
        return
    assert settled.bound == pytest.approx(min(values.values()))
    assert values[tuple(np.flatnonzero(settled.open).tolist())] == pytest.approx(settled.bound)


def test_branching_that_lasts_is_ended_by_the_small_program(monkeypatch):
    random = np.random.default_rng(3)
    points = random.random((150, 2))
    costs = np.hypot(*(points[:, None] - points[None]).transpose(2, 0, 1))
    problem = Problem(costs, random.random(150) ** 4, p=12)
    plain = p_median(problem)
    monkeypatch.setattr(search, "_FIRST_PROGRAM", -1.0)
    asked = []
    monkeypatch.setattr(search, "settle", lambda *given: asked.append(1) or settle(*given))
    other = p_median(problem)
    assert asked, "the instance is not settled before branching"
    assert other.status == plain.status == "optimal"
    assert other.objective == pytest.approx(plain.objective, rel=1e-9)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_interchange_ends_where_no_swap_saves_and_keeps_what_is_settled(seed):
    """What every swap saves is carried on from swap to swap, and must be what counting afresh says."""
    random = np.random.default_rng(seed)
    n, m = int(random.integers(2, 40)), int(random.integers(3, 20))
    costs = random.random((n, m)) if seed % 2 else random.integers(0, 5, (n, m)).astype(float)
    base = ground(costs, random.random(n) + 0.1)
    limit = np.full(n, np.inf) if seed % 3 else np.quantile(costs, 0.6, axis=1) * base.weights
    lists = build(base, limit, np.arange(m))
    state = random.choice([-1, 0, 0, 0, 1], m).astype(np.int8)
    opened = (state == 1) | ((state == 0) & (random.random(m) < 0.5))
    count = opened.sum()
    before = by_lists(lists, opened)
    total, _ = kernels_numba.interchange(*lists[:4], opened, state, 1 << 30)
    assert total == pytest.approx(by_lists(lists, opened))
    assert total <= before + 1e-9
    assert opened.sum() == count
    assert opened[state == 1].all()
    assert not opened[state == -1].any()
    for out in np.flatnonzero(opened & (state == 0)):
        for into in np.flatnonzero(~opened & (state == 0)):
            swapped = opened.copy()
            swapped[[out, into]] = False, True
            assert by_lists(lists, swapped) >= total - 1e-9 * abs(total) - 1e-12


def by_lists(lists, opened):
    open_costs = np.where(opened[lists.site], lists.cost, np.inf)
    least = lists.beyond.copy()
    np.minimum.at(least, np.repeat(np.arange(lists.demands), np.diff(lists.start)), open_costs)
    return float(least.sum())


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**32 - 1), st.sampled_from([True, False]))
def test_the_program_cut_to_what_can_matter_proves_the_best_plan(seed, refused):
    """Asked at once, of lists that end where a better plan cannot go; or refused, and the tree ends it."""
    random = np.random.default_rng(seed)
    n, m = int(random.integers(8, 16)), int(random.integers(6, 11))
    costs = random.random((n, m)) if seed % 2 else random.integers(1, 9, (n, m)).astype(float)
    weights, p = random.random(n) ** 3 + 0.01, int(random.integers(2, 5))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(search, "_FIRST_PROGRAM", -1.0)
        patch.setattr(search, "_MOST_ROUNDS", 1)
        if refused:
            patch.setattr("tyngdepunkt.methods.siting.reduced.MOST_TERMS", -1)
        else:
            patch.setattr(search, "_NODE_STEPS", 3)
        answer = p_median(Problem(costs, weights, p=p))
    assert answer.status == "optimal"
    assert answer.objective == pytest.approx(brute_force(costs, weights, p))


def test_the_first_lists_are_let_go_once_there_are_shorter_ones(monkeypatch):
    made, held = [], []

    class Watched(search.Start):
        def lists(self, free, first):
            lists, first = super().lists(free, first)
            made.append(weakref.ref(lists.cost))
            return lists, first

    class Root(search.Search):
        def _for_tree(self, lists, *rest):
            held.append(made[-1]() is not None and made[-1]() is not lists.cost)
            return super()._for_tree(lists, *rest)

    monkeypatch.setattr(search, "Start", Watched)
    costs, weights = points(400, 3), np.ones(400)
    Root(ground(costs, weights), 10, np.zeros(400, np.int8), Deadline()).run()
    assert held == [False], "the longest lists of a national problem take a quarter of a gigabyte"


def test_a_bound_along_a_longer_average_holds_and_is_no_lower(monkeypatch):
    """The program is refused, so that the root is deepened; the answer stays that of the plain search."""
    costs, weights = points(400, 1), np.ones(400)
    plain = p_median(Problem(costs, weights, p=10))
    before = []
    kept = search.Search._deepened

    def noted(self, root):
        deeper = kept(self, root)
        before.append((root.bound, deeper.bound))
        return deeper

    monkeypatch.setattr(search.Search, "_settle", lambda *_: None)
    monkeypatch.setattr(search.Search, "_deepened", noted)
    monkeypatch.setattr(search, "_FIRST_PROGRAM", 0.0)
    monkeypatch.setattr(search, "_WANDERING", 0.05)
    answer = p_median(Problem(costs, weights, p=10))
    assert answer.status == "optimal"
    assert answer.objective == pytest.approx(plain.objective)
    assert len(before) == 1
    assert before[0][0] <= before[0][1] <= answer.objective * (1 + 1e-9)


def test_stepping_aside_finds_the_best_plan_from_a_bad_one_and_goes_back_to_the_best(monkeypatch):
    monkeypatch.setattr(plans, "_ASIDE", 5)
    costs, weights = points(80, 2), np.ones(80)
    base = ground(costs, weights)
    looking = search.Search(base, 6, np.zeros(80, np.int8), Deadline())
    lists = build(base, np.full(80, np.inf), np.arange(80))
    looking._offer(np.arange(6))
    seen, idle = [], []
    for _ in range(80):
        looking._step_aside(lists, np.zeros(80, np.int8))
        seen.append(looking.objective)
        idle.append(looking._idle)
        assert looking.objective <= looking._here[0] <= looking.objective * (1 + plans._WORSE)
    assert seen == sorted(seen, reverse=True)
    assert len(looking.best) == 6
    assert looking.objective == pytest.approx(p_median(Problem(costs, weights, p=6)).objective)
    assert max(idle) == 4, "after five without a better plan the best is gone back to"
