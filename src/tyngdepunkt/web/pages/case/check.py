"""Check your answers: everything in short, and what is still wrong."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tyngdepunkt.web.pages.case._desk import Around, Changes, Form, Step
from tyngdepunkt.web.pages.case.unit import TRIGGERS
from tyngdepunkt.web.parts import N_
from tyngdepunkt.web.read import case as read

OWNERS = (
    ("unit.jobs", "jobs"),
    ("unit.total_jobs", "jobs"),
    ("largest_cities", "rules"),
    ("oslo_area", "rules"),
    ("must_have", "must-haves"),
    ("alternatives", "alternatives"),
    ("weight", "considerations"),
)


def _parse(_form: Form, _around: Around) -> Changes:
    return {}


def owner(field: str) -> str:
    """The step where a field is answered."""
    return next((step for start, step in OWNERS if field.startswith(start)), "unit")


def _context(around: Around) -> Mapping[str, Any]:
    faults = read.faults_of(around.draft, around.places)
    lang = around.page.lang
    return {
        "faults": [(owner(each.field), each.anchor, each.text(lang)) for each in faults],
        "answers": _answers(around),
    }


def _answers(around: Around) -> list[tuple[str, str, str]]:
    """(step, question, answer)."""
    content, say = around.draft.content, around.page.gettext
    unit = content["unit"] if isinstance(content.get("unit"), dict) else {}
    rows = read.alternative_rows(content, around.places, around.page.lang)
    auto = content.get("alternatives") == "auto"
    names = read.occupation_names(around.places)
    weights = read.weights_form(content)
    trigger = TRIGGERS.get(content.get("trigger", ""), "")
    return [
        ("unit", say("Title"), str(content.get("title") or "")),
        ("unit", say("Unit"), str(unit.get("name") or "")),
        ("unit", say("Date of the case"), str(content.get("date") or "")),
        ("unit", say("What happens"), say(trigger) if trigger else ""),
        ("jobs", say("Jobs"), _jobs(unit, names)),
        ("rules", say("Guidelines"), read.rule_set_of(content).title[around.page.lang]),
        ("must-haves", say("Must-haves"), _musts(content, around)),
        ("alternatives", say("Alternatives"), say("Every centre that meets the must-haves") if auto
         else ", ".join(each.name for each in rows)),
        ("considerations", say("Weights"), _weights(weights, around)),
    ]  # fmt: skip


def _jobs(unit: Mapping[str, Any], names: Mapping[str, str]) -> str:
    written = unit.get("jobs")
    if isinstance(written, list) and all(isinstance(each, dict) for each in written):
        parts = [
            f"{names.get(str(each.get('occupation')), each.get('occupation'))}: "
            f"{read.shown_number(each.get('count')) or '?'}"
            for each in written
        ]
        return "; ".join(parts)
    return read.shown_number(unit.get("total_jobs") or written)


def _musts(content: Mapping[str, Any], around: Around) -> str:
    titles = {each.id: each.title[around.page.lang] for each in read.indicators_of(content)}
    signs = {"min": "≥", "max": "≤"}
    named = lambda each: titles.get(str(each.get("indicator")), each.get("indicator"))  # noqa: E731
    return "; ".join(
        f"{named(each)} {sign} {read.shown_number(each[bound])}"
        for each in content.get("must_have") or []
        for bound, sign in signs.items()
        if isinstance(each, dict) and each.get(bound) is not None
    )


def _weights(weights: Mapping[str, Any], around: Around) -> str:
    from tyngdepunkt.web.pages.case.considerations import KINDS

    titles = {
        each.id: each.title[around.page.lang]
        for each in read.rule_set_of(around.draft.content).considerations
    }
    parts = [
        f"{titles.get(name, name)} {low}"
        + (f"–{weights['high'][name]}" if weights["high"][name] != low else "")
        for name, low in weights["low"].items()
    ] or [f"{at}. {titles.get(name, name)}" for name, at in weights["order"].items()]
    without = KINDS["none"]
    return "; ".join(parts) or around.page.gettext(without)


STEP = Step("check", N_("Check your answers"), (), _parse, _context)
