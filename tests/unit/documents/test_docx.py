import dataclasses
import io
import re
import shutil
import subprocess
import unicodedata
import zipfile

import docx
import pytest
from lxml import etree
from pypdf import PdfReader

from sample_document import DRAWING, sample
from tyngdepunkt.documents.document import Bullets, Column, Paragraph, Section, Table
from tyngdepunkt.documents.docx import render
from tyngdepunkt.documents.docx_template import REQUIRED, template_bytes
from tyngdepunkt.errors import UserError

NS = {"w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main"}
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@pytest.fixture(scope="module", params=["nb", "nn", "en"])
def written(request):
    content = render(sample(request.param))
    return request.param, docx.Document(io.BytesIO(content)), zipfile.ZipFile(io.BytesIO(content))


def _part(archive, name="word/document.xml"):
    return etree.fromstring(archive.read(name))


def _open(content):
    return docx.Document(io.BytesIO(content))


def test_language_and_title_are_those_of_the_document(written):
    lang, word, archive = written
    expected = {"nb": "nb-NO", "nn": "nn-NO", "en": "en-GB"}[lang]
    languages = _part(archive, "word/styles.xml").findall(f".//{W}lang")
    assert [node.get(f"{W}val") for node in languages] == [expected]
    assert word.core_properties.title == sample(lang, svg=DRAWING).title
    assert word.core_properties.author == sample(lang, svg=DRAWING).author


def test_headings_are_real_and_in_order(written):
    _, word, _ = written
    levels = [int(p.style.name[-1]) for p in word.paragraphs if p.style.name.startswith("Heading")]
    assert levels == [1, 1, 1, 1, 2, 2, 3, 1]


def test_every_picture_has_its_text_alternative(written):
    pictures = _part(written[2]).findall(".//{*}docPr")
    assert len(pictures) == 6
    assert all("Fjordby" in picture.get("descr") for picture in pictures)
    assert len({picture.get("id") for picture in pictures}) == 6


def test_tables_repeat_their_heads_and_keep_rows_whole(written):
    tables = [table for table in _part(written[2]).findall(f".//{W}tbl") if table.findall(f".//{W}tblHeader")]
    assert len(tables) == 3
    for table in tables:
        rows = table.findall(f"{W}tr")
        assert rows[0].find(f"{W}trPr/{W}tblHeader") is not None
        assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows)
        assert table.find(f"{W}tblPr/{W}tblDescription").get(f"{W}val")


def test_figures_are_where_they_belong(written):
    lang, word, _ = written
    cells = [cell.text for cell in word.tables[1].rows[3].cells]
    assert cells[0] == "Storhavn"
    assert cells[3] == ("1,204,377" if lang == "en" else "1\u00a0204\u00a0377")
    assert word.tables[1].rows[4].cells[5].text == "–"


def test_links_lead_to_bookmarks_that_are_there(written):
    root = _part(written[2])
    names = [mark.get(f"{W}name") for mark in root.iter(f"{W}bookmarkStart")]
    links = {link.get(f"{W}anchor") for link in root.iter(f"{W}hyperlink")}
    assert len(names) == len(set(names))
    assert links <= set(names)
    assert {"_source_1", "_source_4"} <= links


def test_contents_page_numbers_and_caption_numbers_are_fields(written):
    codes = " ".join(node.text for node in _part(written[2]).iter(f"{W}instrText"))
    assert codes.count("PAGEREF ") >= 5
    assert codes.count("SEQ ") == 8
    footers = [name for name in written[2].namelist() if "footer" in name]
    assert any("NUMPAGES" in written[2].read(name).decode() for name in footers)
    marks = [node.get(f"{W}fldCharType") for node in _part(written[2]).iter(f"{W}fldChar")]
    assert marks.count("begin") == marks.count("separate") == marks.count("end")


def test_each_entry_of_the_contents_has_the_page_of_its_heading_as_a_field(written):
    root = _part(written[2])
    entries = [p for p in root.iter(f"{W}p") if (_style(p) or "").lower().startswith("toc")]
    marks = {mark.get(f"{W}name") for mark in root.iter(f"{W}bookmarkStart")}
    assert len(entries) >= 5
    for entry in entries:
        (page,) = [code for code in _codes(entry) if code.startswith("PAGEREF")]
        (link,) = entry.iter(f"{W}hyperlink")
        assert page == f"PAGEREF {link.get(f'{W}anchor')} \\h"
        assert link.get(f"{W}anchor") in marks


def test_the_contents_list_what_follows_them_and_not_the_summary(written):
    body = list(_part(written[2]).find(f"{W}body"))
    entries = [p for p in body if (_style(p) or "").lower().startswith("toc")]
    after = body[body.index(entries[-1]) + 1 :]
    listed = ["".join(p.itertext(f"{W}t")) for p in after if _style(p) in ("Heading1", "Heading2")]
    assert listed == ["".join(p.itertext(f"{W}t")) for p in entries]


def test_no_field_is_around_the_pages_of_the_contents(written):
    """LibreOffice counts no page inside a TOC field: it shows what is stored, which is nothing."""
    assert not [code for code in _codes(_part(written[2])) if code.startswith("TOC")]


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_shows_the_page_of_each_heading(tmp_path):
    (tmp_path / "written.docx").write_bytes(render(sample("nb")))
    home = f"-env:UserInstallation=file://{tmp_path / 'home'}"
    order = ["soffice", home, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path)]
    subprocess.run([*order, str(tmp_path / "written.docx")], check=True, capture_output=True, timeout=120)
    pages = [page.extract_text() for page in PdfReader(tmp_path / "written.pdf").pages]
    body = _part(zipfile.ZipFile(tmp_path / "written.docx")).iter(f"{W}p")
    titles = ["".join(p.itertext(f"{W}t")) for p in body if (_style(p) or "").lower().startswith("toc")]
    assert len(titles) >= 5
    for title in titles:
        (told,) = re.findall(rf"(?m)^\s*{re.escape(title)}\s+(\d+)\s*$", "\n".join(pages))
        assert title in pages[int(told) - 1]


@pytest.mark.parametrize("lang", ["nb", "en"])
def test_word_is_asked_to_count_the_pages(lang):
    archive = zipfile.ZipFile(io.BytesIO(render(sample(lang, svg=DRAWING))))
    names = [node.tag.rpartition("}")[2] for node in _part(archive, "word/settings.xml")]
    assert names.count("updateFields") == 1
    assert names.index("characterSpacingControl") < names.index("updateFields") < names.index("compat")


def _codes(node):
    return [code.text.strip() for code in node.iter(f"{W}instrText")]


def _style(paragraph):
    found = paragraph.find(f"{W}pPr/{W}pStyle")
    return None if found is None else found.get(f"{W}val")


def test_every_numbered_list_begins_at_one(document):
    lists = (Bullets(("a", "b"), numbered=True), Bullets(("c", "d"), numbered=True))
    root = _part(
        zipfile.ZipFile(io.BytesIO(render(dataclasses.replace(document, summary=lists, sections=()))))
    )
    numbers = [node.get(f"{W}val") for node in root.findall(f".//{W}p/{W}pPr/{W}numPr/{W}numId")]
    assert len(numbers) == 4
    assert len(set(numbers)) == 2


def test_nothing_of_another_house_is_carried_along(written):
    archive = written[2]
    assert not [name for name in archive.namelist() if "thumbnail" in name]
    assert "python-docx" not in archive.read("docProps/core.xml").decode()


def test_a_wide_table_lies_down_and_the_text_stands_up_again(document):
    columns = tuple(Column(f"Indikator {i}", numeric=True) for i in range(14))
    wide = Section("Vedlegg", (Table("Bred", columns, ((1_234_567,) * 14,)),))
    word = _open(render(dataclasses.replace(document, sections=(wide, Section("Etter")))))
    lying = [section.page_width > section.page_height for section in word.sections]
    assert lying == [False, True, False]
    assert [section.different_first_page_header_footer for section in word.sections] == [True, False, False]
    ends = [at for at, each in enumerate(word.element.body) if each.find(f"{W}pPr/{W}sectPr") is not None]
    inside = [each.text for each in list(word.element.body)[ends[0] : ends[1]] if hasattr(each, "text")]
    assert "Vedlegg" in inside, "the heading lies down with its table"


def test_our_template_has_what_it_asks_for_and_can_be_used(document, tmp_path):
    path = tmp_path / "mal.docx"
    path.write_bytes(template_bytes("nb"))
    there = {style.name.casefold() for style in docx.Document(str(path)).styles}
    assert {name.casefold() for name in REQUIRED} <= there
    assert len(_open(render(document, path)).tables) == 4


def test_a_ministrys_template_decides_looks_and_place(document, tmp_path):
    template = _open(template_bytes("nb"))
    template.styles["Heading 1"].font.name = "Georgia"
    split = template.add_paragraph("Etter innholdet: {{ti")
    split.add_run("tle}} fra {{ author }}, {{date}}.")
    template.sections[0].header.paragraphs[0].text = "Dep. {{subtitle}}"
    path = tmp_path / "egen.docx"
    template.save(str(path))
    word = _open(render(document, path))
    texts = [paragraph.text for paragraph in word.paragraphs]
    assert f"Etter innholdet: {document.title} fra {document.author}, {document.date}." in texts
    assert texts.index("Kilder") < texts.index(next(t for t in texts if t.startswith("Etter innholdet")))
    assert word.sections[0].header.paragraphs[0].text == f"Dep. {document.subtitle}"
    assert word.styles["Heading 1"].font.name == "Georgia"
    assert not re.search(r"\{\{\s*\w+\s*\}\}", "\n".join(texts))


def test_a_template_without_a_place_for_the_content_gets_it_last(document, tmp_path):
    template = _open(template_bytes("nb"))
    for paragraph in template.paragraphs:
        if "body" in paragraph.text:
            paragraph.text = "Forord"
    path = tmp_path / "uten.docx"
    template.save(str(path))
    texts = [paragraph.text for paragraph in _open(render(document, path)).paragraphs]
    assert texts.index("Forord") < texts.index("Sammendrag")


def test_all_missing_styles_are_named_at_once(document, tmp_path):
    path = tmp_path / "tom.docx"
    docx.Document().save(str(path))
    with pytest.raises(UserError) as caught:
        render(document, path)
    (fault,) = caught.value.faults
    assert fault.key == "documents:template_styles"
    assert {"Tyngdepunkt Table", "Tyngdepunkt Info", "toc 1"} <= set(fault.values["styles"])
    assert "Heading 1" not in fault.values["styles"]


@pytest.mark.parametrize("content", [None, b"", b"ikke en word-fil", b"PK\x03\x04nei"])
def test_a_template_that_cannot_be_read_is_said_so(document, tmp_path, content):
    path = tmp_path / "mal.docx"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(UserError) as caught:
        render(document, path)
    assert caught.value.faults[0].key == "documents:template_unreadable"


def test_hostile_text_is_text(hostile_document, hostile):
    word = _open(render(hostile_document))
    if len(hostile) < 100 and hostile.isprintable():
        texts = [paragraph.text.replace("\u200b", "") for paragraph in word.paragraphs]
        assert unicodedata.normalize("NFC", hostile) in texts
    assert len(word.core_properties.title) <= 255


def test_nobody_named_leaves_no_empty_line():
    quiet = dataclasses.replace(sample("nb"), author="", date="", subtitle="")
    said = [paragraph.text for paragraph in _open(render(quiet)).paragraphs]
    assert said[0] == quiet.title
    assert said[1:] == [each.text for each in _open(render(sample("nb"))).paragraphs][4:]


def test_brackets_are_explained_only_where_there_are_some():
    plain = Section("A", (Paragraph("A sentence."),))
    quiet = dataclasses.replace(sample("nb"), summary=(), sections=(plain,))
    assert "hakeparentes" not in " ".join(each.text for each in _open(render(quiet)).paragraphs)
    assert "hakeparentes" in " ".join(each.text for each in _open(render(sample("nb"))).paragraphs)
