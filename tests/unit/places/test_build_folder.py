"""A folder of official files becomes a snapshot. The figures are the embedded ones, written back as files."""

import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tyngdepunkt.errors import UserError
from tyngdepunkt.places.build_folder import build_from_folder
from tyngdepunkt.places.build_tables import MAKERS
from tyngdepunkt.places.snapshot import embedded_folder
from tyngdepunkt.sources.contract import Origin, Tidy
from tyngdepunkt.texts import explain_error

BUILT = dt.date(2026, 12, 1)


def held(table: str, columns: str, where: str, folder: Path | None = None) -> list[tuple[Any, ...]]:
    file = (folder or embedded_folder()) / f"{table}.parquet"
    return duckdb.execute(f"SELECT {columns} FROM '{file}' WHERE {where} ORDER BY ALL").fetchall()


def jsonstat(
    file: Path, values: list[Any], /, status: dict[str, str] | None = None, **codes: list[str]
) -> None:
    body = {
        "class": "dataset",
        "updated": "2026-11-26T07:00:00Z",
        "id": list(codes),
        "size": [len(of) for of in codes.values()],
        "dimension": {
            name: {"category": {"index": {code: n for n, code in enumerate(of)}}}
            for name, of in codes.items()
        },
        "value": values,
        "status": status or {},
    }
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(body), encoding="utf-8")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "official"


@pytest.fixture
def build(folder: Path, tmp_path: Path) -> Callable[[], Path]:
    return lambda: build_from_folder(folder, embedded_folder(), tmp_path / "new", built=BUILT)


def manifest(folder: Path) -> dict[str, Any]:
    entries = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["tables"]
    return {entry["name"]: entry for entry in entries}


def keys(error: pytest.ExceptionInfo[UserError]) -> list[str]:
    assert all(explain_error(error.value, language) for language in ("nb", "nn", "en"))
    return sorted(fault.key.removeprefix("sources:") for fault in error.value.faults)


def test_a_year_is_made_anew_and_the_rest_carried_over(folder: Path, build: Callable[[], Path]) -> None:
    rows = held("population", "municipality, persons", "year = 2026")
    (folder / "ssb").mkdir(parents=True)
    hidden = "1151"
    values = [None if code == hidden else persons for code, persons in rows]
    position = [code for code, _ in rows].index(hidden)
    regions = [f"K-{code}" for code, _ in rows]
    jsonstat(folder / "ssb/07459.json", values, {str(position): ":"}, Region=regions, Tid=["2026"])
    new = build()
    made = held("population", "municipality, persons, quality", "year = 2026", new)
    assert [(code, persons) for code, persons, _ in made] == [
        (c, None if c == hidden else p) for c, p in rows
    ]
    assert (hidden, None, "suppressed") in made
    assert held("population", "*", "year < 2026", new) == held("population", "*", "year < 2026")
    before, after = manifest(embedded_folder()), manifest(new)
    query = after["population"]["query"]
    assert all("07459.json" in query[lang] for lang in ("nb", "nn", "en"))
    assert ("årene 2026" in query["nb"], "åra 2026" in query["nn"]) == (True, True)
    assert after["population"]["date"] == "2006-2026"
    unchanged = {name for name in before if before[name] == after[name]}
    assert unchanged == set(before) - {"population"}


def test_employed_in_the_codes_of_their_year_are_carried_to_those_of_2024(
    folder: Path, build: Callable[[], Path]
) -> None:
    rows = held("employed", "municipality, population_15_74, residents, workplace", "year = 2021")
    by_code = {code: values for code, *values in rows}
    to_old = dict(held("code_share", "old_code, new_code", "structure_from = 2024 AND structure_to = 2020"))
    old: dict[str, list[int]] = {}
    for code, values in by_code.items():
        held_so_far = old.setdefault(to_old[code], [0, 0, 0])
        old[to_old[code]] = [a + b for a, b in zip(held_so_far, values, strict=True)]
    assert len(old) == 356
    measures = ["BefolkningBosted", "SysselBosted", "SysselArbsted"]
    flat = [value for code in sorted(old) for value in old[code]]
    jsonstat(folder / "ssb/11618.json", flat, Region=sorted(old), ContentsCode=measures, Tid=["2021"])
    new = build()
    made = held("employed", "municipality, workplace, quality", "year = 2021", new)
    assert sum(workplace for _, workplace, _ in made) == sum(row[3] for row in rows)
    assert {code for code, _, quality in made if quality == "estimated"} == {"1508", "1580"}
    assert ("0301", by_code["0301"][2], "measured") in made


def test_commuting_and_centrality_come_out_as_they_went_in(folder: Path, build: Callable[[], Path]) -> None:
    rows = held("commuting", "home, work, persons", "year = 2022")
    flows = {(home, work): persons for home, work, persons in rows}
    codes = sorted({home for home, _ in flows})
    flat = [flows.get((home, work), 0) for work in codes for home in codes]
    regions = [f"K-{code}" for code in codes]
    jsonstat(folder / "ssb/03321.json", flat, ArbstedKomm=regions, Bokommuen=regions, Tid=["2022"])
    index = held("centrality", 'municipality, "index", class', "true")
    lines = ['"code","parentCode","level","name","notes"', '"01","","1","Sentralitet: 1",""']
    lines += ['"0101","03","2","Halden (-2019)","842"']  # a number of the past
    lines += [f'"{code}","0{group}","2","x","{value}"' for code, value, group in index]
    (folder / "klass").mkdir()
    (folder / "klass/128.csv").write_text("\n".join(lines), encoding="utf-8")
    new = build()
    assert held("commuting", "home, work, persons", "year = 2022", new) == sorted(
        (*at, n) for at, n in flows.items()
    )
    assert held("centrality", "*", "true", new) == held("centrality", "*", "true")


@pytest.mark.parametrize(
    ("years", "dated"), [([2024], 2024), ([2024, 2026], 2026), ([2020], 2020), ([], 2024), (None, 2024)]
)
def test_the_index_is_dated_to_the_newest_in_use_unless_the_log_says_of_which_year_it_is(
    years: list[int] | None, dated: int
) -> None:
    (_, make), *_ = MAKERS["klass/128"]
    columns = ("municipality", "index", "class", "year")
    with duckdb.connect() as database:
        database.execute("CREATE TABLE municipality AS SELECT '0001' AS code")
        if years is not None:
            database.execute("CREATE TABLE centrality (year INTEGER)")
            for year in years:
                database.execute("INSERT INTO centrality VALUES (?)", [year])
        for told, expected in ((None, dated), (2028, 2028)):
            tidy = Tidy(columns, [("0001", 789, 3, told), ("0009", 1, 6, told)], Origin("klass/128.json", ""))
            assert make(database, tidy) == [("0001", 789, 3, expected)]


def klass(folder: Path, name: str, key: str, items: list[dict[str, Any]]) -> None:
    (folder / "klass").mkdir(parents=True, exist_ok=True)
    (folder / "klass" / f"{name}.json").write_text(json.dumps({key: items}), encoding="utf-8")


def code(code: str, name: str, level: str = "1") -> dict[str, Any]:
    return {"code": code, "name": name, "parentCode": None, "level": level}


def test_counties_and_economic_regions_make_one_table_of_two_files(
    folder: Path, build: Callable[[], Path]
) -> None:
    counties = held("municipality", "DISTINCT county_code, county_name", "true")
    regions = held("municipality", "code, economic_region_code, economic_region_name", "true")
    names = [code(number, f"{name}!" if number == "40" else name) for number, name in counties]
    klass(folder, "104", "codes", [*names, code("99", "Uoppgitt")])
    lies = [
        {"sourceCode": region, "sourceName": name, "targetCode": number}
        for number, region, name in regions
        if number != "4026"
    ]
    moved = {"sourceCode": "40009", "sourceName": "Ny region", "targetCode": "4026"}
    klass(folder, "108-131", "correspondenceItems", [*lies, moved])
    new = build()
    made = held("municipality", "county_name, economic_region_code", "code = '4026'", new)
    assert made == [("Telemark!", "40009")]
    rest = "* EXCLUDE (county_name, economic_region_code, economic_region_name)"
    assert held("municipality", rest, "true", new) == held("municipality", rest, "true")
    query = manifest(new)["municipality"]["query"]["nb"]
    assert ("104.json" in query, "108-131.json" in query) == (True, True)
    klass(folder, "104", "codes", names[1:])
    klass(folder, "108-131", "correspondenceItems", lies)
    with pytest.raises(UserError) as error:
        build()
    assert keys(error) == ["counties_missing", "incomplete_year"]


def test_names_of_occupations_are_taken_and_an_occupation_that_is_gone_is_missed(
    folder: Path, build: Callable[[], Path]
) -> None:
    rows = held("occupation", "code, name", "level = 4")
    named = [code(number, f"{name}!", "4") for number, name in rows]
    klass(folder, "7", "codes", [code("1", "Ledere"), code("11", "Direktører", "2"), *named])
    new = build()
    assert held("occupation", "code, name", "level = 4", new) == [(c, f"{name}!") for c, name in rows]
    assert held("occupation", "*", "level = 1", new) == held("occupation", "*", "level = 1")
    ((titled,), *_) = held("occupation_title", "occupation", "true")
    klass(folder, "7", "codes", [each for each in named if each["code"] != titled])
    with pytest.raises(UserError) as error:
        build()
    assert keys(error) == ["broken_rule"]


MAPS = [("45.110", "46.710"), ("45.200", "95.310"), ("47.110", "47.110"), ("63.990", "82.400")]


@pytest.mark.parametrize("turned", [False, True])
def test_a_correspondence_of_industries_is_read_whichever_way_it_was_asked_for(
    folder: Path, build: Callable[[], Path], turned: bool
) -> None:
    maps = [(new, old) if turned else (old, new) for old, new in MAPS]
    correspondence(folder / "klass/6-correspondence.json", maps)
    new = build()
    found = held("industry_change", "before, after, old_code, new_code, old_name, new_name", "true", new)
    assert [row[:4] for row in found] == [("SN2007", "SN2025", *pair) for pair in MAPS]
    assert all(row[4:] == (f"name of {row[2]}", f"name of {row[3]}") for row in found)


def test_a_correspondence_of_other_industries_is_refused(folder: Path, build: Callable[[], Path]) -> None:
    correspondence(folder / "klass/6-correspondence.json", [("01.110", "01.120")])
    with pytest.raises(UserError) as error:
        build()
    assert keys(error) == ["no_change_of_standard"]


def correspondence(file: Path, maps: list[tuple[str, str]]) -> None:
    items = [
        {"sourceCode": a, "sourceName": f"name of {a}", "targetCode": b, "targetName": f"name of {b}"}
        for a, b in maps
    ]
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps({"correspondenceMaps": items}), encoding="utf-8")


def test_faults_of_all_files_are_told_together_and_nothing_is_written(
    folder: Path, build: Callable[[], Path], tmp_path: Path
) -> None:
    jsonstat(folder / "ssb/07459.json", [1], Region=["0301"], Alder=["000"])
    (folder / "klass").mkdir()
    (folder / "klass/131-changes.json").write_text('{"codeChanges": [', encoding="utf-8")
    with pytest.raises(UserError) as error:
        build()
    assert keys(error) == ["missing_dimension", "not_json"]
    assert {path.name for path in tmp_path.iterdir()} == {"official"}


def test_a_part_of_the_country_is_not_taken_for_the_whole(folder: Path, build: Callable[[], Path]) -> None:
    jsonstat(folder / "ssb/07459.json", [1, 2], Region=["K-4001", "K-4003"], Tid=["2026"])
    with pytest.raises(UserError) as error:
        build()
    assert keys(error) == ["incomplete_year"]
    assert error.value.faults[0].values["count"] == 355


def test_unknown_and_double_files_and_an_empty_folder_are_told(
    folder: Path, build: Callable[[], Path]
) -> None:
    with pytest.raises(UserError) as error:
        build()
    assert keys(error) == ["no_folder"]
    (folder / "ssb").mkdir(parents=True)
    (folder / "README.md").write_text("notes are passed over", encoding="utf-8")
    with pytest.raises(UserError) as error:
        build()
    assert keys(error) == ["no_files"]
    for name in ("07459.json", "07459.csv", "12345.json"):
        (folder / "ssb" / name).write_text("{}", encoding="utf-8")
    with pytest.raises(UserError) as error:
        build()
    assert keys(error) == ["two_files", "unknown_file"]
