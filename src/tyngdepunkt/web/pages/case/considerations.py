"""Considerations and weights; a change after the scores were seen is logged with role and reason."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

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
    if kind == "order":
        return _order(form, ids)
    if kind == "points":
        numbers = {name: read.limit_of(form.text(f"low.{name}")) for name in ids}
        return {name: value for name, value in numbers.items() if value is not None} or {}
    if kind == "ranges":
        pairs = {name: _pair(form, name) for name in ids}
        return {name: pair for name, pair in pairs.items() if pair is not None} or {}
    return "none"


def _pair(form: Form, name: str) -> Any:
    low, high = (read.limit_of(form.text(f"{end}.{name}")) for end in ("low", "high"))
    if (low is None and high is None) or form.has(f"unknown.{name}"):
        return None
    return [0 if low is None else low, 100 if high is None else high]


def _order(form: Form, ids: list[str]) -> Any:
    ranks: dict[int, list[str]] = {}
    for name in ids:
        if form.number(f"order.{name}"):
            ranks.setdefault(form.number(f"order.{name}"), []).append(name)
    return {"order": [group[0] if len(group) == 1 else group for _, group in sorted(ranks.items())]}


def _ids(around: Around) -> list[str]:
    return [each.id for each in read.rule_set_of(around.draft.content).considerations]


def _parse(form: Form, around: Around) -> Changes:
    import datetime as dt

    content, weights = around.draft.content, weights_in(form, _ids(around))
    role, reason = form.text("role"), form.text("reason")
    changes: Changes = {"weights": weights}
    if _changed(content, weights) and role:
        entry = {"role": role, "date": dt.date.today().isoformat(), "weights": weights}  # noqa: DTZ011
        entry |= {"reason": reason} if reason else {}
        entry["scores_seen"] = around.draft.seen is not None
        log = content.get("weight_log")
        changes["weight_log"] = [*(log if isinstance(log, list) else []), entry]
    return changes


def _changed(content: Mapping[str, Any], weights: Any) -> bool:
    return bool((content.get("weights") or "none") != weights)


def _extra(form: Form, around: Around) -> list[tuple[str, str]]:
    """Who and why, once the scores have been seen."""
    seen = around.draft.seen is not None
    if not (seen and _changed(around.draft.content, weights_in(form, _ids(around)))):
        return []
    told = {
        "role": N_("Write the role of whoever changes the weights. The scores have been seen."),
        "reason": N_("Write the reason for the change. The scores have been seen."),
    }
    return [(name, around.page.gettext(text)) for name, text in told.items() if not form.text(name)]


def _context(around: Around) -> Mapping[str, Any]:
    page, content = around.page, around.draft.content
    rule_set = read.rule_set_of(content)
    return {
        "considerations": [
            (each.id, each.title[page.lang], each.reference) for each in rule_set.considerations
        ],
        "kinds": [(key, page.gettext(name)) for key, name in KINDS.items()],
        "weights": read.weights_form(content),
        "log": [each for each in content.get("weight_log") or [] if isinstance(each, dict)],
        "seen": around.draft.seen is not None,
    }


STEP = Step(
    "considerations", N_("How much does each consideration weigh?"), ("weights", "weight_log"),
    _parse, _context, _extra,
)  # fmt: skip
