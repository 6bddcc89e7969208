"""What the uncertainty of the figures themselves does to the ranking.

Each figure is known as a range, with or without a most likely value. Draw all figures anew
many times, turn them into values, rank, and count. The draws are independent from figure to
figure, unless a criterion's error is said to be common to all alternatives (a census that
counts too low everywhere): taking a common error for independent ones overstates its effect.

Lahdelma, Hokkanen & Salminen 1998 for the joint draw of figures and weights. The triangular
distribution takes the most likely value as its mode and the range as its ends; without a most
likely value every figure of the range is equally likely.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from tyngdepunkt.methods.acceptability import Acceptability, central_weights
from tyngdepunkt.methods.arrays import TOLERANCE, Floats, finite, generator, same_shape
from tyngdepunkt.methods.value import ValueFunction, value_matrix

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


def draw(
    known: Ranges, draws: int, seed: int | np.random.Generator, common: npt.ArrayLike | None = None
) -> Floats:
    """Draw figures: triangular where a most likely value is known, else uniform.

    Args:
        known: the ranges, (alternatives, criteria).
        draws: how many.
        seed: the same seed gives the same figures.
        common: (criteria,) true where one error strikes all alternatives alike, so that their
            figures lie equally far up in their ranges in each draw; by default nowhere.

    Returns:
        (draws, alternatives, criteria).
    """
    u = generator(seed).random((draws, *known.low.shape))
    if common is not None:
        u = np.where(np.asarray(common, dtype=np.bool_), u[:, :1, :], u)
    width = known.high - known.low
    rising = np.where(np.isnan(known.mode), 0.0, known.mode - known.low)
    falling = np.where(np.isnan(known.mode), 0.0, known.high - known.mode)
    left = known.low + np.sqrt(u * width * rising)
    right = known.high - np.sqrt((1.0 - u) * width * falling)
    triangular = np.where(u * width < rising, left, right)
    figures = np.where(np.isnan(known.mode), known.low + u * width, triangular)
    return np.clip(figures, known.low, known.high)


def rank_shares(
    known: Ranges,
    functions: tuple[ValueFunction, ...],
    weights: npt.ArrayLike,
    draws: int = DRAWS,
    seed: int = 0,
) -> Acceptability:
    """Rank shares over drawn figures, at fixed weights or jointly with drawn weights.

    Args:
        known: figures with their uncertainty.
        functions: one value function per criterion.
        weights: (criteria,) for fixed weights, or (draws, criteria) to draw both at once.
        draws: how many, for fixed weights; with drawn weights their number counts.
        seed: the same seed gives the same answer.

    Raises:
        ValueError: weights that do not fit the criteria.
    """
    drawn = np.asarray(weights, dtype=np.float64)
    many = np.broadcast_to(drawn, (draws, len(functions))) if drawn.ndim == 1 else drawn
    first = np.zeros(known.low.shape)
    ranks = np.zeros((len(known.low), len(known.low)))
    for values, part in _blocks(known, functions, many, seed):
        shares = split_ranks(np.einsum("dac,dc->da", values, part))
        ranks += shares.sum(axis=0)
        first += shares[:, :, 0].T @ part
    central = central_weights(first, ranks[:, 0])
    sure = _confidence(known, functions, central, min(len(many), DRAWS), seed)
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


def _blocks(
    known: Ranges, functions: tuple[ValueFunction, ...], weights: Floats, seed: int
) -> Iterator[tuple[Floats, Floats]]:
    """(values, weights) in blocks that keep memory small; one stream of chance for all of them."""
    random = generator(seed)
    block = max(1, _CELLS // max(known.low.size, len(known.low) ** 2))
    for start in range(0, len(weights), block):
        part = weights[start : start + block]
        yield value_matrix(draw(known, len(part), random), functions), part


def _confidence(
    known: Ranges, functions: tuple[ValueFunction, ...], central: Floats, draws: int, seed: int
) -> Floats:
    """Share of fresh draws of the figures in which each alternative is first at its central weights."""
    at = np.nan_to_num(central)
    sure = np.zeros(len(central))
    for values, _ in _blocks(known, functions, np.zeros((draws, len(functions))), seed + 1):
        totals = np.einsum("dac,kc->dka", values, at)
        slack = TOLERANCE * max(1.0, float(np.abs(totals).max()))
        own = np.diagonal(totals, axis1=1, axis2=2)
        sure += (own >= totals.max(axis=2) - slack).sum(axis=0)
    return np.where(np.isnan(central[:, 0]), np.nan, sure / draws)
