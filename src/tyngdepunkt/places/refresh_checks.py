"""What a table that was fetched must be besides what the rules of its table say: whole, and as known."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tyngdepunkt.errors import Faults
from tyngdepunkt.places.build_catalogue import catalogue
from tyngdepunkt.places.snapshot import parquet_file
from tyngdepunkt.sources.declared import Declared

_SHOWN = 5


def check_places(folder: Path, tables: Sequence[Declared]) -> Faults:
    """Every municipality must have rows in the newest year: a part would look like the whole."""
    faults = Faults()
    for name in _made(tables):
        spec = catalogue()[name]
        if not spec.year or not spec.codes:
            continue
        file, every = (_quoted(parquet_file(folder, each)) for each in (name, "municipality"))
        sql = (
            f'SELECT m.code, (SELECT max("{spec.year}") FROM {file}) FROM {every} m WHERE m.code NOT IN '
            f'(SELECT "{spec.codes[0]}" FROM {file} WHERE "{spec.year}" = '
            f'(SELECT max("{spec.year}") FROM {file})) ORDER BY m.code'
        )
        rows = _rows(sql)
        if rows:
            values = {"table": name, "year": str(rows[0][1]), "count": len(rows)}
            faults.add("places:places_missing", name, **values, examples=[row[0] for row in rows[:_SHOWN]])
    return faults


def check_totals(folder: Path, tables: Sequence[Declared]) -> Faults:
    """Known sums over a year; one that is not in the table does not apply."""
    faults = Faults()
    for total in (total for table in tables for total in table.expected):
        spec = catalogue()[total.table]
        file = _quoted(parquet_file(folder, total.table))
        [(found,)] = _rows(f'SELECT sum("{total.column}") FROM {file} WHERE "{spec.year}" = {total.year}')
        if found is not None and abs(float(found) - total.equals) > total.within * total.equals:
            told = {"table": total.table, "column": total.column, "year": str(total.year)}
            values = {**told, "found": float(found), "expected": total.equals}
            faults.add("places:known_total", total.table, **values)
    return faults


def _made(tables: Sequence[Declared]) -> list[str]:
    return [name for table in tables for name in table.makes]


def _quoted(file: Path) -> str:
    return "'" + str(file).replace("'", "''") + "'"


def _rows(sql: str) -> list[tuple[Any, ...]]:
    import duckdb

    with duckdb.connect() as database:
        return database.execute(sql).fetchall()
