"""The description of every table (`tables.yaml`) as objects the builder can check against."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

SQL_TYPES = {
    "text": "VARCHAR",
    "integer": "INTEGER",
    "real": "DOUBLE",
    "boolean": "BOOLEAN",
    "date": "DATE",
    "blob": "BLOB",
}


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its type in DuckDB, whether a cell may be empty, the only values allowed, and its title."""

    name: str
    sql_type: str
    optional: bool = False
    values: tuple[str, ...] = ()
    title: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Check:
    """A statement about a table: `sql` gives one number. `equals` is None where it counts bad rows."""

    says: str
    sql: str
    equals: int | None = None


@dataclass(frozen=True, slots=True)
class TableSpec:
    """One table: its columns, its key, its checks and what is told about where it came from.

    `standards` are the standards of industry its rows are of, each with the first year it holds for.
    """

    name: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    provenance: Mapping[str, Any]
    codes: tuple[str, ...] = ()
    year: str = ""
    checks: tuple[Check, ...] = field(default=())
    fetched: bool = False
    standards: tuple[tuple[int, str], ...] = ()

    @property
    def column_names(self) -> tuple[str, ...]:
        """Names of the columns in their order."""
        return tuple(column.name for column in self.columns)


class Catalogue:
    """All tables a snapshot may have, in the order they are built."""

    def __init__(self, tables: Mapping[str, TableSpec]) -> None:
        self._tables = dict(tables)

    def __iter__(self) -> Iterator[TableSpec]:
        return iter(self._tables.values())

    def __contains__(self, name: object) -> bool:
        return name in self._tables

    def __getitem__(self, name: str) -> TableSpec:
        return self._tables[name]


PROVENANCE = ("title", "provider", "reference", "query", "date", "licence", "attribution", "note")


def read_catalogue(described: Mapping[str, Mapping[str, Any]]) -> Catalogue:
    """A catalogue from the content of a `tables.yaml`; entries that begin with `_` are shared parts."""
    names = [name for name in described if not name.startswith("_")]
    return Catalogue({name: _table(name, described[name]) for name in names})


@cache
def catalogue() -> Catalogue:
    """The tables of Tyngdepunkt."""
    from tyngdepunkt.texts import read_yaml

    return read_catalogue(read_yaml("tyngdepunkt.places", "tables.yaml"))


def _table(name: str, entry: Mapping[str, Any]) -> TableSpec:
    return TableSpec(
        name=name,
        columns=tuple(_column(column, entry["columns"][column]) for column in entry["columns"]),
        key=tuple(entry["key"]),
        provenance={part: entry[part] for part in PROVENANCE if part in entry},
        codes=tuple(entry.get("codes", ())),
        year=entry.get("year", ""),
        fetched=bool(entry.get("fetched", False)),
        standards=tuple(sorted(entry.get("standards", {}).items())),
        checks=tuple(_checks(entry)),
    )


def _column(name: str, entry: Mapping[str, Any]) -> Column:
    return Column(
        name=name,
        sql_type=SQL_TYPES[entry["type"]],
        optional=bool(entry.get("optional", False)),
        values=tuple(str(value) for value in entry.get("values", ())),
        title=entry.get("title", {}),
    )


def _checks(entry: Mapping[str, Any]) -> Iterator[Check]:
    for total in entry.get("expected", ()):
        yield Check(total["says"], total["sql"], int(total["is"]))
    for rule in entry.get("must", ()):
        yield Check(rule["says"], rule["sql"])
