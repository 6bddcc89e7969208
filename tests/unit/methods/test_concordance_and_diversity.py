"""How considerations pull, and how broad a set of jobs is."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import kendalltau

from tyngdepunkt.methods.concordance import concordance, kendall_tau_b
from tyngdepunkt.methods.diversity import breadth, effective_number

SCORES = st.lists(st.integers(-5, 5), min_size=3, max_size=9)


@given(SCORES, st.integers(0, 1000))
@settings(max_examples=100, deadline=None)
def test_strength_is_the_definition_pair_by_pair(first: list[int], seed: int) -> None:
    second = np.random.default_rng(seed).integers(-4, 5, len(first))
    pairs = [(i, j) for i in range(len(first)) for j in range(i)]
    votes = [(first[i] - first[j]) * int(second[i] - second[j]) for i, j in pairs]
    size = sum(abs(v) for v in votes)
    found = concordance(np.array(first, dtype=float), second.astype(float))
    assert found.strength == pytest.approx(sum(votes) / size if size else 0.0)
    assert -1 <= found.strength <= 1


@given(SCORES, st.integers(0, 1000))
@settings(max_examples=60, deadline=None)
def test_tau_b_agrees_with_scipy(first: list[int], seed: int) -> None:
    second = np.random.default_rng(seed).integers(0, 3, len(first))
    theirs = kendalltau(first, second).statistic
    assert kendall_tau_b(first, second) == pytest.approx(0.0 if math.isnan(theirs) else theirs)


def test_tau_b_of_the_example_in_scipys_documentation() -> None:
    assert kendall_tau_b([12, 2, 1, 12, 2], [1, 4, 7, 1, 0]) == pytest.approx(-0.47140452079103173)


def test_the_same_and_the_opposite() -> None:
    assert concordance([1.0, 2.0, 5.0], [10.0, 20.0, 50.0]).strength == pytest.approx(1)
    assert concordance([1.0, 2.0, 5.0], [-1.0, -2.0, -5.0]).strength == pytest.approx(-1)
    flat = concordance([1.0, 1.0, 1.0], [1.0, 2.0, 3.0])
    assert flat.strength == 0
    assert flat.tau_b == 0


@given(st.integers(0, 10_000))
@settings(max_examples=60, deadline=None)
def test_contributions_of_indicator_pairs_add_up(seed: int) -> None:
    random = np.random.default_rng(seed)
    first, second = random.random((6, 3)), random.random((6, 2))
    found = concordance(first, second)
    assert found.contributions.shape == (3, 2)
    assert found.contributions.sum() == pytest.approx(found.strength)
    assert concordance(second, first).contributions == pytest.approx(found.contributions.T)


def test_the_indicator_that_pulls_apart_is_found() -> None:
    access, rent = [0.0, 1.0, 2.0], [2.0, 1.0, 0.0]
    found = concordance(np.array([access, rent]).T * [1.0, 0.2], np.array(access))
    assert found.contributions[0, 0] > 0 > found.contributions[1, 0]


def test_the_unit_of_a_consideration_changes_nothing() -> None:
    a, b = [1.0, 4.0, 2.0, 2.0], [3.0, 1.0, 0.0, 2.0]
    assert concordance(np.array(a) * 7 + 3, b).strength == pytest.approx(concordance(a, b).strength)


def test_hill_number_doubles_when_two_sets_with_nothing_in_common_are_joined() -> None:
    # The doubling property by which Jost 2006 tells diversity from entropy
    one = np.array([10.0, 5.0, 1.0])
    joined = np.concatenate([one, one])
    assert effective_number(joined) == pytest.approx(2 * effective_number(one))


def test_published_values_of_equal_and_unequal_groups() -> None:
    # Jost 2006: equally common groups have as many effective groups as there are groups
    assert effective_number([25.0] * 8) == pytest.approx(8)
    assert effective_number([7.0, 0.0, 0.0]) == pytest.approx(1)
    assert effective_number([0.5, 0.25, 0.25]) == pytest.approx(2**1.5)  # entropy of 1.5 bits


def test_breadth_rises_where_what_comes_is_rare() -> None:
    region = [[100.0, 10.0], [100.0, 10.0]]
    rise = breadth(region, [[0.0, 5.0], [5.0, 0.0]])
    assert rise[0] > 0 > rise[1]
    assert rise[0] == pytest.approx(effective_number([100, 15]) / effective_number([100, 10]) - 1)
    assert breadth([3.0, 4.0], [0.0, 0.0]) == 0


@pytest.mark.parametrize("counts", [[0.0, 0.0], [-1.0, 2.0], [np.nan, 1.0]])
def test_diversity_of_nothing_or_of_the_unknown_is_refused(counts: list[float]) -> None:
    with pytest.raises(ValueError, match=r"counts|nothing"):
        effective_number(counts)
