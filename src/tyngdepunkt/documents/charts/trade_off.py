"""Two considerations against each other: what an alternative wins on one it may lose on the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tyngdepunkt import texts
from tyngdepunkt.documents import text_layout, theme
from tyngdepunkt.documents.charts import common
from tyngdepunkt.documents.charts.common import Spec
from tyngdepunkt.documents.layout import clean
from tyngdepunkt.documents.text_layout import Box, Mark

_BESIDE = 80
_HEIGHT = 430
_LABEL = 170


@dataclass(frozen=True, slots=True)
class TradeOffPoint:
    """An alternative's scores (0 to 100) on two considerations."""

    name: str
    x: float
    y: float
    emphasis: bool = False


def trade_off(
    across: str, up: str, points: Sequence[TradeOffPoint], lang: str, *, width: int = theme.CHART_WIDTH
) -> str:
    """A point per alternative with its name; where it is crowded a line leads to the name.

    Args:
        across: name of the consideration on the horizontal axis.
        up: name of the consideration on the vertical axis.
        points: best first; only the first `TOP` are drawn. Leave out those that lack a score.
        lang: `nb`, `nn` or `en`.
        width: of the whole drawing; letters keep their size, so a narrow one is for a narrow screen.

    Returns:
        The chart as SVG.
    """
    shown = points[: common.TOP]
    inner = width - _BESIDE
    frame = Box(0, 0, inner, _HEIGHT)
    placed = text_layout.place_labels([_mark(point, frame) for point in shown], frame, common.SIZE)
    rows = [_row(point, label, inner) for point, label in zip(shown, placed, strict=True)]
    titles = (_title(across, lang, inner), _title(up, lang, _HEIGHT))
    view = {
        "width": inner,
        "height": _HEIGHT,
        "data": common.values(rows),
        "layer": [
            {
                "transform": [{"filter": "datum.leader"}],
                "mark": {"type": "rule", "color": theme.MUTED, "strokeWidth": 0.8},
                "encoding": _at("x", "y", titles) | {"x2": {"field": "end_x"}, "y2": {"field": "end_y"}},
            },
            {
                "mark": _POINT,
                "encoding": _at("x", "y", titles) | {"color": _OWN, "shape": _SHAPE, "size": _AREA},
            },
            *[_names(bold, titles) for bold in (True, False)],
        ],
    }
    return common.draw([view], lang, shown=len(shown), of=len(points))


_POINT = {"type": "point", "filled": True, "opacity": 1, "stroke": theme.PAPER, "strokeWidth": 1}
_OWN = {"field": "colour", "type": "nominal", "scale": None}
_SHAPE = {"field": "shape", "type": "nominal", "scale": None}
_AREA = {"field": "area", "type": "quantitative", "scale": None}


def _mark(point: TradeOffPoint, frame: Box) -> Mark:
    text = text_layout.shorten(clean(point.name), min(_LABEL, frame.right / 2), common.SIZE)
    return Mark(point.x * frame.right / 100, (100 - point.y) * frame.bottom / 100, text, radius=6)


def _row(point: TradeOffPoint, label: text_layout.Placed, width: float) -> Spec:
    end_x, end_y = label.anchor
    middle = (label.box.top + label.box.bottom) / 2
    return {
        "x": point.x,
        "y": point.y,
        "name": label.mark.text,
        "bold": point.emphasis,
        "colour": theme.EMPHASIS if point.emphasis else theme.ACCENT,
        "shape": "diamond" if point.emphasis else "circle",
        "area": 170 if point.emphasis else 90,
        "label_x": (label.box.left + label.box.right) / 2 * 100 / width,
        "label_y": 100 - middle * 100 / _HEIGHT,
        "end_x": end_x * 100 / width,
        "end_y": 100 - end_y * 100 / _HEIGHT,
        "leader": label.leader,
    }


def _at(x: str, y: str, titles: tuple[str, str]) -> Spec:
    encoding: Spec = {}
    for channel, field, title in zip("xy", (x, y), titles, strict=True):
        axis = {"values": [0, 25, 50, 75, 100], "title": title}
        scale = {"domain": [0, 100]}
        encoding[channel] = {"field": field, "type": "quantitative", "scale": scale, "axis": axis}
    return encoding


def _title(name: str, lang: str, length: float) -> str:
    short = text_layout.shorten(clean(name), min(length, _HEIGHT) - 60, common.SIZE)
    return texts.text("documents:charts.better", lang, name=short)


def _names(bold: bool, titles: tuple[str, str]) -> Spec:
    return {
        "transform": [{"filter": f"datum.bold == {str(bold).lower()}"}],
        "mark": {"type": "text", "align": "center", "fontWeight": 700 if bold else 400},
        "encoding": _at("label_x", "label_y", titles) | {"text": {"field": "name"}},
    }
