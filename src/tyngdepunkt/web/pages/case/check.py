"""Check your answers: what is missing first, then everything in short with a way to change it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tyngdepunkt.analyses.location.input.fields import field_title
from tyngdepunkt.inputs import numbers
from tyngdepunkt.web.pages.case import judgements, ledger, optional_steps
from tyngdepunkt.web.pages.case._step_context import Changes, Form, Step, StepContext
from tyngdepunkt.web.pages.case._steps import MORE
from tyngdepunkt.web.parts import N_
from tyngdepunkt.web.read import case as read
from tyngdepunkt.web.read.answers import Answers
from tyngdepunkt.workspace.drafts import value_at

OWNERS = (
    ("unit.jobs", "jobs"),
    ("unit.total_jobs", "jobs"),
    ("guidelines", "rules"),
    ("also_guidelines", "rules"),
    ("largest_cities", "rules"),
    ("oslo_area", "rules"),
    ("must_have", "must-haves"),
    ("alternatives", "alternatives"),
    ("weight", "considerations"),
)
FIRST = (
    ("unit", ("title", "unit.name", "unit.agency", "date", "trigger", "moved_from")),
    ("jobs", ("unit.jobs", "unit.total_jobs")),
    ("rules", ("guidelines", "also_guidelines", "largest_cities", "oslo_area")),
    ("must-haves", ("must_have",)),
    ("alternatives", ("alternatives",)),
    ("considerations", ("weights",)),
)
NEEDED = frozenset({"title", "unit.name", "date", "trigger", "alternatives"})
ALWAYS = frozenset({*NEEDED, "unit.jobs", "must_have", "weights", "guidelines"})
REST = {
    "background": optional_steps.BACKGROUND,
    "affected": optional_steps.AFFECTED,
    "today": optional_steps.TODAY,
    "costs": optional_steps.COSTS,
    "conflicts": optional_steps.CONFLICTS,
    "decision": optional_steps.DECISION,
    "figures": ("indicators",),
    "ledger": ("ledger", *ledger.WINDOW),
}


def _parse(_form: Form, _around: StepContext) -> Changes:
    return {}


def owner(field: str) -> str:
    """The step where a field is answered."""
    if judgements.is_mine(field):
        return "judgements"
    extra = next((step.id for step in MORE if any(_of(field, name) for name in step.fields)), "unit")
    return next((step for start, step in OWNERS if field.startswith(start)), extra)


def _of(field: str, name: str) -> bool:
    return field == name or field.startswith((f"{name}.", f"{name}["))


def _context(around: StepContext) -> Mapping[str, Any]:
    faults = read.faults_of(around.draft, around.places)
    lang = around.page.lang
    answers = Answers(around.draft.content, around.places, lang)
    return {
        "faults": [
            (owner(each.field), each.anchor, each.text_away(lang, field_title(each.field, lang)))
            for each in faults
        ],
        "answers": [
            answer
            for step, paths in FIRST
            for path in paths
            if (answer := _answer(step, path, answers, around))
        ],
        "more": [
            (step.id, around.page.gettext(step.title), _rest(step.id, answers, around)) for step in MORE
        ],
    }


def _answer(step: str, path: str, answers: Answers, around: StepContext) -> tuple[str, str, str, bool] | None:
    """(step, question, answer, whether it must be answered); None where it need not be shown."""
    content = around.draft.content
    value = value_at(content, path)
    told = answers.short(path, value or "none" if path == "weights" else value)
    if path == "guidelines":
        told = read.rule_set_of(content).title[around.page.lang]
    if not told and (path not in ALWAYS or (path == "unit.jobs" and _counted(content))):
        return None
    return step, field_title(path, around.page.lang), told, path in NEEDED


def _counted(content: Mapping[str, Any]) -> bool:
    """Whether the jobs are given in all; none at all is a number too."""
    return not numbers.is_unknown(value_at(content, "unit.total_jobs"))


def _rest(step: str, answers: Answers, around: StepContext) -> list[tuple[str, str]]:
    """What is said on a page that a case can do without: (question, answer)."""
    if step == "judgements":
        return _judged(around)
    content, lang = around.draft.content, around.page.lang
    found = [(field_title(path, lang), answers.short(path, value_at(content, path))) for path in REST[step]]
    return [(question, answer) for question, answer in found if answer]


def _judged(around: StepContext) -> list[tuple[str, str]]:
    from tyngdepunkt.web.pages.case._simple_fields import shown

    found = []
    for row in read.alternative_rows(around.draft.content, around.places, around.page.lang):
        group = row.value if isinstance(row.value, dict) else {}
        grades = group.get("grades")
        parts = [text for text in [shown("area", group.get("description"))] if text]
        parts += shown("lines", group.get("measures")).splitlines()
        if isinstance(grades, dict) and grades:
            count = len(grades)
            parts.append(
                around.page.ngettext("%(num)s judgement", "%(num)s judgements", count) % {"num": count}
            )
        found.append((row.name, "; ".join(parts)))
    return [(name, said) for name, said in found if said]


STEP = Step("check", N_("Check your answers"), (), _parse, _context)
