"""The builder on a made-up country: nothing wrong gets in, nothing is written half."""

import datetime as dt
import json
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tyngdepunkt.errors import UserError
from tyngdepunkt.places.build import Input, Rows, build_snapshot
from tyngdepunkt.places.build_catalogue import read_catalogue

TITLE = {"nb": "x", "nn": "x", "en": "x"}
TOLD = {
    "title": TITLE,
    "provider": "Eksempelland",
    "reference": "1",
    "query": "all",
    "date": "2024",
    "licence": "CC0",
}
CATALOGUE = read_catalogue(
    {
        "municipality": {
            **TOLD,
            "key": ["code"],
            "columns": {"code": {"type": "text"}, "name": {"type": "text"}},
        },
        "population": {
            **TOLD,
            "year": "year",
            "key": ["municipality", "year"],
            "codes": ["municipality"],
            "columns": {
                "municipality": {"type": "text"},
                "year": {"type": "integer"},
                "persons": {"type": "integer", "optional": True},
                "quality": {"type": "text", "values": ["measured", "suppressed"]},
            },
            "expected": [
                {"says": "all", "sql": "select sum(persons) from population where year = 2024", "is": 300}
            ],
            "must": [{"says": "no negative", "sql": "select count(*) from population where persons < 0"}],
        },
    }
)
PLACES = Rows(("code", "name"), [("0001", "Fjordby"), ("0002", "Skogdal"), ("0003", "Øyvær")])
COLUMNS = ("municipality", "year", "persons", "quality")
GOOD = [("0002", 2024, 100, "measured"), ("0001", 2024, 200, "measured"), ("0003", 2024, None, "suppressed")]
BUILT = dt.date(2024, 5, 1)


def build(folder: Path, rows: list[tuple[Any, ...]], **more: Any) -> Path:
    inputs = {"municipality": Input(PLACES), "population": Input(Rows(COLUMNS, rows))}
    return build_snapshot(inputs, folder, built=BUILT, tables=CATALOGUE, **more)


def keys(error: pytest.ExceptionInfo[UserError]) -> list[str]:
    return sorted(fault.key.removeprefix("sources:") for fault in error.value.faults)


def test_a_good_snapshot_has_sorted_tables_and_a_manifest(tmp_path: Path) -> None:
    folder = build(tmp_path / "snapshot", GOOD, complete=True)
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    population = manifest["tables"][1]
    assert population["rows"] == 3
    assert population["years"] == [2024]
    assert population["licence"] == "CC0"
    assert manifest["id"].startswith("2024-05-01-")
    rows = duckdb.read_parquet(str(folder / "population.parquet")).fetchall()
    assert rows == sorted(GOOD)
    assert {file.name for file in tmp_path.iterdir()} == {"snapshot"}


def test_the_same_input_gives_the_same_bytes(tmp_path: Path) -> None:
    first, second = build(tmp_path / "a", GOOD), build(tmp_path / "b", list(reversed(GOOD)))
    for file in first.iterdir():
        assert file.read_bytes() == (second / file.name).read_bytes()


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([*GOOD, ("0001", 2024, 0, "measured")], ["duplicate_row"]),
        ([*GOOD, ("0009", 2024, 0, "measured")], ["unknown_code"]),
        ([*GOOD, (None, 2024, 0, "measured")], ["empty_cell"]),
        ([*GOOD, ("0001", 2023, 5, "guessed")], ["unknown_value"]),
        ([*GOOD, ("0001", 2023, -5, "measured")], ["broken_rule"]),
        ([("0001", 2024, 299, "measured")], ["wrong_total"]),
        ([("0001", 2024, "many", "measured")], ["wrong_type"]),
        (
            [*GOOD, ("0009", 2024, 0, "guessed"), ("0001", 2024, 0, "measured")],
            ["duplicate_row", "unknown_code", "unknown_value"],
        ),
    ],
)
def test_bad_rows_are_refused_and_the_old_snapshot_stays(
    tmp_path: Path, rows: list[tuple[Any, ...]], expected: list[str]
) -> None:
    folder = build(tmp_path / "snapshot", GOOD)
    before = {file.name: file.read_bytes() for file in folder.iterdir()}
    with pytest.raises(UserError) as error:
        build(folder, rows)
    assert keys(error) == expected
    assert {file.name: file.read_bytes() for file in folder.iterdir()} == before
    assert {file.name for file in tmp_path.iterdir()} == {"snapshot"}


def test_a_total_of_a_year_that_is_not_there_applies_only_to_a_complete_snapshot(tmp_path: Path) -> None:
    rows = [("0001", 2023, 7, "measured")]
    build(tmp_path / "part", rows)
    with pytest.raises(UserError) as error:
        build(tmp_path / "whole", rows, complete=True)
    assert keys(error) == ["wrong_total"]


def test_wrong_columns_and_unknown_tables_are_told(tmp_path: Path) -> None:
    with pytest.raises(UserError) as error:
        build_snapshot({"moons": Input(PLACES)}, tmp_path / "x", built=BUILT, tables=CATALOGUE, complete=True)
    assert keys(error) == ["missing_table", "missing_table", "unknown_table"]
    wrong = {"municipality": Input(Rows(("code", "moon"), [("0001", "x")]))}
    with pytest.raises(UserError) as error:
        build_snapshot(wrong, tmp_path / "x", built=BUILT, tables=CATALOGUE)
    assert keys(error) == ["wrong_columns"]
    assert error.value.faults[0].values["missing"] == ["name"]
    assert list(tmp_path.iterdir()) == []


def test_every_fault_the_builder_raises_has_its_sentences() -> None:
    from tyngdepunkt.texts import fault_lines

    for fault in (
        ("sources:duplicate_row", {"count": 1, "table": "t", "examples": ["a"], "column": "c"}),
        ("sources:wrong_total", {"table": "t", "found": "–", "expected": 5, "says": "s"}),
        ("sources:wrong_columns", {"table": "t", "missing": [], "unexpected": ["x"]}),
    ):
        from tyngdepunkt.errors import Fault

        for language in ("nb", "nn", "en"):
            assert all(fault_lines(Fault(*fault), language)[part] for part in ("what", "why", "do"))
