"""Hostile and broken workbooks end in one message, soon, whatever they claim."""

import datetime as dt
import io
import time
import zipfile
from pathlib import Path

import openpyxl
import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900, to_excel

from tyngdepunkt.errors import Faults, UserError
from tyngdepunkt.inputs import dates
from tyngdepunkt.inputs.budget import Limits
from tyngdepunkt.inputs.faults import FileFaults
from tyngdepunkt.inputs.headings import Form
from tyngdepunkt.inputs.tables import table_in
from workbooks import HEAD, MAIN, row, rows, workbook

FORM = Form({name: name for name in HEAD}, tuple((name,) for name in HEAD))
SOUND = rows(HEAD, ["closed", "A", "Bø", 3, 2020, "letter"])
STRINGS = "xl/sharedStrings.xml"
STYLES = "xl/styles.xml"


def key_of(content: bytes, limits: Limits | None = None) -> str:
    """The one fault that reading ends in; empty where it ends well."""
    try:
        table = table_in(content, Path("t.xlsx"), FORM, limits)
        list(table.rows(FileFaults(Faults())))
    except UserError as error:
        return " ".join(fault.key.partition(":")[2] for fault in error.faults)
    return ""


def saved_elsewhere() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("word/document.xml", "<document/>")
    return stream.getvalue()


def with_flag(content: bytes) -> bytes:
    """The workbook with its members marked as encrypted."""
    changed = bytearray(content)
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = changed.find(mark)
        while at >= 0:
            changed[at + offset] |= 1
            at = changed.find(mark, at + 4)
    return bytes(changed)


def broken_member(content: bytes) -> bytes:
    at = content.index(b"xl/worksheets/sheet1.xml") + 30
    return content[:at] + bytes(255 - each for each in content[at : at + 40]) + content[at + 40 :]


ENTITIES = '<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
SMALL = Limits(unfolded=4_000_000, rows=5_000, cells=50_000)
"""Small limits, so that what is hostile to them is small too."""


def strings(content: str) -> bytes:
    return workbook({"A": SOUND}, parts={STRINGS: content.encode()})


def cells(content: str, row: str = '<row r="3">') -> bytes:
    return workbook({"A": f"{SOUND}{row}{content}</row>"})


def merged(count: int) -> bytes:
    cell = '<mergeCell ref="A1:A99"/>'
    return workbook({"A": SOUND}, after=f"<mergeCells>{cell * count}</mergeCells>")


TEXTS = b"<sst><si><t>a</t></si></sst>"
HOSTILE: dict[str, tuple[bytes, str]] = {
    "a row with the number 999 999 999": (
        workbook({"A": SOUND + row(999_999_999, ["x"])}),
        "broken_workbook",
    ),
    "the last row there can be": (workbook({"A": SOUND + row(1_048_576, ["Kilde: brev"])}), ""),
    "empty rows": (workbook({"A": SOUND + "<row/>" * 600_000}), "too_many_rows"),
    "rows of an empty cell": (workbook({"A": SOUND + "<row><c/></row>" * 6_000}), "too_many_rows"),
    "empty cells in one row": (cells("<c/>" * 60_000), "broken_workbook"),
    "cells far to the right": (cells('<c r="XFD3"><v>1</v></c>'), "too_many_columns"),
    "other elements": (workbook({"A": SOUND + "<x/>" * 1_100_000}), "unfolds"),
    "shared texts": (strings(f"<sst>{'<si><t>a</t></si>' * 60_000}</sst>"), "too_many_cells"),
    "one long text": (strings(f"<sst><si><t>{'a' * 200_000}</t></si></sst>"), "broken_workbook"),
    "one long cell": (cells(f"<c><v>{'1' * 200_000}</v></c>"), "broken_workbook"),
    "styles": (
        workbook({"A": SOUND}, parts={STYLES: b"<s><cellXfs>" + b"<xf/>" * 60_000 + b"</cellXfs></s>"}),
        "too_many_cells",
    ),
    "a zip bomb": (strings("<sst>" + " " * 20_000_000), "unfolds"),
    "merged cells": (merged(30_000), "broken_workbook"),
    "entities that multiply": (strings(f"{ENTITIES}<sst><si><t>&b;</t></si></sst>"), "broken_workbook"),
    "a text that is not there": (cells('<c t="s"><v>99</v></c>'), "broken_workbook"),
    "a text before the first": (
        workbook({"A": SOUND + '<row r="3"><c t="s"><v>-1</v></c></row>'}, parts={STRINGS: TEXTS}),
        "broken_workbook",
    ),
    "a cell that stands twice": (cells('<c r="A3"><v>1</v></c><c r="A3"><v>2</v></c>'), "broken_workbook"),
    "digits of other scripts": (cells("<c><v>\u0661\u0662</v></c>"), "broken_workbook"),
    "digits with marks of programmers": (cells("<c><v>1_000</v></c>"), "broken_workbook"),
    "a place of many digits": (cells(f'<c t="s"><v>{"9" * 5000}</v></c>'), "broken_workbook"),
    "no sheets": (workbook({}), "broken_workbook"),
    "a sheet cut off": (workbook({"A": SOUND + "<row"}), "broken_workbook"),
    "not a file at all": (b"PK\x03\x04" + b"x" * 50, "broken_workbook"),
    "members that are encrypted": (with_flag(workbook({"A": SOUND})), "encrypted_or_old"),
    "a member that is broken": (broken_member(workbook({"A": SOUND})), "broken_workbook"),
    "half a file": (workbook({"A": SOUND})[:300], "broken_workbook"),
    "a text document named so": (saved_elsewhere(), "another_document"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_workbooks_end_in_one_message(name: str) -> None:
    content, key = HOSTILE[name]
    assert key_of(content, SMALL) == key


def test_the_time_is_limited_too() -> None:
    content = workbook({"A": SOUND + "<x/>" * 1_100_000})
    began = time.process_time()
    assert key_of(content, Limits(seconds=0.1)) == "too_slow"
    assert time.process_time() - began < 1


def test_dates_by_how_they_are_shown() -> None:
    styles = (
        f'<styleSheet xmlns="{MAIN}"><numFmts><numFmt numFmtId="170" formatCode="[Red]0.0&quot; day&quot;"/>'
        '<numFmt numFmtId="171" formatCode="dd/mm/yyyy"/></numFmts>'
        '<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>'
        '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="170"/><xf numFmtId="171"/>'
        "</cellXfs></styleSheet>"
    )
    cells = "".join(f'<c s="{style}"><v>45078</v></c>' for style in range(4))
    content = workbook(
        {"A": rows(HEAD) + f"<row>{cells}<c><v>1</v></c></row>"}, parts={STYLES: styles.encode()}
    )
    (found,) = table_in(content, Path("t.xlsx"), FORM).rows(FileFaults(Faults()))
    assert list(map(str, found.cells.values())) == ["45078", "2023-06-01", "45078", "2023-06-01", "1", "None"]


def test_what_another_library_writes_is_read_the_same(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    records = [HEAD, ["a", "b", "c", 1, 2.5, True], ["æ", "ø & å", "<x>", -3, 1e-9, "  kept "]]
    for record in records:
        book.active.append(record)  # type: ignore[union-attr]
    book.save(tmp_path / "t.xlsx")
    table = table_in((tmp_path / "t.xlsx").read_bytes(), Path("t.xlsx"), FORM)
    found = [list(each.cells.values()) for each in table.rows(FileFaults(Faults()))]
    assert found == [records[1], [*records[2][:5], "kept"]]


@pytest.mark.parametrize("from_1904", [False, True])
def test_days_are_counted_from_where_the_workbook_does(tmp_path: Path, from_1904: bool) -> None:
    """A date cell with and without a date's format, with a time, and a year, in both ways of counting."""
    book = openpyxl.Workbook()
    book.epoch = CALENDAR_MAC_1904 if from_1904 else CALENDAR_WINDOWS_1900
    sheet = book.active
    sheet.append(HEAD)
    day = dt.date(2023, 6, 1)
    for cell in (day, to_excel(day, book.epoch), to_excel(day, book.epoch) + 0.5, 2023):
        sheet.append(["closed", "A", "Bø", 3, cell, "letter"])
    sheet["E3"].number_format = "General"
    book.save(tmp_path / "t.xlsx")
    content = (tmp_path / "t.xlsx").read_bytes()
    table = table_in(content, Path("t.xlsx"), FORM)
    found = [dates.period(each.cells[HEAD[4]]) for each in table.rows(FileFaults(Faults()))]
    assert found == [(day, day), (day, day), (day, day), (dt.date(2023, 1, 1), dt.date(2023, 12, 31))]
    assert [
        str(each.cells[HEAD[3]])
        for each in table_in(content, Path("t.xlsx"), FORM).rows(FileFaults(Faults()))
    ] == ["3"] * 4
