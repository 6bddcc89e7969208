"""State jobs gained and lost at each place, before and after the case."""

from __future__ import annotations

from collections.abc import Sequence

from tyngdepunkt import texts
from tyngdepunkt.documents import figure_words as words
from tyngdepunkt.documents import theme
from tyngdepunkt.documents.charts import common
from tyngdepunkt.documents.charts.common import Spec

Span = tuple[float, float]

_ROW = 44
_ROOM, _ROOM_FOR_RANGE = 70, 120
"""Pixels beside a bar for its figure, where the drawing is narrow."""


def ledger_timeline(
    places: Sequence[str],
    before: Sequence[Span | None],
    after: Sequence[Span | None],
    lang: str,
    *,
    width: int = theme.CHART_WIDTH,
) -> str:
    """Two bars per place: the sum of the window before this case, and with the case.

    A bar reaches as far as is certain; a line goes from the lowest to the highest it can be. A sum that
    can go either way has a line and no bar.

    Args:
        places: names; only the first `TOP` are drawn.
        before: lowest and highest change in state jobs without this case; None is written as missing.
        after: the same with this case.
        lang: `nb`, `nn` or `en`.
        width: of the whole drawing; letters keep their size, so a narrow one is for a narrow screen.

    Returns:
        The chart as SVG, losses to the left of nought.
    """
    names = places[: common.TOP]
    rows = [
        _row(i, which, jobs[i], lang)
        for i in range(len(names))
        for which, jobs in (("before", before), ("after", after))
    ]
    bars = _bars(rows, len(names), texts.text("documents:charts.jobs", lang), common.beside_names(width))
    both = {"hconcat": [common.names_view(names, row=_ROW, width=width), bars]}
    return common.draw([_legend(lang, width), both], lang, shown=len(names), of=len(places), down=True)


def _row(i: int, which: str, jobs: Span | None, lang: str) -> Spec:
    low, high = jobs or (0.0, 0.0)
    row: Spec = {"i": i, "which": which, "low": low, "high": high, "ranges": low < high}
    row["sure"] = low if low > 0 else min(high, 0.0)
    row["fill"] = theme.ACCENT if which == "after" else theme.PAPER
    row["right"] = high > 0 or low == 0
    row["end"] = high if row["right"] else low
    missing = texts.text("documents:charts.missing", lang)
    row["label"] = words.change(jobs, lang) or missing
    return row


def _bars(rows: Sequence[Spec], count: int, title: str, width: int) -> Spec:
    reach = max((max(abs(row["low"]), abs(row["high"])) for row in rows), default=0) or 1
    lowest = min(0.0, *(row["low"] for row in rows)) if rows else 0.0
    pixels = _ROOM_FOR_RANGE if any(row["ranges"] for row in rows) else _ROOM
    room = max(0.18, pixels / width) * reach
    scale = {"domain": [lowest - room * (lowest < 0), reach + room], "nice": False}
    axis = {
        "title": common.axis_title(title, width),
        "titleAnchor": "start",
        "tickCount": common.ticks(width),
        "tickMinStep": 1,
    }
    x = {"field": "sure", "type": "quantitative", "scale": scale, "axis": axis}
    line = {
        "mark": {"type": "rule", "color": theme.INK, "strokeWidth": 2},
        "transform": [{"filter": "datum.ranges"}],
    }
    line["encoding"] = {"x": x | {"field": "low"}, "x2": {"field": "high"}}
    offset = {"field": "which", "type": "nominal", "sort": ["before", "after"]}
    padded = common.row_position(count)
    padded["scale"] = padded["scale"] | {"paddingInner": 0.3, "paddingOuter": 0.15}
    bar = {"type": "bar", "stroke": theme.OUTLINE, "strokeWidth": 1, "height": {"band": 0.86}}
    fill = {"field": "fill", "type": "nominal", "scale": None}
    layers: list[Spec] = [
        {"mark": bar, "encoding": {"x": x, "x2": {"datum": 0}, "color": fill}},
        {
            "mark": {"type": "rule", "color": theme.INK},
            "data": common.values([{}]),
            "encoding": {"x": {"datum": 0}},
        },
        line,
    ]
    for right in (True, False):
        mark = {
            "type": "text",
            "align": "left" if right else "right",
            "dx": 6 if right else -6,
            "fontSize": 11,
        }
        test = [{"filter": f"datum.right == {str(right).lower()}"}]
        layers.append(
            {
                "transform": test,
                "mark": mark,
                "encoding": {"x": x | {"field": "end"}, "text": {"field": "label"}},
            }
        )
    for layer in (layers[0], *layers[2:]):
        layer["encoding"] |= {"y": padded, "yOffset": offset}
    return {"width": width, "height": max(count, 1) * _ROW, "data": common.values(rows), "layer": layers}


def _legend(lang: str, width: int) -> Spec:
    entries = [
        common.Entry(_SQUARE | {"fill": fill}, texts.text(f"documents:charts.{which}", lang))
        for which, fill in (("before", theme.PAPER), ("after", theme.ACCENT))
    ]
    return common.legend(entries, width, common.NAME_WIDTH + 10)


_SQUARE = {
    "type": "square",
    "size": 160,
    "opacity": 1,
    "filled": True,
    "stroke": theme.OUTLINE,
    "strokeWidth": 1,
}
