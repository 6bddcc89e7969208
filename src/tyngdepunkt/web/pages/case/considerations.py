"""Considerations and weights; a change after the scores were seen is logged with role and reason."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tyngdepunkt.cases.drafts import weights as forms
from tyngdepunkt.web.pages.case._desk import Around, Changes, Form, Step
from tyngdepunkt.web.parts import N_
from tyngdepunkt.web.read import case as read

KINDS = {
    "none": N_("Do not know: try all weights there are"),
    "points": N_("Points that sum to 100"),
    "ranges": N_("From and to, where we know something"),
    "order": N_("Only the order, the most important first"),
}


def weights_in(form: Form, ids: list[str]) -> Any:
    """The weights of a form as a case file writes them."""
    kind = form.text("kind")
    unknown = [name for name in ids if form.has(f"unknown.{name}")]
    if kind == "order":
        given = {name: form.number(f"order.{name}") for name in ids}
        return forms.order({name: rank for name, rank in given.items() if rank})
    if kind == "points":
        return forms.points({name: read.limit_of(form.text(f"low.{name}")) for name in ids}, unknown)
    if kind == "ranges":
        return forms.ranges({name: _pair(form, name) for name in ids}, unknown)
    return "none"


def _pair(form: Form, name: str) -> tuple[Any, Any]:
    low, high = (read.limit_of(form.text(f"{end}.{name}")) for end in ("low", "high"))
    return low, high


def ids_of(around: Around) -> list[str]:
    """The considerations of the rule set the case is under."""
    return [each.id for each in read.rule_set_of(around.draft.content).considerations]


def _parse(form: Form, around: Around) -> Changes:
    import datetime as dt

    content, weights = around.draft.content, weights_in(form, ids_of(around))
    if form.has("share"):
        return {"weights": forms.scaled(weights)}
    role, reason = form.text("role"), form.text("reason")
    changes: Changes = {"weights": weights}
    if _changed(content, weights) and role and not _extra(form, around):
        entry = {"role": role, "date": dt.date.today().isoformat(), "weights": weights}  # noqa: DTZ011
        entry |= {"reason": reason} if reason else {}
        entry["scores_seen"] = around.draft.seen is not None
        log = content.get("weight_log")
        changes["weight_log"] = [*(log if isinstance(log, list) else []), entry]
    return changes


def _changed(content: Mapping[str, Any], weights: Any) -> bool:
    return bool((content.get("weights") or "none") != weights)


def _extra(form: Form, around: Around) -> list[tuple[str, str]]:
    """Points that were only shared out are not saved yet; who and why, once the scores have been seen."""
    say = around.page.gettext
    if form.has("share"):
        told = N_("The points are shared out so that they sum to 100. Look at them, and save.")
        return [("weights", say(told))]
    seen = around.draft.seen is not None
    if not (seen and _changed(around.draft.content, weights_in(form, ids_of(around)))):
        return []
    asked = {
        "role": N_("Write the role of whoever changes the weights. The scores have been seen."),
        "reason": N_("Write the reason for the change. The scores have been seen."),
    }
    return [(name, say(text)) for name, text in asked.items() if not form.text(name)]


def weights_shown(around: Around, content: Mapping[str, Any]) -> Mapping[str, Any]:
    """What the fields of weights need, on this page and beside the result."""
    page, weights = around.page, read.weights_form(content)
    ends = weights["low"].items()
    free = {name for name, low in ends if (low, weights["high"][name]) == ("0", "100")}
    return {
        "considerations": [
            (each.id, each.title[page.lang], each.reference)
            for each in read.rule_set_of(around.draft.content).considerations
        ],
        "kinds": [(key, page.gettext(name)) for key, name in KINDS.items()],
        "weights": weights,
        "free": free,
    }


def _context(around: Around) -> Mapping[str, Any]:
    content = around.draft.content
    return {
        **weights_shown(around, content),
        "log": [each for each in content.get("weight_log") or [] if isinstance(each, dict)],
        "log_of": lambda each: _in_words(each.get("weights"), around),
        "seen": around.draft.seen is not None,
        "role": around.form.text("role") if around.form else "",
        "reason": around.form.text("reason") if around.form else "",
    }


def _in_words(value: Any, around: Around) -> str:
    from tyngdepunkt.web.read.weights import in_words

    return in_words(value, around.draft.content, around.page.lang)


STEP = Step(
    "considerations", N_("How much does each consideration weigh?"), ("weights", "weight_log"),
    _parse, _context, _extra,
)  # fmt: skip
