"""Why an indicator is left out, what is said of its figures, and how the case file was understood."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from tyngdepunkt import language

if TYPE_CHECKING:
    from tyngdepunkt.cases.location.result import AlternativeResult, UsedIndicator
    from tyngdepunkt.figures import Figure
    from tyngdepunkt.places import Notice
    from tyngdepunkt.reports.location_case.view import View

CASES = "cases.location"


def left_out(view: View, used: UsedIndicator) -> str:
    """Why an indicator takes no part in the ranking; empty where it does."""
    if not used.why_out:
        return ""
    name = used.indicator.id
    missing = [each.name for each in view.everyone if _is_missing(each, name)]
    return _sentence(view, used.why_out, names=missing)


def notice(view: View, found: Notice) -> str:
    """A notice about how the case file was understood."""
    return language.text(found.key, view.lang, **found.values)


def notes(view: View, figures: Iterable[Figure]) -> list[str]:
    """What is said of some figures, each sentence once."""
    keys = dict.fromkeys(figure.note for figure in figures if figure.note)
    return [language.text(key if ":" in key else f"{CASES}:{key}", view.lang) for key in keys]


def _sentence(view: View, key: str, **values: object) -> str:
    return language.text(key if ":" in key else f"{CASES}:{key}", view.lang, **values)


def _is_missing(item: AlternativeResult, name: str) -> bool:
    found = item.measurements.get(name)
    return found is not None and found.figure.value is None and bool(item.places)
