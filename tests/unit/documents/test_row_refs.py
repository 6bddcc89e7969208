"""The sources of each row of a table: a last cell with links, in every format."""

import dataclasses
import re
from io import BytesIO

import docx as word
import openpyxl
import pikepdf
import pytest

from sample_document import sample
from tyngdepunkt.documents import docx, html, pdf, xlsx
from tyngdepunkt.documents.document import Column, Document, Section, Table
from tyngdepunkt.documents.layout import plan

COLUMNS = (Column("Indikator"), Column("Fjordby", numeric=True))
ROWS = (("Reisetid", 38), ("Innbyggere", 48_210))


@pytest.fixture
def document() -> Document:
    table = Table.sourced("Tallene bak", COLUMNS, ROWS, ((3,), (1, 2)))
    return dataclasses.replace(sample("nb", svg="<svg/>"), sections=(Section("Tall", (table,)),), summary=())


def test_one_source_for_all_rows_stands_in_the_caption():
    table = Table.sourced("Tallene bak", COLUMNS, ROWS, ((2,), (2,)))
    assert (table.refs, table.row_refs) == ((2,), ())
    assert Table.sourced("Tomt", COLUMNS, (), ()).refs == ()


def test_the_plan_gives_each_row_its_sources_and_each_source_its_rows(document):
    page = plan(document)
    table = next(item for item in page["body"] if item["kind"] == "table")
    assert [column["title"] for column in table["columns"]] == ["Indikator", "Fjordby", "Kilde"]
    assert [row[-1] for row in table["rows"]] == ["[3]", "[1] [2]"]
    assert [len(source["uses"]) for source in page["sources"]] == [1, 1, 1, 0]


def test_rows_and_their_sources_must_be_as_many(document):
    table = Table("x", COLUMNS, ROWS, row_refs=((1,),))
    with pytest.raises(ValueError, match="zip"):
        plan(dataclasses.replace(document, sections=(Section("x", (table,)),)))


def test_the_page_links_from_the_row_to_the_source_and_back(document):
    said = html.render(document).decode()
    rows = re.findall(r"<tr>\s*<th scope=\"row\"[^>]*>(Reisetid|Innbyggere)</th>(.*?)</tr>", said, re.DOTALL)
    assert [re.findall(r'href="#(source-\d)"', cells) for _, cells in rows] == [
        ["source-3"],
        ["source-1", "source-2"],
    ]
    back = re.findall(r'class="back" href="#([^"]+)"', said)
    assert back
    assert all(f'id="{anchor}"' in said for anchor in back)


def test_word_links_from_the_row_to_the_source(document):
    table = next(
        t for t in word.Document(BytesIO(docx.render(document))).tables if t.cell(0, 0).text == "Indikator"
    )
    links = [
        [link.address or link.fragment for link in row.cells[-1].paragraphs[0].hyperlinks]
        for row in table.rows
    ]
    assert links == [[], ["_source_3"], ["_source_1", "_source_2"]]
    assert [row.cells[-1].text for row in table.rows] == ["Kilde", "[3]", "[1] [2]"]


def test_the_workbook_has_the_numbers_at_the_end_of_the_row(document):
    sheet = openpyxl.load_workbook(BytesIO(xlsx.render(document))).worksheets[1]
    assert [row[2].value for row in sheet.iter_rows(min_row=3)] == ["Kilde", 3, "1, 2"]


def test_the_pdf_links_from_the_row_to_the_source(document):
    with pikepdf.open(BytesIO(pdf.render(document))) as found:
        links = [note for page in found.pages for note in page.get("/Annots", [])]
    assert len(links) >= 3
