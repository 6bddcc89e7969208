"""Likeness: the parts on small made-up arrays, the whole on the embedded snapshot."""

import numpy as np
import pytest

from tyngdepunkt.indicators.peer_similarity import (
    FEATURES,
    dissimilarity,
    distances,
    likeness,
    peers,
    scaled,
    standard_gaps,
)
from tyngdepunkt.places import open_places


def test_gaps_are_in_standard_deviations_and_a_missing_figure_has_none() -> None:
    gaps = standard_gaps(np.array([0.0, 2.0, np.nan]))
    assert gaps[0, 1] == pytest.approx(2.0)
    assert np.isnan(gaps[0, 2])
    assert (gaps[:2, :2] >= 0).all()


def test_dissimilarity_is_one_for_mixes_without_anything_in_common() -> None:
    found = dissimilarity(np.array([[10.0, 0.0], [0.0, 3.0], [5.0, 5.0]]))
    assert found[0, 1] == pytest.approx(1.0)
    assert found[0, 2] == pytest.approx(0.5)


def test_scaling_gives_the_mean_square_of_standardised_figures() -> None:
    assert (scaled(np.array([[0.0, 0.4], [0.4, 0.0]])) ** 2).mean() == pytest.approx(2.0)


def test_a_distance_needs_enough_figures_and_leaves_out_what_is_missing() -> None:
    one, two = np.array([[0.0, 3.0], [3.0, 0.0]]), np.array([[0.0, np.nan], [np.nan, 0.0]])
    assert distances([one, one, two], least=2)[0, 1] == pytest.approx(3.0)
    assert np.isnan(distances([one, two], least=2)[0, 1])


def test_the_nearest_come_first_and_say_why() -> None:
    with open_places("embedded") as places:
        found = peers(places, "5025", 8)
        assert [peer.distance for peer in found] == sorted(peer.distance for peer in found)
        assert "5025" not in [peer.code for peer in found]
        assert found[0].code == "3427"  # Tynset, an hour away and much the same
        assert {gap.feature for gap in found[0].alike} <= set(FEATURES)
        matrix = likeness(places).distances
        assert np.allclose(matrix, matrix.T, equal_nan=True)
