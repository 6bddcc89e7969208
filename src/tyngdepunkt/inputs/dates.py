"""Dates and periods as people write them, and back.

| written | read as |
|---|---|
| `2023-06-01`, `1.6.2023`, `1/6-2023`, `1. juni 2023`, `June 1, 2023` | a day |
| `2023-06`, `06.2023`, `juni 2023` | a month |
| `2023` | a year |
| `45078` | a day counted by a spreadsheet |
| `20230601` | a day as registers write it, also where it has become a number |
| `2005–2009`, `1.1.2005 til 31.12.2009`, `[2005, 2009]` | a period |
| `1.6.23` | in doubt: the century is asked about |
| `2005–09` | in doubt: 2005–2009, or September 2005; `2005-09` is the month |
| `01/06/2023` | in doubt: day or month first; `25/06/2023` is not |
"""

from __future__ import annotations

import calendar
import datetime as dt
import math
import re
from typing import Any

from tyngdepunkt.errors import UserError
from tyngdepunkt.inputs.text import even_digits, refused, shown

Days = tuple[dt.date, dt.date]
"""First and last day."""

_MONTHS = (
    "januar|january|jan", "februar|february|feb", "mars|march|mar", "april|apr", "mai|may", "juni|june|jun",
    "juli|july|jul", "august|aug", "september|sept|sep", "oktober|october|okt|oct", "november|nov",
    "desember|december|des|dec",
)  # fmt: skip
_MONTH_OF = {name: at for at, names in enumerate(_MONTHS, start=1) for name in names.split("|")}
_NAME = "|".join(sorted(_MONTH_OF, key=len, reverse=True))
_Y4, _Y2, _N = r"(?P<year>[0-9]{4})", r"'?(?P<year>[0-9]{2})", r"[0-9]{1,2}"
_TH = r"(?:st|nd|rd|th|\.)?"
_DAY_FIRST = re.compile(rf"(?P<day>{_N}){_TH} ?(?P<month>{_NAME})\.?,? ?{_Y4}")
_MONTH_FIRST = re.compile(rf"(?P<month>{_NAME})\.? (?P<day>{_N}){_TH},? {_Y4}")
_ISO = re.compile(rf"{_Y4}(?P<dash>-?)(?P<month>[0-9]{{2}})(?P=dash)(?P<day>[0-9]{{2}})(?:[t ][0-9:.]+z?)?")
_POINTS = re.compile(rf"(?P<day>{_N})\. ?(?P<month>{_N})(?:\. ?|-){_Y4}")
_SLASH_DASH = re.compile(rf"(?P<day>{_N})/(?P<month>{_N})-{_Y4}")
_EITHER_FIRST = re.compile(rf"(?P<one>{_N})(?P<mark>[/-])(?P<two>{_N})(?P=mark){_Y4}")
_SHORT_YEAR = re.compile(rf"(?P<rest>{_N}(?:\. ?|[/-]){_N}(?:\. ?|[/-])|{_N}\.? ?(?:{_NAME})\.? ?){_Y2}")
_MONTH = re.compile(
    rf"(?P<year>[0-9]{{4}})-(?P<month>[0-9]{{2}})|(?P<month_b>{_N})[./](?P<year_b>[0-9]{{4}})"
    rf"|(?P<name>{_NAME})\.? (?P<year_c>[0-9]{{4}})"
)
_YEAR = re.compile(r"[0-9]{4}")
_SERIAL = re.compile(r"[2-7][0-9]{4}(?:[.,][0-9]+)?")
_PARTED = re.compile(r"\s+(?:til|to)\s+|\s+-\s+|\s*/\s*|\s*\.\.\s*|, |;|-")
_DASHED = re.compile("(?P<first>[12][0-9]{3}) ?[\u2012\u2013\u2014\u2212] ?(?P<last>[0-9]{2})")
_FIRST_SERIAL = dt.date(1899, 12, 30)
_TO_1904 = (dt.date(1904, 1, 1) - _FIRST_SERIAL).days
_SERIALS = range(20_000, 80_000)
"""October 1954 to January 2119: what a spreadsheet counts days by, and no year."""

_DIGITS_OF_A_DAY = range(1000_01_01, 10_000_00_00)
"""`20230601`, as registers write a day; a table makes a number of it."""


class From1904(int):
    """A whole number out of a workbook that counts days from 1904, as those of old Macintoshes do.

    It is a number as any other; only where a day is asked for does it matter what it is counted from.
    """

    __slots__ = ()


class MomentFrom1904(float):
    """As `From1904`, with a time of the day behind the comma."""

    __slots__ = ()


def date(value: Any) -> dt.date:
    """One day.

    >>> date("1. juni 2023"), date("01.06.2023"), date(45078)
    (datetime.date(2023, 6, 1), datetime.date(2023, 6, 1), datetime.date(2023, 6, 1))

    Raises:
        UserError: it is no day, only a month or a year, or can be read in two ways.
    """
    first, last = period(value)
    if first != last:
        raise refused("no_day", given=shown(value))
    return first


def period(value: Any) -> Days:
    """First and last day of a day, a month, a year or a period.

    >>> period("2005-2009")[1], period("juni 2023")[1]
    (datetime.date(2009, 12, 31), datetime.date(2023, 6, 30))

    Raises:
        UserError: it is none of these, runs the wrong way, or can be read in two ways.
    """
    found = _period(value)
    if found is None:
        raise refused("not_a_date", given=shown(value))
    if found[0] > found[1]:
        raise refused("turned_period", start=found[0], end=found[1])
    return found


def written(value: dt.date) -> str:
    """A day as it stands in a field, which reads back as the same day.

    >>> written(dt.date(2026, 11, 3))
    '03.11.2026'
    """
    return f"{value.day:02}.{value.month:02}.{value.year:04}"


def _period(value: Any) -> Days | None:
    if isinstance(value, list | tuple):
        if len(value) != 2 or any(isinstance(end, list | tuple) for end in value):
            return None
        ends = [_period(end) for end in value]
        return (ends[0][0], ends[1][1]) if ends[0] and ends[1] else None
    if isinstance(value, dt.datetime):
        return value.date(), value.date()
    if isinstance(value, dt.date):
        return value, value
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _counted(value)
    if not isinstance(value, str):
        return None
    _refuse_short_period(value)
    return _of_text(even_digits(value), value)


def _refuse_short_period(value: str) -> None:
    """`2005–09` with a dash as in print is mostly four years; with a plain hyphen it is a month."""
    found = _DASHED.fullmatch(value.strip())
    if found and 1 <= int(found["last"]) <= 12 and int(found["first"][2:]) < int(found["last"]):
        first, last = found["first"], found["last"]
        years = f"{first}\u2013{first[:2]}{last}"
        raise refused("years_in_doubt", given=shown(value), years=years, month=f"{last}.{first}")


def _counted(value: float) -> Days | None:
    """A number cell: a year, or the days since the end of 1899, or of 1903."""
    if not math.isfinite(value):
        return None
    days = int(value) + _TO_1904 * isinstance(value, From1904 | MomentFrom1904)
    if days in _SERIALS:
        day = _FIRST_SERIAL + dt.timedelta(days=days)
        return day, day
    if value != int(value) or value <= 0:
        return None
    if int(value) in _DIGITS_OF_A_DAY:  # a range is walked through for a decimal number
        return _one(f"{int(value)}", value)
    return _one(f"{int(value):04}", value) if value <= 9999 else None


def _of_text(text: str, value: Any) -> Days | None:
    text = re.sub(r"\.0$", "", text)  # a year that a table has made a decimal number
    if text.startswith("[") and text.endswith("]"):
        text = text[1:-1].strip()
    elif found := _one(text, value):
        return found
    for at in _PARTED.finditer(text):
        first = _one(text[: at.start()], value)
        last = _one(text[at.end() :], value) if first else None
        if first and last:
            return first[0], last[1]
    return None


def _one(text: str, value: Any) -> Days | None:
    """A day, a month or a year."""
    try:
        if day := _day(text, value):
            return day, day
        if found := _MONTH.fullmatch(text):
            year = int(found["year"] or found["year_b"] or found["year_c"])
            month = _MONTH_OF[found["name"]] if found["name"] else int(found["month"] or found["month_b"])
            return dt.date(year, month, 1), dt.date(year, month, calendar.monthrange(year, month)[1])
        if _YEAR.fullmatch(text):
            return dt.date(int(text), 1, 1), dt.date(int(text), 12, 31)
    except (ValueError, calendar.IllegalMonthError):  # the calendar has no such day
        return None
    return None


def _day(text: str, value: Any) -> dt.date | None:
    for form in (_ISO, _POINTS, _SLASH_DASH, _DAY_FIRST, _MONTH_FIRST):
        if found := form.fullmatch(text):
            month = _MONTH_OF.get(found["month"]) or int(found["month"])
            return dt.date(int(found["year"]), month, int(found["day"]))
    if found := _EITHER_FIRST.fullmatch(text):
        return _either_first(int(found["one"]), int(found["two"]), int(found["year"]), value)
    if found := _SHORT_YEAR.fullmatch(text):
        raise _short_year(found["rest"], found["year"], value)
    if _SERIAL.fullmatch(text):
        return _FIRST_SERIAL + dt.timedelta(days=int(text[:5]))
    return None


def _either_first(one: int, two: int, year: int, value: Any) -> dt.date:
    """`25/06/2023` and `06/25/2023` are clear; `01/06/2023` is not."""
    if one == two or two > 12 or one > 12:
        day, month = (two, one) if two > 12 else (one, two)
        return dt.date(year, month, day)
    days = {"one": written(dt.date(year, two, one)), "two": written(dt.date(year, one, two))}
    raise refused("day_or_month", given=shown(value), **days)


def _short_year(rest: str, year: str, value: Any) -> UserError:
    known = {"early": f"{rest}19{year}", "late": f"{rest}20{year}"}
    return refused("short_year", given=shown(value), **known)
