"""A sheet as CSV that spreadsheets open: semicolons, UTF-8 with its mark, empty where missing."""

from __future__ import annotations

import csv
import io

from tyngdepunkt.documents.document import Sheet


def render(sheet: Sheet) -> bytes:
    """The rows of a sheet, in UTF-8."""
    text = io.StringIO()
    csv.writer(text, delimiter=";", lineterminator="\r\n").writerows(sheet.rows)
    return text.getvalue().encode("utf-8-sig")
