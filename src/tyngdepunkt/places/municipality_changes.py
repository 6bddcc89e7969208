"""What became of a municipality number: simply changed, merged or split."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from tyngdepunkt.places import names

if TYPE_CHECKING:
    from tyngdepunkt.places.store import Places

STRUCTURE = 2024  # the municipalities of this year are those the snapshot speaks of
_LAST_CHANGE = dt.date(STRUCTURE, 1, 1)


@dataclass(frozen=True, slots=True)
class Period:
    """A number and its name while both were in force; `municipality` is what it is today."""

    code: str
    valid_from: dt.date
    valid_to: dt.date | None
    name: str
    municipality: str | None

    def covers(self, day: dt.date) -> bool:
        """Whether it was in force on a day."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


class Renumbering:
    """Old numbers and old names, and the municipalities of today that they became."""

    def __init__(self, places: Places) -> None:
        self._places = places
        self._present = places.municipalities

    @cached_property
    def periods(self) -> dict[str, list[Period]]:
        """Number → its periods, the oldest first."""
        found: dict[str, list[Period]] = {}
        if self._places.has("code_period"):
            columns = ("code", "valid_from", "valid_to", "name", "municipality")
            for row in self._places.rows("code_period", columns):
                found.setdefault(row[0], []).append(Period(*row))
        return found

    def targets(self, code: str) -> tuple[str, ...]:
        """Numbers of today that an old number became: one, or several where it was split."""
        if code in self._present:
            return (code,)
        known = [period.municipality for period in self.periods.get(code, ()) if period.municipality]
        if known:
            return (known[-1],)
        return self._shared.get(code) or self._follow(code, dt.date.min)

    def earlier(self, code: str) -> tuple[str, ...]:
        """Every number that became this one of today and nothing else, itself included."""
        return self._earlier.get(code, (code,))

    @cached_property
    def _earlier(self) -> dict[str, tuple[str, ...]]:
        found: dict[str, tuple[str, ...]] = {code: (code,) for code in self._present}
        for old in self.periods:
            targets = self.targets(old)
            if len(targets) == 1 and old != targets[0]:
                found[targets[0]] += (old,)
        return found

    def name(self, code: str) -> str:
        """The last name that belonged to a number."""
        periods = self.periods.get(code)
        return periods[-1].name if periods else ""

    def named(self, wanted: str) -> list[str]:
        """Numbers out of use whose name was `wanted` (a key), the oldest first."""
        return list(self._former_names.get(wanted, ()))

    def in_force(self, wanted: str, day: dt.date) -> list[str]:
        """Numbers in force on a day whose name then was `wanted` (a key)."""
        return [
            code
            for code, periods in self.periods.items()
            for period in periods
            if period.covers(day) and wanted in names.spellings(period.name)
        ]

    def present_names(self) -> Iterator[tuple[str, str]]:
        """Every name that a number of today has had, and the number."""
        for code in self._present:
            for period in self.periods.get(code, ()):
                yield period.name, code

    def former_names(self) -> list[str]:
        """Names of former municipalities that became something we know."""
        return [self.name(code) for code in self.periods if code not in self._present and self.targets(code)]

    @cached_property
    def _former_names(self) -> dict[str, list[str]]:
        found: dict[str, dict[str, None]] = {}
        for code, periods in self.periods.items():
            for period in periods if code not in self._present else ():
                for spelling in names.spellings(period.name):
                    found.setdefault(spelling, {})[code] = None
        return {spelling: list(codes) for spelling, codes in found.items()}

    @cached_property
    def _shared(self) -> dict[str, tuple[str, ...]]:
        """Old number → what its people came to live in, by the newest documented shares."""
        if not self._places.has("code_share"):
            return {}
        found: dict[str, dict[int, list[str]]] = {}
        columns = ("old_code", "structure_from", "new_code", "share")
        for old, structure, new, share in self._places.rows("code_share", columns, structure_to=STRUCTURE):
            if share > 0:
                found.setdefault(old, {}).setdefault(structure, []).append(new)
        return {old: tuple(by_structure[max(by_structure)]) for old, by_structure in found.items()}

    def _follow(self, code: str, after: dt.date) -> tuple[str, ...]:
        """Walk through the changes, one date at a time, until numbers of today are reached."""
        ahead = [change for change in self._changes.get(code, ()) if after < change[0] <= _LAST_CHANGE]
        if not ahead:
            return (code,) if code in self._present else ()
        date = min(ahead)[0]
        reached = [target for when, new in ahead if when == date for target in self._follow(new, date)]
        return tuple(sorted(set(reached)))

    @cached_property
    def _changes(self) -> dict[str, list[tuple[dt.date, str]]]:
        found: dict[str, list[tuple[dt.date, str]]] = {}
        if self._places.has("code_change"):
            for old, date, new in self._places.rows("code_change", ("old_code", "date", "new_code")):
                found.setdefault(old, []).append((date, new))
        return found
