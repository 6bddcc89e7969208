"""One case out of one machine into another: a JSON file with every version and the log of weights.

Nothing that is there is ever written over. A case that is not there comes in under its own id; where
another case has that id, or the same one has gone on differently, it comes in beside it as a new one.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tyngdepunkt.errors import Fault, Faults, UserError
from tyngdepunkt.workspace.drafts.store import (
    LARGEST,
    LOCATION,
    SCHEMA,
    Draft,
    Drafts,
    Whole,
    WholeVersion,
)

FORMAT = "tyngdepunkt-case"
LARGEST_FILE = 200 * LARGEST
KINDS = (LOCATION,)
_ID = re.compile(r"[A-Za-z0-9_-]{16,32}")
_ROOM = "workspace.drafts"


@dataclass(frozen=True, slots=True)
class Carried:
    """What came in: the case, how many versions, and whether it has another id than in the file."""

    draft: Draft
    versions: int
    renamed: bool


def exported(drafts: Drafts, draft_id: str) -> str:
    """A case with all its versions, for another installation to import.

    Returns:
        JSON in the format that `imported` reads, with a line break at the end.

    Raises:
        UserError: there is no such case.
    """
    case = drafts.whole(draft_id)
    versions = [
        {
            "version": each.version,
            "saved_at": each.saved_at.isoformat(),
            "step": each.step,
            "content": each.content,
            **({} if each.method is None else {"method": each.method}),
        }
        for each in case.versions
    ]
    head = {"format": FORMAT, "schema": SCHEMA, "id": case.id, "kind": case.kind, "seen": case.seen}
    return json.dumps({**head, "versions": versions}, ensure_ascii=False, indent=1) + "\n"


def imported(drafts: Drafts, file: Path, *, dry_run: bool = False) -> Carried:
    """Read a file that `exported` made, and add its case to the drafts; nothing that is here is overwritten.

    Args:
        drafts: where the case is added.
        file: the JSON file.
        dry_run: only check whether it could be added.

    Returns:
        The case, its number of versions, and whether it had to be given another id.

    Raises:
        UserError: all that is wrong with the file, or the case is here already with all that is in it.
    """
    case = _read(file)
    return Carried(*drafts.take_in(case, dry_run=dry_run))


def _read(file: Path) -> Whole:
    data = _json(file)
    name = file.name
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        raise UserError(Fault(f"{_ROOM}:not_a_case", {"path": name}))
    if data.get("schema") != SCHEMA:
        raise UserError(Fault(f"{_ROOM}:other_schema", {"path": name, "schema": str(data.get("schema"))}))
    faults = Faults()
    told = data.get("versions")
    if not isinstance(told, list) or not told:
        told = []
        faults.add(f"{_ROOM}:field_wrong", field="versions", path=name)
    versions = [_version(each, at, name, faults) for at, each in enumerate(told, start=1)]
    seen, kind, draft_id = data.get("seen"), data.get("kind"), data.get("id")
    if not (seen is None or (_is_whole(seen) and 1 <= seen <= len(versions))):
        faults.add(f"{_ROOM}:field_wrong", field="seen", path=name)
    if kind not in KINDS:
        faults.add(f"{_ROOM}:field_wrong", field="kind", path=name)
    if not isinstance(draft_id, str) or not _ID.fullmatch(draft_id):
        faults.add(f"{_ROOM}:field_wrong", field="id", path=name)
    faults.raise_if_any()
    return Whole(str(draft_id), str(kind), seen, tuple(each for each in versions if each))


def _version(told: Any, at: int, name: str, faults: Faults) -> WholeVersion | None:
    """One version; what is wrong with it is told with its place in the list."""
    if not isinstance(told, Mapping):
        faults.add(f"{_ROOM}:field_wrong", field=f"versions[{at}]", path=name)
        return None
    content, step, saved = told.get("content"), told.get("step"), _moment(told.get("saved_at"))
    method = told.get("method")
    wrong = {
        "version": not _is_whole(told.get("version")) or told.get("version") != at,
        "content": not isinstance(content, dict) or not _fits(content),
        "step": not isinstance(step, str) or not 0 < len(step) <= 40,
        "saved_at": saved is None,
        "method": not (method is None or (isinstance(method, str) and 0 < len(method) <= 20)),
    }
    for field in [field for field, is_wrong in wrong.items() if is_wrong]:
        faults.add(f"{_ROOM}:field_wrong", field=f"versions[{at}].{field}", path=name)
    if any(wrong.values()) or saved is None or not isinstance(content, dict):
        return None
    return WholeVersion(at, saved, str(step), content, method)


def _fits(content: Mapping[str, Any]) -> bool:
    """Whether it is text that can be kept, and no more of it than a case may be."""
    try:
        return len(json.dumps(content, ensure_ascii=False).encode()) <= LARGEST
    except UnicodeEncodeError:
        return False  # half of a pair of surrogates


def _moment(told: Any) -> dt.datetime | None:
    try:
        found = dt.datetime.fromisoformat(told)
        return found.astimezone(dt.UTC) if found.tzinfo else None
    except (TypeError, ValueError, OverflowError):
        return None


def _refuse_constant(name: str) -> Any:
    """NaN and the infinities are no JSON."""
    raise ValueError(name)


def _is_whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _json(file: Path) -> Any:
    try:
        if file.stat().st_size > LARGEST_FILE:
            raise UserError(Fault(f"{_ROOM}:not_a_case", {"path": file.name}))
        return json.loads(file.read_text(encoding="utf-8"), parse_constant=_refuse_constant)
    except OSError as error:
        raise UserError(Fault("workspace:no_file", {"path": str(file)})) from error
    except (ValueError, RecursionError) as error:
        raise UserError(Fault(f"{_ROOM}:not_a_case", {"path": file.name})) from error
