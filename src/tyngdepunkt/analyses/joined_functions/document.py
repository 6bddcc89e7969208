"""The joined results as a document."""

from __future__ import annotations

from tyngdepunkt.analyses.joined_functions.narrative import details, ends, say, summary
from tyngdepunkt.analyses.joined_functions.result import Joined
from tyngdepunkt.analyses.joined_functions.sheet import counts_sheet, sheet
from tyngdepunkt.documents.document import Document, Paragraph, Section, Terms
from tyngdepunkt.figures import Source


def document(result: Joined, lang: str) -> Document:
    """One section; what each agency has stands in the workbook."""
    facts = (
        (say("agencies", lang), str(len(result.agencies))),
        (say("posts", lang), ends(result.total.low, result.total.high, lang)),
    )
    return Document(
        title=say("document", lang),
        lang=lang,
        summary=(Paragraph(summary(result, lang)),),
        facts=Terms(facts),
        sections=(Section(say("section", lang), details(result, lang)),),
        sources=tuple(map(Source.from_words, result.sources)),
        sheets=(sheet(result, lang), counts_sheet(result, lang)),
    )
