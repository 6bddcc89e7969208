"""A sheet as CSV that Norwegian spreadsheets open: semicolons, decimal comma, UTF-8 with its mark.

A cell without a figure is empty, never 0.
"""

from __future__ import annotations

import csv
import io
from typing import Any

from tyngdepunkt.documents.document import Sheet

_DIGITS = 15
"""As many as a spreadsheet keeps."""


def render(sheet: Sheet) -> bytes:
    """The rows of a sheet, in UTF-8."""
    text = io.StringIO()
    rows = ([_cell(each) for each in row] for row in sheet.rows)
    csv.writer(text, delimiter=";", lineterminator="\r\n").writerows(rows)
    return text.getvalue().encode("utf-8-sig")


def _cell(value: Any) -> Any:
    if not isinstance(value, float):
        return value
    if value.is_integer() and abs(value) < 10**_DIGITS:
        return int(value)
    return f"{value:.{_DIGITS}g}".replace(".", ",")
