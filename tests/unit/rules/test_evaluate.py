"""What must hold for every case, whatever it leaves out."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tyngdepunkt import rules
from tyngdepunkt.rules.case_facts import AlternativeFacts, CaseFacts, CityList, Trigger, Verdict

CLASSES = {"0301": 1, "1804": 3, "3201": 1, "4601": 2, "4621": 4, "5025": 0}  # 0: missing
CODES = tuple(CLASSES)
codes = st.sampled_from(CODES)
few_codes = st.lists(codes, max_size=3, unique=True).map(tuple)
ends = st.tuples(st.floats(0, 500), st.floats(0, 500))
jobs = st.one_of(st.none(), ends.map(lambda pair: tuple(sorted(pair))))
reasons = st.sampled_from(["", " ", "En grunn"])


@st.composite
def alternatives(draw: st.DrawFn) -> AlternativeFacts:
    places = draw(few_codes)
    kinds = ["place", "zero", "stay", "oslo", "existing_structure", "place_independent", "split"]
    counts = [draw(jobs) for _ in places] if draw(st.booleans()) else []
    return AlternativeFacts(
        name=draw(st.sampled_from("ABCDEF")),
        kind=draw(st.sampled_from(kinds)),
        places=places,
        classes=tuple(CLASSES[code] for code in places),
        jobs_before=tuple(counts),
        jobs_after=tuple(draw(jobs) for _ in counts),
        measures=tuple(draw(st.lists(st.just("tiltak"), max_size=1))),
    )


cities = st.one_of(st.none(), st.builds(CityList, few_codes, reasons))
spans = st.tuples(st.floats(-50, 50), st.floats(-50, 50)).map(lambda ends: (min(ends), max(ends)))
changes = st.tuples(spans, spans)
cases = st.builds(
    CaseFacts,
    date=st.dates(dt.date(2000, 1, 1), dt.date(2035, 1, 1)),
    trigger=st.sampled_from(Trigger),
    alternatives=st.lists(alternatives(), max_size=5).map(tuple),
    largest_cities=cities,
    oslo_area=cities,
    moved_from=few_codes,
    regional_structure=few_codes,
    decided=st.one_of(st.none(), codes),
    recommended=st.one_of(st.none(), codes),
    explanations=st.dictionaries(st.sampled_from([f"R{n}" for n in range(1, 42)]), reasons),
    ledger_effects=st.one_of(st.none(), st.dictionaries(codes, changes)),
)
sets = st.sampled_from(rules.versions()).map(rules.rule_set)


@settings(max_examples=100, deadline=None)
@given(cases, sets, st.sampled_from(["nb", "nn", "en"]))
def test_every_case_gets_one_finding_per_rule_and_each_can_be_said(
    facts: CaseFacts, rule_set: rules.RuleSet, lang: str
) -> None:
    found = rules.evaluate(rule_set, facts)
    in_force = [rule.id for rule in rule_set.rules]
    assert [finding.rule for finding in found][: len(in_force)] == in_force
    assert len({finding.rule for finding in found}) == len(found)
    for finding in found:
        assert rules.finding_text(finding, lang)


@settings(max_examples=60, deadline=None)
@given(cases, sets)
def test_the_order_of_alternatives_changes_no_verdict(facts: CaseFacts, rule_set: rules.RuleSet) -> None:
    turned = replace(facts, alternatives=tuple(reversed(facts.alternatives)))
    before = [(finding.rule, finding.verdict) for finding in rules.evaluate(rule_set, facts)]
    assert before == [(finding.rule, finding.verdict) for finding in rules.evaluate(rule_set, turned)]


@settings(max_examples=60, deadline=None)
@given(cases, sets)
def test_an_explanation_never_makes_a_rule_met(facts: CaseFacts, rule_set: rules.RuleSet) -> None:
    silent = replace(facts, explanations={})
    without = {finding.rule: finding.verdict for finding in rules.evaluate(rule_set, silent)}
    for finding in rules.evaluate(rule_set, facts):
        if finding.verdict is not without[finding.rule] and finding.rule not in {"R12", "R13", "R18"}:
            assert finding.verdict is Verdict.EXPLAINED
            assert without[finding.rule] in {Verdict.NOT_MET, Verdict.NOT_DOCUMENTED}


@settings(max_examples=60, deadline=None)
@given(cases)
def test_r29_is_never_waved_through_for_a_listed_place(facts: CaseFacts) -> None:
    facts = replace(facts, largest_cities=CityList(("4601",)), oslo_area=CityList(("0301", "3201")))
    found = {f.rule: f.verdict for f in rules.evaluate(rules.rule_set("2022-08-12"), facts)}
    place = facts.decided or facts.recommended
    if place in {"0301", "3201", "4601"}:
        assert found["R29"] is Verdict.NOT_DOCUMENTED
    elif place is not None:
        assert found["R29"] is Verdict.NOT_APPLICABLE


def test_an_empty_case_raises_nothing_and_nothing_is_called_met_but_the_trigger() -> None:
    for trigger in Trigger:
        facts = CaseFacts(dt.date(2025, 1, 1), trigger, ())
        met = {
            f.rule for f in rules.evaluate(rules.rule_set("2022-08-12"), facts) if f.verdict is Verdict.MET
        }
        assert met == {"R9"}


@pytest.mark.parametrize(
    ("lang", "told"),
    [
        ("nb", "Bergen (−1\u00a0234; region +2\u00a0000)"),
        ("nn", "Bergen (−1\u00a0234; region +2\u00a0000)"),
        ("en", "Bergen (−1,234; region +2,000)"),
    ],
)
def test_what_a_place_has_lost_is_written_in_the_language_of_the_reader(lang: str, told: str) -> None:
    facts = CaseFacts(
        dt.date(2025, 1, 1),
        Trigger.RELOCATION,
        (AlternativeFacts("Bergen", "place", ("4601",), (2,)),),
        names={"4601": "Bergen"},
        ledger_effects={"4601": ((-1234.0, -1234.0), (2000.0, 2000.0))},
    )
    found = rules.evaluate(rules.rule_set("2022-08-12"), facts)
    assert any(told in rules.finding_text(finding, lang) for finding in found)


def test_no_title_of_a_rule_has_a_colon_for_it_is_said_after_one() -> None:
    for version in rules.versions():
        for rule in rules.rule_set(version).rules:
            assert not any(":" in title for title in rule.title.values()), rule.id
