"""The document of a location case: the answer first, the six questions, and every figure with its source."""

import dataclasses
import re
from collections.abc import Iterator
from functools import cache

import pytest
from msgspec import structs

from location_assessment import country, example, variation
from tyngdepunkt import documents
from tyngdepunkt.analyses.location.answer import Pairwise
from tyngdepunkt.analyses.location.document import location_document
from tyngdepunkt.documents.document import (
    Block,
    Bullets,
    Document,
    Notice,
    Paragraph,
    Picture,
    Section,
    Table,
    Terms,
)
from tyngdepunkt.documents.layout import plan
from tyngdepunkt.rules import study_questions
from tyngdepunkt.settings import LANGUAGES


@cache
def written(lang: str = "nb") -> Document:
    return location_document(example(lang), country())


def sections(found: tuple[Section, ...]) -> Iterator[Section]:
    for section in found:
        yield section
        yield from sections(section.sections)


def blocks(document: Document) -> list[Block]:
    return [*summary(document), *(b for section in sections(document.sections) for b in section.blocks)]


def summary(document: Document) -> list[Block]:
    return [block for section in document.summary for block in getattr(section, "blocks", (section,))]


def tables(document: Document) -> list[Table]:
    return [block for block in blocks(document) if isinstance(block, Table)]


def texts(found: list[Block] | tuple[Block, ...]) -> str:
    said: list[str] = []
    for block in found:
        match block:
            case Paragraph() | Notice():
                said.append(block.text)
            case Bullets():
                said += block.items
            case Terms():
                said += [part for pair in block.pairs for part in pair]
            case Table():
                said += [str(cell) for row in block.rows for cell in row]
            case Picture():
                said.append(block.alt)
    return "\n".join(said)


def section_of(document: Document, ending: str) -> Section:
    return next(each for each in sections(document.sections) if each.title.endswith(ending))


@pytest.mark.parametrize(("lang", "said"), [("nb", 0), ("nn", 1), ("en", 1)])
def test_it_is_said_once_that_the_names_of_occupations_are_in_another_language(lang, said):
    found = texts(blocks(written(lang)))
    words = {"nb": "bokmål", "nn": "Yrkesnamna er på bokmål", "en": "names of occupations are in Norwegian"}
    assert found.count(words[lang]) == said


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_six_questions_come_in_order_and_then_the_annexes(lang):
    document = written(lang)
    numbered = [f"{each.number} {each.title[lang]}" for each in study_questions()]
    assert [section.title for section in document.sections[:6]] == numbered
    assert [section.anchor for section in document.sections[6:]] == [f"annex-{each}" for each in "abcd"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_reference_leads_to_a_source_and_every_source_is_referred_to(lang):
    document = written(lang)
    plan(document)  # raises where a reference leads nowhere
    used = {ref for block in blocks(document) for ref in getattr(block, "refs", ())}
    used |= {ref for table in tables(document) for row in table.row_refs for ref in row}
    in_sheet = {int(n) for row in document.sheets[0].rows[1:] for n in str(row[10]).split(", ") if n}
    assert used | in_sheet == set(range(1, len(document.sources) + 1))


def test_the_first_pages_have_the_answer_how_sure_it_is_and_the_ranking():
    document, assessment = written(), example()
    answer = next(section for section in document.summary if section.title == "Svaret")
    assert answer.blocks[0] == Paragraph(assessment.texts["recommendation"])
    assert answer.blocks[1] == Paragraph(assessment.texts["robustness"])
    best = assessment.alternative(assessment.recommendation or "")
    assert answer.blocks[-1].rows[0][:3] == (best.name, 1, best.value)


def test_the_actual_decision_stands_on_page_one_and_in_a_section_of_its_own():
    document = written()
    said = example().texts["decision"]
    assert said in texts(summary(document))
    assert said in texts(section_of(document, "Rangeringen og vedtaket").blocks)


def test_who_fails_a_must_have_is_shown_with_the_reason_and_not_ranked():
    document = written()
    left_out = texts(section_of(document, "Holdt utenfor rangeringen").blocks)
    assert "=HYPERLINK(1) oppfyller ikke det må-kravene sier om" in left_out
    ranking = next(each for each in tables(document) if each.caption == "Rangering og hvor fast den står")
    assert "=HYPERLINK(1)" not in [row[0] for row in ranking.rows]


def test_each_indicator_has_its_own_sources_and_costs_their_price_year():
    found = tables(written())
    conditions = next(each for each in found if each.caption == "Vilkår for lokalisering: tallene bak")
    assert len(conditions.row_refs) == len(conditions.rows)
    assert len(set(conditions.row_refs)) > 1
    in_body = [block for each in sections(written().sections) for block in each.blocks]
    heads = {table: [str(row[0]) for row in table.rows] for table in in_body if isinstance(table, Table)}
    costs = [table for table, said in heads.items() if any("kroner" in head for head in said)]
    assert len(costs) >= 3
    assert all("kroner fra 2024" in table.caption for table in costs)


def test_what_a_rule_asks_is_told_as_retold_and_with_its_point():
    table = next(each for each in tables(written()) if each.caption == "Regler som gjelder saken")
    assert [column.title for column in table.columns][:2] == ["Regel", "Innholdet, gjengitt"]
    asked = {row[0].split()[0]: row[1] for row in table.rows}
    assert asked["R4"].endswith("(punkt 2)")
    assert "punkt" not in asked["R28"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_names_are_norwegian_and_the_document_never_says_we(lang):
    document = written(lang)
    said = texts(tuple(blocks(document))) + "\n".join(each.note for each in document.sources)
    assert "Davvihámman" not in said
    own = re.sub("«[^»]*»|“[^”]*”", "", said)
    assert not re.findall(r"\b(?:[Vv]i|[Vv]år[et]?|[Ww]e|[Oo]urs?)\b", own)


def test_the_tool_is_named_in_the_annex_on_method_and_nowhere_else():
    document = written()
    method = next(each for each in document.sections if each.anchor == "annex-c")
    elsewhere = [block for block in blocks(document) if block not in method.blocks]
    assert "Tyngdepunkt" in texts(method.blocks)
    assert "Tyngdepunkt" not in texts(tuple(elsewhere)) + document.author + document.title + document.subtitle


def test_english_documents_write_numbers_the_english_way():
    items = [*plan(written("en"))["summary"], *plan(written("en"))["body"]]
    cells = [cell for item in items if item["kind"] == "table" for row in item["rows"] for cell in row]
    assert any(re.search(r"\d\.\d", cell) for cell in cells)
    assert any(re.search(r"\d,\d{3}\b", cell) for cell in cells)
    assert not [cell for cell in cells if re.search(r"\d,\d(?!\d\d)|\d\xa0\d{3}", cell)]


def test_a_missing_figure_is_a_word_and_never_nought():
    table = next(each for each in tables(written()) if each.caption == "Bidraget i omfang og bredde")
    cells = {row[0]: row[2] for row in table.rows}
    assert cells["=HYPERLINK(1)"] == "mangler"
    assert cells["Storvik"] not in ("0", "0,00", "mangler")


def test_an_indicator_without_figures_says_why():
    said = texts(section_of(written(), "Kostnadseffektivitet og effektiv oppgaveløsning").blocks)
    assert "Reisetid til faste arbeidssteder: Saken oppgir ingen steder" in said


def test_conflicts_of_aims_have_a_section_with_strengths_sentences_and_trade_off():
    many = variation(
        alternatives=["Storvik", "Fjellby", "Nordhavn", "Holmen", "Elvedal", "Nærby"],
        must_have=...,
        decision=...,
    )
    section = section_of(location_document(many, country()), "Målkonflikter og hvordan de er håndtert")
    said = texts(section.blocks)
    apart = [each for each in many.conflicts if each.strength <= -0.15]
    assert apart
    assert all(each.text in said for each in apart)
    strengths = [row[1] for table in section.blocks if isinstance(table, Table) for row in table.rows]
    assert strengths == sorted(each.strength for each in many.conflicts)
    assert [each.title for each in section.sections] == ["Bytteforholdet"]
    assert any(isinstance(each, Picture) for each in section.blocks)


def test_few_alternatives_have_their_trade_offs_in_words():
    section = section_of(written(), "Målkonflikter og hvordan de er håndtert")
    said = texts(section.blocks)
    assert example().trade_offs
    assert all(each.text in said for each in example().trade_offs)
    assert not any(isinstance(each, Table | Picture) for each in section.blocks)


def test_who_is_first_when_something_is_left_out_is_a_short_table():
    section = section_of(written(), "Usikkerhet og kontroll")
    (table,) = [each for each in section.blocks if isinstance(each, Table)]
    found = example().robustness.leave_out
    assert len(table.rows) == 1 + sum(each.changed for each in found)
    assert len(found) == len([a for a in example().alternatives if a.rank]) + sum(
        each.weight > 0 for each in example().indicators
    )


def test_several_sectors_in_one_place_give_a_warning():
    found = section_of(written(), "Samlede virkninger av flere vedtak").blocks
    (warning,) = [each for each in found if isinstance(each, Notice)]
    assert warning.level == "warning"
    assert "Fjellby" in warning.text
    table = next(each for each in found if isinstance(each, Table))
    before = {row[0]: row[2] for row in table.rows}
    assert before["Fjellby"] == "−24 … −22"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_text_alternatives_are_sentences_with_the_figures(lang):
    pictures = [block for block in blocks(written(lang)) if isinstance(block, Picture)]
    assert len(pictures) == 5
    for picture in pictures[1:]:  # the map's has names, the charts' have figures
        assert picture.alt.endswith(".")
        assert re.search(r"\d", picture.alt), picture.alt
    assert "Fjellby" in pictures[0].alt


def test_the_whole_assessment_is_in_the_words_of_its_language():
    said = texts([block for block in blocks(written("nn")) if not isinstance(block, Picture)])
    nynorsk = "\n".join(
        line for line in said.splitlines() if "regjeringen.no" not in line
    )  # titles of sources
    bokmaal = (" ikke ", " hvor ", " noen ", " fra ", "alternativene", " hensyn")
    own = [word for word in bokmaal if word in nynorsk]
    assert own == []


def test_other_rule_sets_have_their_own_table_and_only_later_ones_are_backwards():
    document = location_document(
        variation(date="2020-01-01", also_guidelines=["2022-08-12"], weights="none", weight_log=...),
        country(),
    )
    annex = next(each for each in document.sections if each.anchor == "annex-a")
    assert not any(isinstance(each, Notice) for each in annex.blocks)
    assert isinstance(annex.sections[0].blocks[0], Notice)
    assert "målt i ettertid" not in texts(summary(document))


def test_a_case_judged_backwards_says_so_first():
    document = location_document(variation(guidelines="2022-08-12", date="2020-01-01"), country())
    assert "målt i ettertid" in texts(summary(document))
    assert "som ikke gjaldt da" in texts(summary(document))


def test_unknown_jobs_are_said_and_nothing_is_made_up():
    unit = {"name": "Eksempeltilsynet", "jobs": "unknown"}
    document = location_document(variation(unit=unit), country())
    said = texts(blocks(document))
    assert "Arealbehovet kan ikke regnes ut" in said
    assert "Bidraget i omfang og bredde" not in [each.caption for each in tables(document)]


def test_nothing_to_rank_still_gives_a_document():
    document = location_document(variation(must_have=[{"indicator": "airport_minutes", "max": 1}]), country())
    plan(document)
    assert "Ingen alternativer kan rangeres" in texts(summary(document))
    assert [sheet.name for sheet in document.sheets] == ["tall", "verdifunksjoner"]


def test_sets_of_offices_are_shown_office_by_office():
    sets = [
        {"name": name, "offices": [{"place": "Storvik", "jobs_before": 10, "jobs_after": after}, "_"]}
        for name, after in (("Samle", 20), ("Spre", 5))
    ]
    for each, after in zip(sets, (0, 15), strict=True):
        each["offices"][1] = {"place": "Fjellby", "jobs_before": 10, "jobs_after": after}
    fields = {"trigger": "structural_change", "alternatives": sets, "moved_from": ..., "must_have": ...}
    document = location_document(variation(decision=..., **fields), country())
    table = next(
        each for each in tables(document) if each.caption.startswith("Arbeidsplasser ved hvert kontor")
    )
    assert table.rows == (("Fjellby", "10", "0", "15"), ("Storvik", "10", "20", "5"))
    assert "kontorer" in [sheet.name for sheet in document.sheets]


def test_long_lists_are_cut_in_the_tables_and_said_so_and_whole_in_the_spreadsheet():
    document = location_document(_many(60), country())
    plan(document)
    longest = max(len(table.rows) for table in tables(document) if table.columns[0].title == "Alternativ")
    assert longest == 20
    assert "Tabellen viser de 20 første av 60" in texts(blocks(document))
    names = {row[0] for row in document.sheets[0].rows[1:]}
    assert len(names) == 60


@pytest.mark.parametrize("lang", ["nb", "nn"])
def test_all_formats_are_written_and_hold_the_answer(lang, tmp_path):
    paths = documents.write(written(lang), tmp_path, ("html", "docx", "xlsx"), "case")
    page = paths[0].read_text("utf-8")
    first = example(lang).alternative(example(lang).recommendation or "")
    assert first.name in page
    assert 'role="img"' in page or "<svg" in page
    assert all(path.stat().st_size > 5000 for path in paths)


def _many(count: int):
    """The example with its ranked alternatives again and again under other names and numbers."""
    assessment = example()
    ranked = [item for item in assessment.alternatives if item.rank is not None]
    made = [
        structs.replace(ranked[i % len(ranked)], number=100 + i, name=f"Sted {i}", rank=i + 1)
        for i in range(count)
    ]
    none = {"nearest": None, "changes": (), "pairwise": Pairwise((), ()), "leave_out": ()}
    robust = structs.replace(assessment.robustness, **none)
    return dataclasses.replace(
        assessment,
        alternatives=tuple(made),
        robustness=robust,
        alternative_texts={},
        recommendation=made[0].name,
    )
