"""The ranges no table holds: what audits and surveys found, never a number in the code.

`assumptions.yaml` holds each with its unit, the year it speaks of and its source. A figure
computed from one is marked assumed, and its bounds are the ends of the range.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from types import MappingProxyType

from tyngdepunkt.figures import Source, phrase
from tyngdepunkt.texts import read_yaml, text


@dataclass(frozen=True, slots=True)
class Assumption:
    """A range found elsewhere and taken to hold here.

    Args:
        id: stable identifier.
        title: nb, nn, en.
        unit: a key of `unit` in `texts.yaml`.
        low, high: the ends of the range; equal where one number is all there is.
        year: the year or years the range speaks of, as text.
        provider: nb, nn, en; who found it.
        reference: nb, nn, en; where it can be read.
        note: nb, nn, en; what one must know before using it.
    """

    id: str
    title: Mapping[str, str]
    unit: str
    low: float
    high: float
    year: str
    provider: Mapping[str, str]
    reference: Mapping[str, str]
    note: Mapping[str, str]

    @property
    def middle(self) -> float:
        """The middle of the range: the audits give no better centre."""
        return (self.low + self.high) / 2

    def source(self) -> Source:
        """The assumption as a source, so that a reader can find it in the source table."""
        ends = "assumed_one" if self.low == self.high else "assumed"
        asked = phrase(f"indicators:{ends}.{self.unit}", low=self.low, high=self.high)
        return Source(
            table=f"assumption:{self.id}",
            title=self.title["nb"],
            provider=self.provider["nb"],
            reference=self.reference["nb"],
            query=text(asked.key, "nb", **dict(asked.values)),
            date=self.year,
            licence="",
            note=self.note["nb"],
            asked=asked,
        )


@cache
def assumptions() -> Mapping[str, Assumption]:
    """All assumptions by id."""
    content = read_yaml("tyngdepunkt.indicators", "assumptions.yaml")
    return MappingProxyType({key: Assumption(id=key, **entry) for key, entry in content.items()})


def assumption(name: str) -> Assumption:
    """One assumption.

    Raises:
        KeyError: no such assumption. That is a bug, not something a person can cause.
    """
    return assumptions()[name]


def in_case(name: str, stated: Mapping[str, tuple[float, float, str]] | None) -> Assumption:
    """An assumption as the case has it: its own range where it states one, with its source.

    Args:
        name: id of the assumption.
        stated: id → (low, high, where the case has it from), or None.
    """
    found = assumption(name)
    if stated is None or name not in stated:
        return found
    low, high, origin = stated[name]
    nothing = dict.fromkeys(found.note, "")
    own = replace(found, low=low, high=high, year="", provider=nothing, note=nothing)
    return replace(own, reference=dict.fromkeys(found.note, origin))
