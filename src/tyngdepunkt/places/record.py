"""What a snapshot keeps of how it was fetched, and of what a person accepted: a part of its manifest."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tyngdepunkt.places.snapshot import MANIFEST

_PARTS = ("tables", "accepted")


def read_record(folder: Path) -> dict[str, dict[str, Any]]:
    """The record of a snapshot; empty parts where it was not fetched.

    Returns:
        `tables`: file → where it came from, and when; `accepted`: table → the reason a person gave, and
        what it was given for.
    """
    try:
        found = json.loads((folder / MANIFEST).read_text(encoding="utf-8")).get("record")
    except (OSError, ValueError, AttributeError):
        found = None
    kept = found if isinstance(found, dict) else {}
    return {part: dict(kept[part]) if isinstance(kept.get(part), dict) else {} for part in _PARTS}


def write_record(
    folder: Path,
    before: Mapping[str, Mapping[str, Any]],
    tables: Mapping[str, Mapping[str, Any]],
    accepted: Mapping[str, Mapping[str, Any]],
) -> None:
    """Add a record to a snapshot that is not in its place yet.

    Args:
        folder: of the snapshot.
        before: record of the one it was built on; what is not fetched anew keeps what was told of it.
        tables: file → where it came from.
        accepted: table → reason and what it was given for.
    """
    file = folder / MANIFEST
    manifest = json.loads(file.read_text(encoding="utf-8"))
    made = {name for told in tables.values() for name in told["makes"]}
    kept = {name: told for name, told in before["accepted"].items() if name not in made}
    manifest["record"] = {
        "tables": {**before["tables"], **tables},
        "accepted": {**kept, **accepted},
    }
    file.write_text(json.dumps(manifest, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
