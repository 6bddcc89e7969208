import dataclasses
import io
import unicodedata

import pikepdf
import pytest
from pypdf import PdfReader

from sample_document import sample
from tyngdepunkt.documents import pdf
from tyngdepunkt.documents.document import Column, Section, Table


@pytest.fixture(scope="module", params=["nb", "nn", "en"])
def written(request):
    return request.param, pdf.render(sample(request.param))


def _text(content):
    raw = "".join(page.extract_text() + "\n" for page in PdfReader(io.BytesIO(content)).pages)
    return unicodedata.normalize("NFKC", raw).replace("\u200b", "")


def _structure(content):
    """Every element of the structure tree as (kind, its text alternative)."""
    found = []
    with pikepdf.open(io.BytesIO(content)) as file:
        waiting = [file.Root.StructTreeRoot.K]
        while waiting:
            node = waiting.pop()
            if isinstance(node, pikepdf.Array):
                waiting.extend(reversed(list(node)))
            elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
                found.append((str(node.S), str(node.get("/Alt", ""))))
                waiting += [node.K] if "/K" in node else []
    return found


def test_it_says_that_it_is_pdf_ua(written):
    lang, content = written
    file = pikepdf.open(io.BytesIO(content))
    assert file.Root.MarkInfo.Marked
    assert str(file.Root.Lang).startswith(lang)
    assert file.Root.ViewerPreferences.DisplayDocTitle
    with file.open_metadata() as metadata:
        assert metadata["{http://www.aiim.org/pdfua/ns/id/}part"] == "1"
        assert metadata["{http://purl.org/dc/elements/1.1/}title"] == sample(lang, svg=_BLANK).title


def _standards(content):
    """The parts of PDF/UA and PDF/A, and the level of the latter, that a file says it keeps."""
    with pikepdf.open(io.BytesIO(content)) as file, file.open_metadata() as metadata:
        ua = metadata.get("{http://www.aiim.org/pdfua/ns/id/}part", "")
        return ua, *(metadata.get(f"{{http://www.aiim.org/pdfa/ns/id/}}{name}", "") for name in _PDFA)


_PDFA = ("part", "conformance")


def test_it_is_an_archive_s_file_too(written):
    assert _standards(written[1]) == ("1", "2", "A")
    with pikepdf.open(io.BytesIO(written[1])) as file:
        assert str(file.docinfo["/CreationDate"]).startswith("D:20260601")


def test_what_an_archive_cannot_take_is_still_for_everybody(document):
    undated = dataclasses.replace(document, dated=None)
    private = dataclasses.replace(document, title="Til \ue000 arkiv")
    for each in (undated, private):
        assert _standards(pdf.render(each)) == ("1", "", "")


_BLANK = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'


def test_every_figure_has_its_text_alternative(written):
    alternatives = [alternative for kind, alternative in _structure(written[1]) if kind == "/Figure"]
    assert len(alternatives) == 6
    assert all("Fjordby" in alternative for alternative in alternatives)


def test_headings_tables_and_lists_are_tagged(written):
    kinds = [kind for kind, _ in _structure(written[1])]
    assert kinds.count("/H1") >= 5
    assert {"/H2", "/H3", "/Table", "/TH", "/TD", "/L", "/Link", "/Caption"} <= set(kinds)


def test_heads_are_repeated_and_outline_leads_to_the_sections(written):
    _, content = written
    outline = PdfReader(io.BytesIO(content)).outline
    assert len([entry for entry in outline if not isinstance(entry, list)]) >= 5


def test_the_figures_can_be_found(written):
    text = _text(written[1])
    numbers = ("1 204 377", "48 210", "−0,8", "68,6")
    if written[0] == "en":
        numbers = ("1,204,377", "48,210", "−0.8", "68.6")
    for figure in (*numbers, "2023/118", "07459"):
        assert figure in text


def test_fonts_are_the_ones_the_typesetter_carries(written):
    fonts = {
        str(font.BaseFont).rpartition("+")[2]
        for page in pikepdf.open(io.BytesIO(written[1])).pages
        for font in page.Resources.get("/Font", {}).values()
    }
    assert all("Libertinus" in name for name in fonts)


def test_the_same_document_gives_the_same_file(document):
    assert pdf.render(document) == pdf.render(document)


def test_hostile_text_is_text(hostile_document, hostile):
    content = pdf.render(hostile_document)
    with pikepdf.open(io.BytesIO(content)) as file, file.open_metadata() as metadata:
        assert metadata["{http://www.aiim.org/pdfua/ns/id/}part"] == "1"
    if hostile.isascii() and len(hostile) < 100 and hostile.isprintable():
        squeezed = _text(content).replace("\n", "").replace(" ", "")
        assert hostile.replace(" ", "") in squeezed


def test_a_letter_nobody_has_a_shape_for_is_written_as_its_number(document, monkeypatch):
    import dataclasses

    import typst

    monkeypatch.setattr(typst, "Fonts", lambda include_system_fonts: _bundled)
    pdf._fonts.cache_clear()
    try:
        text = _text(pdf.render(dataclasses.replace(document, title="Nei 😀 ja")))
    finally:
        pdf._fonts.cache_clear()
    assert "Nei [U+1F600] ja" in text


def _fonts_of_the_typesetter():
    import typst

    return typst.Fonts(include_system_fonts=False)


_bundled = _fonts_of_the_typesetter()


def test_the_code_of_typst_is_never_built_from_text():
    template = pdf._template().decode()
    assert "eval(" not in template
    assert "sys.inputs.data" in template


def test_headings_lie_down_with_the_wide_table_they_are_over():
    columns = tuple(Column(f"Indikator {i}", numeric=True) for i in range(14))
    wide = Section("Vedlegg", (), (Section("Alle tall", (Table("Bred", columns, ((1_234_567,) * 14,)),)),))
    document = dataclasses.replace(sample("nb"), sections=(wide, Section("Etter")))
    pages = PdfReader(io.BytesIO(pdf.render(document))).pages
    lying = [page.extract_text() for page in pages if page.mediabox.width > page.mediabox.height]
    assert len(lying) == 1
    assert "Vedlegg" in lying[0]
    assert "Alle tall" in lying[0]
    standing = [page for page in pages if page.mediabox.width < page.mediabox.height]
    assert "Etter" in standing[-1].extract_text()
