"""The API over the read models: its document, paging, tags, languages, and who may read it."""

from __future__ import annotations

import json
import re
import shlex
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from litestar.testing import TestClient
from lxml import html
from openapi_spec_validator import OpenAPIV31SpecValidator

from tyngdepunkt.settings import LANGUAGES
from tyngdepunkt.web.api import openapi
from tyngdepunkt.web.api.documentation import code_in, kind_of
from tyngdepunkt.web.cors import may_read

Client = TestClient[Any]
JSON, CSV = "application/json", "text/csv"
DOCUMENT = openapi.own()
OPERATIONS = [
    (method, path, told) for path, methods in DOCUMENT["paths"].items() for method, told in methods.items()
]
READS = [(path, told) for method, path, told in OPERATIONS if method == "get"]
MORE = {
    "/places/{name}": ["0301", "4647", "5610", "1101", "1539"],
    "/business/{place}": ["Skien%2FPorsgrunn", "Skien/Porsgrunn", "Ålesund"],
    "/regions/{name}": ["1", "159"],
    "/towns/{name}": ["0801"],
    "/rules/{name}": ["2014-11-28", "2019-11-08"],
}


def closed(schema: Any) -> Any:
    """The schema with every key that is not described refused, so that none is forgotten."""
    if isinstance(schema, list):
        return [closed(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    told = {key: closed(value) for key, value in schema.items()}
    return {**told, "additionalProperties": False} if "properties" in told else told


def check(content: Any, reference: dict[str, Any]) -> None:
    """Hold an answer against a schema of the document."""
    schemas = json.loads(
        json.dumps(DOCUMENT["components"]["schemas"]).replace("#/components/schemas", "#/$defs")
    )
    wanted = {"$ref": reference["$ref"].replace("#/components/schemas", "#/$defs"), "$defs": closed(schemas)}
    faults = list(Draft202012Validator(wanted).iter_errors(content))
    assert not faults, [(list(each.absolute_path), each.message[:200]) for each in faults[:5]]


def answer_of(told: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = told["responses"]["200"]["content"][JSON]["schema"]
    return found


@pytest.mark.parametrize(("path", "told"), READS, ids=[path for path, _ in READS])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_read_answers_as_its_schema_says(client: Client, path: str, told: Any, lang: str) -> None:
    others = [re.sub(r"\{\w+\}", name, path) for name in MORE.get(path, [])]
    for address in (told["x-example"], *others):
        answer = client.get(f"/api/v1{address}{'&' if '?' in address else '?'}lang={lang}")
        assert answer.status_code == 200, address
        assert answer.headers["content-language"] == lang
        check(answer.json(), answer_of(told))


@pytest.mark.parametrize("told", [told for method, _, told in OPERATIONS if method == "post"])
@pytest.mark.parametrize("kind", [JSON, "application/yaml; charset=utf-8"])
def test_what_is_sent_and_answered_is_as_the_schema_says(client: Client, told: Any, kind: str) -> None:
    content = told["requestBody"]["content"]
    if CSV in content:
        kind, sent = CSV, content[CSV]["example"]
    else:
        check(content[JSON]["example"], content[JSON]["schema"])
        sent = json.dumps(content[JSON]["example"])  # JSON is YAML too
    answer = client.post(f"/api/v1{told['x-example']}", content=sent, headers={"content-type": kind})
    assert answer.status_code == 200, answer.text
    check(answer.json(), answer_of(told))


def test_the_document_is_one() -> None:
    assert DOCUMENT["openapi"].startswith("3.1")
    whole = json.loads(json.dumps(DOCUMENT))
    assert [each.message for each in OpenAPIV31SpecValidator(whole).iter_errors()] == []
    names = [told["operationId"] for _, _, told in OPERATIONS]
    assert len(names) == len(set(names))
    schemas = DOCUMENT["components"]["schemas"]
    for name, schema in schemas.items():
        Draft202012Validator.check_schema(schema)
        assert name.isidentifier(), f"two schemas share the name of {name}"
        assert schema.get("description") or name == "Commuting" or name.endswith("Shape"), name
    told = json.dumps(DOCUMENT)
    for reference in {part.partition('"')[0] for part in told.split("#/components/schemas/")[1:]}:
        assert reference in schemas
    for _, path, operation in OPERATIONS:
        assert operation["summary"]
        assert operation["description"]
        assert {"200", "400", "406", "421", "500"} <= set(operation["responses"])
        in_path = [each["name"] for each in operation["parameters"] if each["in"] == "path"]
        assert all(f"{{{name}}}" in path for name in in_path)
        assert len(in_path) == path.count("{")
        assert all(each["description"] for each in operation["parameters"])


def test_the_document_is_served_and_says_what_the_code_says(client: Client) -> None:
    openapi.own.cache_clear()  # made again, now from handlers that an application has taken in
    assert client.get("/api/v1/openapi.json").json() == json.loads(json.dumps(DOCUMENT))


def test_every_address_of_the_api_is_in_the_document(client: Client) -> None:
    known = {f"/api/v1{path}" for path in DOCUMENT["paths"]} | {"/api/v1/openapi.json"}
    found = {
        re.sub(r":[a-z]+\}", "}", route.path)
        for route in client.app.routes
        if route.path.startswith("/api/v1")
    }
    assert found == known


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_shows_requests_that_work(client: Client, lang: str) -> None:
    page = html.fromstring(client.get(f"/api/docs?lang={lang}").content)
    shown = [each.text_content() for each in page.xpath('//pre[@class="request"]')]
    assert len(shown) == len(OPERATIONS)
    for command in shown:
        words = shlex.split(command.replace("\\\n", " "))
        assert words[0] == "curl"
        given = next((option for option in ("-d", "--data-binary") if option in words), None)
        body = words[words.index(given) + 1] if given else None
        headers = dict([words[words.index("-H") + 1].split(": ")]) if "-H" in words else {}
        answer = client.request("POST" if body else "GET", words[1], content=body, headers=headers)
        assert answer.status_code == 200, command
    assert {f"#{each}" for each in page.xpath("//@id")} >= {
        each for each in page.xpath("//main//@href") if each.startswith("#")
    }


@pytest.mark.parametrize(
    ("schema", "words"),
    [
        ({"$ref": "#/components/schemas/Amount"}, "Amount"),
        ({"type": "array", "items": {"type": "string"}}, "list of string"),
        ({"anyOf": [{"type": "number"}, {"type": "null"}]}, "number or null"),
        ({"enum": ["b", "a"]}, 'one of "a", "b"'),
        ({"type": "object", "additionalProperties": {"type": "number"}}, "mapping to number"),
        ({}, "anything"),
    ],
)
def test_schemas_in_words(schema: dict[str, Any], words: str) -> None:
    assert kind_of(schema) == words


def test_code_in_a_text_is_marked_and_the_rest_is_escaped() -> None:
    assert code_in("a `<b>` & c") == "a <code>&lt;b&gt;</code> &amp; c"


@pytest.mark.parametrize("path", ["/places?class=5&limit=40", "/towns?limit=400", "/regions?limit=50"])
def test_following_the_links_gives_everything_once(client: Client, path: str) -> None:
    found, address, total = [], f"/api/v1{path}", -1
    while address:
        answer = client.get(address)
        total = answer.json()["total"]
        found += [json.dumps(row) for row in answer.json()["items"]]
        assert "prev" in answer.links or len(found) == len(answer.json()["items"])
        address = answer.links["next"]["url"] if "next" in answer.links else ""
    assert len(found) == len(set(found)) == total


def test_the_links_keep_the_language_and_the_filter(client: Client) -> None:
    link = client.get("/api/v1/places?class=5&lang=nn&limit=10").links["next"]["url"]
    assert {"class=5", "lang=nn", "limit=10", "offset=10"} == set(link.partition("?")[2].split("&"))


@pytest.mark.parametrize("path", [told["x-example"] for _, told in READS] + ["/openapi.json"])
def test_the_same_answer_is_not_sent_twice(client: Client, path: str) -> None:
    first = client.get(f"/api/v1{path}")
    tag = first.headers["etag"]
    again = client.get(f"/api/v1{path}", headers={"if-none-match": f'"x", {tag}'})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    assert {"Accept-Language", "Cookie"} <= set(again.headers["vary"].split(", "))
    other = {"if-none-match": tag, "accept-language": "en"}
    assert client.get(f"/api/v1{path}", headers=other).status_code == 200


def test_a_tag_is_good_for_its_own_address_only(client: Client) -> None:
    tag = client.get("/api/v1/places/5025").headers["etag"]
    for address in ("/api/v1/places/0301", "/api/v1/places/nowhere", "/api/v1/places?limit=x"):
        assert client.get(address, headers={"if-none-match": tag}).status_code != 304
    assert "etag" not in client.get("/api/v1/places/nowhere").headers


def test_head_is_get_without_content(client: Client) -> None:
    got, head = client.get("/api/v1/places/5025"), client.head("/api/v1/places/5025")
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["etag"] == got.headers["etag"]
    assert head.headers["content-length"] == got.headers["content-length"]


def test_no_other_site_may_read_it(client: Client) -> None:
    answer = client.get("/api/v1/snapshot", headers={"origin": "https://example.org"})
    assert "access-control-allow-origin" not in answer.headers
    assert len(answer.json()["tables"]) > 30


def test_a_site_that_is_named_may_read_the_api_and_nothing_else(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TYNGDEPUNKT_CORS_ORIGINS", "https://example.org/, https://b.example")
    named, other = {"origin": "https://example.org"}, {"origin": "https://example.org.evil.example"}
    answer = client.get("/api/v1/snapshot", headers=named)
    assert answer.headers["access-control-allow-origin"] == "https://example.org"
    assert "access-control-allow-credentials" not in answer.headers
    assert "Origin" in answer.headers["vary"]
    refused = client.get("/api/v1/snapshot", headers=other)
    assert "access-control-allow-origin" not in refused.headers
    assert "Origin" in refused.headers["vary"]
    assert "access-control-allow-origin" not in client.get("/", headers=named).headers
    before = client.options("/api/v1/rank", headers={**named, "access-control-request-method": "POST"})
    assert before.status_code == 204
    assert "content-type" in before.headers["access-control-allow-headers"]
    table = {"criteria": [], "alternatives": {}}
    assert client.post("/api/v1/rank", json=table, headers=named).status_code == 422
    assert client.post("/api/v1/rank", json=table, headers=other).status_code == 403


def test_who_may_read(monkeypatch: pytest.MonkeyPatch) -> None:
    assert not may_read("/api/v1/places", "")
    monkeypatch.setenv("TYNGDEPUNKT_CORS_ORIGINS", "https://A.example")
    assert may_read("/api/v1/places", "https://a.example")
    assert not may_read("/place/5025.json", "https://a.example")
    assert not may_read("/api/v1/places", "http://a.example")


def test_rules_and_indicators_are_told_in_the_language_asked_for(client: Client) -> None:
    for path in ("/rules/2022-08-12", "/indicators", "/snapshot"):
        told = {lang: client.get(f"/api/v1{path}?lang={lang}").text for lang in LANGUAGES}
        assert len(set(told.values())) == 3, path
    rules = client.get("/api/v1/rules/2022-08-12").json()
    assert rules["valid_from"] == "2022-08-12"
    assert {rule["level"] for rule in rules["rules"]} <= {"must", "mainly", "should", "information"}


def test_an_old_name_and_a_town_lead_on(client: Client) -> None:
    moved = client.get("/api/v1/places/1640?lang=nn", follow_redirects=False)
    assert (moved.status_code, moved.headers["location"]) == (308, "/api/v1/places/5025?lang=nn&asked=1640")
    assert "1640" in client.get(moved.headers["location"]).json()["notice"]
    assert client.get("/api/v1/places/5025?asked=Bergen").json()["notice"] is None
    assert client.get("/api/v1/search?q=1640").json()["meant"]["code"] == "5025"


def test_the_language_of_a_case_stands_unless_another_is_asked_for(client: Client) -> None:
    told = next(told for method, path, told in OPERATIONS if path == "/assess")
    case = {**told["requestBody"]["content"][JSON]["example"], "lang": "nn"}
    assert client.post("/api/v1/assess", json=case).json()["language"] == "nn"
    assert client.post("/api/v1/assess?lang=en", json=case).json()["language"] == "en"


def test_the_zero_alternative_is_named_in_the_language_asked_for(client: Client) -> None:
    places = [{"place": place} for place in CASE["alternatives"]]
    case = {**CASE, "lang": "nn", "alternatives": [*places, {"kind": "zero"}]}
    names = {}
    for lang in ("nn", "en"):
        found = client.post(f"/api/v1/assess?lang={lang}", json=case).json()
        names[lang] = next(each["name"] for each in found["alternatives"] if each["kind"] == "zero")
    assert names["nn"] != names["en"]


@pytest.mark.parametrize(
    ("lang", "told"), [("nb", "fantes finnes ikke her"), ("en", "There is no fantes here")]
)
def test_a_parameter_beside_a_case_is_refused(client: Client, lang: str, told: str) -> None:
    answer = client.post(f"/api/v1/assess?lang={lang}&fantes=1", json=CASE)
    assert answer.status_code == 422
    assert told in answer.text


@pytest.mark.parametrize(
    ("accept", "status"),
    [
        ("", 200),
        ("*/*", 200),
        ("application/json", 200),
        ("Application/*; q=0.2, text/html", 200),
        ("text/csv, */*;q=0.1", 200),
        ("application/json;q=x", 200),
        ("text/csv", 406),
        ("application/problem+json", 406),
        ("application/json;q=0", 406),
        ("*/*, application/json; q=0.0", 406),
        ("nonsense", 406),
    ],
)
def test_what_is_not_json_is_not_to_be_had(client: Client, accept: str, status: int) -> None:
    for path in ("/places/5025", "/towns?limit=1", "/openapi.json"):
        answer = client.get(f"/api/v1{path}", headers={"accept": accept, "accept-language": "nn"})
        assert answer.status_code == status, path
        if status == 406:
            check(answer.json(), {"$ref": "#/components/schemas/Problem"})
            assert answer.headers["content-type"] == "application/problem+json"
            assert "finst ikkje" in answer.json()["title"]
            assert accept in answer.json()["detail"]
            assert "etag" not in answer.headers
    sent = client.post("/api/v1/rank", json={"criteria": []}, headers={"accept": accept})
    assert sent.status_code == (406 if status == 406 else 422)


def test_an_answer_that_was_had_before_is_not_promised_in_another_format(client: Client) -> None:
    tag = client.get("/api/v1/places/5025").headers["etag"]
    answer = client.get("/api/v1/places/5025", headers={"if-none-match": tag, "accept": "text/csv"})
    assert answer.status_code == 406


@given(
    limit=st.one_of(st.integers(), st.text(max_size=8)),
    offset=st.one_of(st.integers(), st.text(max_size=8)),
)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_page_of_a_list_is_a_part_or_a_problem(client: Client, limit: Any, offset: Any) -> None:
    answer = client.get("/api/v1/regions", params={"limit": limit, "offset": offset})
    assert answer.status_code in (200, 400, 422)
    check(
        answer.json(),
        {"$ref": f"#/components/schemas/{'Regions' if answer.status_code == 200 else 'Problem'}"},
    )


CASE = {
    "title": "A",
    "date": "2023-06-01",
    "trigger": "new_unit",
    "unit": {"name": "An office", "jobs": 30},
    "alternatives": ["Hamar", "Elverum", "3427"],
    "weights": "none",
}
DAY, EMPTY, CODE = "inputs:day_of_program", "inputs:not_a_number_or_range", "places:not_a_code"


@pytest.mark.parametrize(
    ("changed", "key"),
    [
        *(({"date": day}, DAY) for day in (46023, 46023.5, 2023, 20230601, "1. juni 2023", "46023", "")),
        ({"decision": {"place": "Hamar", "date": 46023}}, DAY),
        ({"notified": {"Hamar": 46023}}, DAY),
        ({"notified": {"Hamar": ""}}, DAY),
        ({"ledger": [{"kind": "established", "agency": "X", "place": "Hamar", "jobs": 5, "date": 46023,
                      "source": "b"}]}, DAY),
        ({"unit": {"name": "X", "jobs": ""}}, "analyses.location.input:jobs_kind"),
        ({"unit": {"name": "X", "total_jobs": " "}}, EMPTY),
        ({"unit": {"name": "X", "jobs": [{"occupation": "2422", "count": ""}]}}, EMPTY),
        ({"must_have": [{"indicator": "unemployment", "min": "", "max": "3 %"}]}, "inputs:not_a_number"),
        *(({"alternatives": word}, "analyses.location.input:alternatives_kind")
          for word in ("AUTO", " auto", "automatisk")),
        *(({"alternatives": ["Hamar", given]}, CODE)
          for given in (3403.0, -301, 0, 99999, "3403.0", "-301", "+3403", "3 403")),
        ({"sites": [3403.5]}, CODE),
    ],
)  # fmt: skip
def test_no_habit_of_people_is_read_into_what_a_program_sends(
    client: Client, changed: dict[str, Any], key: str
) -> None:
    answer = client.post("/api/v1/assess?lang=en", json={**CASE, **changed})
    assert answer.status_code == 422
    assert [each["key"] for each in answer.json()["errors"]] == [key]


@pytest.mark.parametrize(
    ("path", "kind", "sent", "status"),
    [
        ("assess", "application/xml", "{}", 415), ("assess", "text/csv", "title: x", 415),
        ("assess", "application/json", "<a/>", 415), ("assess", "text/yaml", "{}", 422),
        ("rank", "application/xml", "{}", 415), ("rank", "application/xml", "<a/>", 415),
        ("procurement/check", "application/xml", " {}", 415),
        ("procurement/check", "application/xml", "[]", 415),
        ("procurement/check", "application/xml", "<a/>", 422),
        ("procurement/check", "application/json", "{}", 422),
        ("industry", "application/json", "place,industry,value", 415), ("industry", "text/csv", "{}", 415),
    ],
)  # fmt: skip
def test_a_body_is_of_a_kind_that_is_read_there_and_of_the_kind_it_says(
    client: Client, path: str, kind: str, sent: str, status: int
) -> None:
    answer = client.post(f"/api/v1/{path}", content=sent, headers={"content-type": kind})
    assert answer.status_code == status, answer.text


@pytest.mark.parametrize(
    "text", ["\u200b", " \u2060\ufeff", "\u0007", "\u00ad\u200e", "\u3164", "\U000e0020"]
)
def test_what_nobody_can_see_is_no_text(client: Client, text: str) -> None:
    answer = client.post("/api/v1/assess", json={**CASE, "title": text, "unit": {"name": text}})
    assert [each["key"] for each in answer.json()["errors"]] == ["analyses.location.input:empty_text"] * 2


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("field", ["seed", "draws"])
def test_a_wrong_parameter_is_told_what_can_stand_there(client: Client, lang: str, field: str) -> None:
    answer = client.post(f"/api/v1/rank?{field}=many&lang={lang}", json={"criteria": []})
    [told] = [each["do"] for each in answer.json()["errors"] if each["where"] == field]
    assert told in ("Skriv et helt tall.", "Skriv eit heilt tal.", "Write a whole number.")
