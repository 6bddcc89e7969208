"""What a person can cause, and how it is said.

Two kinds of error exist. A `UserError` is something a person can mend: it is shown
without a traceback, all faults of one input at once, and the program ends with exit
code 1. Everything else is a bug and keeps its traceback.

A fault is a key into a package's `texts.yaml` with the values that belong to it, so
that it can be shown in nb, nn or en by whoever shows it (`texts.fault_lines`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong.

    Args:
        key: `room:name`, for instance `places:unknown_place`: the entry of that room's
            `texts.yaml` that says what is wrong, why, and what to do.
        values: what the sentences mention.
        where: the line or field, for instance `line 12` or `alternatives[2]`.
    """

    key: str
    values: Mapping[str, Any] = field(default_factory=dict)
    where: str = ""


class UserError(Exception):
    """Everything a person can cause. Carries every fault found, not just the first."""

    exit_code = 1

    def __init__(self, *faults: Fault) -> None:
        if not faults:
            raise ValueError("a UserError needs at least one fault")
        self.faults: tuple[Fault, ...] = faults
        super().__init__("; ".join(f"{fault.key} {dict(fault.values)}" for fault in faults))

    def at(self, where: str) -> UserError:
        """The same faults, each at `where`: for readers that know what is wrong but not where it stood."""
        return UserError(*(replace(fault, where=where) for fault in self.faults))


class Faults:
    """Collects faults so that all of them are shown at once.

    >>> faults = Faults()
    >>> faults.add("places:unknown_place", name="Xyz")
    >>> bool(faults)
    True
    """

    def __init__(self) -> None:
        self._found: list[Fault] = []

    def add(self, key: str, where: str = "", **values: Any) -> None:
        """Remember one fault."""
        self._found.append(Fault(key, values, where))

    def extend(self, faults: Iterable[Fault]) -> None:
        """Remember several faults, for instance those of another `UserError`."""
        self._found.extend(faults)

    def __bool__(self) -> bool:
        return bool(self._found)

    def __iter__(self) -> Any:
        return iter(self._found)

    def raise_if_any(self) -> None:
        """Raise one `UserError` with everything that was found."""
        if self._found:
            raise UserError(*self._found)
