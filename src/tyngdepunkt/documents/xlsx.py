"""A workbook: each table on its own sheet, numbers as numbers, formulas as formulas.

Only a `Sheet` may hold formulas; what people have written is written as text, whatever
it begins with.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import Any

from tyngdepunkt import texts
from tyngdepunkt.documents import theme
from tyngdepunkt.documents.document import Column, Document, Formula, Section, Sheet, Table
from tyngdepunkt.documents.layout import cell_text, clean, label

_LONGEST_NAME = 31
_LONGEST_CELL = 32_767
_WIDEST = 60
_FORBIDDEN = re.compile(r"[\[\]:*?/\\']")
_RESERVED = {"history", "historikk"}


def render(document: Document) -> bytes:
    """Write a document as a workbook: its tables, its sheets and its sources.

    Returns:
        The content of the XLSX file.
    """
    import xlsxwriter

    stream = BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    book = xlsxwriter.Workbook(stream, options)
    _Book(book, document).write()
    book.close()
    return stream.getvalue()


def tables_of(document: Document) -> list[Table]:
    """Every table of a document in reading order, which is the order of their numbers.

    Returns:
        Those of the summary first.
    """
    whole = Section("", tuple(each for each in document.summary if not isinstance(each, Section)))
    inner = [each for each in document.summary if isinstance(each, Section)]
    return [table for section in (whole, *inner, *document.sections) for table in _tables_in(section)]


def _tables_in(section: Section) -> Iterable[Table]:
    yield from (block for block in section.blocks if isinstance(block, Table))
    for inner in section.sections:
        yield from _tables_in(inner)


class _Book:
    """Writes the sheets; the first one says what the others are."""

    def __init__(self, book: Any, document: Document) -> None:
        self._book = book
        self._document = document
        self._names: set[str] = set()
        self._index: list[tuple[str, str]] = []
        text = {"font_name": "Arial", "font_size": 10, "valign": "top"}
        self._text = book.add_format(text | {"text_wrap": True})
        self._plain = book.add_format(text)
        self._bold = book.add_format(text | {"bold": True})
        self._title = book.add_format(text | {"bold": True, "font_size": 16, "font_color": theme.ACCENT})
        head = {"bold": True, "text_wrap": True, "bottom": 2, "bg_color": theme.SHADE, "valign": "bottom"}
        self._head_look = text | head
        self._head = book.add_format(self._head_look)
        self._head_right = book.add_format(text | head | {"align": "right"})
        self._text_right = book.add_format(text | {"align": "right"})
        self._numbers: dict[str, Any] = {}
        self._head_numbers: dict[str, Any] = {}
        self._base = text

    def write(self) -> None:
        document = self._document
        first = self._sheet(self._word("read_me"))
        for number, table in enumerate(tables_of(document), 1):
            self._table(number, table)
        for sheet in document.sheets:
            self._own_sheet(sheet)
        if document.sources:
            self._sources()
        self._read_me(first)
        self._book.set_properties(
            {
                "title": clean(document.title)[:255],
                "subject": clean(document.subtitle)[:255],
                "author": clean(document.author)[:255],
                "keywords": ", ".join(clean(word) for word in document.keywords)[:255],
                "created": dt.datetime(2000, 1, 1, tzinfo=dt.UTC).replace(tzinfo=None),
            }
        )

    def _word(self, key: str) -> str:
        return texts.text(f"documents:workbook.{key}", self._document.lang)

    def _sheet(self, wanted: str) -> Any:
        sheet = self._book.add_worksheet(self._name(wanted))
        sheet.set_paper(9)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.hide_gridlines(2)
        return sheet

    def _name(self, wanted: str) -> str:
        """A name Excel takes: short, without its special letters, borne by no other sheet."""
        plain = " ".join(_FORBIDDEN.sub(" ", clean(wanted)).split())[:_LONGEST_NAME].strip()
        name, number = plain or "Ark", 1
        while name.casefold() in self._names | _RESERVED:
            number += 1
            name = f"{(plain or 'Ark')[: _LONGEST_NAME - 4].strip()} ({number})"
        self._names.add(name.casefold())
        return name

    def _number(self, decimals: int, form: str = "number") -> Any:
        """Thousands and decimals as the reader's own Excel writes them, in a form of `Column`."""
        code = _code(form, decimals)
        if code not in self._numbers:
            self._numbers[code] = self._book.add_format(self._base | {"num_format": code, "align": "right"})
        return self._numbers[code]

    def _table(self, number: int, table: Table) -> None:
        said = f"{label(self._document, 'table')} {number}"
        sheet = self._sheet(f"{said} {table.caption}")
        self._index.append((sheet.get_name(), clean(table.caption)))
        refs = "".join(f" [{ref}]" for ref in table.refs)
        sheet.write_string(0, 0, _cell(f"{said}. {table.caption}{refs}"), self._bold)
        for place, column in enumerate(table.columns):
            sheet.write_string(
                2, place, _cell(column.title), self._head_right if column.numeric else self._head
            )
            cells = [row[place] for row in table.rows]
            sheet.set_column(place, place, _width([column.title], cells, column))
            for down, value in enumerate(cells, 3):
                self._value(sheet, (down, place), value, column)
        if table.row_refs:
            self._row_refs(sheet, len(table.columns), table.row_refs)
        sheet.freeze_panes(3, 1)
        sheet.repeat_rows(2)
        if table.rows:
            last = len(table.columns) - (0 if table.row_refs else 1)
            sheet.autofilter(2, 0, 2 + len(table.rows), last)

    def _row_refs(self, sheet: Any, place: int, row_refs: Sequence[tuple[int, ...]]) -> None:
        """A last column with the numbers of each row's sources."""
        column = Column(label(self._document, "source"))
        sheet.write_string(2, place, column.title, self._head)
        for down, refs in enumerate(row_refs, 3):
            told = refs[0] if len(refs) == 1 else ", ".join(str(ref) for ref in refs)
            self._value(sheet, (down, place), told, column)
        sheet.set_column(place, place, 12)

    def _value(self, sheet: Any, where: tuple[int, int], value: Any, column: Column) -> None:
        if value is None:
            sheet.write_blank(*where, None, self._plain)
        elif isinstance(value, str):
            sheet.write_string(*where, _cell(value), self._text_right if column.numeric else self._text)
        elif not math.isfinite(value):
            raise ValueError(f"{value} is not a number a document can hold; a missing one is None")
        else:
            sheet.write_number(*where, value, self._number(column.decimals, column.form))

    def _own_sheet(self, own: Sheet) -> None:
        sheet = self._sheet(own.name)
        self._index.append((sheet.get_name(), self._word("figures")))
        for down, row in enumerate(own.rows):
            for across, value in enumerate(row):
                self._own_value(sheet, (down, across), value, own)
        widest = max((len(row) for row in own.rows), default=0)
        for across in range(widest):
            cells = [row[across] for row in own.rows if across < len(row)]
            shown = Column("", decimals=2, form=_form(own, across))
            sheet.set_column(across, across, _width([], [c for c in cells if not _is_formula(c)], shown))
        sheet.freeze_panes(own.header_rows, 1)

    def _own_value(self, sheet: Any, where: tuple[int, int], value: Any, own: Sheet) -> None:
        form = _form(own, where[1])
        if _is_formula(value):
            self._formula(sheet, where, value if isinstance(value, Formula) else Formula(value))
        elif where[0] < own.header_rows and value is not None:
            self._own_head(sheet, where, value)
        else:
            decimals = 1 if form.endswith("share") else 0 if _is_whole(value) else 4
            told = value if isinstance(value, int | float | None) else str(value)
            self._value(sheet, where, told, Column("", decimals=decimals, form=form))

    def _formula(self, sheet: Any, where: tuple[int, int], formula: Formula) -> None:
        """With its value, or empty until it is computed: xlsxwriter would else store a nought."""
        known = "" if formula.value is None else formula.value
        sheet.write_formula(*where, str(formula), self._number(formula.decimals), known)

    def _own_head(self, sheet: Any, where: tuple[int, int], value: Any) -> None:
        """A heading; a number in it stays a number, for formulas may use it."""
        if isinstance(value, int | float):
            code = "0" if _is_whole(value) else "0.0000"
            if code not in self._head_numbers:
                self._head_numbers[code] = self._book.add_format(self._head_look | {"num_format": code})
            sheet.write_number(*where, value, self._head_numbers[code])
        else:
            sheet.write_string(*where, _cell(value), self._head)

    def _sources(self) -> None:
        sheet = self._sheet(label(self._document, "sources"))
        self._index.append((sheet.get_name(), label(self._document, "sources_caption")))
        keys = (
            "number",
            "source",
            "provider",
            "reference",
            "query",
            "date",
            "licence",
            "quality",
            "source_table",
        )
        for across, key in enumerate(keys):
            sheet.write_string(0, across, label(self._document, key), self._head)
        for number, source in enumerate(self._document.sources, 1):
            sheet.write_number(number, 0, number, self._number(0))
            told = (source.title, source.provider, source.reference, source.query, source.date)
            for across, value in enumerate((*told, source.licence, source.note, source.table), 1):
                sheet.write_string(number, across, _cell(value), self._text)
        for across, width in enumerate((6, 44, 28, 28, 44, 18, 18, 44, 20)):
            sheet.set_column(across, across, width)
        sheet.freeze_panes(1, 2)

    def _read_me(self, sheet: Any) -> None:
        document = self._document
        sheet.set_column(0, 0, 30)
        sheet.set_column(1, 1, 90)
        sheet.write_string(0, 0, _cell(document.title), self._title)
        sheet.write_string(1, 0, _cell(document.subtitle), self._plain)
        facts = [(self._word("author"), document.author), (label(document, "date"), document.date)]
        row = 3
        facts = [(term, said) for term, said in facts if said]
        for term, said in [*facts, *document.facts.pairs, (self._word("how"), self._word("how_text"))]:
            sheet.write_string(row, 0, _cell(term), self._bold)
            sheet.write_string(row, 1, _cell(said), self._text)
            row += 1
        sheet.write_string(row + 1, 0, self._word("sheet"), self._head)
        sheet.write_string(row + 1, 1, self._word("shows"), self._head)
        for down, (name, shows) in enumerate(self._index, row + 2):
            sheet.write_url(down, 0, f"internal:'{name}'!A1", self._plain, string=name)
            sheet.write_string(down, 1, _cell(shows), self._text)


def _cell(value: object) -> str:
    """Text as long as a cell can hold."""
    text = clean(value)
    return text if len(text) <= _LONGEST_CELL else text[: _LONGEST_CELL - 1] + "…"


def _code(form: str, decimals: int) -> str:
    """What Excel calls a form of `Column`; it puts in the reader's own signs for thousands and decimals."""
    point = "." + "0" * decimals if decimals else ""
    code = {"year": "0", "share": f"0{point} %", "signed_share": f"0{point} %"}.get(form, f"#,##0{point}")
    return f"+{code};-{code};{code}" if form.startswith("signed") else code


def _form(own: Sheet, column: int) -> str:
    return own.forms[column] if column < len(own.forms) else "number"


def _is_whole(value: Any) -> bool:
    return isinstance(value, int) or (isinstance(value, float) and value.is_integer())


def _is_formula(value: Any) -> bool:
    return isinstance(value, str) and value.startswith("=")


def _width(heads: Sequence[str], cells: Sequence[Any], column: Column) -> float:
    """Width of a column after its content, in letters."""
    longest = max((len(word) for head in heads for word in head.split()), default=6)
    for cell in cells:
        longest = max(longest, len(cell_text(cell, column, "")))
    return min(max(longest, 8), _WIDEST) + 2
