"""The store: one dated snapshot, opened read-only, and every question one asks a place.

Nothing here changes a figure. What is suppressed or missing is None, never 0.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from tyngdepunkt.errors import Fault, UserError
from tyngdepunkt.figures import Phrase, Source
from tyngdepunkt.places import municipalities
from tyngdepunkt.places import snapshot as snapshots
from tyngdepunkt.places.models import Municipality, Region, Resolved, Snapshot, TableInfo, Town
from tyngdepunkt.places.reader import DuckReader, SameAs
from tyngdepunkt.places.source_localisation import source_of

if TYPE_CHECKING:
    import duckdb
    from numpy.typing import NDArray

    from tyngdepunkt.places.code_conversion import CodeBook
    from tyngdepunkt.places.name_resolution import Lookup
    from tyngdepunkt.places.reader import SnapshotReader
    from tyngdepunkt.places.travel import TravelTimes

_PLACE_COLUMNS = ("municipality", "code")
_KEPT_OF_ONE, _KEPT_IN_ALL = 1_000, 100_000  # rows of one answer and of all, a dozen megabytes


def open_places(snapshot: str | Path | None = None) -> Places:
    """Open a snapshot read-only; its DuckDB file is made from the Parquet files on first use.

    Args:
        snapshot: folder or id of a snapshot, or `embedded`; the one that the settings name,
            the newest built or else the embedded one, when it is left out.

    Raises:
        UserError: no such snapshot, or one that is broken or has been changed.
    """
    folder = snapshots.find_folder(snapshot)
    described = snapshots.read_manifest(folder)
    file = snapshots.database_file(folder, described)
    connection = _connect(file, described)
    if connection is None:  # cut short or emptied: it can be made again
        file.unlink(missing_ok=True)
        file = snapshots.database_file(folder, described)
        connection = _connect(file, described)
    if connection is None:
        raise UserError(Fault("places:damaged_database", {"file": str(file)}))
    return Places(described, folder, DuckReader(file, connection))


def _connect(file: Path, described: Snapshot) -> duckdb.DuckDBPyConnection | None:
    """Open a DuckDB file read-only; None where it is not a whole one with every table."""
    import duckdb

    try:
        connection = duckdb.connect(str(file), read_only=True)
        for table in described.tables:
            connection.table(table.name)  # raises a catalogue error where it is not there
    except duckdb.Error:
        return None
    return connection


class Places:
    """Municipalities, regions and everything the snapshot knows of them.

    Safe to read from several threads at once: each gets a cursor of its own. Answers are
    kept, so asking twice costs nothing. Use it as a context manager, or call `close`.
    """

    def __init__(self, described: Snapshot, folder: Path, reader: SnapshotReader) -> None:
        self.snapshot = described
        self.folder = folder
        self.reader = reader
        self._tables = {table.name: table for table in described.tables}
        self._kept: dict[Any, Mapping[str, float | None]] = {}
        self._years: dict[str, tuple[int, ...]] = {}
        self._kept_rows: dict[Any, list[tuple[Any, ...]]] = {}
        self._room = _KEPT_IN_ALL

    def __enter__(self) -> Places:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        self.reader.close()

    @cached_property
    def municipalities(self) -> Mapping[str, Municipality]:
        """All municipalities of 2024, sorted by number."""
        return MappingProxyType(municipalities.read_municipalities(self))

    @cached_property
    def regions(self) -> Mapping[int, Region]:
        """All labour-market regions, sorted by their number."""
        return MappingProxyType(municipalities.read_regions(self))

    @cached_property
    def travel(self) -> TravelTimes:
        """Travel times by car between all municipality centres."""
        from tyngdepunkt.places.travel import read_travel_times

        return read_travel_times(self)

    @cached_property
    def codes(self) -> CodeBook:
        """Municipality numbers over time."""
        from tyngdepunkt.places.code_conversion import read_code_book

        return read_code_book(self)

    @cached_property
    def _lookup(self) -> Lookup:
        from tyngdepunkt.places.name_resolution import Lookup

        return Lookup(self)

    def resolve(self, text: str | int, where: str = "") -> Resolved:
        """The municipality that a name, a town, a number or an old number stands for.

        Args:
            text: what a person wrote. A whole number is read as a number that lost its
                leading zero (301 is 0301).
            where: line or field it stands in, for the message.

        Raises:
            UserError: `places:unknown_place` (with what may have been meant),
                `places:ambiguous_place` (with all that bear the name), or
                `places:split_number` (with the parts).
        """
        return self._lookup.resolve(text, where)

    def numbers_in_force(self, name: str, year: int) -> list[str]:
        """Numbers of the municipalities that bore a name on 1 January of a year; none where none did."""
        return self._lookup.in_force(name, year)

    def largest_town(self, code: str) -> Town | None:
        """The largest town that lies in a municipality, wholly or partly; None without one."""
        return municipalities.largest_town(self, code)

    def towns(self, code: str) -> tuple[Town, ...]:
        """All towns that lie in a municipality, wholly or partly, the largest first."""
        return municipalities.towns(self, code)

    def centres_of_regions(self) -> tuple[str, ...]:
        """Every centre of a labour-market region, by number.

        Two regions (Årdal, Målselv) have no centre in the list they come from; there the
        municipality the region is named for stands in.
        """
        regions = self.regions.values()
        return tuple(sorted(code for each in regions for code in each.centres or self._namesakes(each)))

    def _namesakes(self, region: Region) -> tuple[str, ...]:
        return tuple(code for code in region.members if region.name in self.municipalities[code].names)

    def has(self, table: str) -> bool:
        """Whether this snapshot has a table."""
        return table in self._tables

    def info(self, table: str) -> TableInfo:
        """What the snapshot says of a table.

        Raises:
            UserError: `places:no_table` where this snapshot does not have it.
        """
        if table not in self._tables:
            raise UserError(Fault("places:no_table", {"table": table, "snapshot": self.snapshot.id}))
        return self._tables[table]

    def source(self, table: str, query: str | Phrase = "", lang: str = "nb") -> Source:
        """Where the figures of a table came from; `query` says which of them were taken."""
        return source_of(self.info(table), query, lang)

    def years(self, table: str) -> tuple[int, ...]:
        """The years a table has figures for, the oldest first; empty where it has no year."""
        if "year" not in self.columns(table):
            return ()
        if table not in self._years:
            self._years[table] = tuple(self.reader.distinct(table, "year"))
        return self._years[table]

    def values(self, table: str, measure: str, **where: Any) -> dict[str, float | None]:
        """One figure per municipality: number → value, None where suppressed or missing.

        Args:
            table: a table with a municipality column.
            measure: the column to take.
            where: column = value, or a list of values.

        Raises:
            UserError: `places:no_table`.
            ValueError: more than one row per municipality: the question is too wide.
        """
        kept = (table, measure, *sorted((name, _hashable(value)) for name, value in where.items()))
        if kept not in self._kept:
            self._kept[kept] = self._values(table, measure, where)
        return dict(self._kept[kept])

    def rows(self, table: str, columns: Sequence[str], **where: Any) -> list[tuple[Any, ...]]:
        """Rows of a table, sorted by the columns asked for; a short answer is kept.

        Raises:
            UserError: `places:no_table`.
            KeyError: no such column.
        """
        asked = (table, *columns, None, *sorted((name, _hashable(value)) for name, value in where.items()))
        kept = self._kept_rows.get(asked)
        if kept is None:
            kept = self._rows(table, columns, where)
            if len(kept) <= min(_KEPT_OF_ONE, self._room):
                self._room -= len(kept) + 1  # an empty answer takes room too
                self._kept_rows[asked] = kept
        return list(kept)

    def _rows(self, table: str, columns: Sequence[str], where: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        same = [value.column for value in where.values() if isinstance(value, SameAs)]
        self._check(table, [*columns, *where, *same])
        return self.reader.rows(table, columns, where)

    def arrays(self, table: str, columns: Sequence[str]) -> tuple[NDArray[Any], ...]:
        """Whole columns, in one order; rows with a missing value in any of them are left out.

        Raises:
            UserError: `places:no_table`.
            KeyError: no such column.
        """
        self._check(table, columns)
        return self.reader.arrays(table, columns)

    def geometry(self, level: str) -> dict[str, bytes]:
        """Simplified boundaries as WKB in EPSG:25833; level: municipality, county or country."""
        return {code: bytes(shape) for code, shape in self.rows("boundary", ("code", "wkb"), level=level)}

    def columns(self, table: str) -> tuple[str, ...]:
        """The columns of a table."""
        self.info(table)
        return self.reader.columns[table]

    def _values(self, table: str, measure: str, where: Mapping[str, Any]) -> Mapping[str, float | None]:
        place = next(column for column in _PLACE_COLUMNS if column in self.columns(table))
        found = dict.fromkeys(self.municipalities)
        rows = self.rows(table, (place, measure), **where)
        values = {code: None if value is None else float(value) for code, value in rows}
        if len(values) != len(rows):
            raise ValueError(f"{table}.{measure} has several rows per municipality where {dict(where)}")
        return {**found, **values}

    def _check(self, table: str, columns: Sequence[str]) -> None:
        unknown = set(columns) - set(self.columns(table))
        if unknown:
            raise KeyError(f"{table} has no column {sorted(unknown)}")


def _hashable(value: Any) -> Any:
    return tuple(sorted(value)) if isinstance(value, list | tuple | set | frozenset) else value
