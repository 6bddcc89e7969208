"""What a changed draft gained and lost against the one before it: answer by answer, rule by rule."""

from __future__ import annotations

from typing import Literal

import msgspec

from tyngdepunkt import texts
from tyngdepunkt.analyses.procurement.narrative import lot_name
from tyngdepunkt.analyses.procurement.result import Answer, Head, National, Result, Verdict
from tyngdepunkt.documents.document import Block, Column, Paragraph, Table

Effect = Literal["gained", "lost", "changed"]


class Change(msgspec.Struct, frozen=True):
    """One answer that is another now. `text` is the reason of the answer now."""

    rule: int
    lot: str | None
    was: Verdict
    now: Verdict
    effect: Effect
    text: str


class Compared(msgspec.Struct, frozen=True):
    """Two drafts beside each other.

    Args:
        old: which the first is.
        new: which the second is.
        changes: answers that changed, of lots that both have.
        lots_gone: ids of lots only the first has.
        lots_new: ids of lots only the second has.
        mended: national rules the first breaks and the second keeps.
        broken: national rules the second breaks and the first keeps.
        counts_old: verdicts of the first.
        counts_new: verdicts of the second.
    """

    old: Head
    new: Head
    changes: list[Change]
    lots_gone: list[str]
    lots_new: list[str]
    mended: list[National]
    broken: list[National]
    counts_old: dict[str, int]
    counts_new: dict[str, int]


def compare(old: Result, new: Result) -> Compared:
    """What changed from one draft to the next.

    A hindrance that gives way to silence is neither gained nor lost: what is not stated is never open.
    """
    before = {(each.rule, each.lot): each for each in old.findings}
    changes = [
        Change(each.rule, each.lot, was.verdict, each.verdict, _effect(was, each), each.text)
        for each in new.findings
        if (was := before.get((each.rule, each.lot))) is not None and was.verdict != each.verdict
    ]
    was_lots, now_lots = ([lot.id for lot in one.lots if lot.id] for one in (old, new))
    was_rules, now_rules = ({(each.rule, each.field) for each in one.national} for one in (old, new))
    return Compared(
        old.notice,
        new.notice,
        changes,
        [lot for lot in was_lots if lot not in now_lots],
        [lot for lot in now_lots if lot not in was_lots],
        [each for each in old.national if (each.rule, each.field) not in now_rules],
        [each for each in new.national if (each.rule, each.field) not in was_rules],
        old.counts,
        new.counts,
    )


def _effect(was: Answer, now: Answer) -> Effect:
    if now.verdict == "hinders" or was.verdict == "helps":
        return "lost"
    if now.verdict == "helps" or (was.verdict == "hinders" and now.verdict == "neutral"):
        return "gained"
    return "changed"


def blocks(compared: Compared, lang: str) -> tuple[Block, ...]:
    """The comparison as a table, and the sentences under it."""
    lines = [_say("compare.nothing", lang)] if not compared.changes else []
    for key, lots in (("lots_gone", compared.lots_gone), ("lots_new", compared.lots_new)):
        lines += [_say(f"compare.{key}", lang, lots=lots)] if lots else []
    lines += [_say("compare.mended", lang, rule=each.rule) for each in compared.mended]
    lines += [_say("compare.broken", lang, rule=each.rule, text=each.text) for each in compared.broken]
    paragraphs = tuple(Paragraph(line) for line in lines)
    return (_table(compared, lang), *paragraphs) if compared.changes else paragraphs


def _table(compared: Compared, lang: str) -> Table:
    titles = ("view.question", "view.lot", "compare.was", "compare.now", "compare.effect", "view.reason")
    rows = tuple(
        (
            f"{each.rule}. {_say(f'rules.{each.rule}', lang)}",
            lot_name(each.lot, lang),
            _say(f"verdicts.{each.was}", lang),
            _say(f"verdicts.{each.now}", lang),
            _say(f"compare.{each.effect}", lang),
            each.text,
        )
        for each in compared.changes
    )
    columns = tuple(Column(_say(title, lang)) for title in titles)
    return Table(_say("compare.title", lang), columns, rows)


def _say(key: str, lang: str, /, **values: object) -> str:
    return texts.text(f"analyses.procurement:{key}", lang, **values)
