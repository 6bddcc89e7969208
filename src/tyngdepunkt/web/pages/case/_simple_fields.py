"""Pages that are nothing but fields of the case file: what is asked, how it is shown, how it is taken.

An answer that stands as it was shown is kept as it was written, so that a page can be saved
without changing anything.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from tyngdepunkt import texts
from tyngdepunkt.analyses.location.input.fields import known
from tyngdepunkt.errors import UserError
from tyngdepunkt.inputs import numbers
from tyngdepunkt.inputs.numbers import is_unknown
from tyngdepunkt.web.pages.case._step_context import Changes, Form, Step, StepContext, day_of, day_shown
from tyngdepunkt.web.parts import N_
from tyngdepunkt.web.read.case import slug
from tyngdepunkt.web.read.said import said
from tyngdepunkt.web.request_values import clean
from tyngdepunkt.workspace.drafts import value_at, with_value

_NUMBERS = ("number", "range", "percent")
_PAIR = re.compile(r"\s*([A-Za-z]+[0-9]+)\s*:\s*(.*)")


def shown(kind: str, value: Any, lang: str = "en") -> str:
    """A value as it stands in its field; that a day is not known is said in the language of the page."""
    if kind == "day" and value is not None and is_unknown(value):
        return texts.text("workspace.drafts:said.unknown", lang)
    if kind in _NUMBERS:
        return numbers.written(value, percent=kind == "percent")
    if kind == "truth":
        return "yes" if value is True else ""
    if kind == "pairs" and isinstance(value, dict):
        return "\n".join(f"{key}: {reason}" for key, reason in value.items())
    if isinstance(value, list):
        return "\n".join(map(str, value))
    if kind in ("day", "date"):
        return day_shown(value)
    return "" if value is None else str(value)


def taken(kind: str, text: str) -> Any:
    """What a field of the kind says; None where it is empty."""
    if not text:
        return None
    if kind in ("day", "date"):
        return "unknown" if kind == "day" and is_unknown(text) else day_of(text)
    if kind in (*_NUMBERS, "year"):
        return numbers.answer(text, in_percent=kind == "percent")
    if kind == "truth":
        return True
    if kind in ("lines", "places"):
        return [line.strip() for line in text.splitlines() if line.strip()]
    return _pairs(text) if kind == "pairs" else text


def _pairs(text: str) -> Any:
    """`R17: reason` by line; a line that names no rule goes on with the reason above it."""
    found: dict[str, str] = {}
    rule = ""
    for line in text.splitlines():
        if match := _PAIR.fullmatch(line):
            rule, line = match[1].upper(), match[2]
        if not rule:
            return text
        found[rule] = f"{found[rule]}\n{line}" if rule in found else line
    return {rule: reason.strip() for rule, reason in found.items()}


def kept_or_taken(kind: str, was: Any, text: str, lang: str = "en") -> Any:
    """What was there, where the field still shows it; else what the field says."""
    return was if text == clean(shown(kind, was, lang)) else taken(kind, text)


def parse(paths: Sequence[str], form: Form, around: StepContext) -> Changes:
    """The fields of the case that the page writes."""
    content = dict(around.draft.content)
    for path in paths:
        was = value_at(content, path)
        value = kept_or_taken(known(path).kind, was, form.text(path), around.page.lang)
        if value is not was:
            content = with_value(content, path, value)
    return {name: content.get(name) for name in tops(paths)}


def tops(paths: Sequence[str]) -> tuple[str, ...]:
    """The fields of the case, without what is inside them."""
    return tuple(dict.fromkeys(path.split(".")[0] for path in paths))


def context(paths: Sequence[str], around: StepContext) -> Mapping[str, Any]:
    """The fields with what they hold, for the template."""
    content, lang = around.draft.content, around.page.lang
    empty = ("", around.page.gettext(N_("Not chosen")))
    rows = [(path, known(path)) for path in paths]
    told = [
        {
            "path": path, "id": slug(path), "label": row.label(lang), "hint": row.hint(lang),
            "kind": row.widget, "text": shown(row.kind, value_at(content, path), lang),
            "options": [empty, *row.options(lang)],
        }
        for path, row in rows
    ]  # fmt: skip
    return {"asks": told}


def doubts(paths: Sequence[str], form: Form, around: StepContext) -> list[tuple[str, str]]:
    """Shares in doubt: per cent is asked for here, and a case file could not know it."""
    shares = [path for path in paths if known(path).kind == "percent"]
    return [each for path in shares if (each := doubt(slug(path), form.text(path), around))]


def doubt(id_: str, text: str, around: StepContext) -> tuple[str, str] | None:
    """What is wrong with a share in a form that a case file would take, as (id of the input, text)."""
    try:
        numbers.share_span(text, in_percent=True)
    except UserError as error:
        if error.faults[0].key == "inputs:share_in_doubt":
            return id_, said(error.faults[0], around.page.lang)
    return None


Extra = Callable[[Form, StepContext], list[tuple[str, str]]]


def asked(step_id: str, title: str, paths: tuple[str, ...]) -> Step:
    """A page of fields that a case can do without, in this order."""
    extra = partial(doubts, paths)
    return Step(
        step_id, title, tops(paths), partial(parse, paths), partial(context, paths), extra, extra, "asked",
        more=True,
    )  # fmt: skip
