"""A snapshot of one's own, built beside the others and put among them only when it is faultless."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

from tyngdepunkt import settings, swap
from tyngdepunkt.errors import Fault, UserError
from tyngdepunkt.places.build import put_in_place
from tyngdepunkt.places.build_folder import build_from_folder
from tyngdepunkt.places.models import Snapshot
from tyngdepunkt.places.snapshot import MANIFEST, find_folder, heal, read_manifest


def rebuild(source: Path, out: Path | None, *, dry_run: bool) -> tuple[Path, Snapshot]:
    """Build from a folder of official files; what it lacks is kept from the snapshot in use.

    Args:
        source: the folder with the files.
        out: folder for the snapshot; a folder named by its id among the built ones when left out.
        dry_run: build and check everything, then throw it away.

    Returns:
        Where the snapshot lies (or would lie), and what it says of itself.

    Raises:
        UserError: everything that is wrong with the files, or `places:folder_in_use` where
            `out` holds something that is no snapshot.
    """
    if out is not None and out.exists() and not _is_ours(out):
        raise UserError(Fault("places:folder_in_use", {"folder": str(out)}))
    home = settings.data_folder() / "snapshots"
    beside = (out.parent if out else home) / swap.hidden_name("building")
    heal(beside.parent)
    try:
        build_from_folder(source, find_folder(None), beside, built=dt.date.today())  # noqa: DTZ011
        found = read_manifest(beside)
        target = out or home / found.id
        if not dry_run:
            put_in_place(beside, target)
        return target, found
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def _is_ours(folder: Path) -> bool:
    """An older snapshot or an empty folder may be replaced; nothing else."""
    return folder.is_dir() and ((folder / MANIFEST).is_file() or not any(folder.iterdir()))
