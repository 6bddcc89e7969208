"""Whether a snapshot on disk is whole: the files, the rules of its tables, the known totals."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from tyngdepunkt.errors import Faults
from tyngdepunkt.figures import Phrase
from tyngdepunkt.places.models import Snapshot
from tyngdepunkt.places.snapshot import checksum_faults, embedded_folder, parquet_file

if TYPE_CHECKING:
    import duckdb


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
        if spec.name not in present and not spec.fetched:
            file = str(parquet_file(folder, spec.name))
            faults.add("places:missing_table", table=spec.name, file=file)


def told_of_snapshot(folder: Path, found: Snapshot) -> list[Phrase]:
    """What was not checked in a snapshot that is whole: no fault, but not to be kept silent."""
    from tyngdepunkt.places.border_checks import told_of_borders
    from tyngdepunkt.places.road_checks import told_of_roads

    with _tables(folder, found) as (database, present, _):
        return [*told_of_roads(database, present, found.built), *told_of_borders(database, present)]


def _check_content(folder: Path, found: Snapshot, *, complete: bool) -> Faults:
    from tyngdepunkt.places.build_catalogue import catalogue
    from tyngdepunkt.places.build_folder import not_embedded, without_totals
    from tyngdepunkt.places.checks import check_tables
    from tyngdepunkt.places.road_checks import check_roads

    described = catalogue() if complete else without_totals(not_embedded(found))
    with _tables(folder, found) as (database, present, faults):
        return (
            faults
            or check_tables(database, described, present, complete=complete)
            or check_roads(database, present, found.built)
        )


@contextmanager
def _tables(folder: Path, found: Snapshot) -> Iterator[tuple[duckdb.DuckDBPyConnection, set[str], Faults]]:
    """The tables of a snapshot in a connection, their names, and those that cannot be read."""
    import duckdb

    from tyngdepunkt.places.build_catalogue import catalogue

    faults = Faults()
    known = [table for table in found.tables if table.name in catalogue()]
    with duckdb.connect() as database:
        for table in known:
            file = parquet_file(folder, table.name)
            try:
                database.read_parquet(str(file)).create(table.name)
            except duckdb.Error:
                faults.add("places:unreadable_table", table=table.name, file=str(file))
        yield database, {table.name for table in known}, faults
