"""A server on this machine that says what a test tells it to, and a clock that moves when it is slept on."""

import gzip
import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tyngdepunkt.sources.pace import Clock


@dataclass
class Asked:
    """One request as the server saw it."""

    method: str
    path: str
    query: dict[str, list[str]]
    headers: dict[str, str]
    body: Any


@dataclass
class Answer:
    """What the server sends; `cut` bytes of the body are promised and not sent."""

    body: bytes = b"{}"
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    cut: int = 0


def as_json(body: Any, status: int = 200, **headers: str) -> Answer:
    return Answer(json.dumps(body).encode(), status, {"Content-Type": "application/json", **headers})


def problem(status: int, title: str, detail: str = "") -> Answer:
    return as_json({"type": "Parameter error", "title": title, "status": status, "detail": detail}, status)


def packed(body: bytes) -> Answer:
    return Answer(gzip.compress(body), headers={"Content-Encoding": "gzip"})


class Server(ThreadingHTTPServer):
    """Asks `answer` what to say, and keeps what it was asked."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.asked: list[Asked] = []
        self.answer: Callable[[Asked], Answer] = lambda asked: Answer()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/api/v2"

    def say(self, *answers: Answer) -> None:
        """These answers in turn, the last one for ever after."""
        left = list(answers)
        self.answer = lambda asked: left.pop(0) if len(left) > 1 else left[0]

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hangs up is part of the tests."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = -1  # head and body in one piece: the other end waits 40 ms for each otherwise
    server: Server

    def do_GET(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        url = urlsplit(self.path)
        headers = {name.lower(): value for name, value in self.headers.items()}
        asked = Asked(
            self.command, url.path, parse_qs(url.query), headers, json.loads(body) if body else None
        )
        self.server.asked.append(asked)
        answer = self.server.answer(asked)
        self.send_response_only(answer.status)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()
        with suppress(OSError):
            self.wfile.write(answer.body[: len(answer.body) - answer.cut])
        self.close_connection = bool(answer.cut)

    do_POST = do_GET  # noqa: N815

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        """Nothing on the screen."""


class Time:
    """Seconds that pass only when somebody sleeps, and a calendar that may jump."""

    def __init__(self) -> None:
        self.passed = 0.0
        self.slept: list[float] = []
        self.today = datetime(2026, 11, 29, 8, tzinfo=UTC)

    def sleep(self, seconds: float) -> None:
        assert seconds >= 0
        self.slept.append(seconds)
        self.passed += seconds

    @property
    def clock(self) -> Clock:
        return Clock(lambda: self.passed, self.sleep, lambda: self.today)
