"""How the tables of a snapshot are read: the seam for another engine than DuckDB.

All above asks by name: a table, its columns, and what they must be. No statement is written outside.
"""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from tyngdepunkt.errors import Fault, UserError

if TYPE_CHECKING:
    import duckdb
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class SameAs:
    """What a column must be: as another column of the row, such as home = `SameAs("work")`."""

    column: str


class SnapshotReader(Protocol):
    """Reads the tables of one snapshot; safe from several threads at once.

    In `where`, a column must be a value, one of a list or a set, nothing (`None`), or `SameAs` another.
    Tables and columns that are asked for exist: `Places` has seen to that.
    """

    @property
    def columns(self) -> Mapping[str, tuple[str, ...]]:
        """Table → its columns."""

    def rows(self, table: str, columns: Sequence[str], where: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        """Rows, sorted by the columns asked for; what is missing is None and comes last."""

    def distinct(self, table: str, column: str) -> list[Any]:
        """Every value of a column once, sorted."""

    def arrays(self, table: str, columns: Sequence[str]) -> tuple[NDArray[Any], ...]:
        """Whole columns, in one order; rows with a missing value in any of them are left out."""

    def close(self) -> None:
        """Let go of the files."""


class DuckReader:
    """A snapshot in a DuckDB file, opened read-only.

    Args:
        file: for messages.
        connection: to it; each thread gets a cursor of its own.
    """

    def __init__(self, file: Path, connection: duckdb.DuckDBPyConnection) -> None:
        self.file = file
        self._connection = connection
        self._threads = threading.local()

    @cached_property
    def columns(self) -> Mapping[str, tuple[str, ...]]:
        """Table → its columns."""
        found: dict[str, tuple[str, ...]] = {}
        statement = (
            "SELECT table_name, column_name FROM duckdb_columns() WHERE NOT internal ORDER BY 1, column_index"
        )
        for table, column in self.sql(statement):
            found[table] = (*found.get(table, ()), column)
        return found

    def rows(self, table: str, columns: Sequence[str], where: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        """Rows, sorted by the columns asked for."""
        order = ", ".join(str(place) for place in range(1, len(columns) + 1))
        return self.sql(f'SELECT {_named(columns)} FROM "{table}" {_condition(where)} ORDER BY {order}')

    def distinct(self, table: str, column: str) -> list[Any]:
        """Every value of a column once, sorted."""
        return [row[0] for row in self.sql(f'SELECT DISTINCT "{column}" FROM "{table}" ORDER BY 1')]

    def arrays(self, table: str, columns: Sequence[str]) -> tuple[NDArray[Any], ...]:
        """Whole columns, in one order."""
        known = " AND ".join(f'"{column}" IS NOT NULL' for column in columns)
        found = self._run(f'SELECT {_named(columns)} FROM "{table}" WHERE {known}', ()).fetchnumpy()
        return tuple(found[column] for column in columns)

    def sql(self, statement: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Run one statement of the package's own, never one that a person wrote.

        `values` are bound to its question marks; see `_condition` for what that costs.

        Raises:
            UserError: `places:damaged_database` when the file on disk has been damaged.
        """
        found: list[tuple[Any, ...]] = self._run(statement, values).fetchall()
        return found

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def cursor(self) -> duckdb.DuckDBPyConnection:
        """This thread's cursor."""
        if not hasattr(self._threads, "cursor"):
            self._threads.cursor = self._connection.cursor()
        cursor: duckdb.DuckDBPyConnection = self._threads.cursor
        return cursor

    def _run(self, statement: str, values: Sequence[Any]) -> duckdb.DuckDBPyConnection:
        import duckdb

        try:
            return self.cursor().execute(statement, list(values) or None)
        except duckdb.IOException as error:
            raise UserError(Fault("places:damaged_database", {"file": str(self.file)})) from error


def _named(columns: Sequence[str]) -> str:
    return ", ".join(f'"{column}"' for column in columns)


def _condition(where: Mapping[str, Any]) -> str:
    """The WHERE part.

    Values are written out, not bound: the first bound value makes DuckDB import pandas
    wherever that is installed, and a question would cost two seconds instead of two
    milliseconds.
    """
    parts = []
    for column, value in where.items():
        if value is None:
            parts.append(f'"{column}" IS NULL')
        elif isinstance(value, SameAs):
            parts.append(f'"{column}" = "{value.column}"')
        elif isinstance(value, list | tuple | set | frozenset):
            literals = ", ".join(_literal(each) for each in sorted(value))
            parts.append(f'"{column}" IN ({literals})' if literals else "FALSE")
        else:
            parts.append(f'"{column}" = {_literal(value)}')
    return "WHERE " + " AND ".join(parts) if parts else ""


def _literal(value: Any) -> str:
    """A value as SQL text; only kinds whose every value can be written safely."""
    if isinstance(value, bool | int | float):
        return str(value)
    if isinstance(value, dt.date):
        return f"DATE '{value.isoformat()}'"
    if isinstance(value, str):
        return "'" + value.replace("'", "''") + "'"
    raise TypeError(f"cannot ask for {value!r}")
