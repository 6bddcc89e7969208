"""The additive model taken apart, ranks with ties, and dominance."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tyngdepunkt.methods.additive import competition_ranks, rank
from tyngdepunkt.methods.dominance import dominance

SEEDS = st.integers(0, 100_000)


def test_weighted_sum_as_in_the_worked_example_of_a_published_library() -> None:
    """The same table through scikit-criteria's WeightedSumModel."""
    skcriteria = pytest.importorskip("skcriteria")
    from skcriteria.agg import simple

    values = np.random.default_rng(4).random((6, 4))
    weights = np.array([0.4, 0.3, 0.2, 0.1])
    matrix = skcriteria.mkdm(values, [max] * 4, weights=weights)
    theirs = simple.WeightedSumModel().evaluate(matrix)
    ours = rank(values, weights)
    assert ours.values == pytest.approx(theirs.e_.score)
    assert ours.ranks.tolist() == theirs.rank_.tolist()


def test_partial_values_sum_to_the_value() -> None:
    ranked = rank([[1, 0, 0.5], [0, 1, 0.5]], [0.5, 0.3, 0.2])
    assert ranked.values == pytest.approx([0.6, 0.4])
    assert ranked.partial.sum(axis=1) == pytest.approx(ranked.values)
    assert ranked.order.tolist() == [0, 1]


def test_ties_share_the_best_rank_and_are_said() -> None:
    ranked = rank([[0.1, 0.2 + 0.1], [0.3, 0.1], [0.2, 0.2], [0.0, 0.1]], [0.5, 0.5])
    assert ranked.ranks.tolist() == [1, 1, 1, 4]
    assert ranked.tied.tolist() == [True, True, True, False]
    assert competition_ranks([5, 7, 7, 9, 1]).tolist() == [4, 2, 2, 1, 5]


@pytest.mark.parametrize("scale", [1.0, 100.0, 1e6])
def test_what_differs_by_rounding_alone_is_a_tie(scale: float) -> None:
    """0,1 + 0,2 and 0,3 are not the same number in a computer; the largest value says what is small."""
    high, low = np.array([0.1 + 0.2, 0.3]) * scale
    assert high != low
    assert competition_ranks([low, high, 0]).tolist() == [1, 1, 3]
    assert competition_ranks([high, low, 0]).tolist() == [1, 1, 3]
    assert rank([[0.1 * 3], [0.3]], [1.0]).tied.tolist() == [True, True]


@pytest.mark.parametrize("scale", [1.0, 1e3, 1e6])
def test_what_differs_by_more_than_rounding_is_no_tie(scale: float) -> None:
    assert competition_ranks(np.array([0.3, 0.3 + 1e-9]) * scale).tolist() == [2, 1]


@given(SEEDS, st.integers(0, 4))
@settings(max_examples=60, deadline=None)
def test_who_dominates_is_never_behind_whatever_the_weights(seed: int, coarse: int) -> None:
    random = np.random.default_rng(seed)
    values = np.round(random.random((8, 3)) * (2 + coarse))
    found = dominance(values)
    totals = values @ random.dirichlet(np.ones(3), size=50).T
    for a, b in found.pairs:
        assert (totals[a] >= totals[b] - 1e-12).all()
    assert (found.weak | ~found.strict).all()  # strict dominance is dominance
    assert not np.diagonal(found.weak).any()
    brute = {
        (a, b)
        for a in range(8)
        for b in range(8)
        if all(values[a] >= values[b]) and any(values[a] > values[b])
    }
    assert set(found.pairs) == brute


def test_dominance_by_hand() -> None:
    found = dominance([[3, 3], [2, 2], [3, 2], [1, 4]])
    assert found.pairs == [(0, 1), (0, 2), (2, 1)]
    assert np.argwhere(found.strict).tolist() == [[0, 1]]
    assert found.dominated.tolist() == [False, True, True, False]


def test_missing_values_are_refused() -> None:
    with pytest.raises(ValueError, match="missing"):
        dominance([[1, np.nan]])
    with pytest.raises(ValueError, match="missing"):
        rank([[1, np.nan]], [0.5, 0.5])


def test_a_large_value_makes_no_others_equal() -> None:
    """35, 29 and 3 beside a value of a hundred billion: each has a rank of its own."""
    assert competition_ranks([1e14, 35.0, 29.0, 3.0]).tolist() == [1, 2, 3, 4]
    assert competition_ranks([3e-14, 2e-14, 1e-14]).tolist() == [1, 2, 3]


def test_what_only_rounding_tells_apart_is_level() -> None:
    assert competition_ranks([0.1 + 0.2, 0.3, 0.1]).tolist() == [1, 1, 3]
    cancelled = rank([[1e9, -1e9, 0.3], [0.1, 0.2, 0.0]], [1 / 3, 1 / 3, 1 / 3])
    assert cancelled.ranks.tolist() == [1, 1]  # the terms are so large that their rounding hides the rest
