"""What an agency can publish and send its ministry, as a file of its own: nothing in it is for own use."""

from __future__ import annotations

import json
from collections.abc import Mapping

from tyngdepunkt.analyses.contract import as_builtins
from tyngdepunkt.analyses.functions.result import Functions

PUBLISHED = "functions-published.json"


def exports(result: Functions, lang: str) -> Mapping[str, bytes]:
    """The published tables with their rule; none where no table can be published.

    The hash of what was brought is left out: it would tell whoever guesses a short list that it is right.
    """
    if not result.published:
        return {}
    told = {
        "agency": result.agency,
        "rule": as_builtins(result.rule),
        "made": {name: getattr(result.made, name) for name in ("analysis", "method_version", "snapshot")},
        "published": [as_builtins(each) for each in result.published],
    }
    return {PUBLISHED: (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode()}
