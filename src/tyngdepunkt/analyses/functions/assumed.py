"""What is assumed of a move: what the agency sets, else a range from a source, else missing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tyngdepunkt import texts
from tyngdepunkt.analyses.contract import Setting
from tyngdepunkt.analyses.functions.coded import ROOM
from tyngdepunkt.analyses.functions.question import Question
from tyngdepunkt.analyses.functions.result import Assumed
from tyngdepunkt.errors import Faults, UserError
from tyngdepunkt.indicators.assumptions import assumption
from tyngdepunkt.indicators.costs import RENT_YEAR
from tyngdepunkt.indicators.prices import index, price_year, raised
from tyngdepunkt.inputs import numbers
from tyngdepunkt.inputs.numbers import Span
from tyngdepunkt.inputs.text import shown

MOST = {
    "travel_days": 31, "team_days": 31, "day_cost": 1_000_000, "equipment": 10_000_000,
    "double_months": 240, "area": 1_000, "rent_to": 100_000, "rent_from": 100_000,
}  # fmt: skip
"""What can be set → the greatest value that can be meant."""

UNITS = {
    "travel_days": "days_per_month", "team_days": "days_per_month", "day_cost": "NOK", "equipment": "NOK",
    "double_months": "months", "area": "m2", "rent_to": "NOK_per_m2", "rent_from": "NOK_per_m2",
}  # fmt: skip

DEFAULTS = {"area": "area_per_post", "rent_to": "rent_per_m2", "rent_from": "rent_per_m2"}
"""What has a default → the assumption it is. The others are for the agency to know."""


@dataclass(frozen=True, slots=True)
class Move:
    """What is asked of a move, checked.

    Args:
        to: number of the municipality; None where none is named.
        name: its name, or empty.
        price_year: the year whose kroner all amounts are in.
        own: what the agency set → its range.
    """

    to: str | None
    name: str
    price_year: int
    own: Mapping[str, Span]

    def known(self, name: str) -> Span | None:
        """The range that holds: the agency's own, else the default in kroner of the price year, else None."""
        if name in self.own or name not in DEFAULTS:
            return self.own.get(name)
        found = assumption(DEFAULTS[name])
        factor = raised(RENT_YEAR, self.price_year) if UNITS[name].startswith("NOK") else 1.0
        return (found.low * factor, found.high * factor)


def read_move(question: Question, setting: Setting, faults: Faults) -> Move:
    """What is asked of a move, with a fault for each value that cannot be meant."""
    own = {}
    for name in MOST:
        found = _span(name, getattr(question, name), setting, faults)
        if found is not None:
            own[name] = found
    year, known = question.price_year or price_year(), index()
    if year not in known:
        ends = {"first": str(min(known)), "last": str(max(known))}
        faults.add(f"{ROOM}:no_price_year", setting.named("price_year"), given=str(year), **ends)
    to, name = _place(question.to, setting, faults)
    return Move(to, name, year, own)


def _span(name: str, given: str | None, setting: Setting, faults: Faults) -> Span | None:
    where = setting.named(name)
    try:
        found = numbers.span(given)
    except UserError as error:
        faults.extend(error.at(where).faults)
        return None
    if found is not None and not 0 <= found[0] <= found[1] <= MOST[name]:
        faults.add(f"{ROOM}:assumption_outside", where, given=shown(given), name=where, most=MOST[name])
        return None
    return found


def _place(given: str | None, setting: Setting, faults: Faults) -> tuple[str | None, str]:
    if given is None:
        return None, ""
    try:
        found = setting.open_places().resolve(given).municipality
    except UserError as error:
        faults.extend(error.at(setting.named("to")).faults)
        return None, ""
    return found.code, found.name


def assumptions_of(move: Move, lang: str) -> list[Assumed]:
    """Every assumption of the move, in the order of the question."""
    return [_assumed(move, name, lang) for name in MOST]


def _assumed(move: Move, name: str, lang: str) -> Assumed:
    ends, own = move.known(name), name in move.own
    default = None if own or ends is None else assumption(DEFAULTS[name])
    origin = "own" if own else "missing" if default is None else "source"
    return Assumed(
        id=name,
        title=texts.text(f"{ROOM}:assumed.{name}", lang),
        low=None if ends is None else ends[0],
        high=None if ends is None else ends[1],
        unit=UNITS[name],
        quality="missing" if ends is None else "assumed",
        set_by=origin,
        year="" if default is None else default.year,
        source="" if default is None else default.reference[lang],
        note="" if default is None else default.note[lang],
    )
