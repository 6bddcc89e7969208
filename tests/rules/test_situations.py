"""Named situations a case officer can read: `situations/*.yaml`, each judged and held against its answer."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from tyngdepunkt import rules
from tyngdepunkt.rules.case_facts import AlternativeFacts, CaseFacts, CityList, Finding, Trigger
from tyngdepunkt.rules.evaluators import EVALUATORS

HERE = Path(__file__).parent
MUNICIPALITIES: dict[str, tuple[str, int]] = yaml.safe_load((HERE / "municipalities.yaml").read_text("utf-8"))
USUAL = {
    "largest_cities": CityList(("1103", "4601", "5001"), "Avklart med departementet"),
    "oslo_area": CityList(("0301", "3201", "3205"), "Avklart med departementet"),
}
SITUATIONS = [
    pytest.param(situation, id=situation["name"])
    for path in sorted((HERE / "situations").glob("*.yaml"))
    for situation in yaml.safe_load(path.read_text("utf-8"))
]
IN_EACH_CLASS = {1: 6, 2: 20, 3: 52, 4: 78, 5: 100, 6: 101}
"""Municipalities in each centrality class of the situations' country: 357, of which 331 in 3–6."""


def codes(names: list[str]) -> tuple[str, ...]:
    return tuple(MUNICIPALITIES[name][0] for name in names)


def span(number: float | list[float] | None) -> tuple[float, float] | None:
    """A number of jobs, or the two ends of a range."""
    if isinstance(number, list):
        return (number[0], number[1])
    return None if number is None else (number, number)


def alternative(given: str | dict[str, Any]) -> AlternativeFacts:
    if isinstance(given, str):
        code, centrality = MUNICIPALITIES[given]
        return AlternativeFacts(given, "place", (code,), (centrality,))
    offices = given.get("offices", {})
    at = list(offices) or given.get("at", [])
    return AlternativeFacts(
        name=given["name"],
        kind=given.get("kind", "place"),
        places=codes(at) or tuple(given.get("codes", ())),
        classes=tuple(MUNICIPALITIES[name][1] for name in at),
        jobs_before=tuple(span(before) for before, _ in offices.values()),
        jobs_after=tuple(span(after) for _, after in offices.values()),
        measures=tuple(given.get("measures", ())),
    )


def case_facts(case: dict[str, Any], rule_set: rules.RuleSet) -> CaseFacts:
    lists: dict[str, Any] = dict(USUAL) if case.get("lists") == "usual" else {}
    for name in ("largest_cities", "oslo_area"):
        if name in case:
            lists[name] = CityList(codes(case[name]["places"]), case[name].get("reason", ""))
    ledger = case.get("ledger")
    plain = (
        "notified informed explanations weights_logged weights_open conflicts_described conflicts_handled "
        "contribution_known access_described jobs_described not_public"
    )
    return CaseFacts(
        date=case["date"],
        trigger=Trigger(case["trigger"]),
        alternatives=tuple(alternative(given) for given in case["alternatives"]),
        moved_from=codes(case.get("moved_from", [])),
        regional_structure=codes(case.get("regional_structure", [])),
        decided=codes([case["decided"]])[0] if "decided" in case else None,
        recommended=codes([case["recommended"]])[0] if "recommended" in case else None,
        considered=tuple(case.get("considered", ())),
        considerations=tuple(each.id for each in rule_set.considerations),
        weighed=tuple(case.get("weighed", ())),
        measured_by=tuple(case.get("measured_by", ())),
        ledger_effects=None if ledger is None else {codes([k])[0]: spans(v) for k, v in ledger.items()},
        names={code: name for name, (code, _) in MUNICIPALITIES.items()},
        class_counts=IN_EACH_CLASS,
        ranked=tuple(case["ranked"]) if "ranked" in case else None,
        **lists,
        **{name: case[name] for name in plain.split() if name in case},
    )


def spans(sums: list[Any]) -> Any:
    """A sum of its own is a number, or the two ends of a range."""
    return tuple(tuple(each) if isinstance(each, list) else (each, each) for each in sums)


def findings(situation: dict[str, Any]) -> dict[str, Finding]:
    rule_set = rules.rule_set(situation["rules"])
    return {found.rule: found for found in rules.evaluate(rule_set, case_facts(situation["case"], rule_set))}


@pytest.mark.parametrize("situation", SITUATIONS)
def test_situation(situation: dict[str, Any]) -> None:
    found = findings(situation)
    verdicts = {rule: str(found[rule].verdict) for rule in situation["expect"]}
    assert verdicts == situation["expect"]
    assert not set(situation.get("absent", ())) & set(found)
    for rule, by_language in situation.get("says", {}).items():
        for lang, parts in by_language.items():
            said = f"{rules.finding_text(found[rule], lang)} {rules.carried_text(found[rule], lang)}".replace(
                "\u00a0", " "
            )
            assert [part for part in parts if part not in said] == [], said


@pytest.mark.parametrize("situation", SITUATIONS)
def test_every_finding_can_be_said_in_three_languages(situation: dict[str, Any]) -> None:
    for found in findings(situation).values():
        for lang in ("nb", "nn", "en"):
            said = rules.finding_text(found, lang)
            assert said.strip().endswith((".", "»", "”"))
            assert "{" not in said
            assert "[" not in said


def test_every_verdict_an_evaluator_names_is_expected_in_a_situation() -> None:
    reached: dict[str, set[str]] = {name: set() for name in EVALUATORS}
    for parameter in SITUATIONS:
        situation: dict[str, Any] = parameter.values[0]  # type: ignore[assignment]
        rule_set = rules.rule_set(situation["rules"])
        for rule_id, verdict in situation["expect"].items():
            name = rule_set.rule(rule_id).evaluator
            # an explained deviation is a not_met or not_documented that the case gave a reason for
            reached[name].add("not_met" if verdict == "explained" else verdict)
    missing = {
        name: sorted(set(map(str, evaluator.verdicts)) - reached[name])
        for name, evaluator in EVALUATORS.items()
        if set(map(str, evaluator.verdicts)) - reached[name]
    }
    assert missing == {}


def test_no_evaluator_gives_a_verdict_it_does_not_name() -> None:
    for parameter in SITUATIONS:
        situation: dict[str, Any] = parameter.values[0]  # type: ignore[assignment]
        rule_set = rules.rule_set(situation["rules"])
        facts = case_facts(situation["case"], rule_set)
        for rule in (*rule_set.rules, *rule_set.carried):
            if facts.trigger in rule.applies_to:
                evaluator = EVALUATORS[rule.evaluator]
                assert evaluator.judge(facts, rule).verdict in evaluator.verdicts, rule.id


def test_the_classes_of_the_situations_are_those_of_the_stored_index(shared_data: Path) -> None:
    lines = (shared_data / "sentralitet/sentralitet_klass128_2024.csv").read_text("utf-8").split()[1:]
    stored = {line.split(",")[0]: int(line.split(",")[2]) for line in lines}
    assert {code: stored[code] for code, _ in MUNICIPALITIES.values()} == dict(MUNICIPALITIES.values())
