"""Tables that can be fetched, as `tables.yaml` declares them: which, with what query, what is known of them.

Nothing is asked of a service here. A file of the same form may be given in its place, for another address or
other tables; every fault of it is told at once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

import msgspec

from tyngdepunkt.errors import Fault, Faults, UserError
from tyngdepunkt.settings import LANGUAGES
from tyngdepunkt.sources import ssb
from tyngdepunkt.sources._files import read_text
from tyngdepunkt.sources.http import plain_address
from tyngdepunkt.sources.pxweb import Query

MUNICIPALITIES = "@municipality"
"""Stands in a selection for the municipalities of the snapshot in use."""
FED = tuple(source.name for source in ssb.SOURCES)
"""Files that a declared table may become."""
_ID = re.compile(r"[\w-]{1,40}")
_SETS = (MUNICIPALITIES,)

Texts = dict[str, str]


class Provider(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A service that speaks PxWebApi 2."""

    name: Texts
    base: str
    licence: str


class Total(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"equals": "is"}):
    """A known sum of one column of a table of the snapshot over one year; `within` is a share of it."""

    table: str
    column: str
    year: int
    equals: float
    within: float = 0.0


class _Table(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    provider: str
    title: Texts
    feeds: str
    select: dict[str, list[str]]
    unit: str
    cadence: Literal["yearly", "quarterly", "monthly", "when it changes"]
    makes: dict[str, list[str]]
    text: str
    codelists: dict[str, str] = msgspec.field(default_factory=dict)
    place: str = ""
    licence: str = ""
    told: dict[str, dict[str, Texts]] = msgspec.field(default_factory=dict)
    expected: list[Total] = msgspec.field(default_factory=list)
    language: str = "no"


class Wanted(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A table that would be of use, and what keeps it from being fetched."""

    id: str
    title: str
    lacks: str
    text: str = ""


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    providers: dict[str, Provider]
    tables: dict[str, _Table]
    wanted: list[Wanted] = msgspec.field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Declared:
    """One table that can be fetched.

    Args:
        id: as the provider names it, for instance `07459`.
        provider: who publishes it, and where.
        title: what it holds, in each language.
        feeds: file without ending in a folder of official files, for instance `ssb/07459`.
        select: variable → codes, with wildcards and sets.
        codelists: variable → grouping or value set.
        place: the variable with municipalities; empty where there are two, or none.
        unit: what is counted.
        licence: what the figures may be used under.
        cadence: how often it comes.
        makes: table of the snapshot → its columns that are held against the snapshot before.
        told: table of the snapshot → what is told of it when it was made from this query.
        expected: totals that are known.
        text: a public text with the query or its variables.
        language: of labels, as the service names it.
    """

    id: str
    provider: Provider
    title: Mapping[str, str]
    feeds: str
    select: Mapping[str, Sequence[str]]
    codelists: Mapping[str, str]
    place: str
    unit: str
    licence: str
    cadence: str
    makes: Mapping[str, Sequence[str]]
    told: Mapping[str, Mapping[str, Texts]]
    expected: Sequence[Total]
    text: str
    language: str

    def query(self, municipalities: Sequence[str]) -> Query:
        """The query, with the codes of the municipalities in the place of their set."""
        select = {
            name: tuple(municipalities) if MUNICIPALITIES in codes else tuple(codes)
            for name, codes in self.select.items()
        }
        return Query(self.id, select, self.codelists, self.language)


@dataclass(frozen=True, slots=True)
class Tables:
    """What a file declares: id → table, and the tables that are wanted."""

    tables: Mapping[str, Declared]
    wanted: Sequence[Wanted]

    def chosen(self, ids: Sequence[str]) -> list[Declared]:
        """The tables with these ids in the order of the file; all of them where none is named.

        Raises:
            UserError: `sources:not_declared`, one fault for each id that is not there.
        """
        faults = Faults()
        for wanted in ids:
            if wanted not in self.tables:
                faults.add("sources:not_declared", table=wanted[:40], known=list(self.tables))
        faults.raise_if_any()
        return [table for table in self.tables.values() if not ids or table.id in ids]


@cache
def own_tables() -> Tables:
    """The tables that Tyngdepunkt declares."""
    from tyngdepunkt.texts import read_yaml

    return _declared(read_yaml("tyngdepunkt.sources", "tables.yaml"), "tables.yaml")


def read_tables(file: Path) -> Tables:
    """The tables of a file of the same form.

    Raises:
        UserError: the file cannot be read, and everything that is wrong in it. An address is never shown,
            since it may hold a password.
    """
    import yaml

    try:
        content = yaml.safe_load(read_text(file))
    except (yaml.YAMLError, RecursionError) as error:
        raise UserError(Fault("sources:not_tables", {"reason": "YAML"}, _line(file, error))) from error
    return _declared(content, str(file))


def _line(file: Path, error: Exception) -> str:
    mark = getattr(error, "problem_mark", None)
    return f"{file}, line {mark.line + 1}" if mark else str(file)


def _declared(content: Any, where: str) -> Tables:
    try:
        found = msgspec.convert(content, _File)
    except msgspec.ValidationError as error:
        raise UserError(Fault("sources:not_tables", {"reason": str(error)}, where)) from error
    faults = Faults()
    for name, provider in found.providers.items():
        _check_provider(f"{where}: {name}", provider, faults)
    for name, table in found.tables.items():
        for reason in _wrong(name, table, found.providers):
            faults.add("sources:not_tables", f"{where}: {name}", reason=reason)
    feeds = [table.feeds for table in found.tables.values()]
    for twice in sorted({feed for feed in feeds if feeds.count(feed) > 1}):
        faults.add("sources:not_tables", where, reason=f"{twice} twice")
    faults.raise_if_any()
    tables = {name: _table(name, table, found.providers) for name, table in found.tables.items()}
    return Tables(tables, found.wanted)


def _check_provider(where: str, provider: Provider, faults: Faults) -> None:
    try:
        plain_address(provider.base)
    except UserError as error:
        faults.extend(error.at(where).faults)
    if set(provider.name) != set(LANGUAGES) or not provider.licence.strip():
        faults.add("sources:not_tables", where, reason="name, licence")


def _wrong(name: str, table: _Table, providers: Mapping[str, Provider]) -> Iterator[str]:
    """What is wrong with one table, each in the words of the file."""
    if not _ID.fullmatch(name):
        yield "id"
    if table.provider not in providers:
        yield f"provider: {table.provider[:40]}"
    if table.feeds not in FED:
        yield f"feeds: {table.feeds[:40]} ({', '.join(FED)})"
    for key, told in {"title": table.title, **_flat(table.told)}.items():
        if set(told) != set(LANGUAGES) or not all(words.strip() for words in told.values()):
            yield f"{key}: {', '.join(LANGUAGES)}"
    if not table.select or not table.makes or not table.text.strip() or not table.unit.strip():
        yield "select, makes, text, unit"
    yield from _wrong_codes(table)
    yield from _wrong_totals(table)


def _flat(told: Mapping[str, Mapping[str, Texts]]) -> dict[str, Texts]:
    return {f"told.{table}.{part}": words for table, parts in told.items() for part, words in parts.items()}


def _wrong_codes(table: _Table) -> Iterator[str]:
    for variable, codes in table.select.items():
        unknown = [code for code in codes if code.startswith("@") and code not in _SETS]
        mixed = len(codes) > 1 and any(code in _SETS for code in codes)
        if not codes or not all(codes) or len(set(codes)) < len(codes) or unknown or mixed:
            yield f"select.{variable}"
    for variable in {*table.codelists, *([table.place] if table.place else [])} - set(table.select):
        yield f"codelists, place: {variable}"


def _wrong_totals(table: _Table) -> Iterator[str]:
    for total in table.expected:
        if total.table not in table.makes or not 0 <= total.within < 1:
            yield f"expected: {total.table} {total.year}"
    for name in set(table.told) - set(table.makes):
        yield f"told: {name}"


def _table(name: str, given: _Table, providers: Mapping[str, Provider]) -> Declared:
    provider = providers[given.provider]
    parts = {part: getattr(given, part) for part in given.__struct_fields__}
    return Declared(
        **{**parts, "id": name, "provider": provider, "licence": given.licence or provider.licence}
    )
