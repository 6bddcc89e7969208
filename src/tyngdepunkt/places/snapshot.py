"""Snapshots on disk: which there are, what they say of themselves, and whether they are whole.

A snapshot is a folder with `manifest.json` and one Parquet file per table. The DuckDB
file that questions are asked of is made from it on first use, in the cache folder.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import json
import os
import re
import secrets
import shutil
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from tyngdepunkt import settings, swap
from tyngdepunkt.errors import Fault, Faults, UserError
from tyngdepunkt.places import in_use
from tyngdepunkt.places.models import Snapshot, TableInfo
from tyngdepunkt.settings import LANGUAGES

FORMAT = 2
"""1: without `dated` in road_link and `ferry` in access_time."""
EMBEDDED = "embedded"
MANIFEST = "manifest.json"
_SAFE_ID = re.compile(r"[\w.-]{1,80}")


def embedded_folder() -> Path:
    """The snapshot that comes with the package."""
    return Path(__file__).parent / "embedded"


def built_snapshots() -> dict[str, Path]:
    """Snapshots that were built on this machine: id → folder, the newest last.

    Those of an older format are left out: their tables lack columns that are asked for.
    """
    home = settings.data_folder() / "snapshots"
    heal(home)
    found = [manifest.parent for manifest in home.glob(f"*/{MANIFEST}")]
    folders = [folder for folder in found if not folder.name.startswith(".") and not _is_old(folder)]
    return {folder.name: folder for folder in sorted(folders, key=_age)}


def heal(home: Path) -> None:
    """Bring a snapshot back that a killed build had moved aside, and take away what it was building."""
    with contextlib.suppress(OSError):  # a folder that cannot be written in
        for old in swap.left_over(home, "*.old"):
            place = home / old.name[1:].rsplit(".old.", 1)[0]
            if not place.exists():
                old.rename(place)
            else:
                shutil.rmtree(old, ignore_errors=True)
        for what in ("building", "*.making"):
            for left in swap.left_over(home, what):
                shutil.rmtree(left, ignore_errors=True)


def find_folder(choice: str | Path | None) -> Path:
    """The folder of the snapshot that is asked for: a folder, an id, `embedded`, or the one in use.

    In use is the one that the settings name, else the one that was chosen, else the newest.

    Raises:
        UserError: with the ids there are, `places:no_such_snapshot` where it was asked for and
            `places:unknown_snapshot` where the settings name it.
    """
    if isinstance(choice, Path):
        return choice
    wanted = settings.snapshot_choice() or in_use.chosen() if choice is None else choice
    built = built_snapshots() if wanted != EMBEDDED else {}
    if wanted == "" and built:
        return list(built.values())[-1]
    if wanted in ("", EMBEDDED):
        return embedded_folder()
    if wanted in built:
        return built[wanted]
    if (Path(wanted) / MANIFEST).is_file():
        return Path(wanted)
    key = "unknown_snapshot" if choice is None else "no_such_snapshot"
    raise UserError(Fault(f"places:{key}", {"id": wanted, "ids": [EMBEDDED, *built]}))


def read_manifest(folder: Path) -> Snapshot:
    """What a snapshot says of itself.

    Raises:
        UserError: `places:broken_manifest` when it is not there or cannot be read, and
            `places:old_snapshot` when an older version of the program built it.
    """
    if _is_old(folder):
        raise UserError(Fault("places:old_snapshot", {"folder": str(folder)}))
    try:
        found = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        tables = tuple(_table(entry) for entry in found["tables"])
        snapshot = Snapshot(str(found["id"]), dt.date.fromisoformat(found["built"]), tables)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise _broken_manifest(folder, error) from error
    if not _SAFE_ID.fullmatch(snapshot.id):
        raise _broken_manifest(folder, f"id {snapshot.id!r}")
    return snapshot


def identity_of(built: dt.date, sums: Iterable[str]) -> str:
    """The id of a snapshot: the day it was built, and a fingerprint of its tables' own in their order."""
    return f"{built.isoformat()}-{hashlib.sha256(''.join(sums).encode()).hexdigest()[:8]}"


def parquet_file(folder: Path, table: str) -> Path:
    """The file of one table."""
    return folder / f"{table}.parquet"


def checksum_faults(folder: Path, snapshot: Snapshot) -> Faults:
    """Compare the file of every table with the checksum in the manifest.

    Returns:
        A fault for each table whose file is missing (`places:missing_table`) or has another content
        (`places:tampered_table`); nothing is raised.
    """
    faults = Faults()
    for table in snapshot.tables:
        file = parquet_file(folder, table.name)
        if not file.is_file():
            faults.add("places:missing_table", table=table.name, file=str(file))
        elif _sha256(file) != table.sha256:
            faults.add("places:tampered_table", table=table.name, file=str(file))
    return faults


def database_file(folder: Path, snapshot: Snapshot) -> Path:
    """The DuckDB file of a snapshot; it is made if it is not there.

    Its name holds the snapshot's id, the version of our own format and the manifest's
    fingerprint, so that a snapshot that was built anew never meets an old file.

    Raises:
        UserError: a table is missing or changed, or the cache folder cannot be written.
    """
    fingerprint = _sha256(folder / MANIFEST)[:12]
    file = settings.cache_folder() / f"{snapshot.id}-{FORMAT}-{fingerprint}.duckdb"
    made = file.is_file()
    if not made or _touched_since(file, folder, snapshot):
        checksum_faults(folder, snapshot).raise_if_any()
        if made:
            file.touch()
        else:
            _make(file, folder, snapshot)
    return file


def _touched_since(file: Path, folder: Path, snapshot: Snapshot) -> bool:
    """Whether a table was written after the database was made of it, or is gone.

    Asking for the times costs next to nothing; the checksums are only looked at again then.
    """
    made = file.stat().st_mtime_ns
    try:
        return any(parquet_file(folder, table.name).stat().st_mtime_ns > made for table in snapshot.tables)
    except OSError:
        return True


def _make(file: Path, folder: Path, snapshot: Snapshot) -> None:
    """Build beside, verify, then swap: two processes may do it at once, the last one wins."""
    beside = file.with_name(f".{file.name}.{os.getpid()}.{secrets.token_hex(4)}")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with _removed_afterwards(beside):
            _fill(beside, folder, snapshot)
            _swap(beside, file)
    except OSError as error:
        fault = Fault(
            "places:cache_not_writable", {"folder": str(file.parent), "reason": error.strerror or ""}
        )
        raise UserError(fault) from error


def _fill(file: Path, folder: Path, snapshot: Snapshot) -> None:
    import duckdb

    try:
        with duckdb.connect(str(file)) as database:
            for table in snapshot.tables:
                database.read_parquet(str(parquet_file(folder, table.name))).create(table.name)
                _verify_rows(database, table)
    except duckdb.IOException as error:
        raise OSError(0, str(error).splitlines()[0]) from error


def _verify_rows(database: Any, table: TableInfo) -> None:
    rows = database.execute(f'SELECT count(*) FROM "{table.name}"').fetchone()[0]
    if rows != table.rows:
        raise UserError(
            Fault("places:wrong_rows", {"table": table.name, "rows": rows, "expected": table.rows})
        )


def _swap(beside: Path, file: Path) -> None:
    try:
        beside.replace(file)
    except PermissionError:  # Windows: another process made it first and has it open
        if not file.is_file():
            raise


@contextlib.contextmanager
def _removed_afterwards(file: Path) -> Iterator[None]:
    try:
        yield
    finally:
        for rest in (file, file.with_name(file.name + ".wal")):
            rest.unlink(missing_ok=True)


def _table(entry: Mapping[str, Any]) -> TableInfo:
    name = str(entry["name"])
    if not name.isidentifier():
        raise ValueError(f"table name {name!r}")
    return TableInfo(
        name=name,
        title=dict(entry["title"]),
        rows=int(entry["rows"]),
        sha256=str(entry["sha256"]),
        years=tuple(int(year) for year in entry.get("years") or ()),
        provider=_in_each_language(entry.get("provider")),
        reference=_in_each_language(entry.get("reference")),
        query=_in_each_language(entry.get("query")),
        date=_in_each_language(entry.get("date")),
        licence=_in_each_language(entry.get("licence")),
        note=_in_each_language(entry.get("note")),
        attribution=_in_each_language(entry.get("attribution")),
    )


def _in_each_language(told: str | Mapping[str, str] | None) -> Mapping[str, str]:
    """One text, as of a year or in a snapshot built before there were three, is the same in each."""
    return {lang: str(told[lang] if isinstance(told, Mapping) else told or "") for lang in LANGUAGES}


def _is_old(folder: Path) -> bool:
    """Whether an older version of the program wrote it; what cannot be read is not old but broken."""
    try:
        found = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        return int(found["format"]) < FORMAT
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return False


def _broken_manifest(folder: Path, reason: object) -> UserError:
    return UserError(Fault("places:broken_manifest", {"folder": str(folder), "reason": str(reason)}))


def _age(folder: Path) -> tuple[dt.date, int, str]:
    """When a snapshot was built, to the moment; one that cannot be read counts as the oldest."""
    try:
        return (read_manifest(folder).built, (folder / MANIFEST).stat().st_mtime_ns, folder.name)
    except (UserError, OSError):
        return (dt.date.min, 0, folder.name)


def _sha256(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()
