"""Lists made longer are those that would have been made at once, however few rows are copied at a time."""

from __future__ import annotations

import numpy as np
import pytest

from tyngdepunkt.methods.siting import lists as module
from tyngdepunkt.methods.siting.lists import build, ground, replaced


@pytest.mark.parametrize("at_once", [1, 7, 1000])
def test_lists_made_longer_are_those_made_at_once(at_once, monkeypatch):
    random = np.random.default_rng(at_once)
    base = ground(random.random((40, 15)), random.random(40) + 0.1)
    keep = np.arange(15)
    short, long = base.weights * 0.3, base.weights * 0.6
    rows = np.sort(random.choice(40, 25, replace=False))
    limit = short.copy()
    limit[rows] = long[rows]
    monkeypatch.setattr(
        module, "_chunks", lambda shape: [slice(at, at + at_once) for at in range(0, shape[0], at_once)]
    )
    made, expected = replaced(base, build(base, short, keep), rows, long[rows]), build(base, limit, keep)
    for one, other in zip(made, expected, strict=True):
        np.testing.assert_array_equal(one, other)
