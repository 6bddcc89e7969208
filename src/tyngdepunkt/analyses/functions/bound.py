"""What is clearly bound to its place, by occupation and by the tasks of the work."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

from tyngdepunkt.analyses.functions.values import PACKAGE
from tyngdepunkt.texts import read_yaml

TASKS = (
    "email", "violent", "outdoors", "infection", "injuries", "walking", "protective",
    "physical", "objects", "machines", "vehicles", "public", "mechanical", "electronic", "inspecting",
)  # fmt: skip
"""The fifteen items of Dingel and Neiman (2020): work is bound to its place where any of them holds."""

NEEDS = ("meeting", "security", "equipment")
"""What else can bind work to its place, and only the agency knows: asked beside the fifteen items."""

ASKED = (*TASKS, *NEEDS)


@cache
def _reasons() -> Mapping[str, Sequence[str]]:
    found: Mapping[str, Sequence[str]] = read_yaml(PACKAGE, "bound.yaml")["reasons"]
    return found


def bound_reasons(occupation: str) -> list[str]:
    """Why an occupation is bound to its place, in our reading; empty where nothing says so.

    >>> bound_reasons("3355"), bound_reasons("2422")
    (['patrol'], [])
    """
    return [
        reason
        for reason, beginnings in _reasons().items()
        if any(occupation.startswith(each) for each in beginnings)
    ]
