"""What is told: one sentence."""

from tyngdepunkt.analyses.toy_lunch.result import LunchResult

from tyngdepunkt.documents.document import Block, Paragraph
from tyngdepunkt.texts import text


def blocks(result: LunchResult, lang: str) -> tuple[Block, ...]:
    """The menu and its price."""
    said = text("analyses.toy_lunch:cheapest", lang, menu=result.menu, kroner=result.kroner)
    return (Paragraph(said),)
