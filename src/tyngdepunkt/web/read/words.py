"""The fields of a case in words: what a field is called, and what stands in it, line by line."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from tyngdepunkt import texts
from tyngdepunkt.analyses.location.input.titles import field_title, has_title
from tyngdepunkt.errors import UserError
from tyngdepunkt.inputs import numbers
from tyngdepunkt.inputs.numbers import is_unknown
from tyngdepunkt.inputs.occupations import occupation_names
from tyngdepunkt.web.read.case import rule_set_of
from tyngdepunkt.web.read.weights import in_words

if TYPE_CHECKING:
    from tyngdepunkt.places import Places

ROOM = "analyses.location.input"
GROUPS = ("unit", "staff", "costs", "window")
"""Fields whose parts are answers of their own."""
_CHOICES = {"trigger": "analyses.location.document:triggers.{}", "kind": f"{ROOM}:kinds.{{}}"}
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
SHARES = frozenset({"share", "follow_share"})
"""Fields that hold a share and are told in per cent."""
_PLACES = frozenset({"place", "places", "alternatives", "sites", "regional_structure", "moved_from"})


def label(field: str, lang: str) -> str:
    """What a field is called, as in the form; a part without a title of its own by its own word."""
    return field_title(field, lang) if has_title(field, lang) else part_label(field, lang)


def part_label(field: str, lang: str) -> str:
    """What a part of an answer is, shortly; a name we do not know stands as it is."""
    name = field.rpartition(".")[2]
    for key in (f"workspace.drafts:parts.{name}", f"{ROOM}:fields.{name}"):
        try:
            told = texts.text(key, lang)
        except KeyError:
            continue
        return told.partition(":")[0].partition(" (")[0].partition(". ")[0].rstrip(".")
    return name


def fields_of(content: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Every answer of a case with its path, groups taken apart."""
    for name, value in content.items():
        if name in GROUPS and isinstance(value, dict):
            yield from ((f"{name}.{part}", inner) for part, inner in value.items())
        else:
            yield name, value


class Words:
    """Answers of one case in one language."""

    def __init__(self, content: Mapping[str, Any], places: Places, lang: str) -> None:
        self._content, self._places, self._lang = content, places, lang
        self._titles = {each.id: each.title[lang] for each in rule_set_of(content).considerations}
        self._occupations = occupation_names(places)

    def lines(self, field: str, value: Any) -> tuple[str, ...]:
        """An answer as lines; none where nothing is answered."""
        name = field.rpartition(".")[2]
        if value in (None, "", [], {}):
            return ()
        if name == "weights":
            return tuple(in_words(value, self._content, self._lang).split(", "))
        if isinstance(value, list) and not _is_range(value):
            return tuple(self._one(name, each) for each in value)
        if isinstance(value, dict):
            return tuple(f"{self._key(key)}: {self._one(key, each)}" for key, each in value.items())
        return tuple(self._one(name, value).splitlines())

    def _key(self, key: str) -> str:
        return self._titles.get(key) or part_label(key, self._lang)

    def _one(self, name: str, value: Any) -> str:
        if name == "weights":
            return in_words(value, self._content, self._lang)
        if isinstance(value, dict):
            return "; ".join(self._part(key, each) for key, each in value.items() if each is not None)
        if isinstance(value, list) and not _is_range(value):
            return ", ".join(self._one(name, each) for each in value)
        return self._plain(name, value)

    def _part(self, key: str, value: Any) -> str:
        """What names itself, such as an occupation or a place, needs no label."""
        told = self._one(key, value)
        return told if key in ("occupation", "place", "name", "kind") else f"{self._key(key)}: {told}"

    def _plain(self, name: str, value: Any) -> str:
        if is_unknown(value):
            return texts.text("workspace.drafts:said.unknown", self._lang)
        if isinstance(value, bool):
            return texts.text(f"workspace.drafts:said.{'yes' if value else 'no'}", self._lang)
        if name in _PLACES:
            return self._place(str(value))
        if name == "occupation":
            return self._occupations.get(str(value), str(value))
        if name in _CHOICES and isinstance(value, str):
            return self._choice(_CHOICES[name].format(value), value)
        if isinstance(value, str) and _DAY.fullmatch(value):
            return _day(value, self._lang)
        return numbers.written(value, percent=name in SHARES) or str(value)

    def _choice(self, key: str, value: str) -> str:
        try:
            return texts.text(key, self._lang)
        except KeyError:
            return value

    def _place(self, value: str) -> str:
        try:
            return self._places.resolve(value).shown
        except UserError:
            return value


def _day(value: str, lang: str) -> str:
    try:
        return texts.date(dt.date.fromisoformat(value), lang)
    except ValueError:
        return value


def _is_range(value: list[Any]) -> bool:
    return len(value) == 2 and all(isinstance(each, int | float) for each in value)
