"""Enhetsregisteret's nightly files fetched, read, and put in the place of those of the night before.

What came is not kept: it holds names of persons, and the register asks that copies drop what it removes. The
log beside the table keeps its fingerprint, size, address, time and licence instead.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import msgspec

from tyngdepunkt import swap
from tyngdepunkt.errors import Fault, UserError
from tyngdepunkt.sources.entities import (
    CADENCE,
    KINDS,
    LICENCE,
    MOST_BYTES,
    MOST_ITEMS,
    Packed,
    Read,
    packed,
    read_entities,
)
from tyngdepunkt.sources.http import Client

BASE = "https://data.brreg.no/enhetsregisteret/api"
MOST_WIRE = 2 * 1024**3
_LOG, _MOST_LOGGED = "log.json", 400
State = Literal["read", "skipped", "failed"]


class Logged(msgspec.Struct, frozen=True):
    """One run for one file: `read`, `skipped` because the same bytes came as last time, or `failed`."""

    kind: str
    state: State
    at: str
    address: str
    licence: str = LICENCE
    cadence: str = CADENCE
    sha256: str = ""
    bytes: int = 0
    rows: int = 0
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a run: the line of the log, and what was read where something was."""

    logged: Logged
    read: Read | None = None


def table(folder: Path, kind: str) -> Path:
    """Where the table of a kind lies."""
    return folder / f"{kind}.parquet"


def read_log(folder: Path) -> list[Logged]:
    """Every run there was, the last one last; empty where there is no log, or one that is not ours."""
    try:
        return msgspec.json.decode((folder / _LOG).read_bytes(), type=list[Logged])
    except (OSError, msgspec.DecodeError):
        return []


def fetch(
    kind: str, client: Client, folder: Path, *, dry_run: bool = False, most: int = MOST_ITEMS
) -> Outcome:
    """Fetch a nightly file and make its table; the one there was stays until the new one is whole.

    Args:
        kind: one of `KINDS`.
        client: of the register.
        folder: of the tables and their log.
        dry_run: fetch and check, and write nothing that stays.
        most: entities there may be.

    Raises:
        UserError: what is wrong; it stands in the log too.
    """
    path = KINDS[kind]
    arrived = folder / swap.hidden_name(f"{kind}-arriving")
    _clear(folder, kind)

    def bring() -> Path:
        client.save(path, arrived, MOST_WIRE)
        return arrived

    try:
        at = client.clock.now().isoformat(timespec="seconds")
        start = Logged(kind, "failed", at, client.address(path))
        return _run(start, bring, folder, dry_run=dry_run, most=most)
    finally:
        arrived.unlink(missing_ok=True)


def take(
    kind: str, file: Path, at: str, folder: Path, *, dry_run: bool = False, most: int = MOST_ITEMS
) -> Outcome:
    """Make the table of a nightly file that a person has brought; `at` is when, as the log tells it.

    Raises:
        UserError: as of `fetch`.
    """
    _clear(folder, kind)
    return _run(Logged(kind, "failed", at, file.name), lambda: file, folder, dry_run=dry_run, most=most)


def _run(start: Logged, bring: Callable[[], Path], folder: Path, *, dry_run: bool, most: int) -> Outcome:
    try:
        file = bring()
        whole = packed(file, MOST_BYTES)
        outcome = _made(start, file, whole, folder, dry_run=dry_run, most=most)
    except UserError as error:
        if not dry_run:
            _log(folder, msgspec.structs.replace(start, fault=", ".join(each.key for each in error.faults)))
        raise
    if not dry_run:
        _log(folder, outcome.logged)
    return outcome


def _made(start: Logged, file: Path, whole: Packed, folder: Path, *, dry_run: bool, most: int) -> Outcome:
    before = next((each for each in reversed(read_log(folder)) if _is_of(each, start.kind)), None)
    told = msgspec.structs.replace(start, sha256=whole.sha256, bytes=whole.size)
    if before and before.sha256 == whole.sha256 and table(folder, start.kind).is_file():
        return Outcome(msgspec.structs.replace(told, state="skipped", rows=before.rows))
    hidden = folder / swap.hidden_name(f"{start.kind}-trial")
    try:
        found = read_entities(file, hidden if dry_run else table(folder, start.kind), most=most)
    finally:
        hidden.unlink(missing_ok=True)
    return Outcome(msgspec.structs.replace(told, state="read", rows=found.rows), found)


def _is_of(each: Logged, kind: str) -> bool:
    return each.kind == kind and each.state == "read"


def _clear(folder: Path, kind: str) -> None:
    """Make the folder, and take away what killed runs have left."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for what in (f"{kind}-arriving", f"{kind}-trial*", f"{kind}.parquet-*"):
            for left in swap.left_over(folder, what):
                left.unlink(missing_ok=True)
    except OSError as error:
        values = {"folder": str(folder), "reason": error.strerror or ""}
        raise UserError(Fault("sources:cannot_write", values)) from error


def _log(folder: Path, line: Logged) -> None:
    lines = [*read_log(folder), line][-_MOST_LOGGED:]
    try:
        swap.put(folder / _LOG, msgspec.json.format(msgspec.json.encode(lines), indent=1))
    except OSError as error:
        values = {"folder": str(folder), "reason": error.strerror or ""}
        raise UserError(Fault("sources:cannot_write", values)) from error
