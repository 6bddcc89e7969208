"""Several tables in one body of the API: the answer is that of the command with the same files."""

import base64
import io
import json
import re
import zipfile
from pathlib import Path
from typing import Any

import pytest
from litestar.testing import TestClient

from tyngdepunkt.analyses.contract import all_analyses, analysis
from tyngdepunkt.analyses.functions.bound import ASKED, TASKS
from tyngdepunkt.cli import run
from tyngdepunkt.web.api import analyses as routes
from tyngdepunkt.web.api.several_files import takes_several

Client = TestClient[Any]
FUNCTIONS = analysis("functions")
ANSWERS = f"unit,occupation,{','.join(TASKS)}\nInspection,3257,{','.join(['no'] * len(TASKS))}\n"


def keys(answer: Any) -> list[str]:
    assert answer.status_code == 422, answer.text
    return [each["key"] for each in answer.json()["errors"]]


def test_own_answers_come_through_the_api_as_through_the_command(
    client: Client, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files = {"table": FUNCTIONS.example, "questions": ANSWERS}
    for name, content in files.items():
        (tmp_path / f"{name}.csv").write_text(content, encoding="utf-8")
    told = ["--questions", str(tmp_path / "questions.csv"), "--json", "--lang", "en"]
    assert run(["functions", str(tmp_path / "table.csv"), *told]) == 0
    sent = client.post("/api/v1/functions?lang=en", json=files)
    assert sent.status_code == 200
    assert sent.json() == json.loads(capsys.readouterr().out)
    assert sent.json()["totals"]["answered"] == 15
    plain = client.post("/api/v1/functions", content=FUNCTIONS.example, headers={"content-type": "text/csv"})
    assert plain.json()["totals"]["answered"] == 0


@pytest.mark.parametrize("in_json", [False, True])
def test_a_search_for_a_program_has_the_time_of_one_on_a_page(
    client: Client, monkeypatch: pytest.MonkeyPatch, in_json: bool
) -> None:
    rows = "A,2422,Oslo,3\nA,2422,Bergen,90\nB,2422,Oslo,80\nB,2422,Bergen,70\n"
    table = f"unit,occupation,municipality,count\n{rows}"
    sent: dict[str, Any] = (
        {"json": {"table": table}} if in_json else {"content": table, "headers": {"content-type": "text/csv"}}
    )
    whole = client.post("/api/v1/functions", **sent).json()
    assert "cut" not in {each["id"] for each in whole["notices"]}
    monkeypatch.setattr(routes, "SEARCH_SECONDS", 1e-9)
    cut = client.post("/api/v1/functions", **sent).json()
    assert "cut" in {each["id"] for each in cut["notices"]}
    assert cut["totals"] == whole["totals"]


def filled_in(tmp_path: Path) -> bytes:
    """The workbook of the answer, with no to every task of the first function of its sheet of questions."""
    from openpyxl import load_workbook

    (tmp_path / "list.csv").write_text(FUNCTIONS.example, encoding="utf-8")
    assert run(["functions", str(tmp_path / "list.csv"), "--out", str(tmp_path), "--format", "xlsx"]) == 0
    book = load_workbook(tmp_path / "functions.xlsx")
    sheet = book["Spørsmål"]
    for column in range(4, 4 + len(TASKS)):
        sheet.cell(2, column, "nei")
    book.save(tmp_path / "filled.xlsx")
    return (tmp_path / "filled.xlsx").read_bytes()


def test_the_page_takes_the_filled_in_workbook(client: Client, tmp_path: Path) -> None:
    token = re.search(r'name="csrf_token" value="([^"]+)"', client.get("/analysis/functions").text)
    assert token
    files = {
        "table": ("list.csv", FUNCTIONS.example.encode()),
        "questions": ("functions.xlsx", filled_in(tmp_path)),
    }
    sent = client.post("/analysis/functions", data={"csrf_token": token[1], "lang": "nb"}, files=files)
    assert sent.status_code == 200
    assert "egne svar" in sent.text
    assert "<svg" in sent.text


def test_a_workbook_comes_in_base64(client: Client, tmp_path: Path) -> None:
    filled = base64.b64encode(filled_in(tmp_path)).decode()
    sent = client.post(
        "/api/v1/functions", json={"table": FUNCTIONS.example, "questions": {"base64": filled}}
    )
    answered = [each for each in sent.json()["functions"] if each["answered"]]
    assert [each["band"] for each in answered] == [{"low": 1.0, "mean": 1.0, "high": 1.0}]


@pytest.mark.parametrize(
    ("body", "wrong"),
    [
        ({}, ["web:no_file"]),
        ({"questions": ANSWERS}, ["web:no_file"]),
        ({"table": 3, "names": "a"}, ["web:no_such_file"] * 2),
        ({"table": {"base64": "€"}}, ["web:no_such_file"]),
        ({"table": {"base64": "YQ==", "more": 1}}, ["web:no_such_file"]),
    ],
)
def test_all_that_is_wrong_with_the_object_is_told(
    client: Client, body: dict[str, Any], wrong: list[str]
) -> None:
    assert keys(client.post("/api/v1/functions", json=body)) == wrong


def test_what_is_no_object_is_refused(client: Client) -> None:
    for content in ("[]", "3", "{"):
        sent = client.post("/api/v1/functions", content=content, headers={"content-type": "application/json"})
        assert sent.status_code in (415, 422), content


def test_the_document_of_the_api_names_the_files(client: Client) -> None:
    paths = client.get("/api/v1/openapi.json").json()["paths"]
    for each in all_analyses():
        if takes_several(each):
            schema = paths[each.route]["post"]["requestBody"]["content"]["application/json"]["schema"]
            assert list(schema["properties"]) == list(each.files)
    assert takes_several(FUNCTIONS)


def test_the_page_joins_several_files_and_keeps_them_for_the_workbook(client: Client) -> None:
    address = "/analysis/functions-join"
    page = client.get(address).text
    assert 'type="file" multiple name="results"' in page
    token = re.search(r'name="csrf_token" value="([^"]+)"', page)
    assert token
    results = json.loads(analysis("joined_functions").example)["results"]
    files = [("results", (f"etat {at}.json", json.dumps(each).encode())) for at, each in enumerate(results)]
    shown = client.post(address, data={"csrf_token": token[1]}, files=files)
    assert shown.status_code == 200
    assert "24–39" in shown.text
    assert "etat 0.json, etat 1.json" in shown.text
    kept = dict(re.findall(r'name="(kept_\w+)" value="([^"]*)"', shown.text))
    assert set(kept) == {f"kept_{name}{more}" for name in ("results", "results_2") for more in ("", "_name")}
    again = client.post(address, data={"csrf_token": token[1], "format": "json", **kept})
    assert {each["agency"] for each in again.json()["agencies"]} == {each["agency"] for each in results}
    twice = client.post(address, data={"csrf_token": token[1]}, files=[files[0], files[0]])
    assert twice.status_code == 422
    assert "etat 0.json: First Directorate står to ganger" in twice.text


def test_the_page_gives_what_can_be_published_as_a_file_of_its_own(client: Client) -> None:
    address = "/analysis/functions"
    token = re.search(r'name="csrf_token" value="([^"]+)"', client.get(address).text)
    assert token
    files = {"table": ("liste.csv", FUNCTIONS.example.encode())}
    data = {"csrf_token": token[1], "format": "zip", "agency": "Etaten"}
    packed = client.post(address, data=data, files=files)
    with zipfile.ZipFile(io.BytesIO(packed.content)) as archive:
        assert archive.namelist() == ["functions-published.json"]
        assert json.loads(archive.read("functions-published.json"))["agency"] == "Etaten"


def test_the_page_leads_to_it_and_says_what_becomes_of_the_list(client: Client) -> None:
    page = client.get("/analysis/functions", params={"lang": "en"}).text
    assert "It is deleted as soon as the answer is made" in page
    assert "not even for 30 days" in page
    [address] = re.findall(r'href="(/analysis/functions/template.xlsx[^"]*)"', page)
    got = client.get(address, params={"lang": "en"})
    assert got.content == FUNCTIONS.template("en")
    assert 'filename="functions-template-en.xlsx"' in got.headers["content-disposition"]
    assert "template.xlsx" not in client.get("/analysis/desks").text


def test_the_page_asks_about_each_function_and_its_answers_hold_also_in_the_files(client: Client) -> None:
    address = "/analysis/functions"
    token = re.search(r'name="csrf_token" value="([^"]+)"', client.get(address).text)
    assert token
    files = {"table": ("liste.csv", FUNCTIONS.example.encode()), "questions": ("svar.csv", ANSWERS.encode())}
    shown = client.post(address, data={"csrf_token": token[1]}, files=files).text
    form = shown[shown.index('id="tick"') : shown.index('id="ask"')]
    asked = dict(re.findall(r'name="(ask-\d+)" value="([^"]+)"', form))
    assert set(asked.values()) == {
        f"{code} {unit}"
        for unit, code in (
            *(("Case handling", each) for each in ("2422", "2611", "4110")),
            *(("Inspection", each) for each in ("3257", "4110", "2422")),
        )
    }
    assert form.count('type="checkbox"') == len(asked) * (len(ASKED) + 2)
    kept = dict(re.findall(r'name="(kept_\w+)" value="([^"]*)"', form))
    law, inspection = (
        next(name for name, of in asked.items() if of.startswith(code)) for code in ("2611", "3257")
    )
    told = {f"{law}-rest": "yes", f"{law}-security": "yes", f"{inspection}-inspecting": "yes"}
    sent = {"csrf_token": token[1], **kept, **asked, **told}
    again = client.post(address, data=sent).text
    for name in told:
        assert re.search(rf'id="field-{name}" value="yes" checked', again), name
    ticked = dict(re.findall(r'type="hidden" name="(ask-[^"]+)" value="([^"]*)"', again))
    assert told.items() <= ticked.items()
    got = client.post(address, data={**sent, "format": "json"}).json()
    bound = {each["occupation"]: each for each in got["functions"]}
    assert [each["id"] for each in bound["2611"]["bound_reasons"]] == ["security"]
    assert [each["id"] for each in bound["3257"]["bound_reasons"]] == ["inspecting"]
    assert bound["3257"]["answered"]
    free = {"csrf_token": token[1], **kept, **asked, f"{law}-rest": "yes"}
    got = client.post(address, data={**free, "format": "json"}).json()
    lawyers = next(each for each in got["functions"] if each["occupation"] == "2611")
    assert (lawyers["band"]["low"], lawyers["bound_reasons"]) == (1.0, [])
    unneeded = {"csrf_token": token[1], **kept, **asked, f"{law}-unneeded": "yes"}
    got = client.post(address, data={**unneeded, "format": "json"}).json()
    lawyers = next(each for each in got["functions"] if each["occupation"] == "2611")
    assert lawyers["raised"]["before"] == 0.2
    assert lawyers["band"]["low"] == lawyers["band"]["mean"] > 0.2
    assert not lawyers["answered"]
    assert "Bare det som kan publiseres (zip)" in shown
