"""The JSON document holds what the assessment holds, in plain values."""

import json
import math

import msgspec
import pytest

from location_cases import OFFICES, answer, assessed, promised
from tyngdepunkt.analyses.location.answer import Assessment
from tyngdepunkt.analyses.location.as_json import as_json

DOCUMENTS = {
    "promised": promised,
    "offices": lambda: answer(OFFICES),
    "nothing": lambda: answer(must_have=[{"indicator": "airport_minutes", "max": 0}]),
    "unknown": lambda: answer(unit={"name": "Ukjent"}),
    "zero": lambda: answer(alternatives=["Bergen", "Røros", {"kind": "zero"}]),
}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_it_survives_the_way_to_text_and_back(name):
    document = DOCUMENTS[name]()
    text = json.dumps(document, ensure_ascii=False, allow_nan=False)
    assert json.loads(text) == document


def test_numbers_have_at_most_ten_decimals_and_no_negative_nought():
    def numbers(value):
        if isinstance(value, float):
            yield value
        elif isinstance(value, dict):
            for each in value.values():
                yield from numbers(each)
        elif isinstance(value, list):
            for each in value:
                yield from numbers(each)

    found = list(numbers(promised()["alternatives"]))
    assert found
    for each in found:
        assert math.isfinite(each)
        assert str(each) != "-0.0"


def test_it_says_what_the_assessment_says():
    assessment = assessed()
    document = as_json(assessment)
    assert [each["value"] for each in document["alternatives"]] == pytest.approx(
        [each.value for each in assessment.alternatives]
    )
    for found, expected in zip(document["alternatives"], assessment.alternatives, strict=True):
        assert found["scores"] == pytest.approx(dict(expected.scores))
        assert found["rank"] == expected.rank
        assert set(found["indicators"]) == set(expected.measurements)
    assert {each["rule"] for each in document["rules"]["findings"]} == {
        each.rule for each in assessment.findings
    }


def test_what_is_missing_is_null_with_its_quality_and_reason():
    missing = [
        each
        for alternative in answer(unit={"name": "Ukjent"})["alternatives"]
        for each in alternative["indicators"].values()
        if each["value"] is None
    ]
    assert missing
    for each in missing:
        assert (each["low"], each["high"]) == (None, None)
        assert each["quality"] in ("missing", "suppressed", "not_stated", "not_applicable")
        assert each["note"] != ""
    assert any(each["note"] and each["quality"] != "not_applicable" for each in missing)


def test_contribution_has_one_row_per_alternative_in_the_order_of_the_case():
    for name in DOCUMENTS:
        document = DOCUMENTS[name]()
        assert [each["place"] for each in document["contribution"]] == [
            each["place"] for each in document["alternatives"]
        ]
        assert [each["alternative"] for each in document["contribution"]] == [
            each["name"] for each in document["alternatives"]
        ]


def test_names_in_robustness_are_names_of_alternatives():
    for name in DOCUMENTS:
        document = DOCUMENTS[name]()
        names = {each["name"] for each in document["alternatives"]}
        robust = document["robustness"]
        changes = [*robust["weight_changes"], *filter(None, [robust["smallest_weight_change"]])]
        assert {each["to"] for each in changes} | set(robust["pairwise"]["order"]) <= names
        assert robust["first"] is None or robust["first"] in names


def test_the_hash_is_of_the_case_and_not_of_its_file():
    head = answer()["made"]
    assert head["analysis"] == "location"
    assert head["snapshot"] == answer()["snapshot"]["id"]
    assert answer(title="En annen")["made"]["input_hash"] != head["input_hash"]
    assert answer()["made"]["input_hash"] == head["input_hash"]


@pytest.mark.parametrize("name", DOCUMENTS)
def test_it_is_what_its_type_says(name):
    """The documentation of the API is made from the type."""
    msgspec.convert(DOCUMENTS[name](), Assessment)
