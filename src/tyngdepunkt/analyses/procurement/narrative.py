"""What is told of a check: its answers as a table, then national rules and what a reader should know."""

from __future__ import annotations

from collections.abc import Iterator

from tyngdepunkt import texts
from tyngdepunkt.analyses.procurement.result import Result
from tyngdepunkt.documents.document import Block, Column, Paragraph, Table

SHOWN = 120
MENDED = ("2", "5", "6", "7", "8", "10", "11", "12", "13", "14")
"""Rules whose hindrance a purchaser can mend before publication."""


def blocks(result: Result, lang: str) -> tuple[Block, ...]:
    """The answers that say something, and the sentences under them."""
    within = (reach_table(result, lang),) if result.reach else ()
    return *within, _table(result, lang), *(Paragraph(line) for line in _lines(result, lang))


def reach_table(result: Result, lang: str) -> Table:
    """Whether the tender is within reach of the firm that asks."""
    columns = tuple(
        Column(_say(key, lang)) for key in ("reach.topic", "view.lot", "view.verdict", "view.reason")
    )
    rows = tuple(
        (
            _say(f"reach.topics.{each.topic}", lang),
            lot_name(each.lot, lang),
            _say(f"reach.{each.answer}", lang),
            each.text,
        )
        for each in result.reach[:SHOWN]
    )
    return Table(_say("reach.each", lang), columns, rows)


def _table(result: Result, lang: str) -> Table:
    told = [each for each in result.findings if each.verdict != "not_applicable"][:SHOWN]
    lined = any(each.line for each in told)
    columns = tuple(Column(_say(f"view.{key}", lang)) for key in ("question", "lot", "verdict", "reason"))
    columns += (line_column(lang),) if lined else ()
    rows = tuple(
        (
            f"{each.rule}. {_say(f'rules.{each.rule}', lang)}",
            lot_name(each.lot, lang),
            _say(f"verdicts.{each.verdict}", lang),
            each.text,
            *((each.line,) if lined else ()),
        )
        for each in told
    )
    return Table(heading(result, lang), columns, rows)


def lot_name(lot: str | None, lang: str) -> str:
    """What stands in the column of lots; an answer that is no lot's holds for the whole procurement."""
    return lot or _say("view.whole", lang)


def heading(result: Result, lang: str) -> str:
    """Which notice it is: by its number, else by the title that the draft gives it."""
    if not result.notice.id and result.notice.title:
        return _say("view.draft", lang, title=result.notice.title)
    return _say("view.title", lang, id=result.notice.id or _say("view.no_id", lang))


def line_column(lang: str) -> Column:
    """The column of lines in the file, which are written as years are: without thousands."""
    return Column(_say("view.line", lang), numeric=True, form="year")


def _lines(result: Result, lang: str) -> Iterator[str]:
    hidden = sum(count for verdict, count in result.counts.items() if verdict != "not_applicable") - SHOWN
    if hidden > 0:
        yield _say("view.more", lang, count=hidden)
    counts = [f"{_say(f'verdicts.{v}', lang)} {count}" for v, count in result.counts.items() if count]
    yield _say("view.counts", lang, counts=counts)
    for rule in dict.fromkeys(each.rule for each in result.findings if each.verdict == "hinders"):
        if str(rule) in MENDED:
            yield _say(f"mend.{rule}", lang)
    for broken in result.national:
        key = "view.national_at" if broken.line else "view.national"
        yield _say(key, lang, rule=broken.rule, text=broken.text, line=broken.line)
    for warned in (*result.warnings, *result.notices):
        yield warned.text


def _say(key: str, lang: str, /, **values: object) -> str:
    return texts.text(f"analyses.procurement:{key}", lang, **values)
