"""What is told: one table."""

from tyngdepunkt.analyses.toy_reach.result import ReachResult

from tyngdepunkt.documents.document import Block, Column, Paragraph, Table
from tyngdepunkt.texts import text


def blocks(result: ReachResult, lang: str) -> tuple[Block, ...]:
    """The places, or the sentence that there are none."""
    head = (Column(text("analyses.toy_reach:place", lang)), Column("min", numeric=True))
    rows = tuple((each.place, each.minutes) for each in result.within)
    table = Table(text("analyses.toy_reach:within", lang), head, rows)
    return (table, *(Paragraph(notice.text) for notice in result.notices))
