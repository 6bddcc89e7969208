"""Figures in cells: units, marks, ranges, years, and sources that are written once."""

from dataclasses import replace

import pytest

from location_assessment import country, example
from tyngdepunkt.analyses.location.document.view import View
from tyngdepunkt.documents import figure_words as words
from tyngdepunkt.documents.source_register import Register
from tyngdepunkt.figures import Figure, Quality, Source, absent, phrase, years
from tyngdepunkt.texts import NBSP

SOURCE = Source("made_up", "Made up", "nobody", "none", "persons, year=2024", "2006-2026", "MIT", "a note")


@pytest.fixture
def view() -> View:
    return View.of(example(), country())


@pytest.mark.parametrize(
    ("figure", "decimals", "expected"),
    [
        (Figure(0.1234, "share"), 1, "12,3 prosent"),
        (Figure(12345, "persons", Quality.ESTIMATED, low=9000, high=15000), 0, "≈ 12 345 personer"),
        (Figure(2e6, "NOK", Quality.ASSUMED, low=1e6, high=3e6), 0, "† 1,0–3,0 millioner kroner"),
        (Figure(500.0, "NOK"), 0, "500 kroner"),
        (Figure(5e-5, "share", low=4e-5, high=6e-5), 2, "< 0,01 prosent"),
        (Figure(-4e-5, "share"), 2, "> −0,01 prosent"),
        (Figure(4e-5, "share", Quality.ESTIMATED, low=3e-5, high=2e-4), 2, "≈ < 0,01 prosent"),
        (Figure(5e-5, "share", low=4e-5, high=2e-4), 2, "0,00–0,02 prosent"),
        (Figure(-1.0, "jobs", Quality.ESTIMATED, low=-12, high=10), 0, "≈ −12 … 10 arbeidsplasser"),
        (Figure(0.0, "share"), 2, "0,00 prosent"),
        (absent("minutes"), 0, "mangler"),
        (absent("minutes", Quality.SUPPRESSED), 0, "skjult"),
        (absent("minutes", Quality.NOT_APPLICABLE), 0, "ikke aktuelt"),
    ],
)
def test_a_figure_in_words(view, figure, decimals, expected):
    assert words.phrase(figure, decimals, view.lang).replace(NBSP, " ") == expected


def test_a_unit_nobody_has_named_stands_as_it_is(view):
    assert words.unit_word("furlongs", view.lang) == "furlongs"


@pytest.mark.parametrize(
    ("asked", "date", "expected"),
    [
        (phrase("indicators:query.persons", year=2024), "2006-2026", "2024"),
        (
            phrase("indicators:query.persons_change", first=2016, last=2026),
            "1 January 2006-2026",
            "2016–2026",
        ),
        (phrase("indicators:query.within", minutes=45), "2025-01-01", "2025"),
        (phrase("indicators:query.towns_above", least=2000), "4th quarter 2018", "2018"),
        (None, "2024-01-01 (851 of 886)", "2024"),
        (None, "", ""),
    ],
)
def test_the_year_is_the_one_asked_for_else_the_tables(asked, date, expected):
    asked_for = replace(SOURCE, asked=asked, date=date)
    assert years([Figure(1.0, "persons", sources=(asked_for,))]) == expected


def test_only_the_marks_in_use_are_explained(view):
    assumed = Figure(1.0, "NOK", Quality.ASSUMED)
    assert words.legend([Figure(1.0, "NOK")], view.lang) == ""
    assert words.legend([assumed], view.lang).startswith("†")
    assert "≈" not in words.legend([assumed], view.lang)


@pytest.mark.parametrize(
    ("bounds", "expected"), [((-24, -22), "−24 … −22"), ((5, 5), "+5"), ((0, 0), "0"), (None, None)]
)
def test_a_change_in_jobs_has_its_sign(view, bounds, expected):
    assert words.change(bounds, view.lang) == expected


def test_a_small_change_is_not_written_as_none(view):
    shown = words.change((3e-5, 1.4e-4), view.lang, 2, factor=100)
    assert shown.replace(NBSP, " ") == "< 0,01 … +0,01"
    assert words.change((-3e-5, -3e-5), view.lang, 2, factor=100).replace(NBSP, " ") == "> −0,01"
    assert words.change((0, 0), view.lang, 2, factor=100) == "0,00"


def test_jobs_are_a_number_a_range_or_unknown(view):
    assert [words.jobs(each, view.lang) for each in ((40, 40), (40, 45), (2.5, 3), None)] == [
        "40",
        "40–45",
        "2,5–3",
        "ukjent",
    ]


def test_a_source_asked_twice_is_one_source_and_its_note_is_written_once(view):
    register = view.register
    numbers = [register.number(replace(SOURCE, query=query)) for query in ("persons", "persons", "sum")]
    assert numbers == [1, 1, 2]
    assert [source.query for source in register.sources] == ["persons", "sum"]
    assert [source.note for source in register.sources] == ["a note", "Som kilde 1."]


@pytest.mark.parametrize(
    ("lang", "date", "query"),
    [
        ("nb", "i 2026", "personer, år 2026"),
        ("nn", "i 2026", "personar, år 2026"),
        ("en", "in 2026", "persons, year 2026"),
    ],
)
def test_a_document_tells_of_its_sources_in_its_own_language(lang, date, query):
    register = Register(country(), lang)
    for made_in in ("nb", "en"):
        register.number(
            country().source("population", phrase("indicators:query.persons", year=2026), made_in)
        )
    (source,) = register.sources
    note = country().info("population").note[lang]
    assert (source.query, source.date, source.note) == (query, date, note)


def test_a_day_in_the_table_of_sources_is_written_as_in_running_text(view):
    register = Register(view.places, "nn")
    register.number(replace(SOURCE, table="another", date="2024-01-01 (851 av 886)"))
    register.number(SOURCE)
    written = [each.date.replace(NBSP, " ") for each in register.sources]
    assert written == ["1. januar 2024 (851 av 886)", "2006-2026"]
