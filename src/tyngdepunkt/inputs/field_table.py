"""What each field of a case is called, how it is written and what it means: a table for a kind of case."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from tyngdepunkt import texts

_PLACE_IN_A_LIST = re.compile(r"\[\d+\]")
Words = Mapping[str, str]
"""A text by language."""


@dataclass(frozen=True, slots=True)
class Field:
    """A row of `fields.yaml`.

    Args:
        title: what it is called.
        kind: what can be written in it, one of the `kinds` of the table.
        help: what more there is to know of it; empty where the title says all.
        unit: of its numbers, as `NOK`; empty where they have none or the title says it.
        widget: what it is written in on a page; empty for a group of fields.
        how: how one writes in that widget; empty where anybody knows.
        in_file: what holds in a case file and not on a page.
        choices: what can be chosen, value → text.
    """

    title: Words
    kind: str = "text"
    help: Words = field(default_factory=dict)
    unit: Words = field(default_factory=dict)
    widget: str = "text"
    how: Words = field(default_factory=dict)
    in_file: Words = field(default_factory=dict)
    choices: Mapping[str, Words] = field(default_factory=dict)

    def label(self, lang: str) -> str:
        """The title, with the unit of its numbers after a comma."""
        return f"{self.title[lang]}, {self.unit[lang]}" if self.unit else self.title[lang]

    def beside(self, lang: str) -> str:
        """The label where it stands beside a value that is told with its own sign, such as 30 %."""
        return self.title[lang] if self.in_file else self.label(lang)

    def hint(self, lang: str) -> str:
        """How it is written on a page and what more there is to know; empty where that is nothing."""
        return " ".join(words[lang] for words in (self.how, self.help) if words)

    def description(self, lang: str) -> str:
        """What it is, in sentences, to somebody who writes a case file."""
        title = self.beside(lang)
        ended = title if title.endswith("?") else f"{title}."
        return " ".join([ended, *(words[lang] for words in (self.help, self.in_file) if words)])

    def choice(self, value: Any, lang: str) -> str:
        """The text of a choice; a value that is none as it is."""
        return self.choices[value][lang] if value in self.choices else str(value)

    def options(self, lang: str) -> list[tuple[str, str]]:
        """What can be chosen: (value, text)."""
        return [(value, words[lang]) for value, words in self.choices.items()]


class FieldTable:
    """The fields of one kind of case, as `fields.yaml` of a package has them.

    The file has `kinds` (what fields of a kind share), `units`, `fields` (by the path in the case, or by the
    end of it) and `the_case` (what the whole is called).

    Args:
        package: where the file lies.
    """

    def __init__(self, package: str) -> None:
        self._package = package

    @cached_property
    def _read(self) -> dict[str, Any]:
        found: dict[str, Any] = texts.read_yaml(self._package, "fields.yaml")
        return found

    @cached_property
    def rows(self) -> dict[str, Field]:
        """All rows by their path in the case, or by the end of it."""
        return {path: self._field(row) for path, row in self._read["fields"].items()}

    def _field(self, row: Mapping[str, Any]) -> Field:
        units, kind = self._read["units"], self._read["kinds"][row.get("kind", "text")]
        return Field(**{**kind, **row, "unit": units[row["unit"]] if "unit" in row else {}})

    def at(self, path: str) -> Field | None:
        """The field at a path such as `unit.name`, `alternatives[2].place`: its own row, else of its end."""
        parts = _PLACE_IN_A_LIST.sub("", path).split(".")
        ends = (".".join(parts[at:]) for at in range(len(parts)))
        return next((self.rows[end] for end in ends if end in self.rows), None)

    def known(self, path: str) -> Field:
        """The field at a path that the program itself names.

        Raises:
            KeyError: there is no such field. That is a bug, not something a person can cause.
        """
        found = self.at(path)
        if found is None:
            raise KeyError(path)
        return found

    def title(self, path: str, lang: str) -> str:
        """What a field is called where it is told of by itself, by its path in the case.

        What has no row of its own is called by the group it is in.
        """
        parts = _PLACE_IN_A_LIST.sub("", path).split(".")
        for end in range(len(parts), 0, -1):
            if found := self.rows.get(".".join(parts[:end])):
                return found.label(lang)
        whole: Words = self._read["the_case"]
        return whole[lang]
