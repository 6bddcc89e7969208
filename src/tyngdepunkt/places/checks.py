"""Whether tables in a DuckDB connection are what `tables.yaml` says they are.

Every fault is collected; nothing is mended in silence. The tables lie in the connection
under their own names.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tyngdepunkt.errors import Faults

if TYPE_CHECKING:
    import duckdb

    from tyngdepunkt.places.build_catalogue import Catalogue, Check, Column, TableSpec

_SHOWN = 5


def check_tables(
    database: duckdb.DuckDBPyConnection, tables: Catalogue, present: set[str], *, complete: bool
) -> Faults:
    """Everything that is wrong with the tables that are present.

    Args:
        database: connection that holds the tables.
        tables: their description.
        present: names of the tables that are there; checks that need another one are left out.
        complete: a complete snapshot must give every expected total; else a total whose year is
            not in the table does not apply.
    """
    faults = Faults()
    for spec in tables:
        if spec.name in present:
            _check_rows(database, spec, faults, known_codes="municipality" in present)
    if faults:
        return faults  # sums over rows that are wrong would only repeat the same faults in other words
    others = {spec.name for spec in tables} - present
    for spec in tables:
        if spec.name in present:
            _check_sums(database, spec, faults, others=others, complete=complete)
    return faults


def _check_rows(
    database: duckdb.DuckDBPyConnection, spec: TableSpec, faults: Faults, *, known_codes: bool
) -> None:
    for column in spec.columns:
        _check_cells(database, spec.name, column, faults)
    _check_key(database, spec, faults)
    for column_name in spec.codes if known_codes else ():
        sql = (
            f'SELECT DISTINCT "{column_name}" FROM "{spec.name}" '
            f'WHERE "{column_name}" NOT IN (SELECT code FROM municipality)'
        )
        _report(database, sql, "sources:unknown_code", faults, table=spec.name, column=column_name)


def _check_cells(database: duckdb.DuckDBPyConnection, table: str, column: Column, faults: Faults) -> None:
    if not column.optional:
        empty = _number(database, f'SELECT count(*) FROM "{table}" WHERE "{column.name}" IS NULL')
        if empty:
            faults.add("sources:empty_cell", table, table=table, column=column.name, count=empty)
    if column.values:
        allowed = ", ".join(f"'{value}'" for value in column.values)
        sql = f'SELECT DISTINCT "{column.name}" FROM "{table}" WHERE "{column.name}" NOT IN ({allowed})'
        _report(database, sql, "sources:unknown_value", faults, table=table, column=column.name)


def _check_key(database: duckdb.DuckDBPyConnection, spec: TableSpec, faults: Faults) -> None:
    key = ", ".join(f'"{name}"' for name in spec.key)
    sql = f"SELECT concat_ws(' ', {key}) FROM \"{spec.name}\" GROUP BY {key} HAVING count(*) > 1"
    _report(database, sql, "sources:duplicate_row", faults, table=spec.name, column=", ".join(spec.key))


def _check_sums(
    database: duckdb.DuckDBPyConnection,
    spec: TableSpec,
    faults: Faults,
    *,
    others: set[str],
    complete: bool,
) -> None:
    for check in spec.checks:
        if any(name in check.sql.replace(",", " ").split() for name in others):
            continue
        found = _number(database, check.sql)
        if check.equals is None:
            if found:
                faults.add("sources:broken_rule", spec.name, table=spec.name, says=check.says, count=found)
        else:
            _compare(check, found, faults, table=spec.name, complete=complete)


def _compare(check: Check, found: float | None, faults: Faults, *, table: str, complete: bool) -> None:
    if found == check.equals or (found is None and not complete):
        return
    shown = "–" if found is None else found
    faults.add("sources:wrong_total", table, table=table, says=check.says, found=shown, expected=check.equals)


def _report(database: duckdb.DuckDBPyConnection, sql: str, key: str, faults: Faults, **values: Any) -> None:
    """One fault for all the values a query gives, with how many and the first of them."""
    found = sorted(str(row[0]) for row in database.execute(sql).fetchall())
    if found:
        faults.add(key, values["table"], count=len(found), examples=found[:_SHOWN], **values)


def _number(database: duckdb.DuckDBPyConnection, sql: str) -> Any:
    row = database.execute(sql).fetchone()
    return None if row is None else row[0]
