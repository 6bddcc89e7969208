"""Alternatives: places and other ways to do it, or every centre that meets the must-haves."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from tyngdepunkt.analyses.location.input.fields import known
from tyngdepunkt.inputs import numbers
from tyngdepunkt.web.pages.case._step_context import Changes, Form, Step, StepContext
from tyngdepunkt.web.parts import N_
from tyngdepunkt.web.read import alternatives as reading
from tyngdepunkt.web.read import case as read
from tyngdepunkt.web.read import must_have_preview
from tyngdepunkt.web.read.case_map import CaseMap, alternatives_map, leaving
from tyngdepunkt.web.read.rule_preview import asked_of_alternatives
from tyngdepunkt.web.request_values import parsed

KINDS = {
    "zero": N_("Nothing is changed (zero alternative)"),
    "stay": N_("Stays where it is, with measures"),
    "oslo": N_("Put the unit in Oslo"),
    "existing_structure": N_("The offices there are today"),
    "place_independent": N_("Posts without a fixed office"),
}


def _parse(form: Form, around: StepContext) -> Changes:
    was = around.draft.content.get("alternatives")
    if form.text("how") == "auto":
        return {"alternatives": was if reading.is_auto(was) else "auto"}
    removed = set(form.all("remove"))
    kept = [_value(text) for at, text in enumerate(form.all("alternative")) if str(at) not in removed]
    added = [*([form.text("q")] if form.text("q") else []), *form.lines("places")]
    kept += [each for each in dict.fromkeys(added) if each not in kept]
    kept += [{"kind": kind} for kind in form.all("kind") if kind in KINDS and {"kind": kind} not in kept]
    if form.lines("offices"):
        offices = [_office(line) for line in form.lines("offices")]
        name = form.text("offices.name")
        kept.append({**({"name": name} if name else {}), "offices": offices})
    return {"alternatives": kept}


def _value(text: str) -> Any:
    """An alternative as we wrote it into the form ourselves; text that is not JSON is a place."""
    found = parsed(text)
    return text if found is None else found


def _office(line: str) -> dict[str, Any]:
    """`Hamar; 10; 12`: place, jobs before, jobs after."""
    place, *counts = [part.strip() for part in line.split(";")]
    before, after = (numbers.answer(each) for each in (*counts, "", "")[:2])
    return {"place": place, "jobs_before": before, "jobs_after": after}


def _context(around: StepContext) -> Mapping[str, Any]:
    page, content = around.page, around.draft.content
    rows = read.alternative_rows(content, around.places, page.lang)
    faults = reading.row_faults(around.draft, around.places, page.lang) if rows else {}
    meets = must_have_preview.meets(around.draft, around.places, [row.code for row in rows if row.code])
    return {
        "how": "auto" if reading.is_auto(content.get("alternatives")) else "named",
        "rows": [
            (json.dumps(row.value, ensure_ascii=False), row, meets.get(row.code), faults.get(at, ""))
            for at, row in enumerate(rows)
        ],
        "every": known("alternatives").choice("auto", page.lang),
        "demands": bool(content.get("must_have")),
        "kinds": [(key, page.gettext(name)) for key, name in KINDS.items()],
        **live(around),
        "about_offices": content.get("trigger") in ("closure", "structural_change"),
        "map": _map(rows, around),
    }


def live(around: StepContext) -> Mapping[str, Any]:
    """How the alternatives stand to what is asked of them, while one writes."""
    content, page = around.draft.content, around.page
    rows = read.alternative_rows(content, around.places, page.lang)
    half = around.form.text("q") if around.form else ""  # what is being written is nobody's mistake yet
    return {
        "auto": reading.is_auto(content.get("alternatives")),
        "asked": asked_of_alternatives(content, around.places, page.lang),
        "unknown": [each.name for each in rows if read.is_unfound(each) and each.value != half],
        "left": must_have_preview.survivors(around.draft, around.places)
        if content.get("must_have")
        else None,
    }


def _map(rows: list[read.Row], around: StepContext) -> CaseMap | None:
    """The alternatives that are places, numbered as in the table; None where none is."""
    content = around.draft.content
    leaves = leaving(content, around.places)
    return alternatives_map(around.places, [each.code for each in rows], leaves, around.page.lang)


def _stay(form: Form) -> Mapping[str, Any] | None:
    """Enter in the field that adds a place adds it, and the list is shown with it."""
    adding = form.has("enter") and form.text("q") and form.text("how") != "auto"
    return {} if adding else None


STEP = Step(
    "alternatives", N_("Which alternatives are there?"), ("alternatives",), _parse, _context,
    live=live, stay=_stay,
)  # fmt: skip
