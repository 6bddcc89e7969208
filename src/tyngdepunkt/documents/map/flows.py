"""Who commutes where: lines between a place and those it has most to do with, as wide as they are many."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tyngdepunkt import texts
from tyngdepunkt.documents import svg, theme
from tyngdepunkt.documents.map import overview, shapes
from tyngdepunkt.documents.map.frame import Frame, around, fitted
from tyngdepunkt.documents.map.overview import MapPoint

SIZE = (440, 380)  # small, so that names can be read where the drawing shrinks to a telephone
_WIDEST = 14.0
_THINNEST = 1.2
_BEND = 0.16
_KEY = 26
_FAR = 150_000.0


@dataclass(frozen=True, slots=True)
class FlowLine:
    """People who travel between the place and another: `out` from the place, else into it."""

    to: MapPoint
    persons: float
    out: bool


def flow_map(
    boundaries: Mapping[str, bytes],
    here: MapPoint,
    flows: Sequence[FlowLine],
    lang: str,
    size: tuple[int, int] = SIZE,
) -> str:
    """The flows to and from one place as SVG.

    Args:
        boundaries: WKB in EPSG:25833 of the counties, by code of two characters.
        here: the place itself.
        flows: those to draw; out is a whole line, in is dashed, and they bend to each side.
            Lines to places that are `is_far` run out of the map, so that the near ones have room.
        lang: `nb`, `nn` or `en`.
        size: width and height of the map in drawing units.
    """
    points = list({flow.to.code: flow.to for flow in flows}.values())
    near = [point for point in points if not is_far(here, point)] or points
    counties = shapes.read(boundaries, sorted(code for code in boundaries if len(code) == 2))
    frame = fitted(around([(each.x, each.y) for each in (here, *near)]), *size, margin=0.16)
    most = max((flow.persons for flow in flows), default=1.0)
    lines = [_curve(here, flow, frame, most) for flow in sorted(flows, key=lambda one: -one.persons)]
    layers = [overview.land(counties, frame), *lines, overview.scale(frame, lang)]
    layers.append(overview.named_points([here, *near], frame))
    return svg.clean(_whole(layers, lang, size), prefix="flow-")


def is_far(here: MapPoint, there: MapPoint) -> bool:
    """Whether a place is too far away for a map that has room for the near ones."""
    return (here.x - there.x) ** 2 + (here.y - there.y) ** 2 > _FAR**2


def _curve(here: MapPoint, flow: FlowLine, frame: Frame, most: float) -> str:
    """A bent line, as wide as the flow is large."""
    x1, y1 = frame.point(here.x, here.y)
    x2, y2 = frame.point(flow.to.x, flow.to.y)
    side = _BEND if flow.out else -_BEND
    middle = ((x1 + x2) / 2 - (y2 - y1) * side, (y1 + y2) / 2 + (x2 - x1) * side)
    width = max(_THINNEST, _WIDEST * flow.persons / most)
    colour = theme.ACCENT if flow.out else theme.EMPHASIS
    dash = "" if flow.out else f' stroke-dasharray="{max(4.0, width):.1f} {max(3.0, width / 2):.1f}"'
    path = f"M{x1:.1f},{y1:.1f}Q{middle[0]:.1f},{middle[1]:.1f} {x2:.1f},{y2:.1f}"
    return f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="{width:.1f}" opacity="0.75"{dash}/>'


def _whole(layers: Sequence[str], lang: str, size: tuple[int, int]) -> str:
    width, height = size
    total = height + 2 * _KEY
    edge = (
        f'<rect x="0.5" y="0.5" width="{width - 1}" height="{height - 1}" fill="none" stroke="{theme.RULE}"/>'
    )
    return "".join(
        (
            f'<svg xmlns="{svg.NAMESPACE}" width="{width}" height="{total}" viewBox="0 0 {width} {total}">',
            f'<defs><clipPath id="window"><rect width="{width}" height="{height}"/></clipPath></defs>',
            f'<rect width="{width}" height="{total}" fill="{theme.PAPER}"/>',
            f'<g clip-path="url(#window)">{"".join(layers)}</g>',
            edge,
            *(_key(row, lang, height) for row in (0, 1)),
            "</svg>",
        )
    )


def _key(row: int, lang: str, height: int) -> str:
    y = height + _KEY * row + 18
    colour, dash = ((theme.ACCENT, ""), (theme.EMPHASIS, ' stroke-dasharray="7 4"'))[row]
    said = texts.text(f"documents:charts.{('flow_out', 'flow_in')[row]}", lang)
    line = f'<path d="M4,{y - 4}h44" stroke="{colour}" stroke-width="5" fill="none"{dash}/>'
    return line + overview.caption(58, y, said)
