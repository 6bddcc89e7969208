"""Tables of a Word document, built as XML at once: a row at a time would take seconds."""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from tyngdepunkt.documents import table_widths, text_layout
from tyngdepunkt.documents.docx_template import element
from tyngdepunkt.documents.layout import Item

_HEAD_PIECE = 11
_LETTER = 0.56
_USUAL_SIZE = 9.0
_TWIPS = 20
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


@dataclass(frozen=True, slots=True)
class Look:
    """Ids of the styles a table is written with, and the width it has in points."""

    table: str
    text: str
    width: float


def needs_lying(heads: Sequence[Item], rows: Sequence[Sequence[str]], width: float) -> bool:
    """Whether a table must stand on a landscape page to be readable.

    Args:
        heads: the columns, as the plan of the document has them.
        rows: the cells as text.
        width: of the text on a portrait page, in points.

    Returns:
        True where words would be cut in every size of letters above the smallest.
    """
    return not table_widths.fits(heads, rows, width, head=_HEAD_PIECE, letter=_LETTER)


def data_table(heads: Sequence[Item], rows: Sequence[Sequence[str]], look: Look, description: str) -> Any:
    """Build a table whose head is repeated on every page, and whose rows are not divided between pages.

    Returns:
        The XML element `w:tbl`, with letters small enough for the width of `look`.
    """
    size, shares = table_widths.fit(heads, rows, look.width, head=_HEAD_PIECE, letter=_LETTER)
    table = _frame(look, shares, description, head=True)
    smaller = size if size < _USUAL_SIZE else 0.0
    numeric = [column["numeric"] for column in heads]
    titles = _row(
        [text_layout.hyphenated(column["title"], _HEAD_PIECE) for column in heads],
        look,
        shares,
        numeric,
        smaller=smaller,
        bold=True,
    )
    titles.trPr.append(element("w:tblHeader"))
    table.append(titles)
    table.extend(_row(cells, look, shares, numeric, smaller=smaller) for cells in rows)
    if table_widths.short(rows):
        _keep_whole(table)
    return table


def _keep_whole(table: Any) -> None:
    """Every row but the last stays on the page of the next."""
    for row in table.tr_lst[:-1]:
        for properties in row.iter("{*}pPr"):
            properties.insert(1, element("w:keepNext"))


def facts_table(pairs: Sequence[Sequence[str]], look: Look, description: str) -> Any:
    """Build a table of two columns, for instance the facts of the front page.

    Args:
        pairs: term, and what is said of it.
        look: styles and width.
        description: text for those who do not see the table.

    Returns:
        The XML element `w:tbl`.
    """
    shares = [0.34, 0.66]
    table = _frame(look, shares, description, head=False)
    table.extend(_row(pair, look, shares, [False, False]) for pair in pairs)
    return table


def sources_table(
    heads: Sequence[Item], rows: Sequence[Sequence[str]], notes: Sequence[str], look: Look, description: str
) -> tuple[Any, list[Any]]:
    """The table of sources, what is to be known of each under it over the whole width.

    Returns:
        The table, and the row of each source in it.
    """
    table = data_table(heads, rows, look, description)
    own = list(table.tr_lst[1:])
    for row, note in zip(own, notes, strict=True):
        if note:
            _noted(row, note, look)
    return table, own


def _noted(row: Any, note: str, look: Look) -> None:
    under = element("w:tr", element("w:trPr", element("w:cantSplit")))
    for cell in row.tc_lst[1:]:
        cell.tcPr.append(element("w:tcBorders", element("w:bottom", val="nil")))
    row.tc_lst[0].tcPr.append(element("w:vMerge", val="restart"))
    empty = element("w:tc", element("w:tcPr", element("w:vMerge")), element("w:p"))
    span = element("w:tcPr", element("w:gridSpan", val=str(len(row.tc_lst) - 1)))
    style = element("w:pPr", element("w:pStyle", val=look.text))
    under.extend([empty, element("w:tc", span, element("w:p", style, _run(note, 8.0, False)))])
    row.addnext(under)


def _frame(look: Look, shares: Sequence[float], description: str, *, head: bool) -> Any:
    properties = element(
        "w:tblPr",
        element("w:tblStyle", val=look.table),
        element("w:tblW", w=_twips(look.width), type="dxa"),
        element("w:tblLayout", type="fixed"),
        element("w:tblLook", val="04A0", firstRow=str(int(head)), firstColumn="1", noHBand="0", noVBand="1"),
        element("w:tblDescription", val=description[:500]),
    )
    grid = element("w:tblGrid", *[element("w:gridCol", w=_twips(look.width * share)) for share in shares])
    return element("w:tbl", properties, grid)


def _row(
    cells: Sequence[str],
    look: Look,
    shares: Sequence[float],
    numeric: Sequence[bool],
    *,
    smaller: float = 0.0,
    bold: bool = False,
) -> Any:
    row = element("w:tr", element("w:trPr", element("w:cantSplit")))
    for text, share, right in zip(cells, shares, numeric, strict=True):
        width = element("w:tcPr", element("w:tcW", w=_twips(look.width * share), type="dxa"))
        style = element("w:pPr", element("w:pStyle", val=look.text))
        if right:
            style.append(element("w:jc", val="right"))
        row.append(element("w:tc", width, element("w:p", style, _run(text, smaller, bold))))
    return row


def _run(text: str, smaller: float, bold: bool) -> Any:
    run = element("w:r")
    properties = [element("w:b")] if bold else []
    if smaller:
        properties.append(element("w:sz", val=str(round(2 * smaller))))
    if properties:
        run.append(element("w:rPr", *properties))
    for place, line in enumerate(text.replace("\t", " ").split("\n")):
        if place:
            run.append(element("w:br"))
        for piece, text_piece in enumerate(line.split("\u00ad")):
            if piece:
                run.append(element("w:softHyphen"))
            run.append(_said(text_piece))
    return run


def _said(text: str) -> Any:
    said = element("w:t")
    said.text = text
    said.set(_SPACE, "preserve")
    return said


def _twips(points: float) -> str:
    return str(round(points * _TWIPS))


def is_heading(paragraph: Any) -> bool:
    """Whether an element of the body is a heading, which must not be parted from what it is over."""
    style = None if paragraph is None else paragraph.find("./{*}pPr/{*}pStyle")
    return style is not None and style.get(style.tag.replace("pStyle", "val"), "").startswith("Heading")


def lying_pages(before: Any, section: Any) -> tuple[Any, Any]:
    """Two paragraphs that end a standing and a lying section, to be put round a wide table.

    Args:
        before: the properties of the section the table would stand in; they stay those of
            what follows, without a first page of its own.
        section: the same as python-docx knows it, for the size of the page.
    """
    standing = deepcopy(before)
    for first in before.findall("{*}titlePg"):
        before.remove(first)
    lying = deepcopy(before)
    size = lying.find("{*}pgSz")
    for name, value in (("w", section.page_height), ("h", section.page_width)):
        size.set(size.tag.replace("pgSz", name), str(round(value.pt * _TWIPS)))
    size.set(size.tag.replace("pgSz", "orient"), "landscape")
    return element("w:p", element("w:pPr", standing)), element("w:p", element("w:pPr", lying))
