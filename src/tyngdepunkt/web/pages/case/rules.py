"""The rules: which guidelines, and the two lists of places that the case has to settle itself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tyngdepunkt.web.pages.case._desk import Around, Changes, Form, Step
from tyngdepunkt.web.parts import N_
from tyngdepunkt.web.read import case as read

LISTS = ("largest_cities", "oslo_area")


def _parse(form: Form, _around: Around) -> Changes:
    return {name: _places(form, name) for name in LISTS}


def _places(form: Form, name: str) -> Any:
    places, reason = form.lines(f"{name}.places"), form.text(f"{name}.reason")
    if not places and not reason:
        return None
    return {"places": places, **({"reason": reason} if reason else {})}


def _context(around: Around) -> Mapping[str, Any]:
    content = around.draft.content
    found = read.rule_set_of(content)
    told = {}
    for name in LISTS:
        value = content.get(name)
        value = {"places": value} if isinstance(value, list) else value or {}
        told[name] = {
            "places": "\n".join(map(str, value.get("places", []))),
            "reason": value.get("reason", ""),
        }
    return {"rule_set": found, "lists": told, "rules": found.rules}


STEP = Step("rules", N_("Which rules apply?"), LISTS, _parse, _context)
