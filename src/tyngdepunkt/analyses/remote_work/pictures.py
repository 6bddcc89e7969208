"""The country coloured by desks for each 1,000 wage earners."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from tyngdepunkt import texts
from tyngdepunkt.analyses.remote_work.narrative import ends
from tyngdepunkt.analyses.remote_work.resolve import ROOM, TABLE
from tyngdepunkt.analyses.remote_work.result import RemoteWork
from tyngdepunkt.analyses.remote_work.sources import SHARES, number_of
from tyngdepunkt.documents.document import Picture
from tyngdepunkt.documents.map.classes import Classes, classes


def country_map(result: RemoteWork, lang: str) -> Picture | None:
    """Municipalities in the colour of their area; None where there are no borders or no figures."""
    from tyngdepunkt.documents.map import choropleth as drawing

    places, values = result.places, result.colours
    most, fewest = ends(result, lang)
    if not values or not most or not places.has("boundary") or not places.geometry("municipality"):
        return None
    found = classes(sorted({each.per_thousand for each in result.areas if each.per_thousand is not None}))
    what = drawing.Coloured(
        title=_say("title", lang),
        fills={code: found.colours[found.of(value)] for code, value in values.items()},
        key=_key(found, lang),
        missing=_map("no_figure", lang),
        source=_source(result, lang),
        when=_say("when", lang, year=str(result.year)),
    )

    def draw(width: int = drawing.SIZE[0]) -> str:
        return drawing.choropleth(drawing.outlines_of(places, width), what, lang)

    made = Picture.drawn(
        _say(f"caption.{result.level}", lang), _say("alt", lang, most=most, fewest=fewest), draw
    )
    return replace(made, refs=number_of(result.sources, TABLE, SHARES, "boundary"))


def _key(found: Classes, lang: str) -> list[tuple[str, str]]:
    limits = [texts.number(limit, 0 if limit == int(limit) else 1, lang) for limit in found.limits]
    if not limits:
        return []
    between = [_map("between", lang, low=low, high=high) for low, high in pairwise(limits)]
    words = [_map("below", lang, high=limits[0]), *between, _map("above", lang, low=limits[-1])]
    return list(zip(found.colours, words, strict=True))


def _source(result: RemoteWork, lang: str) -> str:
    figures = _map("figures", lang, providers=[result.sources[0].provider])
    provider = result.places.info("boundary").provider[lang]
    return f"{figures} {_map('borders', lang, provider=provider)}"


def _map(key: str, lang: str, /, **values: object) -> str:
    return texts.text(f"documents.map:{key}", lang, **values)


def _say(key: str, lang: str, /, **values: object) -> str:
    return texts.text(f"{ROOM}:picture.{key}", lang, **values)
