"""The value profile: how well each alternative does on each consideration."""

from __future__ import annotations

from collections.abc import Sequence

from tyngdepunkt import texts
from tyngdepunkt.documents import text_layout, theme
from tyngdepunkt.documents.charts import common
from tyngdepunkt.documents.charts.common import Spec
from tyngdepunkt.documents.layout import clean

Scores = Sequence[Sequence[float | None]]


def value_profile(
    alternatives: Sequence[str],
    considerations: Sequence[str],
    scores: Scores,
    lang: str,
    *,
    emphasis: Sequence[str] = (),
    width: int = theme.CHART_WIDTH,
) -> str:
    """One small chart per consideration, one row per alternative, scores from 0 to 100.

    Args:
        alternatives: names, best first; only the first `TOP` are drawn.
        considerations: names, at most six.
        scores: a row per alternative, a score per consideration; None is written as
            missing and draws nothing.
        lang: `nb`, `nn` or `en`.
        emphasis: names set in bold and in the colour that stands out.
        width: of the whole drawing. Letters keep their size, so in one for a narrow screen the small
            charts stand below each other, each with the names.

    Returns:
        The chart as SVG.
    """
    names = alternatives[: common.TOP]
    bold = [i for i, name in enumerate(names) if name in emphasis]
    height = common.row_height(names, width)
    column = common.names_view(names, bold, height, width)
    below = width < theme.CHART_WIDTH
    inner = common.beside_names(width)
    if not below:
        inner = (inner + 18) // max(len(considerations), 1) - 10
    strips = []
    for place, title in enumerate(considerations):
        points = [row[place] for row in scores[: common.TOP]]
        lines = text_layout.wrap(clean(title), width - 20 if below else inner, common.SIZE - 1)
        strips.append(_strip(points, bold, lang) | _frame(lines, inner, height, len(points)))
    views = [_with_names(column, strip) for strip in strips] if below else [column, *strips]
    return common.draw(views or [column], lang, shown=len(names), of=len(alternatives), down=below)


def _with_names(names: Spec, strip: Spec) -> Spec:
    """A strip with the names to its left, and its title over both."""
    title = strip.pop("title")
    return {"hconcat": [names, strip], "title": title | {"frame": "bounds"}}


_REACH = 135
"""The scale goes on beyond 100, so that every figure has room to the right of its mark."""


def _frame(title: list[str], width: int, height: int, count: int) -> Spec:
    head = {"text": title, "anchor": "start", "frame": "group", "offset": 8, "fontSize": common.SIZE - 1}
    return {"width": width, "height": max(count, 1) * height, "title": head | {"lineHeight": 14}}


def _strip(column: Sequence[float | None], bold: Sequence[int], lang: str) -> Spec:
    rows = [_row(i, score, i in bold, lang) for i, score in enumerate(column)]
    across = {
        "field": "score",
        "type": "quantitative",
        "scale": {"domain": [0, _REACH], "nice": False},
        "axis": {"values": [0, 50, 100], "title": None, "grid": True, "domain": False, "ticks": False},
    }
    layers: list[Spec] = [
        _layer("datum.known", {"type": "rule", "strokeWidth": 2}, across),
        _layer("datum.known", {"type": "point", "filled": True, "size": 80, "opacity": 1}, across),
        _layer("datum.known", _FIGURE, across, "label"),
        _layer("!datum.known", _ABSENT, None, "label"),
    ]
    return {
        "data": common.values(rows),
        "layer": layers,
        "encoding": {"y": common.row_position(len(rows))},
    }


def _row(i: int, score: float | None, strong: bool, lang: str) -> Spec:
    colour = theme.EMPHASIS if strong else theme.ACCENT
    if score is None:
        missing = texts.text("documents:charts.missing", lang)
        return {"i": i, "known": False, "label": missing, "colour": colour}
    return {"i": i, "known": True, "score": score, "label": common.number(score, lang), "colour": colour}


def _layer(test: str, mark: Spec, across: Spec | None, text: str = "") -> Spec:
    encoding: Spec = {"color": {"field": "colour", "type": "nominal", "scale": None}}
    if mark["type"] == "rule":
        encoding["x2"] = {"datum": 0}
    if across:
        encoding["x"] = across
    if text:
        encoding = {key: value for key, value in encoding.items() if key != "color"}
        encoding["text"] = {"field": text}
    return {"transform": [{"filter": test}], "mark": mark, "encoding": encoding}


_FIGURE = {"type": "text", "align": "left", "dx": 9, "fontSize": common.SIZE - 1}
_ABSENT = {"type": "text", "align": "left", "x": 3, "fontStyle": "italic", "color": theme.MUTED}
