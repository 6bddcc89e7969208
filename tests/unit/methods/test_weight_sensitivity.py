"""The smallest change of weights: level, allowed, and nothing nearer."""

import itertools

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy.optimize import minimize

from tyngdepunkt.methods.weight_sensitivity import flip, is_nearest, nearest, smallest_weight_changes
from tyngdepunkt.methods.weights import exactly

PROBLEMS = st.tuples(st.integers(2, 8), st.integers(0, 100_000))
FBI_2022, FBI_2023 = (35, 25, 15, 15, 10), (25, 20, 15, 20, 20)
"""Published weights of the search for a head office of the FBI (GSA, September 2022 and July 2023):
mission, transport, flexibility, sustainability and equity, cost."""


def problem(recipe: tuple[int, int]) -> tuple[np.ndarray, np.ndarray]:
    """A rival that is behind, and weights to start from."""
    size, seed = recipe
    random = np.random.default_rng(seed)
    return random.uniform(-1, 0.6, size), random.dirichlet(np.ones(size))


@given(PROBLEMS)
@settings(max_examples=100, deadline=None)
def test_the_rival_draws_level_at_allowed_weights(recipe: tuple[int, int]) -> None:
    lead, start = problem(recipe)
    found = flip(lead, start)
    if lead.max() < 0:
        assert found is None
        return
    assert found is not None
    assert found.weights.sum() == pytest.approx(1)
    assert found.weights.min() >= 0
    if lead @ start < 0:
        assert lead @ found.weights == pytest.approx(0, abs=1e-9)
        assert found.distance == pytest.approx(np.linalg.norm(found.weights - start))
    else:
        assert found.distance == 0


@given(PROBLEMS)
@settings(max_examples=40, deadline=None)
def test_no_other_solver_finds_a_nearer_point(recipe: tuple[int, int]) -> None:
    lead, start = problem(recipe)
    found = flip(lead, start)
    assume(found is not None and found.distance > 0)
    other = minimize(
        lambda w: ((w - start) ** 2).sum(),
        np.full(len(start), 1 / len(start)),
        jac=lambda w: 2 * (w - start),
        bounds=[(0, 1)] * len(start),
        constraints=[
            {"type": "eq", "fun": lambda w: w.sum() - 1, "jac": lambda w: np.ones(len(w))},
            {"type": "ineq", "fun": lambda w: lead @ w, "jac": lambda w: lead},
        ],
        method="SLSQP",
        options={"ftol": 1e-14, "maxiter": 400},
    )
    assume(other.success)
    assert found is not None
    assert found.distance == pytest.approx(np.sqrt(other.fun), abs=2e-5)


def test_no_point_of_a_dense_grid_is_nearer() -> None:
    lead, start = np.array([-0.4, 0.3, -0.1]), np.array([0.7, 0.1, 0.2])
    found = flip(lead, start)
    steps = np.arange(201) / 200
    grid = np.array([(a, b, 1 - a - b) for a, b in itertools.product(steps, steps) if a + b <= 1])
    level = grid[grid @ lead >= 0]
    assert found is not None
    assert np.linalg.norm(level - start, axis=1).min() >= found.distance - 1e-12
    assert np.linalg.norm(level - start, axis=1).min() == pytest.approx(found.distance, abs=0.01)


def test_two_criteria_by_hand() -> None:
    # A = (1, 0) and B = (0.4, 0.9) are level at w₁ = 0.6; from (0.9, 0.1) that is 0.3·√2 away
    found = nearest(smallest_weight_changes([[1, 0], [0.4, 0.9]], [0.9, 0.1], first=0))
    assert found is not None
    assert found.rival == 1
    assert found.weights == pytest.approx([0.6, 0.4])
    assert found.distance == pytest.approx(0.3 * np.sqrt(2))


def test_the_change_of_weights_in_the_fbi_case_is_found() -> None:
    """Values of our own, made so that the published change of weights turns the first place."""
    sites = np.array([[0.9, 0.6, 0.5, 0.4, 0.3], [0.6, 0.6, 0.5, 0.7, 0.8], [0.5, 0.4, 0.9, 0.5, 0.5]])
    before, after = exactly(FBI_2022).centroid(), exactly(FBI_2023).centroid()
    assert (sites @ before).argmax() == 0
    assert (sites @ after).argmax() == 1
    found = nearest(smallest_weight_changes(sites, before, first=0))
    assert found is not None
    assert found.rival == 1
    assert found.distance < np.linalg.norm(after - before)
    assert sites[1] @ found.weights == pytest.approx(sites[0] @ found.weights)
    moved = found.weights - before
    assert moved[0] < 0 < moved[4]  # less mission, more cost: the direction in which they were changed


def test_no_weights_can_lift_a_rival_that_is_behind_in_everything() -> None:
    assert smallest_weight_changes([[1, 1], [0.5, 0.9]], [0.5, 0.5], first=0) == [None, None]
    assert nearest([None, None]) is None


def test_a_rival_that_leads_nowhere_is_level_only_where_it_equals_the_first() -> None:
    found = flip([0.0, -0.5, 0.0, -0.2], [0.1, 0.5, 0.2, 0.2])
    assert found is not None
    assert found.weights == pytest.approx([0.45, 0.0, 0.55, 0.0])


def test_already_level_is_no_change() -> None:
    found = smallest_weight_changes([[0.5, 0.5], [0.2, 0.8]], [0.5, 0.5], first=0)[1]
    assert found is not None
    assert found.distance == 0


def test_the_unit_of_the_values_changes_nothing() -> None:
    lead, start = np.array([-0.4, 0.3, -0.1]), np.array([0.7, 0.1, 0.2])
    small, large = flip(lead * 1e-6, start), flip(lead * 1e6, start)
    assert small is not None
    assert large is not None
    assert small.weights == pytest.approx(large.weights)


def test_the_check_refuses_what_is_not_nearest() -> None:
    lead, start = np.array([-1.0, 0.75, -0.25]), np.array([0.7, 0.1, 0.2])
    found = flip(lead, start)
    assert found is not None
    assert is_nearest(found.weights, start, lead)
    assert not is_nearest(np.array([0.0, 1.0, 0.0]), start, lead)  # level, but farther away
    assert not is_nearest(start, start, lead)  # near, but not level


@given(st.integers(2, 8), st.integers(0, 100_000))
@settings(max_examples=100, deadline=None)
def test_units_of_any_size_stand_side_by_side(size: int, seed: int) -> None:
    """Kroner beside shares from 0 to 1: every flip is found, and meets its optimality conditions."""
    random = np.random.default_rng(seed)
    values = random.random((4, size)) * 10.0 ** random.integers(-6, 12, size)
    weights = random.dirichlet(np.ones(size))
    first = int((values @ weights).argmax())
    for rival, found in enumerate(smallest_weight_changes(values, weights, first)):
        lead = values[rival] - values[first]
        assert (found is None) == (rival == first or lead.max() < 0)
        if found is not None:
            seen = 1e-6 * (np.abs(lead) @ found.weights) + 1e-15 * np.abs(lead).max()
            assert lead @ found.weights >= -seen
            assert lead @ found.weights <= seen or found.distance == 0
            assert found.weights.sum() == pytest.approx(1)


def test_kroner_beside_shares_by_hand() -> None:
    """One criterion in kroner, one from 0 to 1: level where the share weighs all but a billionth."""
    found = flip([-1e9, 1.0], [0.5, 0.5])
    assert found is not None
    assert found.weights == pytest.approx([1 / (1 + 1e9), 1e9 / (1 + 1e9)])


def test_a_lead_too_small_to_be_reckoned_with_is_none():
    start = np.array([0.0, 0.48, 0.26, 0.26])
    found = flip([-0.8, -1.0, 3e-309, 0.0], start)
    np.testing.assert_allclose(found.weights, [0, 0, 0.5, 0.5])
