"""What is asked: between which places, by which method, with which limits."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal

import numpy as np

from tyngdepunkt.errors import Faults
from tyngdepunkt.inputs import numbers
from tyngdepunkt.methods.labour_markets.flows import Flows
from tyngdepunkt.methods.labour_markets.validity import Thresholds
from tyngdepunkt.methods.validation import Floats

Method = Literal["ba", "euro", "flow"]
SEED = 20_190_601
MOST_DRAWS = 10_000
MOST_WITH_TRAVEL = 10_000
"""Places for which a square of travel times is held; beyond it memory runs out."""


@dataclass(frozen=True, slots=True)
class Notice:
    """Something the reader should know though it is no fault: a key into the texts, and its values."""

    key: str
    values: Mapping[str, Any]


@dataclass(frozen=True)
class Commuting:
    """Commuting between places.

    Args:
        places: what the places are called, in order: by number where all are numbers, else by name.
        flows: between them, in the same order.
        names: a name for each place, where there are other names than those in `places`.
        notices: what the reader should know.
        first: place → where in its file it stands first (`flows.csv, line 4`), for messages.
    """

    places: tuple[str, ...]
    flows: Flows
    names: Mapping[str, str] = field(default_factory=dict)
    notices: tuple[Notice, ...] = ()
    first: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def position(self) -> dict[str, int]:
        """Place → its position."""
        return {place: i for i, place in enumerate(self.places)}


@dataclass(frozen=True, slots=True)
class DelineationParameters:
    """How regions are to be found.

    Args:
        method: `ba` centres by commuting and travel time, `euro` the European method, `flow` flow clustering.
        thresholds: for `euro`.
        minutes: for `ba`, (places, places) travel time, infinite where it is not known.
        base: for `ba`, (places,) persons that percentages are of; employed residents where None.
        centres: for `ba`, positions of given centres; several in one where they are joint.
        other_mode: for `ba`, places tied to a centre by another mode of travel than car.
        neighbours: pairs of places that border on each other, or None where regions may be in pieces.
        draws: how many matrices to draw to try how firm the regions are; 0 for none.
        seed: where chance begins.
    """

    method: Method
    thresholds: Thresholds = field(default_factory=Thresholds)
    minutes: Floats | None = None
    base: Floats | None = None
    centres: tuple[tuple[int, ...], ...] = ()
    other_mode: frozenset[tuple[int, int]] = frozenset()
    neighbours: tuple[tuple[int, int], ...] | None = None
    draws: int = 0
    seed: int = SEED


def thresholds_of(
    given: Mapping[str, float | None], faults: Faults, named: Callable[[str], str] = str
) -> Thresholds:
    """Thresholds from what was asked for, the rest by default; a fault for each that cannot be.

    Args:
        given: by the names of `Thresholds`; None where nothing was asked for.
        faults: gathers what is wrong.
        named: what each is called in the place where it was written.
    """
    usual = Thresholds()
    names = ("min_size", "target_size", "min_self_containment", "target_self_containment")
    asked: dict[str, float] = {}
    for name in names:
        value = given.get(name)
        asked[name] = float(getattr(usual, name)) if value is None else float(value)
    before = len(list(faults))
    for name in names[:2]:
        if not (np.isfinite(asked[name]) and asked[name] > 0):
            faults.add(
                "analyses.labour_market_regions:size_range", named(name), given=numbers.written(asked[name])
            )
    for name in names[2:]:
        if not 0 < asked[name] <= 1:
            faults.add(
                "analyses.labour_market_regions:share_range", named(name), given=numbers.written(asked[name])
            )
    if len(list(faults)) > before:
        return usual
    for low, high in (names[:2], names[2:]):
        equal_ok = low == "min_self_containment"
        if asked[low] > asked[high] or (asked[low] == asked[high] and not equal_ok):
            faults.add(
                "analyses.labour_market_regions:above_target",
                named(low),
                low=numbers.written(asked[low]),
                high=numbers.written(asked[high]),
            )
    return usual if len(list(faults)) > before else Thresholds(**asked)
