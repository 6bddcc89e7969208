"""Snapshots on this machine: choosing one, taking one away, and carrying one to a machine without a network.

A snapshot in a file is a zip archive of its manifest and its tables, stored as they are. What comes in is
taken to be anybody's: only those names are read, sizes are bounded, and it is checked as a whole before it
stands among the others.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from tyngdepunkt import settings, swap
from tyngdepunkt.errors import Fault, UserError
from tyngdepunkt.places import in_use
from tyngdepunkt.places.build import put_in_place
from tyngdepunkt.places.models import Snapshot
from tyngdepunkt.places.snapshot import (
    EMBEDDED,
    MANIFEST,
    built_snapshots,
    checksum_faults,
    find_folder,
    heal,
    identity_of,
    parquet_file,
    read_manifest,
)
from tyngdepunkt.places.verify import verify_snapshot

NEWEST = "newest"
MAX_BYTES = 2 * 1024**3
"""Size of all files of a snapshot together."""
_MOST_MANIFEST, _PIECE = 16 * 1024 * 1024, 1 << 20
_NAME = re.compile(r"[A-Za-z_]\w{0,79}\.parquet")
_BUILT = re.compile(r"\d{4}-\d\d-\d\d-")
_MADE = (1980, 1, 1, 0, 0, 0)  # the same snapshot gives the same file


def use(identity: str) -> Path:
    """Have a snapshot used from now on, where nothing in the environment says otherwise.

    Args:
        identity: its id, `embedded`, or `newest` for whichever is the newest.

    Returns:
        The folder that is used.

    Raises:
        UserError: there is none, or it is not whole.
    """
    if identity == NEWEST:
        in_use.use_newest()
        return find_folder(None)
    known = [EMBEDDED, *built_snapshots()]
    if identity not in known:
        raise UserError(Fault("places:no_such_snapshot", {"id": identity, "ids": known}))
    folder = find_folder(identity)
    checksum_faults(folder, read_manifest(folder)).raise_if_any()
    in_use.choose(identity)
    return folder


def remove(identity: str) -> Path:
    """Take a snapshot away for good.

    Raises:
        UserError: there is none, it is the embedded one, or it is in use.
    """
    if identity == EMBEDDED:
        raise UserError(Fault("places:embedded_stays", {}))
    built = built_snapshots()
    if identity not in built:
        raise UserError(Fault("places:no_such_snapshot", {"id": identity, "ids": [EMBEDDED, *built]}))
    folder = built[identity]
    if find_folder(None).resolve() == folder.resolve():
        raise UserError(Fault("places:snapshot_in_use", {"id": identity}))
    aside = folder.parent / swap.hidden_name(
        f"{identity}.making"
    )  # a kill halfway leaves what `heal` removes
    try:
        folder.rename(aside)
    except OSError as error:
        values = {"folder": str(folder), "reason": error.strerror or ""}
        raise UserError(Fault("sources:cannot_write", values)) from error
    shutil.rmtree(aside, ignore_errors=True)
    for database in settings.cache_folder().glob(f"{identity}-*.duckdb"):
        with contextlib.suppress(OSError):
            database.unlink()
    return folder


def export(folder: Path, target: Path) -> Snapshot:
    """Write a snapshot to one file, which is there whole or not at all.

    Raises:
        UserError: the snapshot is not whole; the file is there already or cannot be written.
    """
    found = read_manifest(folder)
    checksum_faults(folder, found).raise_if_any()
    if target.exists():
        raise UserError(Fault("places:file_exists", {"file": str(target)}))
    beside = target.with_name(swap.hidden_name(target.name))
    try:
        with zipfile.ZipFile(beside, "w", zipfile.ZIP_STORED) as archive:
            for file in (folder / MANIFEST, *(parquet_file(folder, table.name) for table in found.tables)):
                archive.writestr(zipfile.ZipInfo(file.name, _MADE), file.read_bytes())
        swap.flush(beside)
        _put(beside, target)
    except FileExistsError as error:
        raise UserError(Fault("places:file_exists", {"file": str(target)})) from error
    except OSError as error:
        values = {"folder": str(target.parent), "reason": error.strerror or ""}
        raise UserError(Fault("sources:cannot_write", values)) from error
    finally:
        beside.unlink(missing_ok=True)
    return found


def _put(beside: Path, target: Path) -> None:
    """Give a file its name; one that somebody else has made meanwhile is not written over."""
    try:
        os.link(beside, target)
    except FileExistsError:
        raise
    except OSError:  # a memory stick may know no second name of a file
        if target.exists():
            raise FileExistsError from None
        os.replace(beside, target)


def take_in(source: Path) -> tuple[Path, Snapshot]:
    """Put a snapshot from a file among the others, when it is whole and every check passes.

    Returns:
        Where it lies, and what it says of itself.

    Raises:
        UserError: the file is no snapshot, or everything that is wrong with it; nothing is changed.
    """
    home = settings.data_folder() / "snapshots"
    heal(home)
    beside = home / swap.hidden_name("building")
    try:
        with _archive(source) as archive:
            beside.mkdir(parents=True)
            _unpack(archive, beside, source)
        found = _manifest(beside, source)
        _need_only_its_own(beside, found, source)
        changed = {fault.values["table"] for fault in checksum_faults(beside, found)}
        if changed:  # here a file that was cut or changed on its way, and not the package
            raise _no_snapshot(source, ", ".join(sorted(map(str, changed))))
        _need_its_own_id(found, source)
        verify_snapshot(beside, found).raise_if_any()
        put_in_place(beside, home / found.id)
    except OSError as error:
        values = {"folder": str(home), "reason": error.strerror or ""}
        raise UserError(Fault("sources:cannot_write", values)) from error
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    return home / found.id, found


def _manifest(beside: Path, source: Path) -> Snapshot:
    """The manifest that was unpacked; one that cannot be read is a fault of the file, not of the package."""
    try:
        return read_manifest(beside)
    except UserError as error:
        if error.faults[0].key != "places:broken_manifest":
            raise
        raise _no_snapshot(source, MANIFEST) from error


@contextlib.contextmanager
def _archive(source: Path) -> Iterator[zipfile.ZipFile]:
    try:
        with source.open("rb") as file, zipfile.ZipFile(file) as archive:
            yield archive
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, ValueError) as error:
        raise _no_snapshot(source, str(error)) from error
    except (FileNotFoundError, IsADirectoryError, PermissionError) as error:
        values = {"file": source.name, "reason": error.strerror or ""}
        raise UserError(Fault("sources:unreadable", values, str(source))) from error


def _unpack(archive: zipfile.ZipFile, folder: Path, source: Path) -> None:
    left = MAX_BYTES
    names = archive.namelist()
    if MANIFEST not in names or len(set(names)) != len(names):
        raise _no_snapshot(source, MANIFEST)
    for entry in archive.infolist():
        if entry.filename != MANIFEST and not _NAME.fullmatch(entry.filename):
            raise _no_snapshot(source, entry.filename[:80])
        if entry.compress_type != zipfile.ZIP_STORED:
            raise _no_snapshot(source, entry.filename[:80])
        most = min(left, _MOST_MANIFEST) if entry.filename == MANIFEST else left
        with archive.open(entry) as packed, (folder / entry.filename).open("xb") as out:
            left -= _copied(packed, out, most, source)


def _copied(packed: IO[bytes], out: IO[bytes], most: int, source: Path) -> int:
    size = 0
    while piece := packed.read(_PIECE):
        size += len(piece)
        if size > most:
            raise _no_snapshot(source, f"> {most // 1024 // 1024} MB")
        out.write(piece)
    return size


def _need_only_its_own(folder: Path, found: Snapshot, source: Path) -> None:
    """Refuse files that no manifest describes, and a name that would hide it."""
    described = {MANIFEST, *(parquet_file(folder, table.name).name for table in found.tables)}
    strange = sorted({file.name for file in folder.iterdir()} - described)
    if strange:
        raise _no_snapshot(source, strange[0])
    if found.id.startswith(".") or found.id in (EMBEDDED, NEWEST):
        raise _no_snapshot(source, json.dumps(found.id))


def _need_its_own_id(found: Snapshot, source: Path) -> None:
    """Refuse a day or a fingerprint that was changed: the day decides which snapshot is the newest."""
    expected = identity_of(found.built, (table.sha256 for table in found.tables))
    if _BUILT.match(found.id) and found.id != expected:
        values = {"file": source.name, "id": found.id, "expected": expected}
        raise UserError(Fault("places:not_its_id", values, str(source)))


def _no_snapshot(source: Path, reason: str) -> UserError:
    return UserError(Fault("places:not_an_export", {"file": source.name, "reason": reason}, str(source)))
