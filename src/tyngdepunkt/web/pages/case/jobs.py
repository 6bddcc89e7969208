"""The jobs: occupations found by their Norwegian title, with a number, a range, or unknown."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tyngdepunkt.inputs import numbers
from tyngdepunkt.inputs.occupations import occupation_names, occupations
from tyngdepunkt.web.pages.case._step_context import Changes, Form, Step, StepContext
from tyngdepunkt.web.parts import N_

FOUND = 8
"""Occupations that a search shows."""


def _parse(form: Form, around: StepContext) -> Changes:
    if _as_shown(form, around.draft.content):
        return {}
    kept = around.draft.content.get("unit")
    unit = dict(kept) if isinstance(kept, dict) else {"name": ""}
    jobs = [
        {"occupation": code, "count": numbers.answer(count)}
        for code, count in zip(form.all("occupation"), form.all("count"), strict=False)
        if code and code not in form.all("remove")
    ]
    jobs += [
        {"occupation": code, "count": "unknown"}
        for code in form.all("add")
        if code not in {each["occupation"] for each in jobs}
    ]
    total = numbers.answer(form.text("total_jobs"))
    unit.pop("jobs", None)
    unit.pop("total_jobs", None)
    if jobs:
        unit["jobs"] = jobs
    if total != "unknown":
        unit["total_jobs"] = total
    elif not jobs:
        unit["jobs"] = "unknown"
    return {"unit": unit}


def _stay(form: Form) -> Mapping[str, Any] | None:
    """A search that is not answered yet is answered, and a ticked occupation is asked how many."""
    sought, again = form.text("q"), form.has("again")
    fresh = [code for code in form.all("add") if code not in form.all("occupation")]
    searching = again or (form.has("enter") and sought != form.text("sought"))
    if not (fresh or searching):
        return None
    return {"q": sought if searching else "", "new": fresh}


def _as_shown(form: Form, content: Mapping[str, Any]) -> bool:
    """Whether the page stands as it was shown; then everything is kept as it was written."""
    jobs, total = _shown(content)
    posted = list(zip(form.all("occupation"), form.all("count"), strict=False))
    return (
        bool(jobs or total is not None or "jobs" in (content.get("unit") or {}))
        and posted == [(job["code"], numbers.written(job["count"])) for job in jobs]
        and form.text("total_jobs") == numbers.written(total)
        and not (form.all("remove") or form.all("add"))
    )


def _shown(content: Mapping[str, Any]) -> tuple[list[dict[str, Any]], Any]:
    """The occupations with their numbers, and the number in all."""
    unit = content.get("unit")
    unit = unit if isinstance(unit, dict) else {}
    written = unit.get("jobs")
    listed = isinstance(written, list) and all(isinstance(each, dict) for each in written)
    jobs = [
        {"code": str(each.get("occupation", "")), "count": each.get("count")}
        for each in (written or [] if listed else [])
    ]
    total = unit.get("total_jobs")
    return jobs, (None if listed else written) if total is None else total


def _context(around: StepContext) -> Mapping[str, Any]:
    jobs, total = _shown(around.draft.content)
    names = occupation_names(around.places)
    query = around.page.request.query_params.get("q", "")[:100]
    return {
        "jobs": [{**job, "name": names.get(job["code"], "")} for job in jobs],
        "total": total,
        "q": query,
        "new": around.page.request.query_params.getall("new", []),
        "found": [(each.code, each.name, each.title) for each in occupations(around.places, query)[:FOUND]],
    }


STEP = Step(
    "jobs", N_("Which jobs are in the unit?"), ("unit.jobs", "unit.total_jobs"), _parse, _context, stay=_stay
)
