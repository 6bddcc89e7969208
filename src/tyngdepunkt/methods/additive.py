"""The additive value model: the weighted sum, taken apart so that it can be explained.

Sound where the criteria are preferentially independent, that is, where how good one
criterion is does not hang on the level of another (Keeney & Raiffa 1976, chapter 3).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from tyngdepunkt.methods.validation import TOLERANCE, Bools, Floats, Ints, values_and_weights


class Ranked(NamedTuple):
    """An additive ranking.

    Attributes:
        values: weighted value per alternative, (alternatives,).
        partial: weighted value per alternative and criterion, (alternatives, criteria); each row
            sums to the alternative's value.
        ranks: 1 for the best; those that tie share the best rank, and the next ranks are skipped.
        tied: whether an alternative shares its rank.
        order: positions from best to worst, ties by position.
    """

    values: Floats
    partial: Floats
    ranks: Ints
    tied: Bools
    order: Ints


def rank(values: npt.ArrayLike, weights: npt.ArrayLike) -> Ranked:
    """Rank alternatives by weighted value.

    Args:
        values: (alternatives, criteria), higher is better.
        weights: (criteria,), at least 0, sum 1.

    Raises:
        ValueError: missing numbers, shapes that do not fit, or weights that are not on the simplex.
    """
    matrix, given = values_and_weights(values, weights)
    partial = matrix * given
    total = partial.sum(axis=1)
    ranks = competition_ranks(total, np.abs(partial).sum(axis=1))
    tied = np.bincount(ranks)[ranks] > 1
    order = np.lexsort((np.arange(len(total)), ranks)).astype(np.int64)
    return Ranked(total, partial, ranks, tied, order)


def competition_ranks(values: npt.ArrayLike, sizes: npt.ArrayLike | None = None) -> Ints:
    """Rank 1 for the highest; ties share the best rank ("1, 2, 2, 4").

    Two neighbours count as tied when they agree to rounding, relative to the two alone: a third
    that is far away makes no others equal.

    Args:
        values: (alternatives,), higher is better.
        sizes: (alternatives,) how large the terms were that each value is a sum of, since terms
            that cancel leave their rounding behind; by default the values' own size.
    """
    given = np.asarray(values, dtype=np.float64)
    size = np.abs(given) if sizes is None else np.asarray(sizes, dtype=np.float64)
    descending = np.argsort(-given, kind="stable")
    large = np.maximum(size[descending][:-1], size[descending][1:])
    falls = np.diff(given[descending]) < -TOLERANCE * large
    first = np.concatenate(([True], falls))
    positions = np.maximum.accumulate(np.where(first, np.arange(1, len(given) + 1), 0))
    ranks = np.empty(len(given), dtype=np.int64)
    ranks[descending] = positions
    return ranks


def ranks_between(own: Floats, others: Floats) -> Ints:
    """Rank of each alternative at its `own` value with all the others at theirs; ties share the best.

    Args:
        own: (alternatives,), higher is better.
        others: (alternatives,) what each of them is worth where another is looked at.
    """
    slack = TOLERANCE * np.maximum(np.abs(own)[:, None], np.abs(others)[None, :])
    ahead = others[None, :] > own[:, None] + slack
    np.fill_diagonal(ahead, val=False)
    return np.asarray(1 + ahead.sum(axis=1), dtype=np.int64)
