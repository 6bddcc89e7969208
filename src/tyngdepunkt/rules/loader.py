"""Reads the register and the rule sets; nothing is read before it is asked for.

`guidelines/DATE.yaml` says which rules a set holds. `register/RNN.yaml` says what each rule
says in which period. The loader joins the two: the version of the rule that is valid on the
set's first day (for a rule carried over: the version that ended on that day).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any

from tyngdepunkt.errors import Fault, UserError
from tyngdepunkt.rules.case_facts import Trigger
from tyngdepunkt.rules.model import Consideration, Rule, RuleSet, Source
from tyngdepunkt.texts import read_yaml

_PACKAGE = "tyngdepunkt.rules"


@cache
def versions() -> tuple[str, ...]:
    """Every rule set there is, oldest first, named by the date of its decree."""
    folder = resources.files(_PACKAGE).joinpath("guidelines")
    return tuple(sorted(file.name.removesuffix(".yaml") for file in folder.iterdir()))


def rule_set(version: str) -> RuleSet:
    """The rule set with this name.

    Raises:
        UserError: rules:unknown_version, naming the sets there are.
    """
    if version not in versions():
        raise UserError(Fault("rules:unknown_version", {"version": version, "versions": versions()}))
    return _read_set(version)


def newest() -> RuleSet:
    """The rule set that was decreed last."""
    return _read_set(versions()[-1])


def rule_set_on(date: dt.date) -> RuleSet:
    """The rule set in force on a date.

    Raises:
        UserError: rules:no_rule_set where none is encoded for that day.
    """
    for version in reversed(versions()):
        if dt.date.fromisoformat(version) <= date:
            return _read_set(version)
    raise UserError(Fault("rules:no_rule_set", {"date": date, "versions": versions()}))


@cache
def sources() -> Mapping[str, Source]:
    """Every page and document the register refers to."""
    entries = read_yaml(_PACKAGE, "sources.yaml")
    return {key: Source(id=key, **entry) for key, entry in entries.items()}


@cache
def register_entry(rule_id: str) -> Mapping[str, Any]:
    """The register's file for one rule, as it is written."""
    entry: Mapping[str, Any] = read_yaml(_PACKAGE, f"register/R{int(rule_id[1:]):02d}.yaml")
    return entry


@cache
def _read_set(version: str) -> RuleSet:
    entry = read_yaml(_PACKAGE, f"guidelines/{version}.yaml")
    return RuleSet(
        version=version,
        title=entry["title"],
        adopted=entry["adopted"],
        valid_from=entry["valid_from"],
        valid_to=entry["valid_to"],
        status=entry["status"],
        considerations=tuple(_consideration(item) for item in entry["considerations"]),
        rules=tuple(_rule(item, version) for item in entry["rules"]),
        carried=tuple(_carried(item, version) for item in entry.get("carried", ())),
        sources=tuple(sources()[item] for item in entry["sources"]),
        notes=entry["notes"],
    )


def _consideration(item: Mapping[str, Any]) -> Consideration:
    return Consideration(
        id=item["id"],
        title=item["title"],
        source=sources()[item["source"]],
        basis=item["basis"],
        read_in=sources()[item["read_in"]] if "read_in" in item else None,
    )


def _rule(rule_id: str, version: str) -> Rule:
    """The version of a rule that stands in a rule set."""
    for item in register_entry(rule_id)["versions"]:
        if version in item["standing"]:
            return _build(rule_id, item, item["standing"][version], version)
    raise KeyError(f"{rule_id} does not stand in {version}")


def _carried(rule_id: str, version: str) -> Rule:
    """The version of a rule that ended on the first day of a rule set."""
    for item in register_entry(rule_id)["versions"]:
        if str(item["valid_to"]) == version:
            last = max(item["standing"])
            return _build(rule_id, item, item["standing"][last], last)
    raise KeyError(f"{rule_id} did not end on {version}")


def _build(rule_id: str, item: Mapping[str, Any], standing: Mapping[str, str], version: str) -> Rule:
    entry = register_entry(rule_id)
    return Rule(
        id=rule_id,
        title=entry["title"],
        text=item["text"],
        level=item["level"],
        kind=entry["kind"],
        applies_to=tuple(Trigger(name) for name in item["applies_to"]),
        evaluator=item["evaluator"],
        source=sources()[standing["source"]],
        basis=standing["basis"],
        status=standing["status"],
        valid_from=item["valid_from"],
        valid_to=item["valid_to"],
        checked_on=item["checked_on"],
        explained_by=tuple(item.get("explained_by", ())),
        parameters=item.get("parameters", {}),
        refers_to=tuple(_rule(other, version) for other in item.get("refers_to", ())),
        point=standing.get("point", ""),
        read_in=sources()[standing["read_in"]] if "read_in" in standing else None,
    )
