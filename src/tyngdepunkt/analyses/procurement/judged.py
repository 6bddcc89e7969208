"""What a rule answers before it is put in words, and what it is asked with."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from tyngdepunkt.analyses.procurement.model import Record, Source
from tyngdepunkt.analyses.procurement.money import Worth
from tyngdepunkt.analyses.procurement.result import Verdict


class Judged(NamedTuple):
    """A verdict with the field and the value it rests on, and the sentence that gives the reason.

    `near` is the demand it was read from, where the field and the value do not say which it is.
    """

    verdict: Verdict
    field: str
    value: str | float | None
    key: str
    values: Mapping[str, Any] = {}
    near: Record | None = None


@dataclass(slots=True)
class Asked:
    """What every rule may look at.

    Args:
        source: the notice.
        lot: the fields of the lot that is judged.
        count: number of lots.
        worth: what the lot is worth.
        limits: days and months of the time limits.
        warn: takes (id of a text, its values) of what a reader should know.
        thresholds: currency → the row of thresholds of the day, where they are known.
        place: (what is known of the way from the place that asks), or None where none asks.
    """

    source: Source
    lot: Record
    count: int
    worth: Worth
    limits: Mapping[str, Any]
    warn: Callable[..., None]
    thresholds: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    as_of: dt.date | None = None
    place: Any = None
    lot_id: str | None = None
    seen: dict[int, Verdict] = field(default_factory=dict)


Rule = Callable[[Asked], Judged]


def not_stated(field_: str, key: str = "not_stated") -> Judged:
    """Nothing is said: that is no answer, and never counts as open."""
    return Judged("not_stated", field_, None, key)
