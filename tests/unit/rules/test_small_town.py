"""The small-town test (NIBR's limits: 1 000–50 000 and 5 000–20 000) and how weak class 3–6 is."""

from __future__ import annotations

from pathlib import Path

import pytest

from tyngdepunkt import rules


@pytest.mark.parametrize(
    ("is_centre", "centrality", "persons", "result"),
    [
        (True, 5, 5_000, "core"),
        (True, 3, 20_000, "core"),
        (True, 4, 4_999, "extended"),
        (True, 4, 20_001, "extended"),
        (True, 4, 1_000, "extended"),
        (True, 4, 50_000, "extended"),
        (True, 4, 999, "no"),
        (True, 4, 50_001, "no"),
        (True, 2, 10_000, "no"),
        (True, 6, 10_000, "no"),
        (False, 4, 10_000, "no"),
        (None, 4, 10_000, "unknown"),
        (True, None, 10_000, "unknown"),
        (True, 4, None, "unknown"),
        (False, None, None, "no"),
    ],
)
def test_small_town(is_centre: bool | None, centrality: int | None, persons: int | None, result: str) -> None:
    answer = rules.small_town_test(is_centre, centrality, persons)
    assert answer.result == result
    assert len(answer.reasons) == 3
    for lang in ("nb", "nn", "en"):
        assert "NIBR" in rules.small_town_text(answer, lang)


def test_a_missing_population_is_said_and_not_taken_for_zero() -> None:
    answer = rules.small_town_test(True, 4, None)
    assert "ikkje kjent" in rules.small_town_text(answer, "nn")


def test_other_limits_carry_another_name() -> None:
    limits = rules.SmallTownLimits(classes=(4, 5), core=(2_000, 8_000), extended=(500, 9_000), origin="KS")
    answer = rules.small_town_test(True, 4, 9_000, limits)
    assert answer.result == "extended"
    assert "KS" in rules.small_town_text(answer, "nb")
    assert rules.small_town_test(True, 3, 5_000, limits).result == "no"


def test_class_filter() -> None:
    strength = rules.class_filter_strength([1, 1, 2, 3, 4, 5, 6, 6])
    assert (strength.inside, strength.total, strength.share) == (5, 8, 5 / 8)
    assert rules.class_filter_strength([1, 2, 4, 5], qualifying=(4, 5)).inside == 2


def test_the_filter_lets_through_what_the_rule_says(shared_data: Path) -> None:
    lines = (shared_data / "sentralitet/sentralitet_klass128_2024.csv").read_text("utf-8").split()[1:]
    rule = rules.rule_set("2022-08-12").rule("R17")
    strength = rules.class_filter_strength(
        [int(line.split(",")[2]) for line in lines], rule.parameters["classes"]
    )
    assert (strength.inside, strength.total) == (331, 357)
