"""How many come on a day when each comes or not by a chance of their own: the Poisson-binomial distribution.

Each distribution is put together from binomials of people with the same chance, by convolution (Chen and Liu
1997). All terms are positive, so nothing cancels; for large houses the convolution is done by FFT, which is
exact to about 1e-15 of the whole and thus far better than the 1e-9 that is promised here.
"""

from __future__ import annotations

from collections.abc import Iterator
from heapq import heapify, heappop, heappush

import numpy as np
import numpy.typing as npt

from tyngdepunkt.methods.validation import Floats

_BY_HAND = 2_000
"""Longest distributions that are convolved term by term."""


def attendance(persons: npt.ArrayLike, chances: npt.ArrayLike) -> Floats:
    """The chance of each number of people.

    Args:
        persons: (groups,) people with the same chance, whole and at least 0.
        chances: (groups,) the chance that each of them comes, from 0 to 1.

    Returns:
        (all people + 1,) chances that sum to 1; position n is the chance that exactly n come.

    Raises:
        ValueError: a number of people that is negative or not whole, or a chance outside 0 to 1.
    """
    count, chance = np.asarray(persons, np.float64), np.asarray(chances, np.float64)
    if count.shape != chance.shape or count.ndim != 1:
        raise ValueError("one chance for each group")
    if not (np.isfinite(count).all() and (count >= 0).all() and (count == np.floor(count)).all()):
        raise ValueError("people are counted in whole numbers from 0")
    if not (np.isfinite(chance).all() and ((chance >= 0) & (chance <= 1)).all()):
        raise ValueError("a chance is from 0 to 1")
    found = _all_together(_binomials(count, chance))
    return np.asarray(found / found.sum(), np.float64)


def _binomials(count: Floats, chance: Floats) -> Iterator[Floats]:
    """One distribution for each chance; those of as many people are worked out at once."""
    from scipy.stats import binom

    chances, where = np.unique(chance, return_inverse=True)
    people = np.bincount(where, count, len(chances)).astype(int)
    for n in np.unique(people[people > 0]).tolist():
        yield from binom.pmf(np.arange(n + 1), n, chances[people == n][:, None])


def _all_together(parts: Iterator[Floats]) -> Floats:
    """The two shortest first, so that many small groups are not each held against the whole."""
    waiting = [(len(each), at, each) for at, each in enumerate([np.ones(1), *parts])]
    heapify(waiting)
    at = len(waiting)
    while len(waiting) > 1:
        one = _together(heappop(waiting)[2], heappop(waiting)[2])
        heappush(waiting, (len(one), at, one))
        at += 1
    return waiting[0][2]


def _together(one: Floats, other: Floats) -> Floats:
    if min(len(one), len(other)) * max(len(one), len(other)) <= _BY_HAND**2:
        return np.asarray(np.convolve(one, other), np.float64)
    from scipy.signal import fftconvolve

    return np.clip(fftconvolve(one, other), 0.0, None)


def beyond(distribution: npt.ArrayLike) -> Floats:
    """The chance that more come than there is room for, for each number of desks.

    Args:
        distribution: (n + 1,) as `attendance` gives it.

    Returns:
        (n + 1,) position d is the chance that more than d come; the last is 0.
    """
    known = np.asarray(distribution, np.float64)
    return np.append(np.cumsum(known[:0:-1])[::-1], 0.0)


def desks_for(distribution: npt.ArrayLike, chance: float) -> int:
    """The least number of desks with which at most that chance is left that more come.

    Raises:
        ValueError: a chance outside 0 to 1.
    """
    if not 0 <= chance <= 1:
        raise ValueError("a chance is from 0 to 1")
    return int(np.argmax(beyond(distribution) <= chance))
