"""Ranking a table: the promised keys, and what must not change the answer."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tyngdepunkt.analyses.contract import Brought, Setting, as_builtins
from tyngdepunkt.analyses.ranking import ANALYSIS
from tyngdepunkt.analyses.ranking.question import Question
from tyngdepunkt.cli import run

EXAMPLE = {
    "criteria": [
        {"id": "access", "direction": "max", "value": "identity"},
        {"id": "cost", "direction": "min", "value": "minmax"},
    ],
    "weights": {"access": 36, "cost": 10},
    "alternatives": {"A": {"access": 31.9, "cost": 8.4}, "B": {"access": 30.0, "cost": 9.1}},
}


NO_FIGURES = Setting("nb", lambda: unopened())


def ranked(table: dict[str, Any], draws: int = 2000) -> dict[str, Any]:
    """The JSON document of a table."""
    brought = {"table": Brought("table.json", json.dumps(table).encode())}
    found: dict[str, Any] = as_builtins(ANALYSIS.answer(brought, Question(draws=draws), NO_FIGURES))
    return found


def unopened() -> Any:
    """A ranking needs no store."""
    raise AssertionError("opened")


def made(seed: int, weights: Any = "none") -> dict[str, Any]:
    """A random table of five alternatives and three criteria."""
    chance = np.random.default_rng(seed)
    ids = ["x", "y", "z"]
    return {
        "criteria": [
            {"id": i, "direction": d, "value": "minmax"}
            for i, d in zip(ids, ["max", "min", "max"], strict=True)
        ],
        "weights": weights,
        "alternatives": {
            name: {i: round(float(v), 3) for i, v in zip(ids, chance.random(3), strict=True)}
            for name in "ABCDE"
        },
    }


def test_the_example_of_the_issue() -> None:
    found = ranked(EXAMPLE)
    assert [row["alternative"] for row in found["ranking"]] == ["A", "B"]
    first = found["ranking"][0]
    assert first["rank"] == 1
    assert first["value"] == pytest.approx(31.9 * 36 / 46 + 10 / 46)
    assert first["partial"] == pytest.approx({"access": 31.9 * 36 / 46, "cost": 10 / 46})
    assert found["rank_acceptability"] == {"A": [1, 0], "B": [0, 1]}
    assert found["smallest_weight_change"] is None  # A is better in both
    assert found["dominated"] == {"B": ["A"]}
    assert found["measured_from"] == "given"


def test_the_smallest_change_by_hand() -> None:
    table = {
        "criteria": [{"id": i, "direction": "max", "value": "identity"} for i in ("x", "y")],
        "weights": {"x": 90, "y": 10},
        "alternatives": {"A": {"x": 1, "y": 0}, "B": {"x": 0.4, "y": 0.9}},
    }
    change = ranked(table)["smallest_weight_change"]
    assert change["to"] == "B"
    assert change["weights"] == pytest.approx({"x": 0.6, "y": 0.4})
    assert change["distance"] == pytest.approx(0.3 * 2**0.5)
    free = ranked({**table, "weights": "none"}, draws=100_000)
    assert free["measured_from"] == "centroid"
    assert free["ranking"][0]["alternative"] == "B"
    assert free["smallest_weight_change"]["distance"] == pytest.approx(0.1 * 2**0.5)
    assert free["rank_acceptability"]["A"][0] == pytest.approx(0.4, abs=0.01)


def test_given_weights_are_a_point_and_all_weights_are_shown_beside() -> None:
    table = {**EXAMPLE, "alternatives": {"A": {"access": 1, "cost": 5}, "B": {"access": 0, "cost": 1}}}
    found = ranked(table, draws=100_000)
    assert found["rank_acceptability"]["A"] == [1, 0]
    assert found["rank_acceptability_any_weights"]["A"][0] == pytest.approx(0.5, abs=0.01)


@pytest.mark.parametrize(
    "weights",
    ["none", {"order": ["y", "x", "z"]}, {"x": [10, 50], "y": 30, "z": [0, 90]}, {"x": 1, "y": 2, "z": 1}],
)
def test_shares_sum_to_1_in_every_form_of_weights(weights: Any) -> None:
    found = ranked(made(1, weights))
    for key in ("rank_acceptability", "rank_acceptability_any_weights"):
        shares = np.array(list(found[key].values()))
        assert shares.sum(axis=0) == pytest.approx(1)
        assert shares.sum(axis=1) == pytest.approx(1)
    assert sum(found["weights_used"].values()) == pytest.approx(1)
    if found["smallest_weight_change"]:
        assert sum(found["smallest_weight_change"]["weights"].values()) == pytest.approx(1)
    assert json.loads(json.dumps(found, allow_nan=False)) == found


@given(st.integers(0, 10_000), st.permutations("ABCDE"), st.sampled_from(["none", {"x": 2, "y": 1, "z": 1}]))
@settings(max_examples=25, deadline=None)
def test_the_order_of_alternatives_changes_nothing(seed: int, order: list[str], weights: Any) -> None:
    table = made(seed, weights)
    rows = {name: table["alternatives"][name] for name in order}
    one, other = ranked(table, 300), ranked({**table, "alternatives": rows}, 300)
    for key in ("ranking", "smallest_weight_change", "dominated", "rank_acceptability"):
        assert str(one[key]) == str(other[key])


@given(st.integers(0, 10_000), st.sampled_from([0.001, 60.0, 1e6]))
@settings(max_examples=25, deadline=None)
def test_the_unit_of_a_criterion_changes_nothing(seed: int, factor: float) -> None:
    table = made(seed)
    scaled = {name: {**row, "y": row["y"] * factor} for name, row in table["alternatives"].items()}
    one, other = ranked(table, 300), ranked({**table, "alternatives": scaled}, 300)
    assert [r["alternative"] for r in one["ranking"]] == [r["alternative"] for r in other["ranking"]]
    assert one["rank_acceptability"] == other["rank_acceptability"]


def test_ties_share_their_rank_and_are_level() -> None:
    table = {
        **EXAMPLE,
        "alternatives": {n: {"access": 1, "cost": 5} for n in "BA"} | {"C": {"access": 0, "cost": 9}},
    }
    found = ranked(table)
    assert [(r["alternative"], r["rank"], r["tied"]) for r in found["ranking"]] == [
        ("A", 1, True),
        ("B", 1, True),
        ("C", 3, False),
    ]
    assert found["smallest_weight_change"] == {"to": "B", "weights": found["weights_used"], "distance": 0.0}
    assert found["rank_acceptability"]["A"] == [0.5, 0.5, 0]


def test_a_criterion_that_is_equal_for_all_does_no_harm() -> None:
    table = made(3)
    for row in table["alternatives"].values():
        row["z"] = 4
    found = ranked(table)
    assert all(np.isfinite(r["value"]) for r in found["ranking"])
    [notice] = found["notices"]
    assert {
        "key": "all_equal",
        "criterion": "z",
        "id": "all_equal",
        "where": "criteria.z",
    }.items() <= notice.items()
    assert "«z»" in notice["text"]


def test_the_command_prints_one_document_and_nothing_else(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "table.json"
    path.write_text(json.dumps(EXAMPLE), encoding="utf-8")
    assert run(["rank", str(path), "--json", "--draws", "1000"]) == 0
    out, err = capsys.readouterr()
    assert json.loads(out)["ranking"][0]["alternative"] == "A"
    assert err == ""


@pytest.mark.parametrize("lang", ["nb", "nn", "en"])
@pytest.mark.parametrize("weights", ["none", {"x": 1, "y": 1, "z": 1}])
def test_the_command_says_it_in_words(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], lang: str, weights: Any
) -> None:
    path = tmp_path / "table.json"
    path.write_text(json.dumps({"title": "Eksempelland", **made(7, weights)}), encoding="utf-8")
    assert run(["rank", str(path), "--lang", lang]) == 0
    out, err = capsys.readouterr()
    assert "Eksempelland" in out
    assert "PROMETHEE" in out
    assert err == ""


def test_faults_go_to_stderr_with_exit_code_1(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "table.yaml"
    path.write_text("criteria: []\nalternatives: {}\n", encoding="utf-8")
    assert run(["rank", str(path), "--json"]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert "→" in err
    path.write_text(json.dumps(EXAMPLE), encoding="utf-8")
    assert run(["rank", str(path), "--draws", "5"]) == 1


def test_a_table_of_many_alternatives_leaves_the_pairs_out(tmp_path: Path) -> None:
    chance = np.random.default_rng(1)
    rows = {f"a{i}": {"x": float(chance.random()), "y": float(chance.random())} for i in range(61)}
    path = tmp_path / "many.json"
    criteria = [{"id": i, "direction": "max", "value": "minmax"} for i in ("x", "y")]
    path.write_text(json.dumps({"criteria": criteria, "alternatives": rows}), encoding="utf-8")
    found = ranked(json.loads(path.read_text()), 500)
    assert found["pairwise"] is None
    assert len(found["rank_acceptability"]) == 61


def test_kroner_beside_shares_are_ranked_and_have_their_smallest_change() -> None:
    table = {
        "criteria": [
            {"id": "cost", "direction": "min", "value": "identity"},
            {"id": "share", "direction": "max", "value": "identity"},
            {"id": "users", "direction": "max", "value": "identity"},
        ],
        "alternatives": {
            "A": {"cost": 4.1e9, "share": 0.9, "users": 120_000},
            "B": {"cost": 3.9e9, "share": 0.4, "users": 90_000},
            "C": {"cost": 4.0e9, "share": 0.7, "users": 110_000},
        },
    }
    found = ranked(table)
    assert [each["alternative"] for each in found["ranking"]] == ["B", "C", "A"]
    assert found["smallest_weight_change"]["weights"]["cost"] < 1e-3


def test_a_far_away_alternative_makes_no_others_equal() -> None:
    figures = {"far": 1e14, "A": 35.0, "B": 29.0, "C": 3.0}
    table = {
        "criteria": [{"id": "x", "direction": "max", "value": "identity"}],
        "alternatives": {name: {"x": value} for name, value in figures.items()},
    }
    assert [each["rank"] for each in ranked(table)["ranking"]] == [1, 2, 3, 4]


def test_thresholds_of_the_file_are_used_by_the_cross_check() -> None:
    plain = ranked(EXAMPLE)["outranking"]["net_flow"]
    criteria = [{**each, "indifference": 5, "preference": 10} for each in EXAMPLE["criteria"]]
    indifferent = ranked({**EXAMPLE, "criteria": criteria})["outranking"]["net_flow"]
    assert plain["A"] > 0
    assert indifferent == {"A": 0, "B": 0}  # no lead is as large as five
    criteria = [{**each, "indifference": 1} for each in EXAMPLE["criteria"]]
    assert ranked({**EXAMPLE, "criteria": criteria})["outranking"]["net_flow"]["A"] == pytest.approx(36 / 46)
