"""What is told of the need for desks: a table of places, and what it rests on."""

from __future__ import annotations

from tyngdepunkt import texts
from tyngdepunkt.analyses.desk_need.resolve import ROOM
from tyngdepunkt.analyses.desk_need.result import DeskNeed, PlaceNeed, Range
from tyngdepunkt.documents.document import Block, Column, Paragraph, Table

_COLUMNS = ("posts", "people", "expected", "peak_weekday", "desks_needed", "desks_range", "experience")
_ONE_DECIMAL = ("people", "expected", "peak_weekday")
_FEW = 3


def blocks(result: DeskNeed, lang: str) -> tuple[Block, ...]:
    """The places, the chance of a full house around the need where there are few, and the notices."""
    columns = (
        Column(_say("place", lang)),
        *(Column(_say(name, lang), numeric=True, decimals=int(name in _ONE_DECIMAL)) for name in _COLUMNS),
    )
    rows = tuple((each.place, *(_cell(each, name, lang) for name in _COLUMNS)) for each in result.places)
    found: list[Block] = [Table(_say("title", lang, chance=result.chance), columns, rows)]
    for each in result.places if len(result.places) <= _FEW else ():
        found.append(_chances(each, lang))
    return (*found, *(Paragraph(notice.text) for notice in result.notices))


def _cell(each: PlaceNeed, name: str, lang: str) -> str | float:
    value = getattr(each, name)
    if isinstance(value, Range):
        ends = [texts.number(round(end), lang=lang) for end in (value.low, value.high)]
        return ends[0] if ends[0] == ends[1] else f"{ends[0]}–{ends[1]}"
    number: float = value
    return number


def _chances(each: PlaceNeed, lang: str) -> Table:
    """A few numbers of desks around the one that is needed."""
    near = [row for row in each.full_house if abs(row.desks - each.desks_needed) <= _FEW]
    columns = (
        Column(_say("desks", lang), numeric=True),
        Column(_say("chance", lang), numeric=True, decimals=1, form="share"),
    )
    rows = tuple((row.desks, row.chance) for row in near)
    return Table(_say("chances", lang, place=each.place), columns, rows)


def _say(key: str, lang: str, /, **values: object) -> str:
    return texts.text(f"{ROOM}:view.{key}", lang, **values)
