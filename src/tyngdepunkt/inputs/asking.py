"""Asking on a terminal, question by question, until each answer is right.

An answer is checked when it is given: a wrong one is asked again, with the reason. `?` gives help, an empty
answer takes the default. It works the same with a person and with answers from a file.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from pydantic_core import PydanticCustomError

from tyngdepunkt import texts
from tyngdepunkt.errors import Fault, UserError
from tyngdepunkt.inputs import numbers

T = TypeVar("T")


class Asker:
    """Asks, checks and asks again.

    Args:
        read: gives the next answer, or None when there are no more.
        say: shows a line.
        room: the texts that hold questions (`ask.<name>.question`, `ask.<name>.help`) and faults.
        lang: language of the questions.
    """

    def __init__(
        self, read: Callable[[], str | None], say: Callable[[str], None], room: str, lang: str
    ) -> None:
        self._read, self._say, self._room, self.lang = read, say, room, lang

    def ask(self, name: str, check: Callable[[str], T], default: str | None = None, **values: Any) -> T:
        """One question, until the answer is right.

        Raises:
            UserError: the answers ended before the question was answered.
        """
        question = self.question(name, **values)
        while True:
            self._say(f"{question} [{default}]" if default else question)
            line = self._read()
            if line is None:
                raise self.refused("asking_ended", question=question)
            line = line.strip()
            if line == "?":
                self._say(f"  {self.help(name)}")
                continue
            try:
                return check(line or default or "")
            except PydanticCustomError as error:
                context = {key: value for key, value in (error.context or {}).items() if key != "key"}
                key = error.type if ":" in error.type else f"{self._room}:{error.type}"
                self._explain(Fault(key, context))
            except UserError as error:
                for fault in error.faults:
                    self._explain(fault)

    def question(self, name: str, **values: Any) -> str:
        """The question `name`, from the texts of the room."""
        return self.text(f"ask.{name}.question", **values)

    def help(self, name: str) -> str:
        """What is said where the answer is `?`."""
        return self.text(f"ask.{name}.help")

    def text(self, name: str, /, **values: Any) -> str:
        """A sentence of the room in the language of the questions."""
        return texts.text(f"{self._room}:{name}", self.lang, **values)

    def refused(self, name: str, /, **values: Any) -> UserError:
        """A fault of the room, for a check to raise."""
        return UserError(Fault(f"{self._room}:{name}", values))

    def _explain(self, fault: Fault) -> None:
        lines = texts.fault_lines(fault, self.lang)
        self._say(f"  {lines['what']} {lines['do']}")


def several_numbers(line: str) -> list[float]:
    """Numbers with `;` between, or else with blanks or commas and blanks; empty where they are no numbers."""
    parts = line.split(";") if ";" in line else line.replace(", ", " ").split()
    if len(parts) == 1:  # `20,30,50`
        parts = line.split(",")
    try:
        found = [numbers.number(part) for part in parts]
    except UserError:
        return []
    return [each for each in found if each is not None]
