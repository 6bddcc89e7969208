"""Pareto dominance: who is at least as good in everything.

No weights at all can put a dominated alternative before the one that dominates it, so the
answer holds before anybody has discussed weights (Belton & Stewart 2002, section 3.4).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from tyngdepunkt.methods.validation import Bools, finite


class Dominance(NamedTuple):
    """Who dominates whom, (alternatives, alternatives): row over column.

    Attributes:
        weak: at least as good in every criterion and better in one.
        strict: better in every criterion. With all weights positive and `weak`, or with any
            weights and `strict`, the row comes before the column.
    """

    weak: Bools
    strict: Bools

    @property
    def dominated(self) -> Bools:
        """Whether somebody dominates the alternative (weakly), (alternatives,)."""
        return np.asarray(self.weak.any(axis=0), dtype=np.bool_)

    @property
    def pairs(self) -> list[tuple[int, int]]:
        """Every (dominates, is dominated), by position."""
        return [(int(a), int(b)) for a, b in np.argwhere(self.weak)]


def dominance(values: npt.ArrayLike) -> Dominance:
    """Compare every alternative with every other.

    Args:
        values: (alternatives, criteria), higher is better. Any increasing change of a
            criterion's scale gives the same answer.

    Raises:
        ValueError: when a value is missing.
    """
    matrix = finite(values, 2, "values")
    n = len(matrix)
    weak, strict = np.zeros((n, n), dtype=np.bool_), np.zeros((n, n), dtype=np.bool_)
    for i, row in enumerate(matrix):  # a row at a time: 357 × 357 × 15 at once would be slower
        better = row > matrix
        weak[i] = (row >= matrix).all(axis=1) & better.any(axis=1)
        strict[i] = better.all(axis=1)
    return Dominance(weak, strict)
