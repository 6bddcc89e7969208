"""The country's need as a document: the map, the areas under it, and what is assumed."""

from __future__ import annotations

from tyngdepunkt import texts
from tyngdepunkt.analyses.remote_work.narrative import areas, assumptions, notices, say, summary
from tyngdepunkt.analyses.remote_work.pictures import country_map
from tyngdepunkt.analyses.remote_work.result import RemoteWork
from tyngdepunkt.analyses.remote_work.sheet import sheet
from tyngdepunkt.documents.document import Block, Document, Section, Terms
from tyngdepunkt.figures import Source


def document(result: RemoteWork, lang: str) -> Document:
    """One section with the assumptions, one with map and table, one with remarks."""
    drawn = country_map(result, lang)
    shown: tuple[Block, ...] = (*([drawn] if drawn else []), areas(result, lang))
    return Document(
        title=say("document", lang),
        lang=lang,
        summary=summary(result, lang),
        facts=Terms(_facts(result, lang)),
        sections=(
            Section(say("assumed", lang), (assumptions(result, lang),)),
            Section(say("sheet", lang), shown),
            Section(say("remarks", lang), notices(result)),
        ),
        sources=tuple(map(Source.from_words, result.sources)),
        sheets=(sheet(result, lang),),
    )


def _facts(result: RemoteWork, lang: str) -> tuple[tuple[str, str], ...]:
    busiest = f"{texts.number(100 * result.busiest, lang=lang)}{texts.NBSP}%"
    return (
        (say("fact_year", lang), str(result.year)),
        (say("fact_busiest", lang), busiest),
        (say("fact_made", lang), result.made.snapshot or ""),
    )
