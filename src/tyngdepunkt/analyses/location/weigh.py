"""Weighing: from scores and what the case says of weights to a ranking and how firmly it stands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tyngdepunkt.indicators import QUANTILES
from tyngdepunkt.methods import (
    acceptability,
    additive,
    concordance,
    dominance,
    outranking,
    uncertainty,
    weight_sensitivity,
)
from tyngdepunkt.methods.validation import Bools, Floats, Ints, generator
from tyngdepunkt.methods.value import value_matrix
from tyngdepunkt.methods.weights import WeightSet, anything, exactly, nearly_within, ordered

if TYPE_CHECKING:
    from tyngdepunkt.analyses.location.input.model import Weighting
    from tyngdepunkt.analyses.location.score import Scores

SEED = 20_220_812  # any fixed number will do: the same case shall give the same answer
DRAWS = 20_000
FIGURE_DRAWS = 4_000
INSIDE = 0.5  # how far, as a share of itself, a weight inside a consideration is drawn around its own
ROUNDED = 0.0025  # of 1: how far from the whole rounded percentages may lie
EQUAL = 12  # decimals of a score; what differs after them is the rounding of sums
CELLS = 40_000_000  # draws × alternatives × ranks kept within memory and a second or two


@dataclass(frozen=True, slots=True)
class Weighed:
    """Everything the methods say. Arrays follow the compared alternatives and the considerations.

    `measured_from` is `given` where the case sets exact weights, else `centroid`. `least` and
    `most` are the value (0–1) an alternative can have, and `best` and `worst` the rank, at the
    weights used when what is missing is anything it can be. `keeps_first` is the share of draws
    of the figures in which each alternative is first at the weights used; None where no figure
    has a range and none is missing. `joint` is over draws of weights and figures together.
    `exact` says whether the first-place shares of `allowed` and `anywhere` are computed, not drawn.
    """

    weights: Floats
    measured_from: str
    ranked: additive.Ranked
    least: Floats
    most: Floats
    best: Ints
    worst: Ints
    allowed: acceptability.Acceptability
    anywhere: acceptability.Acceptability
    exact: bool
    pairwise: Floats
    flips: tuple[weight_sensitivity.Flip | None, ...]
    dominates: Bools
    outranking: Ints
    agreement: float
    keeps_first: Floats | None
    joint: acceptability.Acceptability
    left_out: tuple[tuple[str, int], ...]
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
    draws = draws_for(len(matrix))
    ranked = additive.rank(matrix, weights)
    order = _other_order(scores, weights)
    drawn = allowed.sample(draws, SEED)
    inside, exact_inside = acceptability.with_exact_firsts(matrix, allowed, draws, SEED)
    anywhere, exact_anywhere = inside, exact_inside
    if allowed.kind != "none":
        anywhere, exact_anywhere = acceptability.with_exact_firsts(
            matrix, anything(len(weights)), draws, SEED
        )
    least, most = ((ends @ scores.blend) @ weights for ends in (scores.least, scores.most))
    return Weighed(
        weights=weights,
        measured_from="given" if allowed.is_point else "centroid",
        ranked=ranked,
        least=least,
        most=most,
        best=additive.ranks_between(most, least),
        worst=additive.ranks_between(least, most),
        allowed=inside,
        anywhere=anywhere,
        exact=exact_inside and exact_anywhere,
        pairwise=acceptability.pairwise(matrix, drawn),
        flips=tuple(weight_sensitivity.smallest_weight_changes(matrix, weights, int(ranked.order[0]))),
        dominates=dominance.dominance(matrix.round(EQUAL)).weak,
        outranking=additive.competition_ranks(order),
        agreement=concordance.kendall_tau_b(ranked.values, order) if len(matrix) > 1 else 1.0,
        keeps_first=_under_uncertain_figures(scores, weights),
        joint=_jointly(scores, allowed),
        left_out=tuple(_without_each(scores, weighting)),
        draws=draws,
    )


def draws_for(alternatives: int) -> int:
    """As many draws of weights as memory and a second or two allow."""
    return max(1_000, min(DRAWS, CELLS // alternatives**2))


def first_places(matrix: Floats, allowed: WeightSet) -> Floats:
    """Share of the allowed weights that puts each alternative first, computed where it can be, else drawn."""
    shares, _ = acceptability.with_exact_firsts(matrix, allowed, draws_for(len(matrix)), SEED)
    return np.asarray(shares.ranks[:, 0])


def _other_order(scores: Scores, weights: Floats) -> Floats:
    """The second method: on how much of the weight an alternative is better beyond the figures' ranges.

    A range that strikes all alternatives alike tells nobody apart and is left out of it.
    """
    if len(scores.cells) < 2:
        return np.zeros(len(scores.cells))
    low = np.where(scores.common & ~scores.assumed, scores.cells, scores.low)
    high = np.where(scores.common & ~scores.assumed, scores.cells, scores.high)
    inside = scores.blend @ weights
    return outranking.beyond_ranges(low, high, inside / inside.sum()).net


def _jointly(scores: Scores, allowed: WeightSet) -> acceptability.Acceptability:
    """Rank shares with everything drawn at once: weights, weights inside considerations, and figures."""
    draws = max(500, min(FIGURE_DRAWS, CELLS // len(scores.cells) ** 2))
    outer = allowed.sample(draws, SEED)
    inner = generator(SEED).uniform(1 - INSIDE, 1 + INSIDE, (draws, len(scores.columns)))
    own = inner[:, :, None] * scores.blend
    columns = np.einsum("dck,dk->dc", own / own.sum(axis=1, keepdims=True), outer)
    return uncertainty.rank_shares(
        scores.figures, scores.functions, columns, seed=SEED, errors=_errors(scores)
    )


def _errors(scores: Scores) -> uncertainty.Errors:
    return uncertainty.Errors(
        common=scores.common,
        linked=scores.travel,
        missing=scores.assumed,
        spreads=scores.spreads,
        at=np.array(QUANTILES),
        same=scores.same_places,
    )


def _without_each(scores: Scores, weighting: Weighting) -> Iterator[tuple[str, int]]:
    """Each indicator left out in turn: its id, and the position that is then first (−1 where several are)."""
    for k, name in enumerate(scores.columns):
        kept = np.arange(len(scores.columns)) != k
        blend = scores.blend[kept]
        sums = blend.sum(axis=0)
        left = sums > 0
        if not left.any():
            continue
        considerations = [key for key, any_left in zip(scores.considerations, left, strict=True) if any_left]
        weights = allowed_weights(weighting, considerations).centroid()
        matrix = scores.cells[:, kept] @ (blend[:, left] / sums[left])
        ranked = additive.rank(matrix, weights)
        first = int(ranked.order[0])
        yield name, -1 if ranked.tied[first] else first


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
    return nearly_within(low[kept] / most, np.maximum(upper, high[kept]))


def says_nothing(weighting: Weighting, considerations: Sequence[str]) -> bool:
    """Whether all that the case weighs is considerations that take no part: then any weights may be."""
    taken = [low for key, low in zip(weighting.ids, weighting.low, strict=True) if key not in considerations]
    return weighting.kind in ("points", "ranges") and sum(taken) >= 1 - ROUNDED


def _under_uncertain_figures(scores: Scores, weights: Floats) -> Floats | None:
    """Share of draws of the figures in which each alternative is first, at the weights used."""
    if len(scores.cells) < 2 or np.allclose(scores.low, scores.high):
        return None
    draws = max(500, min(FIGURE_DRAWS, CELLS // scores.cells.size // 16))
    figures = uncertainty.draw(scores.figures, draws, SEED, _errors(scores))
    values = value_matrix(figures, scores.functions)
    return uncertainty.first_shares(values @ (scores.blend @ weights))


def by_name(weights: Floats, considerations: Sequence[str]) -> dict[str, float]:
    """Weights by consideration."""
    return dict(zip(considerations, weights.tolist(), strict=True))
