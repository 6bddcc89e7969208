"""Reading what agencies publish: nothing but the published tables is looked at."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal

import msgspec

from tyngdepunkt.analyses.contract import Brought
from tyngdepunkt.analyses.joined_functions.result import SuppressionRule
from tyngdepunkt.errors import Faults
from tyngdepunkt.inputs.budget import MOST_POSTS, MOST_SIGNS
from tyngdepunkt.inputs.reading import parse_mapping
from tyngdepunkt.inputs.text import even, shown

ROOM = "analyses.joined_functions"
LIST = "results"
_Positive = Annotated[int, msgspec.Meta(ge=1, le=MOST_POSTS)]
_Name = Annotated[str, msgspec.Meta(max_length=MOST_SIGNS)]
"""As a list of posts may have it, so that no file has a longer one that was not changed by hand."""
_Group = Annotated[str, msgspec.Meta(pattern=r"^[0-9]$")]

Key = tuple[str | None, str | None, str | None]
"""Unit, place and group of a count, each None where it is all of them."""


class _Cell(msgspec.Struct, frozen=True):
    table: Literal["unit_place", "unit_group"]
    unit: _Name | None
    place: _Name | None
    group: _Group | None
    count: _Positive | None
    suppressed: bool


class _Made(msgspec.Struct, frozen=True):
    snapshot: str | None = None


class _File(msgspec.Struct, frozen=True):
    rule: SuppressionRule
    published: list[_Cell]
    agency: _Name | None = None
    made: _Made = _Made()


@dataclass(frozen=True, slots=True)
class Published:
    """The tables of one agency.

    Args:
        agency: who it is.
        where: the file, and its place in it where there are several.
        named: whether the file says who it is; else it is called as the file is.
        counts: key → the count; None where it is hidden.
        snapshot: the figures its places were read by; empty where it does not say.
        whole: whether the file holds what is for the agency's own use too.
    """

    agency: str
    where: str
    named: bool
    counts: Mapping[Key, int | None]
    rule: SuppressionRule
    snapshot: str
    whole: bool


def read_published(files: Sequence[Brought], faults: Faults) -> list[Published]:
    """Every result in every file.

    Args:
        files: JSON; each holds one result, a list of them, or `results`.
        faults: takes what is wrong, one fault for each result.
    """
    found = []
    for file in files:
        for data, where, name in _results(file):
            one = _read(data, where, name, faults)
            if one is not None:
                found.append(one)
    if not faults:
        _refuse_twice(found, faults)
        _refuse_mixed(found, faults)
    return found


def _results(file: Brought) -> Iterator[tuple[Any, str, str]]:
    """Each result, where it is, and what it is called where it does not say who it is from."""
    path = Path(file.name)
    data = _parsed(file, path)
    if isinstance(data, dict) and isinstance(data.get(LIST), list):
        data = data[LIST]
    if not isinstance(data, list):
        yield data, file.name, path.stem
        return
    for at, each in enumerate(data, 1):
        yield each, f"{file.name}, {at}", str(at)


def _parsed(file: Brought, path: Path) -> Any:
    """JSON at its own speed; what is not JSON is read as a case file is, which says what is wrong."""
    text = file.text
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return parse_mapping(text, path, list_as=LIST).data


def _read(data: Any, where: str, name: str, faults: Faults) -> Published | None:
    try:
        file = msgspec.convert(data, _File)
    except msgspec.ValidationError as error:
        field = str(error).rpartition("`$")[2].rstrip("`").lstrip(".") if "`$" in str(error) else ""
        missing = str(error).rpartition("field `")[2].partition("`")[0] if "missing" in str(error) else ""
        told = ".".join(filter(None, (field, missing))) or "…"
        faults.add(f"{ROOM}:not_published", where, field=told)
        return None
    if not file.published:
        faults.add(f"{ROOM}:nothing_published", where)
        return None
    counts: dict[Key, int | None] = {}
    for cell in file.published:
        key = (cell.unit, cell.place, cell.group)
        fits = (cell.count is None) == cell.suppressed and (cell.place is None or cell.group is None)
        if not fits or key in counts:
            faults.add(f"{ROOM}:odd_count", where, count=shown(_said(key)))
            return None
        counts[key] = cell.count
    lacking = sorted({_said(need) for key in counts for need in _needed(key) if need not in counts})
    if lacking:
        faults.add(f"{ROOM}:incomplete", where, count=len(lacking), listed=lacking[:5])
        return None
    own = " ".join((file.agency or "").split())
    whole = isinstance(data, dict) and "functions" in data
    return Published(own or name, where, bool(own), counts, file.rule, file.made.snapshot or "", whole)


def _needed(key: Key) -> Iterator[Key]:
    """The totals that stand beside a count."""
    unit, place, group = key
    yield (None, place, group)
    yield (unit, None, None)
    yield (None, None, None)


def _said(key: Key) -> str:
    return " / ".join("*" if each is None else each or "–" for each in key)


def _refuse_twice(found: Sequence[Published], faults: Faults) -> None:
    """Two results of the same agency: by its name, or since they are the same tables."""
    by_name: dict[str, Published] = {}
    by_tables: dict[frozenset[Any], Published] = {}
    for each in found:
        other = by_name.setdefault(even(each.agency), each)
        if other is not each:
            key = "same_agency" if each.named and other.named else "same_name"
            faults.add(f"{ROOM}:{key}", each.where, agency=shown(each.agency), other=other.where)
            continue
        other = by_tables.setdefault(frozenset(each.counts.items()), each)
        if other is not each:
            faults.add(
                f"{ROOM}:same_tables", each.where, agency=shown(each.agency), other=shown(other.agency)
            )


def _refuse_mixed(found: Sequence[Published], faults: Faults) -> None:
    by_rule: dict[SuppressionRule, list[str]] = {}
    for each in found:
        by_rule.setdefault(each.rule, []).append(each.agency)
    if len(by_rule) < 2:
        return
    told = [
        f"{rule.version} (1–{rule.below - 1}, {rule.width}: {', '.join(agencies[:5])})"
        for rule, agencies in sorted(by_rule.items(), key=lambda each: each[0].version)
    ]
    faults.add(f"{ROOM}:mixed_rules", rules=told)
