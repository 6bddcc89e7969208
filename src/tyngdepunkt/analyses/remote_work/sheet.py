"""The areas as a table for spreadsheets."""

from __future__ import annotations

from typing import Any

from tyngdepunkt.analyses.remote_work.narrative import listed, say
from tyngdepunkt.analyses.remote_work.result import Area, RemoteWork
from tyngdepunkt.documents.document import Sheet

_ENDS = ("low", "mean", "high")
_SPANS = {
    "independent": _ENDS,
    "share": _ENDS,
    "wanting": _ENDS,
    "desks": _ENDS,
    "desks_together": _ENDS,
    "experience": ("low", "high"),
}


def sheet(result: RemoteWork, lang: str) -> Sheet:
    """A row for each area; empty cells where figures are hidden or missing, and the quality says which."""
    spans = [(name, end) for name, ends in _SPANS.items() for end in ends]
    head = (
        say("code", lang),
        say(f"level.{result.level}", lang),
        say("county", lang),
        say("wage_earners", lang),
        *(_titled(name, end, lang) for name, end in spans),
        say("per_thousand", lang),
        say("without_figures", lang),
        say("quality", lang),
    )
    rows = [_row(each, spans, lang) for each in result.areas]
    forms = tuple("share" if name == "share" else "number" for name, _ in spans)
    plain = ("number",) * 4
    return Sheet(say("sheet", lang), (head, *rows), forms=(*plain, *forms, *("number",) * 3))


def _titled(name: str, end: str, lang: str) -> str:
    title = say(name, lang)
    return title if end == "mean" else f"{title} ({say(end, lang)})"


def _row(each: Area, spans: list[tuple[str, str]], lang: str) -> tuple[Any, ...]:
    values = [_value(each, name, end) for name, end in spans]
    told = (listed(each.without_figures), say(f"qualities.{each.quality}", lang))
    thousand = None if each.per_thousand is None else round(each.per_thousand, 1)
    return (each.code, each.name, each.county, each.wage_earners, *values, thousand, *told)


def _value(each: Area, name: str, end: str) -> float | None:
    """As many decimals as mean something; the JSON has them all, so that sums agree."""
    span = getattr(each, name)
    return None if span is None else round(getattr(span, end), 4 if name == "share" else 1)
