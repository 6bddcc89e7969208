"""What `assess --json` promises machines: these keys, types and bounds. They may grow, never shrink."""

from typing import Any

import pytest

from location_cases import OFFICES, answer, promised, write
from tyngdepunkt.analyses.location.as_json import as_json
from tyngdepunkt.analyses.location.assess import assess
from tyngdepunkt.analyses.location.input.read import read_case

KINDS = {"place", "zero", "stay", "oslo", "existing_structure", "place_independent", "split"}
VERDICTS = {"met", "not_met", "explained", "not_documented", "not_applicable", "needs_judgement"}


def number(low: float, high: float) -> Any:
    """A check that a value is a number within bounds (to rounding)."""

    def check(value: Any) -> bool:
        return (
            isinstance(value, int | float)
            and not isinstance(value, bool)
            and low - 1e-9 <= value <= high + 1e-9
        )

    return check


def text(value: Any) -> bool:
    return isinstance(value, str) and bool(value)


def either(*checks: Any) -> Any:
    return lambda value: any(holds(each, value) for each in checks)


def some(check: Any) -> Any:
    return lambda value: isinstance(value, list) and bool(value) and all(holds(check, each) for each in value)


def many(check: Any) -> Any:
    return lambda value: isinstance(value, list) and all(holds(check, each) for each in value)


def mapping(check: Any) -> Any:
    return lambda value: isinstance(value, dict) and all(holds(check, each) for each in value.values())


def holds(check: Any, value: Any) -> bool:
    """A dict checks the keys it has; a set, membership; a function, what it says; else equality."""
    if isinstance(check, dict):
        missing = [key for key in check if not isinstance(value, dict) or key not in value]
        assert not missing, f"{missing} are not in {value}"
        for key, inner in check.items():
            assert holds(inner, value[key]), f"{key}: {value[key]!r}"
        return True
    if isinstance(check, set):
        return value in check
    return bool(check(value)) if callable(check) else bool(value == check)


SHARE = number(0, 1)
WHOLE = number(-1e9, 1e9)
CODE = lambda value: isinstance(value, str) and len(value) == 4 and value.isdigit()  # noqa: E731
NOTHING = None

CONTRACT = {
    "rules": {
        "version": {"2014-11-28", "2019-11-08", "2022-08-12"},
        "findings": some({"rule": text, "verdict": VERDICTS, "text": text, "reference": text}),
    },
    "alternatives": some(
        {
            "place": either(CODE, NOTHING),
            "name": text,
            "centrality_class": either({1, 2, 3, 4, 5, 6}, NOTHING),
            "labour_market_region": either(text, NOTHING),
            "kind": KINDS,
            "scores": mapping(either(number(0, 100), NOTHING)),
            "value": either(number(0, 100), NOTHING),
            "rank": either(number(1, 400), NOTHING),
            "rank_acceptability": many(SHARE),
            "missing": many(text),
        }
    ),
    "conflicts": many({"between": some(text), "strength": number(-1, 1), "text": text}),
    "robustness": {
        "first": either(text, NOTHING),
        "first_place_acceptability": either(SHARE, NOTHING),
        "smallest_weight_change": either(
            NOTHING,
            lambda value: holds(
                {"to": text, "weights": mapping(SHARE), "distance": number(0, 2**0.5)}, value
            ),
        ),
    },
    "contribution": some(
        {"place": either(CODE, NOTHING), "extent": either(WHOLE, NOTHING), "breadth": either(WHOLE, NOTHING)}
    ),
    "ledger": many({"place": CODE, "municipality_change": some(WHOLE), "warning": {True, False}}),
    "recommendation": either(NOTHING, lambda value: holds({"name": text, "text": text}, value)),
    "snapshot": {"id": text, "tables": some({"name": text, "rows": WHOLE, "licence": text})},
}

DOCUMENTS = {
    "promised": promised,
    "points": lambda: answer(weights={"conditions": 60, "location_policy": 40}),
    "offices": lambda: answer(OFFICES),
    "kinds": lambda: answer(
        trigger="relocation",
        moved_from=["Oslo"],
        regional_structure=["Hamar", "Tynset"],
        alternatives=[
            {"kind": "zero"},
            {"kind": "oslo", "name": "Oslo sentrum"},
            {"kind": "stay", "place": "Bærum"},
            {"kind": "existing_structure"},
            {"kind": "place_independent", "places": ["Hamar", "Røros"]},
            {"kind": "split", "places": ["Hamar", "Tynset"]},
            "Røros",
        ],
    ),
    "nothing": lambda: answer(must_have=[{"indicator": "airport_minutes", "max": 0}]),
    "unknown": lambda: answer(unit={"name": "Ukjent"}),
    "older": lambda: answer(date="2016-01-01", also_guidelines=["2022-08-12"]),
    "nn": lambda: promised("nn"),
    "en": lambda: promised("en"),
}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_promised_key_is_there_with_the_right_type(name: str) -> None:
    assert holds(CONTRACT, DOCUMENTS[name]())


def test_the_contract_can_fail() -> None:
    broken = {**promised(), "alternatives": [{**promised()["alternatives"][0], "rank_acceptability": [1.2]}]}
    with pytest.raises(AssertionError, match="rank_acceptability"):
        holds(CONTRACT, broken)
    with pytest.raises(AssertionError, match="snapshot"):
        holds(CONTRACT, {key: value for key, value in promised().items() if key != "snapshot"})


def test_a_ledger_keeps_the_contract_too(tmp_path: Any) -> None:
    from location_cases import norway

    (tmp_path / "l.csv").write_text(
        "kind,agency,place,jobs,date,source\nclosed,A,Røros,5–9,2020-01-01,x\n", "utf-8"
    )
    document = as_json(assess(read_case(write(tmp_path, ledger="l.csv"), norway()), norway()))
    assert document["ledger"]
    assert holds(CONTRACT, document)


def test_every_kind_there_is_has_been_seen() -> None:
    seen = {each["kind"] for each in DOCUMENTS["kinds"]()["alternatives"]}
    assert seen == KINDS


def test_scores_are_given_for_every_consideration_of_the_rule_set() -> None:
    for make in DOCUMENTS.values():
        document = make()
        ids = [each["id"] for each in document["considerations"]]
        assert all(list(each["scores"]) == ids for each in document["alternatives"])


def test_conflicts_are_between_two_considerations_that_weigh() -> None:
    for make in DOCUMENTS.values():
        document = make()
        weighing = {each["id"] for each in document["considerations"] if each["weight"] is not None}
        for each in document["conflicts"]:
            assert len(set(each["between"])) == 2
            assert set(each["between"]) <= weighing
