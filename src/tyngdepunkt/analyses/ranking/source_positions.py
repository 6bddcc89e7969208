"""Faults with the line they stand on, and the small questions all readers of a table ask."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from tyngdepunkt.errors import UserError
from tyngdepunkt.inputs import numbers
from tyngdepunkt.inputs.checked import FaultCollector
from tyngdepunkt.inputs.reading import Located, Steps

T = TypeVar("T")
LARGEST = 1e15
"""Beyond this a figure cannot be told from its neighbour, and sums overflow."""


class Marks(FaultCollector):
    """Collects the faults of one file, each with its line."""

    def __init__(self, located: Located) -> None:
        super().__init__(located, "analyses.ranking")

    def number(
        self, reader: Callable[[Any], T], value: Any, name: str, steps: Steps, /, **told: Any
    ) -> T | None:
        """What a reader of `inputs` makes of a value; None with the fault `name` where it is no number."""
        try:
            found = reader(value)
        except UserError as error:
            if error.faults[0].key not in numbers.NO_NUMBER:
                self.faults.extend(error.at(self.located.where(steps)).faults)
                return None
            found = None
        if found is None:
            self.fault(name, steps, given=shown(value), **told)
        return found

    def unknown(self, kind: str, given: Iterable[Any], known: Iterable[str], steps: Steps) -> None:
        """A fault for each of `given` that is not `known`."""
        names = list(known)
        for name in given:
            if name not in names:
                at = (*steps, name) if isinstance(name, str) else steps
                self.fault(kind, at, given=shown(name), known=names or ["–"])


def shown(value: Any) -> str:
    """What the file says, short enough for a message."""
    text = "null" if value is None else str(value).lower() if isinstance(value, bool) else str(value)
    return text if len(text) <= 40 else text[:39] + "…"
