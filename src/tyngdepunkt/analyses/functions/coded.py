"""Occupations as people write them in a list of posts: a number, a name, a job title."""

from __future__ import annotations

import re
from difflib import get_close_matches
from functools import cached_property
from typing import Any

from tyngdepunkt.analyses.functions import catalogue
from tyngdepunkt.analyses.functions.values import holgersen
from tyngdepunkt.errors import Fault
from tyngdepunkt.inputs.occupations import occupation_names, occupations
from tyngdepunkt.inputs.text import even, shown
from tyngdepunkt.places import Places

ROOM = "analyses.functions"
_CODE_AND_NAME = re.compile(r"([0-9]{4})\s*[-:,.]?\s+[^0-9].*")
_PERSON = re.compile(r"[^\s@]@[^\s@]+\.[^\s@]|(?<![0-9])[0-9]{6} ?[0-9]{5}(?![0-9])")
"""One sign before and after is enough: `+` before the @ takes a minute where a cell has 100,000 signs."""
_DIGITS = 4
_ZERO_LOST = (_DIGITS - 1, catalogue.LENGTH - 1)
_MOST_NAMED = 3
_MANY = 3
"""Occupations from which none of them is the nearest: what was written is a rank (rådgiver), or a field."""

_ALIKE = 0.75
"""Share of letters that are the same in two names that one may be a slip of; below it they only rhyme."""

Read = str | Fault


def is_personal(value: Any) -> bool:
    """Whether a cell holds an e-mail address or the eleven digits of a birth number.

    >>> is_personal("kari@example.no"), is_personal("010190 12345"), is_personal("Seksjon 2")
    (True, True, False)
    """
    return value is not None and not isinstance(value, bool) and _PERSON.search(str(value)) is not None


class Occupations:
    """Reads what stands for an occupation, each way of writing it once.

    Attributes:
        by_catalogue: whether a code of seven digits has been read.
    """

    def __init__(self, places: Places) -> None:
        self.by_catalogue = False
        self._places = places
        self._read: dict[tuple[Any, Any], Read] = {}

    @cached_property
    def names(self) -> dict[str, str]:
        """Code of four digits → name; without names where the snapshot has none."""
        return occupation_names(self._places) or dict.fromkeys(holgersen(), "")

    def read(self, given: Any, title: Any) -> Read:
        """The code, or what is wrong.

        Args:
            given: what stands in the column of occupations; None where it is empty.
            title: the job title beside it; used where the occupation is empty, and to suggest one.
        """
        key = (given, title)
        if key not in self._read:
            self._read[key] = self._found(given, title)
        return self._read[key]

    def nearest(self, code: str) -> str:
        """The code that begins alike the longest way, and among those is nearest."""

        def apart(other: str) -> tuple[int, int, str]:
            alike = next((at for at in range(_DIGITS) if code[at] != other[at]), _DIGITS)
            return -alike, abs(int(code) - int(other)), other

        return min(self.names, key=apart)

    def _said(self, code: str) -> str:
        """Code and name; the sentence it stands in has the full stop that some names end with (`mv.`)."""
        return f"{code} {self.names[code]}".removesuffix(".")

    def _found(self, given: Any, title: Any) -> Read:
        if given is None:
            return self._by_words(str(title))
        text = self._as_code(given)
        if not text.isdigit():
            return self._by_words(str(given))
        if text in self.names:
            return text
        by_catalogue = catalogue.occupation_of(text)
        if by_catalogue in self.names:
            self.by_catalogue = True
            return by_catalogue
        return self._unknown(text, title)

    @staticmethod
    def _as_code(given: Any) -> str:
        """A number of a spreadsheet has lost the zero it began with."""
        if isinstance(given, float) and given.is_integer():
            given = int(given)
        text = even(str(given))
        if text.isascii() and text.isdigit():
            return text.zfill(len(text) + 1) if len(text) in _ZERO_LOST else text
        begun = _CODE_AND_NAME.fullmatch(text)
        return begun[1] if begun else text

    def _by_words(self, text: str) -> Read:
        hits = occupations(self._places, text)
        exact = sorted({each.code for each in hits if each.exact})
        if len(exact) == 1:
            return exact[0]
        if exact:
            listed = [self._said(code) for code in exact[:10]]
            return Fault(f"{ROOM}:occupation_several", {"given": shown(text), "codes": listed})
        if len(hits) > _MANY:
            listed = [self._said(each.code) for each in hits[:_MOST_NAMED]]
            values = {"given": shown(text), "count": len(hits), "examples": listed}
            return Fault(f"{ROOM}:occupation_many", values)
        code = hits[0].code if hits else self._like(text)
        values = {"given": shown(text), "nearest": self._said(code) if code else ""}
        return Fault(f"{ROOM}:{'occupation_words' if code else 'occupation_nothing'}", values)

    def _like(self, text: str) -> str:
        names = {even(name): code for code, name in self.names.items()}
        found = get_close_matches(even(text), names, 1, _ALIKE)
        return names[found[0]] if found else ""

    def _unknown(self, code: str, title: Any) -> Fault:
        by_title = self._by_words(str(title)) if title is not None else None
        became = catalogue.successors(code[:_DIGITS])[:_MOST_NAMED]
        if isinstance(by_title, str):
            key, likely = "occupation_unknown", [by_title]
        elif became and len(code) in (_DIGITS, catalogue.LENGTH):
            key, likely = "occupation_old", [each for each in became if each in self.names]
        elif len(code) == _DIGITS:
            key, likely = "occupation_unknown", [self.nearest(code)]
        else:
            return Fault(f"{ROOM}:occupation_digits", {"given": shown(code)})
        listed = [self._said(each) for each in likely]
        return Fault(f"{ROOM}:{key}", {"given": shown(code), "nearest": listed})
