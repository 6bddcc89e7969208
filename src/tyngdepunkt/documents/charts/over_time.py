"""A figure over the years: one line per series, each named at its end and dashed its own way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tyngdepunkt import texts
from tyngdepunkt.documents import text_layout, theme
from tyngdepunkt.documents.charts import common
from tyngdepunkt.documents.charts.common import Spec

HEIGHT = 200
_LOOKS = (
    (theme.ACCENT, [1, 0]),
    (theme.EMPHASIS, [7, 4]),
    (theme.INK, [2, 3]),
    ("#6b3f8f", [10, 3, 2, 3]),
    ("#3b6e22", [4, 2]),
)
_NAME_HEIGHT = 15
_YEAR_WIDTH = 36


@dataclass(frozen=True, slots=True)
class Series:
    """A named series of (year, value); a year without a figure is None and leaves a hole."""

    name: str
    points: tuple[tuple[int, float | None], ...]


def over_time(series: Sequence[Series], lang: str, *, title: str = "", width: int = theme.CHART_WIDTH) -> str:
    """Lines over the years as SVG.

    Args:
        series: at most five.
        lang: `nb`, `nn` or `en`.
        title: what is counted, above the value axis.
        width: of the whole drawing; letters keep their size, so a narrow one is for a narrow screen.

    Returns:
        The chart as SVG. The value axis need not start at zero: lines show change, and the
        table beside the chart has the figures.
    """
    shown = list(series)[: len(_LOOKS)]
    inner = width - 90 - round(_names_width(shown))
    rows = [row for place, one in enumerate(shown) for row in _rows(place, one)]
    years = sorted({row["year"] for row in rows})
    view: Spec = {
        "width": inner,
        "height": HEIGHT,
        "data": common.values(rows),
        "encoding": {"x": _years(years, inner), "y": _values(title)},
        "layer": [
            *(_line(place) for place in range(len(shown))),
            *(_name(place, at) for place, at in _name_heights(shown).items()),
        ],
    }
    return common.draw([view], lang)


def _names_width(series: Sequence[Series]) -> float:
    return max((text_layout.text_width(one.name, common.SIZE) for one in series), default=0.0)


def _rows(place: int, one: Series) -> list[Spec]:
    known = [year for year, value in one.points if value is not None]
    return [
        {
            "s": place,
            "year": year,
            "value": value,
            "name": one.name if year == max(known) else "",
        }
        for year, value in one.points
        if known
    ]


def _years(years: Sequence[int], width: int) -> Spec:
    first, last = (years[0], years[-1]) if years else (0, 1)
    step = _step(last - first, width)
    ticks = sorted({first, last, *(year for year in range(first, last + 1) if year % step == 0)})
    ticks = [
        year for year in ticks if year in (first, last) or min(year - first, last - year) >= min(step, 2)
    ]
    return {
        "field": "year",
        "type": "quantitative",
        "scale": {"domain": [first, last], "nice": False},
        "axis": {"title": None, "format": "d", "values": ticks, "grid": False},
    }


def _step(span: int, width: int) -> int:
    """Years between the marks: every year if there is room, else every fifth or tenth."""
    room = width // _YEAR_WIDTH
    return next((step for step in (1, 5) if span <= step * min(room, 8)), 10 if span > 5 else 5)


def _values(title: str) -> Spec:
    axis = {"title": title or None, "format": ",.0f", "tickCount": 5, "domain": False}
    axis |= {"titleAngle": 0, "titleAlign": "left", "titleAnchor": "end", "titleX": -40, "titleY": -10}
    return {"field": "value", "type": "quantitative", "scale": {"zero": False, "nice": True}, "axis": axis}


def _line(place: int) -> Spec:
    colour, dash = _LOOKS[place]
    mark = {
        "type": "line",
        "color": colour,
        "strokeDash": dash,
        "strokeWidth": 2.2,
        "invalid": "break-paths-show-domains",
    }
    return {"transform": [{"filter": f"datum.s == {place}"}], "mark": mark}


def _name(place: int, at: float) -> Spec:
    name = {"type": "text", "align": "left", "dx": 6, "color": _LOOKS[place][0], "fontWeight": 600}
    return {
        "transform": [{"filter": f"datum.s == {place} && datum.name != ''"}],
        "mark": name,
        "encoding": {"text": {"field": "name"}, "y": {"datum": at}},
    }


def _name_heights(series: Sequence[Series]) -> dict[int, float]:
    """Where on the value axis each name stands: at the end of its line, pushed apart where they meet."""
    known = [[value for _, value in one.points if value is not None] for one in series]
    every = [value for values in known for value in values]
    apart = (max(every, default=0) - min(every, default=0)) * _NAME_HEIGHT / HEIGHT
    ends = sorted((values[-1], place) for place, values in enumerate(known) if values)
    found: dict[int, float] = {}
    below: float | None = None
    for end, place in ends:
        below = end if below is None else max(end, below + apart)
        found[place] = below
    over = (below or 0.0) - max(every, default=0.0)
    return _pushed_down(found, ends, over, apart) if over > 0 else found


def _pushed_down(
    found: dict[int, float], ends: Sequence[tuple[float, int]], over: float, apart: float
) -> dict[int, float]:
    """The same names, the upper ones moved down so that none stands above the highest line."""
    above: float | None = None
    moved: dict[int, float] = {}
    for _, place in reversed(ends):
        at = found[place] - over if above is None else min(found[place], above - apart)
        above = moved[place] = at
    return moved


def summary(one: Series, lang: str) -> str:
    """A series in one sentence: first and last figure, and the change."""
    known = [(year, value) for year, value in one.points if value is not None]
    if not known:
        return texts.text("documents:charts.no_series", lang, name=one.name)
    (first, before), (last, now) = known[0], known[-1]
    change = now / before - 1 if before else 0.0
    values = {"name": one.name, "first": str(first), "last": str(last), "before": before, "now": now}
    return texts.text("documents:charts.series", lang, **values, change=change)
