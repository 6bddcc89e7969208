import dataclasses
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sample_document import sample
from tyngdepunkt.documents.document import Column, Paragraph, Picture, Section, Table
from tyngdepunkt.documents.layout import LONGEST_HEAD, cell_text, clean, head, plan


def _headings(page):
    return [item for item in page["body"] if item["kind"] == "heading"]


def test_tables_and_figures_are_numbered_in_reading_order(document):
    body = plan(document)["body"]
    assert [item["label"] for item in body if item["kind"] == "table"] == ["Tabell 1", "Tabell 2"]
    assert [item["number"] for item in body if item["kind"] == "picture"] == [1, 2, 3, 4, 5, 6]


def test_headings_never_skip_a_level_and_stop_at_the_deepest(document):
    deep = Section("innerst")
    for depth in range(6, 0, -1):
        deep = Section(f"nivå {depth}", (), (deep,))
    levels = [item["level"] for item in _headings(plan(dataclasses.replace(document, sections=(deep,))))]
    assert levels == [1, 2, 3, 4, 4, 4, 4]


def test_a_section_of_the_summary_is_a_heading_that_the_contents_leave_out(document):
    inner = Section("Kort om svaret", (Paragraph("Svaret."), Table("Rekke", (Column("A"),), (("x",),))))
    page = plan(dataclasses.replace(document, summary=(inner,)))
    heading, paragraph, table = page["summary"]
    assert (heading["kind"], heading["level"], heading["title"]) == ("heading", 2, "Kort om svaret")
    assert (paragraph["text"], table["number"]) == ("Svaret.", 1)
    assert heading["anchor"] not in [entry["anchor"] for entry in page["toc"]]


def test_a_short_paragraph_goes_with_what_it_opens_and_with_nothing_else(document):
    table = Table("Rekke", (Column("A"),), (("x",),))
    sections = (
        Section("Kapittel", (Paragraph("Spørsmålet."),), (Section("Under", (Paragraph("Tallene."), table)),)),
        Section("Kort", (Paragraph("Svaret."),)),
        Section("Langt", (Paragraph("x" * 400), table)),
    )
    body = plan(dataclasses.replace(document, sections=sections))["body"]
    opens = {item["text"][:12]: item.get("opens", False) for item in body if item["kind"] == "paragraph"}
    assert opens == {"Spørsmålet.": True, "Tallene.": True, "Svaret.": False, "x" * 12: False}


def test_anchors_are_unique_even_where_the_case_gives_the_same_twice(document):
    sections = tuple(Section("x", (), (), anchor) for anchor in ("a", "a", "summary", "source-1", "Å b!", ""))
    page = plan(dataclasses.replace(document, sections=sections, summary=(Paragraph("x", (1, 1)),)))
    anchors = [item["anchor"] for item in _headings(page)] + page["sources"][0]["uses"]
    anchors += [source["anchor"] for source in page["sources"]] + ["summary", "sources", "contents", "main"]
    assert len(anchors) == len(set(anchors))
    assert all(re.fullmatch("[a-z0-9-]+", anchor) for anchor in anchors)


def test_each_reference_is_known_to_its_source(document):
    page = plan(document)
    uses = {source["number"]: source["uses"] for source in page["sources"]}
    assert len(uses[3]) == 2
    assert uses[1][0] == page["summary"][0]["refs"][0]["anchor"]


def test_a_reference_to_no_source_is_a_bug(document):
    with pytest.raises(ValueError, match="reference 9"):
        plan(dataclasses.replace(document, summary=(Paragraph("x", (9,)),)))


def test_numbers_are_written_the_norwegian_way_and_missing_is_never_nought():
    column = Column("Andel", numeric=True, decimals=1)
    assert cell_text(-1234.56, column, "–") == "−1\u00a0234,6"
    assert cell_text(None, column, "–") == "–"
    assert cell_text(0, column, "–") == "0,0"


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_a_number_that_is_none_at_all_is_a_bug(value):
    with pytest.raises(ValueError, match="missing number is None"):
        cell_text(value, Column("Andel", numeric=True), "–")


def test_a_table_that_lacks_a_cell_is_a_bug(document):
    table = Table("x", (Column("a"), Column("b")), (("bare én",),))
    with pytest.raises(ValueError, match="zip"):
        plan(dataclasses.replace(document, sections=(Section("x", (table,)),)))


def test_the_documents_own_labels_come_first(document):
    page = plan(dataclasses.replace(document, labels={"table": "Oversikt"}))
    assert next(item["label"] for item in page["body"] if item["kind"] == "table") == "Oversikt 1"


def test_a_picture_without_a_text_alternative_is_refused():
    with pytest.raises(ValueError, match="text alternative"):
        Picture("Kart", "  ", "<svg/>")


@given(st.text())
@settings(max_examples=100, deadline=None)
def test_clean_text_can_be_written_and_cleaning_again_changes_nothing(text):
    once = clean(text)
    once.encode("utf-8")
    assert clean(once) == once
    assert not re.search("[\x00-\x08\u202e\ufffe]", once)


def test_cleaning_keeps_letters_of_every_script():
    for text in ("áčđŋšŧž", "שלום", "سلام", "中文", "😀", "a\tb\nc"):
        assert clean(text) == text


def test_a_heading_is_never_longer_than_a_heading():
    assert len(head("ord " * 1000)) == LONGEST_HEAD
    assert head("to\nlinjer") == "to linjer"
    assert head("12\u00a0000") == "12\u00a0000"


@pytest.mark.parametrize("lang", ["nb", "nn", "en"])
def test_the_three_languages_have_the_same_parts(lang):
    page = plan(sample(lang, svg='<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>'))
    assert page["locale"] == {"nb": "nb-NO", "nn": "nn-NO", "en": "en-GB"}[lang]
    assert len(page["toc"]) == 8
