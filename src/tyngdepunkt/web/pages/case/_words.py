"""Answers in words: what a field is called, and what it says, for the check and for two tabs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tyngdepunkt.web.pages.case import ledger, more
from tyngdepunkt.web.pages.case._asked import shown
from tyngdepunkt.web.pages.case._desk import Around
from tyngdepunkt.web.pages.case.considerations import KINDS as WEIGHT_KINDS
from tyngdepunkt.web.pages.case.unit import TRIGGERS
from tyngdepunkt.web.parts import N_
from tyngdepunkt.web.read import case as read

ASKS = {ask.path: ask for ask in (*more.ASKS, *ledger.WINDOW)}
LABELS = {
    "title": N_("Title of the case"),
    "unit.name": N_("Name of the unit"),
    "unit.agency": N_("Agency it belongs to"),
    "unit.jobs": N_("Jobs"),
    "unit.total_jobs": N_("All jobs together"),
    "unit": N_("Unit"),
    "date": N_("Date of the case"),
    "trigger": N_("What happens"),
    "moved_from": N_("Where jobs leave"),
    "guidelines": N_("Guidelines"),
    "also_guidelines": N_("Also judged by"),
    "largest_cities": N_("The largest cities"),
    "oslo_area": N_("The Oslo area"),
    "must_have": N_("Must-haves"),
    "alternatives": N_("Alternatives"),
    "weights": N_("Weights"),
    "weight_log": N_("Log of weights"),
    "indicators": N_("Figures that are changed"),
    "ledger": N_("State jobs that have come and gone"),
    "decision": N_("Decision"),
    "notified": N_("Notified"),
    "informed": N_("Informed"),
    "staff": N_("Staff"),
    "costs": N_("Costs"),
    "window": N_("Period"),
}


def label(path: str, around: Around) -> str:
    """What a field is called; of a part of a group without a name of its own, the group."""
    say = around.page.gettext
    if path in ASKS:
        return say(ASKS[path].label)
    while path not in LABELS and "." in path:
        path = path.rpartition(".")[0]
    return say(LABELS[path]) if path in LABELS else path


def in_words(path: str, value: Any, around: Around) -> str:
    """What a field says, empty where it says nothing."""
    say = around.page.gettext
    if value is None or value in ("", [], {}):
        return ""
    if path in ASKS:
        return _asked(path, value, around)
    if path == "trigger":
        return say(TRIGGERS[value]) if value in TRIGGERS else str(value)
    if path in ("unit.jobs", "unit.total_jobs"):
        return jobs(value, around)
    if path == "must_have" and isinstance(value, list):
        return must_haves(value, around)
    if path == "alternatives":
        return alternatives(value, around)
    if path == "weights":
        return weights(value, around)
    if path == "indicators" and isinstance(value, dict):
        titles = _titles(around)
        return "; ".join(titles.get(str(name), str(name)) for name in value)
    if path in ("ledger", "weight_log") and isinstance(value, list):
        return around.page.ngettext("%(num)s row", "%(num)s rows", len(value)) % {"num": len(value)}
    return _plain(value)


def _asked(path: str, value: Any, around: Around) -> str:
    ask, say = ASKS[path], around.page.gettext
    if ask.kind == "truth":
        return say(N_("Yes")) if value is True else say(N_("No"))
    if ask.kind == "choice":
        return next((say(text) for key, text in ask.options if key == value), str(value))
    return "; ".join(shown(ask.kind, value, around.page.lang).splitlines())


def _plain(value: Any) -> str:
    """Anything else: its words without the signs of a file."""
    if isinstance(value, Mapping):
        return "; ".join(filter(None, (_plain(each) for each in value.values())))
    if isinstance(value, list):
        return ", ".join(filter(None, map(_plain, value)))
    return "" if value is None else read.shown_number(value)


def jobs(value: Any, around: Around) -> str:
    """Occupations with their numbers, or the number in all."""
    if isinstance(value, list) and value and all(isinstance(each, dict) for each in value):
        names = read.occupation_names(around.places)
        return "; ".join(
            f"{names.get(str(each.get('occupation')), each.get('occupation'))}: "
            f"{read.shown_number(each.get('count')) or '?'}"
            for each in value
        )
    return read.shown_number(value) or around.page.gettext(N_("Not known"))


def must_haves(value: list[Any], around: Around) -> str:
    """Indicator, sign and limit of each demand."""
    titles, signs = _titles(around), {"min": "≥", "max": "≤"}
    return "; ".join(
        f"{titles.get(str(each.get('indicator')), each.get('indicator'))} {sign} "
        f"{read.shown_number(each[bound])}"
        for each in value
        for bound, sign in signs.items()
        if isinstance(each, dict) and each.get(bound) is not None
    )


def alternatives(value: Any, around: Around) -> str:
    """The names of the alternatives."""
    if isinstance(value, str):
        return around.page.gettext(N_("Every centre that meets the must-haves"))
    rows = read.alternative_rows({"alternatives": value}, around.places, around.page.lang)
    return ", ".join(each.name for each in rows)


def weights(value: Any, around: Around) -> str:
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


def _titles(around: Around) -> dict[str, str]:
    return {each.id: each.title[around.page.lang] for each in read.indicators_of(around.draft.content)}
