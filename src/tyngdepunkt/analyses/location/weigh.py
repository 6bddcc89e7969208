"""Weighing: from scores and what the case says of weights to a ranking and how firmly it stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tyngdepunkt.methods import acceptability, additive, concordance, dominance, flip, outranking, uncertainty
from tyngdepunkt.methods.arrays import Bools, Floats, Ints
from tyngdepunkt.methods.weights import WeightSet, anything, exactly, ordered, within

if TYPE_CHECKING:
    from tyngdepunkt.analyses.location.case import Weighting
    from tyngdepunkt.analyses.location.score import Scores

SEED = 20_220_812  # any fixed number will do: the same case shall give the same answer
DRAWS = 20_000
FIGURE_DRAWS = 4_000
ROUNDED = 0.0025  # of 1: how far from the whole rounded percentages may lie
CELLS = 40_000_000  # draws × alternatives × ranks kept within memory and a second or two


@dataclass(frozen=True, slots=True)
class Weighed:
    """Everything the methods say. Arrays follow the compared alternatives and the considerations.

    `measured_from` is `given` where the case sets exact weights, else `centroid`.
    `keeps_first` is the share of draws of the figures in which each alternative is first at
    the weights used; None where no figure has a range.
    """

    weights: Floats
    measured_from: str
    ranked: additive.Ranked
    allowed: acceptability.Acceptability
    anywhere: acceptability.Acceptability
    pairwise: Floats
    flips: tuple[flip.Flip | None, ...]
    dominates: Bools
    outranking: Ints
    agreement: float
    keeps_first: Floats | None
    draws: int

    @property
    def first(self) -> int:
        """Position of the alternative that comes first (by position where several tie)."""
        return int(self.ranked.order[0])


def weigh(scores: Scores, weighting: Weighting) -> Weighed:
    """Rank the compared alternatives and measure how firmly the ranking stands.

    Raises:
        ValueError: nothing to compare; the caller looks first.
    """
    matrix = scores.matrix
    allowed = allowed_weights(weighting, scores.considerations)
    weights = allowed.centroid()
    draws = max(1_000, min(DRAWS, CELLS // len(matrix) ** 2))
    ranked = additive.rank(matrix, weights)
    flows = outranking.promethee(matrix, weights) if len(matrix) > 1 else None
    drawn = allowed.sample(draws, SEED)
    return Weighed(
        weights=weights,
        measured_from="given" if allowed.is_point else "centroid",
        ranked=ranked,
        allowed=acceptability.acceptability(matrix, allowed, draws, SEED),
        anywhere=acceptability.acceptability(matrix, anything(len(weights)), draws, SEED),
        pairwise=acceptability.pairwise(matrix, drawn),
        flips=tuple(flip.flips(matrix, weights, int(ranked.order[0]))),
        dominates=dominance.dominance(matrix).weak,
        outranking=additive.competition_ranks(np.zeros(1) if flows is None else flows.net),
        agreement=1.0 if flows is None else concordance.kendall_tau_b(ranked.values, flows.net),
        keeps_first=_under_uncertain_figures(scores, weights),
        draws=draws,
    )


def allowed_weights(weighting: Weighting, considerations: Sequence[str]) -> WeightSet:
    """The case's weights over the considerations that take part, summing to 1 again.

    A consideration without scores says nothing about any alternative. What it would have
    weighed is shared among the others in proportion.
    """
    kept = [weighting.ids.index(key) for key in considerations]
    if weighting.kind == "none":
        return anything(len(kept))
    if weighting.kind == "order":
        position = {key: i for i, key in enumerate(considerations)}
        groups = [[position[key] for key in group if key in position] for group in weighting.groups]
        return ordered([group for group in groups if group], len(kept))
    low, high = np.array(weighting.low), np.array(weighting.high)
    dropped = [i for i in range(len(low)) if i not in kept]
    if says_nothing(weighting, considerations):
        return anything(len(kept))
    if weighting.kind == "points":
        return exactly(low[kept])
    least, most = 1 - high[dropped].sum(), 1 - low[dropped].sum()
    upper = np.minimum(1.0, high[kept] / least) if least > 0 else np.ones(len(kept))
    return _bounds(low[kept] / most, np.maximum(upper, high[kept]))


def says_nothing(weighting: Weighting, considerations: Sequence[str]) -> bool:
    """Whether all that the case weighs is considerations that take no part: then any weights may be."""
    taken = [low for key, low in zip(weighting.ids, weighting.low, strict=True) if key not in considerations]
    return weighting.kind in ("points", "ranges") and sum(taken) >= 1 - ROUNDED


def _bounds(low: Floats, high: Floats) -> WeightSet:
    """Bounds as rounded percentages give them: what is lacking or left over of 1 is spread in proportion."""
    lowest, highest = float(low.sum()), float(high.sum())
    low, high = low / max(lowest, 1.0), np.minimum(1.0, high / min(highest, 1.0))
    return within(low, np.maximum(low, high))


def conflicts_of(scores: Scores) -> dict[tuple[str, str], tuple[float, list[tuple[str, str, float]]]]:
    """For each pair of considerations: strength, and the indicator pairs behind it, largest first."""
    found: dict[tuple[str, str], tuple[float, list[tuple[str, str, float]]]] = {}
    for i, first in enumerate(scores.considerations):
        for j in range(i + 1, len(scores.considerations)):
            parts = [scores.cells * scores.blend[:, k] for k in (i, j)]
            result = concordance.concordance(parts[0], parts[1])
            pairs = _behind(result, scores.columns)
            found[first, scores.considerations[j]] = (result.strength, pairs)
    return found


def _behind(result: concordance.Concordance, columns: Sequence[str]) -> list[tuple[str, str, float]]:
    """Indicator pairs that pull the same way as the whole, by size."""
    sign = -1.0 if result.strength < 0 else 1.0
    shares = result.contributions * sign
    order = np.argsort(-shares, axis=None, kind="stable")
    pairs = []
    for flat in order[:4]:
        row, column = divmod(int(flat), len(columns))
        if shares[row, column] > 1e-9:
            pairs.append((columns[row], columns[column], float(result.contributions[row, column])))
    return pairs


def _under_uncertain_figures(scores: Scores, weights: Floats) -> Floats | None:
    """Share of draws of the figures in which each alternative is first, at the weights used."""
    if len(scores.cells) < 2 or np.allclose(scores.low, scores.high):
        return None
    known = uncertainty.ranges(scores.low, scores.cells, scores.high)
    draws = max(500, min(FIGURE_DRAWS, CELLS // scores.cells.size // 4))
    values = uncertainty.draw(known, draws, SEED, common=np.array(scores.common))
    return uncertainty.first_shares(values @ (scores.blend @ weights))


def by_name(weights: Floats, considerations: Sequence[str]) -> Mapping[str, float]:
    """Weights by consideration."""
    return dict(zip(considerations, (float(each) for each in weights), strict=True))
