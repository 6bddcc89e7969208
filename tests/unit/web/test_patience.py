"""Who is slow is let go, and who names a host that is none is answered: a real server over raw sockets."""

from __future__ import annotations

import logging
import socket
import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest
import uvicorn
from litestar import Litestar
from litestar.testing import TestClient

from tyngdepunkt.web import patience
from tyngdepunkt.web.serve import listen

HEAD = b"POST /api/v1/assess HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n"


@pytest.fixture(scope="module")
def port(web_app: Litestar) -> Iterator[int]:
    listening = listen(0)
    config = uvicorn.Config(web_app, http=patience.Punctual, log_level="critical", server_header=False)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    yield listening.getsockname()[1]
    server.should_exit = True
    thread.join(10)
    listening.close()


@pytest.fixture
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patience, "HEAD_SECONDS", 0.5)
    monkeypatch.setattr(patience, "BODY_SECONDS", 1.0)
    monkeypatch.setattr(patience, "QUIET_SECONDS", 0.6)


def trickle(found: socket.socket, sign: bytes, pause: float = 0.1) -> tuple[bytes, float]:
    """Send a byte now and then until the other side closes; what it said, and the seconds it took."""
    started, said = time.monotonic(), b""
    found.settimeout(pause)
    while time.monotonic() - started < 8:
        try:
            if sign:
                found.sendall(sign)
            part = found.recv(65536)
            if not part:
                return said, time.monotonic() - started
            said += part
        except TimeoutError:
            continue
        except OSError:
            return said, time.monotonic() - started
    raise AssertionError(f"still open: {said[:200]!r}")


@pytest.mark.parametrize(("start", "sign"), [(b"", b""), (b"GET / HTTP/1.1\r\nx: ", b"a")])
def test_a_head_that_does_not_end_is_not_waited_for(
    hurried: None, port: int, start: bytes, sign: bytes
) -> None:
    with socket.create_connection(("127.0.0.1", port)) as found:
        found.sendall(start)
        said, seconds = trickle(found, sign)
    assert said == b""
    assert 0.4 < seconds < 4


def test_the_second_head_on_a_connection_is_not_waited_for_either(hurried: None, port: int) -> None:
    with socket.create_connection(("127.0.0.1", port)) as found:
        found.sendall(b"GET /static/mark.svg HTTP/1.1\r\nhost: localhost\r\n\r\n")
        assert found.recv(65536).startswith(b"HTTP/1.1 200")
        found.sendall(b"GET / HTTP/1.1\r\nx: ")
        _, seconds = trickle(found, b"a")
    assert seconds < 4


@pytest.mark.parametrize("sign", [b"", b" "])
def test_a_body_that_does_not_end_is_told_so(hurried: None, port: int, sign: bytes) -> None:
    with socket.create_connection(("127.0.0.1", port)) as found:
        found.sendall(HEAD + b"content-length: 1000\r\n\r\n")
        said, seconds = trickle(found, sign)
    assert said.startswith(b"HTTP/1.1 408")
    assert b"connection: close" in said.lower()
    assert "kom ikke fram i tide" in said.decode()
    assert seconds < 5


def test_fifty_slow_ones_hold_nobody_up(hurried: None, port: int) -> None:
    slow = [socket.create_connection(("127.0.0.1", port)) for _ in range(50)]
    for each in slow:
        each.sendall(HEAD + b"content-length: 9\r\n\r\n{")
    with socket.create_connection(("127.0.0.1", port), timeout=5) as found:
        found.sendall(b"GET /about/sources HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n")
        assert found.recv(65536).startswith(b"HTTP/1.1 200")
    for each in slow:
        assert trickle(each, b"")[0].startswith(b"HTTP/1.1 408")
        each.close()


def test_somebody_who_is_only_a_little_slow_is_answered(port: int) -> None:
    with socket.create_connection(("127.0.0.1", port), timeout=20) as found:
        for part in (HEAD[:30], HEAD[30:], b"content-length: 2\r\n\r\n", b"{", b"}"):
            found.sendall(part)
            time.sleep(0.2)
        assert found.recv(65536).startswith(b"HTTP/1.1 422")


HOSTS = [
    "localhost:99999", "::1", "[::1", "::1]", "[]", "[::1]:x", "localhost:", "localhost:-1", "localhost:٣",
    "localhost:80:80", "http://localhost", "local host", "user@localhost", "localhost/", "%6cocalhost",
    "[::1%25eth0]",     "127.0.0.1:65536", "*", "\xff\xfe", ".", "a" * 5000,
]  # fmt: skip


@pytest.mark.parametrize("host", HOSTS)
@pytest.mark.parametrize("every", ["", "*"])
def test_a_host_that_is_none_is_answered_and_stays_out_of_the_log(
    port: int, host: str, every: str, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TYNGDEPUNKT_HOSTS", every)
    with caplog.at_level(logging.DEBUG), socket.create_connection(("127.0.0.1", port), timeout=20) as found:
        sent = host.encode("utf-8" if "٣" in host else "latin-1")
        found.sendall(b"GET /place/5025 HTTP/1.1\r\nhost: " + sent + b"\r\nconnection: close\r\n\r\n")
        said = found.recv(65536)
    fine = (b"HTTP/1.1 200",) if host == "localhost:" else (b"HTTP/1.1 421", b"HTTP/1.1 400")
    assert said.startswith(fine)
    assert not [record for record in caplog.records if record.levelno >= logging.ERROR]


@pytest.mark.parametrize("host", [None, "", *HOSTS])
def test_no_host_makes_a_page_fail(web_app: Litestar, host: Any) -> None:
    headers = {"host": host.encode("utf-8" if "٣" in host else "latin-1")} if host is not None else {}
    with TestClient(web_app, raise_server_exceptions=True) as client:
        for address in ("/", "/place/5025", "/api/v1/places", "/case", "/nothing"):
            answer = client.get(address, headers=headers)
            assert answer.status_code in (200, 404, 421)
