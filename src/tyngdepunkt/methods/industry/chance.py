"""How far measures made of counts may be from chance: first-order propagation of Poisson counts."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from tyngdepunkt.methods.industry.quotient import counts
from tyngdepunkt.methods.validation import Floats

LEAST_VARIANCE = 1.0
"""Of a cell, in persons²: twice its root is the two persons a cell of 0 or 3 can be off where ones and twos
are rounded to them."""
DEVIATIONS = 2.0
_STEP = 1e-4


def spread(measure: Callable[[Floats], Floats], values: npt.ArrayLike) -> Floats:
    """Standard deviation of a measure when each count is an independent Poisson count.

    The variance of a count is the count itself, and at least `LEAST_VARIANCE`; the measure is taken as
    straight around the values (delta method). What is not among `values` is held fixed.

    Args:
        measure: (n, cells) → (n, ...), as the measures of this package are; NaN where it has no answer.
        values: (cells,) counts, known and at least 0.

    Returns:
        (...), of the measure; NaN where it has no answer at the values or beside them.
    """
    at = counts(values)
    step = _STEP * np.maximum(at, 1.0)
    below = np.minimum(step, at)  # a count of 0 is stepped up from only
    up = np.asarray(measure(at + np.diag(step)), dtype=np.float64)
    down = np.asarray(measure(at - np.diag(below)), dtype=np.float64)
    width = (step + below).reshape(-1, *[1] * (up.ndim - 1))
    variance = np.maximum(at, LEAST_VARIANCE).reshape(width.shape)
    return np.asarray(np.sqrt((((up - down) / width) ** 2 * variance).sum(axis=0)), dtype=np.float64)


def between(value: float, deviation: float, least: float, most: float) -> tuple[float, float] | None:
    """The range of `DEVIATIONS` standard deviations on both sides, inside the bounds of the measure.

    >>> between(0.1, 0.1, 0.0, 1.0), between(0.1, float("nan"), 0.0, 1.0)
    ((0.0, 0.30000000000000004), None)

    Returns:
        Least and greatest value in the unit of `value`; None where either is not a number.
    """
    if not (np.isfinite(value) and np.isfinite(deviation)):
        return None
    half = DEVIATIONS * deviation
    return max(least, value - half), min(most, value + half)
