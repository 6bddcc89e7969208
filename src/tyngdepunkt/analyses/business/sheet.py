"""The list of places as a table for spreadsheets and CSV."""

from __future__ import annotations

from tyngdepunkt import texts
from tyngdepunkt.analyses.business.brief import COLUMNS, rows_of, title_of
from tyngdepunkt.analyses.business.data import ROOM
from tyngdepunkt.analyses.business.result import BusinessResult
from tyngdepunkt.documents.document import Sheet


def sheet(result: BusinessResult, lang: str) -> Sheet:
    """A row for each municipality; only headings where none were asked for."""
    head = tuple(title_of(name, lang) for name in COLUMNS)
    return Sheet(texts.text(f"{ROOM}:view.every", lang), (head, *rows_of(result)))
