"""What the uncertainty of the figures themselves does to the ranking.

Each figure is known as a range, with or without a most likely value. Draw all figures anew
many times, turn them into values, rank, and count. The draws are independent from figure to
figure, unless `Errors` says that they hang together: taking a common error for independent
ones overstates its effect. A missing figure is drawn from all it can be.

Lahdelma, Hokkanen & Salminen 1998 for the joint draw of figures and weights. The triangular
distribution takes the most likely value as its mode and the range as its ends; without a most
likely value every figure of the range is equally likely.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from tyngdepunkt.methods.acceptability import Acceptability, central_weights
from tyngdepunkt.methods.validation import TOLERANCE, Bools, Floats, Ints, finite, generator, same_shape
from tyngdepunkt.methods.value import value_matrix

DRAWS = 10_000
_CELLS = 1 << 20


class Ranges(NamedTuple):
    """Figures with their uncertainty, each (alternatives, criteria) in the criterion's unit.

    Attributes:
        low: smallest value the figure can have.
        mode: most likely value, or NaN where only the range is known.
        high: largest value the figure can have; equal to `low` where the figure is certain.
    """

    low: Floats
    mode: Floats
    high: Floats


def ranges(low: npt.ArrayLike, mode: npt.ArrayLike | None, high: npt.ArrayLike) -> Ranges:
    """Check ranges before they are drawn from.

    Raises:
        ValueError: missing ends, different shapes, or a most likely value outside its range.
    """
    lowest, highest = finite(low, 2, "low"), finite(high, 2, "high")
    likely = np.full_like(lowest, np.nan) if mode is None else np.asarray(mode, dtype=np.float64)
    same_shape("low, mode and high", lowest, likely, highest)
    outside = (likely < lowest) | (likely > highest)  # NaN compares false: no mode is no fault
    if (lowest > highest).any() or outside.any():
        raise ValueError("every range must rise, with its most likely value inside")
    return Ranges(lowest, likely, highest)


class Errors(NamedTuple):
    """How the errors of the figures hang together, and what is drawn where a figure is missing.

    Attributes:
        common: (criteria,) true where one error strikes all alternatives alike (a census that counts
            too low everywhere), so that their figures lie equally far up in their ranges in each draw.
        linked: (criteria,) not 0 where the figures of one alternative hang on one and the same error:
            those with 1 rise with it and those with −1 fall (a road that is slower than computed
            lengthens every journey and lets fewer be reached).
        missing: (alternatives, criteria) true where there is no figure at all.
        spreads: (criteria, quantiles) what a missing figure can be: its quantiles, evenly or
            unevenly spaced as `at` says.
        at: (quantiles,) the shares of the quantiles, from 0 to 1.
        same: (alternatives,) the first alternative whose errors one has, its own position where it has
            errors of its own: two alternatives in the same place are off by the same.
    """

    common: Bools
    linked: Ints
    missing: Bools
    spreads: Floats
    at: Floats
    same: Ints | None = None


def independent(shape: tuple[int, int]) -> Errors:
    """Errors that have nothing to do with one another, and no figure missing.

    Args:
        shape: (alternatives, criteria).
    """
    none = np.zeros(shape[1])
    return Errors(
        none > 0, none.astype(np.int64), np.zeros(shape, dtype=np.bool_), np.zeros((shape[1], 2)), none[:2]
    )


def draw(known: Ranges, draws: int, seed: int | np.random.Generator, errors: Errors | None = None) -> Floats:
    """Draw figures: triangular where a most likely value is known, else uniform.

    Args:
        known: the ranges, (alternatives, criteria).
        draws: how many.
        seed: the same seed gives the same figures.
        errors: how they hang together; by default not at all.

    Returns:
        (draws, alternatives, criteria).
    """
    u = generator(seed).random((draws, *known.low.shape))
    found = errors or independent(known.low.shape)
    u = u if found.same is None else u[:, found.same, :]
    width = known.high - known.low
    rising = np.where(np.isnan(known.mode), 0.0, known.mode - known.low)
    falling = np.where(np.isnan(known.mode), 0.0, known.high - known.mode)
    where = _hung_together(u, found)
    left = known.low + np.sqrt(where * width * rising)
    right = known.high - np.sqrt((1.0 - where) * width * falling)
    triangular = np.where(where * width < rising, left, right)
    figures = np.where(np.isnan(known.mode), known.low + where * width, triangular)
    figures = np.clip(figures, known.low, known.high)
    for i, k in np.argwhere(found.missing):
        figures[:, i, k] = np.interp(u[:, i, k], found.at, found.spreads[k])
    return np.asarray(figures)


def _hung_together(u: Floats, errors: Errors) -> Floats:
    """How far up in its range each figure lies, 0–1: one number where they share an error."""
    u = np.where(errors.common, u[:, :1, :], u)
    of = np.flatnonzero(errors.linked)
    if len(of):
        shared = u[:, :, of[0], None]
        u[:, :, of] = np.where(errors.linked[of] > 0, shared, 1.0 - shared)
    return u


def rank_shares(
    known: Ranges,
    functions: tuple[Callable[[Floats], Floats], ...],
    weights: npt.ArrayLike,
    draws: int = DRAWS,
    seed: int = 0,
    errors: Errors | None = None,
) -> Acceptability:
    """Rank shares over drawn figures, at fixed weights or jointly with drawn weights.

    Args:
        known: figures with their uncertainty.
        functions: one value function per criterion.
        weights: (criteria,) for fixed weights, or (draws, criteria) to draw both at once.
        draws: how many, for fixed weights; with drawn weights their number counts.
        seed: the same seed gives the same answer.
        errors: how the errors of the figures hang together; by default not at all.

    Raises:
        ValueError: weights that do not fit the criteria.
    """
    drawn = np.asarray(weights, dtype=np.float64)
    many = np.broadcast_to(drawn, (draws, len(functions))) if drawn.ndim == 1 else drawn
    first = np.zeros(known.low.shape)
    ranks = np.zeros((len(known.low), len(known.low)))
    task = (known, functions, errors)
    for values, part in _blocks(task, many, seed):
        shares = split_ranks((values @ part[:, :, None])[:, :, 0])
        ranks += shares.sum(axis=0)
        first += shares[:, :, 0].T @ part
    central = central_weights(first, ranks[:, 0])
    sure = _confidence(task, central, min(len(many), DRAWS), seed)
    return Acceptability(ranks / len(many), central, sure, len(many))


def first_shares(totals: Floats) -> Floats:
    """Share of the draws in which each alternative is first; those that tie share the draw.

    Args:
        totals: (draws, alternatives), higher is better.

    Returns:
        (alternatives,); sums to 1.
    """
    slack = TOLERANCE * max(1.0, float(np.abs(totals).max()))
    first = totals >= totals.max(axis=1, keepdims=True) - slack
    return np.asarray((first / first.sum(axis=1, keepdims=True)).mean(axis=0))


def split_ranks(totals: Floats) -> Floats:
    """Ranks per draw; alternatives that tie share the ranks they cover evenly.

    Drawn steps and ceilings make ties likely, so here each draw is looked at by itself.

    Args:
        totals: (draws, alternatives), higher is better.

    Returns:
        (draws, alternatives, ranks); for each draw rows and columns sum to 1.
    """
    slack = TOLERANCE * max(1.0, float(np.abs(totals).max()))
    lead = totals[:, None, :] - totals[:, :, None]
    better = (lead > slack).sum(axis=2)[:, :, None]
    level = (np.abs(lead) <= slack).sum(axis=2)[:, :, None]
    rank = np.arange(totals.shape[1])
    return np.asarray(((rank >= better) & (rank < better + level)) / level)


_Task = tuple[Ranges, tuple[Callable[[Floats], Floats], ...], "Errors | None"]


def _blocks(task: _Task, weights: Floats, seed: int) -> Iterator[tuple[Floats, Floats]]:
    """(values, weights) in blocks that keep memory small; one stream of chance for all of them."""
    known, functions, errors = task
    random = generator(seed)
    block = max(1, _CELLS // max(known.low.size, len(known.low) ** 2))
    for start in range(0, len(weights), block):
        part = weights[start : start + block]
        yield value_matrix(draw(known, len(part), random, errors), functions), part


def _confidence(task: _Task, central: Floats, draws: int, seed: int) -> Floats:
    """Share of fresh draws of the figures in which each alternative is first at its central weights."""
    at = np.nan_to_num(central)
    sure = np.zeros(len(central))
    for values, _ in _blocks(task, np.zeros((draws, len(task[1]))), seed + 1):
        totals = values @ at.T  # (draws, alternatives, whose central weights)
        slack = TOLERANCE * max(1.0, float(np.abs(totals).max()))
        own = np.diagonal(totals, axis1=1, axis2=2)
        sure += (own >= totals.max(axis=1) - slack).sum(axis=0)
    return np.where(np.isnan(central[:, 0]), np.nan, sure / draws)
