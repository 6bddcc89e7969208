"""PROMETHEE II against its own authors' example."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tyngdepunkt.methods.outranking import Preference, beyond_ranges, promethee

POWER_STATIONS = np.array(
    [
        [80, 90, 6, 5.4, 8, 5],
        [65, 58, 2, 9.7, 1, 1],
        [83, 60, 4, 7.2, 4, 7],
        [40, 80, 10, 7.5, 7, 10],
        [52, 72, 6, 2.0, 3, 8],
        [94, 96, 7, 3.6, 5, 6],
    ]
)
"""Brans, Vincke & Mareschal 1986: six sites by manpower, power, building cost, upkeep, villages, safety."""
DIRECTIONS = np.array([-1, 1, -1, -1, -1, 1])
FUNCTIONS = (
    Preference("quasi", indifference=10),
    Preference("linear", full=30),
    Preference("linear", indifference=0.5, full=5),
    Preference("level", indifference=1, full=6),
    Preference("usual"),
    Preference("gaussian", spread=5),
)
PUBLISHED = np.array(
    [
        [0, 0.296, 0.250, 0.268, 0.100, 0.185],
        [0.462, 0, 0.389, 0.333, 0.296, 0.500],
        [0.236, 0.180, 0, 0.333, 0.056, 0.429],
        [0.399, 0.505, 0.305, 0, 0.223, 0.212],
        [0.444, 0.515, 0.487, 0.380, 0, 0.448],
        [0.286, 0.399, 0.250, 0.432, 0.133, 0],
    ]
)


def test_the_authors_own_example_with_all_six_preference_functions() -> None:
    flows = promethee(POWER_STATIONS * DIRECTIONS, np.full(6, 1 / 6), FUNCTIONS)
    assert flows.preference == pytest.approx(PUBLISHED, abs=0.0015)
    assert flows.net.argmax() == 4
    assert flows.net == pytest.approx((PUBLISHED.sum(1) - PUBLISHED.sum(0)) / 5, abs=0.001)


@given(st.integers(0, 100_000))
@settings(max_examples=50, deadline=None)
def test_flows_balance_and_stay_in_their_bounds(seed: int) -> None:
    random = np.random.default_rng(seed)
    scores = np.round(random.random((6, 3)) * 5)
    flows = promethee(scores, random.dirichlet(np.ones(3)))
    assert flows.net.sum() == pytest.approx(0)
    assert np.abs(flows.net).max() <= 1
    moved = promethee(scores * [10, 0.1, 3] + [5, -2, 0], np.full(3, 1 / 3)).net
    assert moved == pytest.approx(promethee(scores, np.full(3, 1 / 3)).net)  # the unit changes nothing


def test_a_great_lead_counts_no_more_than_a_full_preference() -> None:
    prefer = (Preference("linear", full=1.0),) * 2
    near = promethee([[1, 0], [0, 1]], [0.5, 0.5], prefer).net
    far = promethee([[100, 0], [0, 1]], [0.5, 0.5], prefer).net
    assert near.tolist() == far.tolist()


def test_equal_scores_give_no_preference() -> None:
    assert promethee([[1, 2], [1, 2], [1, 2]], [0.5, 0.5]).net.tolist() == [0, 0, 0]


def test_thresholds_must_make_sense() -> None:
    for wrong in (("linear", 2.0, 1.0), ("level", 1.0, 1.0), ("usual", -1.0, 0.0), ("gaussian", 0.0, 0.0)):
        with pytest.raises(ValueError, match=r"thresholds|spread"):
            Preference(*wrong)  # type: ignore[arg-type]


def test_beyond_ranges_counts_who_is_better_and_never_by_how_much() -> None:
    """A wins one criterion by far, B two by a little: by the sum A is first, by the count B."""
    values = np.array([[1.0, 0.4, 0.4], [0.0, 0.5, 0.5]])
    weights = np.array([0.4, 0.3, 0.3])
    assert (values @ weights).argmax() == 0
    found = beyond_ranges(values, values, weights)
    assert found.net == pytest.approx([-0.2, 0.2])
    assert found.preference == pytest.approx(np.array([[0, 0.4], [0.6, 0]]))


def test_ranges_that_overlap_tell_nobody_apart() -> None:
    low, high = np.array([[0.3], [0.5]]), np.array([[0.6], [0.9]])
    assert beyond_ranges(low, high, [1.0]).net.tolist() == [0, 0]
    apart = np.array([[0.45], [0.9]])
    assert beyond_ranges(low, apart, [1.0]).net.tolist() == [-1, 1]
    with pytest.raises(ValueError, match="two alternatives"):
        beyond_ranges([[0.5]], [[0.5]], [1.0])
