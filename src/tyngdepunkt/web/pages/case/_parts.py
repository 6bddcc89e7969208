"""Rent, share and jobs of each place of an alternative, where one place or several are named."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tyngdepunkt.analyses.location.input.fields import known
from tyngdepunkt.inputs import numbers
from tyngdepunkt.web.pages.case._simple_fields import doubt, kept_or_taken
from tyngdepunkt.web.pages.case._simple_fields import shown as asked_shown
from tyngdepunkt.web.pages.case._step_context import Form, StepContext
from tyngdepunkt.web.read.case import place_name

RENT = "rent_per_m2"
FIELDS = ("share", "jobs", "jobs_before", "jobs_after", "jobs_change", RENT)
_OF_KEY = {"parts": ("share", "jobs", RENT), "offices": ("jobs_before", "jobs_after", RENT)}


def put(group: dict[str, Any], at: int, form: Form) -> None:
    """Write what the form says of the places of one alternative into it; what stands as shown is kept."""
    _number(group, RENT, f"{RENT}.{at}", form)
    for key in _OF_KEY:
        written = group.get(key)
        if isinstance(written, list):
            group[key] = [_part(part, key, f"{at}.{nth}", form) for nth, part in enumerate(written)]


def _part(part: Any, key: str, name: str, form: Form) -> Any:
    if not isinstance(part, dict):
        return part
    found = dict(part)
    for field in _fields(part, key):
        _number(found, field, f"{field}.{name}", form)
    return found


def _number(group: dict[str, Any], field: str, name: str, form: Form) -> None:
    if not form.has(name):
        return
    value = kept_or_taken(known(field).kind, group.get(field), form.text(name))
    if value is None:
        group.pop(field, None)
    else:
        group[field] = value


def _fields(part: Mapping[str, Any], key: str) -> list[str]:
    """Those that belong to the kind of alternative, and whatever the case says already."""
    return [field for field in FIELDS if field in _OF_KEY[key] or part.get(field) is not None]


def shown(group: Mapping[str, Any], at: int, around: StepContext) -> list[dict[str, Any]]:
    """The fields by place: its name (empty for an only place), and (name, id, label, text) of each."""
    lang, found = around.page.lang, []
    if group.get("place") or group.get("kind") == "oslo" or group.get(RENT) is not None:
        field = (
            f"{RENT}.{at}",
            f"alternatives-{at}-{RENT}",
            known(RENT).label(lang),
            numbers.written(group.get(RENT)),
        )
        found.append({"id": "", "place": "", "fields": [field]})
    for key in _OF_KEY:
        written = group.get(key)
        for nth, part in enumerate(written if isinstance(written, list) else []):
            if isinstance(part, dict):
                found.append(_shown_part(part, key, (at, nth), around))
    return found


def _shown_part(
    part: Mapping[str, Any], key: str, where: tuple[int, int], around: StepContext
) -> dict[str, Any]:
    at, nth = where
    fields = [
        (
            f"{field}.{at}.{nth}",
            f"alternatives-{at}-{key}-{nth}-{field}",
            known(field).label(around.page.lang),
            asked_shown(known(field).kind, part.get(field)),
        )
        for field in _fields(part, key)
    ]
    name = place_name(str(part.get("place") or "?"), around.places)
    return {"id": f"alternatives-{at}-{key}-{nth}", "place": name, "fields": fields}


def doubts(item: Any, at: int, form: Form, around: StepContext) -> list[tuple[str, str]]:
    """Shares of one alternative that can be read in two ways."""
    group = item if isinstance(item, dict) else {}
    found = []
    for key in _OF_KEY:
        written = group.get(key)
        for nth in range(len(written) if isinstance(written, list) else 0):
            found.append(
                doubt(f"alternatives-{at}-{key}-{nth}-share", form.text(f"share.{at}.{nth}"), around)
            )
    return [each for each in found if each]


def is_about(field: str) -> bool:
    """Whether a fault in the field of an alternative is mended here, and not where the places are named."""
    return field.rpartition(".")[2] in FIELDS or field.endswith(".parts")
