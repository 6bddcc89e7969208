"""Weights as people write them: points, ranges, an order, or none at all."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tyngdepunkt.analyses.location.input.model import Weighting
from tyngdepunkt.errors import UserError
from tyngdepunkt.inputs import numbers
from tyngdepunkt.inputs.parse_context import ParseContext
from tyngdepunkt.inputs.reading import Steps
from tyngdepunkt.inputs.text import shown
from tyngdepunkt.texts import number

TOLERANCE = 0.0025  # of the whole: five weights rounded to one decimal of a per cent still sum
_NONE = frozenset({"none", "ingen", "inga"})


def free(ids: Sequence[str]) -> Weighting:
    """No weights: everything that sums to 1 is allowed."""
    return Weighting("none", tuple(ids), (0.0,) * len(ids), (1.0,) * len(ids))


def read_weights(value: Any, ids: Sequence[str], ctx: ParseContext, steps: Steps) -> Weighting:
    """Weights as a `Weighting` over the considerations `ids`.

    Points and ranges are taken as per cent, or as shares of 1 where none of them is above 1.
    A consideration that is not named weighs 0 beside points, and is free beside ranges.
    What is wrong becomes a fault, and the weights free.
    """
    if value is None or (isinstance(value, str) and value.strip().casefold() in _NONE):
        return free(ids)
    if not isinstance(value, dict) or not value:
        ctx.fault("weights_kind", steps, given=shown(value), known=ids)
        return free(ids)
    found = _order(value, ids, ctx, steps) if "order" in value else _numbers(value, ids, ctx, steps)
    return found or free(ids)


def _order(value: dict[str, Any], ids: Sequence[str], ctx: ParseContext, steps: Steps) -> Weighting | None:
    if len(value) > 1:
        ctx.fault("order_and_numbers", steps, others=[name for name in value if name != "order"])
        return None
    listed, steps = value["order"], (*steps, "order")
    if not isinstance(listed, list) or not listed:
        ctx.fault("order_kind", steps, given=shown(listed), known=ids)
        return None
    groups = tuple(_group(item, ids, ctx, (*steps, at)) for at, item in enumerate(listed))
    named = [name for group in groups for name in group]
    for name in sorted({name for name in named if named.count(name) > 1}, key=named.index):
        ctx.fault("order_twice", steps, name=name)
    if len(set(named)) != len(named) or not all(groups):
        return None
    rest = tuple(name for name in ids if name not in named)
    last = (rest,) if rest else ()
    return Weighting("order", tuple(ids), (0.0,) * len(ids), (1.0,) * len(ids), groups + last)


def _group(item: Any, ids: Sequence[str], ctx: ParseContext, steps: Steps) -> tuple[str, ...]:
    names = item if isinstance(item, list) else [item]
    for name in names:
        if name not in ids:
            ctx.unknown_name("unknown_consideration", shown(name), ids, steps)
    return tuple(name for name in names if name in ids)


def _numbers(value: dict[str, Any], ids: Sequence[str], ctx: ParseContext, steps: Steps) -> Weighting | None:
    for name in value:
        if name not in ids:
            ctx.unknown_name("unknown_consideration", name, ids, (*steps, name))
    ends = {name: _ends(item, ctx, (*steps, name)) for name, item in value.items()}
    given = {name: pair for name, pair in ends.items() if pair is not None}
    if len(given) < len(value) or set(given) - set(ids):
        return None
    whole = 1.0 if max(high for _, high in given.values()) <= 1 else 100.0
    if any(high > whole * (1 + TOLERANCE) for _, high in given.values()):
        ctx.fault(
            "weight_too_large", steps, highest=_points_of(max(high for _, high in given.values()), whole)
        )
        return None
    if any(isinstance(item, list) for item in value.values()) or any(
        low < high for low, high in given.values()
    ):
        return _ranges(given, ids, whole, ctx, steps)
    return _points(given, ids, whole, ctx, steps)


def _ends(item: Any, ctx: ParseContext, steps: Steps) -> tuple[float, float] | None:
    try:
        pair = numbers.span(item)
    except UserError as error:
        known = error.faults[0].key in ("inputs:percent_not_asked", "inputs:not_a_number_or_range")
        ctx.fault("weight_kind" if known else error.faults[0].key, steps, **error.faults[0].values)
        return None
    if pair is None:
        ctx.fault("weight_kind", steps, given=shown(item))
    elif pair[0] < 0:
        ctx.fault("negative_weight", steps, given=shown(item))
        return None
    return pair


def _points(
    given: dict[str, tuple[float, float]], ids: Sequence[str], whole: float, ctx: ParseContext, steps: Steps
) -> Weighting | None:
    total = sum(low for low, _ in given.values())
    if abs(total - whole) > TOLERANCE * whole:
        points = _points_of(total, whole)
        difference = number(100 - points, 0 if isinstance(points, int) else 1, ctx.lang, sign=True)
        ctx.fault("weights_sum", steps, total=points, difference=difference)
        return None
    shares = tuple(given.get(name, (0.0, 0.0))[0] / total for name in ids)
    return Weighting("points", tuple(ids), shares, shares)


def _points_of(value: float, whole: float) -> float:
    """A weight in points of 100; a whole number where it is one, so that it is shown as one."""
    points = round(value / whole * 100, 1)
    return int(points) if points == int(points) else points


def _ranges(
    given: dict[str, tuple[float, float]], ids: Sequence[str], whole: float, ctx: ParseContext, steps: Steps
) -> Weighting | None:
    pairs = [given.get(name, (0.0, whole)) for name in ids]
    lowest, highest = sum(low for low, _ in pairs), sum(high for _, high in pairs)
    if lowest > whole * (1 + TOLERANCE):
        ctx.fault("ranges_too_high", steps, lowest=_points_of(lowest, whole))
        return None
    if highest < whole * (1 - TOLERANCE):
        ctx.fault("ranges_too_low", steps, highest=_points_of(highest, whole))
        return None
    low = tuple(pair[0] / whole for pair in pairs)
    high = tuple(min(pair[1] / whole, 1.0) for pair in pairs)
    return Weighting("ranges", tuple(ids), low, high)
