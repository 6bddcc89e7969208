"""Tests look at a snapshot past the questions of the store, and read it with another engine."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
from numpy.typing import NDArray

from tyngdepunkt.places import Places
from tyngdepunkt.places.reader import DuckReader, SameAs


def duck(places: Places) -> DuckReader:
    """The engine that is in use."""
    assert isinstance(places.reader, DuckReader)
    return places.reader


def sql(places: Places, statement: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
    """A statement of the test's own."""
    return duck(places).sql(statement, values)


class ListReader:
    """The tables of a snapshot as lists, filtered and sorted row by row in Python."""

    def __init__(self, folder: Path) -> None:
        self._files = {each.stem: each for each in folder.glob("*.parquet")}
        self._tables: dict[str, dict[str, list[Any]]] = {}

    @property
    def columns(self) -> Mapping[str, tuple[str, ...]]:
        return {name: tuple(self._table(name)) for name in self._files}

    def rows(self, table: str, columns: Sequence[str], where: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        held = self._table(table)
        count = len(next(iter(held.values())))
        kept = [i for i in range(count) if all(_fits(held, i, name, value) for name, value in where.items())]
        found = [tuple(held[column][i] for column in columns) for i in kept]
        return sorted(found, key=lambda row: [(value is None, value) for value in row])

    def distinct(self, table: str, column: str) -> list[Any]:
        return sorted(set(self._table(table)[column]))

    def arrays(self, table: str, columns: Sequence[str]) -> tuple[NDArray[Any], ...]:
        rows = [row for row in self.rows(table, columns, {}) if None not in row]
        return tuple(np.array([row[i] for row in rows]) for i in range(len(columns)))

    def close(self) -> None:
        self._tables.clear()

    def _table(self, name: str) -> dict[str, list[Any]]:
        if name not in self._tables:
            found = duckdb.read_parquet(str(self._files[name]))
            rows = found.fetchall()
            self._tables[name] = {column: [row[i] for row in rows] for i, column in enumerate(found.columns)}
        return self._tables[name]


def _fits(held: Mapping[str, list[Any]], i: int, name: str, wanted: Any) -> bool:
    value = held[name][i]
    if wanted is None or value is None:
        return value is None and wanted is None
    if isinstance(wanted, SameAs):
        return bool(value == held[wanted.column][i])
    if isinstance(wanted, list | tuple | set | frozenset):
        return value in wanted
    return bool(value == wanted)
