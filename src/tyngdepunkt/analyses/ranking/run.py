"""Ranking a table, and trying how much the ranking can take."""

from __future__ import annotations

import numpy as np

from tyngdepunkt.analyses.contract import Setting
from tyngdepunkt.analyses.ranking.decision_matrix import Ranking, Table
from tyngdepunkt.analyses.ranking.resolve import Asked
from tyngdepunkt.analyses.ranking.result import Result, result_of
from tyngdepunkt.methods import additive, weight_sensitivity
from tyngdepunkt.methods.acceptability import DRAWS, over_draws, pairwise
from tyngdepunkt.methods.dominance import dominance
from tyngdepunkt.methods.outranking import Preference, promethee, widest
from tyngdepunkt.methods.validation import Floats
from tyngdepunkt.methods.value import value_matrix
from tyngdepunkt.methods.weights import anything

SEED = 20_190_101
MOST_IN_PAIRS = 60
"""Most alternatives for which the table of pairs is made: beyond it nobody reads it."""


def run(asked: Asked, setting: Setting) -> Result:
    """Rank a table, and try how much the ranking can take."""
    ranking = rank_table(asked.table, asked.question.draws, asked.question.seed)
    return result_of(ranking, asked.made, setting.lang)


def rank_table(table: Table, draws: int = DRAWS, seed: int = SEED) -> Ranking:
    """Rank a table.

    Args:
        table: a table that has passed its checks.
        draws: draws of weights for the acceptabilities; given numbers need one only.
        seed: the same seed gives the same answer.
    """
    values = value_matrix(table.figures, tuple(c.function for c in table.criteria))
    weights = table.weights.centroid()
    ranked = additive.rank(values, weights)
    order = tuple(sorted(range(len(values)), key=lambda i: (ranked.ranks[i], table.alternatives[i])))
    drawn = table.weights.sample(1 if table.weights.is_point else draws, seed)
    free = table.weights.kind == "none"
    every = drawn if free else anything(len(weights)).sample(draws, seed)
    allowed = over_draws(values, drawn)
    return Ranking(
        table=table,
        values=values,
        weights=weights,
        measured_from="given" if table.weights.kind == "points" else "centroid",
        order=order,
        ranked=ranked,
        allowed=allowed,
        any_weights=allowed if free else over_draws(values, every),
        pairs=pairwise(values, drawn) if len(values) <= MOST_IN_PAIRS else None,
        dominance=dominance(values),
        changes=tuple(weight_sensitivity.smallest_weight_changes(values, weights, order[0])),
        net_flow=_net_flow(table, values, weights),
        draws=draws,
        seed=seed,
    )


def _net_flow(table: Table, values: Floats, weights: Floats) -> Floats:
    """PROMETHEE II: on figures where the file gives thresholds, else on values over their widest lead."""
    compared, preferences = values.copy(), list(widest(values))
    for k, criterion in enumerate(table.criteria):
        if criterion.thresholds is not None:
            sign = -1.0 if criterion.direction == "min" else 1.0
            compared[:, k] = sign * table.figures[:, k]
            indifference, full = criterion.thresholds
            some = full > indifference
            preferences[k] = Preference("linear" if some else "quasi", indifference, full)
    return np.asarray(promethee(compared, weights, tuple(preferences)).net)
