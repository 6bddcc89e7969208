"""Must-haves: what a place has to meet before it is compared with others."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tyngdepunkt.web.pages.case._desk import Around, Changes, Form, Step
from tyngdepunkt.web.parts import N_
from tyngdepunkt.web.read import case as read

SPARE = 2


def _parse(form: Form, around: Around) -> Changes:
    rows = list(zip(form.all("indicator"), form.all("bound"), form.all("limit"), strict=False))
    before = [tuple(row.values()) for row in _rows(around.draft.content)]
    if [row for row in rows if row[0]] == before:
        return {}
    found = [
        {"indicator": indicator, "max" if bound == "max" else "min": read.limit_of(limit)}
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
            "limit": read.shown_number(each.get(bound)),
        }
        for each in (written if isinstance(written, list) else [])
        if isinstance(each, dict)
        for bound in ("min", "max")
        if each.get(bound) is not None or (bound == "min" and each.get("max") is None)
    ]


def _context(around: Around) -> Mapping[str, Any]:
    lang = around.page.lang
    rows = _rows(around.draft.content) + [{"indicator": "", "bound": "max", "limit": ""}] * SPARE
    choices = [("", around.page.gettext("No demand"))]
    choices += [(each.id, each.title[lang]) for each in read.indicators_of(around.draft.content)]
    return {"rows": rows, "choices": choices, "left": read.survivors(around.draft, around.places)}


STEP = Step("must-haves", N_("What must the place have?"), ("must_have",), _parse, _context)
