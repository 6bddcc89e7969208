"""Codes of STYRK-98, which payrolls still use with seven digits, to occupations of STYRK-08."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

from tyngdepunkt.analyses.functions.values import PACKAGE
from tyngdepunkt.texts import read_yaml

LENGTH = 7


@cache
def _groups() -> Mapping[str, Mapping[str, str]]:
    found: Mapping[str, Mapping[str, str]] = read_yaml(PACKAGE, "catalogue.yaml")["codes"]
    return found


def _endings(ranges: str) -> Iterator[str]:
    for each in ranges.split():
        first, _, last = each.partition("-")
        yield from (f"{number:03}" for number in range(int(first), int(last or first) + 1))


@cache
def _of_seven_digits() -> Mapping[str, str]:
    return {
        old + ending: new
        for old, occupations in _groups().items()
        for new, ranges in occupations.items()
        for ending in _endings(ranges)
    }


def occupation_of(code: str) -> str | None:
    """The occupation of a code of seven digits; None where the catalogue has no such code.

    >>> occupation_of("1120127"), occupation_of("9999999")
    ('1112', None)
    """
    return _of_seven_digits().get(code)


@cache
def successors(old: str) -> tuple[str, ...]:
    """Occupations that a group of four digits of STYRK-98 became, that with most codes first.

    >>> successors("2511")[:2], successors("9999")
    (('2411', '3313'), ())
    """
    found = _groups().get(old, {})
    sizes = {new: sum(1 for _ in _endings(ranges)) for new, ranges in found.items()}
    return tuple(sorted(sizes, key=lambda new: (-sizes[new], new)))
