"""OCDS releases and records, Doffin's search answers, and the one-line examples of the profile for eForms."""

import gzip
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tyngdepunkt.analyses.contract import Brought
from tyngdepunkt.analyses.procurement.model import Source, first, groups
from tyngdepunkt.analyses.procurement.ocds import read
from tyngdepunkt.analyses.procurement.read import read as read_any
from tyngdepunkt.analyses.procurement.result import Answer, Result
from tyngdepunkt.errors import UserError

Judge = Callable[..., Result]


def _of(result: Result, rule: int) -> Answer:
    return next(each for each in result.findings if each.rule == rule)


def _lot(**lot: Any) -> Source:
    return read({"tender": {"lots": [{"id": "LOT-0001", **lot}]}})


@pytest.mark.parametrize(
    ("key", "lot", "texts"),
    [
        ("BT-726", {"suitability": {"sme": True}}, ["true"]),
        ("BT-06", {"additionalProcurementCategories": ["inn-pur"]}, ["inn-pur"]),
        ("BT-06", {"sustainability": [{"goal": "environmental"}]}, ["env-imp"]),
        ("BT-776", {"sustainability": [{"goal": "economic.processInnovation"}]}, ["processInnovation"]),
        ("BT-97", {"submissionTerms": {"languages": ["nb", "en"]}}, ["NOB", "ENG"]),
        ("BT-71", {"otherRequirements": {"reservedParticipation": ["shelteredWorkshop"]}}, ["res-ws"]),
        ("BT-36", {"contractPeriod": {"durationInDays": 730}}, ["730"]),
    ],
)
def test_one_field_of_a_lot(key: str, lot: dict[str, Any], texts: list[str]) -> None:
    [found] = _lot(**lot).lots
    assert [text for text, _ in found.record[key]] == texts


def test_selection_criteria_by_code() -> None:
    criteria = {"selectionCriteria": {"criteria": [{"type": "economic", "subType": "slc-stand-to-gen"}]}}
    [row] = groups(_lot(**criteria).lots[0].record, "selection")
    assert (first(row, "BT-809"), first(row, "BT-747")) == ("slc-stand-to-gen", "ef-stand")


def test_most_lots_and_infinity_for_all() -> None:
    told = '{"tender": {"lotDetails": {"maximumLotsBidPerSupplier": %s, "maximumLotsAwardedPerSupplier": 3}}}'
    free, every = (read(json.loads(told % most)).record for most in ("2", "1e9999"))
    assert (first(free, "BT-31"), first(free, "BT-33"), first(free, "BT-763")) == ("2", "3", None)
    assert (first(every, "BT-31"), first(every, "BT-763")) == (None, "all")


def test_tenders_received_and_the_winners_size(judge: Judge) -> None:
    release = {
        "ocid": "ocds-1", "id": "1", "tag": ["award"], "date": "2025-01-01T00:00:00Z",
        "tender": {"lots": [{"id": "LOT-0001"}]},
        "bids": {"statistics": [
            {"measure": "bids", "value": 12, "relatedLot": "LOT-0001"},
            {"measure": "smeBids", "value": 4, "relatedLot": "LOT-0001"}]},
        "awards": [{"id": "1", "status": "active", "relatedLots": ["LOT-0001"], "suppliers": [{"id": "A"}]}],
        "parties": [{"id": "A", "roles": ["supplier"], "identifier": {"id": "911"},
                     "details": {"scale": "small"}},
                    {"id": "B", "roles": ["buyer"], "contactPoint": {"email": "kari@x.no", "name": "Kari"}}],
    }  # fmt: skip
    result = judge(json.dumps(release))
    assert _of(result, 21).value == pytest.approx(33.3)
    assert _of(result, 22).value == "small"
    assert "Kari" not in str(read(release).record)


def test_stored_releases_are_judged(shared_data: Path, judge: Judge) -> None:
    for path in sorted((shared_data / "ocds").glob("*.json")):
        result = judge(path.read_bytes())
        assert result.notice.id
        assert len(result.findings) == 3 + 21 * len(result.lots)
    by_name = {
        path.name: judge(path.read_bytes()) for path in (shared_data / "ocds").glob("eforms_Contract*.json")
    }
    call = by_name["eforms_ContractNotice_cn-standard_2024-102199_release_0.json"]
    assert _of(call, 6).verdict == "hinders"
    assert (call.lots[0].value, call.lots[0].currency) == (100_000_000, "NOK")
    award = by_name["eforms_ContractAwardNotice_can-social_2024-111341_release_0.json"]
    assert _of(award, 21).value == 2


def test_every_stored_british_release_by_itself(shared_data: Path, judge: Judge) -> None:
    packed = (shared_data / "ocds" / "uk_contracts_finder_releases_2025.json.gz").read_bytes()
    releases = json.loads(gzip.decompress(packed))["releases"]
    calls = [each for each in releases if each["tag"] == ["tender"] and "suitability" in each["tender"]]
    assert len(calls) > 30
    for each in calls:
        assert _of(judge(json.dumps(each)), 20).value == str(each["tender"]["suitability"]["sme"]).lower()
    whole = judge(json.dumps({"releases": releases}))
    assert [each.id for each in whole.warnings] == ["first_of_many"]


def test_records_are_read_by_their_compiled_release_or_their_last(judge: Judge) -> None:
    first_, last = (
        {"ocid": "o", "id": str(at), "date": f"2025-01-0{at}", "tender": {"id": "t"}} for at in (1, 2)
    )
    compiled = judge(json.dumps({"records": [{"ocid": "o", "releases": [first_], "compiledRelease": last}]}))
    assert compiled.notice.id == "2"
    assert judge(json.dumps({"releases": [last, first_]})).notice.id == "2"


def test_an_answer_of_doffins_search(shared_data: Path, judge: Judge) -> None:
    call = judge((shared_data / "api_eksempler" / "doffin_search_konkurranse.json").read_bytes())
    assert call.notice.id == "2026-115111"
    assert (_of(call, 12).value, _of(call, 15).value) == (40, "NO081")
    award = judge((shared_data / "api_eksempler" / "doffin_search_tildeling.json").read_bytes())
    assert (_of(award, 21).value, _of(award, 22).value) == (22, "997711017")
    assert [each.id for each in award.warnings] == ["search_only"]


@pytest.mark.parametrize(
    ("content", "key"),
    [
        ('{"hits": []}', "no_release"),
        ('{"a": 1}', "no_release"),
        ("[1, 2]", "no_release"),
        ('{"tender": ', "not_json"),
        ("[" * 100_000, "not_json"),
        ('{"releases": []}', "no_release"),
    ],
)
def test_json_that_is_no_notice(content: str, key: str) -> None:
    with pytest.raises(UserError) as caught:
        read_any(Brought("x.json", content.encode()))
    assert [fault.key for fault in caught.value.faults] == [f"analyses.procurement:{key}"]


@pytest.mark.parametrize("odd", [None, 1, "x", [], {}, [None], [{"id": []}], {"lots": 3}, -1e308, True])
def test_values_of_another_kind_are_not_stated(judge: Judge, odd: Any) -> None:
    for name in ("lots", "value", "items", "techniques", "lotDetails", "procurementMethod", "tenderPeriod"):
        judge(
            json.dumps(
                {"ocid": "o", "tender": {"id": "t", name: odd}, "awards": odd, "parties": odd, "bids": odd}
            )
        )
