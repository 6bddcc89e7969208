"""The order of periods, as far as their names tell it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

_DIGITS = re.compile(r"[0-9]+")
_YEAR = 4
Moment = tuple[int, ...]


def in_order(periods: Iterable[str]) -> tuple[str, ...]:
    """Periods in order of time where their names tell it, else in the order they first stand in.

    >>> in_order(["10/2016", "2/2016"]), in_order(["before", "after"])
    (('2/2016', '10/2016'), ('before', 'after'))
    """
    names = list(dict.fromkeys(periods))
    moments = _moments(names)
    return tuple(names if moments is None else sorted(names, key=dict(zip(names, moments, strict=True)).get))  # type: ignore[arg-type]


def tells_time(periods: Sequence[str]) -> bool:
    """Whether the names tell the order of their periods.

    They do where all are written in one form (`2016`, `2019K4`, `31.12.2016`, `2/2016`), or where the
    years in them are enough.
    """
    return len(periods) < 2 or _moments(periods) is not None


def _moments(names: Sequence[str]) -> list[Moment] | None:
    """A moment for each name; None where they cannot be told apart or set beside each other."""
    found = [_moment(name) for name in names]
    if not all(found):
        return None
    if len({_DIGITS.sub("#", name.casefold()) for name in names}) > 1:
        found = [moment[:1] for moment in found if moment[0] >= 10 ** (_YEAR - 1)]
    return found if len(set(found)) == len(names) else None


def _moment(name: str) -> Moment:
    """Its numbers, the year first; a date is read with the day before the month. Empty where it has none."""
    numbers = _DIGITS.findall(name)
    if len(numbers) > 1 and len(numbers[-1]) == _YEAR != len(numbers[0]):
        numbers.reverse()
    return tuple(int(number) for number in numbers)
