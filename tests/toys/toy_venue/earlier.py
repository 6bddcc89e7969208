"""What differs from the answer of an earlier method."""

from collections.abc import Mapping
from typing import Any

import msgspec
from tyngdepunkt.analyses.toy_venue.result import VenueResult

from tyngdepunkt.analyses.contract import Notice
from tyngdepunkt.texts import text

NEEDED = frozenset({"order", "made"})


def held_against(result: VenueResult, before: Mapping[str, Any], named: str) -> VenueResult:
    """The result with a notice: what came first then, and where that answer is kept."""
    said = text("analyses.toy_venue:earlier", result.lang, venue=before["order"][0], named=named)
    return msgspec.structs.replace(result, notices=[Notice("earlier", said)])
