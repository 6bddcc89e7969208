"""Of the alternatives a person has named: which meet the must-haves, and what is wrong with which."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from tyngdepunkt.errors import UserError
from tyngdepunkt.web.read.case import NEWEST, faults_of

if TYPE_CHECKING:
    from tyngdepunkt.cases.drafts import Draft
    from tyngdepunkt.places import Places

_AT = re.compile(r"alternatives\[(\d+)\]")


def is_auto(value: Any) -> bool:
    """Whether the case leaves it to the program to find the alternatives."""
    from tyngdepunkt.cases.location.input.alternatives import AUTO

    return isinstance(value, str) and value.strip().casefold() in AUTO


def row_faults(draft: Draft, places: Places, lang: str) -> dict[int, str]:
    """What is wrong with each alternative, by its position."""
    found: dict[int, str] = {}
    for fault in faults_of(draft, places):
        at = _AT.match(fault.field)
        if at and ".grades" not in fault.field:
            found[int(at[1])] = f"{found.get(int(at[1]), '')} {fault.text(lang)}".strip()
    return found


def meets(draft: Draft, places: Places, codes: Sequence[str]) -> dict[str, bool | None]:
    """Municipality → whether it meets the must-haves of the case; None where a figure is missing."""
    import json
    from dataclasses import replace

    from tyngdepunkt.cases.location.assess import measure_all
    from tyngdepunkt.cases.location.case import Alternative, case_from_text
    from tyngdepunkt.cases.location.input.model import Part

    if not codes or not draft.content.get("must_have"):
        return {}
    asked = {"title": "-", "date": NEWEST, "trigger": "new_agency", "unit": {"name": "-"}}
    kept = {
        key: draft.content[key] for key in ("date", "guidelines", "must_have", "unit") if key in draft.content
    }
    try:
        case = case_from_text(json.dumps({**asked, **kept, "alternatives": ["0301", "4601"]}), places)
    except UserError:
        return {}
    distinct = list(dict.fromkeys(codes))
    here = tuple(Alternative(code, "place", (Part(code, code, 1.0),)) for code in distinct)
    measured = measure_all(replace(case, alternatives=here), places)
    return {code: _all(outcome) for code, outcome in zip(distinct, measured.must_haves, strict=True)}


def _all(outcome: Sequence[Any]) -> bool | None:
    passed = [each.passed for each in outcome]
    return False if False in passed else None if None in passed else True
