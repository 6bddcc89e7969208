"""Stochastic multicriteria acceptability analysis (SMAA): what the ranking is under all allowed weights.

Instead of asking for one set of weights, draw many from all that are allowed and count: how
often does each alternative take each rank (rank acceptability), which weights make it the
first (central weights), how sure is the first place at those weights when the figures are
uncertain (confidence factor), and how often does one come before another (pairwise winning).
Lahdelma, Hokkanen & Salminen 1998; Lahdelma & Salminen 2001; computation after Tervonen &
Lahdelma 2007; pairwise winning after Leskinen et al. 2006.

Alternatives that tie under every allowed weight share their ranks evenly, so that the order
in which alternatives are listed changes nothing.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from tyngdepunkt.methods import polytope
from tyngdepunkt.methods.rank_counting import tally, wins
from tyngdepunkt.methods.validation import TOLERANCE, Floats, Ints, values_and_weights
from tyngdepunkt.methods.weights import WeightSet

DRAWS = 100_000
_MOST_PAIRS = 2e9


class Acceptability(NamedTuple):
    """What the draws showed.

    Attributes:
        ranks: (alternatives, ranks) share of the draws in which each alternative took each rank;
            rows and columns sum to 1.
        central_weights: (alternatives, criteria) mean of the weights that make the alternative
            the first; NaN where none do.
        confidence: (alternatives,) chance of being first at its central weights, given how certain
            the figures are; NaN where no weights make it first. 1 or 0 where the figures are certain.
        draws: how many draws the shares rest on.
    """

    ranks: Floats
    central_weights: Floats
    confidence: Floats
    draws: int

    @property
    def standard_error(self) -> float:
        """Largest standard error any of the shares can have from the finite number of draws."""
        return 0.0 if self.draws < 2 else float(0.5 / np.sqrt(self.draws))


def acceptability(
    values: npt.ArrayLike, allowed: WeightSet, draws: int = DRAWS, seed: int = 0
) -> Acceptability:
    """Rank acceptabilities over uniform draws from the allowed weights.

    Args:
        values: (alternatives, criteria), higher is better.
        allowed: the set of weights; a single point needs, and gets, one draw only.
        draws: how many.
        seed: the same seed gives the same answer.

    Raises:
        ValueError: missing values, or another number of criteria than weights.
    """
    return over_draws(values, allowed.sample(1 if allowed.is_point else draws, seed))


def with_exact_firsts(
    values: Floats, allowed: WeightSet, draws: int = DRAWS, seed: int = 0
) -> tuple[Acceptability, bool]:
    """As `acceptability`, with first places computed, not drawn, where they can be; and whether they are.

    The other ranks are always drawn; each row is then brought to sum to 1 with the first.

    Args:
        values: (alternatives, criteria), higher is better.
        allowed: the set of weights.
        draws: how many, for what is drawn.
        seed: the same seed gives the same answer.

    Raises:
        ValueError: missing values, or another number of criteria than weights.
    """
    drawn = acceptability(values, allowed, draws, seed)
    exact = polytope.first_shares(values, allowed)
    if exact is None:
        return drawn, False
    rest = drawn.ranks[:, 1:]
    left = rest.sum(axis=1)
    scaled = rest * np.divide(1.0 - exact, left, out=np.zeros_like(left), where=left > 0)[:, None]
    if rest.shape[1]:
        scaled[:, 0] += np.where(left > 0, 0.0, 1.0 - exact)  # first in every draw: the rest was not met
    return drawn._replace(ranks=np.column_stack([exact, scaled])), True


def over_draws(values: npt.ArrayLike, weights: npt.ArrayLike, threads: int | None = None) -> Acceptability:
    """As `acceptability`, over weights drawn elsewhere.

    Args:
        values: (alternatives, criteria), higher is better.
        weights: (draws, criteria), at least 0, rows sum to 1.
        threads: see `kernel.tally`; changes nothing but the time.
    """
    matrix, drawn = values_and_weights(values, np.atleast_2d(np.asarray(weights, dtype=np.float64)))
    counted = tally(matrix - matrix.min(axis=0), drawn, threads)
    same = tied(matrix, drawn)
    ranks = even(counted.ranks / len(drawn), same)
    first = even(counted.first, same)
    central = central_weights(first, ranks[:, 0] * len(drawn))
    return Acceptability(ranks, central, _confidence(matrix, central), len(drawn))


def pairwise(values: npt.ArrayLike, weights: npt.ArrayLike) -> Floats:
    """Share of the draws in which the row comes before the column; a tie counts as half.

    Uses only as many of the draws as keep the work within a few seconds: all of them for up to
    some tens of alternatives.

    Args:
        values: (alternatives, criteria), higher is better.
        weights: (draws, criteria).

    Returns:
        (alternatives, alternatives), with `p[i, j] + p[j, i] = 1` and one half on the diagonal.
    """
    matrix, drawn = values_and_weights(values, np.atleast_2d(np.asarray(weights, dtype=np.float64)))
    used = drawn[: max(1, int(_MOST_PAIRS / len(matrix) ** 2))]
    won = wins(matrix - matrix.min(axis=0), used) / len(used)
    share = np.triu(won, 1) + np.tril(1.0 - won.T, -1)
    same = tied(matrix, drawn)
    return np.asarray(np.where(same[:, None] == same[None, :], 0.5, share))


def tied(values: Floats, weights: Floats) -> Ints:
    """Which alternatives have the same value under all the draws, to rounding.

    As many independent draws as there are criteria span the allowed weights, so agreement in
    those (and one to spare) is agreement everywhere.

    Returns:
        (alternatives,) position of the first alternative each one ties with, often itself.
    """
    some = weights[: values.shape[1] + 1].T
    totals, slack = values @ some, TOLERANCE * (np.abs(values) @ some)
    first = [
        int(np.argmax((np.abs(totals - totals[i]) <= np.maximum(slack, slack[i])).all(axis=1)))
        for i in range(len(totals))
    ]
    return np.array(first, dtype=np.int64)


def even(per_alternative: Floats, same: Ints) -> Floats:
    """The same table with every group of tied alternatives given its mean, (alternatives, …)."""
    if len(np.unique(same)) == len(same):
        return per_alternative
    sums = np.zeros_like(per_alternative)
    np.add.at(sums, same, per_alternative)
    return np.asarray((sums / np.maximum(np.bincount(same, minlength=len(same)), 1)[:, None])[same])


def central_weights(sums: Floats, won: Floats) -> Floats:
    """Mean of the weights each alternative won with; NaN where it never won.

    Args:
        sums: (alternatives, criteria) sums of the weights each won with.
        won: (alternatives,) in how many draws it won.

    Returns:
        (alternatives, criteria), each row summing to 1.
    """
    never = np.full_like(sums, np.nan)
    mean = np.divide(sums, won[:, None], out=never, where=won[:, None] > 0)
    return np.asarray(mean / mean.sum(axis=1, keepdims=True))


def _confidence(values: Floats, central: Floats) -> Floats:
    """With certain figures: whether the alternative is (among) the first at its central weights."""
    totals, slack = central @ values.T, TOLERANCE * (central @ np.abs(values).T)
    own = np.diagonal(totals)
    best = totals.argmax(axis=1)
    rows = np.arange(len(totals))
    near = own >= totals[rows, best] - np.maximum(slack[rows, best], np.diagonal(slack))
    return np.where(np.isnan(own), np.nan, near.astype(np.float64))
