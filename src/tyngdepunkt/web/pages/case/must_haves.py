"""Must-haves: what a place has to meet before it is compared with others."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tyngdepunkt import texts
from tyngdepunkt.inputs import numbers
from tyngdepunkt.inputs.indicator_limits import is_share
from tyngdepunkt.web.pages.case._simple_fields import doubt
from tyngdepunkt.web.pages.case._step_context import Changes, Form, Step, StepContext
from tyngdepunkt.web.parts import N_
from tyngdepunkt.web.read import case as read
from tyngdepunkt.web.read import must_have_preview

SPARE = 2


def _parse(form: Form, around: StepContext) -> Changes:
    rows = list(zip(form.all("indicator"), form.all("bound"), form.all("limit"), strict=False))
    before = [tuple(row.values()) for row in _rows(around.draft.content)]
    if [row for row in rows if row[0]] == before:
        return {}
    found = [
        {
            "indicator": indicator,
            "max" if bound == "max" else "min": numbers.single(limit, in_percent=is_share(indicator)),
        }
        for indicator, bound, limit in rows
        if indicator
    ]
    return {"must_have": found or None}


def _rows(content: Mapping[str, Any]) -> list[dict[str, str]]:
    """Each demand as a row of the form; one with two limits makes two."""
    written = content.get("must_have")
    return [
        {
            "indicator": str(each.get("indicator", "")),
            "bound": bound,
            "limit": numbers.written(each.get(bound), percent=is_share(str(each.get("indicator", "")))),
        }
        for each in (written if isinstance(written, list) else [])
        if isinstance(each, dict)
        for bound in ("min", "max")
        if each.get(bound) is not None or (bound == "min" and each.get("max") is None)
    ]


def _context(around: StepContext) -> Mapping[str, Any]:
    rows = _rows(around.draft.content)
    spare = [{"indicator": "", "bound": "max", "limit": ""}] * SPARE
    return {"rows": rows + spare, "choices": _choices(around), **live(around)}


def live(around: StepContext) -> Mapping[str, Any]:
    """Who is left, and by which demand; what stands beside the form while one writes."""
    titles = {each.id: each.title[around.page.lang] for each in read.indicators_of(around.draft.content)}
    asked = [titles.get(row["indicator"], row["indicator"]) for row in _rows(around.draft.content)]
    left = must_have_preview.survivors(around.draft, around.places)
    alone = list(zip(asked, left.alone, strict=False)) if left and len(left.alone) > 1 else []
    return {"left": left, "alone": alone, "demanded": bool(asked)}


def _choices(around: StepContext) -> list[tuple[str, str]]:
    """Each indicator with the unit that its limit is written in."""
    lang, say = around.page.lang, around.page.gettext
    found = [("", say("No demand"))]
    for each in read.indicators_of(around.draft.content):
        unit = texts.text(f"indicators:unit.{each.unit}", lang)
        told = say("per cent") if each.unit == "share" else unit
        found.append((each.id, f"{each.title[lang]} ({told})"))
    return found


def _doubts(form: Form, around: StepContext) -> list[tuple[str, str]]:
    rows = [row for row in zip(form.all("indicator"), form.all("limit"), strict=False) if row[0]]
    found = [
        doubt(f"must_have-{at}", limit, around)
        for at, (indicator, limit) in enumerate(rows)
        if is_share(indicator)
    ]
    return [each for each in found if each]


STEP = Step(
    "must-haves",
    N_("What must the place have?"),
    ("must_have",),
    _parse,
    _context,
    _doubts,
    _doubts,
    live=live,
)
