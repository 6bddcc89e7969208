"""The snapshot builder: tidy tables in, a verified folder of Parquet files out.

Nothing is written half: the tables are built beside, every table is checked against
`tables.yaml`, all faults are shown together, and only a faultless snapshot takes the old
one's place. The same input gives the same bytes.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import json
import shutil
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tyngdepunkt import swap
from tyngdepunkt.errors import Fault, Faults, UserError
from tyngdepunkt.places.build_catalogue import PROVENANCE, Catalogue, TableSpec, catalogue
from tyngdepunkt.places.build_sql import create_from_rows
from tyngdepunkt.places.checks import check_tables
from tyngdepunkt.places.snapshot import FORMAT, MANIFEST, identity_of

if TYPE_CHECKING:
    import duckdb

_PARQUET = "FORMAT parquet, PARQUET_VERSION v2, COMPRESSION zstd, COMPRESSION_LEVEL 19, ROW_GROUP_SIZE 200000"


@dataclass(frozen=True, slots=True)
class Rows:
    """Tidy rows in memory: column names and one tuple per row."""

    columns: Sequence[str]
    rows: Iterable[Sequence[Any]]


@dataclass(frozen=True, slots=True)
class Input:
    """One table for the builder.

    Args:
        data: rows in memory, or a Parquet file with the table's columns.
        provenance: what differs from `tables.yaml` for this build: `query`, `date`, `note` …
        carried: the file is a table of an older snapshot: checked anew, but kept byte for byte.
    """

    data: Rows | Path
    provenance: Mapping[str, str | Mapping[str, str]] = field(default_factory=dict)
    carried: bool = False


def build_snapshot(
    inputs: Mapping[str, Input],
    folder: Path,
    *,
    built: dt.date,
    tables: Catalogue | None = None,
    complete: bool = False,
) -> Path:
    """Build a snapshot and put it in `folder` when every check passes.

    Args:
        inputs: table name → its rows and what is special about where they came from.
        folder: where the snapshot shall lie; an older one there is replaced whole.
        built: the date of the build, part of the snapshot's id.
        tables: description of the tables; the product's own unless a test brings another.
        complete: every table and every expected total must be there.

    Returns:
        The folder.

    Raises:
        UserError: everything that is wrong, all at once; the older snapshot is untouched.
    """
    import duckdb

    described = tables or catalogue()
    _check_names(inputs, described, complete=complete)
    with duckdb.connect() as database, _beside(folder) as beside:
        database.execute("SET threads = 1")  # one thread: the same bytes every time
        faults = Faults()
        for spec in described:
            if spec.name in inputs:
                _load(database, spec, inputs[spec.name], faults)
        faults.raise_if_any()
        check_tables(database, described, set(inputs), complete=complete).raise_if_any()
        for spec in described:
            if spec.name in inputs:
                _write(database, spec, inputs[spec.name], beside)
        _write_manifest(database, inputs, described, beside, built)
        put_in_place(beside, folder)
    return folder


def _check_names(inputs: Mapping[str, Input], tables: Catalogue, *, complete: bool) -> None:
    faults = Faults()
    for name in inputs:
        if name not in tables:
            faults.add("sources:unknown_table", table=name, known=[spec.name for spec in tables])
    for spec in tables if complete else ():
        if spec.name not in inputs and not spec.fetched:
            faults.add("sources:missing_table", table=spec.name)
    faults.raise_if_any()


def _load(database: duckdb.DuckDBPyConnection, spec: TableSpec, given: Input, faults: Faults) -> None:
    """Create the table with its own types; a cell that does not fit is a fault, not an empty cell."""
    raw = _raw(database, given.data)
    missing = sorted(set(spec.column_names) - set(raw.columns))
    unexpected = sorted(set(raw.columns) - set(spec.column_names))
    if missing or unexpected:
        faults.add(
            "sources:wrong_columns", spec.name, table=spec.name, missing=missing, unexpected=unexpected
        )
        return
    raw.create_view("_raw", replace=True)
    for column in spec.columns:
        cast = f'try_cast("{column.name}" AS {column.sql_type})'
        sql = f'SELECT count(*) FROM _raw WHERE "{column.name}" IS NOT NULL AND {cast} IS NULL'
        count = database.execute(sql).fetchall()[0][0]
        if count:
            faults.add("sources:wrong_type", spec.name, table=spec.name, column=column.name, count=count)
    casts = ", ".join(f'try_cast("{c.name}" AS {c.sql_type}) AS "{c.name}"' for c in spec.columns)
    order = ", ".join(f'"{name}"' for name in spec.key)
    database.execute(f'CREATE TABLE "{spec.name}" AS SELECT {casts} FROM _raw ORDER BY {order}')
    database.execute("DROP VIEW _raw")


def _raw(database: duckdb.DuckDBPyConnection, data: Rows | Path) -> duckdb.DuckDBPyRelation:
    if isinstance(data, Path):
        return database.read_parquet(str(data))
    create_from_rows(database, "_loaded", data.columns, data.rows)
    return database.table("_loaded")


def _write(database: duckdb.DuckDBPyConnection, spec: TableSpec, given: Input, folder: Path) -> None:
    if given.carried and isinstance(given.data, Path):
        shutil.copyfile(given.data, folder / f"{spec.name}.parquet")
        return
    order = ", ".join(f'"{name}"' for name in spec.key)
    file = str(folder / f"{spec.name}.parquet").replace("'", "''")
    database.execute(f"COPY (SELECT * FROM \"{spec.name}\" ORDER BY {order}) TO '{file}' ({_PARQUET})")


def _write_manifest(
    database: duckdb.DuckDBPyConnection,
    inputs: Mapping[str, Input],
    tables: Catalogue,
    folder: Path,
    built: dt.date,
) -> None:
    entries = [_entry(database, spec, inputs[spec.name], folder) for spec in tables if spec.name in inputs]
    identity = identity_of(built, (entry["sha256"] for entry in entries))
    about = {"format": FORMAT, "id": identity, "built": built.isoformat(), "writer": _writer()}
    manifest = {**about, "tables": entries}
    content = json.dumps(manifest, ensure_ascii=False, indent=1) + "\n"
    (folder / MANIFEST).write_text(content, encoding="utf-8")


def _writer() -> str:
    """The same bytes come only from the same version."""
    import duckdb

    return f"duckdb {duckdb.__version__}"


def _entry(
    database: duckdb.DuckDBPyConnection, spec: TableSpec, given: Input, folder: Path
) -> dict[str, Any]:
    file = folder / f"{spec.name}.parquet"
    told = {**spec.provenance, **given.provenance}
    return {
        "name": spec.name,
        "rows": database.execute(f'SELECT count(*) FROM "{spec.name}"').fetchall()[0][0],
        "bytes": file.stat().st_size,
        "sha256": hashlib.sha256(file.read_bytes()).hexdigest(),
        "years": _years(database, spec),
        **{part: told[part] for part in PROVENANCE if part in told},
    }


def _years(database: duckdb.DuckDBPyConnection, spec: TableSpec) -> list[int]:
    if not spec.year:
        return []
    sql = f'SELECT DISTINCT "{spec.year}" FROM "{spec.name}" ORDER BY 1'
    return [row[0] for row in database.execute(sql).fetchall()]


@contextlib.contextmanager
def _beside(folder: Path) -> Any:
    """A folder beside the wanted one, on the same disk; removed again when it was not swapped in."""
    beside = folder.parent / swap.hidden_name(f"{folder.name}.making")
    try:
        beside.mkdir(parents=True)
    except OSError as error:
        raise UserError(
            Fault("sources:cannot_write", {"folder": str(folder.parent), "reason": error.strerror or ""})
        ) from error
    try:
        yield beside
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def put_in_place(beside: Path, folder: Path) -> None:
    """The old snapshot is there until the new one is: the two change names.

    Where the system cannot do that at once it takes two renames; what a kill leaves between them is
    brought back by `snapshot.heal`.
    """
    for file in [*beside.iterdir(), beside]:
        swap.flush(file)
    if folder.exists() and swap.exchange(beside, folder):
        shutil.rmtree(beside, ignore_errors=True)  # the old one, under that name
        return
    old = folder.parent / swap.hidden_name(f"{folder.name}.old")
    if folder.exists():
        folder.rename(old)
    try:
        beside.rename(folder)
    except OSError:
        if old.exists():
            old.rename(folder)
        raise
    swap.flush(folder.parent)
    shutil.rmtree(old, ignore_errors=True)
