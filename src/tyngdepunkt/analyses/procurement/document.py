"""A purchaser's note to be filed with the case: hindrances and what would mend them, then every answer."""

from __future__ import annotations

from collections.abc import Iterator

from tyngdepunkt import texts
from tyngdepunkt.analyses.procurement.narrative import MENDED, heading, line_column, lot_name, reach_table
from tyngdepunkt.analyses.procurement.result import Answer, Result
from tyngdepunkt.documents.document import (
    Block,
    Bullets,
    Column,
    Document,
    Notice,
    Paragraph,
    Section,
    Table,
    Terms,
)

MOST_TOLD = 5
"""So many lots are named beside a reason, and so many reasons told of one question."""


def document(result: Result, lang: str) -> Document:
    """The note; `result` is in the same language."""
    hindrances = [each for each in result.findings if each.verdict == "hinders"]
    sections = [Section(_say("note.hindrances", lang), tuple(_hindrances(hindrances, lang)))]
    if result.reach:
        told = (reach_table(result, lang), Paragraph(_say("reach.together", lang)))
        sections.insert(0, Section(_say("reach.title", lang), told))
    if result.national:
        lines = tuple(f"{each.rule} ({each.field}): {each.text}" for each in result.national)
        sections.append(Section(_say("note.national", lang), (Bullets(lines),)))
    sections.append(Section(_say("note.answers", lang), (_answers(result, lang),)))
    reserves = [each.text for each in (*result.notices, *result.warnings)]
    sections.append(Section(_say("note.reserves", lang), (Bullets(tuple(dict.fromkeys(reserves))),)))
    return Document(
        title=_say("note.title", lang),
        subtitle=heading(result, lang),
        lang=lang,
        summary=(Paragraph(_counts(result, lang)),),
        facts=Terms(tuple(_facts(result, lang))),
        sections=tuple(sections),
        sources=(),
    )


def _facts(result: Result, lang: str) -> list[tuple[str, str]]:
    told = (
        ("procedure", result.notice.procedure_id),
        ("subtype", result.notice.subtype),
        ("sdk", result.notice.sdk),
        ("lots", texts.number(len(result.lots), lang=lang)),
    )
    return [(_say(f"note.{key}", lang), value) for key, value in told if value]


def _hindrances(found: list[Answer], lang: str) -> list[Block]:
    if not found:
        return [Paragraph(_say("note.no_hindrance", lang))]
    told: list[Block] = []
    for rule in dict.fromkeys(each.rule for each in found):
        of_rule = [each for each in found if each.rule == rule]
        told += _of_rule(_say(f"rules.{rule}", lang), of_rule, lang)
        told.append(Paragraph(f"{_say('note.basis', lang)} {of_rule[0].basis}."))
        if str(rule) in MENDED:
            told.append(Paragraph(_say(f"mend.{rule}", lang).partition(": ")[2]))
    return told


def _of_rule(question: str, found: list[Answer], lang: str) -> Iterator[Block]:
    """Each reason with the lots it holds for; where there are many, the table of all answers has the rest."""
    lots_of: dict[str, list[str]] = {}
    for each in found:
        lots_of.setdefault(each.text, []).extend([each.lot] if each.lot else [])
    for reason, lots in list(lots_of.items())[:MOST_TOLD]:
        yield Notice(f"{question} {_in_lots(reason, lots, lang)}", "warning")
    if len(lots_of) > MOST_TOLD:
        yield Paragraph(_say("note.more_reasons", lang, count=len(lots_of) - MOST_TOLD))


def _in_lots(reason: str, lots: list[str], lang: str) -> str:
    if not lots:
        return reason
    if len(lots) > MOST_TOLD:
        return _say("note.in_many", lang, count=len(lots), reason=reason)
    return f"{texts.listed(lots, lang)}: {reason}"


def _answers(result: Result, lang: str) -> Table:
    titles = ("view.question", "view.lot", "view.verdict", "note.field", "view.reason")
    lined = any(each.line for each in result.findings)
    rows = tuple(
        (
            f"{each.rule}. {_say(f'rules.{each.rule}', lang)}",
            lot_name(each.lot, lang),
            _say(f"verdicts.{each.verdict}", lang),
            each.field,
            each.text,
            *((each.line,) if lined else ()),
        )
        for each in result.findings
        if each.verdict != "not_applicable"
    )
    columns = tuple(Column(_say(title, lang)) for title in titles)
    return Table(_say("note.each", lang), (*columns, line_column(lang)) if lined else columns, rows)


def _counts(result: Result, lang: str) -> str:
    counts = [f"{_say(f'verdicts.{v}', lang)} {count}" for v, count in result.counts.items() if count]
    return _say("view.counts", lang, counts=counts)


def _say(key: str, lang: str, /, **values: object) -> str:
    return texts.text(f"analyses.procurement:{key}", lang, **values)
