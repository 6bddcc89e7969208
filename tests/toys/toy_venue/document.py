"""The same as a document, which says what figures it was written beside."""

from tyngdepunkt.analyses.toy_venue.narrative import blocks
from tyngdepunkt.analyses.toy_venue.result import VenueResult

from tyngdepunkt.documents.document import Document, Section, Terms
from tyngdepunkt.places import Places
from tyngdepunkt.texts import text


def document(result: VenueResult, lang: str, places: Places) -> Document:
    """One section; the subtitle is the snapshot's id."""
    told = blocks(result, lang)
    return Document(
        title=result.title,
        subtitle=places.snapshot.id,
        lang=lang,
        date="",
        author="",
        summary=told,
        facts=Terms(()),
        sections=(Section(text("analyses.toy_venue:head", lang), told),),
        sources=(),
        labels={},
    )
