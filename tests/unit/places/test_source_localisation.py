"""What is told of a table is told in the language of whoever reads it, whichever it was made in."""

from dataclasses import replace

import pytest

from tyngdepunkt.places import Places, in_language


@pytest.mark.parametrize("lang", ["nb", "nn", "en"])
def test_a_source_is_told_in_any_language_whatever_it_was_made_in(made_up: Places, lang: str) -> None:
    made = [made_up.source("population", lang=before) for before in ("nb", "nn", "en")]
    told = {in_language(source, made_up.snapshot, lang) for source in made}
    assert told == {made_up.source("population", lang=lang)}


def test_words_that_are_not_the_tables_own_stay_as_they_are(made_up: Places) -> None:
    source = replace(made_up.source("population", "year = 2026"), note="as reported")
    told = in_language(source, made_up.snapshot, "en")
    assert (told.query, told.note, told.date) == ("year = 2026", "as reported", "in 2026")
    elsewhere = replace(source, table="moon_phases")
    assert in_language(elsewhere, made_up.snapshot, "en") == elsewhere
