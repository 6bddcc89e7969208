"""Judging a notice: 24 questions, then the national rules of its date."""

from __future__ import annotations

from functools import cache

from tyngdepunkt import texts
from tyngdepunkt.analyses.contract import Notice, Setting
from tyngdepunkt.analyses.procurement import national
from tyngdepunkt.analyses.procurement.judge import Judge
from tyngdepunkt.analyses.procurement.lines import only
from tyngdepunkt.analyses.procurement.model import TITLE, Source, first
from tyngdepunkt.analyses.procurement.reach import reach
from tyngdepunkt.analyses.procurement.resolve import Asked
from tyngdepunkt.analyses.procurement.result import VERDICTS, Head, National, Result

_ROOM = "analyses.procurement"
_LONGEST = 200
"""Signs of a title that a heading shows."""


def run(asked: Asked, setting: Setting) -> Result:
    """Judge a notice."""
    source = asked.source
    judge = Judge(source, setting.lang, asked.as_of, asked.place)
    findings = list(judge.findings())
    counts: dict[str, int] = dict.fromkeys(VERDICTS, 0)
    for each in findings:
        counts[each.verdict] += 1
    for name, where in source.told:
        judge.warn(name, where)
    if source.count > 1:
        judge.warn("first_of_many", count=source.count)
    if source.dispatched is None:
        judge.warn("no_dispatch", "BT-05(a)-notice")
    broken = _national(asked, judge, setting.lang)
    head = _head(source)
    warnings, notices = list(judge.warnings.values()), list(_notices(setting.lang))
    found = reach(source, asked.question, asked.as_of, setting.lang)
    return Result(head, judge.lines, findings, broken, counts, warnings, found, notices, asked.made)


def _head(source: Source) -> Head:
    record, title = source.record, first(source.record, TITLE)
    named = " ".join((title or "").split())[:_LONGEST] or None
    return Head(first(record, "BT-701"), first(record, "BT-04"), source.subtype, source.sdk, named)


@cache
def _notices(lang: str) -> tuple[Notice, ...]:
    """What is so of every answer."""
    names = ("documents", "measure", "not_confirmed", "conduct")
    return tuple(Notice(name, texts.text(f"{_ROOM}:notices.{name}", lang)) for name in names)


def _national(asked: Asked, judge: Judge, lang: str) -> list[National]:
    source = asked.source
    rules = asked.rules
    if rules is None:
        if "anskaffelser.no" in source.customization or national.applies(source):
            judge.warn("no_national_set", "OPT-002-notice")
        return []
    found = []
    for rule, field, name, values in national.breaches(source, rules, asked.as_of):
        text = texts.text(f"{_ROOM}:national.{name}", lang, **values)
        full = rule if rule.startswith("TP-") else national.PREFIX + rule
        found.append(National(full, field, text, only(source, field)))
    return list(dict.fromkeys(found))
