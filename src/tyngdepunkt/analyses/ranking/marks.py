"""Faults with the line they stand on, and the small questions all readers of a table ask."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any, TypeGuard

from tyngdepunkt.errors import Faults
from tyngdepunkt.inputs.reading import Located, Steps

LARGEST = 1e15
"""Beyond this a figure cannot be told from its neighbour, and sums overflow."""


class Marks:
    """Collects the faults of one file, each with its line."""

    def __init__(self, located: Located) -> None:
        self._located = located
        self.faults = Faults()

    def fault(self, name: str, steps: Steps, /, **values: Any) -> None:
        """Remember a fault of the room `analyses.ranking`."""
        self.faults.add(f"analyses.ranking:{name}", self._located.where(steps), **values)

    def unknown(self, kind: str, given: Iterable[Any], known: Iterable[str], steps: Steps) -> None:
        """A fault for each of `given` that is not `known`."""
        names = list(known)
        for name in given:
            if name not in names:
                at = (*steps, name) if isinstance(name, str) else steps
                self.fault(kind, at, given=shown(name), known=names or ["–"])


def is_number(value: Any) -> TypeGuard[int | float]:
    """A number that can be calculated with; true and false are not."""
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def shown(value: Any) -> str:
    """What the file says, short enough for a message."""
    text = "null" if value is None else str(value).lower() if isinstance(value, bool) else str(value)
    return text if len(text) <= 40 else text[:39] + "…"
