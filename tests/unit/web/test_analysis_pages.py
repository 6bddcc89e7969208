"""Every analysis on the contract has a page: it asks, answers, and gives the answer as files."""

from __future__ import annotations

import html
import json
import re
from typing import Any

import pytest
from litestar.testing import TestClient

from tyngdepunkt import texts
from tyngdepunkt.analyses.contract import Analysis, Brings, Brought, Setting, all_analyses, as_builtins
from tyngdepunkt.analyses.parameters import read_parameters
from tyngdepunkt.places import Places
from tyngdepunkt.web.read import analysis as read

ALL = read.in_forms()
BY_FILE = [each for each in ALL if not each.by_address]
BY_PLACE = [each for each in ALL if each.brings is Brings.PLACE]
BY_PARAMETERS = [each for each in ALL if each.brings is Brings.PARAMETERS]
Client = TestClient[Any]


def name_of(made_for: Analysis) -> str:
    return made_for.command


def token(client: Client, made_for: Analysis) -> str:
    page = client.get(f"/analysis/{made_for.command}").text
    return re.search(r'name="csrf_token" value="([^"]+)"', page)[1]  # type: ignore[index]


def send(client: Client, made_for: Analysis, content: str | None = None, **told: str) -> Any:
    name = next(iter(made_for.files))
    body = made_for.example if content is None else content
    files = {name: ("min fil.txt", body.encode())} if body else None
    data = {"csrf_token": token(client, made_for), **told}
    return client.post(f"/analysis/{made_for.command}", data=data, files=files)


@pytest.mark.parametrize("lang", ["nb", "nn", "en"])
def test_the_list_names_every_analysis_in_the_readers_language(client: Client, lang: str) -> None:
    page = client.get("/analyses", params={"lang": lang}).text
    for each in all_analyses():
        assert (f'href="/analysis/{each.command}' in page) == (each in ALL)
        assert each not in ALL or texts.text(f"{each.room}:page.title", lang) in page


@pytest.mark.parametrize("made_for", ALL, ids=name_of)
@pytest.mark.parametrize("lang", ["nb", "nn", "en"])
def test_each_parameter_is_asked_for_with_its_title(client: Client, made_for: Analysis, lang: str) -> None:
    page = client.get(f"/analysis/{made_for.command}", params={"lang": lang}).text
    for field in read.fields_of(made_for, lang):
        assert f'id="field-{field.name}"' in page
        assert field.title in page
        assert "--" not in field.help


@pytest.mark.parametrize("made_for", BY_FILE, ids=name_of)
def test_a_file_is_answered_as_a_page_and_as_the_same_json_as_the_command_gives(
    client: Client, web_places: Places, made_for: Analysis
) -> None:
    shown = send(client, made_for)
    assert shown.status_code == 200
    assert "<table" in shown.text
    assert shown.headers["cache-control"] == "no-store"
    again = dict(re.findall(r'name="(kept_\w+)" value="([^"]*)"', shown.text))
    data = {"csrf_token": token(client, made_for), "format": "json", **again}
    got = client.post(f"/analysis/{made_for.command}", data=data)
    brought = {next(iter(made_for.files)): Brought("a", made_for.example.encode())}
    question = read_parameters(made_for, {}, str)
    result = made_for.answer(brought, question, Setting("nb", lambda: web_places))
    answers = [json.loads(got.content), json.loads(json.dumps(as_builtins(result)))]
    assert all(each.pop(name) > 0 for each in answers for name in made_for.measured)
    assert answers[0] == answers[1]
    assert f'filename="{made_for.command}-nb.json"' in got.headers["content-disposition"]


@pytest.mark.parametrize("made_for", [each for each in BY_FILE if any(each.files.values())], ids=name_of)
def test_without_a_file_the_page_says_which_is_missing(client: Client, made_for: Analysis) -> None:
    page = send(client, made_for, content="")
    title = read.title_of(made_for, next(iter(made_for.files)), "nb")
    assert page.status_code == 422
    assert f"Filen «{title}» mangler." in page.text
    assert f'href="#field-{next(iter(made_for.files))}"' in page.text


@pytest.mark.parametrize("made_for", BY_PLACE, ids=name_of)
def test_a_place_is_answered_by_its_address_as_a_page_and_as_files(
    client: Client, web_places: Places, made_for: Analysis
) -> None:
    address = f"/analysis/{made_for.command}"
    shown = client.get(address, params={"place": made_for.example})
    assert shown.status_code == 200
    assert made_for.example in shown.text
    assert "<table" in shown.text
    question = read_parameters(made_for, {"place": made_for.example}, str)
    result = made_for.answer({}, question, Setting("nb", lambda: web_places))
    got = client.get(address, params={"place": made_for.example, "format": "json"})
    assert json.loads(got.content) == json.loads(json.dumps(as_builtins(result)))
    for kind in read.formats_of(made_for):
        file = client.get(address, params={"place": made_for.example, "format": kind})
        assert file.status_code == 200, kind
        assert len(file.content) > 100
    assert client.get(address, params={"place": made_for.example, "format": "exe"}).status_code == 404
    unknown = client.get(address, params={"place": "Ingensteds"})
    assert unknown.status_code == 422
    assert 'href="#field-place"' in unknown.text
    assert "Ingensteds" in unknown.text


@pytest.mark.parametrize("made_for", BY_PARAMETERS, ids=name_of)
def test_the_bare_address_is_answered_where_parameters_alone_are_brought(
    client: Client, web_places: Places, made_for: Analysis
) -> None:
    address = f"/analysis/{made_for.command}"
    shown = client.get(address)
    assert shown.status_code == 200
    assert "<table" in shown.text
    assert 'method="get"' in shown.text
    result = made_for.answer({}, made_for.question(), Setting("nb", lambda: web_places))
    got = client.get(address, params={"format": "json"})
    assert json.loads(got.content) == json.loads(json.dumps(as_builtins(result)))
    numbers = [each.name for each in read.fields_of(made_for, "nb") if each.kind == "number"]
    wrong = client.get(address, params=dict.fromkeys(numbers, "mange"))
    assert wrong.status_code == 422
    for name in numbers:
        assert wrong.text.count(f'href="#field-{name}"') == 1, name


def test_a_long_table_begins_with_its_first_rows_and_holds_all_of_them(
    client: Client, web_places: Places
) -> None:
    shown = client.get("/analysis/remote", params={"lang": "en"}).text
    names = [each.called for each in web_places.municipalities.values()]
    before, _, after = shown.partition(f"Show all {len(names)} rows")
    rows = [re.findall(r'<th scope="row">\s*(.*?)\s*</th>', part) for part in (before, after)]
    assert [len(each) for each in rows] == [20, len(names) - 20]
    assert sorted(html.unescape(each) for part in rows for each in part) == sorted(names)
    assert '<details class="ds-details"' in before.rpartition("<summary>")[0]
    assert f"rows 21 to {len(names)}</caption>" in after
    short = client.get("/analysis/remote", params={"lang": "en", "level": "county"}).text
    assert "Show all" not in short


def test_all_parameters_that_cannot_be_read_are_told_at_their_fields(client: Client) -> None:
    ranking = next(each for each in BY_FILE if each.command == "rank")
    page = send(client, ranking, draws="mange", seed="1,5–2")
    assert page.status_code == 422
    assert 'href="#field-draws"' in page.text
    assert 'href="#field-seed"' in page.text
    assert 'value="mange"' in page.text  # what was written is still there


def test_what_cannot_be_read_and_what_is_out_of_bounds_are_told_together(client: Client) -> None:
    tender = next(each for each in BY_FILE if each.command == "procurement")
    given = {
        "staff": "seks",
        "turnover": "-1",
        "references": "99 999",
        "as_of": "i går",
        "guarantee": "kanskje",
    }
    page = send(client, tender, **given)
    assert page.status_code == 422
    for name, value in given.items():
        assert page.text.count(f'href="#field-{name}"') == 1, name
        assert f'value="{value}"' in page.text or name == "guarantee"
    assert 'href="#field-notice"' not in page.text
    without = send(client, tender, content="", **given).text
    assert without.count('href="#field-') == len(given) + 1


@pytest.mark.parametrize("made_for", BY_FILE, ids=name_of)
def test_a_parameter_that_must_be_given_is_told_once(client: Client, made_for: Analysis) -> None:
    numbers = [each.name for each in read.fields_of(made_for, "nb") if each.kind == "number"]
    page = send(client, made_for, **dict.fromkeys(numbers, "mange")).text
    for name in numbers:
        assert page.count(f'href="#field-{name}"') == 1, name


@pytest.mark.parametrize("lang", ["nb", "en"])
def test_a_number_that_may_be_left_out_is_read_as_every_other(client: Client, lang: str) -> None:
    tender = next(each for each in BY_FILE if each.command == "procurement")
    numbers = ("turnover", "staff", "references")
    kinds = {field.name: field.kind for field in read.fields_of(tender, lang)}
    assert {kinds[name] for name in numbers} == {"number"}
    doubtful = send(client, tender, lang=lang, **dict.fromkeys(numbers, "1.234"))
    assert doubtful.status_code == 422
    for name in numbers:
        assert f'href="#field-{name}"' in doubtful.text
    same = [
        send(client, tender, format="json", turnover=given).json()["reach"]
        for given in ("2 500 000", "2.500.000", "2500000,0", "2\u202f500\u202f000")
    ]
    assert same == [send(client, tender, format="json", turnover="2500000").json()["reach"]] * 4


def test_a_kept_file_that_is_none_is_a_missing_file(client: Client) -> None:
    ranking = next(each for each in BY_FILE if each.command == "rank")
    data = {"csrf_token": token(client, ranking), "kept_table": "€€", "kept_table_name": "a.yaml"}
    assert client.post("/analysis/rank", data=data).status_code == 422


NO_TABLES = ("- 1\n- 2\n", "<b>nei</b>", "# tom\n", "a: !!int 3\n", "x" * 1_900_001)


@pytest.mark.parametrize("made_for", BY_FILE, ids=name_of)
@pytest.mark.parametrize("content", NO_TABLES, ids=["list", "text", "empty", "tag", "large"])
def test_what_is_wrong_with_a_file_is_not_told_as_of_a_case(
    client: Client, made_for: Analysis, content: str
) -> None:
    page = send(client, made_for, content).text
    told = " ".join(re.findall(r'data-field="validation"[^>]*>(.*?)</p>', page, re.DOTALL))
    assert "fil" in told.lower() or "mangler" in told
    assert not re.search(r"\bsak", told, re.IGNORECASE), told


@pytest.mark.parametrize("made_for", [each for each in BY_FILE if each.has_document], ids=name_of)
def test_a_page_says_all_that_the_summary_of_the_document_says_and_once(
    client: Client, web_places: Places, made_for: Analysis
) -> None:
    page = html.unescape(send(client, made_for).text)
    brought = {next(iter(made_for.files)): Brought("min fil.txt", made_for.example.encode())}
    question = read_parameters(made_for, {}, str)
    result = made_for.answer(brought, question, Setting("nb", lambda: web_places))
    for block in made_for.document(result, "nb").summary:
        assert page.count(block.text) == 1


HEAD = "place,industry,value\n"
ANSWERED = {"one row", "nought all over", "200 columns more", "Windows-1252", "UTF-16"}


def _huge(most: str) -> bytes:
    return f"{HEAD}P,a,{most}\nQ,a,{most}\nP,b,{most}\nQ,b,1\n".encode()


HOSTILE: dict[str, bytes] = {
    "nothing": b"",
    "blanks": b" \r\n\t\r\n",
    "headings alone": HEAD.encode(),
    "one row": (HEAD + "P,a,1\n").encode(),
    "NaN": (HEAD + "P,a,NaN\nQ,a,1\n").encode(),
    "infinite": (HEAD + "P,a,1e400\nQ,a,1\n").encode(),
    "the largest there is": _huge("1" + "0" * 308),
    "less than nothing": (HEAD + "P,a,-1\nQ,a,1\n").encode(),
    "nought all over": (HEAD + "P,a,0\nQ,a,0\nP,b,0\nQ,b,0\n").encode(),
    "a formula": (HEAD + "P,=1+1,=cmd|'/c calc'!A1\nQ,a,1\n").encode(),
    "200 columns": (",".join(f"c{i}" for i in range(200)) + "\n" + ",".join("1" * 200) + "\n").encode(),
    "200 columns more": (
        HEAD.strip() + "".join(f",c{i}" for i in range(200)) + "\nP,a,1" + ",1" * 200 + "\n"
    ).encode(),
    "rows of uneven length": (HEAD + "P\nP,a\nP,a,1,2,3,4\n").encode(),
    "Windows-1252": "sted;næring;verdi\nÅs;Fiske;1\nBø;Fiske;2\n".encode("cp1252"),
    "UTF-16": "sted;næring;verdi\nÅs;Fiske;1\nBø;Fiske;2\n".encode("utf-16"),
    "zero bytes": b"place,industry,value\nP,a\x00,1\n\x00\x00,b,2\n",
    "no text at all": bytes(range(256)) * 40,
    "no workbook though it says so": b"PK\x03\x04" + b"\x00" * 200,
    "an open quotation mark": (HEAD + 'P,"a,1\nQ,a,1\n').encode(),
    "5 MB": HEAD.encode() + b"P,a,1\n" * 850_000,
}


NO_NUMBER = (">nan<", ">inf<", ": NaN", ": Infinity")


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_table_is_answered_by_the_api_or_told_what_is_wrong_with_it(
    client: Client, kind: str
) -> None:
    sent = client.post("/api/v1/industry", content=HOSTILE[kind], headers={"content-type": "text/csv"})
    assert sent.status_code == (200 if kind in ANSWERED else 413 if kind == "5 MB" else 422)
    assert not [word for word in NO_NUMBER if word in sent.text]
    assert sent.status_code == 200 or all(each["what"] and each["do"] for each in sent.json()["errors"])
    if kind in ("Windows-1252", "UTF-16"):
        assert [row["place"] for row in sent.json()["results"]] == ["Ås", "Bø"]


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_table_is_answered_by_the_page_or_told_what_is_wrong_with_it(
    client: Client, kind: str
) -> None:
    made_for = next(each for each in ALL if each.command == "industry")
    files = {"table": ("min fil.csv", HOSTILE[kind])}
    data = {"csrf_token": token(client, made_for), "measure": "complexity"}
    sent = client.post("/analysis/industry", data=data, files=files)
    assert sent.status_code in (200, 413, 422), sent.text[:300]
    assert "Traceback" not in sent.text
    assert not [word for word in NO_NUMBER if word in sent.text]
