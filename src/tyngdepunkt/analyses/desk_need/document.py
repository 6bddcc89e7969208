"""The need for desks as a document."""

from __future__ import annotations

from tyngdepunkt import texts
from tyngdepunkt.analyses.desk_need.narrative import blocks
from tyngdepunkt.analyses.desk_need.resolve import ROOM
from tyngdepunkt.analyses.desk_need.result import DeskNeed
from tyngdepunkt.analyses.desk_need.sheet import sheet
from tyngdepunkt.documents.document import Document, Paragraph, Section, Terms


def document(result: DeskNeed, lang: str) -> Document:
    """One section, with the places as a sheet of the workbook."""

    def say(key: str, **values: object) -> str:
        return texts.text(f"{ROOM}:view.{key}", lang, **values)

    desks = sum(each.desks_needed for each in result.places)
    told = say("summary", places=len(result.places), desks=desks, chance=result.chance)
    facts = ((say("busiest"), f"{texts.number(100 * result.busiest, lang=lang)}{texts.NBSP}%"),)
    return Document(
        title=say("document"),
        lang=lang,
        summary=(Paragraph(told),),
        facts=Terms(facts),
        sections=(Section(say("need"), blocks(result, lang)),),
        sources=(),
        sheets=(sheet(result, lang),),
    )
