"""Costs and savings of a move: what is not known opens an end and is never 0."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tyngdepunkt.methods.moving import gained, net_cost, product

NOT_KNOWN = (np.nan, np.nan)
ENDS = st.tuples(st.floats(0, 1e6), st.floats(0, 1e6)).map(sorted)


def test_a_part_that_is_not_known_opens_the_end_it_could_move() -> None:
    assert net_cost([(10, 20), (1, 2)], [(3, 8)]).tolist() == [3, 19]
    assert net_cost([(10, 20), NOT_KNOWN], [(3, 8)]).tolist() == [2, np.inf]
    assert net_cost([(10, 20)], [NOT_KNOWN]).tolist() == [-np.inf, 20]
    assert np.isnan(net_cost([NOT_KNOWN], [NOT_KNOWN])).all()


def test_nothing_times_what_is_not_known_is_not_known() -> None:
    assert np.isnan(product((0, 0), NOT_KNOWN)).all()
    assert product((2, 3), (10, 20), (1, 1)).tolist() == [20, 60]


@pytest.mark.parametrize("wrong", [(-1, 2), (3, 2), (1,), (1, 2, 3)])
def test_what_is_no_range_is_refused(wrong: tuple[float, ...]) -> None:
    with pytest.raises(ValueError, match="ends"):
        product(wrong)


@given(st.lists(ENDS, min_size=1, max_size=4), st.lists(ENDS, min_size=1, max_size=4), st.floats(0, 1))
def test_whatever_the_parts_are_within_their_ends_the_sum_is_within_its(
    costs: list[list[float]], savings: list[list[float]], at: float
) -> None:
    low, high = net_cost(costs, savings)
    spent = sum(least + at * (most - least) for least, most in costs)
    saved = sum(most - at * (most - least) for least, most in savings)
    assert low - 1e-6 * (1 + abs(low)) <= spent - saved <= high + 1e-6 * (1 + abs(high))


@given(st.lists(st.tuples(ENDS, ENDS, st.booleans()), min_size=1, max_size=5))
def test_what_becomes_known_never_widens_the_sum(parts: list[tuple[list[float], list[float], bool]]) -> None:
    known = [cost for cost, _, _ in parts]
    partly = [cost if told else NOT_KNOWN for cost, _, told in parts]
    savings = [saving for _, saving, _ in parts]
    whole, open_ = net_cost(known, savings), net_cost(partly, savings)
    assert open_[0] <= whole[0] + 1e-6
    assert open_[1] >= whole[1] - 1e-6


def test_whoever_is_within_reach_already_is_not_gained() -> None:
    people = [100, 50, 30, 7]
    new = [[1, 0, 0, 0], [1, 1, 0, 0], [1, 1, 1, 0]]
    nobody = [[0] * 4] * 3
    assert gained(people, new, nobody).tolist() == [100, 150, 180]
    assert gained(people, new, new).tolist() == [0, 0, 80]
    assert np.isnan(gained([np.nan, 1, 1, 1], new, nobody)).all()
