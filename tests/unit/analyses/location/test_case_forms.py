"""What people may write in a case file, and what it becomes."""

import datetime as dt
import json
from collections.abc import Callable

import pytest

from tyngdepunkt.analyses.location.input.model import Job, LocationCase, Span
from tyngdepunkt.places import Places
from tyngdepunkt.rules.case_facts import CityList, Trigger

Read = Callable[[str], LocationCase]
HEAD = "title: T\ndate: 2023-06-01\ntrigger: new_agency\nunit: {name: U}\n"
TWO = HEAD + "alternatives: [Hovedby, Vidda]\n"


def test_the_simplest_form_is_read_whole(read: Read) -> None:
    case = read("""
title: Eksempeldirektoratet (invented)
date: 2023-06-01
trigger: new_agency
unit:
  name: Eksempeldirektoratet
  jobs: [{occupation: "2422", count: 30}, {occupation: 2611, count: [10, 15]}]
alternatives: [Hovedby, "0203", Vidda]
largest_cities: {places: [Hovedby], reason: "why"}
oslo_area: [Nærby]
decision: {place: Vidda, date: 2023-12-01, reason: "because"}
notified: {ministry: 2023-06-01, government: "2023-11-01"}
explanations: {R17: "a reason"}
must_have: [{indicator: airport_minutes, max: 90}]
weights: none
""")
    assert case.trigger is Trigger.NEW_AGENCY
    assert case.rules_version == "2022-08-12"
    assert case.unit.jobs == (Job("2422", (30, 30)), Job("2611", (10, 15)))
    assert case.unit.total_jobs == (40, 45)
    assert [each.codes for each in case.alternatives] == [("0101",), ("0203",), ("0303",)]
    assert case.largest_cities == CityList(("0101",), "why")
    assert case.oslo_area == CityList(("0102",), "")
    assert case.decision is not None
    assert (case.decision.place, case.decision.date) == ("0303", dt.date(2023, 12, 1))
    assert case.notified == {"ministry": dt.date(2023, 6, 1), "government": dt.date(2023, 11, 1)}
    assert case.must_have[0].maximum == 90
    assert case.weights.kind == "none"
    assert case.ledger is None


def test_json_reads_the_same(read: Read) -> None:
    content = {
        "title": "T",
        "date": "2023-06-01",
        "trigger": "new_agency",
        "unit": {"name": "U"},
        "alternatives": ["Hovedby", 303],
    }
    assert repr(read(json.dumps(content, indent="\t"))) == repr(
        read(HEAD + "alternatives: [Hovedby, 0303]\n")
    )


@pytest.mark.parametrize(
    ("date", "guidelines", "version"),
    [
        ("2014-11-28", "", "2014-11-28"),
        ("2019-11-07", "", "2014-11-28"),
        ("2019-11-08", "", "2019-11-08"),
        ("2022-08-12", "", "2022-08-12"),
        ("2013-01-01", "guidelines: 2022-08-12\n", "2022-08-12"),
        ("2013-01-01", "guidelines: '2014-11-28'\n", "2014-11-28"),
    ],
)
def test_the_date_chooses_the_rules_unless_the_case_names_them(
    read: Read, date: str, guidelines: str, version: str
) -> None:
    assert read(TWO.replace("2023-06-01", date) + guidelines).rules_version == version


@pytest.mark.parametrize(
    ("jobs", "total"),
    [
        ("unknown", None),
        ("40", (40, 40)),
        ("[30, 35]", (30, 35)),
        ("[{occupation: '2611', count: unknown}, {occupation: '2422', count: 3}]", None),
        ("[{occupation: '2611'}]", None),
        ("[{occupation: '2611', count: 2}, {occupation: '2422', count: [3, 4]}]", (5, 6)),
    ],
)
def test_jobs_are_numbers_ranges_occupations_or_unknown(read: Read, jobs: str, total: Span | None) -> None:
    case = read(TWO.replace("{name: U}", "{name: U, jobs: " + jobs + "}"))
    assert case.unit.total_jobs == total


def test_unknown_is_never_zero(read: Read) -> None:
    unit = read(TWO.replace("{name: U}", "{name: U, jobs: [{occupation: '2611', count: ukjent}]}")).unit
    assert unit.jobs == (Job("2611", None),)
    assert unit.total_jobs is None


def test_every_kind_of_alternative(read: Read) -> None:
    case = read("""
title: T
date: 2023-06-01
trigger: relocation
unit: {name: U, jobs: 30}
moved_from: [{place: Hovedby, jobs: 30}]
regional_structure: [Storvik, Elvedal]
alternatives:
  - Fjellby
  - {place: Vidda, name: Fjellet, measures: [a, b], rent_per_m2: [1000, 1500]}
  - {kind: zero}
  - {kind: stay}
  - {kind: oslo}
  - {kind: existing_structure}
  - {kind: place_independent, places: [Øyvær, Ytterøy]}
  - {kind: split, parts: [{place: Holmen, jobs: 10}, {place: Nærby, jobs: [15, 25]}]}
  - {kind: split, name: Delt i to, parts: [{place: Holmen, share: 0.25}, {place: Nærby, share: 0.75}]}
lang: nn
""")
    told = {each.name: each for each in case.alternatives}
    assert [each.kind for each in case.alternatives] == [
        "place", "place", "zero", "stay", "oslo", "existing_structure", "place_independent", "split", "split",
    ]  # fmt: skip
    assert told["Fjellet"].measures == ("a", "b")
    assert told["Fjellet"].parts[0].rent == (1000, 1500)
    assert told["Nullalternativet"].codes == told["Bli der eininga er (Hovedby)"].codes == ("0101",)
    assert told["Oslo"].codes == ("0301",)
    assert told["Kontora som finst i dag"].codes == ("0201", "0203")
    assert told["Holmen og Nærby"].shares == pytest.approx((1 / 3, 2 / 3))
    assert told["Delt i to"].shares == (0.25, 0.75)
    assert told["Stadsuavhengige stillingar (Øyvær, Ytterøy)"].shares == (0.5, 0.5)


def test_sets_of_offices(read: Read) -> None:
    case = read("""
title: T
date: 2023-06-01
trigger: structural_change
unit: {name: U}
alternatives:
  - name: Forslaget
    offices:
      - {place: Fjellby, jobs_before: 6, jobs_after: 0}
      - {place: Hovedby, jobs_before: [20, 25], jobs_after: 30}
      - {place: Vidda, jobs_change: -2}
      - {place: Øyvær, jobs_before: unknown, jobs_after: 0}
""")
    (only,) = case.alternatives
    assert only.is_offices
    changes = [part.change(0, None, only.is_offices) for part in only.parts]
    assert changes == [(-6, -6), (5, 10), (-2, -2), None]
    assert [notice.key for notice in case.notices] == ["analyses.location.input:one_set_of_offices"]


def test_auto_leaves_the_alternatives_to_the_program(read: Read) -> None:
    case = read(HEAD + "alternatives: auto\n")
    assert case.auto
    assert case.alternatives == ()


def test_what_was_understood_differently_is_said(read: Read) -> None:
    case = read(HEAD + "alternatives: ['0109', Vidda]\n")  # Fjellby's number before 2020
    assert case.alternatives[0].codes == ("0103",)
    assert [notice.key for notice in case.notices] == ["places:old_number"]


def test_the_window_of_the_ledger(read: Read) -> None:
    assert read(TWO).window == (dt.date(2013, 6, 1), dt.date(2023, 6, 1))
    assert not read(TWO).window_stated
    four = read(TWO + "window_years: 4\n")
    assert (four.window[0], four.window_stated) == (dt.date(2019, 6, 1), True)
    stated = read(TWO + "window: {from: 2020-01-01, to: 2022-12-31}\n")
    assert stated.window == (dt.date(2020, 1, 1), dt.date(2022, 12, 31))
    leap = read(TWO.replace("2023-06-01", "2024-02-29") + "window_years: 1\n")
    assert leap.window[0] == dt.date(2023, 2, 28)


def test_the_smaller_fields(read: Read) -> None:
    case = read(
        TWO
        + """
informed: {municipalities: 2023-06-02, counties: unknown}
sites: [Storvik]
staff: {current: 40, follow_share: [0.03, 0.26]}
costs: {one_off_per_job: [1000000, 1300000], source: a report}
indicators:
  airport_minutes: {value: {points: [[0, 100], [90, 0]]}, weight: 2, reason: why}
  population_trend: {off: true}
  recruitment_45: {value: minmax, direction: min}
problem: what is wrong
preconditions: that all goes well
access_consequences: none
sources: one source
not_public: ja
also_guidelines: 2014-11-28
"""
    )
    assert case.informed == {"municipalities": dt.date(2023, 6, 2)}
    assert case.sites == ("0201",)
    assert case.staff.follow_share == (0.03, 0.26)
    assert case.costs.one_off_per_job == (1_000_000, 1_300_000)
    drawn, off, turned = case.indicators
    assert drawn.value is not None
    assert drawn.value.points == ((0, 100), (90, 0))
    assert (off.off, turned.direction) == (True, "min")
    assert case.answers.problem == "what is wrong"
    assert case.sources == ("one source",)
    assert case.not_public
    assert case.also_guidelines == ("2014-11-28",)


def test_grades_carry_the_words_that_anchor_them(read: Read) -> None:
    text = "alternatives: [{place: Hovedby, grades: {conditions: {value: 70, anchor: near}}}, Vidda]\n"
    (grade,) = read(HEAD + text).alternatives[0].grades
    assert (grade.about, grade.value, grade.anchor) == ("conditions", 70, "near")


def test_a_log_of_weights(read: Read) -> None:
    entry = "{role: adviser, date: 2023-05-01, weights: {conditions: 100}, reason: r, scores_seen: no}"
    (logged,) = read(TWO + f"weight_log: [{entry}]\n").weight_log
    assert (logged.role, logged.scores_seen, logged.weights.low[0]) == ("adviser", False, 1)


def test_reading_twice_gives_the_same(eksempelland: Places, read: Read) -> None:
    assert repr(read(TWO)) == repr(read(TWO))
