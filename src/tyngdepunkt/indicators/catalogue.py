"""Reads `catalogue.yaml` and binds each entry to its function."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from tyngdepunkt.figures import Figure, absent
from tyngdepunkt.indicators.base import Compute, Indicator, Points, Question
from tyngdepunkt.texts import read_yaml

if TYPE_CHECKING:
    from tyngdepunkt.places import Places


@cache
def all_indicators() -> Mapping[str, Indicator]:
    """Every indicator by id, in the order they are shown."""
    entries = {key: value for key, value in read_catalogue().items() if not key.startswith("_")}
    return MappingProxyType({key: _indicator(key, dict(entry)) for key, entry in entries.items()})


def for_rules(version: str) -> tuple[Indicator, ...]:
    """The indicators that serve a consideration of a rule set, for instance `2022-08-12`."""
    return tuple(each for each in all_indicators().values() if version in each.considerations)


def get(name: str) -> Indicator:
    """One indicator.

    Raises:
        KeyError: no such indicator. Whoever reads a case checks the id first.
    """
    return all_indicators()[name]


@cache
def read_catalogue() -> Mapping[str, Any]:
    """The catalogue as it stands in the file."""
    content: Mapping[str, Any] = read_yaml("tyngdepunkt.indicators", "catalogue.yaml")
    return content


def find_function(path: str) -> Compute:
    """The function behind `module.function`."""
    module, _, name = path.partition(".")
    function: Compute = getattr(import_module(f"tyngdepunkt.indicators.{module}"), name)
    return function


def _indicator(name: str, entry: dict[str, Any]) -> Indicator:
    tables = tuple(entry.pop("tables"))
    function = find_function(entry.pop("function"))
    value = entry.pop("value")
    return Indicator(
        id=name,
        tables=tables,
        value=_value(value),
        per_job="per_job" in value,
        floor=entry.pop("floor", None),
        common_error=entry.pop("common_error", False),
        weight=float(entry.pop("weight", 1.0)),
        compute=_guarded(function, tables, entry["unit"]),
        **entry,
    )


def _value(given: str | Mapping[str, Any]) -> str | Points:
    if isinstance(given, str):
        return given
    (points,) = given.values()
    return tuple((float(x), float(value)) for x, value in points)


def _guarded(function: Compute, tables: Sequence[str], unit: str) -> Compute:
    """The function, or figures that say so where the snapshot lacks a table it needs."""

    def compute(places: Places, question: Question, codes: Sequence[str]) -> list[Figure]:
        if not all(places.has(table) for table in tables):
            return [absent(unit, note="indicators:no_table")] * len(codes)
        return function(places, question, codes)

    compute.__doc__ = function.__doc__
    return compute
