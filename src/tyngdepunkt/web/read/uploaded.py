"""Files that people send, read in a process of their own: plain values in, plain values out."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tyngdepunkt.analyses.state_jobs.import_file import LedgerFile
    from tyngdepunkt.places import Places


def ledger_file(snapshot: str, name: str, content: bytes, kind: str = "") -> LedgerFile:
    """The events of a ledger file.

    Args:
        snapshot: the folder of the snapshot that knows the places.
        name: of the file, as it was sent.
        content: of the file.
        kind: what happened in every row, where the file does not say; empty where it does.

    Raises:
        UserError: everything that is wrong with it.
    """
    from tyngdepunkt.analyses.state_jobs.import_file import file_in

    return file_in(content, Path(name), _places(snapshot), kind or None)


def case_file(name: str, content: bytes) -> dict[str, Any]:
    """A case file as drafts are kept: dates as text.

    Raises:
        UserError: it is no YAML or JSON of a case.
    """
    from tyngdepunkt.inputs.reading import decode, parse_mapping

    plain: dict[str, Any] = _plain(parse_mapping(decode(content, Path(name)), Path(name)).data)
    return plain


@lru_cache(maxsize=1)
def _places(snapshot: str) -> Places:
    from tyngdepunkt.places import open_places

    return open_places(snapshot)


def _plain(data: Any) -> Any:
    if isinstance(data, dict):
        return {key: _plain(value) for key, value in data.items()}
    if isinstance(data, list):
        return [_plain(value) for value in data]
    return data.isoformat() if isinstance(data, dt.date) else data
