"""Answers are packed, and made once for all: what is holds nothing of whoever it was made for."""

from __future__ import annotations

import gzip
import runpy
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import brotli
import pytest
from litestar import Litestar
from litestar.testing import TestClient
from lxml import html

from journeys.addresses import EXAMPLES
from tyngdepunkt.web import caching, packing, security, static_assets
from unit.web.every_page import begun, uploaded

Client = TestClient[Any]
ROOT = Path(__file__).parents[3]
ADDRESSES = [each for found in EXAMPLES.values() for each in found if "{case}" not in each]
FILES = ["/place/5025.json", "/places.csv", "/api/v1/places?limit=400", "/api/v1/openapi.json"]


@pytest.fixture(autouse=True)
def own_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TYNGDEPUNKT_DATABASE", f"sqlite:///{tmp_path / 'd.sqlite'}")
    monkeypatch.setenv("TYNGDEPUNKT_HOSTS", "testserver.local,one.example,other.example")
    caching._KEPT.clear()
    yield
    caching._KEPT.clear()


def raw(client: Client, address: str, encoding: str = "", **headers: str) -> tuple[Any, bytes]:
    """The answer and its bytes as they were sent."""
    with client.stream("GET", address, headers={"accept-encoding": encoding, **headers}) as answer:
        return answer, b"".join(answer.iter_raw())


@pytest.mark.parametrize("address", [*ADDRESSES, *FILES])
def test_what_is_packed_says_the_same_and_holds_nobody(client: Client, address: str) -> None:
    plain = raw(client, address)[1]
    for encoding, unpack in (("br", brotli.decompress), ("gzip", gzip.decompress)):
        answer, body = raw(client, address, f"deflate, {encoding}")
        if "content-encoding" not in answer.headers:
            continue
        assert answer.headers["content-encoding"] == encoding
        assert int(answer.headers["content-length"]) == len(body)
        assert "Accept-Encoding" in answer.headers["vary"]
        assert unpack(body) == plain
        assert len(body) < len(plain) / 2 or len(plain) < 4000
        holds_nobody(answer, plain)


def holds_nobody(answer: Any, body: bytes) -> None:
    assert security.COOKIE not in "".join(answer.headers.get_list("set-cookie"))
    for secret in (security.FIELD, security.KEY, "testserver.local", "one.example", "other.example"):
        assert secret.encode() not in body, secret


def test_most_pages_are_packed_and_those_of_cases_are_not(client: Client) -> None:
    of_one = [each for each in ADDRESSES if b'name="csrf_token"' in raw(client, each)[1]]
    took = [each for each in ADDRESSES if "content-encoding" in raw(client, each, "br")[0].headers]
    assert not set(of_one) & set(took)
    assert len(took) > (len(ADDRESSES) - len(of_one)) * 0.7
    case = uploaded(client)
    for route in EXAMPLES:
        for address in EXAMPLES[route] if route.startswith("/case") else ():
            answer, body = raw(client, address.replace("{case}", case), "br, gzip")
            assert "content-encoding" not in answer.headers
            assert answer.headers["cache-control"] == "no-store"
            assert body.startswith(b"<!doctype html>") or b"<html" in body[:200]


def test_two_readers_are_told_the_same_and_nothing_of_each_other(web_app: Litestar) -> None:
    for address in ADDRESSES:
        caching._KEPT.clear()
        with TestClient(web_app, base_url="http://one.example") as one:
            one.headers["accept-language"] = "nb"
            begun(one)  # has a session now
            first, body = raw(one, address, cookie=f"session={one.cookies[security.COOKIE]}; secret=eins")
        with TestClient(web_app, base_url="http://other.example") as other:
            second, again = raw(other, address, **{"accept-language": "nb"})
        if b"one.example" in body:  # a page that gives its own address to copy
            assert b"one.example" not in again
            body, again = body.replace(b"one.example", b""), again.replace(b"other.example", b"")
        plain = html.fromstring(body), html.fromstring(again)
        for page in plain:
            for each in page.xpath(f'//input[@name="{security.FIELD}" or @name="{security.KEY}"]'):
                each.getparent().remove(each)
        of_one = address.startswith("/case") or b'name="csrf_token"' in body  # a form is of one reader
        if not address.startswith("/case"):
            assert html.tostring(plain[0]) == html.tostring(plain[1]), address
        assert "set-cookie" not in second.headers or of_one
        assert first.status_code == second.status_code


def test_a_page_is_made_once_and_in_each_language(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    from tyngdepunkt.web.rendering import Page

    made = []
    render = Page.render
    monkeypatch.setattr(
        Page, "render", lambda self, name, **told: made.append(name) or render(self, name, **told)
    )
    for lang in ("nb", "nn", "en"):
        first = client.get("/place/5025", headers={"accept-language": lang})
        again = client.get("/place/5025", headers={"accept-language": lang, "host": "one.example"})
        assert first.content == again.content
        assert f'lang="{lang}"' in first.text
        assert first.headers["etag"] == again.headers["etag"]
        assert first.headers["content-security-policy"] == again.headers["content-security-policy"]
        assert first.headers["content-language" if "content-language" in first.headers else "vary"]
    assert len(made) == 3
    chosen = client.get("/place/5025?lang=nn", headers={"accept-language": "nb"})
    client.cookies.clear()
    kept = client.get("/place/5025?lang=nn", headers={"accept-language": "nb"})
    assert "lang=nn" in kept.headers["set-cookie"], "who chooses a language keeps it, kept page or not"
    assert chosen.content == kept.content


def test_a_token_lives_for_one_answer(client: Client) -> None:
    tokens = [html.fromstring(client.get("/case").content).xpath(f'//input[@name="{security.FIELD}"]/@value')]
    tokens.append(
        html.fromstring(client.get("/case").content).xpath(f'//input[@name="{security.FIELD}"]/@value')
    )
    assert not set(tokens[0]) & set(tokens[1])


def test_what_is_kept_stays_within_its_bytes() -> None:
    kept = caching.Kept(1000)
    for number in range(50):
        kept.put(str(number), ("text/html", b"x" * 100, ()))
    assert kept.get("49")
    assert not kept.get("0")
    kept.put("large", ("text/html", b"x" * 900, ()))
    assert kept.get("large") is None


def test_files_are_packed_once_and_an_old_neighbour_is_left_alone(
    client: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = (static_assets.STATIC / "app.css").read_bytes()
    own = tmp_path / "static"
    own.mkdir()
    (own / "app.css").write_bytes(source)
    assert runpy.run_path(str(ROOT / "scripts" / "pack_static.py"))["pack"](own) == 1
    monkeypatch.setattr(static_assets, "STATIC", own)
    assert packing.has_packed("app.css", "br")
    assert packing.has_packed("app.css", "gzip")
    assert brotli.decompress((own / "app.css.br").read_bytes()) == source
    (own / "app.css").write_bytes(source + b"/* newer */")
    assert not packing.has_packed("app.css", "br")
    for name in ("../app.css", "nothing.css", "\0", "a" * 5000):
        assert not packing.has_packed(name, "br")


def test_a_packed_file_comes_with_the_kind_of_what_it_is(client: Client) -> None:
    runpy.run_path(str(ROOT / "scripts" / "pack_static.py"))["pack"]()
    for name, kind in (("app.css", "text/css"), ("app.js", "text/javascript")):
        for encoding, unpack in (("br", brotli.decompress), ("gzip", gzip.decompress)):
            answer, body = raw(client, f"/static/{name}?v=1", encoding)
            assert answer.headers["content-encoding"] == encoding
            assert answer.headers["content-type"].startswith(kind)
            assert "immutable" in answer.headers["cache-control"]
            assert unpack(body) == (static_assets.STATIC / name).read_bytes()
