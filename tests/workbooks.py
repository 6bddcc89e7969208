"""Workbooks put together from their parts, so that they can be wrong in ways no program would write."""

import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from xml.sax.saxutils import escape

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
HEAD = ["kind", "agency", "place", "jobs", "date", "source"]


def row(number: int, cells: Sequence[Any], attributes: str = "") -> str:
    """A row as it stands in a sheet."""
    shown = []
    for at, cell in enumerate(cells):
        name = f"{chr(65 + at)}{number}"
        if isinstance(cell, int | float):
            shown.append(f'<c r="{name}"><v>{cell}</v></c>')
        elif cell is not None:
            shown.append(f'<c r="{name}" t="inlineStr"><is><t>{escape(cell)}</t></is></c>')
    return f'<row r="{number}" {attributes}>{"".join(shown)}</row>'


def rows(*records: Sequence[Any], first: int = 1) -> str:
    """Rows from a number on."""
    return "".join(row(first + at, cells) for at, cells in enumerate(records))


def workbook(
    sheets: Mapping[str, str],
    *,
    hidden: Iterable[str] = (),
    after: str = "",
    parts: Mapping[str, bytes] | None = None,
) -> bytes:
    """A workbook: sheet → the rows in it, as XML; `after` stands after the rows of each sheet."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        named, related = [], []
        for at, (name, content) in enumerate(sheets.items(), start=1):
            state = 'state="hidden"' if name in hidden else ""
            named.append(f'<sheet name="{escape(name)}" sheetId="{at}" {state} r:id="rId{at}"/>')
            related.append(f'<Relationship Id="rId{at}" Type="x" Target="worksheets/sheet{at}.xml"/>')
            body = f'<worksheet xmlns="{MAIN}"><sheetData>{content}</sheetData>{after}</worksheet>'
            archive.writestr(f"xl/worksheets/sheet{at}.xml", body)
        book = f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheets>{"".join(named)}</sheets></workbook>'
        archive.writestr("xl/workbook.xml", book)
        archive.writestr("xl/_rels/workbook.xml.rels", f"<Relationships>{''.join(related)}</Relationships>")
        for part, written in (parts or {}).items():
            archive.writestr(part, written)
    return stream.getvalue()
