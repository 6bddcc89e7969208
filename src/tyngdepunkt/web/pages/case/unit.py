"""The unit: what it is, when, and what sets the guidelines in motion."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tyngdepunkt.analyses.location.input.fields import known
from tyngdepunkt.inputs import numbers
from tyngdepunkt.web.pages.case._step_context import Changes, Form, Step, StepContext, day_of, day_shown
from tyngdepunkt.web.parts import N_
from tyngdepunkt.web.request_values import clean


def _parse(form: Form, around: StepContext) -> Changes:
    kept = around.draft.content.get("unit")
    unit = {**(kept if isinstance(kept, dict) else {}), "name": form.text("unit.name")}
    agency = form.text("unit.agency")
    if agency:
        unit["agency"] = agency
    elif unit.get("agency"):
        del unit["agency"]
    moved, before = form.text("moved_from"), _moved_text(around.draft.content)
    return {
        "title": form.text("title"),
        "date": day_of(form.text("date")),
        "trigger": form.text("trigger"),
        "unit": unit,
        "moved_from": around.draft.content.get("moved_from")
        if moved == clean(before)
        else [_moved(line) for line in form.lines("moved_from")] or None,
    }


def _moved(line: str) -> Any:
    """`Oslo: 30`, or only the place."""
    place, colon, jobs = line.partition(":")
    return {"place": place.strip(), "jobs": numbers.answer(jobs)} if colon else place.strip()


def _context(around: StepContext) -> Mapping[str, Any]:
    content = around.draft.content
    return {
        "triggers": known("trigger").options(around.page.lang),
        "unit": content["unit"] if isinstance(content.get("unit"), dict) else {},
        "moved": _moved_text(content),
        "date": day_shown(content.get("date")),
    }


def _moved_text(content: Mapping[str, Any]) -> str:
    written = content.get("moved_from")
    return "\n".join(_line(each) for each in written) if isinstance(written, list) else ""


def _line(each: Any) -> str:
    if not isinstance(each, dict):
        return str(each)
    jobs = numbers.written(each.get("jobs"))
    return f"{each.get('place', '')}: {jobs}" if jobs else str(each.get("place", ""))


STEP = Step(
    "unit", N_("What is to be placed?"),
    ("title", "date", "trigger", "unit.name", "unit.agency", "moved_from"),
    _parse, _context,
)  # fmt: skip
