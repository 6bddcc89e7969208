"""What people and programs can send amiss: a page or a problem document that says what to do, never a 500."""

from __future__ import annotations

import http.client
import json
import logging
import re
import socket
import threading
import time
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest
import uvicorn
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from litestar import Litestar, get
from litestar.params import FromPath
from litestar.testing import TestClient
from lxml import html

from tyngdepunkt.places import Places
from tyngdepunkt.settings import LANGUAGES
from tyngdepunkt.web import app as web
from tyngdepunkt.web import parts, security
from tyngdepunkt.web.allowed_hosts import is_ours
from tyngdepunkt.web.app import create_app
from tyngdepunkt.web.serve import listen

Client = TestClient[Any]
HTML, JSON = (
    {"accept": "text/html,*/*;q=0.8"},
    {"accept": "application/json"},
)  # as browsers ask, and programs
SCRIPT = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"
FUZZ = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(autouse=True)
def own_data(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TYNGDEPUNKT_DATA", str(tmp_path))


def told(answer: Any, status: int, lang: str = "nb") -> str:
    """What is said of a fault: it is a whole page or a whole problem, and says what, why and what to do."""
    assert answer.status_code == status, answer.text[:300]
    assert answer.headers["content-security-policy"]
    assert answer.headers["x-content-type-options"] == "nosniff"
    if answer.headers["content-type"].startswith("application/problem+json"):
        problem = answer.json()
        assert problem["status"] == status
        for fault in problem["errors"]:
            assert fault["what"]
            assert fault["why"]
            assert fault["do"]
        return str(answer.text)
    page = html.fromstring(answer.content)
    assert page.get("lang") == lang
    assert len(page.xpath("//h1")) == 1
    assert not page.xpath("//script[not(@src)] | //img[@src='x'] | //*[@onerror]")
    return str(page.text_content())


def a_case(client: Client) -> str:
    """A new case; its id."""
    page = html.fromstring(client.get("/case").content)
    form = page.xpath('//form[@method="post"]')[0]
    token = form.xpath(f'.//input[@name="{security.FIELD}"]/@value')[0]
    answer = client.post(form.get("action") or "/case", data={security.FIELD: token}, follow_redirects=False)
    assert answer.status_code == 303, answer.text[:500]
    return str(answer.headers["location"].split("/")[2])


def form_of(client: Client, address: str) -> dict[str, str]:
    """The hidden fields of the form on a page."""
    page = html.fromstring(client.get(address).content)
    hidden = page.xpath('//main//form[@method="post"]//input[@type="hidden"]')
    return {each.get("name"): each.get("value") or "" for each in hidden}


# --- addresses ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/place/Atlantis", 404),
        ("/region/999", 404),
        ("/town/0000", 404),
        ("/nothing/here", 404),
        ("/case/nobody/unit", 404),
        ("/compare?place=Atlantis&place=5025", 422),
        ("/api/v1/places/Atlantis", 404),
        ("/api/v1/regions/x", 404),
        ("/api/v1/towns/x", 404),
        ("/api/v1/rules/1814-05-17", 404),
        ("/place/Atlantis.json", 404),
        ("/place/1507.json", 409),
        ("/api/v1/places/1507", 409),
        ("/api/v1/search", 400),
        ("/api/v1/compare", 422),
        ("/static/nothing.css", 404),
    ],
)
def test_an_address_that_leads_nowhere_says_what_to_do(
    client: Client, address: str, status: int, lang: str
) -> None:
    for accept in (HTML, JSON):
        told(client.get(address, headers={**accept, "accept-language": lang}), status, lang)


def test_a_number_that_was_divided_lists_its_parts(client: Client) -> None:
    answer = client.get("/place/1507", headers=HTML)
    assert answer.status_code == 409
    for code in ("1508", "1580"):
        assert f"/place/{code}" in answer.text
        assert code in client.get("/api/v1/places/1507").text


@pytest.mark.parametrize(
    "query",
    [
        "limit=-1",
        "limit=0",
        "limit=abc",
        "limit=99999999999999999999999999",
        "limit=1e3",
        "offset=-1",
        "offset=" + "9" * 400,
        "offset=NaN",
        "limit=&offset=",
        "class=9",
        "county=99",
        "county=" + "x" * 5000,
        "centre=perhaps",
    ],
)
def test_a_query_that_cannot_be_read_is_a_problem(client: Client, query: str) -> None:
    answer = client.get(f"/api/v1/places?{query}")
    if answer.status_code != 200:
        told(answer, answer.status_code)
        assert answer.status_code in (400, 404, 422)
    else:
        assert query.startswith("offset=9")
        assert answer.json()["items"] == []


def test_what_is_wrong_with_a_query_is_named_all_at_once(client: Client) -> None:
    keys = [each["key"] for each in client.get("/api/v1/places?limit=0&offset=-1").json()["errors"]]
    assert keys == ["web.read:limit", "web.read:offset"]


def test_a_thousand_parameters_do_no_harm(client: Client) -> None:
    query = "&".join(f"place={number}" for number in range(1000))
    told(client.get(f"/api/v1/compare?{query}"), 422)
    assert client.get("/?" + "&".join(f"x{number}=1" for number in range(2000))).status_code == 200


def test_a_method_an_address_does_not_take(client: Client) -> None:
    for accept in (HTML, JSON):
        told(client.put("/", headers=accept), 405)
    answer = client.delete("/api/v1/places")
    told(answer, 405)
    assert "GET" in answer.headers["allow"]


@pytest.mark.parametrize(
    "address",
    [
        "/static/../app.py",
        "/static/%2e%2e/app.py",
        "/static/..%2fapp.py",
        "/static/....//app.py",
        "/static/%00",
        "/static//etc/passwd",
        "/static/vendor/%2e%2e/%2e%2e/app.py",
    ],
)
def test_files_beside_the_static_ones_are_not_reached(client: Client, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code in (400, 404)
    assert "create_app" not in answer.text


@pytest.mark.parametrize("accept", ["text/csv", "image/png;q=1", "*/*;q=0", "nonsense", ""])
def test_an_answer_nobody_asked_for_is_given_as_it_is(client: Client, accept: str) -> None:
    assert client.get("/place/5025", headers={"accept": accept}).status_code == 200
    told(client.get("/nothing", headers={"accept": accept}), 404)


# --- names and headers -------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["/place/{}", "/town/{}", "/region/{}", "/case/{}/unit", "/nothing/{}"])
def test_a_script_in_an_address_stays_text(client: Client, path: str) -> None:
    told(client.get(path.format(quote(SCRIPT, safe="")), headers=HTML), 404)
    assert "<script>alert" not in client.get(path.format(quote(SCRIPT, safe="")), headers=HTML).text


def test_a_script_in_a_query_stays_text(client: Client) -> None:
    for address in ("/search?q=", "/compare?place=5025&place=", "/places?county=", "/?lang=", "/?x="):
        text = client.get(f"{address}{quote(SCRIPT)}", headers=HTML).text
        assert "<script>alert" not in text
        assert "<img src=x" not in text
    answer = client.get(f"/api/v1/search?q={quote(SCRIPT)}")
    assert answer.headers["content-type"].startswith("application/json")


def test_a_script_in_the_name_of_a_case_stays_text_everywhere(client: Client) -> None:
    draft = a_case(client)
    hidden = form_of(client, f"/case/{draft}/unit")
    answer = client.post(
        f"/case/{draft}/unit", data={**hidden, "title": SCRIPT, "unit_name": SCRIPT, "name": SCRIPT}
    )
    assert answer.status_code in (200, 422)
    for address in ("/case", f"/case/{draft}/unit", f"/case/{draft}/check", f"/case/{draft}/documents"):
        text = client.get(address, headers=HTML).text
        assert "<script>alert" not in text
        assert "<img src=x" not in text
    file = client.get(f"/case/{draft}/document/yaml")
    assert re.fullmatch(r'attachment; filename="[\w.-]+"', file.headers["content-disposition"])


@pytest.mark.parametrize("lang", ["nn\r\nset-cookie: a=b", "../../etc", "nn%00", "NB", "", "x" * 9000])
def test_a_language_is_one_of_three_or_left_alone(client: Client, lang: str) -> None:
    answer = client.get("/", params={"lang": lang})
    assert answer.status_code == 200
    assert "set-cookie" not in answer.headers
    assert '<html lang="nb"' in answer.text


@pytest.mark.parametrize(
    "cookie", ["lang=<script>", "session=../../x", "session=" + "0" * 3000, ";;;=", "a" * 3000]
)
def test_garbage_in_cookies_is_left_alone(client: Client, cookie: str) -> None:
    assert client.get("/", headers={"cookie": cookie}).status_code == 200
    assert client.get("/case", headers={"cookie": cookie}).status_code == 200


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:8000", "localhost.evil.example", "", "a@localhost"]
)
@pytest.mark.parametrize("address", ["/", "/api/v1/snapshot", "/static/app.css", "/nothing", "/case"])
def test_a_name_that_is_not_ours_is_refused(client: Client, host: str, address: str) -> None:
    for accept in (HTML, JSON):
        told(client.get(address, headers={"host": host, **accept}), 421)


@pytest.mark.parametrize(
    "host", ["127.0.0.1:8000", "localhost", "[::1]:8000", "LOCALHOST:1", "192.168.1.9:8000"]
)
def test_names_that_nobody_else_can_have_lead_here_are_ours(host: str) -> None:
    assert is_ours(host)


def test_other_names_are_ours_where_they_are_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TYNGDEPUNKT_HOSTS", "sted.example, b.example")
    assert is_ours("Sted.Example:443")
    assert not is_ours("c.example")
    monkeypatch.setenv("TYNGDEPUNKT_HOSTS", "*")
    assert is_ours("c.example")


# --- forms -------------------------------------------------------------------------------------------


def test_an_unknown_step_and_an_unknown_case(client: Client) -> None:
    draft = a_case(client)
    hidden = form_of(client, f"/case/{draft}/unit")
    told(client.get(f"/case/{draft}/nothing", headers=HTML), 404)
    told(client.post(f"/case/{draft}/nothing", data=hidden, headers=HTML), 404)
    told(client.post("/case/0000/unit", data=hidden, headers=HTML), 404)


def test_foreign_fields_and_a_version_that_is_no_number_do_no_harm(client: Client) -> None:
    draft = a_case(client)
    hidden = form_of(client, f"/case/{draft}/unit")
    for version in ("x", "-1", "9" * 50, "", "1.5", "\x00"):
        data = {**hidden, "version": version, "nobody": "knows", "id": "other", "__class__": "x"}
        answer = client.post(f"/case/{draft}/unit", data=data, headers=HTML)
        assert answer.status_code in (200, 303, 409, 422), answer.text[:300]
    assert "nobody" not in client.get(f"/case/{draft}/document/yaml").text


@pytest.mark.parametrize("text", ["x" * 300_000, "a\x00b", "\ud7ff\uffff", "å" * 50_000, "\u202e" * 10])
def test_text_that_is_too_long_or_strange(client: Client, text: str) -> None:
    draft = a_case(client)
    hidden = form_of(client, f"/case/{draft}/unit")
    names = html.fromstring(client.get(f"/case/{draft}/unit").content).xpath(
        "//main//form//*[self::textarea or (self::input and @type='text')]/@name"
    )
    answer = client.post(f"/case/{draft}/unit", data={**hidden, **dict.fromkeys(names, text)}, headers=HTML)
    assert answer.status_code in (200, 303, 422), answer.text[:300]
    assert client.get(f"/case/{draft}/check").status_code == 200


@pytest.mark.parametrize(
    "kind", ["application/x-www-form-urlencoded", "multipart/form-data; boundary=b", "x"]
)
@pytest.mark.parametrize("body", [b"\xff\xfe\x00", b"--b\r\nrubbish", b"a=%ff%00&b", b""])
def test_a_body_that_cannot_be_read(client: Client, kind: str, body: bytes) -> None:
    answer = client.post("/case", content=body, headers={"content-type": kind, **HTML})
    assert answer.status_code in (400, 403, 405), answer.text[:300]
    told(answer, answer.status_code)


def test_a_lost_session_keeps_what_is_saved(client: Client) -> None:
    draft = a_case(client)
    hidden = form_of(client, f"/case/{draft}/unit")
    client.cookies.clear()
    answer = client.post(f"/case/{draft}/unit", data=hidden, headers=HTML)
    assert answer.status_code in (303, 403)
    assert client.get(f"/case/{draft}/unit").status_code == 200


# --- bodies ------------------------------------------------------------------------------------------

BOMB = "a: &a [x,x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{name}: &{name} [{','.join([f'*{before}'] * 10)}]\n"
    for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)
BROKEN = {
    "bomb": BOMB,
    "broken": "title: [1, 2\nx: }",
    "empty": "",
    "list": "[1, 2]",
    "null": "null",
    "tag": "!!python/object/apply:os.system ['true']",
    "deep": "[" * 5000,
    "deep-map": "{a: " * 5000,
    "nul": "title: a\x00b",
    "own-file": "title: x\nledger: /etc/passwd\n",
    "number": "title: 1e999\nunit: 1e999",
    "surrogate": '{"title": "\\ud800"}',
}


@pytest.mark.parametrize("address", ["/api/v1/assess", "/api/v1/rank"])
@pytest.mark.parametrize("name", BROKEN)
def test_what_cannot_be_read_as_a_case_or_a_table(client: Client, address: str, name: str) -> None:
    for kind in ("application/json", "application/yaml"):
        sent = BROKEN[name].encode("utf-8", "surrogatepass")
        answer = client.post(address, content=sent, headers={"content-type": kind})
        told(answer, 422)
        assert "root:" not in answer.text


@pytest.mark.parametrize("address", ["/api/v1/assess", "/api/v1/rank"])
def test_bytes_that_are_no_text(client: Client, address: str) -> None:
    answer = client.post(address, content=b"title: \xff\xfe", headers={"content-type": "application/yaml"})
    assert "inputs:not_utf8" in told(answer, 422)


@pytest.mark.parametrize("size", [1_000_001, 3_000_000])
def test_a_body_that_is_too_large(client: Client, size: int) -> None:
    answer = client.post("/api/v1/assess", content=b"x" * size, headers={"content-type": "application/json"})
    told(answer, 413)


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_file_is_told_on_the_page_it_was_chosen_on(client: Client, name: str) -> None:
    token = form_of(client, "/case")[security.FIELD]
    content = BROKEN[name].encode("utf-8", "surrogatepass")
    files = {"file": (f"{SCRIPT}.yaml", content, "application/yaml")}
    answer = client.post("/case/upload", data={security.FIELD: token}, files=files, headers=HTML)
    assert answer.status_code in (200, 303, 422), answer.text[:300]
    assert "<script>alert" not in answer.text


# --- bugs --------------------------------------------------------------------------------------------


@get("/broken/{name:str}", sync_to_thread=True)
def broken(name: FromPath[str]) -> str:
    raise ValueError(f"somebody wrote {name}")


def test_a_bug_has_a_number_and_the_log_knows_it_but_not_what_was_written(
    web_places: Places, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(web, "collect", lambda: parts.Parts(handlers=(broken,)))
    client: Client = TestClient(create_app(web_places, b"s" * 32), raise_server_exceptions=False)
    with caplog.at_level(logging.DEBUG, "tyngdepunkt"):
        page = told(client.get("/broken/secret-name?q=secret-query&lang=en", headers=HTML), 500, "en")
    log = "\n".join(record.getMessage() for record in caplog.records if record.name.startswith("tyngdepunkt"))
    found = re.search(r"\b[0-9a-f]{8}\b", page)
    assert found
    assert found[0] in log
    assert "ValueError" in log
    assert "test_bad_input.py" in log
    assert "secret" not in log
    assert all(record.exc_info is None for record in caplog.records if "tyngdepunkt" in record.name)
    told(client.get("/broken/x", headers=JSON), 500)


# --- anything ----------------------------------------------------------------------------------------

PATHS = st.sampled_from(
    ["/place/{}", "/place/{}.json", "/place/{}.csv", "/region/{}", "/town/{}", "/case/{}", "/case/{}/result",
     "/static/{}", "/api/v1/places/{}", "/api/v1/regions/{}", "/api/v1/towns/{}", "/api/v1/rules/{}", "/{}",
     "/map?figure={}", "/search?q={}", "/compare?place={}&place=5025", "/api/v1/search?q={}",
     "/places?county={}", "/places.json?class={}", "/?{}", "/case?deleted={}"]
)  # fmt: skip
WORDS = st.one_of(
    st.text(max_size=30),
    st.sampled_from(
        ["5025", "1507", "٣", "²", "½", "-1", "1e9", "%", "..", "\x00", "'", "Os", "Herøy", "𝟝𝟘𝟚𝟝"]
    ),
    st.integers().map(str),
)


@given(path=PATHS, word=WORDS, lang=st.sampled_from(LANGUAGES))
@FUZZ
def test_no_address_is_a_bug(client: Client, path: str, word: str, lang: str) -> None:
    safe = quote(word.encode("utf-8", "replace"), safe="")
    answer = client.get(path.format(safe), headers={"accept-language": lang, **HTML})
    assert answer.status_code < 500, (path, word)


@given(raw=st.binary(max_size=20), path=PATHS)
@example(raw=b"#\x01", path="/case/{}")
@FUZZ
def test_no_bytes_in_an_address_are_a_bug(client: Client, raw: bytes, path: str) -> None:
    assert client.get(path.format(quote(raw, safe=""))).status_code < 500


# --- a real server -----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def port(web_app: Litestar) -> Iterator[int]:
    """A real server, since only that can drop a connection."""
    listening = listen(0)
    server = uvicorn.Server(uvicorn.Config(web_app, log_level="critical", server_header=False))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    yield listening.getsockname()[1]
    server.should_exit = True
    thread.join(10)
    listening.close()


@pytest.mark.parametrize("chunked", [False, True])
def test_fifty_megabytes_get_an_answer_and_no_broken_connection(port: int, chunked: bool) -> None:
    """The sender writes everything before it reads, as browsers do."""
    piece, pieces = b"x" * 1_000_000, 50
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    headers = {"content-type": "application/x-www-form-urlencoded", "accept": "text/html"}
    size = {} if chunked else {"content-length": str(len(piece) * pieces)}
    connection.request(
        "POST",
        "/case/upload",
        body=iter([piece] * pieces),
        headers={**headers, **size},
        encode_chunked=chunked,
    )
    answer = connection.getresponse()
    assert answer.status == 413
    assert "2 MB" in answer.read().decode().replace("\u00a0", " ")
    connection.close()


def test_the_answer_comes_before_the_body_is_read(port: int) -> None:
    with socket.create_connection(("127.0.0.1", port), timeout=20) as found:
        head = "POST /api/v1/assess HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n"
        found.sendall(f"{head}content-length: 50000000\r\n\r\nabc".encode())
        assert found.recv(200).startswith(b"HTTP/1.1 413")


@pytest.mark.parametrize(
    "request_line",
    [
        b"GET /place/%ff%fe HTTP/1.1",
        b"GET /place/\xc3\xa5 HTTP/1.1",
        b"GET /%00 HTTP/1.1",
        b"GET //x/../ HTTP/1.1",
    ],
)
def test_strange_request_lines_get_an_answer(port: int, request_line: bytes) -> None:
    with socket.create_connection(("127.0.0.1", port), timeout=20) as found:
        found.sendall(request_line + b"\r\nhost: localhost\r\nconnection: close\r\n\r\n")
        status = int(found.recv(4000).split(b" ")[1])
    assert 400 <= status < 500


def test_two_host_headers_are_refused(port: int) -> None:
    with socket.create_connection(("127.0.0.1", port), timeout=20) as found:
        found.sendall(b"GET / HTTP/1.1\r\nhost: localhost\r\nhost: evil.example\r\nconnection: close\r\n\r\n")
        assert int(found.recv(4000).split(b" ")[1]) in (400, 421)


def test_a_problem_is_json_with_everything_rfc_9457_asks_for(client: Client) -> None:
    problem = json.loads(client.get("/api/v1/places/Atlantis").text)
    assert {"type", "title", "status", "detail", "instance"} <= set(problem)
    assert problem["type"].startswith("urn:")
