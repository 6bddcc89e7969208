"""What small numbers allow to be said: cells of too few units, and shares from size classes."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from tyngdepunkt.methods.industry.quotient import counts
from tyngdepunkt.methods.validation import Bools

LEAST_UNITS = 3
"""Fewest units a figure may rest on: with two, each can work out the other."""


def thin(units: npt.ArrayLike, least: int = LEAST_UNITS) -> Bools:
    """Where there are some units, but fewer than `least`.

    Args:
        units: numbers of units, of any shape.
        least: the fewest that a figure may rest on.

    Returns:
        In the shape of `units`; false where there are none.
    """
    known = counts(units, "units")
    return np.asarray((known > 0) & (known < least))


def largest_share_between(
    units: npt.ArrayLike, lowest: npt.ArrayLike, whole: float
) -> tuple[float, float] | None:
    """Least and greatest share the largest unit can have, from counts by size class and the sum of sizes.

    Only the largest class that is not empty is looked at for the least size. The greatest size is what is
    left when every other unit has the least its class allows, and no more than its class holds.

    Args:
        units: (classes,) how many units each class has.
        lowest: (classes,) the least size in each class, rising; the last class has no upper end.
        whole: sum of the sizes of all units, from another count, above 0.

    Returns:
        Shares of `whole` from 0 to 1; None where there is no unit, or the classes hold more than `whole`.
    """
    count, least = counts(units, "units"), counts(lowest, "lowest")
    filled = np.flatnonzero(count)
    if not len(filled) or whole <= 0:
        return None
    top = int(filled[-1])
    others = float((count * least).sum()) - float(least[top])
    if others + least[top] > whole:
        return None
    most = float(whole - others)
    if top + 1 < len(least):
        most = min(most, float(least[top + 1]) - 1)
    # the largest is at least the mean of its class: what the smaller classes cannot hold must be there
    beneath = float((count[:top] * (least[1 : top + 1] - 1)).sum())
    fewest = max(float(least[top]), (whole - beneath) / float(count[top]))
    return min(fewest, most) / whole, most / whole
