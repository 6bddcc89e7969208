"""The country with its municipalities coloured by a figure: a drawing that can be printed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from xml.sax.saxutils import escape

from tyngdepunkt.documents import svg, text_layout, theme
from tyngdepunkt.documents.map import shapes
from tyngdepunkt.documents.map.classes import MISSING
from tyngdepunkt.documents.map.frame import Frame, fitted
from tyngdepunkt.documents.map.overview import MapPoint, caption, land, named_points, scale
from tyngdepunkt.indicators.columns import remember
from tyngdepunkt.places import Places

SIZE = (600, 700)

MARKS = {
    "centres": ("M0,-5.5L5.5,0L0,5.5L-5.5,0Z", theme.EMPHASIS),
    "towns": ("M-2.6,0A2.6,2.6 0 1 0 2.6,0A2.6,2.6 0 1 0 -2.6,0Z", theme.INK),
    "airports": ("M0,-6L5.5,4.5L-5.5,4.5Z", "#7a0177"),
    "stations": ("M-4,-4H4V4H-4Z", theme.INK),
    "offices": ("M-1.5,-5H1.5V-1.5H5V1.5H1.5V5H-1.5V1.5H-5V-1.5H-1.5Z", "#96201c"),
}
"""The mark of each kind of place, drawn about the point, and its colour: they differ by shape alone too."""

_ROW = 21
_EDGE = "#6b757c"


@dataclass(frozen=True, slots=True)
class Outlines:
    """The drawn outlines of a snapshot; making them takes a moment, and they never change."""

    frame: Frame
    municipalities: Mapping[str, str]
    counties: str


@dataclass(frozen=True, slots=True)
class Coloured:
    """What is drawn.

    Args:
        title: what the colours show.
        fills: colour by municipality; those left out have no figure and are hatched.
        key: (colour, words) of each class; empty leaves the key out, for a page that has one.
        missing: what hatching means, in words.
        when: the years of the figures and how sure they are, in words.
        source: where figures and borders come from.
        place: a place to point out.
        points: x and y of places to mark, by the name of their mark in `MARKS`.
    """

    title: str
    fills: Mapping[str, str]
    key: Sequence[tuple[str, str]] = ()
    missing: str = ""
    source: str = ""
    place: MapPoint | None = None
    points: Mapping[str, Sequence[tuple[float, float]]] = field(default_factory=dict)
    when: str = ""


def outlines(
    municipalities: Mapping[str, bytes], counties: Mapping[str, bytes], size: tuple[int, int] = SIZE
) -> Outlines:
    """Draw the outlines of municipalities and counties.

    Args:
        municipalities: number → boundary as WKB in EPSG:25833.
        counties: likewise.
        size: width and height of the drawing, in pixels.

    Returns:
        The frame, one path for each municipality, and the counties as SVG.
    """
    import shapely

    codes = sorted(municipalities)
    geometries = shapes.read(municipalities, codes)
    low_x, low_y, high_x, high_y = (float(side) for side in shapely.total_bounds(geometries))
    frame = fitted((low_x, low_y, high_x, high_y), *size, margin=0.02)
    drawn = shapes.drawn(geometries, frame)
    paths = {code: shapes.path(shape, frame) for code, shape in zip(codes, drawn, strict=True)}
    return Outlines(frame, paths, land(shapes.read(counties, sorted(counties)), frame))


def outlines_of(places: Places, width: int = SIZE[0]) -> Outlines:
    """The outlines of a snapshot's municipalities and counties, made once for each width.

    Args:
        places: the snapshot.
        width: in pixels; the height follows from the proportions of `SIZE`.

    Returns:
        The outlines.
    """
    size = (width, round(width * SIZE[1] / SIZE[0]))
    return remember(
        places,
        ("documents.map.outlines", width),
        lambda: outlines(places.geometry("municipality"), places.geometry("county"), size),
    )


def choropleth(drawn: Outlines, what: Coloured, lang: str) -> str:
    """The drawing as SVG, with its title inside."""
    frame = drawn.frame
    edges = drawn.counties.replace("<path ", '<path fill-opacity="0" ')
    marks = [_marks(name, what.points[name], frame) for name in MARKS if name in what.points]
    layers = [_fills(drawn, what), edges, *marks, scale(frame, lang)]
    if what.place:
        outline = f'<path d="{drawn.municipalities.get(what.place.code, "")}" fill="none"'
        layers.append(f'{outline} stroke="{theme.EMPHASIS}" stroke-width="2.5" stroke-linejoin="round"/>')
        layers.append(named_points([what.place], frame))
    return svg.clean(_whole(layers, what, frame), prefix="shown-")


def _fills(drawn: Outlines, what: Coloured) -> str:
    """Each colour as one path: smaller, and no seams of another colour between neighbours."""
    groups: dict[str, list[str]] = {}
    for code, d in drawn.municipalities.items():
        groups.setdefault(what.fills.get(code, ""), []).append(d)
    look = f'stroke="{_EDGE}" stroke-width="0.35" stroke-linejoin="round"'
    return "".join(
        f'<path d="{"".join(paths)}" fill="{colour or "url(#none)"}" {look}/>'
        for colour, paths in sorted(groups.items())
    )


def mark(name: str) -> str:
    """A mark on the map, such as that of an office, drawn around the point 0,0.

    Args:
        name: a key of `MARKS`.

    Returns:
        An SVG path.
    """
    d, colour = MARKS[name]
    return f'<path d="{d}" fill="{colour}" stroke="{theme.PAPER}" stroke-width="0.8"/>'


def _marks(name: str, points: Sequence[tuple[float, float]], frame: Frame) -> str:
    if not points:
        return ""
    places = (frame.point(x, y) for x, y in points)
    uses = "".join(f'<use href="#mark-{name}" x="{x:.1f}" y="{y:.1f}"/>' for x, y in places)
    return f'<defs><g id="mark-{name}">{mark(name)}</g></defs>{uses}'


def _whole(layers: Sequence[str], what: Coloured, frame: Frame) -> str:
    width, height = int(frame.width), int(frame.height)
    said = _source_lines(what, width)
    rows = [*_key(what, height), *_source(what, said, height)]
    below = _ROW * (len(what.key) + 1) + 12 + _LINE * len(said) if what.key else 0
    above = _room_above(what, width)
    total = above + height + below
    hatch = (
        '<pattern id="none" width="6" height="6" patternUnits="userSpaceOnUse">'
        f'<rect width="6" height="6" fill="{MISSING}"/><path d="M-1,1L1,-1M0,6L6,0M5,7L7,5" '
        f'stroke="{_EDGE}" stroke-width="0.8"/></pattern>'
    )
    box = f'width="{width}" height="{total}" viewBox="0 {-above} {width} {total}"'
    parts = [
        f'<svg xmlns="{svg.NAMESPACE}" {box}><title>{escape(what.title)}</title><defs>{hatch}</defs>',
        f'<rect y="{-above}" width="{width}" height="{total}" fill="{theme.PAPER}"/>',
        *layers,
        *_head(what, width, -above),
        *rows,
        "</svg>",
    ]
    return "".join(parts)


_BOLD = 'font-weight="700"'
_HEAD, _LINE = 24, 18


def _room_above(what: Coloured, width: int) -> int:
    """What the head takes where the map leaves no room for it: in the wide one it stands beside Finnmark."""
    return _HEAD + _LINE * len(_when(what, width)) if what.key and width < SIZE[0] else 0


def _room(width: int) -> float:
    return width * 0.75 if width >= SIZE[0] else width - 20


def _when(what: Coloured, width: int) -> list[str]:
    return list(text_layout.wrap(what.when, _room(width), theme.CHART_FONT_SIZE))


def _head(what: Coloured, width: int, top: int) -> list[str]:
    """The title, and under it the years of the figures in as many lines as they need."""
    if not what.key:
        return []
    title = text_layout.shorten(what.title, _room(width), theme.CHART_FONT_SIZE)
    lines = enumerate(_when(what, width), 1)
    first = top + _HEAD
    return [
        caption(10, first, title, _BOLD),
        *(caption(10, first + _LINE * row, line) for row, line in lines),
    ]


def _key(what: Coloured, height: int) -> list[str]:
    if not what.key:
        return []
    said = []
    for row, (colour, words) in enumerate([*what.key, ("url(#none)", what.missing)]):
        y = height + 6 + _ROW * row
        box = f'<rect x="10" y="{y}" width="28" height="14" fill="{colour}"'
        said.append(f'{box} stroke="{_EDGE}" stroke-width="0.7"/>{caption(48, y + 12, words)}')
    return said


def _source_lines(what: Coloured, width: int) -> list[str]:
    if not what.key:
        return []
    return list(text_layout.wrap(what.source, width - 20, theme.CHART_FONT_SIZE))


def _source(what: Coloured, lines: Sequence[str], height: int) -> list[str]:
    first = height + _ROW * (len(what.key) + 1) + 20
    return [caption(10, first + _LINE * row, line) for row, line in enumerate(lines)]
