"""Which guidelines hold on which day."""

from __future__ import annotations

import datetime as dt

import pytest

from tyngdepunkt import rules
from tyngdepunkt.errors import UserError
from tyngdepunkt.texts import explain_error

SETS = ("2014-11-28", "2019-11-08", "2022-08-12")
ORDER = {
    "2014-11-28": ["conditions", "location_policy", "cost_effectiveness", "effective_work"],
    "2019-11-08": ["conditions", "location_policy", "cost_effectiveness", "effective_work"],
    "2022-08-12": ["conditions", "location_policy", "cost_effectiveness", "labour_market", "mitigation"],
}


def test_three_sets_oldest_first() -> None:
    assert rules.versions() == SETS


@pytest.mark.parametrize(
    ("date", "version"),
    [
        ("2014-11-28", "2014-11-28"),
        ("2019-11-07", "2014-11-28"),
        ("2019-11-08", "2019-11-08"),
        ("2022-08-11", "2019-11-08"),
        ("2022-08-12", "2022-08-12"),
        ("2030-01-01", "2022-08-12"),
    ],
)
def test_the_date_chooses_the_set(date: str, version: str) -> None:
    assert rules.rule_set_on(dt.date.fromisoformat(date)).version == version


def test_the_day_before_the_first_set_names_the_sets_there_are() -> None:
    with pytest.raises(UserError) as caught:
        rules.rule_set_on(dt.date(2014, 11, 27))
    assert caught.value.faults[0].key == "rules:no_rule_set"
    for lang in ("nb", "nn", "en"):
        said = explain_error(caught.value, lang)
        assert all(version in said for version in SETS)


@pytest.mark.parametrize("version", ["2022", "2020-01-01", "", "../../etc/passwd"])
def test_a_set_that_is_not_there(version: str) -> None:
    with pytest.raises(UserError) as caught:
        rules.rule_set(version)
    assert caught.value.faults[0].key == "rules:unknown_version"
    assert "2019-11-08" in explain_error(caught.value, "nb")


@pytest.mark.parametrize("version", SETS)
def test_a_set_is_whole(version: str) -> None:
    given = rules.rule_set(version)
    assert given.version == version == str(given.valid_from)
    assert [each.id for each in given.considerations] == ORDER[version]
    for texts in (given.title, given.notes, *(each.title for each in given.considerations)):
        assert set(texts) == {"nb", "nn", "en"}
        assert all(words.strip() for words in texts.values())
    assert all(each.cited("nb") and each.basis for each in given.considerations)
    assert given.sources


def test_sets_follow_each_other_without_a_gap() -> None:
    given = [rules.rule_set(version) for version in SETS]
    assert [each.valid_to for each in given] == [given[1].valid_from, given[2].valid_from, None]
    assert [each.status for each in given] == ["replaced", "replaced", "in_force"]


def test_the_same_number_can_read_differently_in_two_sets() -> None:
    lists = [rules.rule_set(version).rule("R4").parameters["lists"] for version in SETS]
    assert lists == [["oslo"], ["oslo", "oslo_area"], ["oslo", "oslo_area", "largest_cities"]]


def test_what_a_set_does_not_hold_is_not_there() -> None:
    with pytest.raises(KeyError):
        rules.rule_set("2019-11-08").rule("R17")


def test_carried_rules_are_judged_only_where_the_trigger_calls_for_them() -> None:
    facts = rules.CaseFacts(dt.date(2025, 1, 1), rules.Trigger.NEW_AGENCY, ())
    found = {finding.rule for finding in rules.evaluate(rules.rule_set("2022-08-12"), facts)}
    assert not found & {"R34", "R35", "R39"}
    facts = rules.CaseFacts(dt.date(2025, 1, 1), rules.Trigger.CLOSURE, ())
    found = {finding.rule for finding in rules.evaluate(rules.rule_set("2022-08-12"), facts)}
    assert found >= {"R2", "R19", "R34", "R35", "R39"}
