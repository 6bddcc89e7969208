"""How far a new snapshot lies from the one before: what a person must have looked at before it is used.

Figures move from year to year, and a table that was read wrongly moves more. Sums per place, and of all
places that both have, are held against each other: in the newest year that both have, and from the newest
year of the one to the newest of the other.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tyngdepunkt.errors import Fault
from tyngdepunkt.places.build_catalogue import TableSpec, catalogue
from tyngdepunkt.places.row_differences import counted_rows
from tyngdepunkt.places.snapshot import parquet_file, read_manifest
from tyngdepunkt.texts import number

if TYPE_CHECKING:
    import duckdb

PLACE, ALL = 0.20, 0.05
"""Shares that a place, and all places together, may move by."""
FLOOR = 10
"""Persons: what moves by no more is passed over, since small numbers are rounded by the provider."""
_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Moved:
    """One place whose figure moved."""

    code: str
    before: float
    after: float | None

    @property
    def share(self) -> float:
        """Change as a share of what it was; a figure that is gone is a change of all."""
        after = self.after or 0.0
        return abs(after - self.before) / self.before if self.before else float("inf")


@dataclass(frozen=True, slots=True)
class Drift:
    """One column of one table, held against the snapshot before.

    Args:
        table: name in the snapshot.
        column: what is summed.
        years: the year before and the year after.
        sums: of all places that both have, before and after.
        places: number of places that both have.
        moved: places that moved by any number, the largest share first.
    """

    table: str
    column: str
    years: tuple[int, int]
    sums: tuple[float, float]
    places: int
    moved: Sequence[Moved]

    @property
    def share(self) -> float:
        """Change of all places together, as a share of what it was."""
        before, after = self.sums
        return abs(after - before) / before if before else 0.0

    def faults(self, place: float = PLACE, of_all: float = ALL, floor: float = FLOOR) -> Iterator[Fault]:
        """What moved by more than it may."""
        told = {"table": self.table, "column": self.column, "before": self.years[0], "after": self.years[1]}
        far = [
            each for each in self.moved if each.share > place and abs((each.after or 0) - each.before) > floor
        ]
        if far:
            examples = [f"{each.code}: {number(each.before)} → {_shown(each.after)}" for each in far[:_SHOWN]]
            values = {**told, "count": len(far), "percent": place * 100, "examples": examples}
            yield Fault("places:drift_places", values, self.table)
        if self.share > of_all:
            sums = {"old": self.sums[0], "new": self.sums[1], "percent": of_all * 100}
            yield Fault("places:drift_all", {**told, **sums, "places": self.places}, self.table)


def _shown(value: float | None) -> str:
    return "–" if value is None else number(value)


def drift(before: Path, after: Path, columns: Mapping[str, Sequence[str]]) -> list[Drift]:
    """What moved from one snapshot to another.

    Args:
        before: folder of the one.
        after: folder of the other.
        columns: table → the columns to look at. A table that one of them does not have is left out.
    """
    import duckdb

    found = []
    with duckdb.connect() as database:
        for name, measured in columns.items():
            spec = catalogue()[name]
            files = [parquet_file(folder, name) for folder in (before, after)]
            if not spec.year or not spec.codes or not all(file.is_file() for file in files):
                continue
            for place, file in enumerate(files):
                database.read_parquet(str(file)).create_view(f"side{place}", replace=True)
            for years in _years(database, spec):
                found += [_column(database, spec, column, years) for column in measured]
    return found


def row_drift(before: Path, after: Path, name: str, bound: float) -> Iterator[Fault]:
    """A table without figures whose rows are gone or changed by more than a share of what they were.

    Args:
        before: folder of the one snapshot.
        after: folder of the other.
        name: the table; one that either does not have is passed over.
        bound: the share.
    """
    if not all(parquet_file(folder, name).is_file() for folder in (before, after)):
        return
    new, lost, changed = counted_rows(catalogue()[name], before, after)
    rows = next(table.rows for table in read_manifest(before).tables if table.name == name)
    if lost + changed > bound * rows or new > bound * rows:
        told = {"table": name, "new": new, "lost": lost, "changed": changed, "rows": rows}
        yield Fault("places:drift_rows", {**told, "percent": bound * 100}, name)


def _years(database: duckdb.DuckDBPyConnection, spec: TableSpec) -> list[tuple[int, int]]:
    old, new = (
        {row[0] for row in database.execute(f'SELECT DISTINCT "{spec.year}" FROM side{side}').fetchall()}
        for side in (0, 1)
    )
    if not old or not new:
        return []
    same = [(max(old & new), max(old & new))] if old & new else []
    return list(dict.fromkeys([*same, (max(old), max(new))]))


def _column(
    database: duckdb.DuckDBPyConnection, spec: TableSpec, column: str, years: tuple[int, int]
) -> Drift:
    code = spec.codes[0]
    sides = [
        f'(SELECT "{code}" AS code, CAST(sum("{column}") AS DOUBLE) AS value FROM side{side} '
        f'WHERE "{spec.year}" = {years[side]} GROUP BY "{code}")'
        for side in (0, 1)
    ]
    sql = (
        f"SELECT b.code, b.value, a.value FROM {sides[0]} b LEFT JOIN {sides[1]} a USING (code) "
        "WHERE b.value IS NOT NULL ORDER BY b.code"
    )
    rows = [Moved(*row) for row in database.execute(sql).fetchall()]
    both = [row for row in rows if row.after is not None]
    sums = (sum(row.before for row in both), sum(row.after or 0.0 for row in both))
    moved = sorted((row for row in rows if row.after != row.before), key=lambda row: -row.share)
    return Drift(spec.name, column, years, sums, len(both), moved)
