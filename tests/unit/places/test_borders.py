"""Border changes: known, with source, and never taken for growth or decline."""

import json

import pytest

from readers import duck
from tyngdepunkt.cli import run
from tyngdepunkt.places import Places
from tyngdepunkt.places.border_checks import opposite_jumps, told_of_borders
from tyngdepunkt.places.borders import border_changes, moved, read_border_changes
from tyngdepunkt.places.profile import profile

KNOWN = read_border_changes(
    {
        "changes": [
            {
                "year": 2020,
                "from": "0101",
                "to": "0102",
                "area": "Vika",
                "persons": 400,
                "source": "a decision",
            },
            {"year": 2015, "from": "0103", "to": "0101", "area": "Nes", "source": "a decision"},
            {"year": 2018, "from": "0102", "to": "0104", "area": "Li", "small": True, "source": "a list"},
        ]
    }
)


@pytest.mark.parametrize(
    ("code", "first", "last", "persons"),
    [
        ("0101", 2016, 2026, -400.0),
        ("0102", 2016, 2026, 400.0),
        ("0102", 2020, 2026, 0.0),  # the first year already has the new border
        ("0102", 2016, 2019, 0.0),
        ("0101", 2014, 2026, None),  # nobody knows how many came from the third
        ("0104", 2016, 2026, 0.0),  # too few to be seen
        ("0199", 2006, 2026, 0.0),
    ],
)
def test_who_came_by_the_border_is_known_unknown_or_nobody(
    code: str, first: int, last: int, persons: float | None
) -> None:
    assert moved(code, first, last, KNOWN) == persons


def test_opposite_jumps_of_neighbours_are_found_and_the_known_ones_explained(norway: Places) -> None:
    database = duck(norway).cursor()
    found = {(year, loser, winner) for year, loser, winner, _, _ in opposite_jumps(database)}
    assert {
        (2021, "1539", "1535"),
        (2020, "4602", "4649"),
        (2020, "4020", "4005"),
        (2017, "3907", "3905"),
    } <= found
    told = told_of_borders(database, {"population", "boundary", "municipality"})
    assert len(told) < len(found) < 15
    assert not any(dict(part.values)["loser"] == "Rauma" for part in told)
    assert told_of_borders(database, {"population"}) == []


def test_every_known_change_has_a_source_and_lies_in_the_country(norway: Places) -> None:
    for change in border_changes():
        assert change.source
        assert {change.giver, change.taker} <= norway.municipalities.keys()
        assert not (change.small and change.persons)


def test_the_part_of_rauma_that_went_to_vestnes_is_neither_decline_nor_growth(norway: Places) -> None:
    rauma, vestnes = profile(norway, "1539"), profile(norway, "1535")
    for found, came in ((rauma, -442), (vestnes, 442)):
        first, last = (found.facts[f"population_{end}"].figure.value for end in ("first", "last"))
        change = found.facts["population_change"].figure
        assert first
        assert last
        assert change.value == pytest.approx(last / (first + came) - 1)
        assert change.quality.value == "estimated"
        assert [each.change.year for each in found.breaks] == [2021]
    assert profile(norway, "3228").facts["population_change"].figure.value is None
    assert profile(norway, "0301").breaks == ()


@pytest.mark.parametrize(
    ("lang", "word"), [("nb", "Brudd i 2021"), ("nn", "Brot i 2021"), ("en", "Break in 2021")]
)
def test_the_break_is_said_on_a_terminal_and_in_json(
    lang: str, word: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TYNGDEPUNKT_SNAPSHOT", "embedded")
    assert run(["place", "1539", "--lang", lang]) == 0
    assert word in capsys.readouterr().out
    assert run(["place", "1539", "--lang", lang, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)["breaks"][0]
    assert (told["year"], told["persons"], told["came"], told["other"]["code"]) == (2021, 442, False, "1535")
    assert told["text"].startswith(word)
