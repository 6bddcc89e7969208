"""What every analysis on the contract has, and what is made from it: its command and its route."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from litestar.testing import TestClient

from tyngdepunkt import texts
from tyngdepunkt.analyses.contract import (
    ON_CONTRACT,
    Analysis,
    Brings,
    Brought,
    all_analyses,
    input_hash,
    written,
)
from tyngdepunkt.analyses.parameters import read_parameters
from tyngdepunkt.cli import run
from tyngdepunkt.errors import UserError
from tyngdepunkt.places import Places
from tyngdepunkt.settings import LANGUAGES
from tyngdepunkt.web.app import create_app

YAML = {"content-type": "application/yaml"}
CSV = {"content-type": "text/csv"}
PARTS = ("question", "resolve", "run", "result", "narrative")


@pytest.fixture
def client(norway: Places) -> Iterator[TestClient[Any]]:
    """The web over the embedded figures, which the command uses too."""
    with TestClient(create_app(norway, b"0" * 32), base_url="http://localhost") as found:
        yield found


@pytest.fixture(params=all_analyses(), ids=lambda each: each.id)
def one(request: pytest.FixtureRequest) -> Analysis:
    """Each analysis in turn."""
    found: Analysis = request.param
    return found


def test_it_is_the_one_its_command_names(one: Analysis) -> None:
    assert ON_CONTRACT[one.command] == one.id


def test_its_folder_holds_the_files_of_the_contract(one: Analysis) -> None:
    for part in PARTS:
        assert one.part(part), part


def test_its_result_is_a_struct_with_a_head_and_notices(one: Analysis) -> None:
    fields = {field.name: field.type for field in msgspec.structs.fields(one.result)}
    assert {"made", "notices"} <= set(fields)


def test_each_file_and_parameter_says_what_it_is_in_each_language(one: Analysis) -> None:
    for name in (*one.files, *one.question.model_fields):
        for lang in LANGUAGES:
            assert texts.text(f"{one.room}:fields.{name}.title", lang)
            assert texts.text(f"{one.room}:fields.{name}.help", lang).endswith(".")


def test_the_command_the_route_and_the_module_answer_alike(
    one: Analysis, tmp_path: Path, capsys: pytest.CaptureFixture[str], client: TestClient[Any]
) -> None:
    if one.brings not in (Brings.TABLE, Brings.FILES):
        pytest.skip("only a table or a file can be sent in one body")
    file = tmp_path / "brought"
    file.write_text(one.example, encoding="utf-8")
    assert run([*one.words, str(file), "--json", "--lang", "en"]) == 0
    printed = json.loads(capsys.readouterr().out)
    sent = client.post(
        f"/api/v1{one.route}?lang=en", content=one.example.encode(), headers=YAML if one.body else CSV
    )
    answers = (sent.json(), printed)
    assert all(each.pop(name) > 0 for each in answers for name in one.measured)
    assert answers[0] == answers[1]
    assert printed["made"]["analysis"] == one.id
    assert printed["made"]["input_hash"] == input_hash(
        {next(iter(one.files)): Brought("another name", one.example.encode())},
        one.question().model_dump(mode="json"),
    )


@pytest.mark.parametrize(
    "made_for",
    [each for each in all_analyses() if each.brings is Brings.PARAMETERS],
    ids=lambda each: each.id,
)
def test_parameters_alone_are_answered_alike_by_the_command_and_the_route(
    made_for: Analysis, capsys: pytest.CaptureFixture[str], client: TestClient[Any]
) -> None:
    assert run([*made_for.words, "--json", "--lang", "en"]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert client.get(f"/api/v1{made_for.route}?lang=en").json() == printed
    assert printed["made"]["analysis"] == made_for.id
    assert printed["made"]["input_hash"] == input_hash({}, made_for.question().model_dump(mode="json"))
    assert client.get(f"/api/v1{made_for.route}?nope=1").status_code == 422


def test_the_help_names_every_option(one: Analysis, capsys: pytest.CaptureFixture[str]) -> None:
    assert run([*one.words, "--help"]) == 0
    shown = capsys.readouterr().out
    for name in written(one.question):
        assert "--" + name.replace("_", "-") in shown


def test_every_wrong_parameter_is_told_at_once() -> None:
    ranking = next(each for each in all_analyses() if each.id == "ranking")
    with pytest.raises(UserError) as caught:
        read_parameters(ranking, {"draws": "3", "seed": "many", "sed": "1"}, lambda name: f"--{name}")
    found = {(fault.key, fault.where) for fault in caught.value.faults}
    assert found == {
        ("analyses.ranking:draws_range", "--draws"),
        ("analyses:kind", "--seed"),
        ("analyses:no_parameter", "--sed"),
    }
    assert "--draws" in texts.explain_error(caught.value, "nb")


@pytest.mark.parametrize("day", ["0", "1767225600", "2026-01-01T00:00:00", "20260101", " 2026-01-01"])
@pytest.mark.parametrize("count", ["1_2", " 12", "+12", "012", "１２"])
def test_a_text_is_a_number_or_a_day_only_as_machines_write_it(day: str, count: str) -> None:
    tender = next(each for each in all_analyses() if each.command == "procurement")
    given = {"as_of": day, "staff": count, "turnover": "1.5e6", "nope": "1"}
    with pytest.raises(UserError) as caught:
        read_parameters(tender, given, str)
    assert {each.where for each in caught.value.faults} == {"as_of", "staff", "nope"}
    told: Any = read_parameters(tender, {"as_of": "2026-01-01", "staff": "12", "turnover": "1.5e6"}, str)
    assert (str(told.as_of), told.staff, told.turnover) == ("2026-01-01", 12, 1_500_000)


def test_the_route_takes_the_parameters_of_the_question(client: TestClient[Any]) -> None:
    [ranking] = [each for each in all_analyses() if each.id == "ranking"]
    body = ranking.example.encode()
    assert client.post("/api/v1/rank?draws=500&seed=7", content=body, headers=YAML).json()["draws"] == 500
    refused = client.post("/api/v1/rank?draws=3&x=1", content=body, headers=YAML)
    assert refused.status_code == 422
    assert [each["where"] for each in refused.json()["errors"]] == ["draws", "x"]


def test_the_hash_hangs_on_what_is_brought_and_asked_and_not_on_the_name() -> None:
    first, same = Brought("a.csv", b"1"), Brought("b.csv", b"1")
    other = Brought("a.csv", b"2")
    assert input_hash({"t": first}, {"d": 1}) == input_hash({"t": same}, {"d": 1})
    assert input_hash({"t": first}, {"d": 1}) != input_hash({"t": other}, {"d": 1})
    assert input_hash({"t": first}, {"d": 1}) != input_hash({"t": first}, {"d": 2})
