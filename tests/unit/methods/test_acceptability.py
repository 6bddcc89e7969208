"""SMAA: a published example, answers found by hand, and the fast kernel against a plain sort."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tyngdepunkt.methods.acceptability import acceptability, over_draws, pairwise
from tyngdepunkt.methods.rank_counting import tally
from tyngdepunkt.methods.uncertainty import ranges, rank_shares, split_ranks
from tyngdepunkt.methods.value import Identity
from tyngdepunkt.methods.weights import anything, exactly, ordered, within

TABLES = st.tuples(st.integers(2, 9), st.integers(2, 5), st.integers(0, 10_000), st.booleans())


def table(recipe: tuple[int, int, int, bool]) -> np.ndarray:
    """Random values; coarse ones tie often."""
    n, m, seed, coarse = recipe
    values = np.random.default_rng(seed).random((n, m))
    return np.round(values * 2) / 2 if coarse else values


def plain(values: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Counts (alternatives, ranks) by a stable sort of the values: ties go to the lower position."""
    n = len(values)
    order = np.argsort(-(weights @ values.T), axis=1, kind="stable")
    return np.bincount((order + np.arange(n) * n).ravel(), minlength=n * n).reshape(n, n).T


def test_two_alternatives_and_two_criteria_by_hand() -> None:
    # A = (1, 0), B = (0.4, 0.9): A leads where 0.6 w₁ > 0.9 (1 − w₁), that is for w₁ > 0.6
    found = acceptability([[1, 0], [0.4, 0.9]], anything(2), draws=200_000)
    assert found.ranks[:, 0] == pytest.approx([0.4, 0.6], abs=0.005)
    assert found.central_weights == pytest.approx(np.array([[0.8, 0.2], [0.3, 0.7]]), abs=0.005)
    assert found.confidence.tolist() == [1, 1]
    assert found.standard_error < 0.002


def test_three_equal_specialists_share_the_simplex() -> None:
    found = acceptability(np.eye(3), anything(3), draws=200_000)
    assert found.ranks == pytest.approx(np.full((3, 3), 1 / 3), abs=0.006)
    centre = [0.6111, 0.1944, 0.1944]  # its own weight is the largest of three: rank-order centroid
    assert found.central_weights[0] == pytest.approx(centre, abs=0.005)


def test_published_example_of_the_r_package_smaa() -> None:
    """Heparin and enoxaparin (Lynd & O'Brien 2004), as shipped and printed by the R package smaa.

    Two treatments, three criteria with beta-distributed rates and linear partial values; 10,000
    draws gave rank acceptabilities 0.3504 and 0.6496, central weights (0.19, 0.28, 0.54) and
    (0.41, 0.36, 0.23). The tolerance is three standard errors of their and our draws.
    """
    random = np.random.default_rng(7)
    counts = np.array([[[20, 116], [40, 96], [1, 135]], [[8, 121], [32, 97], [5, 124]]])
    rates = random.beta(counts[..., 0], counts[..., 1], size=(20_000, 2, 3))
    low, high = np.array([0, 0.15, 0]), np.array([0.25, 0.4, 0.1])
    weights = random.dirichlet(np.ones(3), size=20_000)
    totals = np.einsum("dac,dc->da", 1 - (rates - low) / (high - low), weights)
    shares = split_ranks(totals)
    assert shares.mean(axis=0)[0] == pytest.approx([0.3504, 0.6496], abs=0.018)
    heparin = shares[:, 0, 0][:, None] * weights
    assert heparin.sum(axis=0) / shares[:, 0, 0].sum() == pytest.approx([0.187, 0.277, 0.536], abs=0.015)
    enoxaparin = shares[:, 1, 0][:, None] * weights
    assert enoxaparin.sum(axis=0) / shares[:, 1, 0].sum() == pytest.approx([0.407, 0.364, 0.229], abs=0.015)


@pytest.mark.parametrize(
    ("n", "m", "draws"), [(2, 2, 500), (3, 4, 3000), (40, 6, 2000), (357, 15, 1500), (1100, 3, 200)]
)
@pytest.mark.parametrize("threads", [1, 3])
def test_the_kernel_counts_as_a_plain_stable_sort(n: int, m: int, draws: int, threads: int) -> None:
    random = np.random.default_rng(n)
    values, weights = random.random((n, m)), random.dirichlet(np.ones(m), size=draws)
    assert (tally(values, weights, threads).ranks == plain(values, weights)).all()


def test_near_ties_are_settled_by_the_full_values() -> None:
    # Leads far smaller than the upper bits of a key can tell apart, in runs of two and of many.
    random = np.random.default_rng(2)
    values = 0.5 + random.random((60, 3)) * 1e-9
    values[:20] = random.random((20, 3))
    weights = random.dirichlet(np.ones(3), size=400)
    assert (tally(values, weights).ranks == plain(values, weights)).all()


def test_numbers_far_from_0_are_counted_right() -> None:
    random = np.random.default_rng(3)
    for shift, scale in [(1e6, 1.0), (-50.0, 20.0), (0.0, 1e12), (0.0, 1e-12)]:
        values = random.random((30, 4)) * scale + shift
        weights = random.dirichlet(np.ones(4), size=300)
        assert (tally(values, weights).ranks == plain(values, weights)).all()


@given(TABLES)
@settings(max_examples=60, deadline=None)
def test_acceptabilities_sum_to_1_by_alternative_and_by_rank(recipe: tuple[int, int, int, bool]) -> None:
    values = table(recipe)
    for allowed in (anything(values.shape[1]), exactly(np.ones(values.shape[1]))):
        ranks = acceptability(values, allowed, draws=300).ranks
        assert ranks.sum(axis=0) == pytest.approx(1)
        assert ranks.sum(axis=1) == pytest.approx(1)


@given(TABLES)
@settings(max_examples=60, deadline=None)
def test_a_dominated_alternative_never_wins(recipe: tuple[int, int, int, bool]) -> None:
    values = table(recipe)
    worse = np.vstack([values, values[0] - 0.01])
    found = acceptability(worse, anything(values.shape[1]), draws=300)
    assert found.ranks[-1, 0] == 0
    assert np.isnan(found.central_weights[-1]).all()
    assert np.isnan(found.confidence[-1])


@given(TABLES, st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_the_order_of_alternatives_changes_nothing(
    recipe: tuple[int, int, int, bool], shuffle: object
) -> None:
    values = table(recipe)
    moved = list(range(len(values)))
    shuffle.shuffle(moved)  # type: ignore[attr-defined]
    weights = anything(values.shape[1]).sample(300, 4)
    found, again = over_draws(values, weights), over_draws(values[moved], weights)
    assert again.ranks == pytest.approx(found.ranks[moved])
    assert again.central_weights == pytest.approx(found.central_weights[moved], nan_ok=True)
    assert pairwise(values[moved], weights) == pytest.approx(pairwise(values, weights)[np.ix_(moved, moved)])


def test_alternatives_that_are_equal_share_evenly() -> None:
    values = [[0.2, 0.9], [0.9, 0.2], [0.9, 0.2], [0.1, 0.1]]
    found = acceptability(values, anything(2), draws=10_000)
    assert found.ranks[1].tolist() == found.ranks[2].tolist()
    assert found.ranks[1, :3] == pytest.approx([0.25, 0.5, 0.25], abs=0.01)
    assert pairwise(values, anything(2).sample(500, 0))[1, 2] == 0.5


def test_given_weights_decide_every_rank() -> None:
    values = [[1, 0], [0, 1], [0.5, 0.5]]
    found = acceptability(values, exactly([3, 1]))
    assert found.ranks.tolist() == [[1, 0, 0], [0, 0, 1], [0, 1, 0]]
    assert found.draws == 1
    assert found.standard_error == 0
    tie = acceptability(values, exactly([1, 1])).ranks  # all three have the value one half
    assert tie == pytest.approx(np.full((3, 3), 1 / 3))


def test_what_one_knows_of_the_weights_narrows_the_answer() -> None:
    values = [[1, 0, 0], [0, 1, 0], [0, 0, 1]]
    ranked = acceptability(values, ordered([[0], [1], [2]], 3), draws=1000).ranks
    assert ranked.tolist() == np.eye(3).tolist()
    bounded = acceptability(values, within([0.5, 0, 0], [1, 1, 1]), draws=1000).ranks
    assert bounded[0, 0] == 1


@given(TABLES)
@settings(max_examples=40, deadline=None)
def test_pairs_add_up_and_agree_with_the_ranks(recipe: tuple[int, int, int, bool]) -> None:
    values = table(recipe)
    weights = anything(values.shape[1]).sample(400, 1)
    pairs = pairwise(values, weights)
    assert pairs + pairs.T == pytest.approx(1)
    expected = over_draws(values, weights).ranks @ np.arange(len(values))  # mean number that come before
    assert (pairs.T.sum(axis=1) - 0.5) == pytest.approx(expected)


def test_the_same_seed_gives_the_same_answer_whatever_the_threads() -> None:
    random = np.random.default_rng(0)
    values, weights = random.random((12, 4)), anything(4).sample(80_000, 9)
    one, three = over_draws(values, weights, threads=1), over_draws(values, weights, threads=3)
    assert (one.ranks == three.ranks).all()
    assert np.array_equal(one.central_weights, three.central_weights, equal_nan=True)


def test_uncertain_figures_and_weights_together_reduce_to_the_certain_case() -> None:
    values = np.random.default_rng(8).random((5, 3))
    weights = anything(3).sample(2000, 3)
    joint = rank_shares(ranges(values, None, values), (Identity(),) * 3, weights)
    certain = over_draws(values, weights)
    assert joint.ranks == pytest.approx(certain.ranks)
    assert joint.central_weights == pytest.approx(certain.central_weights, nan_ok=True)
    assert joint.confidence == pytest.approx(certain.confidence, nan_ok=True)


def test_missing_values_and_strange_weights_are_refused() -> None:
    with pytest.raises(ValueError, match="missing"):
        over_draws([[1, np.nan], [0, 1]], [[0.5, 0.5]])
    with pytest.raises(ValueError, match="sum to 1"):
        over_draws([[1, 0], [0, 1]], [[0.5, 0.6]])
    with pytest.raises(ValueError, match="criteria"):
        over_draws([[1, 0], [0, 1]], [[0.5, 0.3, 0.2]])
