"""The weights of the case beside those at which another alternative draws level."""

from __future__ import annotations

from collections.abc import Sequence

from tyngdepunkt import texts
from tyngdepunkt.documents import text_layout, theme
from tyngdepunkt.documents.charts import common
from tyngdepunkt.documents.charts.common import Spec
from tyngdepunkt.documents.layout import clean

_ROW = 38


def weights_chart(
    considerations: Sequence[str],
    given: Sequence[float | None],
    flipped: Sequence[float | None],
    rival: str,
    lang: str,
    *,
    width: int = theme.CHART_WIDTH,
) -> str:
    """Two marks per consideration, joined by a line: its weight, and its weight at the turn.

    Args:
        considerations: names.
        given: weight in the case, 0 to 1; None where the case gives none.
        flipped: weight at the nearest point where `rival` draws level, 0 to 1; None where
            there is no such point.
        rival: the alternative that draws level.
        lang: `nb`, `nn` or `en`.
        width: of the whole drawing; letters keep their size, so a narrow one is for a narrow screen.

    Returns:
        The chart as SVG: a filled circle and an open diamond, each with its figure.
    """
    rows = [
        _row(i, before, after, lang) for i, (before, after) in enumerate(zip(given, flipped, strict=True))
    ]
    known = [weight for weight in [*given, *flipped] if weight is not None]
    inner = common.beside_names(width)
    highest = max(5.0, 100 * max(known, default=0.0) * (1 + _ROOM / inner))
    names = common.names_view(considerations, row=_ROW, width=width)
    marks = _marks(rows, inner, highest, texts.text("documents:charts.weight", lang))
    return common.draw([_legend(rival, lang, width), {"hconcat": [names, marks]}], lang, down=True)


_ROOM = 50
"""Pixels to the right of the highest weight, for its figure."""


def _row(i: int, before: float | None, after: float | None, lang: str) -> Spec:
    row: Spec = {"i": i, "missing": texts.text("documents:charts.missing", lang)}
    right = before is None or after is None or before >= after
    for name, weight, outer in (("before", before, right), ("after", after, not right)):
        row[f"{name}_known"] = weight is not None
        row[name] = 100 * weight if weight is not None else 0
        row[f"{name}_label"] = common.number(row[name], lang, 1)
        row[f"{name}_right"] = outer
    return row


def _marks(rows: Sequence[Spec], width: int, highest: float, title: str) -> Spec:
    count = len(rows)
    scale = {"domain": [0, highest], "nice": False}
    axis = {
        "title": common.axis_title(title, width),
        "titleAnchor": "start",
        "tickCount": common.ticks(width),
    }

    def along(field: str) -> Spec:
        return {"field": field, "type": "quantitative", "scale": scale, "axis": axis}

    joined = {"type": "rule", "strokeWidth": 2, "color": theme.MUTED}
    layers: list[Spec] = [
        common.row_lines(count, width),
        {
            "transform": [{"filter": "datum.before_known && datum.after_known"}],
            "mark": joined,
            "encoding": {"x": along("before"), "x2": {"field": "after"}},
        },
    ]
    for name, mark in (("before", _CIRCLE), ("after", _DIAMOND)):
        layers.append(
            {
                "transform": [{"filter": f"datum.{name}_known"}],
                "mark": mark,
                "encoding": {"x": along(name)},
            }
        )
        layers += [_figure(name, along(name), right) for right in (True, False)]
    absent = {"type": "text", "align": "left", "x": 3, "fontStyle": "italic", "color": theme.MUTED}
    neither = [{"filter": "!datum.before_known && !datum.after_known"}]
    layers.append({"transform": neither, "mark": absent, "encoding": {"text": {"field": "missing"}}})
    return {
        "width": width,
        "height": max(count, 1) * _ROW,
        "data": common.values(rows),
        "encoding": {"y": common.row_position(count)},
        "layer": layers,
    }


_CIRCLE = {
    "type": "point",
    "shape": "circle",
    "filled": True,
    "size": 110,
    "opacity": 1,
    "color": theme.ACCENT,
}
_DIAMOND = {
    "type": "point",
    "shape": "diamond",
    "filled": False,
    "stroke": theme.EMPHASIS,
    "strokeWidth": 2,
    "size": 170,
    "opacity": 1,
}


def _figure(name: str, along: Spec, right: bool) -> Spec:
    """The figure beside a mark, on the side away from the other mark."""
    test = f"datum.{name}_known && {'' if right else '!'}datum.{name}_right"
    mark = {"type": "text", "align": "left" if right else "right", "dx": 10 if right else -10}
    return {
        "transform": [{"filter": test}],
        "mark": mark,
        "encoding": {"x": along, "text": {"field": f"{name}_label"}},
    }


def _legend(rival: str, lang: str, width: int) -> Spec:
    name = text_layout.shorten(clean(rival), 150, common.SIZE)
    flip = texts.text("documents:charts.flip", lang, rival=name)
    given = texts.text("documents:charts.given", lang)
    return common.legend([common.Entry(_CIRCLE, given), common.Entry(_DIAMOND, flip)], width)
