"""Parts of municipalities that went to another one: where a series breaks though nobody moved.

`border_changes.yaml` holds those that are known, with source. A change over years that crosses one is
only like for like when the persons who were moved are taken off; where their number is not known, there
is no such change to give.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any


@dataclass(frozen=True, slots=True)
class BorderChange:
    """A part of one municipality that became part of another.

    Args:
        year: the first 1 January with the new border.
        giver, taker: municipality numbers of 2024.
        area: what the part is called.
        source: where it stands.
        persons: how many lived there; None where no number was found.
        small: too few to be seen beside the change from year to year.
    """

    year: int
    giver: str
    taker: str
    area: str
    source: str
    persons: float | None = None
    small: bool = False

    def touches(self, code: str) -> bool:
        """Whether a municipality gave or took."""
        return code in (self.giver, self.taker)


@cache
def border_changes() -> tuple[BorderChange, ...]:
    """Those that are known, in order of time."""
    from tyngdepunkt.texts import read_yaml

    return read_border_changes(read_yaml("tyngdepunkt.places", "border_changes.yaml"))


def read_border_changes(content: Mapping[str, Any]) -> tuple[BorderChange, ...]:
    """Border changes from the content of a `border_changes.yaml`."""
    entries = [{**entry, "giver": entry["from"], "taker": entry["to"]} for entry in content["changes"]]
    plain = [{key: value for key, value in e.items() if key not in ("from", "to")} for e in entries]
    return tuple(sorted((BorderChange(**e) for e in plain), key=lambda c: (c.year, c.giver, c.taker)))


def between(first: int, last: int, known: Sequence[BorderChange] | None = None) -> tuple[BorderChange, ...]:
    """The changes a change from one 1 January to another crosses, but for the small ones."""
    held = border_changes() if known is None else known
    return tuple(change for change in held if first < change.year <= last and not change.small)


def moved(code: str, first: int, last: int, known: Sequence[BorderChange] | None = None) -> float | None:
    """Persons who came to a municipality by its border, less those who went; None where not known."""
    net = 0.0
    for change in between(first, last, known):
        if change.touches(code):
            if change.persons is None:
                return None
            net += change.persons if change.taker == code else -change.persons
    return net
