"""Standards of industry: which one a code belongs to, and where a series breaks between two of them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

_CODE = re.compile(
    r"(?P<first>[0-9]{2})(?:[-–](?P<last>[0-9]{2})|\.?(?P<rest>[0-9]{1,3}(?:\.[0-9]{1,3})?))?$"
)
_LEADING = re.compile(r"^[0-9]{2}(?:[-–][0-9]{2}|\.[0-9]{1,3})?(?=\s)")


@dataclass(frozen=True, slots=True)
class Change:
    """What the change of a standard moved.

    Args:
        before: the older standard.
        after: the newer.
        divisions: divisions that ceased → those that took them over.
        ceased: groups such as `62.0` that only the older has; no full list.
        new: groups that only the newer has; no full list.
        pairs: every code that became another → the one it became, where the correspondence has been
            fetched: finer than the divisions, and in their place.
    """

    before: str
    after: str
    divisions: dict[str, tuple[str, ...]]
    ceased: frozenset[str] = frozenset()
    new: frozenset[str] = frozenset()
    pairs: tuple[tuple[str, str], ...] = ()

    def touches(self, code: str) -> bool:
        """Whether a group of divisions holds one side of a move but not all of it."""
        if self.pairs:
            return bool(self.moved(code))
        held = divisions(code)
        for ceased, heirs in self.divisions.items():
            sides = {ceased, *heirs}
            if held & sides and not sides <= held:
                return True
        return False

    def moved(self, code: str) -> tuple[tuple[str, str], ...]:
        """The pairs of which a group of divisions holds one side and not the other."""
        held = divisions(code)
        sides = [(pair, [divisions(side) <= held for side in pair]) for pair in self.pairs]
        return tuple(pair for pair, (old, new) in sides if old != new)

    def only_before(self, code: str) -> bool:
        """Whether a code is of a division or a group that ceased, and so can be of no later standard."""
        held = divisions(code)
        return (bool(held) and held <= set(self.divisions)) or group(code) in self.ceased

    def only_after(self, code: str) -> bool:
        """Whether a code is of a group that no earlier standard has."""
        return group(code) in self.new


def divisions(code: str) -> frozenset[str]:
    """The two-digit divisions of a code, a group such as `45-47`, or a code with its name after it.

    >>> sorted(divisions("45-47")), sorted(divisions("45.112")), sorted(divisions("Fishing"))
    (['45', '46', '47'], ['45'], [])
    """
    found = _match(code)
    if found is None:
        return frozenset()
    first, last = int(found["first"]), int(found["last"] or found["first"])
    return frozenset(f"{each:02}" for each in range(first, last + 1))


def group(code: str) -> str:
    """The group of three digits a code is of; empty for a division, and for what is no code.

    >>> group("62.010"), group("62.1"), group("62"), group("Fishing")
    ('62.0', '62.1', '', '')
    """
    found = _match(code)
    return f"{found['first']}.{found['rest'][0]}" if found is not None and found["rest"] else ""


def above(code: str) -> list[str]:
    """The coarser codes that hold a code, as digits alone: the division, the group, the class.

    >>> above("45.112"), above("45")
    (['45', '451', '4511'], [])
    """
    digits = digits_of(code)
    return [digits[:length] for length in range(2, len(digits))]


def digits_of(code: str) -> str:
    """The digits of a single code without its stops; empty for a range of divisions and for what is no code.

    >>> digits_of("45.112"), digits_of("45 Car trade"), digits_of("45-47")
    ('45112', '45', '')
    """
    found = _match(code)
    return "" if found is None or found["last"] else found["first"] + (found["rest"] or "").replace(".", "")


def _match(code: str) -> re.Match[str] | None:
    text = code.strip()
    led = _LEADING.match(text)
    return _CODE.match(led[0] if led else text)


@cache
def changes() -> tuple[Change, ...]:
    """Every change of standard that is known, the oldest first."""
    return tuple(
        Change(
            each["before"],
            each["after"],
            {k: tuple(v) for k, v in each["divisions"].items()},
            frozenset(each["only_before"]),
            frozenset(each["only_after"]),
        )
        for each in _file()["changes"]
    )


def standard_of(text: str) -> str | None:
    """The standard a word names; None where it names none that is known."""
    word = " ".join(text.casefold().split())
    return next((name for name, words in _file()["spellings"].items() if word in words), None)


def change_between(standards: Iterable[str], pairs: Iterable[tuple[str, str]] = ()) -> Change | None:
    """The change that lies between the standards of a series; None where there is only one.

    Args:
        standards: those of the series.
        pairs: old code → new code, where the correspondence has been fetched.
    """
    held = set(standards)
    found = next((each for each in changes() if {each.before, each.after} <= held), None)
    known = tuple(pairs)
    return replace(found, pairs=known) if found is not None and known else found


@cache
def _file() -> dict[str, Any]:
    from tyngdepunkt.texts import read_yaml

    found: dict[str, Any] = read_yaml("tyngdepunkt.places", "standards.yaml")
    return found
