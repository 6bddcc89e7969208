"""Answers of a case in words: on the check page, where two windows have saved, and between versions."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any

from tyngdepunkt import texts
from tyngdepunkt.analyses.location.input.fields import field_at, known
from tyngdepunkt.documents.figure_words import counted
from tyngdepunkt.inputs import numbers
from tyngdepunkt.inputs.numbers import is_unknown
from tyngdepunkt.inputs.occupations import occupation_names
from tyngdepunkt.web.read import case as read
from tyngdepunkt.web.read.weights import in_words

if TYPE_CHECKING:
    from tyngdepunkt.places import Places

GROUPS = ("unit", "staff", "costs", "window")
"""Fields whose parts are answers of their own."""
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_NAME_THEMSELVES = ("place", "places", "name", "kind")
"""Parts that need no label: one sees what they are."""


def fields_of(content: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Every answer of a case with its path, groups taken apart."""
    for name, value in content.items():
        if name in GROUPS and isinstance(value, dict):
            yield from ((f"{name}.{part}", inner) for part, inner in value.items())
        else:
            yield name, value


def label(path: str, lang: str) -> str:
    """What a field or a part of one is called; a name that we do not know stands as it is."""
    found, name = field_at(path), path.rpartition(".")[2]
    if path == f"ledger.{name}":
        return _of_event("columns", name, lang)
    return found.beside(lang) if found else name


class Answers:
    """The answers of one case in one language."""

    def __init__(self, content: Mapping[str, Any], places: Places, lang: str) -> None:
        self._content, self._places, self._lang = content, places, lang

    def short(self, path: str, value: Any) -> str:
        """An answer on one line, of long lists only what they are about; empty where nothing is answered."""
        brief = _BRIEF.get(path)
        if brief and value not in (None, "", [], {}):
            told = brief(self, value)
            if told is not None:
                return told
        return "; ".join(self.lines(path, value))

    def lines(self, path: str, value: Any) -> tuple[str, ...]:
        """The whole answer as lines; none where nothing is answered."""
        if value in (None, "", [], {}):
            return ()
        if path == "weights":
            return tuple(self._weights(value).split(", "))
        if isinstance(value, list) and not _is_range(value):
            return tuple(self._one(path, each) for each in value)
        if isinstance(value, dict):
            return tuple(self._parts(path, value))
        return tuple(self._one(path, value).splitlines())

    def _one(self, path: str, value: Any) -> str:
        own = _OWN.get(path)
        if own and isinstance(value, dict):
            return own(self, value)
        if path.endswith("weights"):
            return self._weights(value)
        if isinstance(value, dict):
            return "; ".join(self._parts(path, value))
        if isinstance(value, list) and not _is_range(value):
            return ", ".join(self._one(path, each) for each in value)
        return self._plain(path, value)

    def _parts(self, path: str, value: Mapping[str, Any]) -> list[str]:
        return [self._part(path, str(name), each) for name, each in value.items() if each is not None]

    def _part(self, group: str, name: str, value: Any) -> str:
        """A part with its label; a consideration or an indicator is a name in a case, and no field."""
        path = group if name in self._titles else f"{group}.{name}"
        told = self._one(path, value)
        if name in _NAME_THEMSELVES:
            return told
        title = self._titles.get(name) or label(path, self._lang)
        return f"{title} {told}" if title.endswith("?") else f"{title}: {told}"

    def _plain(self, path: str, value: Any) -> str:
        found = field_at(path)
        kind = found.kind if found else "text"
        if is_unknown(value):
            return texts.text("workspace.drafts:said.unknown", self._lang)
        if isinstance(value, bool):
            return texts.text(f"workspace.drafts:said.{'yes' if value else 'no'}", self._lang)
        if path == "ledger.kind":
            return _of_event("kinds", str(value), self._lang)
        if path.endswith("kind"):
            return read.kind_name(str(value), self._lang)
        if kind in ("place", "places", "leaving") or path == "alternatives":
            return read.place_name(str(value), self._places)
        if found and found.choices:
            return found.choice(value, self._lang)
        if isinstance(value, str) and _DAY.fullmatch(value):
            return _day(value, self._lang)
        if kind == "year":
            return str(value)
        return numbers.written(value, percent=kind == "percent") or str(value)

    def _weights(self, value: Any) -> str:
        return in_words(value, self._content, self._lang)

    def _post(self, value: Mapping[str, Any]) -> str:
        """An occupation and how many."""
        code = str(value.get("occupation"))
        return f"{self._occupations.get(code, code)}: {numbers.written(value.get('count')) or '?'}"

    def _leaving(self, value: Mapping[str, Any]) -> str:
        """Where jobs leave, with how many where that is said."""
        name = read.place_name(str(value.get("place") or "?"), self._places)
        jobs = numbers.written(value.get("jobs"))
        return f"{name}: {jobs}" if jobs else name

    def _demand(self, value: Mapping[str, Any]) -> str:
        """Indicator, sign and limit, in the unit that the form asks for it in."""
        name = str(value.get("indicator"))
        title, unit = self._titles.get(name, name), self._units.get(name, "")
        said = []
        for bound, sign in {"min": "≥", "max": "≤"}.items():
            if value.get(bound) is not None:
                limit = numbers.written(value[bound], percent=unit == "share")
                told = limit if unit in _SAID_BY_THE_NUMBER else counted(limit, unit, self._lang)
                said.append(f"{title} {sign} {told}")
        return "; ".join(said)

    def _alternatives(self, value: Any) -> str:
        if isinstance(value, str):
            return known("alternatives").choice(value, self._lang)
        rows = read.alternative_rows({"alternatives": value}, self._places, self._lang)
        return ", ".join(each.name for each in rows)

    def _figures(self, value: Any) -> str | None:
        if not isinstance(value, dict):
            return None
        return "; ".join(self._titles.get(str(name), str(name)) for name in value)

    def _rows(self, value: Any) -> str | None:
        if not isinstance(value, list):
            return None
        return texts.text("workspace.drafts:said.rows", self._lang, rows=len(value))

    @cached_property
    def _titles(self) -> Mapping[str, str]:
        """Considerations and indicators: id → title."""
        weighed = {each.id: each.title for each in read.rule_set_of(self._content).considerations}
        found = weighed | {each.id: each.title for each in read.indicators_of(self._content)}
        return {name: title[self._lang] for name, title in found.items()}

    @cached_property
    def _units(self) -> Mapping[str, str]:
        """Indicators: id → unit."""
        return {each.id: each.unit for each in read.indicators_of(self._content)}

    @cached_property
    def _occupations(self) -> Mapping[str, str]:
        return occupation_names(self._places)


_SAID_BY_THE_NUMBER = ("", "share", "class")
"""Units that are not written after a limit: 30 % has its sign, and class 3 is in the title."""

_OWN: dict[str, Callable[[Answers, Mapping[str, Any]], str]] = {
    "unit.jobs": Answers._post,
    "moved_from": Answers._leaving,
    "must_have": Answers._demand,
}
"""Items of lists that are told in a form of their own."""
_BRIEF: dict[str, Callable[[Answers, Any], str | None]] = {
    "alternatives": Answers._alternatives,
    "indicators": Answers._figures,
    "ledger": Answers._rows,
    "weight_log": Answers._rows,
}


def _of_event(words: str, name: str, lang: str) -> str:
    """A column or a kind of the ledger; one of a file that calls it otherwise as it is."""
    try:
        return texts.text(f"analyses.state_jobs:{words}.{name}", lang)
    except (KeyError, TypeError):
        return name


def _day(value: str, lang: str) -> str:
    """A date in words; what is no date as it was written."""
    try:
        return texts.date(dt.date.fromisoformat(value), lang)
    except ValueError:
        return value


def _is_range(value: list[Any]) -> bool:
    return len(value) == 2 and all(isinstance(each, int | float) for each in value)
