"""What a case changes about the indicators: off, direction, value function, weight."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from tyngdepunkt.analyses.location.input.model import IndicatorChoice, ValueFunction
from tyngdepunkt.inputs import numbers
from tyngdepunkt.inputs.parse_context import ParseContext
from tyngdepunkt.inputs.reading import Steps
from tyngdepunkt.inputs.text import shown

if TYPE_CHECKING:
    from tyngdepunkt.inputs.checked import ParsedFields

NAMED = ("minmax", "identity", "national", "local")
DRAWN = ("points", "step")


def indicator_choices(
    shape: ParsedFields, known: Sequence[str], ctx: ParseContext
) -> tuple[IndicatorChoice, ...]:
    """The choices of the case, for indicators that exist."""
    found = []
    for name, item in shape.indicators.items():
        steps = ("indicators", name)
        if name not in known:
            ctx.unknown_name("unknown_indicator", name, known, steps)
        value = _value(item.value, ctx, (*steps, "value"))
        found.append(IndicatorChoice(name, item.off, item.direction, value, item.weight, item.reason or ""))
    return tuple(found)


def _value(value: Any, ctx: ParseContext, steps: Steps) -> ValueFunction | None:
    if value is None:
        return None
    if isinstance(value, str):
        if value in NAMED:
            return ValueFunction(value)
        ctx.unknown_name("unknown_choice", shown(value), [*NAMED, *DRAWN], steps)
        return None
    if not isinstance(value, dict) or len(value) != 1 or next(iter(value)) not in DRAWN:
        ctx.fault("value_kind", steps, given=shown(value), known=[*NAMED, *DRAWN])
        return None
    kind, points = next(iter(value.items()))
    drawn = _points(points, ctx, (*steps, kind))
    return ValueFunction(kind, drawn) if drawn else None


def _points(points: Any, ctx: ParseContext, steps: Steps) -> tuple[tuple[float, float], ...] | None:
    if not isinstance(points, list) or not 2 <= len(points) <= 100:
        ctx.fault("points_kind", steps, given=shown(points))
        return None
    if not all(_is_pair(point) for point in points):
        ctx.fault("points_kind", steps, given=shown(next(each for each in points if not _is_pair(each))))
        return None
    found = [
        tuple(ctx.read(numbers.number, each, (*steps, at)) for each in point)
        for at, point in enumerate(points)
    ]
    read = [(figure, value) for figure, value in found if figure is not None and value is not None]
    if len(read) < len(points):
        return None
    if any(later <= earlier for (earlier, _), (later, _) in pairwise(read)):
        ctx.fault("points_order", steps)
    outside = [value for _, value in read if not 0 <= value <= 100]
    if outside:
        ctx.fault("out_of_bounds", steps, given=numbers.written(outside[0]), limit=100)
    return tuple(read)


def _is_pair(point: Any) -> bool:
    return isinstance(point, list) and len(point) == 2 and not any(numbers.is_unknown(each) for each in point)
