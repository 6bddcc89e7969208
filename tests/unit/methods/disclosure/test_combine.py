"""Combinations of codes."""

import numpy as np

from tyngdepunkt.methods.disclosure.combine import positions, possible_cells


def test_rows_are_found_where_they_are():
    assert positions(np.array([[2, 1], [0, 0]]), np.array([[1, 2], [2, 1]])).tolist() == [1, -1]


def test_the_join_has_what_every_group_allows_and_stops_at_the_limit():
    occupied = np.array([[0, 0, 0], [0, 1, 1], [1, 1, 0]])
    assert possible_cells(occupied, [(0, 1), (1, 2)], 10).tolist() == [
        [0, 0, 0], [0, 1, 0], [0, 1, 1], [1, 1, 0], [1, 1, 1],
    ]  # fmt: skip
    assert possible_cells(occupied, [(0, 1), (1, 2)], 4) is None
