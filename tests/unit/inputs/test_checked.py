"""A file held against a model: every fault at once, each at its line, with the names that could be meant."""

from pathlib import Path
from typing import Annotated, Any, Literal

import pytest
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from tyngdepunkt.analyses.location.input.case_schema import CaseShape
from tyngdepunkt.inputs.checked import FaultCollector, check, parse_fields
from tyngdepunkt.inputs.field_types import Date, Range, Text
from tyngdepunkt.inputs.reading import parse_mapping


class Shelf(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)
    colour: Literal["red", "green"] | None = None
    from_: Annotated[Date | None, Field(alias="from")] = None


class Cupboard(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)
    name: Text
    width: Range = None
    shelves: list[Shelf] = []
    by_key: dict[str, Shelf] = {}
    top: Annotated[Shelf | None, BeforeValidator(lambda value: value)] = None


def found_in(text: str) -> tuple[Any, list[tuple[str, str, tuple[str, ...]]]]:
    ctx = FaultCollector(parse_mapping(text, Path("c.yaml")), "room")
    read = parse_fields(Cupboard, ctx, {"shelves": Shelf})
    return read, [(each.key, each.where, tuple(each.values.get("known", ()))) for each in ctx.faults]


def test_what_is_right_is_read_and_what_is_left_out_takes_its_default():
    read, faults = found_in("name: A\nwidth: 10-15\nshelves: [{colour: red, from: 2020-01-02}]\n")
    assert faults == []
    assert (read.name, read.width, read.shelves[0].colour) == ("A", (10, 15), "red")
    assert read.by_key == {}


def test_one_fault_does_not_hide_the_others_and_positions_stay():
    read, faults = found_in("widht: 3\nwidth: wide\nshelves: [{colour: blue}, {colour: red}]\n")
    assert [(key, where) for key, where, _ in faults] == [
        ("room:missing_field", "line 1"),
        ("inputs:not_a_number_or_range", "line 2, width"),
        ("room:unknown_choice", "line 3, shelves[0].colour"),
        ("room:unknown_field", "line 1, widht"),
    ]
    assert read.name is read.width is read.shelves[0] is None
    assert read.shelves[1].colour == "red"


@pytest.mark.parametrize(
    "text",
    ["shelves: [{colur: red}]", "by_key: {a: {colur: red}}", "top: {colur: red}"],
)
def test_a_name_that_is_not_known_is_told_with_those_of_its_own_group(text: str):
    ((key, _, known),) = found_in(f"name: A\n{text}\n")[1]
    assert (key, known) == ("room:unknown_field", ("colour", "from"))


def test_every_group_of_a_case_knows_its_names():
    """A wrong name in a group is told with those it could be, also in a group that comes to later."""
    groups = [name for name, field in CaseShape.model_fields.items() if "Shape" in str(field.annotation)]
    assert {"affected", "decision", "must_have", "window"} <= set(groups)
    for name in groups:
        kind, wrong = CaseShape.model_fields[name].annotation, {"colur": 1}
        is_list, is_mapping = ("list[" in str(kind), "dict[" in str(kind))
        given = [wrong] if is_list else {"a": wrong} if is_mapping else wrong
        ctx = FaultCollector(parse_mapping("a: 1", Path("c.yaml")), "room")
        check(kind, given, ctx, (name,))
        unknown = [each.values["known"] for each in ctx.faults if each.key == "room:unknown_field"]
        assert unknown, name
        assert unknown[0], name
