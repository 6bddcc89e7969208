"""Tables as data: the project's own, and files of people with every kind of fault."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tyngdepunkt.errors import UserError
from tyngdepunkt.places.build_catalogue import catalogue
from tyngdepunkt.places.build_tables import MAKERS
from tyngdepunkt.sources import handbook
from tyngdepunkt.sources.collect import Services, _without_places_of_other_years
from tyngdepunkt.sources.cube import Cube, Dimension
from tyngdepunkt.sources.declared import FED, own_tables, read_tables
from tyngdepunkt.sources.fetchable import fetchable
from tyngdepunkt.texts import explain_error
from unit.sources.served import Server, Time, as_json, problem

TABLE = {
    "provider": "here",
    "title": {"nb": "a", "nn": "b", "en": "c"},
    "feeds": "ssb/11618",
    "select": {"Region": ["@municipality"], "Tid": ["from(2024)"]},
    "unit": "persons",
    "cadence": "yearly",
    "makes": {"employed": ["workplace"]},
    "text": "a page",
}
PROVIDER = {"name": {"nb": "a", "nn": "b", "en": "c"}, "base": "https://example.org/v2", "licence": "CC0"}


def written(file: Path, table: dict[str, Any], **provider: Any) -> Path:
    content = {"providers": {"here": {**PROVIDER, **provider}}, "tables": {"11618": table}}
    file.write_text(json.dumps(content), encoding="utf-8")
    return file


def test_every_declared_table_is_read_built_and_backed_by_a_text() -> None:
    for table in own_tables().tables.values():
        assert table.feeds in FED
        assert table.id in table.feeds
        assert set(table.makes) == {name for name, _ in MAKERS[table.feeds]}
        for name, columns in table.makes.items():
            assert set(columns) <= set(catalogue()[name].column_names)
            assert set(table.told.get(name, {})) <= {"title", "note"}
        assert table.text.startswith("github.com/")
        assert table.provider.base.startswith("https://")
        assert {total.column for total in table.expected} <= {"persons"}


def test_what_can_be_fetched_is_what_is_declared() -> None:
    made = {name: table.id for table in own_tables().tables.values() for name in table.makes}
    assert fetchable() == made


def test_no_table_is_both_declared_and_wanted() -> None:
    wanted = [each.id for each in own_tables().wanted]
    assert len(set(wanted)) == len(wanted)
    assert not set(wanted) & set(own_tables().tables)


def test_the_page_is_made_from_the_file() -> None:
    page = Path(__file__).parents[3] / "docs" / "tables.md"
    assert page.read_text(encoding="utf-8") == handbook.page(), "run make docs"


def test_the_set_of_municipalities_becomes_their_codes(tmp_path: Path) -> None:
    table = read_tables(written(tmp_path / "t.yaml", TABLE)).tables["11618"]
    assert table.query(["0101", "0102"]).select == {"Region": ("0101", "0102"), "Tid": ("from(2024)",)}


@pytest.mark.parametrize(
    "change",
    [
        {"provider": "nobody"},
        {"feeds": "ssb/../../11618"},
        {"cadence": "now and then"},
        {"title": {"nb": "a"}},
        {"select": {}},
        {"select": {"Region": []}},
        {"select": {"Region": ["1", "1"]}},
        {"select": {"Region": ["@places"]}},
        {"select": {"Region": ["@municipality", "0"]}},
        {"codelists": {"Kjonn": "agg"}},
        {"place": "Kommune"},
        {"text": " "},
        {"expected": [{"table": "town", "column": "x", "year": 2024, "is": 1}]},
        {"expected": [{"table": "employed", "column": "x", "year": 2024, "is": 1, "within": 2}]},
        {"told": {"town": {"title": {"nb": "a", "nn": "b", "en": "c"}}}},
        {"unknown": 1},
    ],
    ids=str,
)
def test_a_fault_of_a_file_is_told(change: dict[str, Any], tmp_path: Path) -> None:
    with pytest.raises(UserError) as error:
        read_tables(written(tmp_path / "t.yaml", {**TABLE, **change}))
    assert all(explain_error(error.value, lang) for lang in ("nb", "nn", "en"))
    assert all("t.yaml" in fault.where for fault in error.value.faults)


@pytest.mark.parametrize("content", ["", "[]", "a: [", "tables: 1", "\x00", "a: &a [*a]"])
def test_what_is_no_such_file_is_told(content: str, tmp_path: Path) -> None:
    file = tmp_path / "t.yaml"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(UserError):
        read_tables(file)


def test_every_fault_of_a_file_is_told_at_once_and_no_password(tmp_path: Path) -> None:
    file = written(
        tmp_path / "t.yaml", {**TABLE, "text": "", "place": "x"}, base="https://me:hush@example.org"
    )
    with pytest.raises(UserError) as error:
        read_tables(file)
    assert len(error.value.faults) == 3
    assert "hush" not in explain_error(error.value, "en") + str(error.value)


def _cube(values: list[float], signs: tuple[str, ...] = ("",), status: list[int] | None = None) -> Cube:
    axes = (("Region", ("1", "2")), ("Sektor", ("a", "b")), ("Tid", ("2016", "2024")))
    dimensions = tuple(Dimension(name, name, codes, codes) for name, codes in axes)
    return Cube(dimensions, np.array(values), np.array(status or [0] * 8, dtype=np.int8), signs)


def test_a_place_without_any_figure_in_a_year_is_missing_in_it() -> None:
    #            1: a 2016, a 2024, b 2016, b 2024; 2: the same
    cube = _without_places_of_other_years(_cube([0, 5, 0, 0, 0, 1, 3, 0]), "Region")
    assert cube.missing().tolist() == [True, False, True, False, False, False, False, False]
    assert cube.values[[1, 3, 4, 7]].tolist() == [5, 0, 0, 0]


def test_a_place_with_a_hidden_figure_is_there() -> None:
    hidden = _cube([np.nan, 5, 0, 0, 1, 1, 1, 1], ("", ":"), [1, 0, 0, 0, 0, 0, 0, 0])
    assert _without_places_of_other_years(hidden, "Region") is hidden
    gone = _cube([np.nan, 5, 0, 0, 1, 1, 1, 1], ("", ".."), [1, 0, 0, 0, 0, 0, 0, 0])
    assert (
        _without_places_of_other_years(gone, "Region").missing().tolist() == [True, False, True] + [False] * 5
    )


def test_the_faults_of_all_tables_are_told_with_their_names(
    server: Server, time: Time, tmp_path: Path
) -> None:
    content = {
        "providers": {"here": {**PROVIDER, "base": server.address}},
        "tables": {"11618": TABLE, "07459": {**TABLE, "feeds": "ssb/07459"}},
    }
    file = tmp_path / "t.yaml"
    file.write_text(json.dumps(content), encoding="utf-8")
    server.answer = lambda asked: (
        as_json({}) if asked.path.endswith("config") else problem(404, "No such table")
    )
    with Services(time.clock) as services, pytest.raises(UserError) as error:
        services.plan(read_tables(file).chosen([]), ["0101"])
    assert [fault.where for fault in error.value.faults] == ["ssb/11618 (11618)", "ssb/07459 (07459)"]
    assert [asked.path.rsplit("/", 1)[1] for asked in server.asked] == ["config", "metadata", "metadata"]


def test_a_service_that_is_out_of_order_is_not_asked_for_every_table(
    server: Server, time: Time, tmp_path: Path
) -> None:
    content = {
        "providers": {"here": {**PROVIDER, "base": server.address}},
        "tables": {"11618": TABLE, "07459": {**TABLE, "feeds": "ssb/07459"}},
    }
    file = tmp_path / "t.yaml"
    file.write_text(json.dumps(content), encoding="utf-8")
    server.say(problem(503, "Service Unavailable"))
    with Services(time.clock) as services, pytest.raises(UserError) as error:
        services.plan(read_tables(file).chosen([]), ["0101"])
    assert [fault.key for fault in error.value.faults] == ["sources:out_of_order"]
    assert len(server.asked) == 5  # the attempts at one call
