"""What the charts share: looks, the column of names, and the drawing itself."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from tyngdepunkt import texts
from tyngdepunkt.documents import svg, text_layout, theme
from tyngdepunkt.documents.layout import clean

Spec = dict[str, Any]

TOP = 20
"""A figure with more rows than this cannot be read; the table has them all."""

NAME_WIDTH = 188
ROW = 25
LEGEND_ROW = 22
SIZE = theme.CHART_FONT_SIZE
_KEPT = 128


def _numbers(lang: str) -> Spec:
    """How the axes write numbers, as `texts.number` does."""
    decimal, thousands = (".", ",") if lang == "en" else (",", texts.NBSP)
    return {
        "decimal": decimal,
        "thousands": thousands,
        "grouping": [3],
        "currency": ["", f"{texts.NBSP}kr"],
        "minus": texts.MINUS,
    }


def draw(views: Sequence[Spec], lang: str, *, shown: int = 0, of: int = 0, down: bool = False) -> str:
    """Draw a chart from several Vega-Lite views.

    Args:
        views: their specifications, from left to right.
        lang: how numbers are written.
        shown: how many rows the chart shows.
        of: how many rows there are; where that is more, a note under the chart says so.
        down: put the views below each other instead.

    Returns:
        A cleaned SVG drawing.
    """
    spec: Spec = {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "vconcat" if down else "hconcat": list(views),
        "spacing": 10,
        "background": theme.PAPER,
        "padding": {"left": 4, "right": 12, "top": 4, "bottom": 4},
        "config": _CONFIG,
    }
    if of > shown:
        note = texts.text("documents:charts.top", lang, shown=shown, all=of)
        spec["title"] = {"text": note, "orient": "bottom", "anchor": "start", "fontWeight": "normal"}
    return _drawn(json.dumps(spec, ensure_ascii=False), lang)


@lru_cache(maxsize=_KEPT)
def _drawn(spec: str, lang: str) -> str:
    """A page that is looked at again, and a document beside it, have the same charts."""
    import vl_convert

    drawn: str = vl_convert.vegalite_to_svg(spec, format_locale=_numbers(lang), allowed_base_urls=[])
    return svg.clean(drawn)


_CONFIG: Spec = {
    "aria": False,
    "font": theme.CHART_FONT,
    "view": {"stroke": None},
    "title": {"fontSize": SIZE, "color": theme.INK, "fontWeight": 600},
    "text": {"fontSize": SIZE, "color": theme.INK},
    "axis": {
        "labelFontSize": SIZE - 1,
        "titleFontSize": SIZE - 1,
        "titleFontWeight": "normal",
        "labelColor": theme.MUTED,
        "titleColor": theme.MUTED,
        "gridColor": "#e3e7ea",
        "domainColor": theme.OUTLINE,
        "tickColor": theme.OUTLINE,
        "titlePadding": 8,
    },
    "concat": {"spacing": 10},
}


def values(rows: Sequence[Spec]) -> Spec:
    """Rows as inline data."""
    return {"values": list(rows)}


def row_position(count: int) -> Spec:
    """The vertical place of row `i`, first row on top."""
    return {
        "field": "i",
        "type": "ordinal",
        "axis": None,
        "scale": {"domain": list(range(count)), "paddingInner": 0, "paddingOuter": 0},
    }


def name_width(width: int) -> int:
    """Width of the column of names in a drawing of this width: less in one for a narrow screen."""
    return min(NAME_WIDTH, width * 2 // 5)


def beside_names(width: int) -> int:
    """What the column of names leaves for the rest of a drawing of this width."""
    return width - name_width(width) - 34


def axis_title(title: str, width: int) -> list[str]:
    """The title of an axis of this width, in several lines where one is too short."""
    return text_layout.wrap(title, width + 10, SIZE - 1)


def ticks(width: int) -> int:
    """How many marks an axis of this width has room for, about."""
    return 6 if width > 300 else 3


def row_height(names: Sequence[str], width: int = theme.CHART_WIDTH) -> int:
    """Height of a row: more where a name needs two lines."""
    return ROW + 9 if any(len(_lines(name, width)) > 1 for name in names) else ROW


def _lines(name: str, width: int) -> list[str]:
    return text_layout.wrap(clean(name), name_width(width) - 6, SIZE, most=2)


def names_view(
    names: Sequence[str], bold: Sequence[int] = (), row: int = ROW, width: int = theme.CHART_WIDTH
) -> Spec:
    """The column of names at the left of a chart `width` wide; long ones on two lines."""
    rows = [{"i": i, "name": _lines(name, width), "bold": i in bold} for i, name in enumerate(names)]
    layers = []
    for two in (True, False):
        for strong in (True, False):
            layers.append(
                {
                    "transform": [
                        {"filter": f"datum.bold == {str(strong).lower()}"},
                        {"filter": f"(length(datum.name) > 1) == {str(two).lower()}"},
                    ],
                    "mark": _NAME | {"fontWeight": 700 if strong else 400, "dy": -7 if two else 0},
                }
            )
    return {
        "width": name_width(width),
        "height": max(len(rows), 1) * row,
        "data": values(rows),
        "layer": layers,
        "encoding": {"y": row_position(len(rows)), "text": {"field": "name"}},
    }


_NAME = {"type": "text", "align": "left", "x": 0, "lineHeight": 14}


def row_lines(count: int, width: int) -> Spec:
    """A thin line through every row, so that the eye finds the name."""
    return {
        "data": values([{"i": i} for i in range(count)]),
        "mark": {"type": "rule", "color": "#dde2e6", "x": 0, "x2": width},
        "encoding": {"y": row_position(count)},
    }


def number(value: float, lang: str, decimals: int = 0) -> str:
    """A number as the language writes it, for direct labels."""
    return texts.number(value, decimals, lang)


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a legend: its mark (a Vega-Lite mark) and what it stands for."""

    mark: Spec
    label: str


def legend(entries: Sequence[Entry], width: int, start: int = 0) -> Spec:
    """Marks with their words in one line over the chart, or in several where they do not fit in one.

    Args:
        entries: in the order they are read.
        width: of the whole drawing.
        start: where the first begins; a drawing for a narrow screen begins at its edge.
    """
    inner = width - 20
    placed = _places([entry.label for entry in entries], start if width >= theme.CHART_WIDTH else 0, inner)
    rows = 1 + placed[-1][1] if placed else 1

    def at(x: float, row: int) -> Spec:
        across = {"datum": x, "type": "quantitative", "scale": {"domain": [0, inner]}, "axis": None}
        down = {"datum": row + 0.5, "type": "quantitative", "axis": None}
        return {"x": across, "y": down | {"scale": {"domain": [0, rows], "reverse": True}}}

    layers: list[Spec] = []
    for entry, (x, row) in zip(entries, placed, strict=True):
        said = {"type": "text", "align": "left", "text": entry.label}
        layers += [
            {"mark": entry.mark, "encoding": at(x + 8, row)},
            {"mark": said, "encoding": at(x + 22, row)},
        ]
    return {"width": inner, "height": rows * LEGEND_ROW, "data": values([{}]), "layer": layers}


def _places(labels: Sequence[str], start: float, width: float) -> list[tuple[float, int]]:
    """(x, row) of each entry of a legend; none but the first of a row ends beyond `width`."""
    placed: list[tuple[float, int]] = []
    x, row = start, 0
    for label in labels:
        needs = 22 + text_layout.text_width(label, SIZE)
        if x > start and x + needs > width:
            x, row = start, row + 1
        placed.append((x, row))
        x += needs + 14
    return placed
