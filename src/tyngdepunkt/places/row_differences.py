"""Rows of a table that are new, gone and changed from one snapshot to another."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tyngdepunkt.errors import Fault, UserError
from tyngdepunkt.places.build_catalogue import TableSpec
from tyngdepunkt.places.snapshot import parquet_file

if TYPE_CHECKING:
    import duckdb


def counted_rows(spec: TableSpec, before: Path, after: Path) -> tuple[int, int, int]:
    """Rows that are new, gone and changed, told apart by the table's key."""
    import duckdb

    with duckdb.connect() as database:
        try:
            for side, folder in (("a", before), ("b", after)):
                database.read_parquet(str(parquet_file(folder, spec.name))).create_view(side)
            return _counted(database, spec)
        except duckdb.Error as error:
            fault = Fault("places:cannot_compare", {"table": spec.name, "reason": str(error).splitlines()[0]})
            raise UserError(fault) from error


def _counted(database: duckdb.DuckDBPyConnection, spec: TableSpec) -> tuple[int, int, int]:
    key = ", ".join(f'"{name}"' for name in spec.key)
    cells = [name for name in spec.column_names if name not in spec.key]
    differ = " OR ".join(f'a."{name}" IS DISTINCT FROM b."{name}"' for name in cells) or "FALSE"

    def count(sql: str) -> int:
        return int(database.execute(f"SELECT count(*) FROM {sql}").fetchall()[0][0])

    return (
        count(f"b ANTI JOIN a USING ({key})"),
        count(f"a ANTI JOIN b USING ({key})"),
        count(f"a JOIN b USING ({key}) WHERE {differ}"),
    )
