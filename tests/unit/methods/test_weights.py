"""Sets of weights: exact centres against published figures, exact draws against exact centres."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tyngdepunkt.methods import weight_sampling
from tyngdepunkt.methods.weights import (
    WeightSet,
    anything,
    exactly,
    feasible,
    ordered,
    rank_order_centroid,
    within,
)


def bounds(seed: int, size: int) -> WeightSet:
    """Bounds round a random point: wide, narrow and lopsided ones."""
    random = np.random.default_rng(seed)
    centre = random.dirichlet(np.ones(size))
    spread = 10.0 ** -random.uniform(0, 3, size)
    return within(np.maximum(centre - spread, 0), np.minimum(centre + spread * random.random(size), 1))


def deviations(allowed: WeightSet, draws: int = 40_000) -> np.ndarray:
    """How many standard errors the mean of the draws lies from the exact centre."""
    sample = allowed.sample(draws, seed=11)
    error = sample.std(axis=0) / np.sqrt(draws)
    moves = error > 1e-12
    return ((sample.mean(axis=0) - allowed.centroid())[moves] / error[moves]).ravel()


@pytest.mark.parametrize(
    ("size", "published"),
    [  # Barron & Barrett 1996, table of rank-order centroid weights
        (2, [0.75, 0.25]),
        (3, [0.6111, 0.2778, 0.1111]),
        (4, [0.5208, 0.2708, 0.1458, 0.0625]),
        (5, [0.4567, 0.2567, 0.1567, 0.0900, 0.0400]),
    ],
)
def test_rank_order_centroid_is_as_published(size: int, published: list[float]) -> None:
    assert rank_order_centroid(size) == pytest.approx(published, abs=5e-5)
    assert ordered([[k] for k in range(size)], size).centroid() == pytest.approx(published, abs=5e-5)


def test_members_of_a_group_share_their_places() -> None:
    assert ordered([[2], [0, 1]], 3).centroid() == pytest.approx([0.1944, 0.1944, 0.6111], abs=5e-5)
    assert ordered([[0, 1, 2]], 3).centroid() == pytest.approx([1 / 3] * 3)


def test_centre_of_a_triangle_cut_by_one_bound_is_found_by_hand() -> None:
    # w₁ ≤ ½ takes a quarter of the triangle away, a smaller triangle with centre (⅔, ⅙, ⅙):
    # (⅓ − ¼·⅔) / ¾ = 2/9
    allowed = within([0, 0, 0], [0.5, 1, 1])
    assert allowed.centroid() == pytest.approx([2 / 9, 7 / 18, 7 / 18])


@pytest.mark.parametrize("size", range(2, 13))
@pytest.mark.parametrize("seed", range(3))
def test_draws_within_bounds_have_the_exact_centre(seed: int, size: int) -> None:
    assert np.abs(deviations(bounds(seed, size))).max(initial=0) < 4.8


@pytest.mark.parametrize("groups", [[[1], [0], [2]], [[3], [0, 2]], [[0, 1], [2, 3]], [[4, 2], [1], [0, 3]]])
def test_draws_in_an_order_have_the_exact_centre(groups: list[list[int]]) -> None:
    assert np.abs(deviations(ordered(groups, 5))).max() < 4.8


def test_draws_from_all_weights_have_the_moments_of_the_dirichlet() -> None:
    sample = anything(5).sample(100_000, seed=3)
    assert sample.mean(axis=0) == pytest.approx([0.2] * 5, abs=0.003)
    assert sample.var(axis=0) == pytest.approx([0.2 * 0.8 / 6] * 5, rel=0.03)
    assert np.cov(sample[:, 0], sample[:, 1])[0, 1] == pytest.approx(-0.04 / 6, rel=0.05)


def test_draws_within_bounds_are_distributed_as_brute_rejection() -> None:
    low, high = np.array([0.1, 0.0, 0.2, 0.0]), np.array([0.5, 0.15, 0.7, 0.4])
    drawn = within(low, high).sample(40_000, seed=5)
    free = np.random.default_rng(6).dirichlet(np.ones(4), size=400_000)
    brute = free[((free >= low) & (free <= high)).all(axis=1)]
    for k in range(4):
        for q in (0.1, 0.25, 0.5, 0.75, 0.9):
            share = (drawn[:, k] <= np.quantile(brute[:, k], q)).mean()
            assert share == pytest.approx(q, abs=0.015)
    assert np.cov(drawn.T) == pytest.approx(np.cov(brute.T), abs=4e-4)


def test_every_split_of_the_proposal_draws_from_the_same_distribution() -> None:
    low, high = np.array([0.05, 0.0, 0.1, 0.0]), np.array([0.4, 0.3, 0.6, 0.5])
    free = np.ones(4, dtype=bool)
    exact = weight_sampling.box_centroid(*weight_sampling.tightened(low, high))
    for part in weight_sampling._slices(low, high, free):
        for k in range(1, 5):
            points = weight_sampling._proposed(part, k, 60_000, np.random.default_rng(k))
            mean = part.base + part.sign * points.mean(axis=0)
            error = points.std(axis=0) / np.sqrt(len(points))
            assert np.abs((mean - exact) / error).max() < 4.5


def test_rounding_and_whole_numbers_give_the_same_centre() -> None:
    low, high = np.zeros(6), np.array([0.5, 0.3, 0.2, 0.25, 0.4, 0.35])
    part = weight_sampling._slices(*weight_sampling.tightened(low, high), np.ones(6, dtype=bool))[0]
    assert weight_sampling._exact_centroid(part) == pytest.approx(
        weight_sampling._slice_centroid(part), abs=1e-12
    )


def test_very_narrow_bounds_keep_an_exact_centre() -> None:
    centre = np.array([0.3, 0.25, 0.2, 0.15, 0.1])
    width = np.array([1e-9, 1e-7, 1e-3, 1e-2, 1e-2])
    allowed = within(centre - width, centre + width)
    assert allowed.centroid() == pytest.approx(centre, abs=1e-9)  # the set is symmetric round it
    assert allowed.contains(allowed.sample(50, seed=1)[7])


@given(st.integers(2, 12), st.integers(0, 10_000))
@settings(max_examples=60, deadline=None)
def test_draws_and_centre_lie_in_the_set(size: int, seed: int) -> None:
    allowed = bounds(seed, size)
    assert allowed.contains(allowed.centroid())
    sample = allowed.sample(40, seed)
    assert all(allowed.contains(w) for w in sample)
    assert (sample == allowed.sample(40, seed)).all()


@given(st.permutations(range(6)), st.integers(1, 6), st.integers(0, 1000))
@settings(max_examples=60, deadline=None)
def test_draws_in_an_order_keep_it(order: list[int], cut: int, seed: int) -> None:
    groups = [group for group in (order[:1], order[1:cut], order[cut:5]) if group]
    allowed = ordered(groups, 6)
    assert all(allowed.contains(w) for w in allowed.sample(30, seed))
    assert allowed.contains(allowed.centroid())
    assert allowed.centroid().sum() == pytest.approx(1)


def test_what_is_fixed_by_its_bounds_stays() -> None:
    allowed = within([0.2, 0.3, 0.0], [0.2, 0.3, 1.0])
    assert allowed.is_point
    assert allowed.centroid() == pytest.approx([0.2, 0.3, 0.5])
    assert allowed.sample(3, 0) == pytest.approx(np.tile([0.2, 0.3, 0.5], (3, 1)))


def test_points_are_normalised() -> None:
    assert exactly([35, 25, 15, 15, 10]).centroid() == pytest.approx([0.35, 0.25, 0.15, 0.15, 0.10])


def test_what_cannot_be_weights_is_refused() -> None:
    assert not feasible([0.6, 0.6], [1, 1])
    assert not feasible([0.0, 0.0], [0.4, 0.5])
    for low, high in [([0.6, 0.6], [1, 1]), ([0, 0], [0.4, 0.5]), ([0.5, 0], [0.4, 1])]:
        with pytest.raises(ValueError, match="bounds"):
            within(low, high)
    for weights in ([-1, 2], [0, 0], [np.nan, 1]):
        with pytest.raises(ValueError, match="weights"):
            exactly(weights)
    for groups in ([[0], [0]], [[5]], [[], [1]]):
        with pytest.raises(ValueError, match="order"):
            ordered(groups, 3)


def test_more_than_twenty_free_weights_say_that_the_centre_is_drawn() -> None:
    allowed = within(np.zeros(22), np.full(22, 0.1))
    assert not allowed.centre_is_exact
    assert allowed.centroid() == pytest.approx(np.full(22, 1 / 22), abs=5e-4)
    assert within(np.zeros(20), np.full(20, 0.1)).centre_is_exact
