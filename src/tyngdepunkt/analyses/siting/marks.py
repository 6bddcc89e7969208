"""Faults of one file, each with its row, and what the reader wishes to say beside the answer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tyngdepunkt.analyses.contract import Brought
from tyngdepunkt.errors import Faults

ROOM = "analyses.siting"
SHOWN = 20
"""Most faults of one kind that are told one by one."""


@dataclass(frozen=True, slots=True)
class Notice:
    """Something a reader of the answer has to know; `key` is a text under `view.`."""

    key: str
    values: Mapping[str, Any] = field(default_factory=dict)


class Marks:
    """Gathers the faults of one file; of one kind only the first are told one by one.

    Args:
        file: the messages name it.
        found: gathers the faults of everything that is read.
    """

    def __init__(self, file: Brought, found: Faults) -> None:
        self.name = Path(file.name).name
        self.notices: list[Notice] = []
        self._found = found
        self._kinds: Counter[str] = Counter()

    def add(self, kind: str, row: int | None = None, **values: Any) -> None:
        """One fault, at a line of the file (from 1, the header counted) where it has one."""
        self._kinds[kind] += 1
        if self._kinds[kind] <= SHOWN:
            where = f"{self.name}, row {row}" if row else self.name
            self._found.add(f"{ROOM}:{kind}", where, **values)

    def notice(self, key: str, **values: Any) -> None:
        """Something to say beside the answer."""
        self.notices.append(Notice(key, values))

    def __bool__(self) -> bool:
        return bool(self._kinds)

    def close(self) -> None:
        """Say how many more there are of each kind."""
        for kind, count in self._kinds.items():
            if count > SHOWN:
                self._found.add(f"{ROOM}:more", self.name, count=count - SHOWN, kind=kind)


def shown(value: Any) -> str:
    """What the file says, short enough for a message."""
    text = str(value)
    return (text if len(text) <= 40 else text[:39] + "…") or "–"
