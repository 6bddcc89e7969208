"""Entities that Enhetsregisteret has removed from open data, taken out of the table of its nightly file.

Source: OpenAPI 2.0.0 of the register: "Fjernet … Eventuelle kopier skal også fjerne enheten". A deleted
entity stays, with its date of deletion: that is another thing.
"""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import TYPE_CHECKING

from tyngdepunkt import swap
from tyngdepunkt.errors import Fault, UserError

if TYPE_CHECKING:
    import duckdb

_MEMORY, _THREADS = "250MB", 2


def remove(table: Path, numbers: Collection[str]) -> int:
    """Take entities out of a table; the old one stays until the new one is whole. How many were there.

    Args:
        table: what `data register` made; where there is none, nothing is done.
        numbers: organisation numbers of nine digits.

    Raises:
        UserError: the table cannot be read or written.
    """
    if not numbers or not table.is_file():
        return 0
    import duckdb

    beside = table.with_name(swap.hidden_name(f"{table.name}-without"))
    try:
        with duckdb.connect(config={"memory_limit": _MEMORY, "threads": _THREADS}) as database:
            found = _without(database, table, sorted(numbers), beside)
        if found:
            swap.flush(beside)
            beside.replace(table)
        return found
    except (duckdb.Error, OSError) as error:
        reason = getattr(error, "strerror", None) or str(error).splitlines()[0]
        values = {"file": table.name, "reason": reason}
        raise UserError(Fault("sources:unreadable", values, str(table))) from error
    finally:
        beside.unlink(missing_ok=True)


def _without(database: duckdb.DuckDBPyConnection, table: Path, numbers: list[str], out: Path) -> int:
    asked = {"file": str(table), "numbers": numbers}
    hits = "SELECT count(*) FROM read_parquet($file) WHERE list_contains($numbers, number)"
    ((found,),) = database.execute(hits, asked).fetchall()
    if found:
        rest = "SELECT * FROM read_parquet($file) WHERE NOT list_contains($numbers, number)"
        target = str(out).replace("'", "''")
        database.execute(f"COPY ({rest}) TO '{target}' (FORMAT parquet, COMPRESSION zstd)", asked)
    return int(found)
