"""How near the work is to the municipality that asks: by post code or place, by car, between centres."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

from tyngdepunkt.analyses.contract import Setting
from tyngdepunkt.analyses.procurement.judged import Judged
from tyngdepunkt.analyses.procurement.model import Record, first
from tyngdepunkt.errors import UserError
from tyngdepunkt.places import Places


@dataclass(frozen=True, slots=True)
class Near:
    """Answers rule 15 from a municipality."""

    places: Places
    code: str
    name: str

    @classmethod
    def of(cls, text: str, setting: Setting) -> Near:
        """From what a person wrote.

        Raises:
            UserError: no such municipality, or several.
        """
        places = setting.open_places()
        asking = places.resolve(text).municipality
        return cls(places, asking.code, asking.name)

    def __call__(self, field: str, shown: str, told: Record) -> Judged:
        """The verdict on a place of performance."""
        found = self._municipality(told)
        if found is None:
            return Judged("neutral", field, shown, "r15.unknown", {"place": shown})
        code, name = found
        values: dict[str, Any] = {"place": shown, "municipality": name, "asking": self.name}
        if code == self.code:
            return Judged("neutral", field, shown, "r15.here", values)
        minutes = self._minutes(code)
        if minutes is None:
            return Judged("neutral", field, shown, "r15.no_time", values)
        return Judged("neutral", field, shown, "r15.near", {**values, "minutes": minutes})

    def _municipality(self, told: Record) -> tuple[str, str] | None:
        """The municipality of a Norwegian post code, else of the place's name."""
        code = first(told, "BT-5121")
        if code and len(code) == 4 and code.isdecimal() and self.places.has("postal_code"):
            numbers = {
                row[0] for row in self.places.rows("postal_code", ["municipality"], code=code) if row[0]
            }
            if len(numbers) == 1:
                number = numbers.pop()
                return number, self.places.resolve(number).municipality.name
        city = first(told, "BT-5131")
        try:
            found = self.places.resolve(city).municipality if city else None
        except UserError:
            return None
        return (found.code, found.name) if found else None

    def _minutes(self, code: str) -> float | None:
        try:
            minutes = self.places.travel.between(self.code, code)
        except (KeyError, UserError):
            return None
        return minutes if math.isfinite(minutes) else None
