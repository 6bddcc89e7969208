"""The rules: which guidelines, and the two lists of places that the case has to settle itself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tyngdepunkt import rules
from tyngdepunkt.analyses.location.input.fields import known
from tyngdepunkt.web.pages.case._step_context import Changes, Form, Step, StepContext
from tyngdepunkt.web.parts import N_
from tyngdepunkt.web.read import case as read
from tyngdepunkt.web.read.rule_preview import rules_so_far
from tyngdepunkt.web.request_values import clean

LISTS = ("largest_cities", "oslo_area")


def _parse(form: Form, around: StepContext) -> Changes:
    content = around.draft.content
    changes: Changes = {name: _places(form, name, content.get(name)) for name in LISTS}
    if form.has("advanced"):
        changes["guidelines"] = form.text("guidelines") or None
        chosen, was = form.all("also_guidelines"), content.get("also_guidelines")
        same = sorted(chosen) == sorted(_also(content))
        changes["also_guidelines"] = was if same else chosen or None
    return changes


def _places(form: Form, name: str, was: Any) -> Any:
    places, reason = form.text(f"{name}.places"), form.text(f"{name}.reason")
    before = _shown(was)
    if places == clean(before["places"]) and reason == clean(before["reason"]):
        return was
    listed = form.lines(f"{name}.places")
    if not listed and not reason:
        return None
    return {"places": listed, **({"reason": reason} if reason else {})}


def _shown(value: Any) -> dict[str, str]:
    group = value if isinstance(value, dict) else {"places": value}
    places = group.get("places")
    return {
        "places": "\n".join(map(str, places)) if isinstance(places, list) else "",
        "reason": str(group.get("reason") or ""),
    }


def _also(content: Mapping[str, Any]) -> list[str]:
    written = content.get("also_guidelines") or []
    return [str(each) for each in (written if isinstance(written, list) else [written])]


def _context(around: StepContext) -> Mapping[str, Any]:
    content, lang = around.draft.content, around.page.lang
    found = read.rule_set_of(content)
    versions = [(each, rules.rule_set(each).title[lang]) for each in rules.versions()]
    by_date = around.page.gettext("Those that the date of the case chooses")
    return {
        "rule_set": found,
        "states": rules_so_far(content, around.places, lang),
        "trigger": content.get("trigger") in known("trigger").choices,
        "lists": {name: _shown(content.get(name)) for name in LISTS},
        "guidelines": str(content.get("guidelines") or ""),
        "versions": versions,
        "choices": [("", by_date), *versions],
        "also": _also(content),
    }


STEP = Step("rules", N_("Which rules apply?"), (*LISTS, "guidelines", "also_guidelines"), _parse, _context)
