"""Shares of first places: volumes worked by hand, and against draws."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tyngdepunkt.methods.acceptability import acceptability
from tyngdepunkt.methods.polytope import first_shares, volume
from tyngdepunkt.methods.weights import WeightSet, anything, exactly, ordered, within


@pytest.mark.parametrize("dimensions", [1, 2, 3, 4])
def test_simplices_and_cubes_have_the_volume_they_have(dimensions: int) -> None:
    below, above = -np.eye(dimensions), np.eye(dimensions)
    simplex = np.vstack([below, np.ones((1, dimensions))])
    assert volume(simplex, np.array([0.0] * dimensions + [1.0])) == pytest.approx(
        1 / np.prod(np.arange(1, dimensions + 1))
    )
    cube = np.vstack([below, above, above])  # a bound that stands twice changes nothing
    assert volume(cube, np.array([0.0] * dimensions + [2.0] * 2 * dimensions)) == pytest.approx(2**dimensions)
    assert volume(cube, np.array([0.0] * dimensions + [-1.0] * 2 * dimensions)) == 0.0


def test_two_criteria_by_hand() -> None:
    """A has 1 and 0, B has 0 and 1, C has 0.6 of both: C leads from w = 0.4 to 0.6."""
    found = first_shares([[1, 0], [0, 1], [0.6, 0.6]], anything(2))
    assert found == pytest.approx([0.4, 0.4, 0.2])


def test_three_criteria_of_their_own_share_evenly() -> None:
    assert first_shares(np.eye(3), anything(3)) == pytest.approx([1 / 3] * 3)
    assert first_shares(np.eye(3), ordered([[0], [1], [2]], 3)) == pytest.approx([1, 0, 0])


def test_equals_share_and_a_point_is_all_or_nothing() -> None:
    assert first_shares([[1, 0], [1, 0], [0, 1]], anything(2)) == pytest.approx([0.25, 0.25, 0.5])
    assert first_shares([[1, 0], [0, 1]], exactly([0.7, 0.3])) == pytest.approx([1, 0])
    assert first_shares([[0.5], [0.7]], anything(1)) == pytest.approx([0, 1])


def allowed(kind: str, size: int, random: np.random.Generator) -> WeightSet:
    if kind == "none":
        return anything(size)
    if kind == "order":
        return ordered([[int(i)] for i in random.permutation(size)], size)
    centre = random.dirichlet(np.ones(size))
    return within(np.maximum(centre - 0.25, 0), np.minimum(centre + 0.25, 1))


@given(
    st.sampled_from(["none", "order", "bounds"]), st.integers(2, 5), st.integers(2, 9), st.integers(0, 10**6)
)
@settings(max_examples=60, deadline=None)
def test_the_shares_are_those_of_many_draws(kind: str, size: int, count: int, seed: int) -> None:
    random = np.random.default_rng(seed)
    values, weights = random.random((count, size)).round(2), allowed(kind, size, random)
    found = first_shares(values, weights)
    assert found is not None
    assert found.sum() == pytest.approx(1)
    drawn = acceptability(values, weights, 20_000, seed).ranks[:, 0]
    assert np.abs(found - drawn).max() < 0.02  # more than five standard errors


def test_too_many_criteria_or_rivals_have_no_answer() -> None:
    assert first_shares(np.eye(6), anything(6)) is None
    angles = np.linspace(0, np.pi / 2, 400)
    round_about = np.column_stack([np.cos(angles), np.sin(angles), np.sin(2 * angles) / 2, angles * 0])
    assert first_shares(round_about, anything(4)) is None
