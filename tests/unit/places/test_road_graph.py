"""Chains of bends drawn together, and the trips in what is left."""

import numpy as np
import pytest

from tyngdepunkt.places.road_graph import Edges, contract, fastest, trips


def edges(*rows: tuple[int, int, float, float, bool]) -> Edges:
    first, second, minutes, km, ferry = zip(*rows, strict=True)
    return Edges(*(np.array(column) for column in (first, second, minutes, km, ferry)))


def test_of_parallel_edges_the_fastest_is_left_with_its_own_length() -> None:
    found = fastest(edges((0, 1, 9.0, 5.0, False), (1, 0, 4.0, 7.0, True), (2, 2, 1.0, 1.0, False)))
    assert (found.minutes.tolist(), found.km.tolist(), found.ferry.tolist()) == ([4.0], [7.0], [True])


def test_bends_are_drawn_together_and_what_is_asked_for_is_kept() -> None:
    chain = edges(*((n, n + 1, 1.0, 2.0, n == 2) for n in range(5)))
    drawn, at = contract(chain, 6, np.array([5, 3]))
    assert len(drawn.minutes) == 2
    assert sorted(drawn.minutes.tolist()) == [2.0, 3.0]
    assert drawn.ferry[drawn.minutes == 3.0].tolist() == [True]
    minutes, km, ferry = trips(drawn, at[:1], at[1:])
    assert (minutes[0, 0], km[0, 0], ferry[0, 0]) == (2.0, 4.0, False)


def test_a_loop_back_to_the_same_junction_leads_nowhere() -> None:
    loop = edges(
        (0, 1, 1.0, 1.0, False), (1, 2, 1.0, 1.0, False), (2, 3, 1.0, 1.0, False), (3, 1, 1.0, 1.0, False)
    )
    drawn, at = contract(loop, 4, np.array([0, 1]))
    assert trips(drawn, at[:1], at[1:])[0] == pytest.approx(1.0)


def test_nothing_leads_between_two_pieces() -> None:
    apart = edges((0, 1, 1.0, 1.0, False), (2, 3, 1.0, 1.0, False))
    drawn, at = contract(apart, 4, np.array([0, 3]))
    minutes, km, ferry = trips(drawn, at[:1], at[1:])
    assert np.isinf([minutes[0, 0], km[0, 0]]).all()
    assert not ferry[0, 0]
