"""Shares as bars, with a mark where somebody else's share is."""

from __future__ import annotations

from collections.abc import Sequence

from tyngdepunkt import texts
from tyngdepunkt.documents import theme
from tyngdepunkt.documents.charts import common
from tyngdepunkt.documents.charts.common import Spec

_ROOM = 63
"""Pixels to the right of the longest bar, for its figure."""
_LOOKS = {"aria": False, "clip": False}


def shares_chart(
    names: Sequence[str],
    own: Sequence[float],
    other: Sequence[float | None],
    title: str,
    lang: str,
    *,
    width: int = theme.CHART_WIDTH,
) -> str:
    """One bar for each name, and an upright mark at the other share.

    Args:
        names: of the parts, the largest first; only the first `TOP` are drawn.
        own: shares from 0 to 1.
        other: what each is held against; None draws no mark.
        title: what the axis shows.
        lang: `nb`, `nn` or `en`.
        width: of the whole drawing; letters keep their size, so a narrow one is for a narrow screen.

    Returns:
        The chart as SVG.
    """
    kept = names[: common.TOP]
    rows: list[Spec] = [
        {"i": i, "own": own[i], "other": other[i], "label": _percent(own[i], lang)} for i in range(len(kept))
    ]
    height = common.row_height(kept, width)
    bars = _bars(rows, title, common.beside_names(width), height)
    views = [common.names_view(kept, row=height, width=width), bars]
    return common.draw(views, lang, shown=len(kept), of=len(names))


def _bars(rows: Sequence[Spec], title: str, width: int, height: int) -> Spec:
    known = [value for row in rows for value in (row["own"], row["other"]) if value is not None]
    reach = max(known, default=0) or 1
    scale = {"domain": [0, reach * (1 + _ROOM / width)], "nice": False}
    percent = f"format(100 * datum.value, 'd') + '{texts.NBSP}%'"
    axis = {
        "title": common.axis_title(title, width),
        "titleAnchor": "start",
        "tickCount": common.ticks(width),
        "labelExpr": percent,
    }
    x = {"field": "own", "type": "quantitative", "scale": scale, "axis": axis}
    look = {"color": theme.ACCENT_SOFT, "stroke": theme.ACCENT, "height": {"band": 0.62}}
    bar = {"type": "bar", **look, **_LOOKS}
    mark = {"type": "tick", "color": theme.INK, "thickness": 2.5, "size": height * 0.8, **_LOOKS}
    text = {"type": "text", "align": "left", "dx": 6, "fontSize": 11}
    beside = {"calculate": "datum.other > datum.own ? datum.other : datum.own", "as": "end"}
    layers: list[Spec] = [
        {"mark": bar, "encoding": {"x": x}},
        {
            "transform": [{"filter": "isValid(datum.other)"}],
            "mark": mark,
            "encoding": {"x": {"field": "other", "type": "quantitative"}},
        },
        {
            "transform": [beside],
            "mark": text,
            "encoding": {"x": {"field": "end", "type": "quantitative"}, "text": {"field": "label"}},
        },
    ]
    encoding = {"y": common.row_position(len(rows))}
    size = {"width": width, "height": max(len(rows), 1) * height}
    return {**size, "data": common.values(rows), "encoding": encoding, "layer": layers}


def _percent(share: float, lang: str) -> str:
    return f"{texts.number(share * 100, 1, lang)}{texts.NBSP}%"
