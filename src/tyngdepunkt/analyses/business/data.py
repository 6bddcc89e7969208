"""What the analysis takes as given: groups, names and thresholds; and the standards that tables declare."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from tyngdepunkt import texts
from tyngdepunkt.places.build_catalogue import catalogue
from tyngdepunkt.places.standards import Change, change_between
from tyngdepunkt.texts import read_yaml

PACKAGE = "tyngdepunkt.analyses.business"
ROOM = "analyses.business"
Standards = Mapping[str, Sequence[tuple[int, str]]]
"""Table → first year and the standard of industry it has from then."""


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


def quoted(names: Iterable[str], lang: str) -> list[str]:
    """Names in quotation marks, for a list of them: many hold a comma or an `og` of their own."""
    return [texts.text(f"{ROOM}:quoted", lang, name=name) for name in names]


def broad_of(code: str) -> str:
    """The broad group of a group of industries; the group itself where it is in none."""
    return next((name for name, codes in groups()["broad"].items() if code in codes), code)


def standard_in(table: str, year: int, known: Standards | None = None) -> str:
    """The standard of industry that a table has in a year, as the table declares; empty where it does not."""
    declared = {table: catalogue()[table].standards} if known is None else known
    held = [each for each in declared.get(table, ()) if each[0] <= year]
    return max(held)[1] if held else ""


def change_in(
    table: str,
    first: int,
    last: int,
    known: Standards | None = None,
    pairs: Iterable[tuple[str, str]] = (),
) -> Change | None:
    """The change of standard between two years of a table, if there is one.

    Args:
        table: whose standards are looked up.
        first: the earlier year.
        last: the later year.
        known: standards by table; those the table declares (`places/tables.yaml`) when left out.
        pairs: old code → new code, where the correspondence has been fetched.
    """
    return change_between({standard_in(table, year, known) for year in (first, last)}, pairs)
