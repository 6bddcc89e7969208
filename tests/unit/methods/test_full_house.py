"""Attendance against enumeration and a million simulated days."""

import time
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tyngdepunkt.methods.full_house import attendance, beyond, desks_for


@settings(max_examples=60, deadline=None)
@given(st.lists(st.floats(0, 1), min_size=0, max_size=9))
def test_equal_to_enumeration(chances):
    exact = np.zeros(len(chances) + 1)
    for come in product((0, 1), repeat=len(chances)):
        exact[sum(come)] += np.prod([q if c else 1 - q for c, q in zip(come, chances, strict=True)])
    found = attendance(np.ones(len(chances)), chances)
    assert found == pytest.approx(exact, abs=1e-12)
    assert beyond(found) == pytest.approx([exact[d + 1 :].sum() for d in range(len(exact))], abs=1e-12)


def test_within_the_error_of_a_million_days():
    persons, chances = np.array([12, 30, 5]), np.array([0.6, 0.12, 0.95])
    random = np.random.default_rng(1)
    days = random.binomial(persons, chances, (1_000_000, 3)).sum(axis=1)
    seen = np.bincount(days, minlength=persons.sum() + 1) / 1e6
    found = attendance(persons, chances)
    error = np.sqrt(found * (1 - found) / 1e6)
    assert (np.abs(seen - found) <= 5 * error + 1e-6).all()


def test_large_houses_are_exact_to_1e_9():
    """Groups of one chance put together are one binomial, whichever way they are convolved."""
    from scipy.stats import binom

    found = attendance([20_000, 30_000, 10_000], [0.3, 0.3, 0.3])
    assert np.abs(found - binom.pmf(np.arange(60_001), 60_000, 0.3)).max() < 1e-12
    assert found.sum() == pytest.approx(1, abs=1e-12)


def test_the_desks_keep_the_chance_and_one_less_does_not():
    found = attendance([40], [0.4])
    for chance in (0.5, 0.05, 0.001, 0.0):
        desks = desks_for(found, chance)
        assert beyond(found)[desks] <= chance
        assert desks == 0 or beyond(found)[desks - 1] > chance
    assert desks_for(found, 0.0) == 40
    assert desks_for(found, 1.0) == 0
    assert desks_for(attendance([], []), 0.05) == 0


@pytest.mark.parametrize(
    ("persons", "chances"),
    [
        ([-1], [0.5]),
        ([1.5], [0.5]),
        ([1], [1.1]),
        ([1], [-0.1]),
        ([1], [np.nan]),
        ([np.inf], [0.5]),
        ([1], []),
    ],
)
def test_what_is_no_chance_is_refused(persons, chances):
    with pytest.raises(ValueError, match=r"chance|whole"):
        attendance(persons, chances)


def test_many_small_groups_take_moments_and_are_as_exact() -> None:
    random = np.random.default_rng(3)
    chances = random.random(30_000)
    begun = time.thread_time()
    found = attendance(np.full(30_000, 10), chances)
    assert time.thread_time() - begun < 5
    numbers = np.arange(len(found))
    mean = float(found @ numbers)
    assert mean == pytest.approx(10 * chances.sum(), rel=1e-9)
    assert float(found @ (numbers - mean) ** 2) == pytest.approx(
        10 * (chances * (1 - chances)).sum(), rel=1e-6
    )


def test_rows_of_the_same_chance_are_one_group() -> None:
    apart = attendance([3, 0, 4, 5], [0.2, 0.9, 0.7, 0.2])
    np.testing.assert_allclose(apart, attendance([8, 4], [0.2, 0.7]), rtol=0, atol=1e-15)
