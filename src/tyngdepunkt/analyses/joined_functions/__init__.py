"""What many agencies have published of their functions, joined without their lists of staff."""

import json
from typing import Any

from tyngdepunkt.analyses.contract import Analysis, Brings

_COUNTS: dict[str, list[tuple[str | None, str | None, str | None, int | None]]] = {
    "First Directorate": [
        ("Cases", "0301", None, 16),
        ("Cases", "4601", None, None),
        ("Cases", "4640", None, None),
        ("Cases", None, None, 42),
        ("Inspection", "0301", None, 14),
        ("Inspection", "4601", None, None),
        ("Inspection", "4640", None, None),
        ("Inspection", None, None, 26),
        (None, "0301", None, 30),
        (None, "4601", None, 15),
        (None, "4640", None, 23),
        (None, None, None, 68),
        ("Cases", None, "2", 35),
        ("Cases", None, "4", 7),
        ("Inspection", None, "3", 20),
        ("Inspection", None, "4", 6),
        (None, None, "2", 35),
        (None, None, "3", 20),
        (None, None, "4", 13),
    ],
    "Second Directorate": [
        ("Law", "0301", None, 21),
        ("Law", "4601", None, None),
        ("Law", "4640", None, None),
        ("Law", None, None, 38),
        (None, "0301", None, 21),
        (None, "4601", None, None),
        (None, "4640", None, None),
        (None, None, None, 38),
        ("Law", None, "2", 29),
        ("Law", None, "4", 9),
        (None, None, "2", 29),
        (None, None, "4", 9),
    ],
}
"""Unit, municipality, occupation group and count of two invented agencies; None for all, and where hidden."""


def _example() -> str:
    rule = {"version": "1", "below": 5, "width": 5, "least": 1}
    results: list[dict[str, Any]] = []
    for agency, counts in _COUNTS.items():
        published = [
            {
                "table": "unit_place" if group is None else "unit_group",
                "unit": unit,
                "place": place,
                "group": group,
                "count": count,
                "suppressed": count is None,
            }
            for unit, place, group, count in counts
        ]
        results.append({"agency": agency, "rule": rule, "published": published})
    return json.dumps({"results": results})


ANALYSIS = Analysis(
    id="joined_functions",
    command="functions-join",
    under="functions",
    verb="join",
    brings=Brings.FILES,
    files={"results": True},
    together=True,
    method_version="1",
    example=_example(),
    most_bytes=20_000_000,
)
