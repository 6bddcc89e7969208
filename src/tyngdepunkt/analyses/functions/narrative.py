"""What is told of functions: what is bound to its place first, then the band, and why methods differ."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import partial

from tyngdepunkt import texts
from tyngdepunkt.analyses.functions.coded import ROOM
from tyngdepunkt.analyses.functions.moving import moving_blocks
from tyngdepunkt.analyses.functions.result import Band, Cell, Function, Functions, PlaceTotals, Totals
from tyngdepunkt.analyses.functions.staff import NO_PLACE
from tyngdepunkt.analyses.functions.values import METHODS
from tyngdepunkt.documents.document import Block, Column, Paragraph, Table
from tyngdepunkt.inputs.occupations import language_note

_MOST_ROWS = 40
_MOST_REASONS = 10
_ENDS = ("low", "mean", "high")


def blocks(result: Functions, lang: str) -> tuple[Block, ...]:
    """The sum, and all that is told of it."""
    moved = moved_blocks(result, lang)
    return (Paragraph(summary(result, lang)), *_found(result, lang), *moved, *_notices(result))


def details(result: Functions, lang: str) -> tuple[Block, ...]:
    """What is bound, the rest with its band, why methods differ, the units, and the notices."""
    return (*_found(result, lang), *_notices(result))


def moved_blocks(result: Functions, lang: str) -> tuple[Block, ...]:
    """What it costs and gives to move the functions."""
    return tuple(moving_blocks(result.consequences, lang, partial(_limited, lang=lang)))


def _notices(result: Functions) -> tuple[Block, ...]:
    return tuple(Paragraph(notice.text) for notice in result.notices)


def _found(result: Functions, lang: str) -> list[Block]:
    bound = [each for each in result.functions if each.bound_reasons]
    rest = [each for each in result.functions if not each.bound_reasons]
    found: list[Block] = []
    if bound:
        found += _limited(_bound(bound, lang), lang)
    if rest:
        found += _limited(_rest(rest, lang), lang)
    found += _reasons(rest, lang)
    note = language_note(lang)
    if note and any(each.name for each in result.functions):
        found.append(Paragraph(note))
    if len(result.units) > 1:
        found += _limited(_units(result, lang), lang)
    if result.places[0].place != NO_PLACE:
        found += _limited(_places(result, lang), lang)
    return found


def summary(result: Functions, lang: str) -> str:
    """The posts in one sentence or two."""
    totals = result.totals
    bound = "summary_bound" if totals.bound else "summary_none_bound"
    said = [say(bound, lang, posts=totals.posts, bound=totals.bound)]
    if totals.open:
        ends = totals.independent
        values = {"low": ends.low, "mean": ends.mean, "high": ends.high}
        key = "summary_open" if totals.bound else "summary_all"
        same = "_same" if texts.number(ends.low) == texts.number(ends.high) else ""
        said.append(say(key + same, lang, open=totals.open, **values))
    if totals.unknown:
        said.append(say("summary_unknown", lang, unknown=totals.unknown))
    return " ".join(said)


def _bound(found: Iterable[Function], lang: str) -> Table:
    columns = (
        Column(say("function", lang)),
        Column(say("posts", lang), numeric=True),
        Column(say("bound", lang)),
    )
    posts: Counter[tuple[str, str]] = Counter()
    for each in found:
        posts[_title(each), "; ".join(reason.text for reason in each.bound_reasons)] += each.posts
    rows = tuple((title, count, reasons) for (title, reasons), count in posts.most_common())
    return Table(say("bound_title", lang), columns, rows)


def _rest(found: Iterable[Function], lang: str) -> Table:
    """By occupation, over the units; own answers on rows of their own."""
    columns = (
        Column(say("function", lang)),
        Column(say("posts", lang), numeric=True),
        Column(say("band", lang), numeric=True),
        *(Column(texts.text(f"{ROOM}:method.{each}", lang), numeric=True, form="share") for each in METHODS),
        Column(say("disagreement", lang)),
    )
    posts: Counter[tuple[str, bool, bool]] = Counter()
    known: dict[tuple[str, bool, bool], Function] = {}
    for each in found:
        key = (each.occupation, each.answered, each.raised is not None)
        posts[key] += each.posts
        known[key] = each
    rows = tuple(_row(known[key], count, lang) for key, count in posts.most_common())
    return Table(say("rest_title", lang), columns, rows)


def _row(each: Function, posts: int, lang: str) -> tuple[str | float | None, ...]:
    apart = each.disagreement is not None and not each.answered
    told = say("apart", lang) if apart else ""
    if each.answered or each.raised:
        told = say("answered" if each.answered else "raised_short", lang)
    shares = (each.methods.get(method) for method in METHODS)
    return (_title(each), posts, _band(each.band, lang), *shares, told)


def _units(result: Functions, lang: str) -> Table:
    rows = tuple(_counts(each.unit, each) for each in result.units)
    return Table(say("units_title", lang), _count_columns("unit", lang), rows)


def _places(result: Functions, lang: str) -> Table:
    rows = tuple(_counts(each.name, each) for each in result.places)
    return Table(say("places_title", lang), _count_columns("place", lang), rows)


def _count_columns(first: str, lang: str) -> tuple[Column, ...]:
    names = ("posts", "bound_posts", "open", *_ENDS)
    return (Column(say(first, lang)), *(Column(say(name, lang), numeric=True) for name in names))


def _counts(title: str | None, each: Totals | PlaceTotals) -> tuple[str | float | None, ...]:
    return (title, each.posts, each.bound, each.open, *(getattr(each.independent, end) for end in _ENDS))


def _title(each: Function) -> str:
    return f"{each.occupation} {each.name}".strip()


def _band(band: Band | None, lang: str) -> str | None:
    if band is None:
        return None
    low, high = (texts.number(100 * end, lang=lang) for end in (band.low, band.high))
    return f"{low}{texts.NBSP}%" if low == high else f"{low}–{high}{texts.NBSP}%"


def _reasons(rest: Iterable[Function], lang: str) -> list[Block]:
    """Why the methods differ, once for each pair of methods."""
    named: dict[str, dict[str, None]] = {}
    for each in rest:
        if each.disagreement is not None and not each.answered:
            named.setdefault(each.disagreement.reason, {})[_title(each)] = None
    return [
        Paragraph(say("differ", lang, occupations=list(titles)[:_MOST_REASONS], reason=reason))
        for reason, titles in named.items()
    ]


def _limited(table: Table, lang: str) -> list[Block]:
    """A table that can be read, and how many rows stand in the files only."""
    if len(table.rows) <= _MOST_ROWS:
        return [table]
    shown = Table(table.caption, table.columns, table.rows[:_MOST_ROWS])
    return [shown, Paragraph(say("more_rows", lang, count=len(table.rows) - _MOST_ROWS))]


def published_blocks(result: Functions, lang: str) -> tuple[Block, ...]:
    """The tables to publish; the places of each unit as a list, since most units are in few places."""
    found: list[Block] = [Paragraph(say("published_told", lang))]
    for name in ("unit_place", "unit_group"):
        cells = [each for each in result.published if each.table == name]
        found += _limited(_cells(name, cells, lang), lang)
    return tuple(found)


def _cells(name: str, cells: Iterable[Cell], lang: str) -> Table:
    columns = (
        Column(say("unit", lang)),
        Column(say("place" if name == "unit_place" else "occupation_group", lang)),
        Column(say("posts", lang), numeric=True),
    )
    hidden, every = say("hidden", lang), say("all", lang)
    rows = tuple(
        (every if each.unit is None else each.unit, each.name, hidden if each.suppressed else each.count)
        for each in cells
    )
    return Table(say(name, lang), columns, rows)


def say(key: str, /, lang: str, **values: object) -> str:
    """A word or sentence of the answer."""
    return texts.text(f"{ROOM}:view.{key}", lang, **values)
