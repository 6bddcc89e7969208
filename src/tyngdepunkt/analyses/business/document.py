"""The profile as a document."""

from __future__ import annotations

import datetime as dt

from tyngdepunkt import texts
from tyngdepunkt.analyses.business.data import ROOM
from tyngdepunkt.analyses.business.narrative import parts
from tyngdepunkt.analyses.business.pictures import industries
from tyngdepunkt.analyses.business.result import BusinessResult
from tyngdepunkt.analyses.business.sheet import sheet
from tyngdepunkt.documents.document import Block, Document, Paragraph, Section, Terms
from tyngdepunkt.figures import Source


def document(result: BusinessResult, lang: str) -> Document:
    """A section for each part; the sentences of the first two that rest on a source are the summary."""
    told = parts(result, lang)
    said = (block for _, part in told[:2] for block in part)
    summary = tuple(block for block in said if isinstance(block, Paragraph) and block.refs)[:6]
    return Document(
        title=result.title,
        lang=lang,
        summary=summary,
        facts=Terms(tuple(_facts(result, lang))),
        sections=_sections(result, told, lang),
        sources=tuple(map(Source.from_words, result.sources)),
        sheets=(sheet(result, lang),) if result.places else (),
        dated=_built(result),
    )


def _built(result: BusinessResult) -> dt.date | None:
    """The day the snapshot was built, which its id begins with; None where it is named otherwise."""
    try:
        return dt.date.fromisoformat((result.made.snapshot or "")[:10])
    except ValueError:
        return None


def _sections(
    result: BusinessResult, told: list[tuple[str, tuple[Block, ...]]], lang: str
) -> tuple[Section, ...]:
    """The parts; the picture of industries stands under the table it draws."""
    drawn = industries(result, lang)
    found = [Section(title, part) for title, part in told]
    if drawn is not None:
        first, *rest = found[0].blocks
        found[0] = Section(found[0].title, (first, drawn, *rest))
    return tuple(found)


def _facts(result: BusinessResult, lang: str) -> list[tuple[str, str]]:
    kind = texts.text(f"{ROOM}:view.kinds.{result.place.kind}", lang)
    found = [(texts.text(f"{ROOM}:view.kind", lang), f"{result.place.name} ({kind})")]
    for each in result.growth:
        name = "jobs_fact" if each.what == "jobs" else "population_fact"
        found.append(
            (texts.text(f"{ROOM}:view.{name}", lang), f"{texts.number(each.last, lang=lang)} ({each.end})")
        )
    if result.made.snapshot:
        found.append((texts.text(f"{ROOM}:view.made_with", lang), result.made.snapshot))
    return found
