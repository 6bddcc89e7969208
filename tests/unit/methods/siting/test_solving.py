"""`solve` from arrays: every model, with what lies around its plan, against all plans there are."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

from tyngdepunkt.methods import siting
from tyngdepunkt.methods.siting import BadProblemError, CutLists, solve

N, P, RADIUS = 9, 3, 0.35


@pytest.fixture
def costs() -> np.ndarray:
    where = np.random.default_rng(7).random((N, 2))
    return np.hypot(*(where[:, None] - where[None, :]).T)


@pytest.fixture
def weights() -> np.ndarray:
    return np.random.default_rng(8).integers(1, 9, N).astype(float)


def of_all_plans(costs: np.ndarray, weights: np.ndarray, model: str, p: int = P) -> float:
    """The objective of the best of every plan of p sites."""
    nearest = [costs[:, list(plan)].min(axis=1) for plan in combinations(range(N), p)]
    return {
        "p-median": min(float(weights @ each) for each in nearest),
        "p-center": min(float(each.max()) for each in nearest),
        "mclp": max(float(weights @ (each <= RADIUS)) for each in nearest),
    }[model]


@pytest.mark.parametrize("model", ["p-median", "p-center", "mclp"])
def test_the_plan_is_the_best_of_all_plans(costs: np.ndarray, weights: np.ndarray, model: str) -> None:
    answer = solve(costs, weights, model, p=P, radius=RADIUS)
    assert (answer.model, answer.status, answer.gap) == (model, "optimal", 0.0)
    assert answer.objective == pytest.approx(of_all_plans(costs, weights, model))
    assert answer.worst
    assert answer.fairness


def test_capacities_split_a_demand_in_one_model_alone(costs: np.ndarray, weights: np.ndarray) -> None:
    room = np.full(N, weights.sum() / P + 1)
    whole = solve(costs, weights, "cpmp", p=P, capacities=room)
    split = solve(costs, weights, "cflp", capacities=room, site_costs=np.full(N, 2.0))
    single = solve(costs, weights, "cflp", capacities=room, site_costs=np.full(N, 2.0), single_source=True)
    assert set(whole.assignment.share) == set(single.assignment.share) == {1.0}
    assert single.objective >= split.objective


def test_what_lies_around_is_there_when_it_is_asked_for(costs: np.ndarray, weights: np.ndarray) -> None:
    answer = solve(costs, weights, p=P, near_best=2, curve=(1, 4))
    objectives = [each.objective for each in answer.near_best]
    assert len(objectives) == 2
    assert answer.objective <= objectives[0] <= objectives[1]
    assert answer.tolerance
    for point in answer.curve:
        assert point.objective == pytest.approx(of_all_plans(costs, weights, "p-median", point.p))
    assert [each.p for each in answer.curve] == [1, 2, 3, 4]


def test_an_existing_site_that_serves_as_well_goes_first() -> None:
    costs = np.array([[0.0, 0.0, 9.0], [9.0, 9.0, 1.0]])
    existing = np.array([False, True, True])
    answer = solve(costs, np.ones(2), p=2, existing=existing, existing_first=True)
    assert list(answer.open) == [1, 2]


def test_cut_lists_are_taken_too() -> None:
    lists = CutLists(np.array([0, 1, 2]), np.array([0, 1]), np.array([1.0, 2.0]), 3)
    assert solve(lists, np.ones(2), p=2).objective == 3.0


@pytest.mark.parametrize(
    ("model", "needs"),
    [("p-median", ["p"]), ("mclp", ["radius"]), ("lscp", ["radius"]), ("cpmp", ["p", "capacities"])],
)
def test_what_a_model_needs_is_said_at_once(costs: np.ndarray, model: str, needs: list[str]) -> None:
    with pytest.raises(BadProblemError) as caught:
        solve(costs, np.ones(N), model)
    assert [str(each) for each in caught.value.flaws] == [f"{model} needs {name}" for name in needs]


def test_a_limit_of_no_time_still_says_how_good_it_is(costs: np.ndarray, weights: np.ndarray) -> None:
    answer = solve(costs, weights, p=P, time_limit=0.0)
    assert answer.bound is not None
    assert answer.bound <= of_all_plans(costs, weights, "p-median") + 1e-9


def test_no_other_name_is_found() -> None:
    with pytest.raises(AttributeError, match="solve_it"):
        _ = siting.solve_it
