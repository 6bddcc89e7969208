"""The overview map: country and counties light, regions shaded, places named."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape

from tyngdepunkt import texts
from tyngdepunkt.documents import svg, text_layout, theme
from tyngdepunkt.documents.layout import clean
from tyngdepunkt.documents.map import shapes
from tyngdepunkt.documents.map.frame import Bounds, Frame, around, fitted, scale_bar, small
from tyngdepunkt.documents.map.patterns import CLASSES, definitions, swatch
from tyngdepunkt.documents.text_layout import Box, Mark, Placed

_SIZE = theme.CHART_FONT_SIZE
_LONGEST = 165
_LAND = "#f1f3ee"
_BORDER = "#aab3b0"
_COAST = "#7d8788"
_KEY_ROW = 22
_WHOLE = (480, 580)
_CLOSER = (560, 440)


@dataclass(frozen=True, slots=True)
class MapPoint:
    """A place on the map: x and y in EPSG:25833 metres, `code` its municipality."""

    label: str
    x: float
    y: float
    code: str = ""
    emphasis: bool = False


def overview_map(
    boundaries: Mapping[str, bytes],
    points: Sequence[MapPoint],
    highlighted: Mapping[str, int],
    lang: str,
    *,
    classes: Sequence[str] = (),
    size: tuple[int, int] | None = None,
    closer: bool | None = None,
) -> str:
    """The places and the regions shaded, on the country's counties.

    Args:
        boundaries: WKB in EPSG:25833 by code; two characters are counties, which are
            always drawn, four are municipalities, which are drawn where highlighted.
        points: the places, most important first: it gets the best room for its name.
        highlighted: class (0 to 4) by municipality; each class is a region or a kind of
            region and has a pattern of its own.
        lang: `nb`, `nn` or `en`.
        classes: the name of each class, for the key under the map.
        size: width and height of the map itself in drawing units; None chooses by the view.
        closer: show only the surroundings of the places, and all that is shaded, with the
            country in a corner; None does so where the places lie close together.

    Returns:
        The map as SVG.
    """
    counties = shapes.read(boundaries, sorted(code for code in boundaries if len(code) == 2))
    country = _bounds(counties, points)
    near = around([(point.x, point.y) for point in points]) if points else country
    zoomed = small(near, country) if closer is None else closer
    size = size or (_CLOSER if zoomed else _WHOLE)
    shaded = shapes.read(boundaries, sorted(highlighted)) if closer else []
    if shaded:
        frame = fitted(_bounds(shaded, points), *size, margin=0.06)
    else:
        frame = fitted(near, *size, margin=0.3) if zoomed else fitted(country, *size)
    layers = [land(counties, frame), _regions(boundaries, highlighted, frame)]
    inset = _inset(counties, country, frame, points) if zoomed else ""
    layers += [inset, scale(frame, lang), named_points(points, frame, inset=bool(inset))]
    key = [(place, name) for place, name in enumerate(classes[:CLASSES]) if place in highlighted.values()]
    return _whole(layers, key, size)


def _bounds(counties: Sequence[Any], points: Sequence[MapPoint]) -> Bounds:
    import shapely

    if counties:
        low_x, low_y, high_x, high_y = shapely.total_bounds(counties)
        return float(low_x), float(low_y), float(high_x), float(high_y)
    if points:
        return around([(point.x, point.y) for point in points])
    return (-80_000.0, 6_440_000.0, 1_120_000.0, 7_950_000.0)


def land(counties: list[Any], frame: Frame) -> str:
    """The counties, light."""
    if not counties:
        return ""
    pieces = "".join(shapes.path(shape, frame) for shape in shapes.drawn(counties, frame))
    return (
        f'<path d="{pieces}" fill="{_LAND}" stroke="{_BORDER}" stroke-width="0.7" stroke-linejoin="round"/>'
    )


def _regions(boundaries: Mapping[str, bytes], highlighted: Mapping[str, int], frame: Frame) -> str:
    drawn = []
    for place in sorted(set(highlighted.values())):
        members = shapes.read(boundaries, sorted(code for code in highlighted if highlighted[code] == place))
        if members:
            d = shapes.path(shapes.united(members, frame), frame)
            drawn.append(swatch(place, f'<path d="{d}"'))
    return "".join(drawn)


def named_points(points: Sequence[MapPoint], frame: Frame, *, inset: bool = False) -> str:
    """The places as marks with their names, none upon another."""
    inside = Box(4, 4, frame.width - 4, frame.height - 4)
    order = sorted(range(len(points)), key=lambda i: (not points[i].emphasis, i))
    marks = [_mark(points[i], frame) for i in order]
    corners = [Box(frame.width * 0.68, frame.height - 34, frame.width, frame.height)]
    if inset:
        corners.append(Box(*_corner(frame, points)))
    placed = text_layout.place_labels(marks, inside, _SIZE, corners)
    named = [(points[i], label) for i, label in zip(order, placed, strict=True)]
    lines = "".join(_leader(label) for _, label in named if label.leader)
    dots = "".join(_dot(point, label.mark) for point, label in reversed(named))
    return lines + dots + "".join(_name(point, label) for point, label in named)


def _mark(point: MapPoint, frame: Frame) -> Mark:
    x, y = frame.point(point.x, point.y)
    text = text_layout.shorten(clean(point.label), _LONGEST, _SIZE)
    return Mark(x, y, text, radius=7 if point.emphasis else 5)


def _leader(label: Placed) -> str:
    x, y = label.anchor
    start = f'x1="{label.mark.x:.1f}" y1="{label.mark.y:.1f}"'
    return f'<line {start} x2="{x:.1f}" y2="{y:.1f}" stroke="{theme.INK}" stroke-width="0.8"/>'


def _dot(point: MapPoint, mark: Mark) -> str:
    x, y = mark.x, mark.y
    if point.emphasis:
        d = f"M{x:.1f},{y - 8:.1f}l8,8l-8,8l-8,-8z"
        return f'<path d="{d}" fill="{theme.EMPHASIS}" stroke="{theme.PAPER}" stroke-width="1.5"/>'
    look = f'fill="{theme.ACCENT}" stroke="{theme.PAPER}" stroke-width="1.5"'
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="5" {look}/>'


def _name(point: MapPoint, label: Placed) -> str:
    x = (label.box.left + label.box.right) / 2
    baseline = (label.box.top + label.box.bottom) / 2 + _SIZE * 0.35
    weight = "700" if point.emphasis else "400"
    return caption(x, baseline, label.mark.text, f'text-anchor="middle" font-weight="{weight}" {_HALO}')


_HALO = f'paint-order="stroke" stroke="{theme.PAPER}" stroke-width="3" stroke-linejoin="round"'


def caption(x: float, y: float, text: str, look: str = "") -> str:
    """Text on the map; `look` is more attributes."""
    family = f'font-family="{theme.CHART_FONT}" font-size="{_SIZE}" fill="{theme.INK}"'
    return f'<text x="{x:.1f}" y="{y:.1f}" {family} {look}>{escape(text)}</text>'


def scale(frame: Frame, lang: str) -> str:
    """The scale bar in the lower right corner."""
    kilometres, length = scale_bar(frame)
    right, low = frame.width - 12, frame.height - 12
    d = f"M{right - length:.1f},{low - 5:.1f}v5h{length:.1f}v-5"
    said = texts.text("documents:charts.scale", lang, km=kilometres)
    bar = f'<path d="{d}" fill="none" stroke="{theme.INK}" stroke-width="1.2"/>'
    return bar + caption(right - length / 2, low - 8, said, f'text-anchor="middle" {_HALO}')


def _corner(frame: Frame, points: Sequence[MapPoint]) -> tuple[float, float, float, float]:
    """The corner with the fewest places, for the whole country; the scale bar has the fourth."""
    wide, high = frame.width * 0.2, frame.width * 0.26
    places = [frame.point(point.x, point.y) for point in points]
    corners = [
        (6.0, 6.0, 6 + wide, 6 + high),
        (frame.width - wide - 6, 6.0, frame.width - 6, 6 + high),
        (6.0, frame.height - high - 6, 6 + wide, frame.height - 6),
    ]

    def crowd(box: tuple[float, float, float, float]) -> int:
        left, top, right, bottom = box
        return sum(left - 90 < x < right + 90 and top - 30 < y < bottom + 30 for x, y in places)

    return min(corners, key=crowd)


def _inset(counties: list[Any], country: Bounds, frame: Frame, points: Sequence[MapPoint]) -> str:
    """The country in a corner, with a frame where the map is."""
    left, top, right, bottom = _corner(frame, points)
    window = fitted(country, right - left, bottom - top, margin=0.06)
    d = shapes.path(shapes.united(counties, window), window) if counties else ""
    x, y = window.point(frame.bounds[0], frame.bounds[3])
    wide = (frame.bounds[2] - frame.bounds[0]) / window.scale
    high = (frame.bounds[3] - frame.bounds[1]) / window.scale
    room = f'width="{window.width:.1f}" height="{window.height:.1f}"'
    ground = f'<rect {room} fill="{theme.PAPER}" stroke="{_COAST}"/>'
    land = f'<path d="{d}" fill="{_LAND}" stroke="{_COAST}" stroke-width="0.6"/>'
    where = f'x="{x:.1f}" y="{y:.1f}" width="{wide:.1f}" height="{high:.1f}"'
    seen = f'<rect {where} fill="none" stroke="{theme.EMPHASIS}" stroke-width="2"/>'
    return f'<g transform="translate({left:.1f},{top:.1f})">{ground}{land}{seen}</g>'


def _whole(layers: Sequence[str], key: Sequence[tuple[int, str]], size: tuple[int, int]) -> str:
    width, height = size
    total = height + (_KEY_ROW * len(key) + 8 if key else 0)
    said = []
    for row, (place, name) in enumerate(key):
        y = height + 8 + _KEY_ROW * row
        said.append(swatch(place, f'<rect x="1" y="{y}" width="30" height="15"'))
        said.append(caption(40, y + 12, text_layout.shorten(clean(name), width - 50, _SIZE)))
    edge = (
        f'<rect x="0.5" y="0.5" width="{width - 1}" height="{height - 1}" fill="none" stroke="{theme.RULE}"/>'
    )
    window = f'<clipPath id="window"><rect width="{width}" height="{height}"/></clipPath>'
    parts = [
        f'<svg xmlns="{svg.NAMESPACE}" width="{width}" height="{total}" viewBox="0 0 {width} {total}">',
        f"<defs>{window}{definitions()}</defs>",
        f'<rect width="{width}" height="{total}" fill="{theme.PAPER}"/>',
        f'<g clip-path="url(#window)">{"".join(layers)}</g>',
        edge,
        *said,
        "</svg>",
    ]
    return svg.clean("".join(parts))
