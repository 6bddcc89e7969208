"""Every rule is whole: three languages, level, reference, dates, status and an evaluator that exists."""

from __future__ import annotations

import datetime as dt
import re
from itertools import pairwise
from pathlib import Path
from typing import get_args

import pytest

from tyngdepunkt import rules
from tyngdepunkt.json_types import Level
from tyngdepunkt.rules import docs_generator, model
from tyngdepunkt.rules.evaluators import EVALUATORS
from tyngdepunkt.rules.loader import register_entry, sources
from tyngdepunkt.texts import read_yaml

LANGUAGES = {"nb", "nn", "en"}
FOLDER = Path(docs_generator.__file__).parent
IDS = [f"R{number}" for number in range(1, 42)]
RULES = [
    pytest.param(version, rule, id=f"{version} {rule.id}")
    for version in rules.versions()
    for rule in (*rules.rule_set(version).rules, *rules.rule_set(version).carried)
]


def test_the_register_holds_the_41_rules_and_no_file_is_left_over() -> None:
    files = {path.name for path in (FOLDER / "register").iterdir()}
    assert files == {f"R{number:02d}.yaml" for number in range(1, 42)}
    assert [register_entry(rule_id)["id"] for rule_id in IDS] == IDS


@pytest.mark.parametrize(("version", "rule"), RULES)
def test_a_rule_is_whole(version: str, rule: rules.Rule) -> None:
    for texts in (rule.title, rule.text):
        assert set(texts) == LANGUAGES
        assert all(words.strip() for words in texts.values())
    assert all(words.endswith(".") for words in rule.text.values())
    assert rule.level in get_args(Level)
    assert rule.kind in {"purpose", "scope", "duty", "procedure"}
    assert rule.basis in model.BASES
    assert rule.status in {"confirmed", "not_confirmed"}
    assert rule.cited("nb")
    assert rule.source.url.startswith("http")
    assert rule.applies_to
    assert rule.evaluator in EVALUATORS
    assert isinstance(rule.valid_from, dt.date)
    assert rule.checked_on >= rule.valid_from


def test_every_evaluator_judges_some_rule() -> None:
    assert {parameter.values[1].evaluator for parameter in RULES} == set(EVALUATORS)


@pytest.mark.parametrize("rule_id", IDS)
def test_the_versions_of_a_rule_follow_each_other_and_stand_where_they_are_in_force(rule_id: str) -> None:
    versions = register_entry(rule_id)["versions"]
    for earlier, later in pairwise(versions):
        assert earlier["valid_to"] == later["valid_from"]
    for item in versions:
        assert item["valid_to"] is None or item["valid_from"] < item["valid_to"]
        in_force = {
            version
            for version in rules.versions()
            if item["valid_from"] <= dt.date.fromisoformat(version)
            and (item["valid_to"] is None or dt.date.fromisoformat(version) < item["valid_to"])
        }
        assert set(item["standing"]) == in_force


@pytest.mark.parametrize("version", rules.versions())
def test_a_set_lists_exactly_the_rules_that_stand_in_it(version: str) -> None:
    standing = [r for r in IDS if any(version in item["standing"] for item in register_entry(r)["versions"])]
    assert [rule.id for rule in rules.rule_set(version).rules] == standing


@pytest.mark.parametrize("rule_id", [f"R{number}" for number in range(33, 42)])
def test_rules_of_2019_not_found_in_2022_ended_unconfirmed(rule_id: str) -> None:
    rule = rules.rule_set("2019-11-08").rule(rule_id)
    assert rule.valid_from == dt.date(2019, 11, 8)
    assert rule.valid_to == dt.date(2022, 8, 12)
    assert rule.status == "not_confirmed"
    assert rule_id not in {held.id for held in rules.rule_set("2022-08-12").rules}


def test_what_was_only_inferred_or_not_found_is_never_called_confirmed() -> None:
    for parameter in RULES:
        rule = parameter.values[1]
        assert rule.basis == "verified" or rule.status == "not_confirmed"


def test_only_rules_that_open_for_it_can_be_explained() -> None:
    held = rules.rule_set("2022-08-12").rules
    assert {rule.id for rule in held if rule.explained_by} == {"R2", "R4", "R5", "R16", "R17", "R20"}


def test_sources_are_whole_and_all_used() -> None:
    standing = [s for r in IDS for v in register_entry(r)["versions"] for s in v["standing"].values()]
    used = {s[name] for s in standing for name in ("source", "read_in") if name in s}
    used |= {source.id for version in rules.versions() for source in rules.rule_set(version).sources}
    used.add(read_yaml("tyngdepunkt.rules", "instructions/utredningsinstruksen.yaml")["source"])
    assert used == set(sources())


def test_no_rule_and_no_consideration_rests_on_a_newspaper() -> None:
    sets = [rules.rule_set(version) for version in rules.versions()]
    held = [each for found in sets for each in (*found.rules, *found.carried, *found.considerations)]
    assert any(each.read_in and each.read_in.press for each in held)
    assert not [each.id for each in held if each.source.press]
    read_there = next(each for each in sets[-1].rules if each.id == "R28")
    assert read_there.cited("nb").startswith(sources()["id2924136"].citation + ", lest i NRK")


def test_the_paragraph_stands_with_the_citation() -> None:
    rule = rules.newest().rule("R4")
    assert [rule.cited(lang)[-7:] for lang in ("nb", "nn", "en")] == ["punkt 2", "punkt 2", "point 2"]


def test_no_rule_is_chosen_by_comparing_years() -> None:
    for path in FOLDER.rglob("*.py"):
        assert not re.search(r"\.year\s*[<>=]=?\s*(19|20)\d\d", path.read_text("utf-8")), path


def test_the_page_of_rules_is_the_register() -> None:
    written = Path(__file__).parents[3] / "docs" / "rules.md"
    assert written.read_text("utf-8") == docs_generator.page(), "run make docs"
