"""Rank acceptability: in how many of the allowed weights each alternative gets each rank."""

from __future__ import annotations

from collections.abc import Sequence

from tyngdepunkt import texts
from tyngdepunkt.documents import theme
from tyngdepunkt.documents.charts import common
from tyngdepunkt.documents.charts.common import Spec


def rank_classes(count: int) -> list[tuple[int, int]]:
    """At most five classes of ranks as (first, last), the best ranks one by one.

    >>> rank_classes(3)
    [(1, 1), (2, 2), (3, 3)]
    >>> rank_classes(60)
    [(1, 1), (2, 2), (3, 3), (4, 10), (11, 60)]
    """
    if count <= 5:
        return [(rank, rank) for rank in range(1, count + 1)]
    middle = 10 if count > 10 else 5
    return [(1, 1), (2, 2), (3, 3), (4, middle), (middle + 1, count)]


def rank_acceptability(
    alternatives: Sequence[str],
    shares: Sequence[Sequence[float]],
    lang: str,
    *,
    emphasis: Sequence[str] = (),
    width: int = theme.CHART_WIDTH,
) -> str:
    """One bar per alternative, cut into the share of each class of ranks.

    Args:
        alternatives: names, best first; only the first `TOP` are drawn.
        shares: per alternative its share of rank 1, 2, …, each from 0 to 1.
        lang: `nb`, `nn` or `en`.
        emphasis: names set in bold.
        width: of the whole drawing; letters keep their size, so a narrow one is for a narrow screen.

    Returns:
        The chart as SVG. The pieces stand in the order of the ranks, carry their share
        in figures and have outlines, so that the chart can be read without colour.
    """
    names = alternatives[: common.TOP]
    classes = rank_classes(max((len(row) for row in shares), default=1))
    bold = [i for i, name in enumerate(names) if name in emphasis]
    inner, height = common.beside_names(width), common.row_height(names, width)
    pieces = [
        piece
        for i, row in enumerate(shares[: common.TOP])
        for piece in _pieces(i, row, classes, lang, least=_ROOM / inner)
    ]
    bars = _bars(pieces, len(names), texts.text("documents:charts.share", lang), inner)
    bars["height"] = max(len(names), 1) * height
    rows = {"hconcat": [common.names_view(names, bold, height, width), bars], "spacing": 10}
    legend = _legend(classes, lang, width)
    return common.draw([legend, rows], lang, shown=len(names), of=len(alternatives), down=True)


_ROOM = 23
"""Pixels that a share in figures needs inside its piece."""


def _pieces(
    i: int, row: Sequence[float], classes: Sequence[tuple[int, int]], lang: str, least: float
) -> list[Spec]:
    pieces, start = [], 0.0
    for place, (first, last) in enumerate(classes):
        share = 100 * sum(row[first - 1 : last])
        if share > 0:
            piece = {"i": i, "x": start, "x2": start + share, "middle": start + share / 2}
            label = common.number(share, lang) if share >= 100 * least else ""
            pieces.append(piece | {"fill": theme.RANKS[place], "ink": theme.RANK_TEXT[place], "label": label})
        start += share
    return pieces


def _bars(pieces: Sequence[Spec], count: int, title: str, width: int) -> Spec:
    axis = {
        "title": common.axis_title(title, width),
        "values": [0, 25, 50, 75, 100],
        "grid": False,
        "titleAnchor": "start",
    }
    scale = {"domain": [0, 100]}
    x = {"field": "x", "type": "quantitative", "scale": scale, "axis": axis}
    bar = {"type": "bar", "stroke": theme.OUTLINE, "strokeWidth": 1, "height": common.ROW - 7}
    middle = {"field": "middle", "type": "quantitative", "scale": scale}
    return {
        "width": width,
        "data": common.values(pieces),
        "encoding": {"y": common.row_position(count)},
        "layer": [
            {"mark": bar, "encoding": {"x": x, "x2": {"field": "x2"}, "color": _own("fill")}},
            {
                "mark": {"type": "text", "fontSize": common.SIZE - 1},
                "encoding": {"x": middle, "text": {"field": "label"}, "color": _own("ink")},
            },
        ],
    }


def _own(field: str) -> Spec:
    return {"field": field, "type": "nominal", "scale": None}


def _legend(classes: Sequence[tuple[int, int]], lang: str, width: int) -> Spec:
    entries = []
    for place, (first, last) in enumerate(classes):
        key = "rank_one" if first == last else "ranks"
        label = texts.text(f"documents:charts.{key}", lang, rank=first, first=first, last=last)
        entries.append(common.Entry(_SQUARE | {"fill": theme.RANKS[place]}, label))
    return common.legend(entries, width, common.NAME_WIDTH + 10)


_SQUARE = {
    "type": "square",
    "size": 200,
    "opacity": 1,
    "stroke": theme.OUTLINE,
    "strokeWidth": 1,
    "filled": True,
}
