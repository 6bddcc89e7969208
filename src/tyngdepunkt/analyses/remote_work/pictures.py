"""The country coloured by desks for each 1,000 wage earners."""

from __future__ import annotations

from dataclasses import replace

from tyngdepunkt import texts
from tyngdepunkt.analyses.remote_work.narrative import ends
from tyngdepunkt.analyses.remote_work.resolve import ROOM, TABLE
from tyngdepunkt.analyses.remote_work.result import RemoteWork
from tyngdepunkt.analyses.remote_work.sources import SHARES, number_of
from tyngdepunkt.documents.document import Picture


def country_map(result: RemoteWork, lang: str) -> Picture | None:
    """Municipalities in the colour of their area; None where there are no borders or no figures."""
    from tyngdepunkt.documents.map.country import Words, country_picture

    most, fewest = ends(result, lang)
    if not most:
        return None
    words = Words(
        caption=_say(f"caption.{result.level}", lang),
        alt=_say("alt", lang, most=most, fewest=fewest),
        title=_say("title", lang),
        when=_say("when", lang, year=str(result.year)),
        providers=[result.sources[0].provider],
    )
    known = {each.per_thousand for each in result.areas if each.per_thousand is not None}
    made = country_picture(result.places, result.colours, words, lang, grouped=sorted(known))
    return made and replace(made, refs=number_of(result.sources, TABLE, SHARES, "boundary"))


def _say(key: str, lang: str, /, **values: object) -> str:
    return texts.text(f"{ROOM}:picture.{key}", lang, **values)
