"""Considerations and weights; a change after the scores were seen is logged with role and reason."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tyngdepunkt.inputs import numbers
from tyngdepunkt.inputs import weight_forms as forms
from tyngdepunkt.web.pages.case._step_context import Changes, Form, Step, StepContext
from tyngdepunkt.web.parts import N_
from tyngdepunkt.web.read import case as read

KINDS = {
    "none": N_("We have not decided what counts most"),
    "points": N_("Points that sum to 100"),
    "ranges": N_("From and to, where we know something"),
    "order": N_("Only the order, the most important first"),
}

ASKS = {
    "conditions": N_("Does the place get people, and is it easy to reach?"),
    "location_policy": N_("Does it strengthen a place that needs jobs?"),
    "cost_effectiveness": N_("What does it cost?"),
    "effective_work": N_("Can the work be done well from there?"),
    "labour_market": N_("What becomes of the state jobs that are there?"),
    "mitigation": N_("Is the harm made good?"),
}
"""Each consideration as a question; its title is what the guidelines call it."""


def weights_in(form: Form, ids: list[str], content: Mapping[str, Any]) -> Any:
    """The weights of a form as a case file writes them; `content` is the case that its page showed."""
    return _weights_in(form, ids, _fields(content, ids))


def _weights_in(form: Form, ids: list[str], shown: Mapping[str, str]) -> Any:
    kind = form.text("kind")
    unknown = [name for name in ids if form.has(f"unknown.{name}") and not _written(form, name, shown)]
    if kind == "order":
        return forms.order({name: form.text(f"order.{name}") for name in ids})
    if kind == "points":
        return forms.points({name: numbers.single(form.text(f"low.{name}")) for name in ids}, unknown)
    if kind == "ranges":
        return forms.ranges({name: _pair(form, name) for name in ids}, unknown)
    return "none"


def _written(form: Form, name: str, shown: Mapping[str, str]) -> bool:
    """Whether a number is written beside a tick that stood there: then it is known, as the script has it."""
    given = {f"{end}.{name}": form.text(f"{end}.{name}") for end in ("low", "high")}
    new = any(text and text != shown[field] for field, text in given.items())
    return f"unknown.{name}" in shown and new


def _pair(form: Form, name: str) -> tuple[Any, Any]:
    low, high = (numbers.single(form.text(f"{end}.{name}")) for end in ("low", "high"))
    return low, high


def ids_of(around: StepContext) -> list[str]:
    """The considerations of the rule set the case is under."""
    return [each.id for each in read.rule_set_of(around.draft.content).considerations]


def _parse(form: Form, around: StepContext) -> Changes:
    if form.has("share"):
        return {"weights": forms.scaled(weights_in(form, ids_of(around), around.draft.content))}
    weights = _kept_or_taken(form, around)
    changes: Changes = {"weights": weights}
    role, reason = form.text("role"), form.text("reason")
    if role and (reason or _changed(form, around)) and not _extra(form, around):
        log = around.draft.content.get("weight_log")
        changes["weight_log"] = [*(log if isinstance(log, list) else []), _entry(weights, form, around)]
    return changes


def _entry(weights: Any, form: Form, around: StepContext) -> dict[str, Any]:
    import datetime as dt

    entry = {"role": form.text("role"), "date": dt.date.today().isoformat()}  # noqa: DTZ011
    reason = {"reason": form.text("reason")} if form.text("reason") else {}
    return {**entry, "weights": weights or "none", **reason, "scores_seen": around.draft.seen is not None}


def _kept_or_taken(form: Form, around: StepContext) -> Any:
    """The weights as they were written, where the fields still show them; else what the fields say."""
    ids, was = ids_of(around), around.draft.content.get("weights")
    shown = _fields(around.draft.content, ids)
    taken = _weights_in(form, ids, shown)
    return was if taken == _weights_in(Form(shown), ids, shown) else taken


def _fields(content: Mapping[str, Any], ids: list[str]) -> dict[str, str]:
    """What a browser sends of the page as it is shown."""
    shown = read.weights_form(content)
    sent = {
        f"{part}.{name}": str(shown[part].get(name, "")) for part in ("low", "high", "order") for name in ids
    }
    return {"kind": shown["kind"], **sent, **{f"unknown.{name}": "yes" for name in _free(shown, ids)}}


def _free(shown: Mapping[str, Any], ids: list[str]) -> list[str]:
    """The considerations that may weigh anything; beside ranges, those of which nothing is said too."""
    ends = {name: (shown["low"].get(name), shown["high"].get(name)) for name in ids}
    silent = (None, None) if shown["kind"] == "ranges" else ()
    return [name for name, pair in ends.items() if pair in (("0", "100"), silent)]


def _changed(form: Form, around: StepContext) -> bool:
    return bool((_kept_or_taken(form, around) or "none") != (around.draft.content.get("weights") or "none"))


def _extra(form: Form, around: StepContext) -> list[tuple[str, str]]:
    """Points that were only shared out are not saved yet; who and why, once the scores have been seen."""
    say = around.page.gettext
    if form.has("share"):
        told = N_("The points are shared out so that they sum to 100. Look at them, and save.")
        return [("weights", say(told))]
    if around.draft.seen is None or not _changed(form, around):
        told = N_("Write the role too. A reason is logged with the role of whoever gives it.")
        return [("role", say(told))] if form.text("reason") and not form.text("role") else []
    asked = {
        "role": N_("Write the role of whoever changes the weights. The scores have been seen."),
        "reason": N_("Write the reason for the change. The scores have been seen."),
    }
    return [(name, say(text)) for name, text in asked.items() if not form.text(name)]


def weights_shown(around: StepContext, content: Mapping[str, Any]) -> Mapping[str, Any]:
    """What the fields of weights need, on this page and beside the result."""
    page, weights = around.page, read.weights_form(content)
    return {
        "considerations": [
            (each.id, each.title[page.lang], each.cited(page.lang))
            for each in read.rule_set_of(around.draft.content).considerations
        ],
        "ends": _ends(around),
        "asks": {key: page.gettext(text) for key, text in ASKS.items()},
        "kinds": [(key, page.gettext(name)) for key, name in KINDS.items()],
        "weights": weights,
        "free": _free(weights, ids_of(around)),
    }


def _ends(around: StepContext) -> Mapping[str, Any]:
    from tyngdepunkt.web.read.weights import ends_of

    return ends_of(around.draft, around.places)


def _context(around: StepContext) -> Mapping[str, Any]:
    content, stored = around.draft.content, (around.stored or around.draft).content
    return {
        **weights_shown(around, content),
        "log": [each for each in stored.get("weight_log") or [] if isinstance(each, dict)],
        "log_of": lambda each: _in_words(each.get("weights"), around),
        "seen": around.draft.seen is not None,
        "role": around.form.text("role") if around.form else "",
        "reason": around.form.text("reason") if around.form else "",
    }


def _in_words(value: Any, around: StepContext) -> str:
    from tyngdepunkt.web.read.weights import in_words

    return in_words(value, around.draft.content, around.page.lang)


STEP = Step(
    "considerations", N_("How much does each consideration weigh?"), ("weights", "weight_log"),
    _parse, _context, _extra,
)  # fmt: skip
