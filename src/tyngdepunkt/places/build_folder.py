"""A new snapshot from a folder of official files; what the folder lacks is carried over.

The folder holds files named after their tables: `ssb/07459.json`, `ssb/11618.csv`,
`klass/128.csv` … (see `KNOWN`). A table is made anew for the years a file holds; other years,
and other tables, are carried over from the snapshot in use with their own date.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, cast

from tyngdepunkt.errors import Fault, Faults, UserError
from tyngdepunkt.places.build import Input, Rows, build_snapshot
from tyngdepunkt.places.build_catalogue import Catalogue, catalogue
from tyngdepunkt.places.build_sql import create_from_rows
from tyngdepunkt.places.build_tables import MAKERS
from tyngdepunkt.places.models import Snapshot
from tyngdepunkt.places.snapshot import checksum_faults, embedded_folder, parquet_file, read_manifest
from tyngdepunkt.settings import LANGUAGES
from tyngdepunkt.sources import kartverket, klass, ssb
from tyngdepunkt.sources.contract import Source, Tidy
from tyngdepunkt.sources.state_workplaces import StateWorkplacesSource
from tyngdepunkt.sources.vacancies import VacancyPlacesSource
from tyngdepunkt.texts import text

if TYPE_CHECKING:
    import duckdb

_LISTS = {source.name for source in klass.LISTS}  # fetched beside the others, and no table is made of them
_OTHERS: tuple[Source, ...] = (
    kartverket.SOURCES["municipalities"],
    kartverket.SOURCES["boundaries"],
    VacancyPlacesSource(),
    StateWorkplacesSource(),
)
KNOWN: dict[str, Source] = {source.name: source for source in (*ssb.SOURCES, *klass.SOURCES, *_OTHERS)}
_ENDINGS = (".json", ".csv")
_PASSED_OVER = (".md", ".txt")


@dataclass(frozen=True, slots=True)
class _Made:
    """A table made from a file: its rows, and the years the file holds (none: the whole table)."""

    table: str
    rows: list[tuple[Any, ...]]
    years: tuple[int, ...]
    origin: Any


Told = Mapping[str, Mapping[str, Mapping[str, str]]]
"""Table → part of its provenance → words in each language."""
_NOTHING: Told = MappingProxyType({})


def build_from_folder(
    source: Path, current: Path, out: Path, *, built: dt.date, told: Told = _NOTHING
) -> Path:
    """Build from official files and put the snapshot in `out` when every check passes.

    Args:
        source: folder with files in their providers' formats.
        current: folder of the snapshot whose other tables are carried over.
        out: where the new snapshot shall lie.
        built: date of the build.
        told: what is told of a table that is made here, in the place of what was told of the old one.

    Returns:
        The folder `out`.

    Raises:
        UserError: every fault of every file at once, or everything the builder found.
    """
    parsed = _parse(_find(source))
    snapshot = read_manifest(current)
    checksum_faults(current, snapshot).raise_if_any()
    import duckdb

    with duckdb.connect() as database:
        for info in snapshot.tables:
            database.read_parquet(str(parquet_file(current, info.name))).create(info.name)
        made = _make(database, parsed)
        inputs = {info.name: _carried(current, info.name) for info in snapshot.tables}
        for table in made:
            inputs[table.table] = _merged(database, table, inputs.get(table.table), told.get(table.table, {}))
    anew = {table.table for table in made} | not_embedded(snapshot)
    return build_snapshot(inputs, out, built=built, tables=without_totals(anew))


def _find(folder: Path) -> dict[str, Path]:
    """Source name → its file. Unknown files are told, notes and hidden files passed over."""
    if not folder.is_dir():
        raise UserError(Fault("sources:no_folder", {"folder": str(folder)}))
    faults, found = Faults(), dict[str, list[Path]]()
    for file in _files(folder):
        name = file.relative_to(folder).with_suffix("").as_posix()
        if file.suffix in _ENDINGS and name in _LISTS:
            continue
        if file.suffix in _ENDINGS and name in KNOWN:
            found.setdefault(name, []).append(file)
        else:
            faults.add("sources:unknown_file", str(file), file=file.name, known=list(KNOWN))
    for name, files in found.items():
        if len(files) > 1:
            faults.add("sources:two_files", str(folder), name=name, files=[file.name for file in files])
    if not found and not faults:
        faults.add("sources:no_files", str(folder), folder=str(folder), known=list(KNOWN))
    faults.raise_if_any()
    return {name: files[0] for name, files in found.items()}


def _files(folder: Path) -> Iterator[Path]:
    for file in sorted(folder.rglob("*")):
        hidden = any(part.startswith(".") for part in file.relative_to(folder).parts)
        if file.is_file() and not hidden and file.suffix not in _PASSED_OVER:
            yield file


def _parse(files: dict[str, Path]) -> dict[str, Tidy]:
    """Every file read; the faults of all files are shown together."""
    faults, parsed = Faults(), {}
    for name, file in files.items():
        try:
            parsed[name] = KNOWN[name].parse(file)
        except UserError as error:
            faults.extend(error.faults)
    faults.raise_if_any()
    return parsed


def _make(database: duckdb.DuckDBPyConnection, parsed: dict[str, Tidy]) -> list[_Made]:
    """The tables of every file, in the snapshot's own form."""
    faults, made = Faults(), []
    for name in (name for name in MAKERS if name in parsed):  # in this order: names of Klass come first
        tidy = parsed[name]
        for table, maker in MAKERS[name]:
            try:
                rows = maker(database, tidy)
            except UserError as error:
                faults.extend(error.faults)
                continue
            if rows is not None:
                made.append(_Made(table, rows, _years(table, rows), tidy.origin))
                if not catalogue()[table].year:  # the next file of the same table goes on from there
                    create_from_rows(database, table, catalogue()[table].column_names, rows)
    faults.raise_if_any()
    return made


def _years(table: str, rows: list[tuple[Any, ...]]) -> tuple[int, ...]:
    spec = catalogue()[table]
    if not spec.year:
        return ()
    position = spec.column_names.index(spec.year)
    return tuple(sorted({row[position] for row in rows}))


def _merged(
    database: duckdb.DuckDBPyConnection,
    made: _Made,
    carried: Input | None,
    told: Mapping[str, Mapping[str, str]],
) -> Input:
    """The file's years, and the years it does not hold from the table that was there."""
    spec = catalogue()[made.table]
    kept: list[Any] = []
    if spec.year and carried and isinstance(carried.data, Path):
        years = ", ".join(str(year) for year in made.years) or "NULL"
        columns = ", ".join(f'"{column}"' for column in spec.column_names)
        source = database.read_parquet(str(carried.data))
        kept = source.query(
            "old", f'SELECT {columns} FROM old WHERE "{spec.year}" NOT IN ({years})'
        ).fetchall()
    provenance = {**(carried.provenance if carried else {}), **told}
    query = _query(made, kept=bool(kept))
    if carried and not carried.carried and not spec.year:  # a table that two files have had a hand in
        before = cast("Mapping[str, str]", carried.provenance["query"])
        query = {lang: f"{before[lang]}; {words}" for lang, words in query.items()}
    provenance["query"] = query
    rows = [*kept, *made.rows]
    if spec.year:
        provenance["date"] = _span(_years(made.table, rows))
    return Input(Rows(spec.column_names, rows), provenance)


def _span(years: tuple[int, ...]) -> str:
    return f"{years[0]}" if len(years) == 1 else f"{years[0]}-{years[-1]}"


def _query(made: _Made, *, kept: bool) -> dict[str, str]:
    """In each language, for whoever reads the sources of a document."""
    found = made.origin
    years = ", ".join(str(year) for year in made.years)
    parts = {
        "file": {"file": found.file, "sha256": found.sha256[:16]},
        **({"updated": {"updated": found.updated}} if found.updated else {}),
        **({"years": {"years": years}} if years else {}),
        **({"kept": {}} if kept else {}),
    }
    return {
        lang: "; ".join(text(f"places:query.{part}", lang, **values) for part, values in parts.items())
        for lang in LANGUAGES
    }


def _carried(folder: Path, name: str) -> Input:
    """A table of the snapshot in use with everything its manifest tells of it."""
    import json

    from tyngdepunkt.places.build_catalogue import PROVENANCE

    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    entry = next(table for table in manifest["tables"] if table["name"] == name)
    told = {part: entry[part] for part in PROVENANCE if part in entry}
    return Input(parquet_file(folder, name), told, carried=True)


def not_embedded(found: Snapshot) -> set[str]:
    """Tables that are not those of the embedded snapshot, whose totals are the ones that are written down."""
    embedded = {table.name: table.sha256 for table in read_manifest(embedded_folder()).tables}
    return {table.name for table in found.tables if embedded.get(table.name) != table.sha256}


def without_totals(names: set[str]) -> Catalogue:
    """The catalogue, with no totals for some tables.

    Provider's revisions may change a total: new tables answer to the rules that always hold.
    """
    from dataclasses import replace

    tables = {
        spec.name: replace(spec, checks=tuple(c for c in spec.checks if c.equals is None))
        if spec.name in names
        else spec
        for spec in catalogue()
    }
    return Catalogue(tables)
