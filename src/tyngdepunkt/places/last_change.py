"""What the snapshot in use changed: held against the one that was the newest before it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from tyngdepunkt.places.differences import Difference, differences
from tyngdepunkt.places.models import Snapshot
from tyngdepunkt.places.snapshot import MANIFEST, built_snapshots, embedded_folder


def before(folder: Path) -> Path | None:
    """Folder of the snapshot before this one: the one built before it, for the first one the embedded.

    None for the embedded, which came first, and for a snapshot that lies elsewhere.
    """
    built = list(built_snapshots().values())
    if folder not in built:
        return None
    return [embedded_folder(), *built][built.index(folder)]


def newest_at(folder: Path, when: dt.datetime) -> Path | None:
    """Folder of the snapshot that was the newest at a moment, before this one was built.

    None where this one had been built by then, and as of `before`.
    """
    built = list(built_snapshots().values())
    if folder not in built or _moment(folder) <= when:
        return None
    older = [each for each in built[: built.index(folder)] if _moment(each) <= when]
    return older[-1] if older else embedded_folder()


def _moment(folder: Path) -> dt.datetime:
    return dt.datetime.fromtimestamp((folder / MANIFEST).stat().st_mtime, dt.UTC)


@lru_cache(maxsize=4)
def change(old: Path, new: Path) -> tuple[Snapshot, Sequence[Difference]]:
    """The snapshot before, and every table that differs; made once, since a snapshot never changes.

    Raises:
        UserError: one of the snapshots is not whole.
    """
    snapshot, _, found = differences(old, new)
    return snapshot, found
