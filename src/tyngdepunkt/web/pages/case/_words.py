"""Answers in words: what a field is called, and what it says, for the check and for two tabs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from tyngdepunkt import texts
from tyngdepunkt.analyses.location.input.resolve import is_share
from tyngdepunkt.analyses.location.input.titles import field_title
from tyngdepunkt.inputs import numbers
from tyngdepunkt.inputs.numbers import is_unknown
from tyngdepunkt.inputs.occupations import occupation_names
from tyngdepunkt.web.pages.case import ledger, optional_steps
from tyngdepunkt.web.pages.case._simple_fields import shown
from tyngdepunkt.web.pages.case._step_context import StepContext
from tyngdepunkt.web.pages.case.considerations import KINDS as WEIGHT_KINDS
from tyngdepunkt.web.pages.case.unit import TRIGGERS
from tyngdepunkt.web.parts import N_
from tyngdepunkt.web.read import case as read

ASKS = {ask.path: ask for ask in (*optional_steps.ASKS, *ledger.WINDOW)}
PLACES = frozenset({"largest_cities", "oslo_area", "regional_structure", "sites", "decision.place"})


def label(path: str, around: StepContext) -> str:
    """What a field is called; of a part of a group without a name of its own, the group."""
    return field_title(path, around.page.lang)


def in_words(path: str, value: Any, around: StepContext) -> str:
    """What a field says, empty where it says nothing."""
    if value is None or value in ("", [], {}):
        return ""
    if path in PLACES:
        return _places(value, around)
    kind, tell = _TOLD.get(path, (object, None))
    if tell is not None and isinstance(value, kind):
        return tell(value, around)
    return _asked(path, value, around) if path in ASKS else _plain(value)


def _trigger(value: Any, around: StepContext) -> str:
    return around.page.gettext(TRIGGERS[value]) if value in TRIGGERS else str(value)


def _figures(value: Any, around: StepContext) -> str:
    titles = _titles(around)
    return "; ".join(titles.get(str(name), str(name)) for name in value)


def _rows(value: Any, around: StepContext) -> str:
    return around.page.ngettext("%(num)s row", "%(num)s rows", len(value)) % {"num": len(value)}


def _asked(path: str, value: Any, around: StepContext) -> str:
    ask, say = ASKS[path], around.page.gettext
    if ask.kind in ("day", "date") and not is_unknown(value):
        return _day(value, around)
    if ask.kind == "truth":
        return say(N_("Yes")) if value is True else say(N_("No"))
    if ask.kind == "choice":
        return next((say(text) for key, text in ask.options if key == value), str(value))
    return "; ".join(shown(ask.kind, value, around.page.lang).splitlines())


def _leaving(value: Any, around: StepContext) -> str:
    """Where jobs leave, with how many where that is said."""
    group = value if isinstance(value, dict) else {"place": value}
    name = read.place_name(str(group.get("place") or "?"), around.places)
    jobs = numbers.written(group.get("jobs"))
    return f"{name}: {jobs}" if jobs else name


def _places(value: Any, around: StepContext) -> str:
    """Places by name, and the reason where there is one."""
    group = value if isinstance(value, dict) else {"places": value}
    listed = group.get("places")
    names = [
        read.place_name(str(each), around.places)
        for each in (listed if isinstance(listed, list) else [listed])
    ]
    return "; ".join(filter(None, (", ".join(names), str(group.get("reason") or ""))))


def _day(value: Any, around: StepContext) -> str:
    """A date in words; what is no date as it was written."""
    try:
        return texts.date(dt.date.fromisoformat(str(value)), around.page.lang)
    except ValueError:
        return str(value)


def _plain(value: Any) -> str:
    """Anything else: its words without the signs of a file."""
    if isinstance(value, Mapping):
        return "; ".join(filter(None, (_plain(each) for each in value.values())))
    if isinstance(value, list):
        return ", ".join(filter(None, map(_plain, value)))
    return "" if value is None else numbers.written(value)


def jobs(value: Any, around: StepContext) -> str:
    """Occupations with their numbers, or the number in all."""
    if isinstance(value, list) and value and all(isinstance(each, dict) for each in value):
        names = occupation_names(around.places)
        return "; ".join(
            f"{names.get(str(each.get('occupation')), each.get('occupation'))}: "
            f"{numbers.written(each.get('count')) or '?'}"
            for each in value
        )
    return numbers.written(value) or around.page.gettext(N_("Not known"))


def must_haves(value: list[Any], around: StepContext) -> str:
    """Indicator, sign and limit of each demand."""
    titles, signs = _titles(around), {"min": "≥", "max": "≤"}
    return "; ".join(
        f"{titles.get(str(each.get('indicator')), each.get('indicator'))} {sign} "
        f"{numbers.written(each[bound], percent=is_share(str(each.get('indicator'))))}"
        for each in value
        for bound, sign in signs.items()
        if isinstance(each, dict) and each.get(bound) is not None
    )


def alternatives(value: Any, around: StepContext) -> str:
    """The names of the alternatives."""
    if isinstance(value, str):
        return around.page.gettext(N_("Every centre that meets the must-haves"))
    rows = read.alternative_rows({"alternatives": value}, around.places, around.page.lang)
    return ", ".join(each.name for each in rows)


def weights(value: Any, around: StepContext) -> str:
    """Points, ranges or order by consideration."""
    found = read.weights_form({"weights": value})
    titles = {
        each.id: each.title[around.page.lang]
        for each in read.rule_set_of(around.draft.content).considerations
    }
    parts = [
        f"{titles.get(name, name)} {low}" + (f"–{found['high'][name]}" if found["high"][name] != low else "")
        for name, low in found["low"].items()
    ] or [f"{at}. {titles.get(name, name)}" for name, at in found["order"].items()]
    unknown: str = WEIGHT_KINDS["none"]
    return "; ".join(parts) or around.page.gettext(unknown)


def _titles(around: StepContext) -> dict[str, str]:
    return {each.id: each.title[around.page.lang] for each in read.indicators_of(around.draft.content)}


_TOLD: dict[str, tuple[type, Callable[[Any, StepContext], str]]] = {
    "date": (object, _day),
    "trigger": (object, _trigger),
    "moved_from": (list, lambda value, around: ", ".join(_leaving(each, around) for each in value)),
    "unit.jobs": (object, jobs),
    "unit.total_jobs": (object, jobs),
    "must_have": (list, must_haves),
    "alternatives": (object, alternatives),
    "weights": (object, weights),
    "indicators": (dict, _figures),
    "ledger": (list, _rows),
    "weight_log": (list, _rows),
}
"""Fields that need more than their words: what they must be to be told so, and how."""
