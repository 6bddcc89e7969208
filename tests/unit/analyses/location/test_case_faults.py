"""Bad input: one clear message each, with line and remedy, and all of them together."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tyngdepunkt.analyses.location.input.model import LocationCase
from tyngdepunkt.analyses.location.input.read import read_case
from tyngdepunkt.errors import UserError
from tyngdepunkt.places import Places
from tyngdepunkt.texts import explain_error

FaultsOf = Callable[[str], list[tuple[str, str]]]
BASE = {
    "title": "T",
    "date": "2023-06-01",
    "trigger": "new_agency",
    "unit": "{name: U}",
    "alternatives": "[Hovedby, Vidda]",
}
ORDER = ("title", "date", "trigger", "unit", "alternatives")


def case_text(**fields: str) -> str:
    merged = {**BASE, **fields}
    names = [*ORDER, *(name for name in merged if name not in ORDER)]
    return "".join(f"{name}: {merged[name]}\n" for name in names)


@pytest.mark.parametrize(
    ("fields", "key", "line"),
    [
        ({"alternatives": "[Hovedby, Hovedbyy]"}, "unknown_place", 5),
        ({"alternatives": "[Hovedby, '9999']"}, "is_unstated", 5),
        ({"alternatives": "[Hovedby, '9998']"}, "unknown_place_nothing_near", 5),
        ({"alternatives": "[Hovedby, '0205']"}, "split_number", 5),
        ({"alternatives": "[Hovedby, Nesvik]"}, "ambiguous_place", 5),
        ({"costs": "{price_year: 2031}"}, "no_price_year", 6),
        ({"costs": "{price_year: 1814}"}, "no_price_year", 6),
        ({"costs": "{price_year: 2020.5}"}, "not_whole", 6),
        ({"alternatives": "[Hovedby]"}, "one_alternative", 5),
        ({"alternatives": "[{kind: zero}]"}, "one_alternative", 5),
        ({"alternatives": "[]"}, "no_alternative", 5),
        ({"alternatives": "Hovedby"}, "alternatives_kind", 5),
        ({"alternatives": "[Hovedby, Vidda, '0101']"}, "alternative_twice", 5),
        ({"alternatives": "[Hovedby, {place: Vidda, name: Hovedby}]"}, "alternative_twice", 5),
        ({"alternatives": "[Hovedby, 3.5]"}, "not_a_code", 5),
        ({"alternatives": "[Hovedby, [Vidda]]"}, "not_a_place", 5),
        ({"alternatives": "[Hovedby, {kind: nowhere}]"}, "unknown_choice", 5),
        ({"alternatives": "[Hovedby, {kind: stay}]"}, "no_place_stay", 5),
        ({"alternatives": "[Hovedby, {kind: split}]"}, "no_place_split", 5),
        ({"alternatives": "[Hovedby, {kind: existing_structure}]"}, "no_place_existing_structure", 5),
        ({"alternatives": "[Hovedby, {kind: place_independent}]"}, "no_place_place_independent", 5),
        ({"alternatives": "[Hovedby, {name: x}]"}, "no_place_place", 5),
        ({"alternatives": "[Hovedby, {place: Vidda, places: [Øyvær]}]"}, "place_and_offices", 5),
        ({"alternatives": "[Hovedby, {kind: place, places: [Øyvær, Vidda]}]"}, "several_places", 5),
        ({"alternatives": "[Hovedby, {places: [Øyvær, '0302']}]"}, "place_twice", 5),
        (
            {"alternatives": "[Hovedby, {parts: [{place: Vidda, share: 0.4}, {place: Øyvær, share: 0.4}]}]"},
            "shares_sum",
            5,
        ),
        (
            {"alternatives": "[Hovedby, {parts: [{place: Vidda, share: 1.4}, {place: Øyvær}]}]"},
            "share_above_one",
            5,
        ),
        ({"alternatives": "[Hovedby, {place: Vidda, grades: {conditions: 70}}]"}, "not_a_group", 5),
        (
            {"alternatives": "[Hovedby, {place: Vidda, grades: {x: {value: 7, anchor: a}}}]"},
            "unknown_grade",
            5,
        ),
        (
            {"alternatives": "[Hovedby, {place: Vidda, grades: {conditions: {value: 101, anchor: a}}}]"},
            "out_of_bounds",
            5,
        ),
        (
            {
                "alternatives": "[Hovedby, {parts: [{place: Vidda, jobs: 1}, {place: Øyvær, jobs: 2}]}]",
                "unit": "{name: U, jobs: 9}",
            },
            "parts_differ",
            5,
        ),
        ({"unit": "{name: U, jobs: -4}"}, "negative", 4),
        ({"unit": "{name: U, jobs: [{occupation: '2611', count: -4}]}"}, "negative", 4),
        ({"unit": "{name: U, jobs: [{occupation: '2611', count: [5, 3]}]}"}, "turned_numbers", 4),
        ({"unit": "{name: U, jobs: [{occupation: '2611', count: many}]}"}, "not_a_number_or_range", 4),
        ({"unit": "{name: U, jobs: 1e9}"}, "too_large_number", 4),
        ({"unit": "{name: U, jobs: many}"}, "jobs_kind", 4),
        ({"unit": "{name: U, jobs: [{occupation: '261'}]}"}, "occupation_digits", 4),
        ({"unit": "{name: U, jobs: [{occupation: 26111}]}"}, "occupation_digits", 4),
        ({"unit": "{name: U, jobs: [{occupation: jurist}]}"}, "occupation_digits", 4),
        ({"unit": "{name: U, jobs: [{occupation: '2611'}, {occupation: 2611}]}"}, "occupation_twice", 4),
        ({"unit": "{name: U, jobs: [{occupation: '2611', count: 3}], total_jobs: 9}"}, "total_differs", 4),
        ({"unit": "U"}, "not_a_group", 4),
        ({"unit": "{jobs: 3}"}, "missing_field", 4),
        ({"date": "2012-01-01"}, "no_rule_set", 2),
        ({"date": "2023-02-30"}, "not_a_date", 2),
        ({"date": "soon"}, "not_a_date", 2),
        ({"date": "20231301"}, "not_a_date", 2),
        ({"guidelines": "2020-01-01"}, "unknown_version", 6),
        ({"also_guidelines": "[2020-01-01]"}, "unknown_version", 6),
        ({"trigger": "moving"}, "unknown_choice", 3),
        ({"title": "''"}, "empty_text", 1),
        ({"title": "[a]"}, "not_text", 1),
        ({"titel": "x"}, "unknown_field", 6),
        ({"decision": "{place: Hovedby}"}, "missing_field", 6),
        ({"explanations": "{R99: x}"}, "unknown_rule", 6),
        ({"must_have": "[{indicator: airport, max: 3}]"}, "unknown_indicator", 6),
        ({"must_have": "[{indicator: airport_minutes}]"}, "must_have_limit", 6),
        ({"must_have": "[{indicator: airport_minutes, max: far}]"}, "not_a_number", 6),
        ({"must_have": "{indicator: airport_minutes}"}, "not_a_list", 6),
        ({"indicators": "{airport: {off: true}}"}, "unknown_indicator", 6),
        ({"indicators": "{population_trend: {value: steep}}"}, "unknown_choice", 6),
        ({"indicators": "{population_trend: {value: {curve: 1}}}"}, "value_kind", 6),
        ({"indicators": "{population_trend: {value: {points: [[0, 0]]}}}"}, "points_kind", 6),
        ({"indicators": "{population_trend: {value: {points: [[0, 0], [0, 1]]}}}"}, "points_order", 6),
        ({"indicators": "{population_trend: {value: {points: [[0, 0], [1, 101]]}}}"}, "out_of_bounds", 6),
        ({"moved_from": "[Vidda, {place: '0303', jobs: 3}]"}, "place_twice", 6),
        ({"sites": "[Vidda, Vidda]"}, "place_twice", 6),
        ({"window_years": "0"}, "out_of_bounds", 6),
        ({"window_years": "2.5"}, "not_whole", 6),
        ({"window": "{from: 2023-01-01, to: 2022-01-01}"}, "turned_window", 6),
        ({"window": "{from: 2022-01-01, to: 2023-01-01}", "window_years": "3"}, "two_windows", 6),
        ({"staff": "{follow_share: [3, 26]}"}, "share_above_one", 6),
        ({"not_public": "perhaps"}, "not_yes_or_no", 6),
        ({"lang": "se"}, "unknown_choice", 6),
        ({"ledger": "nothing.csv"}, "ledger_elsewhere", 6),
        ({"weight_log": "[{role: r, date: 2023-01-01}]"}, "missing_field", 6),
        ({"trigger": "closure", "alternatives": "auto"}, "auto_offices", 5),
    ],
)
def test_each_fault_is_found_alone_with_its_line(
    faults: FaultsOf, fields: dict[str, str], key: str, line: int
) -> None:
    ((found, where),) = faults(case_text(**fields))
    assert found == key
    assert where.split(",")[0] == f"line {line}"


def test_a_missing_field_is_named(faults: FaultsOf) -> None:
    found = faults("title: T\n")
    assert [key for key, _ in found] == ["missing_field"] * 4


@pytest.mark.parametrize("name", ORDER)
@pytest.mark.parametrize("nothing", ["", "~", "null"])
def test_a_field_with_nothing_behind_its_name_is_missing(faults: FaultsOf, name: str, nothing: str) -> None:
    line = ORDER.index(name) + 1
    assert faults(case_text(**{name: nothing})) == [("missing_field", f"line {line}, {name}")]


def test_everything_wrong_in_a_file_is_told_at_once_from_the_top(faults: FaultsOf) -> None:
    found = faults(
        """title: ''
date: 2012-06-01
trigger: new_agency
unit: {name: U, jobs: [{occupation: '26', count: -3}, {occupation: '2611', count: -1}]}
alternatives:
  - Hovedby
  - Hovedbyy
  - Nesvik
weights: {conditions: 30}
must_have:
  - {indicator: nothing, max: 3}
"""
    )
    assert found == [
        ("empty_text", "line 1, title"),
        ("no_rule_set", "line 2, date"),
        ("occupation_digits", "line 4, unit.jobs[0].occupation"),
        ("negative", "line 4, unit.jobs[0].count"),
        ("negative", "line 4, unit.jobs[1].count"),
        ("unknown_place", "line 7, alternatives[1]"),
        ("ambiguous_place", "line 8, alternatives[2]"),
        ("weights_sum", "line 9, weights"),
        ("unknown_indicator", "line 11, must_have[0]"),
    ]


def test_faults_are_said_in_all_languages(read: Callable[[str], LocationCase]) -> None:
    with pytest.raises(UserError) as caught:
        read(case_text(alternatives="[Hovedby]", weights="{conditions: 60, location_policy: 30.5}"))
    told = {lang: explain_error(caught.value, lang) for lang in ("nb", "nn", "en")}
    assert "linje 5, alternatives: Saken har bare ett alternativ: Hovedby." in told["nb"]
    assert "Vektene blir til saman 90,5, ikkje 100." in told["nn"]
    assert "Change the weights by +9,5 in all" in told["en"]


def test_a_fault_in_the_ledger_of_a_case_names_that_file(eksempelland: Places, tmp_path: Path) -> None:
    (tmp_path / "events.csv").write_text(
        "kind,agency,place,jobs,date,source\nclosed,A,Nowhere,3,2020,s\n", encoding="utf-8"
    )
    file = tmp_path / "case.yaml"
    file.write_text(case_text(ledger="events.csv"), encoding="utf-8")
    with pytest.raises(UserError) as caught:
        read_case(file, eksempelland)
    assert [fault.where for fault in caught.value.faults] == ["events.csv, line 2"]


def test_a_group_that_is_wrong_hides_no_other_fault_in_it(faults: FaultsOf) -> None:
    """A person mends a file once, not once for every fault."""
    text = case_text(
        alternatives="[Hovedby, Vidda, {place: Nowhere, colour: red}]",
        decision="{place: Nowhere, date: 2023-13-01}",
        moved_from="[{place: Nowhere, jobs: many}]",
        explanations="{R99: x, R17: ''}",
    )
    found = [key for key, _ in faults(text)]
    assert found.count("unknown_place_nothing_near") + found.count("unknown_place") == 3
    wanted = {"unknown_field", "not_a_date", "not_a_number_or_range", "unknown_rule", "empty_text"}
    assert wanted <= set(found)


def test_a_ledger_file_travels_with_the_case(eksempelland: Places, tmp_path: Path) -> None:
    (tmp_path / "events.csv").write_text(
        "kind,agency,place,jobs,date,source\nclosed,A,Vidda,3,2020,s\n", encoding="utf-8"
    )
    file = tmp_path / "my case.yaml"
    file.write_text(case_text(ledger="events.csv"), encoding="utf-8")
    case = read_case(file, eksempelland)
    assert case.ledger is not None
    assert case.ledger[0].change == (-3, -3)
    assert (case.ledger_file, case.stem) == ("events.csv", "my-case")


def test_the_events_can_stand_in_the_case_itself(
    read: Callable[[str], LocationCase], faults: FaultsOf
) -> None:
    event = "{kind: closed, agency: X, place: Vidda, jobs: %s, date: 2020-05-01, source: S}"
    case = read(case_text(ledger=f"[{event % 3}]"))
    assert case.ledger is not None
    assert [each.change for each in case.ledger] == [(-3, -3)]
    assert case.ledger_file == ""
    ((found, where),) = faults(case_text(ledger=f"[{event % 3}, {event % 'many'}]"))
    assert (found, where) == ("not_a_number_or_range", "line 6, ledger[1]")
    assert [key for key, _ in faults(case_text(ledger="[1]"))] == ["ledger_kind"]
