"""Which figures count: leave one out, turn it, or give it another weight inside its consideration."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tyngdepunkt.analyses.location.input.fields import known
from tyngdepunkt.inputs import numbers
from tyngdepunkt.web.pages.case._simple_fields import kept_or_taken
from tyngdepunkt.web.pages.case._step_context import Changes, Form, Step, StepContext
from tyngdepunkt.web.parts import N_
from tyngdepunkt.web.read import case as read

DRAWN = "drawn"  # a value function that only a case file can hold; it is kept


def _chosen(content: Mapping[str, Any]) -> dict[str, Any]:
    value = content.get("indicators")
    return dict(value) if isinstance(value, dict) else {}


def _names(around: StepContext) -> dict[str, str]:
    lang, content = around.page.lang, around.draft.content
    titles = {each.id: each.title[lang] for each in read.indicators_of(content)}
    return titles | {name: name for name in _chosen(content) if name not in titles}


def _parse(form: Form, around: StepContext) -> Changes:
    chosen = _chosen(around.draft.content)
    for name in _names(around):
        was = chosen.get(name)
        if not form.has(f"weight.{name}") or not (was is None or isinstance(was, dict)):
            continue
        found = _choice(was or {}, name, form)
        if found:
            chosen[name] = found
        elif was != found:
            chosen.pop(name, None)
    return {"indicators": chosen or None}


def _choice(was: dict[str, Any], name: str, form: Form) -> dict[str, Any]:
    found = dict(was)
    for part, kind in (("off", "truth"), ("direction", "text"), ("weight", "range"), ("reason", "text")):
        value = kept_or_taken(kind, was.get(part), form.text(f"{part}.{name}"))
        if value is None:
            found.pop(part, None)
        else:
            found[part] = value
    value = form.text(f"value.{name}")
    if value != DRAWN:
        found.pop("value", None)
        found |= {"value": value} if value else {}
    return found


def _context(around: StepContext) -> Mapping[str, Any]:
    chosen = _chosen(around.draft.content)
    rows, offered = [], list(known("indicators.value").choices)
    for name, title in _names(around).items():
        own = chosen.get(name)
        own = own if isinstance(own, dict) else {}
        drawn = own.get("value") is not None and own.get("value") not in offered
        rows.append(
            {
                "id": name, "title": title, "changed": bool(own), "off": own.get("off") is True,
                "direction": own.get("direction") or "", "weight": numbers.written(own.get("weight")),
                "reason": own.get("reason") or "", "value": DRAWN if drawn else own.get("value") or "",
                "drawn": drawn,
            }
        )  # fmt: skip
    lang, as_it_is = around.page.lang, ("", around.page.gettext(N_("As it is")))
    return {
        "rows": rows,
        "directions": [as_it_is, *known("indicators.direction").options(lang)],
        "values": [as_it_is, *known("indicators.value").options(lang)],
    }


STEP = Step("figures", N_("Which figures count?"), ("indicators",), _parse, _context, more=True)
