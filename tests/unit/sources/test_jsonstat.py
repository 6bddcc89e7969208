"""JSON-stat in every form the format allows, against a reader made of plain loops, and against pyjstat."""

import csv
import io
import itertools
import json
import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tyngdepunkt.errors import UserError
from tyngdepunkt.sources._cells import read_cells, read_cube
from tyngdepunkt.sources.cube import Cube, joined
from tyngdepunkt.sources.jsonstat import read_jsonstat, write_jsonstat
from tyngdepunkt.texts import explain_error

SIGNS = (None, ":", ".", "..", "...", "p")
Cell = tuple[float | None, str | None]


@st.composite
def tables(draw: st.DrawFn, least: int = 0) -> tuple[dict[str, list[str]], list[Cell]]:
    """Dimensions in any order with their codes, and the cells in row-major order."""
    names = draw(st.lists(st.sampled_from(["Tid", "Region", "Kjønn", "Alder", "X"]), min_size=1, unique=True))
    code = st.text("0123456789AÅ-+", min_size=1, max_size=4)
    codes = {name: draw(st.lists(code, min_size=1, max_size=4, unique=True)) for name in names}
    size = math.prod(map(len, codes.values()))
    number = st.one_of(st.none(), st.just(0), st.integers(-(2**53), 2**53), st.floats(-1e300, 1e300))
    cells = draw(st.lists(st.tuples(number, st.sampled_from(SIGNS)), min_size=size, max_size=size))
    return codes, cells


@st.composite
def answers(draw: st.DrawFn) -> tuple[dict[str, Any], dict[str, list[str]], list[Cell]]:
    """The same table in one of the forms that the format allows."""
    codes, cells = draw(tables())
    dimension = {
        name: {"label": name.lower(), "category": draw(category(held))} for name, held in codes.items()
    }
    values, signs = [value for value, _ in cells], [sign for _, sign in cells]
    body: dict[str, Any] = {"version": "2.0", "class": "dataset", "label": "Eksempelland", "id": list(codes)}
    body["dimension"] = dict(draw(st.permutations(list(dimension.items()))))
    body["size"] = [len(held) for held in codes.values()]
    body["value"] = draw(st.sampled_from([values, sparse(values)]))
    forms: list[Any] = [signs if len(signs) != 1 else signs[0], sparse(signs)]
    if len(set(signs)) == 1:
        forms += [signs[0], signs[:1]]
    body["status"] = draw(st.sampled_from(forms))
    if body["status"] is None:
        del body["status"]
    return body, codes, cells


def category(codes: list[str]) -> st.SearchStrategy[dict[str, Any]]:
    label = {"label": {code: f"navn {code}" for code in codes}}
    mapping = {code: place for place, code in enumerate(codes)}
    shuffled = st.permutations(list(mapping.items())).map(lambda items: {"index": dict(items)} | label)
    alone = [st.just(label)] if len(codes) == 1 else []
    return st.one_of(shuffled, st.just({"index": codes}), *alone)


def sparse(values: list[Any]) -> dict[str, Any]:
    return {str(place): value for place, value in enumerate(values) if value is not None}


def told(cube: Cube) -> list[tuple[tuple[str, ...], float | None, str]]:
    """Codes, value and sign of each cell, through the columns."""
    columns = cube.columns()
    codes = [[d.codes[place] for place in columns[d.name]] for d in cube.dimensions]
    values = [None if math.isnan(value) else value for value in cube.values.tolist()]
    return list(zip(zip(*codes, strict=True), values, (cube.signs[at] for at in cube.status), strict=True))


def faults(error: pytest.ExceptionInfo[UserError]) -> list[str]:
    assert all(explain_error(error.value, language) for language in ("nb", "nn", "en"))
    return [fault.key.removeprefix("sources:") for fault in error.value.faults]


@given(answers())
@settings(max_examples=150, deadline=None)
def test_every_form_of_a_table_reads_as_the_same_cells(
    made: tuple[Any, dict[str, list[str]], list[Cell]],
) -> None:
    body, codes, cells = made
    cube = read_jsonstat(json.dumps(body, ensure_ascii=False).encode(), "table.json")
    expected = zip(itertools.product(*codes.values()), cells, strict=True)
    assert told(cube) == [(at, value, sign or "") for at, (value, sign) in expected]
    assert cube.suppressed().tolist() == [value is None and sign == ":" for value, sign in cells]
    assert cube.missing().tolist() == [value is None and sign != ":" for value, sign in cells]


@given(answers())
@settings(max_examples=30, deadline=None)
def test_a_table_that_is_written_reads_as_the_same_table(
    made: tuple[Any, dict[str, list[str]], list[Cell]],
) -> None:
    cube = read_jsonstat(json.dumps(made[0]).encode(), "table.json")
    again = read_jsonstat(write_jsonstat(cube), "again.json")
    assert told(again) == told(cube)
    assert (again.dimensions, again.title, again.updated) == (cube.dimensions, cube.title, cube.updated)


@given(answers())
@settings(max_examples=30, deadline=None)
def test_equal_to_pyjstat(made: tuple[Any, dict[str, list[str]], list[Cell]]) -> None:
    package = pytest.importorskip(
        "pyjstat.pyjstat", reason="pyjstat is not installed: make bench compares too"
    )
    body, codes, cells = made
    body["value"] = [value for value, _ in cells]
    if "index" not in json.dumps(body["dimension"]):  # it cannot do without an index, nor without labels
        return
    for name, each in body["dimension"].items():
        each["category"].setdefault("index", codes[name])
        each["category"].setdefault("label", {code: code for code in codes[name]})
    content = json.dumps(body)
    frame = package.Dataset.read(content).write("dataframe", naming="id")
    cube = read_jsonstat(content.encode(), "table.json")
    columns = cube.columns()
    for dimension in cube.dimensions:
        theirs = frame[dimension.name].astype(str).tolist()
        assert theirs == [dimension.codes[place] for place in columns[dimension.name]]
    np.testing.assert_array_equal(frame["value"].astype(float).to_numpy(), cube.values)


@given(tables())
@settings(max_examples=50, deadline=None)
def test_csv_of_an_answer_is_the_same_table_with_its_signs(
    tmp_path_factory: pytest.TempPathFactory, made: tuple[dict[str, list[str]], list[Cell]]
) -> None:
    codes, drawn = made
    kept = [
        (value, None if value is not None else sign if sign not in (None, "p") else "..")
        for value, sign in drawn
    ]
    text = io.StringIO()
    rows = csv.writer(text)
    rows.writerow([*codes, "Eksempelland"])
    for at, (value, sign) in zip(itertools.product(*codes.values()), kept, strict=True):
        rows.writerow([*at, sign if value is None else repr(value)])
    file = tmp_path_factory.mktemp("csv") / "table.csv"
    file.write_text(text.getvalue(), encoding="utf-8")
    body = {
        "class": "dataset",
        "id": list(codes),
        "dimension": {name: {"category": {"index": held}} for name, held in codes.items()},
        "value": [value for value, _ in kept],
        "status": sparse([sign for _, sign in kept]),
    }
    (file.parent / "table.json").write_text(json.dumps(body), encoding="utf-8")
    assert told(read_cube(file)) == told(read_cube(file.parent / "table.json"))


@given(tables(), st.data())
@settings(max_examples=50, deadline=None)
def test_parts_in_any_order_join_to_the_whole(
    made: tuple[dict[str, list[str]], list[Cell]], data: st.DataObject
) -> None:
    codes, cells = made
    whole = cube_of(codes, cells)
    name = data.draw(st.sampled_from(list(codes)))
    cut = data.draw(st.integers(1, len(codes[name])))
    parts = []
    for held in filter(None, (codes[name][:cut], codes[name][cut:])):
        chosen = {**codes, name: held}
        known = dict(zip(itertools.product(*codes.values()), cells, strict=True))
        turned = dict(data.draw(st.permutations(list(chosen.items()))))
        order = [list(turned).index(each) for each in codes]
        at = [tuple(place[axis] for axis in order) for place in itertools.product(*turned.values())]
        parts.append(cube_of(turned, [known[place] for place in at]))
    assert told(joined(data.draw(st.permutations(parts)), codes)) == told(whole)


def cube_of(codes: dict[str, list[str]], cells: list[Cell]) -> Cube:
    body = {
        "class": "dataset",
        "id": list(codes),
        "dimension": {name: {"category": {"index": held}} for name, held in codes.items()},
        "value": [value for value, _ in cells],
        "status": sparse([sign for _, sign in cells]),
    }
    return read_jsonstat(json.dumps(body).encode(), "part.json")


def test_parts_that_overlap_or_leave_a_hole_are_told() -> None:
    one, other = cube_of({"Tid": ["a"]}, [(1, None)]), cube_of({"Tid": ["b"]}, [(2, None)])
    with pytest.raises(UserError) as hole:
        joined([one], {"Tid": ["a", "b"]})
    with pytest.raises(UserError) as twice:
        joined([one, one, other], {"Tid": ["a", "b"]})
    assert faults(hole) == faults(twice) == ["parts_do_not_fit"]
    with pytest.raises(UserError) as strange:
        joined([one, other], {"Tid": ["a"]})
    assert faults(strange) == ["strange_codes"]
    with pytest.raises(UserError) as named:
        joined([one], {"År": ["a"]})
    assert faults(named) == ["other_dimensions"]


BODY = {
    "class": "dataset",
    "id": ["A", "B"],
    "size": [1, 2],
    "dimension": {"A": {"category": {"index": ["a"]}}, "B": {"category": {"index": {"x": 1, "y": 0}}}},
    "value": [1, 2],
}


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"size": [1, 3]}, "wrong_size"),
        ({"value": {"2": 1}}, "wrong_size"),
        ({"value": {"-1": 1}}, "not_jsonstat"),
        ({"value": {"first": 1}}, "not_jsonstat"),
        ({"value": "1 2"}, "not_jsonstat"),
        ({"value": [1, True]}, "not_numbers"),
        ({"value": {"0": "1"}}, "not_numbers"),
        ({"status": [":", ":", ":"]}, "wrong_size"),
        ({"status": {"7": ":"}}, "wrong_size"),
        ({"status": 7}, "not_jsonstat"),
        ({"id": ["A", "C"]}, "not_jsonstat"),
        ({"id": ["A", "A"]}, "not_jsonstat"),
        ({"id": []}, "not_jsonstat"),
        ({"class": "collection"}, "not_jsonstat"),
        (
            {"dimension": {**BODY["dimension"], "B": {"category": {"index": {"x": 0, "y": 0}}}}},
            "not_jsonstat",
        ),  # type: ignore[dict-item]
        (
            {"dimension": {**BODY["dimension"], "B": {"category": {"label": {"x": "", "y": ""}}}}},
            "not_jsonstat",
        ),  # type: ignore[dict-item]
        ({"dimension": {**BODY["dimension"], "B": {"category": {"index": ["x", "x"]}}}}, "not_jsonstat"),  # type: ignore[dict-item]
    ],
)
def test_an_answer_that_does_not_add_up_is_told(changed: dict[str, Any], expected: str) -> None:
    with pytest.raises(UserError) as error:
        read_jsonstat(json.dumps({**BODY, **changed}).encode(), "table.json")
    assert faults(error) == [expected]


def test_the_order_of_an_index_is_by_position() -> None:
    cube = read_jsonstat(json.dumps(BODY).encode(), "table.json")
    assert told(cube) == [(("a", "y"), 1, ""), (("a", "x"), 2, "")]


def test_every_place_where_an_answer_may_be_cut_off_is_told() -> None:
    content = json.dumps(BODY).encode()
    for length in range(len(content)):
        with pytest.raises(UserError) as error:
            read_jsonstat(content[:length], "table.json")
        assert faults(error) == ["not_json"]


def test_a_few_bytes_that_claim_a_table_without_end_are_refused() -> None:
    codes = [str(number) for number in range(1000)]
    dimension = {name: {"category": {"index": codes}} for name in "ABCD"}
    body = {"class": "dataset", "id": list("ABCD"), "dimension": dimension, "value": {}}
    with pytest.raises(UserError) as error:
        read_jsonstat(json.dumps(body).encode(), "table.json")
    assert faults(error) == ["too_many_cells_in_file"]


def test_a_row_of_csv_that_stands_twice_is_told(tmp_path: Path) -> None:
    file = tmp_path / "table.csv"
    file.write_text("Region;Tid;x\n0001;2024;1\n0001;2024;2\n", encoding="utf-8")
    with pytest.raises(UserError) as error:
        read_cube(file)
    assert faults(error) == ["cell_twice"]


def test_cells_and_columns_of_a_stored_answer_agree(shared_data: Path) -> None:
    file = shared_data / "api_eksempler/ssb_jsonstat2_data_05300.json"
    cube, cells = read_cube(file), read_cells(file, ())
    assert cube.shape == (6, 8, 1, 9)
    assert cube.signs == ("", ".", "..")
    assert [(tuple(cell.at.values()), cell.value) for cell in cells] == [each[:2] for each in told(cube)]
    assert cube.dimensions[0].labels[:2] == ("Under 1 km", "1-4,9 km")
    assert int(cube.missing().sum()) == 28
    assert not cube.suppressed().any()
