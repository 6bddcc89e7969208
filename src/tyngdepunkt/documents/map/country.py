"""The country coloured by one figure of its municipalities, as a picture with its key and its words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from tyngdepunkt import texts
from tyngdepunkt.documents.document import Picture
from tyngdepunkt.documents.map import choropleth as drawing
from tyngdepunkt.documents.map.classes import Classes, classes
from tyngdepunkt.places import Places


@dataclass(frozen=True, slots=True)
class Words:
    """What is said of the picture.

    Args:
        caption: under it.
        alt: what it shows, for who cannot see it.
        title: what the colours show, inside the drawing.
        when: the years of the figures, and how sure they are.
        providers: who gave the figures.
        missing: what hatching means; empty for the usual words.
    """

    caption: str
    alt: str
    title: str
    when: str
    providers: Sequence[str]
    missing: str = ""


def country_picture(
    places: Places,
    values: Mapping[str, float],
    words: Words,
    lang: str,
    *,
    grouped: Sequence[float] | None = None,
    dots: Sequence[tuple[float, float]] = (),
) -> Picture | None:
    """Municipalities in the colour of their figure; None where there are no borders or no figures.

    Args:
        places: whose borders are drawn.
        values: municipality → figure; those left out are hatched.
        words: what is said of it.
        lang: language of the key.
        grouped: the values that the classes are made of, where several municipalities share one figure.
        dots: x and y of places to mark, since many municipalities are too small to be seen.
    """
    if not values or not places.has("boundary") or not places.geometry("municipality"):
        return None
    known = sorted(values.values() if grouped is None else grouped)
    found = classes(known)
    borders = _say("borders", lang, provider=places.info("boundary").provider[lang])
    what = drawing.Coloured(
        title=words.title,
        fills={code: found.colours[found.of(value)] for code, value in values.items()},
        key=_key(found, known[0], lang),
        missing=words.missing or _say("no_figure", lang),
        source=f"{_say('figures', lang, providers=list(words.providers))} {borders}",
        when=words.when,
        points={"towns": dots} if dots else {},
    )

    def draw(width: int = drawing.SIZE[0]) -> str:
        return drawing.choropleth(drawing.outlines_of(places, width), what, lang)

    return Picture.drawn(words.caption, words.alt, draw)


def _key(found: Classes, only: float, lang: str) -> list[tuple[str, str]]:
    limits = [_number(limit, lang) for limit in found.limits]
    if not limits:
        return [(found.colours[0], _number(only, lang))]
    between = [_say("between", lang, low=low, high=high) for low, high in pairwise(limits)]
    words = [_say("below", lang, high=limits[0]), *between, _say("above", lang, low=limits[-1])]
    return list(zip(found.colours, words, strict=True))


def _number(value: float, lang: str) -> str:
    return texts.number(value, 0 if value == int(value) else 1, lang)


def _say(key: str, lang: str, /, **values: object) -> str:
    return texts.text(f"documents.map:{key}", lang, **values)
