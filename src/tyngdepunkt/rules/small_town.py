"""Is a place a small town? A sharper filter than centrality class 3–6 alone.

The strategy draws no line between small towns and the rest. The limits here are those of
NIBR/OsloMet ("mindre byer" 1 000–50 000 inhabitants, "småbyer" 5 000–20 000; NIBR report
2021:2 and oslomet.no 2024), not the strategy's, and anyone may set others. That a small town
is the centre of its labour-market region, in class 3–5, is our operational reading.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from tyngdepunkt.texts import text


@dataclass(frozen=True, slots=True)
class SmallTownLimits:
    """The limits of the test; persons in the largest town, both ends included."""

    classes: tuple[int, ...] = (3, 4, 5)
    core: tuple[int, int] = (5_000, 20_000)
    extended: tuple[int, int] = (1_000, 50_000)
    origin: str = "NIBR"


DEFAULT = SmallTownLimits()


@dataclass(frozen=True, slots=True)
class SmallTown:
    """The answer: `result` is core, extended, no or unknown; `reasons` are text keys."""

    result: str
    reasons: tuple[str, ...]
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ClassFilter:
    """How many municipalities a demand for certain classes lets through."""

    inside: int
    total: int

    @property
    def share(self) -> float:
        """Share of the municipalities that pass, between 0 and 1."""
        return self.inside / self.total


def small_town_test(
    is_centre: bool | None,
    centrality_class: int | None,
    largest_town_persons: float | None,
    limits: SmallTownLimits = DEFAULT,
) -> SmallTown:
    """Whether a municipality holds a small town.

    Args:
        is_centre: it is the centre of its labour-market region (ground S, S2 or R).
        centrality_class: 1–6.
        largest_town_persons: inhabitants of the largest town in the municipality.
        limits: other limits than NIBR's.

    Returns:
        `no` as soon as one part says no; `unknown` where a part that could say no is missing.

    >>> small_town_test(True, 5, 11_000).result
    'core'
    """
    centre = _answer("centre", is_centre)
    class_ = _answer("class", None if centrality_class is None else centrality_class in limits.classes)
    size = _size(largest_town_persons, limits)
    answers = (centre, class_, size)
    values = {
        "class": centrality_class,
        "persons": largest_town_persons,
        "classes": limits.classes,
        "origin": limits.origin,
    }
    return SmallTown(_result(answers), tuple(f"small_town.{answer}" for answer in answers), values)


def small_town_text(answer: SmallTown, lang: str) -> str:
    """The answer and its reasons in words."""
    keys = (f"small_town.{answer.result}", *answer.reasons)
    return " ".join(text(f"rules:{key}", lang, **answer.values) for key in keys)


def class_filter_strength(classes: Iterable[int], qualifying: Iterable[int] = (3, 4, 5, 6)) -> ClassFilter:
    """How weak a filter the centrality class is: of all municipalities, how many pass.

    Args:
        classes: the class of every municipality.
        qualifying: the classes that pass; R17 says 3–6.

    >>> class_filter_strength([1, 2, 3, 4, 5, 6]).inside
    4
    """
    wanted = set(qualifying)
    given = list(classes)
    return ClassFilter(sum(class_ in wanted for class_ in given), len(given))


def _answer(part: str, says: bool | None) -> str:
    if says is None:
        return f"{part}_unknown"
    return f"{part}_yes" if says else f"{part}_no"


def _size(persons: float | None, limits: SmallTownLimits) -> str:
    if persons is None:
        return "size_unknown"
    if limits.core[0] <= persons <= limits.core[1]:
        return "size_core"
    return "size_extended" if limits.extended[0] <= persons <= limits.extended[1] else "size_no"


def _result(answers: tuple[str, ...]) -> str:
    if any(answer.endswith("_no") for answer in answers):
        return "no"
    if any(answer.endswith("_unknown") for answer in answers):
        return "unknown"
    return "core" if "size_core" in answers else "extended"
