"""What a move costs and saves, as ranges: what is not known leaves an end open, and is never 0.

Interval arithmetic (Moore, Kearfott and Cloud 2009, chapter 2): every part lies between two ends, and so does
their sum. A part that is not known is NaN. It costs, or saves, at least nothing, so it opens one end of the
net cost and leaves the other.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from tyngdepunkt.methods.validation import Floats


def product(*factors: npt.ArrayLike) -> Floats:
    """The range of a product of amounts that are at least 0.

    Args:
        factors: (..., 2) the lowest and the highest of each; NaN where it is not known.

    Returns:
        (..., 2) NaN where a factor is NaN, also where another is 0: what is multiplied is not known.

    Raises:
        ValueError: an end below 0, or the lowest above the highest.
    """
    found = np.ones(2)
    for factor in factors:
        found = found * _ranges(factor)
    return np.asarray(found, np.float64)


def net_cost(costs: npt.ArrayLike, savings: npt.ArrayLike) -> Floats:
    """The costs less the savings, each part at its worst and its best.

    Args:
        costs: (parts, ..., 2) what each costs, at least 0; NaN where it is not known.
        savings: (parts, ..., 2) what each saves.

    Returns:
        (..., 2) the upper end infinite where a cost is not known, the lower one minus infinite where a
        saving is not known; NaN where no part is known at all.
    """
    cost, saving = _ranges(costs), _ranges(savings)
    unknown_cost = np.isnan(cost).any(axis=(0, -1))
    unknown_saving = np.isnan(saving).any(axis=(0, -1))
    low = np.nansum(cost[..., 0], axis=0) - np.nansum(saving[..., 1], axis=0)
    high = np.nansum(cost[..., 1], axis=0) - np.nansum(saving[..., 0], axis=0)
    ends = np.stack([np.where(unknown_saving, -np.inf, low), np.where(unknown_cost, np.inf, high)], axis=-1)
    parts = np.concatenate([np.isnan(cost).any(axis=-1), np.isnan(saving).any(axis=-1)])
    ends[parts.all(axis=0)] = np.nan
    return ends


def gained(people: npt.ArrayLike, new: npt.ArrayLike, old: npt.ArrayLike) -> Floats:
    """People within reach of a new place and not of any old one, given who is surely and perhaps in reach.

    Args:
        people: (places,) who live in each; NaN where it is not known.
        new: (3, places) whether each is surely, as computed, and perhaps within reach of the new place.
        old: (3, places) the same for the old places, any of them.

    Returns:
        (3,) the least, as computed, and the most; NaN where people of a place that counts are not known.
    """
    counts = np.asarray(people, np.float64)
    to, from_ = np.asarray(new, np.bool_), np.asarray(old, np.bool_)
    won = np.stack([to[0] & ~from_[2], to[1] & ~from_[1], to[2] & ~from_[0]])
    return np.asarray([counts[mask].sum() for mask in won], np.float64)


def _ranges(given: npt.ArrayLike) -> Floats:
    ends = np.asarray(given, np.float64)
    if ends.shape[-1:] != (2,):
        raise ValueError("a range has two ends")
    if (ends < 0).any() or (ends[..., 0] > ends[..., 1]).any():
        raise ValueError("ends are at least 0, the lowest first")
    return ends
