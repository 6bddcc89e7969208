"""Where figures came from is told in the language of whoever reads it."""

import datetime as dt
from dataclasses import replace

import pytest

from tyngdepunkt.figures import Source, phrase
from tyngdepunkt.indicators import CASE_FILE, Question, all_indicators, in_language, place_facts
from tyngdepunkt.indicators.assumptions import assumption, in_case
from tyngdepunkt.places import Places

QUESTION = Question(
    date=dt.date(2026, 1, 1), total_jobs=(40.0, 60.0), jobs={"2": (40.0, 60.0)}, sites=("0301",)
)


@pytest.mark.parametrize("indicator", all_indicators().values(), ids=lambda each: each.id)
def test_no_indicator_asks_its_table_in_one_language_only(indicator, norway: Places) -> None:
    (figure,) = indicator.compute(norway, QUESTION, ["5025"])
    for source in figure.sources:
        info = norway.snapshot.table(source.table)
        assert source.asked or (info and source.query in info.query.values()), source


def test_what_is_told_of_a_place_is_told_in_english_too(norway: Places) -> None:
    facts = place_facts(norway, "5025").values()
    sources = {source for fact in facts if not isinstance(fact, str) for source in fact.sources}
    told = {in_language(source, norway.snapshot, "en").query for source in sources}
    assert "persons, year 2026" in told
    assert not any("personer" in query or "kommune" in query for query in told)


@pytest.mark.parametrize(
    ("lang", "provider", "query"),
    [
        ("nb", "Kommunal- og moderniseringsdepartementet; Statsbygg", "23–28\u00a0m²"),
        ("en", "Ministry of Local Government and Modernisation; Statsbygg", "23–28 m²"),
    ],
)
def test_an_assumption_is_told_by_who_found_it(lang, provider, query, norway: Places) -> None:
    told = in_language(assumption("area_per_post").source(), norway.snapshot, lang)
    assert (told.provider, told.query) == (provider, query)
    assert told.note == assumption("area_per_post").note[lang]


def test_what_a_case_assumes_itself_keeps_its_own_words(norway: Places) -> None:
    own = in_case("area_per_post", {"area_per_post": (20.0, 20.0, "Leieavtalen")}).source()
    told = in_language(own, norway.snapshot, "en")
    assert (told.title, told.provider, told.reference) == ("Office area per post", "", "Leieavtalen")
    assert (told.query, told.note) == ("20 m²", "")


def test_a_grade_is_said_to_come_from_the_case(norway: Places) -> None:
    grade = Source(CASE_FILE, "Godt tilbud", "", "", "", "", "", asked=phrase("indicators:query.grade"))
    told = in_language(grade, norway.snapshot, "nn")
    assert told == replace(grade, provider="saksfila", query="karakter sett ved skjønn")
