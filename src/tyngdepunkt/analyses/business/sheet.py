"""The list of places as a table for spreadsheets and CSV."""

from __future__ import annotations

from tyngdepunkt import texts
from tyngdepunkt.analyses.business.brief import COLUMNS, form_of, rows_of, title_of
from tyngdepunkt.analyses.business.data import ROOM
from tyngdepunkt.analyses.business.result import BusinessResult
from tyngdepunkt.documents.document import Sheet


def sheet(result: BusinessResult, lang: str) -> Sheet:
    """A row for each municipality that was asked for, else for the municipality itself and those like it.

    Of a county or the country without `all` there are only headings: its municipalities were not asked for.
    """
    head = tuple(title_of(name, lang) for name in COLUMNS)
    title = "every" if result.places else "alike_table"
    name = texts.text(f"{ROOM}:view.{title}", lang)
    return Sheet(name, (head, *rows_of(result)), forms=tuple(form_of(name) for name in COLUMNS))
