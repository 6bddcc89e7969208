"""Travel times: the same both ways, nothing to itself, nearest first."""

import numpy as np
import pytest

from tyngdepunkt.places import Places


def test_the_matrix_is_symmetric_with_an_empty_diagonal(norway: Places) -> None:
    minutes = norway.travel.minutes
    assert minutes.shape == (357, 357)
    assert minutes.dtype == np.float64
    assert np.array_equal(minutes, minutes.T)
    assert not minutes.diagonal().any()
    assert np.isfinite(minutes).all()
    assert (minutes[~np.eye(357, dtype=bool)] > 0).all()


def test_rows_follow_the_numbers(norway: Places) -> None:
    assert norway.travel.codes == tuple(norway.municipalities)
    row = norway.travel.position["5025"]
    assert norway.travel.between("5025", "3430") == norway.travel.minutes[row, norway.travel.position["3430"]]


def test_within_gives_the_nearest_first_and_itself(made_up: Places) -> None:
    assert made_up.travel.within("0101", 50) == ("0101", "0102", "0104")
    assert made_up.travel.within("0304", 0) == ("0304",)
    assert set(made_up.travel.within("0101", 10_000)) == set(made_up.municipalities)


def test_a_pair_without_a_road_is_out_of_reach(made_up: Places) -> None:
    assert made_up.travel.between("0302", "0304") == np.inf
    assert "0302" not in made_up.travel.within("0304", 1e9)


def test_minutes_are_those_of_the_table(made_up: Places) -> None:
    assert made_up.travel.between("0101", "0102") == pytest.approx((20**2 + 5**2) ** 0.5)


def test_nobody_can_change_the_matrix(made_up: Places) -> None:
    with pytest.raises(ValueError, match="read-only"):
        made_up.travel.minutes[0, 1] = 0
