"""Where the posts are that can be done from anywhere, as a map."""

from __future__ import annotations

from dataclasses import replace

from tyngdepunkt import texts
from tyngdepunkt.analyses.functions.coded import ROOM
from tyngdepunkt.analyses.functions.result import Functions
from tyngdepunkt.analyses.functions.staff import NO_PLACE
from tyngdepunkt.documents.document import Picture

_TOLD = 5
_RESTS_ON = ("telework", "holgersen", "boundary")


def places_map(result: Functions, lang: str) -> Picture | None:
    """Municipalities by how many of their posts can be done from anywhere; None where no place is known."""
    from tyngdepunkt.documents.map.country import Words, country_picture

    placed = [each for each in result.places if each.place != NO_PLACE]
    if not placed:
        return None
    known = result.store.municipalities
    most = [
        _say("one", lang, place=each.name, posts=round(each.independent.mean, 1)) for each in placed[:_TOLD]
    ]
    words = Words(
        caption=_say("caption", lang),
        alt=_say("alt", lang, count=len(placed), most=most),
        title=_say("title", lang),
        when=_say("when", lang),
        providers=[_say("provider", lang)],
        missing=_say("missing", lang),
    )
    values = {each.place: each.independent.mean for each in placed}
    dots = [(known[each.place].x, known[each.place].y) for each in placed]
    made = country_picture(result.store, values, words, lang, dots=dots)
    used = (number for number, each in enumerate(result.sources, 1) if each.table in _RESTS_ON)
    return made and replace(made, refs=tuple(used))


def _say(key: str, lang: str, /, **values: object) -> str:
    return texts.text(f"{ROOM}:picture.{key}", lang, **values)
