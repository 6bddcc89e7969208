"""The numbered table of sources, in the order the document first refers to them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from tyngdepunkt import texts
from tyngdepunkt.figures import Figure, Source
from tyngdepunkt.indicators import in_language

if TYPE_CHECKING:
    from tyngdepunkt.places import Places

_DAY = re.compile(r"\b\d{4}-\d{2}-\d{2}\b")


@dataclass(slots=True)
class Register:
    """Sources with their numbers.

    A remark on quality is written once, and pointed to where it comes again.
    """

    places: Places
    lang: str
    _numbers: dict[Source, int] = field(default_factory=dict)

    def number(self, source: Source) -> int:
        """The number of a source in the table of sources; a source that is new gets the next one.

        Returns:
            The number, from 1.
        """
        told = in_language(source, self.places.snapshot, self.lang)
        return self._numbers.setdefault(told, len(self._numbers) + 1)

    def numbers(self, figures: Iterable[Figure]) -> tuple[int, ...]:
        """The numbers of all sources some figures rest on, sorted."""
        return tuple(sorted({self.number(source) for figure in figures for source in figure.sources}))

    @property
    def sources(self) -> tuple[Source, ...]:
        """All sources in the order of their numbers."""
        first: dict[str, int] = {}
        found = []
        for source, number in self._numbers.items():
            before = first.setdefault(source.note, number) if source.note else number
            note = source.note if before == number else self._as_before(before)
            found.append(replace(source, note=note, date=self._date(source.date)))
        return tuple(found)

    def _date(self, written: str) -> str:
        """The date of a source, its days written as in running text."""
        return _DAY.sub(lambda day: texts.date(dt.date.fromisoformat(day[0]), self.lang), written)

    def _as_before(self, number: int) -> str:
        return texts.text("documents:same_note", self.lang, number=number)
