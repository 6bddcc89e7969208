"""The store answers from one snapshot, says where figures come from, and never makes 0 of nothing."""

import subprocess
import sys
import threading
from pathlib import Path

import pytest

import eksempelland
import tyngdepunkt
from readers import sql
from tyngdepunkt.errors import UserError
from tyngdepunkt.places import Places


def test_importing_the_room_loads_nothing_heavy() -> None:
    heavy = "{'duckdb', 'numpy', 'pydantic', 'yaml'}"
    script = f"import sys, tyngdepunkt.places; print(sorted({heavy} & set(sys.modules)))"
    answer = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == "[]"


def test_open_places_is_a_public_name() -> None:
    assert tyngdepunkt.open_places is tyngdepunkt.places.open_places
    with pytest.raises(AttributeError):
        _ = tyngdepunkt.nothing_of_that_name


def test_municipalities_are_whole_and_sorted(made_up: Places) -> None:
    assert list(made_up.municipalities) == sorted(eksempelland.CODES)
    town = made_up.municipalities["0202"]
    assert (town.name, town.centrality_class, town.region, town.ground, town.is_centre) == (
        "Holmen",
        4,
        2,
        "S2",
        True,
    )
    assert made_up.municipalities["0301"].names[0] == "Nordhavn - Davvihámman"
    assert set(made_up.municipalities["0301"].names) == {"Nordhavn - Davvihámman", "Nordhavn", "Davvihámman"}


def test_regions_know_their_centres_and_members(made_up: Places) -> None:
    region = made_up.regions[2]
    assert (region.centres, region.members) == (("0201", "0202"), ("0201", "0202", "0203"))
    assert sorted(code for each in made_up.regions.values() for code in each.members) == sorted(
        eksempelland.CODES
    )


def test_a_suppressed_or_missing_figure_is_none_and_never_zero(made_up: Places) -> None:
    unemployed = made_up.values("unemployment", "persons", year=2022, month=9)
    assert unemployed["0302"] is None
    assert unemployed["0101"] == 4000
    assert made_up.values("employed", "residents", year=2022)["0304"] is None


def test_values_cover_every_municipality_even_where_a_table_has_no_row(made_up: Places) -> None:
    offices = made_up.values("population", "persons", year=1900)
    assert offices == dict.fromkeys(eksempelland.CODES)


def test_rows_are_the_same_when_asked_again_whatever_was_done_to_them(made_up: Places) -> None:
    first = made_up.rows("population", ("municipality", "persons"), year=2023)
    kept = list(first)
    first.clear()
    assert kept
    assert made_up.rows("population", ("municipality", "persons"), year=2023) == kept
    assert made_up.rows("population", ("municipality",), persons=None, year=2023) != kept
    assert made_up.rows("population", ("municipality", "persons"), year=[2023]) == kept
    assert made_up.rows("population", ("municipality", "persons"), year=[]) == []


def test_a_question_with_several_rows_per_place_is_refused(made_up: Places) -> None:
    with pytest.raises(ValueError, match="several rows"):
        made_up.values("population", "persons")


def test_a_list_asks_for_any_of_its_values(made_up: Places) -> None:
    rows = made_up.rows("population", ("year",), municipality="0101", year=[2020, 2021])
    assert rows == [(2020,), (2021,)]


def test_no_value_can_be_asked_for(made_up: Places) -> None:
    assert len(made_up.rows("unemployment", ("municipality",), persons=None, month=9)) == 2


def test_names_that_are_no_column_never_meet_sql(made_up: Places) -> None:
    with pytest.raises(KeyError):
        made_up.rows("population", ('persons" FROM population; --',))
    with pytest.raises(KeyError):
        made_up.values("population", "persons", **{"1=1; --": 2})


def test_a_value_is_only_ever_a_value(made_up: Places) -> None:
    assert made_up.rows("town", ("town",), name="x' OR '1' = '1") == []
    assert made_up.rows("town", ("town",), name=[]) == []
    with pytest.raises(TypeError):
        made_up.rows("town", ("town",), name=object())


def test_a_statement_may_have_values_bound_to_it(made_up: Places) -> None:
    assert sql(made_up, "SELECT name FROM region WHERE region = ?", (3,)) == [("Nesvik",)]


def test_asking_does_not_load_what_the_answer_does_not_need(country: Path) -> None:
    """DuckDB imports pandas, where it is there, for the first bound value."""
    opened = f"places = tyngdepunkt.open_places({str(country)!r})"
    ask = f"{opened}; places.values('population', 'persons', year=2026)"
    script = f"import sys, tyngdepunkt; {ask}; print(sorted({{'pandas', 'numpy'}} & set(sys.modules)))"
    answer = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == "[]"


def test_a_table_that_is_not_there_is_a_users_matter(made_up: Places) -> None:
    assert not made_up.has("moon_phases")
    with pytest.raises(UserError) as caught:
        made_up.values("moon_phases", "persons")
    assert caught.value.faults[0].key == "places:no_table"


def test_the_answer_can_be_changed_without_changing_the_store(made_up: Places) -> None:
    first = made_up.values("population", "persons", year=2026)
    first["0101"] = -1.0
    assert made_up.values("population", "persons", year=2026)["0101"] == 400_000


def test_every_source_can_be_followed_back(made_up: Places) -> None:
    source = made_up.source("population", "year = 2026")
    assert (source.provider, source.licence, source.query) == ("Eksempelland", "MIT", "year = 2026")
    assert made_up.source("population", lang="en").query == "everything"


def test_years_are_those_of_the_figures(made_up: Places) -> None:
    assert made_up.years("population") == tuple(range(2016, 2027))
    assert made_up.years("region") == ()


def test_a_town_across_a_boundary_is_one_town(made_up: Places) -> None:
    assert made_up.largest_town("0102").name == "Hovedby"  # type: ignore[union-attr]
    joint = made_up.largest_town("0202")
    assert joint is not None
    assert (joint.name, joint.persons, joint.municipalities) == ("Storvik/Holmen", 38_000, ("0201", "0202"))
    assert made_up.largest_town("0304") is None


def test_many_threads_read_the_same_answer(made_up: Places) -> None:
    answers: list[float | None] = []

    def ask(year: int) -> None:
        answers.append(made_up.values("population", "persons", year=year)["0101"])

    threads = [threading.Thread(target=ask, args=(year,)) for year in [2026] * 16]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [400_000] * 16


def test_boundaries_come_as_bytes(norway: Places) -> None:
    shapes = norway.geometry("county")
    assert set(shapes) == {place.county_code for place in norway.municipalities.values()}
    assert all(isinstance(shape, bytes) and shape for shape in shapes.values())


def test_the_embedded_snapshot_has_the_country(norway: Places) -> None:
    assert len(norway.municipalities) == 357
    assert len(norway.regions) == 159
    assert [region.name for region in norway.regions.values() if not region.centres] == ["Årdal", "Målselv"]
    assert sum(place.is_centre for place in norway.municipalities.values()) == 68 + 10 + 84
    by_class = [place.centrality_class for place in norway.municipalities.values()]
    assert [by_class.count(number) for number in range(1, 7)] == [5, 21, 54, 65, 104, 108]


def test_the_embedded_population_is_the_national_one(norway: Places) -> None:
    """Statistics Norway, table 07459: 5 550 203 inhabitants on 1 January 2024."""
    assert sum(norway.values("population", "persons", year=2024).values()) == 5_550_203  # type: ignore[arg-type]


def test_every_figure_table_names_its_licence_and_provider(norway: Places) -> None:
    for table in norway.snapshot.tables:
        assert table.provider, table.name
        assert table.licence, table.name
        assert set(table.title) == {"nb", "nn", "en"}, table.name


def test_the_embedded_files_are_found_wherever_the_package_is(norway: Places) -> None:
    assert norway.folder == Path(tyngdepunkt.__file__).parent / "places" / "embedded"
