"""Weights as a table gives them: numbers, ranges, an order, or none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from tyngdepunkt.analyses.ranking.source_positions import LARGEST, Marks, shown
from tyngdepunkt.inputs import numbers
from tyngdepunkt.inputs.reading import Steps
from tyngdepunkt.methods import weights as method
from tyngdepunkt.methods.weights import WeightSet

_SLACK = 1e-9


def read_weights(given: Any, ids: Sequence[str], complete: bool, marks: Marks) -> WeightSet | None:
    """The allowed weights, or None where there is a fault.

    Numbers may be on any scale and are normalised to sum 1. As soon as one weight is a range,
    all of them are shares of 1 or all percentage points, and must admit that sum.

    Args:
        given: what stands under `weights`; nothing and `none` allow all weights.
        ids: the criteria that could be read.
        complete: whether that is all of them, so that a name can be called unknown.
        marks: where faults go.
    """
    steps: Steps = ("weights",)
    if given is None or given == "none":
        return method.anything(len(ids)) if ids else None
    if not isinstance(given, dict) or not given:
        marks.fault("weights_kind", steps, given=shown(given))
        return None
    if "order" in given and "order" not in ids:
        return _order(given, ids, complete, marks)
    if complete:
        marks.unknown("unknown_weight", given, ids, steps)
        for name in ids:
            if name not in given:
                marks.fault("missing_weight", steps, criterion=name)
    ends = {name: _ends(name, value, (*steps, name), marks) for name, value in given.items()}
    sound = {name: pair for name, pair in ends.items() if pair is not None}
    if not complete or len(sound) < len(given) or set(sound) != set(ids):
        return None
    ranged = any(isinstance(value, list) for value in given.values()) or any(a < b for a, b in sound.values())
    return _ranges(sound, ids, marks) if ranged else _numbers(sound, ids, marks)


def _ends(name: str, value: Any, steps: Steps, marks: Marks) -> tuple[float, float] | None:
    pair = marks.number(numbers.span, value, "weight_kind", steps, criterion=name)
    if pair is None:
        return None
    if pair[0] < 0:
        marks.fault("negative_weight", steps, criterion=name, given=shown(value))
    elif pair[1] > LARGEST:
        marks.fault("weight_kind", steps, criterion=name, given=shown(value))
    else:
        return pair
    return None


def _numbers(ends: Mapping[str, tuple[float, float]], ids: Sequence[str], marks: Marks) -> WeightSet | None:
    points = [ends[name][0] for name in ids]
    if sum(points) <= 0:
        marks.fault("all_zero", ("weights",))
        return None
    return method.exactly(points)


def _ranges(ends: Mapping[str, tuple[float, float]], ids: Sequence[str], marks: Marks) -> WeightSet | None:
    lowest, highest = [ends[name][0] for name in ids], [ends[name][1] for name in ids]
    whole = 1.0 if max(highest) <= 1 + _SLACK else 100.0
    if sum(lowest) > whole * (1 + _SLACK):
        marks.fault("ranges_too_high", ("weights",), sum=round(sum(lowest), 6), whole=int(whole))
    elif sum(highest) < whole * (1 - _SLACK):
        marks.fault("ranges_too_low", ("weights",), sum=round(sum(highest), 6), whole=int(whole))
    else:
        return method.within([low / whole for low in lowest], [high / whole for high in highest])
    return None


def _order(given: Mapping[str, Any], ids: Sequence[str], complete: bool, marks: Marks) -> WeightSet | None:
    """An order of importance; criteria it leaves out come last, together."""
    steps: Steps = ("weights", "order")
    if len(given) > 1:
        marks.fault("order_and_numbers", ("weights",), others=[name for name in given if name != "order"])
    listed = given["order"]
    if not isinstance(listed, list) or not listed or any(item == [] for item in listed):
        marks.fault("order_kind", steps, given=shown(listed))
        return None
    groups = [item if isinstance(item, list) else [item] for item in listed]
    placed = [(name, (*steps, at)) for at, group in enumerate(groups) for name in group]
    seen: set[str] = set()
    for name, where in placed:
        if complete and str(name) not in ids:
            marks.fault("unknown_weight", where, given=shown(name), known=list(ids))
        if str(name) in seen:
            marks.fault("order_twice", where, criterion=shown(name))
        seen.add(str(name))
    if len(given) > 1 or not seen <= set(ids) or len(seen) < len(placed):
        return None
    rest = [at for at, name in enumerate(ids) if name not in seen]
    positions = [[list(ids).index(str(name)) for name in group] for group in groups]
    return method.ordered([*positions, rest] if rest else positions, len(ids))
