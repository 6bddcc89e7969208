"""The coloured country as a drawing, and the alternatives of a case on a map."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from tyngdepunkt import texts
from tyngdepunkt.documents.map import MapPoint, layers
from tyngdepunkt.documents.map import choropleth as drawing
from tyngdepunkt.figures import Source
from tyngdepunkt.indicators.columns import remember
from tyngdepunkt.places import Places
from tyngdepunkt.web.read.map import Coloured

_ALWAYS = ("boundary", "municipality")
Points = Sequence[tuple[float, float]]


def country(places: Places, found: Coloured, lang: str, shown: Sequence[str] = (), code: str = "") -> str:
    """The country as SVG with its key and sources, made once where nothing is laid over it.

    Args:
        places: the snapshot.
        found: the figure that colours it.
        lang: `nb`, `nn` or `en`.
        shown: layers to lay over it; roads are left out, they would hide the colours.
        code: a municipality to point out.
    """
    make = partial(_country, places, found, lang, shown, code)
    return make() if shown or code else remember(places, ("web.map.svg", found.id, lang), make)


def _country(places: Places, found: Coloured, lang: str, shown: Sequence[str], code: str) -> str:
    place = places.municipalities.get(code)
    marks = {name: _points(places, name) for name in shown if name in drawing.MARKS}
    what = drawing.Coloured(
        title=found.label,
        when=found.when,
        fills=found.fills,
        key=[(row.colour, row.words) for row in found.key],
        missing=texts.text("documents.map:no_figure", lang),
        source=said_sources(places, found, lang),
        place=MapPoint(place.name, place.x, place.y, code, emphasis=True) if place else None,
        points=marks,
    )
    return drawing.choropleth(drawing.outlines_of(places), what, lang)


def said_sources(places: Places, found: Coloured, lang: str) -> str:
    """Whose figures and whose borders, in one line."""
    providers = sorted({source.provider for source in found.sources})
    figures = texts.text("documents.map:figures", lang, providers=providers)
    borders = texts.text("documents.map:borders", lang, provider=places.info("boundary").provider[lang])
    return f"{figures} {borders}"


def attributions(
    places: Places, lang: str, shown: Sequence[str] = (), sources: Sequence[Source] = ()
) -> list[str]:
    """Whom the map must name: for borders and names, for the layers shown, and for the figures."""
    tables = [*_ALWAYS, *(layers.LAYERS[name].table for name in shown), *(each.table for each in sources)]
    said = []
    for table in dict.fromkeys(tables):
        info = places.info(table)
        said.append(info.attribution[lang] or f"© {info.provider[lang]}, {info.licence[lang]}")
    return list(dict.fromkeys(said))


def _points(places: Places, name: str) -> Points:
    """Points of a layer in metres: only the larger towns, the country is small on paper."""
    return remember(places, ("web.map.points", name), partial(_read, places, name))


_LEAST_TOWN = 5_000


def _read(places: Places, name: str) -> Points:
    if name == "centres":
        return [(place.x, place.y) for place in places.municipalities.values() if place.is_centre]
    table, where = {
        "towns": ("town", {"part": False}),
        "airports": ("airport", {"scheduled": True}),
        "stations": ("railway_station", {}),
        "offices": ("state_office", {}),
    }[name]
    columns = ("lon", "lat", "persons") if table == "town" else ("lon", "lat")
    rows: list[tuple[float | None, ...]] = places.rows(table, columns, **where)
    return _in_metres(
        [(row[0], row[1]) for row in rows if row[0] is not None and row[1] is not None and _large(row)]
    )


def _large(row: Sequence[float | None]) -> bool:
    return len(row) == 2 or (row[2] or 0) >= _LEAST_TOWN


def _in_metres(rows: Sequence[Sequence[float]]) -> Points:
    import numpy as np

    from tyngdepunkt.documents.map.degrees import metres

    if not rows:
        return []
    return [(float(x), float(y)) for x, y in metres(np.array(rows, dtype=float))]
