"""What is told of the joined results: all posts, places, groups and agencies, and the conditions."""

from __future__ import annotations

from collections.abc import Sequence

from tyngdepunkt import texts
from tyngdepunkt.analyses.joined_functions.read import ROOM
from tyngdepunkt.analyses.joined_functions.result import Joined, JoinedSum
from tyngdepunkt.documents.document import Block, Column, Paragraph, Table


def blocks(result: Joined, lang: str) -> tuple[Block, ...]:
    """The sum and all that is told of it."""
    return (Paragraph(summary(result, lang)), *details(result, lang))


def summary(result: Joined, lang: str) -> str:
    """All posts in a sentence."""
    agencies, total = len(result.agencies), result.total
    if total.high is None:
        return say("summary_at_least", lang, agencies=agencies, low=total.low)
    if total.low == total.high:
        return say("summary", lang, agencies=agencies, posts=total.low)
    return say("summary_range", lang, agencies=agencies, low=total.low, high=total.high)


def details(result: Joined, lang: str) -> tuple[Block, ...]:
    """The tables and the notices."""
    told = (Paragraph(notice.text) for notice in result.notices)
    places = _sums("places_title", "place", result.places, lang)
    groups = _sums("groups_title", "group", result.groups, lang)
    return (*told, places, groups, _agencies(result, lang))


def _sums(title: str, first: str, sums: Sequence[JoinedSum], lang: str) -> Table:
    columns = (Column(say(first, lang)), *_columns(("posts", "agencies", "hidden_by"), lang))
    rows = tuple((each.name, ends(each.low, each.high, lang), each.agencies, each.hidden) for each in sums)
    return Table(say(title, lang), columns, rows)


def _agencies(result: Joined, lang: str) -> Table:
    columns = (Column(say("agency", lang)), *_columns(("posts", "counts", "hidden"), lang))
    rows = tuple(
        (each.agency, ends(each.low, each.high, lang), each.counts, each.hidden) for each in result.agencies
    )
    return Table(say("agencies_title", lang), columns, rows)


def _columns(names: Sequence[str], lang: str) -> tuple[Column, ...]:
    return tuple(Column(say(name, lang), numeric=True) for name in names)


def ends(low: int, high: int | None, lang: str) -> str:
    """A count, or the least and the most it can be."""
    if high is None:
        return say("at_least", lang, low=low)
    return texts.number(low, lang=lang) if low == high else say("range", lang, low=low, high=high)


def say(key: str, lang: str, /, **values: object) -> str:
    """The words."""
    return texts.text(f"{ROOM}:view.{key}", lang, **values)
