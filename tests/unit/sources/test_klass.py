"""Answers of Klass in both its formats, about a made-up country."""

import hashlib
import json
from pathlib import Path

import pytest

from tyngdepunkt.errors import UserError
from tyngdepunkt.sources.klass import (
    LOG,
    Centrality,
    IndustryCorrespondence,
    MunicipalityChanges,
    MunicipalityCodes,
)
from tyngdepunkt.texts import explain_error

CHANGES = '"oldCode","oldName","oldShortName","newCode","newName","newShortName","changeOccurred"\n'
CODES = '"code","parentCode","level","name","notes"\n'


def test_changes_from_csv_and_json_are_the_same(tmp_path: Path) -> None:
    table = tmp_path / "131-changes.csv"
    rows_of_csv = '"0001","Fjordby","","0011","Nye Fjordby","","2024-01-01"\n,,,"0012","Ny","","2024-01-01"\n'
    table.write_text(CHANGES + rows_of_csv, encoding="utf-8")
    items = [
        {
            "oldCode": "0001",
            "oldName": "Fjordby",
            "newCode": "0011",
            "newName": "Nye Fjordby",
            "changeOccurred": "2024-01-01",
        }
    ]
    answer = tmp_path / "131-changes.json"
    answer.write_text(json.dumps({"codeChanges": items}), encoding="utf-8")
    rows = [("2024-01-01", "0001", "Fjordby", "0011", "Nye Fjordby")]
    assert MunicipalityChanges().parse(table).rows == rows
    assert MunicipalityChanges().parse(answer).rows == rows


def test_iso_8859_1_is_read_as_the_provider_writes_it(tmp_path: Path) -> None:
    table = tmp_path / "131.csv"
    table.write_bytes(
        (CODES + '"0003","","1","Øyvær - Suolu",""\n"9999","","1","Uoppgitt",""\n').encode("iso-8859-1")
    )
    assert MunicipalityCodes().parse(table).rows == [("0003", "Øyvær - Suolu")]


def test_centrality_index_stands_in_notes_and_class_in_parent(tmp_path: Path) -> None:
    table = tmp_path / "128.csv"
    table.write_text(
        CODES + '"01","","1","Sentralitet: 1",""\n"0001","01","2","Fjordby","930"\n', encoding="utf-8"
    )
    assert Centrality().parse(table).rows == [("0001", 930, 1, None)]
    digest = hashlib.sha256(table.read_bytes()).hexdigest()
    log = tmp_path / LOG
    for told, year in (
        ([{"sha256": digest, "valid_from": "2026-01-01"}], 2026),
        ([{"sha256": "of another", "valid_from": "2026-01-01"}], None),
        ([{"sha256": digest, "valid_from": ""}], None),
        ({"sha256": digest}, None),
    ):
        log.write_text(json.dumps(told), encoding="utf-8")
        assert Centrality().parse(table).rows == [("0001", 930, 1, year)]


@pytest.mark.parametrize(
    ("source", "body", "expected"),
    [
        (
            Centrality(),
            CODES + '"0001","01","2","Fjordby",""\n"0002","01","2","Skogdal","x"\n',
            ["no_index", "no_index"],
        ),
        (Centrality(), '"code","name"\n"0001","Fjordby"\n', ["missing_column"] * 3),
        (MunicipalityChanges(), CHANGES + '"1","A","","2","B","","soon"\n', ["not_a_date"]),
        (MunicipalityCodes(), CODES + '"030101","","1","Bydel",""\n', ["no_municipalities"]),
    ],
)
def test_faults_are_collected(tmp_path: Path, source: Centrality, body: str, expected: list[str]) -> None:
    file = tmp_path / "x.csv"
    file.write_text(body, encoding="utf-8")
    with pytest.raises(UserError) as error:
        source.parse(file)
    assert [fault.key.removeprefix("sources:") for fault in error.value.faults] == expected
    assert all(explain_error(error.value, language) for language in ("nb", "nn", "en"))


def test_a_correspondence_has_each_pair_of_codes_once(tmp_path: Path) -> None:
    file = tmp_path / "6-correspondence.csv"
    rows = ["45.200,A,95.310,B", "45.200,A,95.310,B", "G,Trade,G,Trade", "01.640,C,,", "45.110,D,46.710,E"]
    file.write_text("\n".join(["sourceCode,sourceName,targetCode,targetName", *rows]), encoding="utf-8")
    found = IndustryCorrespondence().parse(file)
    assert found.rows == [("45.200", "A", "95.310", "B"), ("45.110", "D", "46.710", "E")]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [(["4520,A,95.31,B", "45.2,A,x,B"], ["no_industry"] * 2), (["01.640,C,,"], ["no_industries"])],
)
def test_a_correspondence_of_anything_else_is_told(
    tmp_path: Path, rows: list[str], expected: list[str]
) -> None:
    file = tmp_path / "6-correspondence.csv"
    file.write_text("\n".join(["sourceCode,sourceName,targetCode,targetName", *rows]), encoding="utf-8")
    with pytest.raises(UserError) as error:
        IndustryCorrespondence().parse(file)
    assert [fault.key for fault in error.value.faults] == [f"sources:{key}" for key in expected]
    assert all(explain_error(error.value, language) for language in ("nb", "nn", "en"))


def test_json_that_is_not_from_klass_is_told(tmp_path: Path) -> None:
    file = tmp_path / "131.json"
    file.write_text('{"status": 404}', encoding="utf-8")
    with pytest.raises(UserError) as error:
        MunicipalityCodes().parse(file)
    assert [fault.key for fault in error.value.faults] == ["sources:not_klass"]
