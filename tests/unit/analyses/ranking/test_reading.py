"""Reading a table: what is right is read, and everything that is wrong is said at once with its line."""

from pathlib import Path

import pytest

from tyngdepunkt.analyses.ranking.decision_matrix import Table
from tyngdepunkt.analyses.ranking.resolve import table_of
from tyngdepunkt.errors import UserError
from tyngdepunkt.inputs.reading import read_mapping
from tyngdepunkt.texts import explain_error

GOOD = """\
criteria:
  - {id: access, direction: max, value: identity}
  - {id: cost, direction: min, value: minmax}
weights: WEIGHTS
alternatives: {A: {access: 31.9, cost: 8.4}, B: {access: 30.0, cost: 9.1}}
"""


def read_table(path: Path) -> Table:
    """The table of a file."""
    return table_of(read_mapping(path))


def written(folder: Path, text: str) -> Path:
    """A table on disk."""
    path = folder / "table.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def faults(folder: Path, text: str) -> list[tuple[str, str]]:
    """(key, line) of every fault; each must be sayable in all three languages."""
    with pytest.raises(UserError) as caught:
        read_table(written(folder, text))
    for lang in ("nb", "nn", "en"):
        assert explain_error(caught.value, lang).count("→") == len(caught.value.faults)
    return [
        (f.key.partition(":")[2], f.where.partition(",")[0].removeprefix("line "))
        for f in caught.value.faults
    ]


def keys(folder: Path, text: str) -> list[str]:
    """Only the names of the faults."""
    return [key for key, _ in faults(folder, text)]


def test_the_example_of_the_issue_is_read(tmp_path: Path) -> None:
    table = read_table(written(tmp_path, GOOD.replace("WEIGHTS", "{access: 36, cost: 10}")))
    assert [c.id for c in table.criteria] == ["access", "cost"]
    assert table.alternatives == ("A", "B")
    assert table.figures.tolist() == [[31.9, 8.4], [30.0, 9.1]]
    assert table.weights.centroid() == pytest.approx([36 / 46, 10 / 46])


def test_json_is_accepted(tmp_path: Path) -> None:
    text = (
        '{"criteria": [{"id": "x", "direction": "max", "value": {"points": [[0, 0], [10, 1]]}}],\n'
        ' "alternatives": {"A": {"x": 1}, "B": {"x": 2}}}'
    )
    table = read_table(written(tmp_path, text))
    assert table.weights.kind == "none"
    assert table.criteria[0].function([5.0]) == pytest.approx([0.5])


@pytest.mark.parametrize(
    ("weights", "kind", "centre"),
    [
        ("{access: 3, cost: 1}", "points", [0.75, 0.25]),
        ("{access: [0.2, 0.4], cost: [0, 1]}", "bounds", [0.3, 0.7]),
        ("{access: [20, 40], cost: [0, 100]}", "bounds", [0.3, 0.7]),
        ("{access: 30, cost: [50, 90]}", "bounds", [0.3, 0.7]),
        ("{order: [cost, access]}", "order", [0.25, 0.75]),
        ("{order: [[cost, access]]}", "order", [0.5, 0.5]),
        ("{order: [cost]}", "order", [0.25, 0.75]),
        ("none", "none", [0.5, 0.5]),
        ("", "none", [0.5, 0.5]),
    ],
)
def test_weights_in_every_form(tmp_path: Path, weights: str, kind: str, centre: list[float]) -> None:
    table = read_table(written(tmp_path, GOOD.replace("WEIGHTS", weights)))
    assert table.weights.kind == kind
    assert table.weights.centroid() == pytest.approx(centre)


@pytest.mark.parametrize(
    ("weights", "expected"),
    [
        ("{access: 36}", ["missing_weight"]),
        ("{access: 36, cost: 10, speed: 3}", ["unknown_weight"]),
        ("{access: 0, cost: 0}", ["all_zero"]),
        ("{access: -1, cost: 2}", ["negative_weight"]),
        ("{access: much, cost: true}", ["weight_kind", "weight_kind"]),
        ("{access: [1, 2, 3], cost: [1]}", ["weight_kind", "weight_kind"]),
        ("{access: [40, 20], cost: 70}", ["turned_numbers"]),
        ("{access: [60, 70], cost: [50, 60]}", ["ranges_too_high"]),
        ("{access: [0.6, 0.7], cost: [0.5, 0.6]}", ["ranges_too_high"]),
        ("{access: [10, 20], cost: [20, 30]}", ["ranges_too_low"]),
        ("{access: [0.2, 0.4], cost: [10, 40]}", ["ranges_too_low"]),
        ("{order: [access, speed]}", ["unknown_weight"]),
        ("{order: [access, cost, access]}", ["order_twice"]),
        ("{order: access}", ["order_kind"]),
        ("{order: []}", ["order_kind"]),
        ("{order: [[], access]}", ["order_kind"]),
        ("{order: [access, cost], cost: 3}", ["order_and_numbers"]),
        ("{order: [{access: 1}, cost]}", ["unknown_weight"]),
        ("equal", ["weights_kind"]),
        ("[36, 10]", ["weights_kind"]),
        ("{}", ["weights_kind"]),
    ],
)
def test_weights_that_cannot_be(tmp_path: Path, weights: str, expected: list[str]) -> None:
    assert keys(tmp_path, GOOD.replace("WEIGHTS", weights)) == expected


def test_all_faults_at_once_each_with_its_line(tmp_path: Path) -> None:
    text = """\
criteria:
  - {id: access, direction: up, value: identity}
  - {id: cost, direction: min, value: minmix}
  - {id: cost, direction: min, value: minmax}
  - {direction: max}
weigths: none
weights: {access: -1, cost: [5, 2]}
alternatives:
  A: {access: 31.9, cost: x}
  B: {access: null, cost: 1e99}
  C: 7
"""
    assert faults(tmp_path, text) == [
        ("unknown_key", "6"),
        ("direction_kind", "2"),
        ("value_kind", "3"),
        ("criterion_kind", "5"),
        ("duplicate_criterion", "4"),
        ("cell_kind", "9"),
        ("missing_cell", "10"),
        ("cell_too_large", "10"),
        ("alternative_kind", "11"),
        ("negative_weight", "7"),
        ("turned_numbers", "7"),
    ]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("{points: [[0, 0]]}", "points_kind"),
        ("{points: [[0, 0], [0, 1]]}", "points_order"),
        ("{points: [[0, 0], [5, high]]}", "points_kind"),
        ("{points: 3}", "points_kind"),
        ("{curve: [[0, 0], [5, 1]]}", "value_kind"),
        ("{points: [[0, 0], [5, 1]], step: [[0, 0]]}", "value_kind"),
        ("sigmoid", "value_kind"),
        ("[1, 2]", "value_kind"),
    ],
)
def test_value_functions_that_cannot_be(tmp_path: Path, value: str, expected: str) -> None:
    assert keys(tmp_path, GOOD.replace("WEIGHTS", "none").replace("identity", value)) == [expected]


@pytest.mark.parametrize(
    ("alternatives", "expected"),
    [
        ("{A: {access: 1, cost: 2}}", ["too_few_alternatives"]),
        ("{}", ["too_few_alternatives"]),
        ("[A, B]", ["alternatives_kind"]),
        ("", ["alternatives_kind"]),
        ("{A: {access: 1, cost: 2}, B: {access: 1, costs: 2}}", ["unknown_criterion", "missing_cell"]),
        ("{A: {access: 1, cost: 2}, B: {access: 'mye', cost: true}}", ["cell_kind", "cell_kind"]),
        ("{A: {access: 1, cost: 2}, B: {access: .nan, cost: .inf}}", ["cell_kind", "cell_kind"]),
        ("{A: {access: 1, cost: 2}, A: {access: 1, cost: 3}}", ["duplicate_key"]),
    ],
)
def test_alternatives_that_cannot_be(tmp_path: Path, alternatives: str, expected: list[str]) -> None:
    head = GOOD.replace("WEIGHTS", "none").partition("alternatives:")[0]
    assert keys(tmp_path, f"{head}alternatives: {alternatives}\n") == expected


@pytest.mark.parametrize("criteria", ["", "access", "[]", "{id: access}"])
def test_criteria_that_cannot_be(tmp_path: Path, criteria: str) -> None:
    found = keys(tmp_path, f"criteria: {criteria}\nalternatives: {{A: {{x: 1}}, B: {{x: 2}}}}\n")
    assert found == ["criteria_kind"]


def test_too_many_of_either_is_refused_before_memory_is(tmp_path: Path) -> None:
    many = "".join(f"  - {{id: c{i}, direction: max, value: identity}}\n" for i in range(201))
    assert "too_many_criteria" in keys(tmp_path, f"criteria:\n{many}alternatives: {{A: {{}}, B: {{}}}}\n")
    rows = "".join(f"  a{i}: {{x: 1}}\n" for i in range(2001))
    one = "criteria: [{id: x, direction: max, value: identity}]\n"
    assert keys(tmp_path, f"{one}alternatives:\n{rows}") == ["too_many_alternatives"]


def test_what_is_allowed_but_odd_is_noted(tmp_path: Path) -> None:
    text = """\
criteria:
  - {id: same, direction: max, value: minmax}
  - {id: hill, direction: max, value: {points: [[0, 0], [5, 1], [9, 0]]}}
  - {id: turned, direction: min, value: {step: [[0, 0], [5, 1]]}}
alternatives: {A: {same: 1, hill: 3, turned: 2}, B: {same: 1, hill: 6, turned: 7}}
"""
    notices = read_table(written(tmp_path, text)).notices
    assert [(n.key, n.values["criterion"]) for n in notices] == [
        ("all_equal", "same"),
        ("not_monotone", "hill"),
        ("against_direction", "turned"),
    ]


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UserError):
        read_table(tmp_path / "nowhere.yaml")


@pytest.mark.parametrize(
    ("written_as", "key"),
    [
        ("indifference: mye", "threshold_kind"),
        ("indifference: -1", "threshold_order"),
        ("indifference: 5, preference: 2", "threshold_order"),
    ],
)
def test_thresholds_that_make_no_sense_are_faults(tmp_path: Path, written_as: str, key: str) -> None:
    text = GOOD.replace("WEIGHTS", "none").replace("value: identity", f"value: identity, {written_as}")
    assert faults(tmp_path, text) == [(key, "2")]
