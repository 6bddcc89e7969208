"""Files that are no XML: JSON of OCDS and of Doffin's search, and a draft in YAML."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tyngdepunkt.analyses.contract import Brought
from tyngdepunkt.analyses.procurement.model import Source
from tyngdepunkt.errors import Fault, UserError

LONGEST = 24_000_000


def read(brought: Brought) -> Source:
    """A notice from JSON or YAML.

    Raises:
        UserError: it is too large, broken, or none of the three.
    """
    if len(brought.content) > LONGEST:
        values = {"size": len(brought.content) / 1e6, "limit": LONGEST / 1e6}
        raise UserError(Fault("analyses.procurement:too_large", values))
    text = brought.text
    if text.lstrip().startswith(("{", "[")):
        data = _json(text)
        if not (isinstance(data, dict) and "procurement" in data):
            return _of_json(data)
    from tyngdepunkt.analyses.procurement.draft import read as read_draft
    from tyngdepunkt.inputs.reading import parse_mapping

    return read_draft(parse_mapping(text, Path(brought.name)))


def _json(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        reason = str(error)[:80] if isinstance(error, ValueError) else "too deep"
        raise UserError(Fault("analyses.procurement:not_json", {"reason": reason})) from None


def _of_json(data: Any) -> Source:
    from tyngdepunkt.analyses.procurement import doffin, ocds

    if isinstance(data, dict) and isinstance(data.get("hits"), list):
        return doffin.read(data["hits"])
    if ocds.known(data):
        return ocds.read(data)
    raise UserError(Fault("analyses.procurement:no_release", {}))
