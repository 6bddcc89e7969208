"""JSON-stat 2 and CSV as Statistics Norway writes them, on files about a made-up country."""

import json
from pathlib import Path
from typing import Any

import pytest

from readers import sql
from tyngdepunkt.errors import UserError
from tyngdepunkt.places import Places
from tyngdepunkt.sources import ssb
from tyngdepunkt.sources.ssb import (
    Commuting,
    Education,
    Employed,
    FirmsBySize,
    JobsBySector,
    Population,
    ResidentsByIndustry,
)
from tyngdepunkt.texts import explain_error


def jsonstat(values: list[Any], status: Any = None, /, **dimensions: list[str]) -> dict[str, Any]:
    body: dict[str, Any] = {
        "class": "dataset",
        "label": "Eksempelland",
        "updated": "2024-02-01T07:00:00Z",
        "id": list(dimensions),
        "size": [len(codes) for codes in dimensions.values()],
        "dimension": {
            name: {"category": {"index": {code: n for n, code in enumerate(codes)}}}
            for name, codes in dimensions.items()
        },
        "value": values,
    }
    if status is not None:
        body["status"] = status
    return body


def write(folder: Path, body: Any, name: str = "table.json") -> Path:
    file = folder / name
    file.write_text(body if isinstance(body, str) else json.dumps(body), encoding="utf-8")
    return file


def faults(error: pytest.ExceptionInfo[UserError]) -> list[str]:
    assert all(explain_error(error.value, language) for language in ("nb", "nn", "en"))
    return [fault.key.removeprefix("sources:") for fault in error.value.faults]


def test_values_are_read_in_row_major_order(tmp_path: Path) -> None:
    body = jsonstat([1, 2, 3, 4], Region=["0001", "0002"], Tid=["2023", "2024"])
    assert Population().parse(write(tmp_path, body)).rows == [
        ("0001", 2023, "", 1, None, None),
        ("0001", 2024, "", 2, None, None),
        ("0002", 2023, "", 3, None, None),
        ("0002", 2024, "", 4, None, None),
    ]


def test_hidden_missing_and_zero_are_three_different_things(tmp_path: Path) -> None:
    body = jsonstat([None, None, 0], {"0": ":", "1": ".."}, Region=["0001", "0002", "0003"], Tid=["2024"])
    cells = {row[0]: row[3:5] for row in Population().parse(write(tmp_path, body)).rows}
    assert cells == {"0001": (None, "suppressed"), "0002": (None, "missing"), "0003": (0, None)}


def test_null_without_status_is_missing(tmp_path: Path) -> None:
    body = jsonstat([None], Region=["0001"], Tid=["2024"])
    assert Population().parse(write(tmp_path, body)).rows[0][4] == "missing"


def test_sparse_values_and_a_lone_category_without_index_are_read(tmp_path: Path) -> None:
    body = jsonstat([], Region=["0001", "0002"], Tid=["2024"])
    body["value"], body["status"] = {"1": 7}, {"0": ":"}
    body["dimension"]["Tid"]["category"] = {"label": {"2024": "2024"}}
    rows = Population().parse(write(tmp_path, body)).rows
    assert [row[3:5] for row in rows] == [(None, "suppressed"), (7, None)]


def test_municipalities_summed_back_in_time_carry_the_structure_of_2024(tmp_path: Path) -> None:
    body = jsonstat([5, 9], Region=["K-4001", "F-40"], Tid=["2010"])
    assert Population().parse(write(tmp_path, body)).rows == [("4001", 2010, "", 5, None, 2024)]


def test_women_and_men_are_summed_and_one_hidden_hides_both(tmp_path: Path) -> None:
    body = jsonstat([1, 2, 3, None], {"3": ":"}, Region=["0001", "0002"], Kjonn=["1", "2"], Tid=["2024"])
    rows = Population().parse(write(tmp_path, body)).rows
    assert [row[3:5] for row in rows] == [(3, None), (None, "suppressed")]


def test_single_years_of_age_are_kept_apart(tmp_path: Path) -> None:
    ages = [f"{age:03d}" for age in range(105)] + ["105+"]
    body = jsonstat(list(range(106)), Region=["0001"], Alder=ages, Tid=["2024"])
    rows = Population().parse(write(tmp_path, body)).rows
    assert [row[2] for row in rows] == [str(age) for age in range(106)]
    assert sum(row[3] for row in rows) == sum(range(106))


def test_the_three_measures_of_11618_keep_their_names(tmp_path: Path) -> None:
    measures = ["BefolkningBosted", "SysselBosted", "SysselArbsted"]
    body = jsonstat(
        [9, 6, 5], Region=["0001"], Kjonn=["0"], Alder=["15-74"], ContentsCode=measures, Tid=["2024"]
    )
    rows = Employed().parse(write(tmp_path, body)).rows
    assert {row[2]: row[3] for row in rows} == {"population_15_74": 9, "residents": 6, "workplace": 5}


def test_commuting_leaves_out_zeros_but_not_hidden_cells(tmp_path: Path) -> None:
    body = jsonstat(
        [8, 0, None, 3], {"2": ":"}, ArbstedKomm=["0001", "0002"], Bokommuen=["0001", "0002"], Tid=["2024"]
    )
    assert Commuting().parse(write(tmp_path, body)).rows == [
        ("0001", "0001", 2024, 8, None, None),
        ("0001", "0002", 2024, None, "suppressed", None),
        ("0002", "0002", 2024, 3, None, None),
    ]


def test_sectors_get_our_names_and_their_sum_is_left_out(tmp_path: Path) -> None:
    body = jsonstat([9, 4, 5], Region=["0001"], Sektor=["ALLE", "6100", "A+B+D+E.0-1+9"], Tid=["2024"])
    rows = JobsBySector().parse(write(tmp_path, body)).rows
    assert {row[2]: row[3] for row in rows} == {"state": 4, "private": 5}


def firms(**other: list[str]) -> dict[str, Any]:
    sections, sizes = list(ssb._SECTIONS), list(ssb._SIZES)
    cells = list(range(len(sections) * len(sizes)))
    return jsonstat(
        cells * (len(other.get("ContentsCode", [""]))),
        **other,
        Region=["K-0001"],
        NACE2007=sections,
        AntAnsatte=sizes,
        Tid=["2026"],
    )


def test_establishments_are_read_by_section_and_size(tmp_path: Path) -> None:
    rows = FirmsBySize().parse(write(tmp_path, firms())).rows
    found = {row[2]: row[3] for row in rows}
    assert len(found) == 22 * 8
    assert found["Jordbruk, skogbruk og fiske/0"] == 0
    assert found["Jordbruk, skogbruk og fiske/250"] == 7
    assert found["Uoppgitt/1"] == 21 * 8 + 1
    assert {row[5] for row in rows} == {2024}


def test_establishments_without_a_size_or_with_several_measures_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError) as caught:
        FirmsBySize().parse(write(tmp_path, firms(ContentsCode=["a", "b"])))
    assert caught.value.faults[0].key == "sources:several_measures"
    few = jsonstat([1], Region=["K-0001"], NACE2007=["35"], AntAnsatte=["00"], Tid=["2026"])
    with pytest.raises(UserError) as caught:
        FirmsBySize().parse(write(tmp_path, few))
    assert caught.value.faults[0].key == "sources:missing_category"


def test_the_sections_are_those_of_the_stored_table(norway: Places) -> None:
    stored = {row[0] for row in sql(norway, "SELECT DISTINCT industry FROM firms_by_size")}
    assert set(ssb._SECTIONS.values()) == stored
    sizes = {row[0] for row in sql(norway, "SELECT DISTINCT size FROM firms_by_size")}
    assert set(ssb._SIZES.values()) == sizes


def test_csv_with_codes_gives_the_same_as_json(tmp_path: Path) -> None:
    cells = [
        '"0001";"1";"2024";"1"',
        '"0001";"2";"2024";"2"',
        '"0002";"1";"2024";":"',
        '"0002";"2";"2024";"4"',
    ]
    csv = "\n".join(["Region;Kjonn;Tid;Personer", *cells])
    rows = Population().parse(write(tmp_path, csv, "table.csv")).rows
    assert rows == [("0001", 2024, "", 3, None, None), ("0002", 2024, "", None, "suppressed", None)]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (json.dumps(jsonstat([1, 2], Region=["0001", "0002"], Tid=["2024"]))[:-40], ["not_json"]),
        ("[" * 100_000, ["not_json"]),
        ({"error": "too many cells"}, ["not_jsonstat"]),
        (jsonstat([1], Region=["0001", "0002"], Tid=["2024"]), ["wrong_size"]),
        (jsonstat(["x"], Region=["0001"], Tid=["2024"]), ["not_numbers"]),
        (jsonstat([1], Alder=["000"]), ["missing_dimension", "missing_dimension"]),
        (jsonstat([1], Region=["0001"], Tid=["soon"]), ["not_a_year"]),
        (jsonstat([1], Region=["0"], Tid=["2024"]), ["no_municipalities"]),
        (jsonstat([1], Region=["0001"], Kjonn=["1"], Tid=["2024"]), ["missing_category"]),
        (jsonstat([1, 2], Region=["0001"], Alder=["000", "001"], Tid=["2024"]), ["missing_category"]),
    ],
)
def test_a_bad_file_is_told_in_words(tmp_path: Path, body: Any, expected: list[str]) -> None:
    with pytest.raises(UserError) as error:
        Population().parse(write(tmp_path, body))
    assert faults(error) == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("", ["empty_file"]),
        ("Region;Tid;x\n0001;2024;1\n0002;20", ["wrong_row"]),
        ("Region;Tid;x\n0001;2024;many\n0002;2024;more\n", ["not_a_number", "not_a_number"]),
    ],
)
def test_a_bad_csv_file_is_told_in_words(tmp_path: Path, body: str, expected: list[str]) -> None:
    with pytest.raises(UserError) as error:
        Population().parse(write(tmp_path, body, "table.csv"))
    assert faults(error) == expected


def test_a_stored_answer_of_the_provider_has_as_many_cells_as_its_dimensions_say(shared_data: Path) -> None:
    from tyngdepunkt.sources._cells import read_cells

    cells = read_cells(shared_data / "api_eksempler/ssb_jsonstat2_data_05300.json", ("Avstand1", "Tid"))
    held = list(cells)
    assert len(held) == 432
    assert held[0].at == {"Avstand1": "01", "Kulturtilbud": "01", "ContentsCode": "Avstand", "Tid": "1991"}
    assert held[71].status == "missing"
    assert sum(cell.value is None for cell in held) == 28


def test_women_and_men_by_age_stand_apart_and_both_together_are_passed_over(tmp_path: Path) -> None:
    ages = [f"{age:03d}" for age in range(100)]
    values = [3] * 100 + [1] * 100 + [2] * 100
    body = jsonstat(values, Region=["0001"], Kjonn=["0", "1", "2"], Alder=ages, Tid=["2024"])
    rows = Population().parse(write(tmp_path, body)).rows
    assert {row[2]: row[3] for row in rows if row[2].endswith(":20")} == {"male:20": 1, "female:20": 2}
    assert sum(row[3] for row in rows) == 300


def test_employed_residents_by_industry_are_those_of_both_sexes(tmp_path: Path) -> None:
    """The form, the codes and the figures of 3101 are those of 07984 in 2025."""
    industries = ["00-99", "01-03", "84"]
    measures = ["Sysselsatte", "SysselsatteArb"]
    body = jsonstat(
        [14261, 1, 221, 1, 1027, 1],
        Region=["3101"],
        NACE2007=industries,
        Kjonn=["0"],
        Alder=["15-74"],
        ContentsCode=measures,
        Tid=["2025"],
    )
    rows = ResidentsByIndustry().parse(write(tmp_path, body)).rows
    assert {row[2]: row[3] for row in rows} == {"00-99": 14261, "01-03": 221, "84": 1027}


@pytest.mark.parametrize(
    "changed", [{"NACE2007": ["84"]}, {"ContentsCode": ["SysselsatteArb"]}, {"Kjonn": ["1"]}], ids=str
)
def test_employed_residents_without_a_whole_are_refused(
    changed: dict[str, list[str]], tmp_path: Path
) -> None:
    codes = {"NACE2007": ["00-99"], "ContentsCode": ["Sysselsatte"], "Kjonn": ["0"], **changed}
    body = jsonstat([1], Region=["3101"], Tid=["2025"], **codes)
    with pytest.raises(UserError) as error:
        ResidentsByIndustry().parse(write(tmp_path, body))
    assert faults(error) == ["missing_category"]


LEVELS = {"01": 7, "02a": 6, "11": 5, "03a": 4, "04a": 3, "09a": 2}


def test_levels_of_education_are_five_and_shares_are_no_persons(tmp_path: Path) -> None:
    values = [each for value in LEVELS.values() for each in (value, 0.5)]
    measures = ["Personer", "PersonerProsent"]
    body = jsonstat(values, Region=["4001"], Nivaa=list(LEVELS), ContentsCode=measures, Tid=["2024"])
    rows = Education().parse(write(tmp_path, body)).rows
    assert {row[2]: row[3] for row in rows} == {
        "primary": 7,
        "upper_secondary": 6,
        "higher_short": 4,
        "higher_long": 3,
        "none_or_unknown": 2,
    }


@pytest.mark.parametrize("changed", [{"Nivaa": ["01"]}, {"ContentsCode": ["PersonerProsent"]}], ids=str)
def test_levels_that_are_not_all_there_are_refused(changed: dict[str, list[str]], tmp_path: Path) -> None:
    codes = {"Nivaa": list(LEVELS), "ContentsCode": ["Personer"], **changed}
    body = jsonstat([1] * len(codes["Nivaa"]), Region=["4001"], Tid=["2024"], **codes)
    with pytest.raises(UserError) as error:
        Education().parse(write(tmp_path, body))
    assert faults(error) == ["missing_category"]
