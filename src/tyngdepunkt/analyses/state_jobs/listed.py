"""Events listed in YAML or JSON: one group of named fields for each."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from tyngdepunkt.errors import Fault, UserError
from tyngdepunkt.inputs.reading import Located, decode, parse_mapping

MAX_EVENTS = 50_000
ROOM = "analyses.state_jobs"
ENDINGS = (".yaml", ".yml", ".json")
Group = tuple[str, dict[str, Any]]
"""Where it stands, and its fields as they are written."""


def groups_in(content: bytes, path: Path) -> tuple[str, tuple[Group, ...]]:
    """Where the list stands, and the groups in it: the whole file, or what stands under `events:`.

    Raises:
        UserError: the file is no YAML or JSON, or has no list of groups.
    """
    located = parse_mapping(decode(content, path), path, list_as="events")
    events = located.data.get("events")
    if not isinstance(events, list):
        raise _refuse("no_events", path, "line 1", found=list(located.data)[:12])
    if not events:
        raise UserError(Fault("inputs:no_rows", {"path": str(path)}))
    if len(events) > MAX_EVENTS:
        raise UserError(Fault("inputs:too_many_rows", {"path": str(path), "limit": MAX_EVENTS}))
    groups = tuple(_group(item, located, at, path) for at, item in enumerate(events))
    return located.where(("events",)), groups


def columns_of(groups: Iterable[Group]) -> tuple[str, ...]:
    """All the names of fields that occur, in order."""
    return tuple(dict.fromkeys(str(name) for _, cells in groups for name in cells))


def _group(item: Any, located: Located, at: int, path: Path) -> Group:
    where = located.where(("events", at))
    if not isinstance(item, dict):
        raise _refuse("not_an_event", path, where, given=str(item)[:60])
    return where, item


def _refuse(name: str, path: Path, where: str = "", /, **values: Any) -> UserError:
    return UserError(Fault(f"{ROOM}:{name}", {"path": str(path), **values}, where))
