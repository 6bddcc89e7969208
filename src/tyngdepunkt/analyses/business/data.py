"""What the analysis takes as given: groups, names, standards and thresholds, from its data files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from tyngdepunkt.places.standards import Change, change_between
from tyngdepunkt.texts import read_yaml

PACKAGE = "tyngdepunkt.analyses.business"
ROOM = "analyses.business"


@cache
def groups() -> Mapping[str, Any]:
    """`groups.yaml`."""
    found: Mapping[str, Any] = read_yaml(PACKAGE, "groups.yaml")
    return found


@cache
def services() -> Mapping[str, Any]:
    """`services.yaml`."""
    found: Mapping[str, Any] = read_yaml(PACKAGE, "services.yaml")
    return found


def name_of(code: str, stored: str, lang: str) -> str:
    """The name of a group of industries: the table's own in nb."""
    told: Mapping[str, str] = groups()["names"].get(code, {})
    return told.get(lang, stored)


def broad_of(code: str) -> str:
    """The broad group of a group of industries; the group itself where it is in none."""
    return next((name for name, codes in groups()["broad"].items() if code in codes), code)


def standard_in(table: str, year: int, known: Mapping[str, Any] | None = None) -> str:
    """The standard of industry that a table has in a year; empty where none is told."""
    entries = (groups()["standards"] if known is None else known).get(table, [])
    held = [each for each in entries if each["from"] <= year]
    return str(max(held, key=lambda each: each["from"])["standard"]) if held else ""


def change_in(
    table: str,
    first: int,
    last: int,
    known: Mapping[str, Any] | None = None,
    pairs: Iterable[tuple[str, str]] = (),
) -> Change | None:
    """The change of standard between two years of a table, if there is one.

    Args:
        table: whose standards are looked up.
        first: the earlier year.
        last: the later year.
        known: standards by table; those of the data file when left out.
        pairs: old code → new code, where the correspondence has been fetched.
    """
    return change_between({standard_in(table, year, known) for year in (first, last)}, pairs)
