from __future__ import annotations

import re
import socket
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from litestar import Litestar, Response, get, post
from litestar.testing import TestClient
from lxml import html

from tyngdepunkt.errors import UserError
from tyngdepunkt.places import Places
from tyngdepunkt.web import app as web
from tyngdepunkt.web import i18n, parts, security
from tyngdepunkt.web import serve as serving
from tyngdepunkt.web.app import LARGEST_UPLOAD, create_app
from tyngdepunkt.web.rendering import Page
from tyngdepunkt.web.secret import installation_secret

Client = TestClient[Any]
SECRET = b"s" * 32
SESSION = "0" * 32
TEMPLATES = Path(i18n.__file__).parent / "templates"


@get("/form", sync_to_thread=True)
def form(page: Page) -> Response[str]:
    response = Response(page.csrf_token())
    page.keep(response)
    return response


@post("/form", sync_to_thread=True)
def sent() -> str:
    return "taken"


@post("/api/v1/thing", sync_to_thread=True)
def thing() -> str:
    return "taken"


@pytest.fixture
def forms(web_places: Places, monkeypatch: pytest.MonkeyPatch) -> Client:
    monkeypatch.setattr(web, "collect", lambda: parts.Parts(handlers=(form, sent, thing)))
    return TestClient(create_app(web_places, SECRET), raise_server_exceptions=False)


def test_every_answer_carries_the_policy(client: Client) -> None:
    for address in ("/", "/static/app.css", "/nothing", "/nothing.json", "/api/v1/nothing"):
        policy = client.get(address).headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert "http" not in policy


EVERYWHERE = (
    "/",
    "/place/5025",
    "/place/1640",
    "/place/5025.json",
    "/place/5025.csv",
    "/compare",
    "/case",
    "/api/docs",
    "/api/v1/places",
    "/api/v1/openapi.json",
    "/static/app.css?v=1",
    "/static/nothing",
    "/nothing",
    "/nothing.json",
)


@pytest.mark.parametrize("address", EVERYWHERE)
def test_every_answer_carries_every_header(client: Client, address: str) -> None:
    answer = client.get(address, follow_redirects=False)
    for name, value in security._HEADERS.items():
        assert answer.headers[name] == value
    assert "unsafe" not in answer.headers["content-security-policy"]
    assert (answer.headers["cache-control"] == "no-store") == address.startswith("/case")
    if not address.startswith("/static/"):
        assert {"Accept-Language", "Cookie"} <= set(answer.headers["vary"].split(", "))
    assert "strict-transport-security" not in answer.headers
    assert "server" not in answer.headers


def test_behind_https_cookies_and_names_stay_safe(web_app: Litestar) -> None:
    safe: Client = TestClient(web_app, base_url="https://testserver.local")
    answer = safe.get("/?lang=nn")
    assert "Secure" in answer.headers["set-cookie"]
    assert answer.headers["strict-transport-security"]


@pytest.mark.parametrize("address", [each for each in EVERYWHERE if not each.startswith("/static")])
def test_no_page_asks_for_anything_from_afar_or_sets_a_cookie_unasked(client: Client, address: str) -> None:
    answer = client.get(address, headers={"accept": "text/html"})
    assert ("set-cookie" in answer.headers) == (address == "/case")  # the one with a form that is posted
    if not answer.headers["content-type"].startswith("text/html"):
        return
    page = html.fromstring(answer.content)
    fetched = page.xpath("//@src | //@srcset | //link/@href | //form/@action | //@data | //@poster")
    fetched += page.xpath("//*[starts-with(name(), 'use') or name()='image']/@href")
    for each in fetched:
        assert each.startswith(("/", "#", "data:")), each
        assert not each.startswith("//"), each


def test_no_template_needs_what_the_policy_forbids() -> None:
    for file in TEMPLATES.rglob("*.html"):
        text = file.read_text("utf-8")
        text = text.replace('.startswith("https://")', "")  # an address that is linked to, not fetched
        assert not re.search(r"\sstyle=|<style|\son[a-z]+=|javascript:|hx-on|https?://", text), file
        for script in re.findall(r"<script[^>]*>", text):
            assert "src=" in script, file


def test_every_form_that_is_posted_carries_a_token() -> None:
    for file in TEMPLATES.rglob("*.html"):
        for written in re.findall(r"<form.*?</form>", file.read_text("utf-8"), re.DOTALL):
            if re.search(r'method="post"', written):
                assert "csrf_field()" in written, file


def test_no_cookie_before_a_form_is_shown(forms: Client, client: Client) -> None:
    assert "set-cookie" not in client.get("/").headers
    cookie = forms.get("/form").headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie


def test_our_own_form_is_taken(forms: Client) -> None:
    token = forms.get("/form").text
    assert forms.post("/form", data={security.FIELD: token}).text == "taken"
    assert forms.post("/form", headers={security.HEADER: token}).text == "taken"


@pytest.mark.parametrize("given", ["", "x", "0.", "ffffffffffffffff.0", "é.é", "1" * 100_000])
def test_a_forged_token_is_refused(forms: Client, given: str) -> None:
    forms.get("/form")
    answer = forms.post("/form", data={security.FIELD: given}, headers={"accept": "application/json"})
    assert answer.status_code == 403
    assert answer.json()["errors"][0]["key"] == "web:csrf_missing"


def test_a_token_of_another_session_or_without_one_is_refused(forms: Client) -> None:
    token = forms.get("/form").text
    forms.cookies.clear()
    assert forms.post("/form", data={security.FIELD: token}).status_code == 403
    forms.cookies.set(security.COOKIE, "1" * 32)
    assert forms.post("/form", data={security.FIELD: token}).status_code == 403


def test_a_form_from_elsewhere_is_refused(forms: Client) -> None:
    token = forms.get("/form").text
    elsewhere = {"origin": "https://elsewhere.example"}
    assert forms.post("/form", data={security.FIELD: token}, headers=elsewhere).status_code == 403
    assert forms.post("/api/v1/thing", json={}, headers=elsewhere).status_code == 403


def test_the_api_takes_json_but_no_form(forms: Client) -> None:
    assert forms.post("/api/v1/thing", json={}).text == "taken"
    assert forms.post("/api/v1/thing", data={"a": "b"}).status_code == 415
    for kind in ("text/plain", "multipart/form-data; boundary=x", "", "application/jsonx"):
        assert forms.post("/api/v1/thing", content="{}", headers={"content-type": kind}).status_code == 415


def test_an_old_token_says_that_it_is_old() -> None:
    token = security.token(SECRET, SESSION, now=1_000_000)
    security.check_token(SECRET, SESSION, token, now=1_000_000 + security.LASTS)
    with pytest.raises(UserError) as refused:
        security.check_token(SECRET, SESSION, token, now=1_000_001 + security.LASTS)
    assert refused.value.faults[0].key == "web:csrf_expired"


def test_too_much_at_once_is_refused(forms: Client) -> None:
    token = forms.get("/form").text
    content = {security.FIELD: token, "text": "x" * (LARGEST_UPLOAD + 1)}
    answer = forms.post("/form", data=content, headers={"accept": "application/json"})
    assert answer.status_code == 413
    assert "2 MB" in answer.json()["detail"].replace("\u00a0", " ")


def test_the_secret_is_kept_and_nobody_else_may_read_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TYNGDEPUNKT_DATA", str(tmp_path))
    made = installation_secret()
    assert installation_secret() == made
    assert (tmp_path / "web-secret").stat().st_mode & 0o077 == 0
    (tmp_path / "web-secret").write_text("broken")
    assert len(installation_secret()) == 32


def test_two_that_start_at_once_sign_with_one_secret(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("TYNGDEPUNKT_DATA", str(tmp_path / "new"))
    with ThreadPoolExecutor(8) as many:
        made = set(many.map(lambda _: installation_secret(), range(16)))
    assert len(made) == 1
    assert [file.name for file in (tmp_path / "new").iterdir()] == ["web-secret"]
    (tmp_path / "new" / "web-secret").chmod(0o644)
    assert {installation_secret()} == made
    assert (tmp_path / "new" / "web-secret").stat().st_mode & 0o077 == 0


def test_answers_are_sent_at_once() -> None:
    with serving.listen(0) as listening:  # asyncio sets TCP_NODELAY only on sockets that say they are TCP
        assert listening.proto == socket.IPPROTO_TCP


def test_a_taken_port_is_told() -> None:
    with socket.socket() as taken:
        taken.bind((serving.HOST, 0))
        taken.listen()
        with pytest.raises(UserError) as refused:
            serving.listen(taken.getsockname()[1])
    assert refused.value.faults[0].key == "web:port_in_use"


@pytest.mark.parametrize("port", [-1, 65_536, 10**12])
def test_no_such_port(port: int) -> None:
    with pytest.raises(UserError) as refused:
        serving.listen(port)
    assert refused.value.faults[0].key == "web:port_refused"
