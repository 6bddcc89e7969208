"""A table of alternatives and criteria, checked and ready to be ranked, and its ranking."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from tyngdepunkt.methods import additive, weight_sensitivity
from tyngdepunkt.methods.acceptability import Acceptability
from tyngdepunkt.methods.dominance import Dominance
from tyngdepunkt.methods.validation import Floats
from tyngdepunkt.methods.value import ValueFunction
from tyngdepunkt.methods.weights import WeightSet

Kind = Literal["identity", "minmax", "points", "step"]


@dataclass(frozen=True, slots=True)
class Criterion:
    """One criterion.

    Args:
        id: what the file calls it.
        direction: whether more (`max`) or less (`min`) is better; None where drawn points say it.
        kind: how its figures become values.
        function: the value function itself.
        thresholds: largest lead that does not count, and smallest that counts in full, for the
            cross-check, in the criterion's unit; None where the file gives none.
    """

    id: str
    direction: Literal["max", "min"] | None
    kind: Kind
    function: ValueFunction
    thresholds: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class Notice:
    """Something the reader should know though it is no fault: a key into the texts, and its values."""

    key: str
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Table:
    """A table that has passed every check.

    Args:
        title: the file's title, or empty.
        criteria: in the order of the file.
        alternatives: names, in the order of the file.
        figures: (alternatives, criteria), each criterion in its own unit; none missing.
        weights: the weights the file allows.
        notices: what the reader should know.
    """

    title: str
    criteria: tuple[Criterion, ...]
    alternatives: tuple[str, ...]
    figures: Floats
    weights: WeightSet
    notices: tuple[Notice, ...] = ()


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
    changes: tuple[weight_sensitivity.Flip | None, ...]
    net_flow: Floats
    draws: int
    seed: int

    @property
    def nearest_change(self) -> weight_sensitivity.Flip | None:
        """The smallest change at which another draws level; by name where two are equally small."""
        found = [change for change in self.changes if change is not None]
        names = self.table.alternatives
        return min(found, key=lambda c: (round(c.distance, 12), names[c.rival]), default=None)
