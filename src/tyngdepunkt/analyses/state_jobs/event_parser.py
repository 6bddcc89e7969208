"""One row of a ledger file to one event."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from tyngdepunkt.analyses.state_jobs.events import EventKind, LedgerEvent, Row
from tyngdepunkt.analyses.state_jobs.headings import ROOM, column, words
from tyngdepunkt.errors import Faults, UserError
from tyngdepunkt.inputs import dates, numbers
from tyngdepunkt.inputs.dates import Days
from tyngdepunkt.inputs.headings import plain
from tyngdepunkt.inputs.text import shown

if TYPE_CHECKING:
    from tyngdepunkt.places import Places, Resolved

MOST_JOBS = 1_000_000
LONGEST_SOURCE, LONGEST_AGENCY = 1000, 200
EARLIEST, LATEST = 1900, 2100


def row_of(fields: Mapping[str, Any], where: str, places: Places) -> Row:
    """The event a row stands for, and what to tell of its place.

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
    resolved, written = _place(fields, where, places, faults)
    jobs = _jobs(fields, where, faults)
    days = _days(fields, where, faults)
    source = _text(fields.get("source"), "source", where, faults)
    _refuse_long(source, LONGEST_SOURCE, where, faults)
    for name in agencies:
        _refuse_long(name, LONGEST_AGENCY, where, faults)
    faults.raise_if_any()
    assert resolved is not None  # noqa: S101 - a place that is none is a fault
    event = LedgerEvent(EventKind(kind), agencies, resolved.municipality.code, written, *jobs, *days, source)
    return Row(where, event, resolved.notice, _about(fields))


def _about(fields: Mapping[str, Any]) -> str:
    """The first number of jobs that is said to be about so much: the ledger keeps the number alone."""
    cells = (fields.get(field) for field in ("jobs", "jobs_low", "jobs_high"))
    return next((str(cell) for cell in cells if numbers.is_about(cell)), "")


def _missing(field: str, where: str, faults: Faults) -> None:
    faults.add(f"{ROOM}:cell_missing", where, field=column(field))


def _text(cell: Any, field: str, where: str, faults: Faults) -> str:
    if cell is None or not str(cell).strip():
        _missing(field, where, faults)
        return ""
    return " ".join(str(cell).split())


def _refuse_long(text: str, limit: int, where: str, faults: Faults) -> None:
    """Nothing is cut off: two texts that begin alike are two."""
    if len(text) > limit:
        faults.add(f"{ROOM}:text_too_long", where, given=shown(text), limit=limit)


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
    names = tuple(dict.fromkeys(" ".join(str(part).split()) for part in parts if str(part).strip()))
    if not names:
        _missing("agency", where, faults)
    return names


def _place(
    fields: Mapping[str, Any], where: str, places: Places, faults: Faults
) -> tuple[Resolved | None, str]:
    """The place of a row, by its name, its number, or both where they agree."""
    name, number = (_place_text(fields.get(field)) for field in ("place", "place_number"))
    if not name and not number:
        _missing("place", where, faults)
        return None, ""
    both = f"{number} {name}" if number.isdigit() and len(number) == 4 else ""
    asked = (both or f"{number} – {name}") if name and number and name != number else name or number
    try:
        return places.resolve(asked, where), name or number
    except UserError as error:
        faults.extend(error.faults)
        return None, name or number


def _place_text(cell: Any) -> str:
    if cell is None or isinstance(cell, bool | list | dict):
        return ""
    whole = isinstance(cell, int) or (isinstance(cell, float) and cell.is_integer())
    text = f"{int(cell):04d}" if whole else str(cell).strip()
    return text.zfill(4) if text.isdigit() and text.isascii() else text


def _jobs(fields: Mapping[str, Any], where: str, faults: Faults) -> tuple[float, float]:
    low, high = fields.get("jobs_low"), fields.get("jobs_high")
    if _refuse_both(fields, ("jobs",), ("jobs_low", "jobs_high"), where, faults):
        return 0.0, 0.0
    cell = fields.get("jobs") if low is None else [low, low if high is None else high]
    if cell is None:
        _missing("jobs", where, faults)
        return 0.0, 0.0
    try:
        pair = numbers.span(cell)
    except UserError as error:
        faults.extend(error.at(where).faults)
        return 0.0, 0.0
    if pair is None:
        faults.add(f"{ROOM}:jobs_unknown", where, given=shown(cell))
    elif pair[0] < 0:
        faults.add(f"{ROOM}:jobs_negative", where, given=shown(cell))
    elif pair[1] > MOST_JOBS:
        faults.add(f"{ROOM}:jobs_too_many", where, given=shown(cell), limit=MOST_JOBS)
    return pair or (0.0, 0.0)


def _refuse_both(
    fields: Mapping[str, Any], whole: tuple[str, ...], ends: tuple[str, ...], where: str, faults: Faults
) -> bool:
    """Whether a value stands both as one and by its ends, or in two ways: then one would be left out."""
    said = [field for field in whole if fields.get(field) is not None]
    parts = [field for field in ends if fields.get(field) is not None]
    if not said or len(said) + len(parts) < 2:
        return False
    first, *others = [fields[field] for field in (*said, *parts)]
    if all(shown(other) == shown(first) for other in others):
        return False
    given = [shown(fields[field]) for field in (*said, *parts)]
    faults.add(f"{ROOM}:said_twice", where, given=given)
    return True


def _days(fields: Mapping[str, Any], where: str, faults: Faults) -> Days:
    """The period of the event: a day, a month, a year, or from and to."""
    nothing = (dt.date.min, dt.date.min)
    start, end = fields.get("start"), fields.get("end")
    if _refuse_both(fields, ("date", "period"), ("start", "end"), where, faults):
        return nothing
    cell = fields.get("date")
    if cell is None:
        cell = fields.get("period") if start is None else [start, start if end is None else end]
    if cell is None:
        _missing("date", where, faults)
        return nothing
    try:
        days = dates.period(cell)
    except UserError as error:
        faults.extend(error.at(where).faults)
        return nothing
    if not (days[0].year >= EARLIEST and days[1].year <= LATEST):
        faults.add(f"{ROOM}:not_in_time", where, given=shown(cell), first=str(EARLIEST), last=str(LATEST))
    return days
