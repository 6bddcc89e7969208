"""The named SQL statements of `tables/`, and rows from memory as a table."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import duckdb

_SQL_TYPES = {bool: "BOOLEAN", bytes: "BLOB", dt.date: "DATE"}


@cache
def statement(name: str) -> str:
    """The statement that derives table `name`; its comment says what it reads."""
    folder = resources.files("tyngdepunkt.places").joinpath("tables")
    return folder.joinpath(f"{name}.sql").read_text(encoding="utf-8")


def derive(database: duckdb.DuckDBPyConnection, name: str) -> None:
    """Create table `name` by its statement, in place of an older one."""
    database.execute(f'CREATE OR REPLACE TABLE "{name}" AS {statement(name)}')


def recode(database: duckdb.DuckDBPyConnection) -> None:
    """Create `recoded` from `long_form` (see `tables/recode.sql`); `share_override` may be absent."""
    database.execute(
        "CREATE TABLE IF NOT EXISTS share_override"
        "(year INTEGER, part VARCHAR, old_code VARCHAR, new_code VARCHAR, share DOUBLE)"
    )
    database.execute(f"CREATE OR REPLACE TABLE recoded AS {statement('recode')}")
    database.execute("DROP TABLE share_override")


def create_from_rows(
    database: duckdb.DuckDBPyConnection, name: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]
) -> None:
    """Create table `name` from rows in memory; a column without any value is text."""
    held = list(rows)
    lists = [list(values) for values in zip(*held, strict=True)] if held else [[] for _ in columns]
    typed = ", ".join(
        f'unnest(CAST(? AS {_sql_type(values)}[])) AS "{column}"'
        for column, values in zip(columns, lists, strict=True)
    )
    database.execute(f'CREATE OR REPLACE TABLE "{name}" AS SELECT {typed}', lists)


def _sql_type(values: Sequence[Any]) -> str:
    """The one DuckDB type that holds every value; text where they are of several kinds."""
    kinds = {type(value) for value in values if value is not None}
    if kinds and kinds <= {int, float}:
        return "BIGINT" if kinds == {int} else "DOUBLE"
    return _SQL_TYPES.get(kinds.pop(), "VARCHAR") if len(kinds) == 1 else "VARCHAR"
