"""Which functions can be done from anywhere, as a document."""

from __future__ import annotations

from functools import partial

from tyngdepunkt import texts
from tyngdepunkt.analyses.functions import narrative
from tyngdepunkt.analyses.functions.coded import ROOM
from tyngdepunkt.analyses.functions.moving import moving_sheet
from tyngdepunkt.analyses.functions.narrative import details, moved_blocks, published_blocks, summary
from tyngdepunkt.analyses.functions.pictures import places_map
from tyngdepunkt.analyses.functions.result import Functions
from tyngdepunkt.analyses.functions.sheet import places_sheet, published_sheet, question_sheet, sheet
from tyngdepunkt.documents.document import Document, Notice, Paragraph, Section, Terms
from tyngdepunkt.figures import Source


def document(result: Functions, lang: str) -> Document:
    """What the agency needs itself, and apart from it what can be published."""
    say = partial(narrative.say, lang=lang)
    totals = result.totals
    facts = tuple((say(f"fact_{name}"), texts.number(getattr(totals, name), lang=lang)) for name in _FACTS)
    drawn = places_map(result, lang)
    own = Section(say("own_use"), (*details(result, lang), *([drawn] if drawn else [])))
    moved = Section(texts.text(f"{ROOM}:moving.title", lang), moved_blocks(result, lang))
    sources = (*result.sources, *result.consequences.sources)
    sheets = (sheet, places_sheet, published_sheet, question_sheet)
    tables = Section(say("published"), published_blocks(result, lang))
    return Document(
        title=say("document"),
        lang=lang,
        summary=(Paragraph(summary(result, lang)), Notice(say("own_use_only"), "warning")),
        facts=Terms(facts),
        sections=(own, moved, *([tables] if result.published else [])),
        sources=tuple(map(Source.from_words, sources)),
        sheets=(*(make(result, lang) for make in sheets), moving_sheet(result.consequences, lang)),
    )


_FACTS = ("posts", "bound", "open", "unknown", "answered")
