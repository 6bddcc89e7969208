"""Uncertain figures: the distributions drawn from, and what they do to the ranks."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tyngdepunkt.methods.uncertainty import Errors, draw, ranges, rank_shares, split_ranks
from tyngdepunkt.methods.value import Identity, Step


def test_triangular_draws_have_the_known_mean_and_variance() -> None:
    known = ranges([[2.0]], [[3.0]], [[10.0]])
    figures = draw(known, 200_000, seed=1)[:, 0, 0]
    a, c, b = 2.0, 3.0, 10.0
    assert figures.mean() == pytest.approx((a + b + c) / 3, abs=0.02)
    assert figures.var() == pytest.approx((a * a + b * b + c * c - a * b - a * c - b * c) / 18, rel=0.02)
    assert figures.min() >= a
    assert figures.max() <= b
    assert (figures <= c).mean() == pytest.approx((c - a) / (b - a), abs=0.005)


def test_without_a_most_likely_value_every_figure_is_equally_likely() -> None:
    figures = draw(ranges([[0.0]], None, [[4.0]]), 100_000, seed=2)
    assert figures.mean() == pytest.approx(2, abs=0.02)
    assert figures.var() == pytest.approx(16 / 12, rel=0.02)


def test_certain_figures_stay() -> None:
    low = [[1.0, 2.0], [3.0, 4.0]]
    assert (draw(ranges(low, low, low), 5, 0) == np.array(low)).all()
    assert (draw(ranges(low, None, low), 5, 0) == np.array(low)).all()


def test_two_uniform_figures_by_hand() -> None:
    # A is uniform on [0, 2], B is 0.5 for certain: A is first in three draws of four
    known = ranges([[0.0], [0.5]], None, [[2.0], [0.5]])
    found = rank_shares(known, (Identity(),), [1.0], draws=100_000, seed=3)
    assert found.ranks == pytest.approx(np.array([[0.75, 0.25], [0.25, 0.75]]), abs=0.006)
    assert found.confidence == pytest.approx([0.75, 0.25], abs=0.02)
    assert found.draws == 100_000


def test_steps_make_ties_and_ties_are_shared() -> None:
    # Both pass the step in half of the draws, independently: a tie in half, decided in a quarter each
    known = ranges([[0.0], [0.0]], None, [[2.0], [2.0]])
    step = Step(((0, 0.0), (1, 1.0)))
    found = rank_shares(known, (step,), [1.0], draws=50_000)
    assert found.ranks == pytest.approx(np.full((2, 2), 0.5), abs=0.01)


def test_ranks_of_a_draw_with_ties() -> None:
    shares = split_ranks(np.array([[3.0, 5.0, 5.0, 1.0]]))[0]
    assert shares.tolist() == [[0, 0, 1, 0], [0.5, 0.5, 0, 0], [0.5, 0.5, 0, 0], [0, 0, 0, 1]]


def test_blocks_change_nothing_but_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    known = ranges([[0.0, 1.0], [0.5, 0.2]], None, [[2.0, 1.5], [0.9, 3.0]])
    whole = rank_shares(known, (Identity(), Identity("min")), [0.5, 0.5], draws=1000, seed=5)
    monkeypatch.setattr("tyngdepunkt.methods.uncertainty._CELLS", 64)
    parts = rank_shares(known, (Identity(), Identity("min")), [0.5, 0.5], draws=1000, seed=5)
    assert whole.ranks == pytest.approx(parts.ranks)


def test_ranges_that_make_no_sense_are_refused() -> None:
    for low, mode, high in [
        ([[2.0]], None, [[1.0]]),
        ([[0.0]], [[3.0]], [[1.0]]),
        ([[np.nan]], None, [[1.0]]),
    ]:
        with pytest.raises(ValueError, match=r"range|missing"):
            ranges(low, mode, high)


def errors(common: list[bool], linked: list[int], missing: list[list[bool]]) -> Errors:
    spreads = np.tile([0.0, 5.0, 100.0], (len(common), 1))
    return Errors(np.array(common), np.array(linked), np.array(missing), spreads, np.array([0.0, 0.5, 1.0]))


def test_figures_that_hang_on_one_error_move_together_and_against_each_other() -> None:
    """A slower road: the journey takes longer, fewer are reached, and a third figure does not care."""
    known = ranges(np.zeros((2, 3)), None, np.ones((2, 3)))
    none = [[False] * 3] * 2
    figures = draw(known, 20_000, 1, errors([False] * 3, [1, -1, 0], none))
    assert figures[:, :, 0] + figures[:, :, 1] == pytest.approx(np.ones((20_000, 2)))
    assert abs(np.corrcoef(figures[:, 0, 0], figures[:, 0, 2])[0, 1]) < 0.03
    assert abs(np.corrcoef(figures[:, 0, 0], figures[:, 1, 0])[0, 1]) < 0.03


def test_a_common_error_strikes_all_alternatives_alike() -> None:
    known = ranges(np.zeros((3, 1)), None, np.ones((3, 1)))
    figures = draw(known, 50, 2, errors([True], [0], [[False]] * 3))
    assert np.ptp(figures, axis=1).max() == 0


def test_a_missing_figure_is_drawn_from_all_it_can_be() -> None:
    """Half of the country lies below the median, however long the tail is."""
    known = ranges([[5.0], [7.0]], None, [[5.0], [7.0]])
    figures = draw(known, 50_000, 3, errors([False], [0], [[True], [False]]))
    assert (figures[:, 1, 0] == 7).all()
    assert (figures[:, 0, 0] < 5).mean() == pytest.approx(0.5, abs=0.01)
    assert figures[:, 0, 0].max() > 95


@given(data=st.data())
def test_two_that_are_the_same_place_are_never_apart(data: st.DataObject) -> None:
    """Whatever the ranges, links and gaps: one place has one error, in every draw of every figure."""
    criteria = data.draw(st.integers(1, 4))
    places = data.draw(st.integers(1, 3))
    of = [*range(places), data.draw(st.integers(0, places - 1))]  # the last lies where another one does
    cell = st.tuples(*[st.floats(-100, 100)] * 3).map(sorted)
    row = st.lists(cell, min_size=criteria, max_size=criteria)
    ends = np.array([data.draw(row) for _ in range(places)])[of]
    gaps = st.lists(st.booleans(), min_size=criteria, max_size=criteria)
    missing = [data.draw(gaps) for _ in range(places)]
    linked = data.draw(st.lists(st.sampled_from([-1, 0, 1]), min_size=criteria, max_size=criteria))
    found = errors(data.draw(gaps), linked, [missing[at] for at in of])._replace(same=np.array(of))
    known = ranges(ends[:, :, 0], ends[:, :, 1], ends[:, :, 2])
    figures = draw(known, 50, data.draw(st.integers(0, 9)), found)
    assert (figures[:, -1] == figures[:, of[-1]]).all()
