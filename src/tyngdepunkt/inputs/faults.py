"""The faults of one file: of each kind the first are told one by one, the rest are counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from tyngdepunkt.errors import Fault, Faults

SHOWN = 20
"""Most faults of one kind that are told one by one."""


class FileFaults:
    """Gathers the faults of one file into `found`.

    Args:
        found: the faults of all that is read together.
        name: the file, for `where`; empty where there is only one.
    """

    def __init__(self, found: Faults, name: str = "") -> None:
        self._found, self._name = found, name
        self._kinds: Counter[str] = Counter()

    def add(self, key: str, where: str = "", /, **values: Any) -> None:
        """One fault."""
        self.extend([Fault(key, values, where)])

    def extend(self, faults: Iterable[Fault]) -> None:
        """Several faults, for instance those of a `UserError`."""
        for fault in faults:
            self._kinds[fault.key] += 1
            if self._kinds[fault.key] <= SHOWN:
                self._found.extend([Fault(fault.key, fault.values, self._at(fault.where))])

    def __bool__(self) -> bool:
        return bool(self._kinds)

    def give_up(self, where: str, count: int) -> None:
        """Stop reading a file that is wrong in row after row.

        Raises:
            UserError: all that was found, and that the rest has not been read.
        """
        self.close()
        self._found.add("inputs:too_many_faults", self._at(where), count=count)
        self._found.raise_if_any()

    @property
    def count(self) -> int:
        """How many there are."""
        return self._kinds.total()

    def close(self) -> None:
        """Say how many more there are of each kind."""
        for count in self._kinds.values():
            if count > SHOWN:
                self._found.add("inputs:more_faults", self._name, count=count - SHOWN)

    def _at(self, where: str) -> str:
        return ", ".join(filter(None, (self._name, where)))
