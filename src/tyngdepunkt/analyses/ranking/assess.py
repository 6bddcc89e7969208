"""Ranking a table, and trying how much the ranking can take."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tyngdepunkt.analyses.ranking.table import Table
from tyngdepunkt.methods import additive, flip
from tyngdepunkt.methods.acceptability import DRAWS, Acceptability, over_draws, pairwise
from tyngdepunkt.methods.arrays import Floats
from tyngdepunkt.methods.dominance import Dominance, dominance
from tyngdepunkt.methods.outranking import promethee
from tyngdepunkt.methods.value import value_matrix
from tyngdepunkt.methods.weights import anything

SEED = 20_190_101
MOST_IN_PAIRS = 60
"""Most alternatives for which the table of pairs is made: beyond it nobody reads it."""


@dataclass(frozen=True, slots=True)
class Ranking:
    """A ranked table. All arrays follow the table's own order of alternatives and criteria.

    Args:
        table: what was ranked.
        values: (alternatives, criteria) values from the value functions.
        weights: (criteria,) the weights the ranking is made with.
        measured_from: `given` for numbers, else `centroid`: the centre of the allowed weights.
        order: positions from best to worst; those that tie by name, so that the file's order
            changes nothing.
        ranked: the additive ranking.
        allowed: acceptability over the weights the table allows.
        any_weights: acceptability over all weights there are.
        pairs: share of the allowed weights with which the row comes before the column, or None.
        dominance: who dominates whom.
        changes: smallest change of weights per alternative, None for the first and where impossible.
        net_flow: the cross-check: PROMETHEE II net flow at the same weights.
        draws: draws of weights asked for.
        seed: what chance began from.
    """

    table: Table
    values: Floats
    weights: Floats
    measured_from: str
    order: tuple[int, ...]
    ranked: additive.Ranked
    allowed: Acceptability
    any_weights: Acceptability
    pairs: Floats | None
    dominance: Dominance
    changes: tuple[flip.Flip | None, ...]
    net_flow: Floats
    draws: int
    seed: int

    @property
    def nearest_change(self) -> flip.Flip | None:
        """The smallest change at which another draws level; by name where two are equally small."""
        found = [change for change in self.changes if change is not None]
        names = self.table.alternatives
        return min(found, key=lambda c: (round(c.distance, 12), names[c.rival]), default=None)


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
        changes=tuple(flip.flips(values, weights, order[0])),
        net_flow=np.asarray(promethee(values, weights).net),
        draws=draws,
        seed=seed,
    )
