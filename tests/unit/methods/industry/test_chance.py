"""The spread of measures of counts: against closed forms, against simulation, and at the edges."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tyngdepunkt.methods import industry
from tyngdepunkt.methods.industry import between, spread
from tyngdepunkt.methods.validation import Floats

counts = st.lists(st.integers(1, 5000), min_size=3, max_size=8).map(lambda row: np.array(row, dtype=float))


@given(counts)
def test_a_share_has_the_spread_of_the_binomial(own: Floats) -> None:
    total = own.sum()
    found = spread(lambda rows: rows[:, 0] / rows.sum(axis=1), own)
    share = own[0] / total
    assert float(found) == pytest.approx(np.sqrt(share * (1 - share) / total), rel=1e-3, abs=1e-9)


@given(counts)
def test_a_sum_has_the_spread_of_its_root(own: Floats) -> None:
    assert float(spread(lambda rows: rows.sum(axis=1), own)) == pytest.approx(np.sqrt(own.sum()), rel=1e-6)


def test_it_is_near_what_drawing_anew_gives() -> None:
    own = np.array([600.0, 320, 260, 217, 178, 40, 24])
    reference = np.array([20_000.0, 9000, 12_000, 15_000, 9000, 5000, 2000])
    drawn = np.random.default_rng(1).poisson(own, (20_000, len(own))).astype(float)
    for measure in (
        lambda rows: industry.herfindahl(rows).plain,
        lambda rows: industry.krugman(rows, reference),
        lambda rows: industry.location_quotient(rows, reference)[:, 5],
    ):
        assert float(spread(measure, own)) == pytest.approx(float(np.std(measure(drawn))), rel=0.1)


def test_several_measures_at_once_and_one_without_an_answer() -> None:
    own, reference = np.array([5.0, 5.0, 0.0]), np.array([10.0, 0.0, 3.0])
    found = spread(lambda rows: industry.location_quotient(rows, reference), own)
    assert found.shape == (3,)
    assert np.isnan(found[1])
    assert np.isfinite(found[[0, 2]]).all()


def test_an_empty_cell_may_be_the_two_persons_it_was_rounded_from() -> None:
    found = float(spread(lambda rows: rows[:, 0], np.array([0.0, 50.0])))
    assert between(0.0, found, 0.0, np.inf) == pytest.approx((0, 2))


@given(st.floats(0, 1), st.floats(0, 10))
def test_the_range_holds_the_value_and_keeps_to_the_bounds(value: float, deviation: float) -> None:
    found = between(value, deviation, 0.0, 1.0)
    assert found is not None
    assert 0 <= found[0] <= value <= found[1] <= 1
