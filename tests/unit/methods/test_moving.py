"""Costs and savings of a move: what is not known opens an end and is never 0."""

import numpy as np
import pytest

from tyngdepunkt.methods.moving import gained, net_cost, product

NOT_KNOWN = (np.nan, np.nan)


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


@pytest.mark.parametrize("seed", range(20))
def test_whatever_the_parts_are_within_their_ends_the_sum_is_within_its(seed: int) -> None:
    random = np.random.default_rng(seed)
    costs, savings = (np.sort(random.lognormal(8, 2, (random.integers(1, 5), 3))) for _ in range(2))
    low, high = net_cost(costs[:, [0, 2]], savings[:, [0, 2]])
    assert low <= costs[:, 1].sum() - savings[:, 1].sum() <= high
    worst, best = costs[:, 2].sum() - savings[:, 0].sum(), costs[:, 0].sum() - savings[:, 2].sum()
    assert (low, high) == (pytest.approx(best), pytest.approx(worst))


@pytest.mark.parametrize("seed", range(20))
def test_what_becomes_known_never_widens_the_sum(seed: int) -> None:
    random = np.random.default_rng(seed)
    costs, savings = (np.sort(random.lognormal(8, 2, (4, 2))) for _ in range(2))
    partly = np.where(random.random(4)[:, None] < 0.5, np.nan, costs)
    whole, open_ = net_cost(costs, savings), net_cost(partly, savings)
    assert open_[0] <= whole[0]
    assert open_[1] >= whole[1]
    assert np.isinf(open_[1]) == np.isnan(partly).any()


def test_whoever_is_within_reach_already_is_not_gained() -> None:
    people = [100, 50, 30, 7]
    new = [[1, 0, 0, 0], [1, 1, 0, 0], [1, 1, 1, 0]]
    nobody = [[0] * 4] * 3
    assert gained(people, new, nobody).tolist() == [100, 150, 180]
    assert gained(people, new, new).tolist() == [0, 0, 80]
    assert np.isnan(gained([np.nan, 1, 1, 1], new, nobody)).all()
