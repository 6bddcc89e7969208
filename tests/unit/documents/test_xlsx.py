import dataclasses
import io

import openpyxl
import pytest

from sample_document import sample
from tyngdepunkt.documents import xlsx
from tyngdepunkt.documents.document import Column, Sheet, Table
from tyngdepunkt.documents.layout import cell_text


def _open(document):
    return openpyxl.load_workbook(io.BytesIO(xlsx.render(document)))


@pytest.fixture
def book(document):
    return _open(document)


def test_first_what_the_sheets_are_then_tables_figures_and_sources(book):
    assert book.sheetnames[0] == "Les dette"
    assert [name[:8] for name in book.sheetnames[1:3]] == ["Tabell 1", "Tabell 2"]
    assert book.sheetnames[-1] == "Kilder"
    index = [cell.value for cell in book["Les dette"]["A"]]
    assert set(book.sheetnames[1:]) <= set(index)


def test_numbers_are_numbers_and_missing_is_an_empty_cell(book):
    sheet = book[book.sheetnames[1]]
    assert sheet["D6"].value == 1_204_377
    assert sheet["D6"].number_format == "#,##0"
    assert sheet["E5"].value == pytest.approx(-0.84)
    assert sheet["E5"].number_format == "#,##0.0"
    assert sheet["F7"].value is None


def test_heads_are_frozen_and_columns_wide_enough(book):
    sheet = book[book.sheetnames[1]]
    assert sheet.freeze_panes == "B4"
    assert sheet.column_dimensions["A"].width > len("Nullalternativet")


def test_formulas_of_a_sheet_stay_formulas_and_store_no_nought(document):
    content = xlsx.render(document)
    name = openpyxl.load_workbook(io.BytesIO(content)).sheetnames[3]
    assert openpyxl.load_workbook(io.BytesIO(content))[name]["D3"].value == "=$B$2*B3+$C$2*C3"
    assert openpyxl.load_workbook(io.BytesIO(content), data_only=True)[name]["D3"].value in (None, "")


def test_names_of_sheets_are_short_plain_and_borne_once(document):
    wanted = ("x" * 60, "x" * 60, "[a]:*?/\\'", "", "History", "Les dette", "les DETTE")
    book = _open(dataclasses.replace(document, sheets=tuple(Sheet(name, (("a",), (1,))) for name in wanted)))
    assert len({name.casefold() for name in book.sheetnames}) == len(book.sheetnames)
    for name in book.sheetnames:
        assert 0 < len(name) <= 31
        assert not set(name) & set("[]:*?/\\'")
        assert name.casefold() != "history"


def test_properties_and_sources(book, document):
    assert book.properties.title == document.title
    assert book.properties.creator == document.author
    sources = book["Kilder"]
    assert [cell.value for cell in sources[3]][:4] == [
        2,
        "Lønnstakere etter yrke",
        "Eksempelland statistiske byrå",
        "EX 11618",
    ]


@pytest.mark.parametrize("lang", ["nn", "en"])
def test_the_other_languages(lang):
    blank = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'
    assert _open(sample(lang, svg=blank)).sheetnames[0] == {"nn": "Les dette", "en": "Read me"}[lang]


def test_hostile_text_is_text(hostile_document):
    for sheet in _open(hostile_document).worksheets:
        for row in sheet.iter_rows():
            assert not [cell.coordinate for cell in row if cell.data_type == "f"]


def test_a_number_that_is_none_at_all_is_a_bug(document):
    with pytest.raises(ValueError, match="missing one is None"):
        xlsx.render(dataclasses.replace(document, sheets=(Sheet("x", (("a",), (float("nan"),))),)))


@pytest.mark.parametrize(
    ("form", "code", "shown"),
    [
        ("number", "#,##0.0", "0,2"),
        ("signed", "+#,##0.0;-#,##0.0;#,##0.0", "+0,2"),
        ("share", "0.0 %", "18,4\u00a0%"),
        ("signed_share", "+0.0 %;-0.0 %;0.0 %", "+18,4\u00a0%"),
        ("year", "0", "0"),
    ],
)
def test_a_number_keeps_its_form_and_stays_a_number(document, form, code, shown):
    column = Column("x", numeric=True, decimals=1, form=form)
    table = Table("t", (Column("place"), column), (("A", 0.1838), ("B", None)))
    book = _open(dataclasses.replace(document, summary=(table,), sheets=()))
    sheet = book[book.sheetnames[1]]
    assert (sheet["B4"].value, sheet["B4"].number_format) == (0.1838, code)
    assert sheet["B5"].value is None
    assert cell_text(0.1838, column, "") == shown


def test_a_sheet_writes_shares_as_per_cent_and_years_without_thousands(document):
    rows = (("place", "year", "share", "persons"), ("A", 2022, 0.1838, 7598.0))
    own = Sheet("s", rows, forms=("number", "year", "share"))
    sheet = _open(dataclasses.replace(document, sheets=(own,)))["s"]
    assert (sheet["B2"].value, sheet["B2"].number_format) == (2022, "0")
    assert (sheet["C2"].value, sheet["C2"].number_format) == (0.1838, "0.0 %")
    assert (sheet["D2"].value, sheet["D2"].number_format) == (7598, "#,##0")
    assert sheet.freeze_panes == "B2"
