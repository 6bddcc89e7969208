"""A figure is never bare: it is a value, a quality and the sources it came from.

Missing is never zero, and never "fine". A result computed from an assumed figure is
itself assumed: `weakest` says which quality a result inherits.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tyngdepunkt import json_types

EN_DASH = "–"
_ASKED_YEARS = ("year", "first", "last")  # what phrases of indicators call the years they ask for
_ANY_YEAR = re.compile(r"\b(?:19|20)\d{2}\b")


class Quality(StrEnum):
    """How far a figure can be trusted, from best to worst."""

    MEASURED = "measured"
    ESTIMATED = "estimated"
    ASSUMED = "assumed"
    SUPPRESSED = "suppressed"
    MISSING = "missing"
    NOT_APPLICABLE = "not_applicable"
    NOT_STATED = "not_stated"

    @property
    def has_value(self) -> bool:
        """Whether a figure of this quality carries a number."""
        return self in _WITH_VALUE


_WITH_VALUE = frozenset({Quality.MEASURED, Quality.ESTIMATED, Quality.ASSUMED})
_ORDER = tuple(Quality)


def weakest(qualities: Iterable[Quality]) -> Quality:
    """The quality a result inherits from what it was computed from.

    >>> weakest([Quality.MEASURED, Quality.ASSUMED]).value
    'assumed'
    """
    return max(qualities, key=_ORDER.index, default=Quality.MEASURED)


@dataclass(frozen=True, slots=True)
class Phrase:
    """A sentence that is not in a language yet: a key of a `texts.yaml` and the values it takes.

    Whoever makes a figure knows no reader; whoever shows it says the phrase in the reader's language.
    """

    key: str
    values: tuple[tuple[str, str | int | float], ...] = ()


def phrase(key: str, **values: str | int | float) -> Phrase:
    """A phrase with its values.

    >>> phrase("indicators:query.index", year=2024).values
    (('year', 2024),)
    """
    return Phrase(key, tuple(values.items()))


@dataclass(frozen=True, slots=True)
class Source:
    """Where a figure came from, so that anybody can follow it back.

    Args:
        table: name of the table in the snapshot, for instance `employed`.
        title: what the table is, in the words of its provider.
        provider: who publishes it.
        reference: the provider's own number or address, for instance `SSB 11618`.
        query: how the figures were taken from it.
        date: the date or period the figures stand for, as text.
        licence: the licence they may be used under.
        note: what one must know of the quality, or empty.
        asked: the query as a phrase, where it is not the table's own; `query` is it in words.
    """

    table: str
    title: str
    provider: str
    reference: str
    query: str
    date: str
    licence: str
    note: str = ""
    asked: Phrase | None = None

    def in_words(self) -> json_types.Source:
        """The source as an answer carries it: every part that is said, not the phrase behind."""
        from tyngdepunkt import json_types

        return json_types.from_attributes(json_types.Source, self)

    @classmethod
    def from_words(cls, told: json_types.Source) -> Source:
        """The source of an answer, as a document lists it."""
        return cls(**{name: getattr(told, name) for name in told.__struct_fields__})


NoteValues = tuple[tuple[str, str | int | float | tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """A value with its unit, quality and sources.

    `low` and `high` bound the value where it is a range or an estimate. `note` is a key
    into a `texts.yaml` that says why the figure is missing or what was assumed, `note_values`
    what its sentence takes; a list of names is a tuple.
    """

    value: float | None
    unit: str
    quality: Quality = Quality.MEASURED
    sources: tuple[Source, ...] = ()
    low: float | None = None
    high: float | None = None
    note: str = ""
    note_values: NoteValues = ()

    def __post_init__(self) -> None:
        if (self.value is None) == self.quality.has_value:
            raise ValueError(f"a figure of quality {self.quality} with value {self.value}")

    @property
    def interval(self) -> tuple[float, float] | None:
        """Lowest and highest value the figure can have; None where it has no value."""
        if self.value is None:
            return None
        low = self.value if self.low is None else self.low
        high = self.value if self.high is None else self.high
        return (low, high)


def absent(unit: str, quality: Quality = Quality.MISSING, note: str = "", *sources: Source) -> Figure:
    """A figure that is not there, and says so."""
    return Figure(None, unit, quality, tuple(sources), note=note)


def years(figures: Iterable[Figure]) -> str:
    """The year or years some figures stand for, as 2018 or 2006–2026: of the table first named, as asked."""
    found = {year for figure in figures if figure.sources for year in _years(figure.sources[0])}
    return EN_DASH.join(sorted({min(found), max(found)})) if found else ""


def _years(source: Source) -> list[str]:
    said = source.asked.values if source.asked else ()
    asked = [str(value) for name, value in said if name in _ASKED_YEARS]
    return asked or _ANY_YEAR.findall(source.date)
