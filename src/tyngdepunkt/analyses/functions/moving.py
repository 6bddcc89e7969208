"""What is told of moving the functions: what it rests on, each function and all, and the conditions."""

from __future__ import annotations

import math
from collections.abc import Callable

from tyngdepunkt import texts
from tyngdepunkt.analyses.functions.coded import ROOM
from tyngdepunkt.analyses.functions.result import Assumed, Consequences, Gained, Moved, Part, Sum, Team
from tyngdepunkt.documents.document import Block, Column, Paragraph, Sheet, Table

_SUMS = ("cost", "saving", "net", "one_off")
_DIGITS = 3
"""Digits that are told of an amount: the ranges are wide."""


def moving_blocks(found: Consequences, lang: str, limited: Callable[[Table], list[Block]]) -> list[Block]:
    """The sentences with their conditions, the functions, each part, and what it all rests on.

    Args:
        found: what was reckoned.
        lang: language.
        limited: cuts a table to the rows that can be read.
    """
    if not found.total.posts:
        return [Paragraph(_say("nothing", lang))]
    table = limited(_functions(found, lang))
    return [*_sentences(found, lang), *table, _per_post(found, lang), _assumptions(found, lang)]


def _sentences(found: Consequences, lang: str) -> list[Block]:
    total = found.total
    sums = {name: _kroner(getattr(total, name), lang) for name in _SUMS}
    key = "if_moved" if found.to is None else "if_moved_to"
    said = [_say(key, lang, posts=total.posts, place=found.to_name, year=str(found.price_year), **sums)]
    missing = dict.fromkeys((*total.net.missing, *total.one_off.missing))
    if missing:
        said.append(_say("missing", lang, parts=[_say(f"part.{each}", lang) for each in missing]))
    told = [_gained(total.gained, found.to_name, lang), _team(total.team, lang)]
    low, high = total.vacated.low, total.vacated.high
    if low is not None and high is not None:  # posts are told whole
        told.append(_say("vacated", lang, range=_range(math.floor(low), math.ceil(high), lang)))
    return [Paragraph(" ".join(said)), Paragraph(" ".join(told))]


def _gained(gained: Gained, place: str, lang: str) -> str:
    if gained.low is None:
        return gained.reason
    people = _range(gained.low, gained.high, lang)
    return _say("gained", lang, minutes=gained.minutes, place=place, range=people, year=str(gained.year))


def _team(team: Team, lang: str) -> str:
    if team.days_low is None:
        return _say("team_missing", lang)
    said = _say("team", lang, range=_range(team.days_low, team.days_high, lang))
    if team.hours_low is None:
        return f"{said} {_say('team_way_missing', lang)}"
    return f"{said} {_say('team_way', lang, range=_range(team.hours_low, team.hours_high, lang))}"


def _functions(found: Consequences, lang: str) -> Table:
    names = ("posts", *_SUMS, "gained_people")
    columns = (
        Column(texts.text(f"{ROOM}:view.function", lang)),
        Column(texts.text(f"{ROOM}:view.unit", lang)),
        *(Column(_say(f"column.{name}", lang), numeric=True) for name in names),
    )
    rows = tuple(_row(each, lang) for each in (found.total, *found.functions))
    return Table(_say("functions_title", lang, year=str(found.price_year)), columns, rows)


def _row(each: Moved, lang: str) -> tuple[str | float | None, ...]:
    every = texts.text(f"{ROOM}:view.all", lang)
    title = every if each.occupation is None else f"{each.occupation} {each.name}".strip()
    gained = None if each.gained.low is None else _range(each.gained.low, each.gained.high, lang)
    sums = (_sum(getattr(each, name), lang) for name in _SUMS)
    return (title, each.unit or every, each.posts, *sums, gained)


def _per_post(found: Consequences, lang: str) -> Table:
    names = ("part", "per_post", "when", "mark")
    columns = tuple(Column(_say(f"column.{name}", lang), numeric=name == "per_post") for name in names)
    rows = tuple(_part(each, lang) for each in found.per_post)
    return Table(_say("per_post_title", lang, year=str(found.price_year)), columns, rows)


def _part(each: Part, lang: str) -> tuple[str | None, ...]:
    amount = None if each.low is None else _range(each.low, each.high, lang)
    when = _say(f"when.{each.when}_{each.effect}", lang)
    return (_say(f"part.{each.id}", lang).capitalize(), amount, when, _say(f"quality.{each.quality}", lang))


def _assumptions(found: Consequences, lang: str) -> Table:
    names = ("assumption", "range", "measure", "mark", "origin")
    columns = tuple(Column(_say(f"column.{name}", lang), numeric=name == "range") for name in names)
    rows = tuple(_assumed(each, lang) for each in found.assumptions)
    return Table(_say("assumptions_title", lang, year=str(found.price_year)), columns, rows)


def _assumed(each: Assumed, lang: str) -> tuple[str | None, ...]:
    ends = _as_set(each, lang) if each.set_by == "own" else None
    if each.set_by == "source" and each.low is not None:
        ends = _range(each.low, each.high, lang)
    origin = f"{each.source}. {each.note}" if each.set_by == "source" else _say(f"origin.{each.set_by}", lang)
    unit, quality = _say(f"unit.{each.unit}", lang), _say(f"quality.{each.quality}", lang)
    return (each.title, ends, unit, quality, origin)


def _as_set(each: Assumed, lang: str) -> str:
    """What the agency set, digit by digit."""
    ends = [texts.number(end, _decimals(end), lang) for end in (each.low, each.high) if end is not None]
    return ends[0] if ends[0] == ends[-1] else _say("range", lang, low=ends[0], high=ends[-1])


def _decimals(value: float) -> int:
    return next((few for few in range(4) if math.isclose(round(value, few), value)), 4)


def moving_sheet(found: Consequences, lang: str) -> Sheet:
    """A row for each function and one for all, with the numbers; what is not known is empty."""
    ends = [f"{_say(f'column.{name}', lang)}, {_say(f'{end}est', lang)}" for name in _SUMS for end in _ENDS]
    people = [f"{_say('column.gained_people', lang)}, {_say(f'{end}est', lang)}" for end in _ENDS]
    names = (texts.text(f"{ROOM}:view.{name}", lang) for name in ("unit", "occupation", "name"))
    head = (*names, _say("column.posts", lang), *ends, *people, _say("column.mark", lang))
    rows = [_sheet_row(each, lang) for each in (*found.functions, found.total)]
    return Sheet(_say("sheet", lang), (head, *rows))


_ENDS = ("low", "high")


def _sheet_row(each: Moved, lang: str) -> tuple[str | float | None, ...]:
    every = texts.text(f"{ROOM}:view.all", lang)
    sums = [getattr(getattr(each, name), end) for name in _SUMS for end in _ENDS]
    mark = _say(f"quality.{each.net.quality}", lang)
    head = (each.unit or every, each.occupation or every, each.name, each.posts)
    return (*head, *sums, each.gained.low, each.gained.high, mark)


def _kroner(found: Sum, lang: str) -> str:
    """A sum in a sentence."""
    amount = _sum(found, lang)
    return _say("not_known", lang) if amount is None else _say("kroner", lang, amount=amount)


def _sum(found: Sum, lang: str) -> str | None:
    if found.low is not None and found.high is not None:
        return _range(found.low, found.high, lang)
    if found.low is not None:
        return _say("at_least", lang, amount=_number(_outward(found.low, math.floor), lang))
    if found.high is not None:
        return _say("at_most", lang, amount=_number(_outward(found.high, math.ceil), lang))
    return None


def _range(low: float, high: float | None, lang: str) -> str:
    """Both ends, rounded outward; one number only where it is exact, else `about`."""
    most = low if high is None else high
    if low == most:
        near = float(f"{low:.{_DIGITS}g}")
        said = _number(near, lang)
        return said if math.isclose(near, low) else _say("about", lang, amount=said)
    ends = _number(_outward(low, math.floor), lang), _number(_outward(most, math.ceil), lang)
    return _say("from_to" if low < 0 else "range", lang, low=ends[0], high=ends[1])


def _outward(value: float, towards: Callable[[float], int]) -> float:
    """Three digits, one decimal below 10 and none above; never within what it is an end of."""
    if not value:
        return 0.0
    finest = -1 if abs(value) < 10 else 0
    step = 10.0 ** max(math.floor(math.log10(abs(value))) - _DIGITS + 1, finest)
    return towards(round(value / step, 6)) * step


def _number(value: float, lang: str) -> str:
    return texts.number(value, 0 if math.isclose(value, round(value), abs_tol=1e-9) else 1, lang)


def _say(key: str, lang: str, /, **values: object) -> str:
    return texts.text(f"{ROOM}:moving.{key}", lang, **values)
