"""A table of alternatives and criteria, checked and ready to be ranked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from tyngdepunkt.methods.arrays import Floats
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
    """

    id: str
    direction: Literal["max", "min"] | None
    kind: Kind
    function: ValueFunction


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
