"""State jobs gained and lost at each place, before and after the case."""

from __future__ import annotations

from collections.abc import Sequence

from tyngdepunkt import texts
from tyngdepunkt.documents import theme
from tyngdepunkt.documents.charts import common
from tyngdepunkt.documents.charts.common import Spec

_ROW = 44
_ROOM = 70
"""Pixels beside a bar for its figure, where the drawing is narrow."""


def ledger_timeline(
    places: Sequence[str],
    before: Sequence[float | None],
    after: Sequence[float | None],
    lang: str,
    *,
    width: int = theme.CHART_WIDTH,
) -> str:
    """Two bars per place: the sum of the window before this case, and with the case.

    Args:
        places: names; only the first `TOP` are drawn.
        before: change in state jobs without this case; None is written as missing.
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


def _row(i: int, which: str, jobs: float | None, lang: str) -> Spec:
    row: Spec = {"i": i, "which": which, "known": jobs is not None, "jobs": jobs or 0}
    row["fill"] = theme.ACCENT if which == "after" else theme.PAPER
    row["right"] = row["jobs"] >= 0
    missing = texts.text("documents:charts.missing", lang)
    row["label"] = missing if jobs is None else texts.number(jobs, lang=lang, sign=True)
    return row


def _bars(rows: Sequence[Spec], count: int, title: str, width: int) -> Spec:
    reach = max((abs(row["jobs"]) for row in rows), default=0) or 1
    lowest = min(0.0, *(row["jobs"] for row in rows)) if rows else 0.0
    room = max(0.18, _ROOM / width) * reach
    scale = {"domain": [lowest - room * (lowest < 0), reach + room], "nice": False}
    axis = {
        "title": common.axis_title(title, width),
        "titleAnchor": "start",
        "tickCount": common.ticks(width),
        "tickMinStep": 1,
    }
    x = {"field": "jobs", "type": "quantitative", "scale": scale, "axis": axis}
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
    ]
    for right in (True, False):
        mark = {
            "type": "text",
            "align": "left" if right else "right",
            "dx": 6 if right else -6,
            "fontSize": 11,
        }
        test = [{"filter": f"datum.right == {str(right).lower()}"}]
        layers.append({"transform": test, "mark": mark, "encoding": {"x": x, "text": {"field": "label"}}})
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
