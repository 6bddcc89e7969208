"""Where the shares and the occupations came from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tyngdepunkt import json_types, texts
from tyngdepunkt.analyses.functions.coded import ROOM
from tyngdepunkt.analyses.functions.values import PACKAGE
from tyngdepunkt.indicators import in_language
from tyngdepunkt.indicators.assumptions import assumption
from tyngdepunkt.indicators.prices import source as index_source
from tyngdepunkt.places import Places
from tyngdepunkt.texts import read_yaml

_IN_SNAPSHOT = ("telework", "occupation")
_OF_A_PLACE = ("follow_share", "travel_time_error", "travel_time_error_ferry")


def sources_of(places: Places, by_catalogue: bool, placed: bool, lang: str) -> list[json_types.Source]:
    """The tables of the snapshot, and the files of this analysis that were read.

    Args:
        places: the figures.
        by_catalogue: whether a code of seven digits was read.
        placed: whether some posts have a municipality, so that a map is drawn.
        lang: language of the sources.
    """
    held = [places.source(name, lang=lang) for name in _IN_SNAPSHOT if places.has(name)]
    own = ["holgersen", *(["catalogue"] if by_catalogue else [])]
    drawn = [places.source("boundary", lang=lang)] if placed and places.has("boundary") else []
    read = [_of_file(name, lang) for name in own]
    return [*(each.in_words() for each in held), *read, *(each.in_words() for each in drawn)]


def _of_file(name: str, lang: str) -> json_types.Source:
    def say(part: str) -> str:
        return texts.text(f"{ROOM}:source.{name}.{part}", lang)

    head: dict[str, Any] = read_yaml(PACKAGE, f"{name}.yaml")
    parts = {part: say(part) for part in ("title", "provider", "query", "date", "licence")}
    return json_types.Source(table=name, reference=head["source"], note="", **parts)


def sources_of_move(
    places: Places, defaults: Sequence[str], named: bool, lang: str
) -> list[json_types.Source]:
    """The assumptions that were not set anew, the price index, and what reach and ways rest on.

    Args:
        places: the figures.
        defaults: ids of the assumptions that hold.
        named: whether a new place is named.
        lang: language of the sources.
    """
    used = [*dict.fromkeys(defaults), *(_OF_A_PLACE if named else ())]
    found = [in_language(assumption(name).source(), places.snapshot, lang) for name in used]
    if any(assumption(name).unit == "NOK" for name in used):
        found.append(index_source(lang))
    tables = ("wage_earners", "travel_time") if named else ()
    found += [places.source(name, lang=lang) for name in tables if places.has(name)]
    return [each.in_words() for each in found]
