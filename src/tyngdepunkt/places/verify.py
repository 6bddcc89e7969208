"""Whether a snapshot on disk is whole: the files, the rules of its tables, the known totals."""

from __future__ import annotations

from pathlib import Path

from tyngdepunkt.errors import Faults
from tyngdepunkt.places.models import Snapshot
from tyngdepunkt.places.snapshot import checksum_faults, embedded_folder, parquet_file


def verify_snapshot(folder: Path, found: Snapshot) -> Faults:
    """Everything that is wrong with a snapshot.

    The tables are only looked into when every file is the one the manifest describes. The
    embedded snapshot must have every table and every known total; one that was built here
    may lack what its sources lack.
    """
    complete = folder.resolve() == embedded_folder().resolve()
    faults = checksum_faults(folder, found)
    if complete:
        _check_completeness(folder, found, faults)
    return faults or _check_content(folder, found, complete=complete)


def _check_completeness(folder: Path, found: Snapshot, faults: Faults) -> None:
    from tyngdepunkt.places.build_catalogue import catalogue

    present = {table.name for table in found.tables}
    for spec in catalogue():
        if spec.name not in present:
            file = str(parquet_file(folder, spec.name))
            faults.add("places:missing_table", table=spec.name, file=file)


def _check_content(folder: Path, found: Snapshot, *, complete: bool) -> Faults:
    import duckdb

    from tyngdepunkt.places.build_catalogue import catalogue
    from tyngdepunkt.places.checks import check_tables

    faults = Faults()
    known = [table for table in found.tables if table.name in catalogue()]
    with duckdb.connect() as database:
        for table in known:
            file = parquet_file(folder, table.name)
            try:
                database.read_parquet(str(file)).create(table.name)
            except duckdb.Error:
                faults.add("places:unreadable_table", table=table.name, file=str(file))
        present = {table.name for table in known}
        return faults or check_tables(database, catalogue(), present, complete=complete)
