"""The same as a document."""

from tyngdepunkt.analyses.toy_lunch.narrative import blocks
from tyngdepunkt.analyses.toy_lunch.result import LunchResult

from tyngdepunkt.documents.document import Document, Section, Terms
from tyngdepunkt.texts import text


def document(result: LunchResult, lang: str) -> Document:
    """One section."""
    told = blocks(result, lang)
    return Document(
        title=result.title,
        subtitle="",
        lang=lang,
        date="",
        author="",
        summary=told,
        facts=Terms(()),
        sections=(Section(text("analyses.toy_lunch:head", lang), told),),
        sources=(),
        labels={},
    )
