"""Every cell of a table in a PDF names the head of its row and the heads of its columns."""

from __future__ import annotations

import dataclasses
import io

import pikepdf
import pytest

from location_cases import assessed, norway
from sample_document import sample
from tyngdepunkt.analyses.location.document import location_document
from tyngdepunkt.documents import pdf, row_heads
from tyngdepunkt.documents.document import Document


def _children(element):
    within = element.get("/K")
    every = list(within) if isinstance(within, pikepdf.Array) else [within]
    return [each for each in every if isinstance(each, pikepdf.Dictionary) and "/S" in each]


def _every(element, kind):
    found = [element] if element.get("/S") == kind else []
    return found + [each for child in _children(element) for each in _every(child, kind)]


def _table(cell):
    return next(each for each in cell.A if each.O == "/Table")


def _case() -> Document:
    return location_document(assessed(), norway())


@pytest.fixture(scope="module", params=["sample", "case"])
def opened(request):
    content = pdf.render(sample("nb") if request.param == "sample" else _case())
    with pikepdf.open(io.BytesIO(content)) as file:
        yield file


def test_each_row_has_a_head_and_its_cells_name_it(opened):
    rows = [
        (row, _every(table, "/THead"))
        for table in _every(opened.Root.StructTreeRoot, "/Table")
        for body in _every(table, "/TBody")
        for row in _children(body)
    ]
    assert len(rows) > 5
    above = None
    for row, heads in rows:
        columns = [str(cell.ID) for head in heads for cell in _every(head, "/TH")]
        first, *others = _children(row)
        if first.S == "/TH":
            assert _table(first).Scope == "/Row"
            assert [str(name) for name in _table(first).Headers] == columns[:1]
            above = str(first.ID)
        else:  # what is noted under a row stands beside the head of both
            others.insert(0, first)
        for cell in others:
            named = [str(name) for name in _table(cell).Headers]
            assert (cell.S, named[-1]) == ("/TD", above)
            assert set(named[:-1]) < set(columns)


def test_every_head_is_found_by_its_id(opened):
    known = dict(pikepdf.NameTree(opened.Root.StructTreeRoot.IDTree))
    heads = _every(opened.Root.StructTreeRoot, "/TH")
    assert {str(each.ID) for each in heads} == set(known)
    assert all(known[str(each.ID)].objgen == each.objgen for each in heads)
    assert len(heads) == len(known)


@pytest.fixture
def typeset(monkeypatch):
    """A document as the typesetter leaves it."""
    monkeypatch.setattr(row_heads, "mark", lambda file: file)
    return pdf.render


def test_nothing_but_tags_is_changed(typeset, monkeypatch):
    before = typeset(sample("nb"))
    monkeypatch.undo()
    after = row_heads.mark(before)
    assert after == row_heads.mark(before) != before
    with pikepdf.open(io.BytesIO(before)) as one, pikepdf.open(io.BytesIO(after)) as other:
        assert len(one.pages) == len(other.pages)
        for page, same in zip(one.pages, other.pages, strict=True):
            assert page.Contents.read_bytes() == same.Contents.read_bytes()
        assert one.Root.Metadata.read_bytes() == other.Root.Metadata.read_bytes()
        assert {name: str(told) for name, told in one.docinfo.items()} == {
            name: str(told) for name, told in other.docinfo.items()
        }
        assert one.trailer.ID[0] == other.trailer.ID[0]


def test_a_file_without_tables_is_left_as_it_is(typeset, monkeypatch):
    whole = sample("nb")
    content = typeset(dataclasses.replace(whole, summary=(), sections=(), sources=()))
    monkeypatch.undo()
    assert row_heads.mark(content) is content
