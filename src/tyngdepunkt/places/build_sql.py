"""The named SQL statements of `tables/`, and rows from memory as a table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import duckdb


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
    """Create table `name` from rows in memory; an empty one has text columns."""
    import numpy as np

    held = list(rows)
    if not held:
        typed = ", ".join(f'"{column}" VARCHAR' for column in columns)
        database.execute(f'CREATE OR REPLACE TABLE "{name}" ({typed})')
        return
    arrays = {}
    for column, values in zip(columns, zip(*held, strict=True), strict=True):
        arrays[column] = np.empty(len(values), dtype=object)
        arrays[column][:] = values
    database.register("_arrays", arrays)
    database.execute(f'CREATE OR REPLACE TABLE "{name}" AS SELECT * FROM _arrays')
    database.unregister("_arrays")
