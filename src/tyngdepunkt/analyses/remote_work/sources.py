"""Where wage earners, shares and assumptions came from, in the order they are referred to by number."""

from __future__ import annotations

from tyngdepunkt import json_types, texts
from tyngdepunkt.analyses.remote_work.assumed import is_own, ranges
from tyngdepunkt.analyses.remote_work.question import Question
from tyngdepunkt.analyses.remote_work.resolve import ROOM, TABLE
from tyngdepunkt.analyses.remote_work.shares import PACKAGE
from tyngdepunkt.indicators import in_language
from tyngdepunkt.indicators.assumptions import assumption
from tyngdepunkt.places import Places
from tyngdepunkt.texts import read_yaml

SHARES = "group_shares"


def sources_of(places: Places, question: Question, lang: str) -> list[json_types.Source]:
    """Wage earners, shares, the assumptions that were not set anew, and the borders of the map."""
    default = [name for name, ends in ranges(question).items() if not is_own(name, ends)]
    assumed = [in_language(assumption(name).source(), places.snapshot, lang) for name in default]
    borders = [places.source("boundary", lang=lang)] if places.has("boundary") else []
    earners = places.source(TABLE, lang=lang)
    return [earners.in_words(), _shares(lang), *(each.in_words() for each in (*assumed, *borders))]


def _shares(lang: str) -> json_types.Source:
    head = read_yaml(PACKAGE, f"{SHARES}.yaml")
    said = {
        part: texts.text(f"{ROOM}:source.{part}", lang)
        for part in ("title", "provider", "query", "date", "licence", "note")
    }
    return json_types.Source(table=SHARES, reference=head["source"], **said)


def number_of(sources: list[json_types.Source], *tables: str) -> tuple[int, ...]:
    """The numbers of some sources in the table of sources; those that are not there are left out."""
    at = {each.table: number for number, each in enumerate(sources, 1)}
    return tuple(at[table] for table in tables if table in at)
