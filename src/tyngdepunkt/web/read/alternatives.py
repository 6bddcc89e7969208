"""Of the alternatives a person has named: what is wrong with which."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from tyngdepunkt.web.read.case import faults_of

if TYPE_CHECKING:
    from tyngdepunkt.places import Places
    from tyngdepunkt.workspace.drafts import Draft

_AT = re.compile(r"alternatives\[(\d+)\]")


def is_auto(value: Any) -> bool:
    """Whether the case leaves it to the program to find the alternatives."""
    from tyngdepunkt.analyses.location.input.alternatives import AUTO

    return isinstance(value, str) and value.strip().casefold() in AUTO


def row_faults(draft: Draft, places: Places, lang: str) -> dict[int, str]:
    """What is wrong with each alternative, by its position."""
    found: dict[int, str] = {}
    for fault in faults_of(draft, places):
        at = _AT.match(fault.field)
        if at and ".grades" not in fault.field:
            found[int(at[1])] = f"{found.get(int(at[1]), '')} {fault.text(lang)}".strip()
    return found
