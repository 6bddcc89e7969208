"""One row of a ledger file to one event: words, numbers, ranges, dates and periods."""

from __future__ import annotations

import calendar
import datetime as dt
import math
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from tyngdepunkt.analyses.state_jobs.events import EventKind, LedgerEvent
from tyngdepunkt.analyses.state_jobs.files import ROOM, plain, words
from tyngdepunkt.errors import Faults, UserError

if TYPE_CHECKING:
    from tyngdepunkt.places import Places

MOST_JOBS = 1_000_000
EARLIEST, LATEST = 1900, 2100
_NUMBER = r"[-+−]?[0-9]+(?:[ \u00a0][0-9]{3})*(?:[.,][0-9]+)?"
_RANGE = re.compile(rf"({_NUMBER})(?:\s*(?:-|–|—|\.\.|til|to)\s*({_NUMBER}))?")
_PERIOD = re.compile(r"(\S+)\s*(?:–|—|/|\s-\s|til|to)\s*(\S+)|([0-9]{4})-([0-9]{4})")
_NORWEGIAN_DATE = re.compile(r"([0-9]{1,2})\.([0-9]{1,2})\.([0-9]{4})")
_MONTH = re.compile(r"([0-9]{4})-([0-9]{2})")

Days = tuple[dt.date, dt.date]


def event_of(fields: Mapping[str, Any], where: str, places: Places) -> LedgerEvent:
    """The event a row stands for.

    Args:
        fields: field → cell, None where empty.
        where: line or row, for messages.
        places: the store that knows the places.

    Raises:
        UserError: every fault of the row.
    """
    faults = Faults()
    kind = _kind(fields.get("kind"), where, faults)
    agencies = _agencies(fields.get("agency"), where, faults)
    code, written = _place(fields.get("place"), where, places, faults)
    jobs = _jobs(fields, where, faults)
    days = _days(fields, where, faults)
    source = _text(fields.get("source"), "source", where, faults)
    faults.raise_if_any()
    return LedgerEvent(EventKind(kind), agencies, code, written, *jobs, *days, source)


def _missing(field: str, where: str, faults: Faults) -> None:
    faults.add(f"{ROOM}:cell_missing", where, field=field)


def _text(cell: Any, field: str, where: str, faults: Faults) -> str:
    if cell is None or not str(cell).strip():
        _missing(field, where, faults)
        return ""
    return " ".join(str(cell).split())[:1000]


def _kind(cell: Any, where: str, faults: Faults) -> str:
    if cell is None:
        _missing("kind", where, faults)
        return EventKind.ESTABLISHED
    found = words("kinds").get(plain(str(cell)))
    if found is None:
        faults.add(
            f"{ROOM}:unknown_kind", where, given=str(cell)[:60], known=[str(kind) for kind in EventKind]
        )
    return found or EventKind.ESTABLISHED


def _agencies(cell: Any, where: str, faults: Faults) -> tuple[str, ...]:
    """One or several; in one cell they are parted by `;` or `|`, as agencies' names hold commas."""
    parts = cell if isinstance(cell, list) else re.split(r"[;|\n]", str(cell or ""))
    names = tuple(dict.fromkeys(" ".join(str(part).split())[:200] for part in parts if str(part).strip()))
    if not names:
        _missing("agency", where, faults)
    return names


def _place(cell: Any, where: str, places: Places, faults: Faults) -> tuple[str, str]:
    if cell is None or isinstance(cell, bool | list | dict) or not str(cell).strip():
        _missing("place", where, faults)
        return "", ""
    whole = isinstance(cell, int) or (isinstance(cell, float) and cell.is_integer())
    written = f"{int(cell):04d}" if whole else str(cell).strip()
    try:
        return places.resolve(written, where).municipality.code, written
    except UserError as error:
        faults.extend(error.faults)
        return "", written


def _jobs(fields: Mapping[str, Any], where: str, faults: Faults) -> tuple[float, float]:
    low, high = fields.get("jobs_low"), fields.get("jobs_high")
    cell = fields.get("jobs") if low is None else [low, low if high is None else high]
    if cell is None:
        _missing("jobs", where, faults)
        return 0.0, 0.0
    pair = jobs_of(cell)
    if pair is None:
        faults.add(f"{ROOM}:jobs_kind", where, given=str(cell)[:60])
    elif min(pair) < 0:
        faults.add(f"{ROOM}:jobs_negative", where, given=str(cell)[:60])
    elif pair[0] > pair[1]:
        faults.add(f"{ROOM}:jobs_turned", where, given=str(cell)[:60])
    elif pair[1] > MOST_JOBS:
        faults.add(f"{ROOM}:jobs_too_many", where, given=str(cell)[:60], limit=MOST_JOBS)
    return pair or (0.0, 0.0)


def jobs_of(cell: Any) -> tuple[float, float] | None:
    """A number or a range of jobs, as people write it; None where it is neither.

    >>> jobs_of("10–15"), jobs_of("1 200"), jobs_of([3, 4]), jobs_of("12,5")
    ((10.0, 15.0), (1200.0, 1200.0), (3.0, 4.0), (12.5, 12.5))
    >>> jobs_of("9" * 400)  # a number that no computer can hold
    """
    if isinstance(cell, list | tuple):
        ends = [jobs_of(end) for end in cell]
        return (ends[0][0], ends[1][1]) if len(ends) == 2 and ends[0] and ends[1] else None
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return float(cell), float(cell)
    found = _RANGE.fullmatch(str(cell).strip().strip("[]").replace(", ", "–"))
    if not found:
        return None
    low = _number(found[1])
    high = _number(found[2]) if found[2] else low
    return (low, high) if math.isfinite(low) and math.isfinite(high) else None


def _number(text: str) -> float:
    return float(re.sub(r"[ \u00a0]", "", text).replace(",", ".").replace("−", "-"))


def _days(fields: Mapping[str, Any], where: str, faults: Faults) -> Days:
    """The period of the event: a day, a month, a year, or from and to."""
    nothing = (dt.date.min, dt.date.min)
    start, end = fields.get("start"), fields.get("end")
    cell = fields.get("date")
    if cell is None:
        cell = fields.get("period") if start is None else [start, start if end is None else end]
    if cell is None:
        _missing("date", where, faults)
        return nothing
    days = period_of(cell)
    if days is None:
        faults.add(f"{ROOM}:not_a_date", where, given=_shown(cell))
    elif days[0] > days[1]:
        faults.add(f"{ROOM}:period_turned", where, start=days[0], end=days[1])
    elif not (days[0].year >= EARLIEST and days[1].year <= LATEST):
        faults.add(f"{ROOM}:not_a_date", where, given=_shown(cell))
    return days or nothing


def _shown(cell: Any) -> str:
    parts = cell if isinstance(cell, list | tuple) else [cell]
    return " – ".join(str(part) for part in parts)[:60]


def period_of(cell: Any) -> Days | None:
    """First and last day of a date, a month, a year or a period; None where it is neither.

    >>> period_of("2005-2009")[1], period_of("1.6.2023")[0]
    (datetime.date(2009, 12, 31), datetime.date(2023, 6, 1))
    """
    if isinstance(cell, list | tuple):
        if len(cell) != 2 or any(isinstance(end, list | tuple) for end in cell):
            return None
        first, last = period_of(cell[0]), period_of(cell[1])
        return (first[0], last[1]) if first and last else None
    if isinstance(cell, dt.datetime):
        return cell.date(), cell.date()
    if isinstance(cell, dt.date):
        return cell, cell
    text = str(cell).strip().removesuffix(".0").strip("[]")
    return _one(text) or _two(text)


def _two(text: str) -> Days | None:
    found = _PERIOD.fullmatch(text.replace(", ", "/"))
    if not found:
        return None
    first, last = _one(found[1] or found[3]), _one(found[2] or found[4])
    return (first[0], last[1]) if first and last else None


def _one(text: str) -> Days | None:
    """A day, a month or a year."""
    try:
        if norwegian := _NORWEGIAN_DATE.fullmatch(text):
            day = dt.date(int(norwegian[3]), int(norwegian[2]), int(norwegian[1]))
            return day, day
        if month := _MONTH.fullmatch(text):
            year, number = int(month[1]), int(month[2])
            return dt.date(year, number, 1), dt.date(year, number, calendar.monthrange(year, number)[1])
        if re.fullmatch(r"[0-9]{4}", text):
            return dt.date(int(text), 1, 1), dt.date(int(text), 12, 31)
        day = dt.date.fromisoformat(text.removesuffix(" 00:00:00"))
        return day, day
    except ValueError:
        return None
