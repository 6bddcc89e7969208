"""What is told: the best venue, and what must be known of it."""

from tyngdepunkt.analyses.toy_venue.result import VenueResult

from tyngdepunkt.documents.document import Block, Paragraph
from tyngdepunkt.texts import text


def blocks(result: VenueResult, lang: str) -> tuple[Block, ...]:
    """The first of the order."""
    said = text("analyses.toy_venue:best", lang, venue=result.order[0])
    return (Paragraph(said), *(Paragraph(notice.text) for notice in result.notices))
