"""The narrow YAML reader: what it takes, what it refuses, and that it knows its lines."""

import datetime as dt
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tyngdepunkt.errors import UserError
from tyngdepunkt.inputs.reading import (
    MAX_DEPTH,
    MAX_VALUES,
    Located,
    field_name,
    located,
    parse_mapping,
    read_mapping,
    walk,
)
from tyngdepunkt.texts import explain_error

FILE = Path("case.yaml")


def parse(text: str) -> Located:
    return parse_mapping(text, FILE)


def refusal(text: str) -> tuple[str, str]:
    with pytest.raises(UserError) as caught:
        parse(text)
    for lang in ("nb", "nn", "en"):
        assert "→" in explain_error(caught.value, lang)  # every fault can be said in every language
    fault = caught.value.faults[0]
    return fault.key, fault.where


def test_scalars_are_read_as_yaml_1_2_reads_them() -> None:
    data = parse(
        "number: 0301\nnorway: no\non: on\nyes: yes\ntrue: true\nwhole: 12\npart: 1.5\npower: 1e3\nempty:\n"
        "tilde: ~\nday: 2023-06-01\nnot_a_day: 2023-06-31\nquoted: '12'\nunder: 1_000\n"
        "octal: 0o17\ninf: .inf\n"
    ).data
    assert data == {
        "number": "0301",
        "norway": "no",
        "on": "on",
        "yes": "yes",
        "true": True,
        "whole": 12,
        "part": 1.5,
        "power": 1000.0,
        "empty": None,
        "tilde": None,
        "day": dt.date(2023, 6, 1),
        "not_a_day": "2023-06-31",
        "quoted": "12",
        "under": "1_000",
        "octal": "0o17",
        "inf": ".inf",
    }


def test_a_number_too_large_for_a_float_stays_text() -> None:
    assert parse("a: 1e999\nb: " + "9" * 400).data == {"a": "1e999", "b": "9" * 400}


def test_every_value_knows_its_line() -> None:
    located = parse("title: x\nlist: [a, {inner: 1,\n  next: 2}]\nblock:\n  - one\n  -\n    two: 2\n")
    assert located.line(("title",)) == 1
    assert located.line(("list", 1, "next")) == 3
    assert located.line(("block", 0)) == 5
    assert located.line(("block", 1, "two")) == 7
    assert located.line(("block", 9)) == 4  # what is not there stands where its parent stands
    assert located.line(("missing",)) == 1
    assert located.where(("block", 1, "two")) == "line 7, block[1].two"
    assert field_name(()) == ""


def test_json_is_taken_with_tabs_and_escapes() -> None:
    content = {"a": ["\U0001f600 å", "x/y", None, True, 1.5], "b": {"c": "d\te"}}
    assert parse(json.dumps(content, indent="\t")).data == content
    assert parse(json.dumps(content, ensure_ascii=False)).data == content


@pytest.mark.parametrize(
    ("text", "key", "where"),
    [
        ("", "empty", ""),
        ("# only a comment\n", "empty", ""),
        ("- a\n- b\n", "not_a_mapping", "line 1"),
        ("just text", "not_a_mapping", "line 1"),
        ("a: 1\na: 2\n", "duplicate_key", "line 2"),
        ("a:\n  b: 1\n  b: 2\n", "duplicate_key", "line 3"),
        ("a: [1, 2\n", "not_yaml", "line 2"),
        ("a: b: c\n", "not_yaml", "line 1"),
        ("a:\n\tb: 1\n", "not_yaml", "line 2"),
        ("a: 1\n---\nb: 2\n", "several_documents", "line 2"),
        ("a: !!python/object/apply:os.system [ls]\n", "tag", "line 1"),
        ("a: !!binary aGVp\n", "tag", "line 1"),
        ("? [a, b]\n: 1\n", "complex_key", "line 1"),
        ("a: *nothing\n", "unknown_alias", "line 1"),
        ("a: &x [*x]\n", "alias_in_itself", "line 1"),
        ("a: " + "[" * 200 + "]" * 200, "too_deep", "line 1"),
        ("a: \x07\n", "strange_character", "line 1"),
    ],
)
def test_what_is_refused_is_refused_with_its_line(text: str, key: str, where: str) -> None:
    assert refusal(text) == (f"inputs:{key}", where)


def test_all_duplicate_keys_are_named_at_once() -> None:
    with pytest.raises(UserError) as caught:
        parse("a: 1\nb: 2\na: 3\nb: 4\n")
    assert [(fault.where, fault.values["first"]) for fault in caught.value.faults] == [
        ("line 3", 1),
        ("line 4", 2),
    ]


def test_a_yaml_bomb_is_refused_before_it_unfolds() -> None:
    lines = ["a: &a [x, x, x, x, x, x, x, x, x, x]"]
    for before, name in zip("abcdefgh", "bcdefghi", strict=True):
        lines.append(f"{name}: &{name} [{', '.join(['*' + before] * 10)}]")
    assert refusal("\n".join(lines))[0] == "inputs:too_many_values"


def test_an_ordinary_alias_is_taken() -> None:
    assert parse("a: &list [1, 2]\nb: *list\n").data == {"a": [1, 2], "b": [1, 2]}


def test_a_hundred_megabytes_are_refused_at_once(tmp_path: Path) -> None:
    file = tmp_path / "large.yaml"
    with file.open("wb") as stream:
        stream.truncate(100_000_000)
    with pytest.raises(UserError) as caught:
        read_mapping(file)
    assert caught.value.faults[0].key == "inputs:too_large"
    assert "100,0" in explain_error(caught.value, "nb")


def test_files_that_cannot_be_read_say_why(tmp_path: Path) -> None:
    latin = tmp_path / "latin.yaml"
    latin.write_bytes("title: Bærum\nplace: Røros\n".encode("latin-1"))
    for path, key in [
        (tmp_path / "nothing.yaml", "not_found"),
        (tmp_path, "folder"),
        (latin, "not_utf8"),
        (Path("/dev/null"), "not_a_file"),
    ]:
        with pytest.raises(UserError) as caught:
            read_mapping(path)
        assert caught.value.faults[0].key == f"inputs:{key}"


def test_a_byte_order_mark_is_no_part_of_the_first_field(tmp_path: Path) -> None:
    file = tmp_path / "bom.yaml"
    file.write_bytes(b"\xef\xbb\xbftitle: x\n")
    assert read_mapping(file).data == {"title": "x"}


def test_walk_gives_every_value_with_its_steps() -> None:
    assert list(walk({"a": [1]})) == [((), {"a": [1]}), (("a",), [1]), (("a", 0), 1)]


_PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**15), 10**15) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=20,
)


@settings(max_examples=100, deadline=None)
@given(st.dictionaries(st.text(min_size=1, max_size=8), _PLAIN, min_size=1, max_size=5))
def test_whatever_json_can_say_comes_back_the_same(content: dict[str, object]) -> None:
    assert parse(json.dumps(content)).data == content


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet="ab: \n-[]{}&*!?|>'\"#%@`,\t0123456789~<", max_size=80))
def test_any_text_is_a_mapping_or_a_fault(text: str) -> None:
    try:
        outcome = repr(parse(text).data)
    except UserError as error:
        outcome = explain_error(error, "nn")
    assert outcome


_LEAVES = st.one_of(
    st.none(), st.booleans(), st.integers(-(10**17), 10**17), st.text("aå :#-[]{}\"'\n0", max_size=8),
    st.floats(allow_nan=False, allow_infinity=False, width=32),
)  # fmt: skip
_KEYS = st.text("abå. ", min_size=1, max_size=4)
_CONTENTS = st.dictionaries(
    _KEYS,
    st.recursive(
        _LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_KEYS, inner, max_size=3)
    ),
    min_size=1,
    max_size=4,
)


@given(_CONTENTS)
def test_a_content_is_located_as_its_json_would_be(content):
    """What a program holds is read as if it were written out, with the same lines."""
    path = Path("case.yaml")
    written = parse_mapping(json.dumps(content, ensure_ascii=False, indent=1), path)
    held = located(content, path)
    assert held.data == written.data
    assert [held.where(steps) for steps, _ in walk(content)] == [
        written.where(steps) for steps, _ in walk(content)
    ]


def test_a_located_content_is_not_shared_and_has_the_limits_of_a_file():
    content = {"a": [{"b": 1}]}
    located(content, Path("x")).data["a"][0]["b"] = 2
    assert content == {"a": [{"b": 1}]}
    deep: object = 1
    for _ in range(MAX_DEPTH + 1):
        deep = [deep]
    with pytest.raises(UserError) as caught:
        located({"a": deep}, Path("x"))
    assert caught.value.faults[0].key == "inputs:too_deep"
    with pytest.raises(UserError) as caught:
        located({"a": [0] * (MAX_VALUES + 1)}, Path("x"))
    assert caught.value.faults[0].key == "inputs:too_many_values"
