"""The web and the command line as other programs run them: processes that can be killed at any moment."""

from __future__ import annotations

import http.client
import os
import re
import select
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from urllib.parse import urlencode, urlsplit

COMMAND = Path(sys.executable).parent / "tyngdepunkt"
DATABASE = "tyngdepunkt.sqlite"
_COOKIE = re.compile(r"session=([0-9a-f]+)")
_TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
START = 60  # seconds a server may take on a busy machine


def command(data: Path, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """One command on a data folder, to its end."""
    return subprocess.run(
        [COMMAND, *arguments], capture_output=True, text=True, env=_with(data), timeout=120, check=False
    )


def started(data: Path, *arguments: str | Path) -> subprocess.Popen[str]:
    """One command on a data folder, still running."""
    return subprocess.Popen(
        [COMMAND, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=_with(data)
    )


def _with(data: Path) -> dict[str, str]:
    return {**os.environ, "TYNGDEPUNKT_DATA": str(data)}


class Web:
    """`tyngdepunkt serve` on a data folder, and a browser that posts to it."""

    def __init__(self, data: Path) -> None:
        self._process = started(data, "serve", "--port", "0")
        self._port = self._told()
        self._cookie = self._token = ""

    def __enter__(self) -> Web:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self.kill()

    @property
    def pid(self) -> int:
        return self._process.pid

    def kill(self) -> None:
        """As a power cut does it: no chance to put anything in order."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        """As ctrl-c does it."""
        self._end(signal.SIGINT)

    def new_case(self, place: str) -> str:
        """The id of a case that was answered as saved.

        Raises:
            OSError, http.client.HTTPException: no answer; nobody can say whether it is saved.
        """
        return self._made("/case", urlencode({"place": place, "csrf_token": self._asked()}).encode())

    def save_title(self, case: str, version: int, title: str) -> None:
        """Write the first page of a case, as a person does who has `version` open; answered as saved."""
        told = {"title": title, "unit.name": "X", "date": "2026-01-01", "trigger": "new_agency"}
        sent = {**told, "version": version, "csrf_token": self._asked()}
        self._made(f"/case/{case}/unit", urlencode(sent).encode())

    def upload(self, file: Path) -> str:
        """The id of a case made of a file."""
        edge = "----edge"
        parts = [
            f'--{edge}\r\nContent-Disposition: form-data; name="csrf_token"\r\n\r\n{self._asked()}\r\n',
            f'--{edge}\r\nContent-Disposition: form-data; name="file"; filename="{file.name}"\r\n\r\n',
            file.read_text(encoding="utf-8"),
            f"\r\n--{edge}--\r\n",
        ]
        return self._made("/case/upload", "".join(parts).encode(), f"multipart/form-data; boundary={edge}")

    def get(self, path: str) -> int:
        """The status of a page."""
        return self._ask("GET", path)[0]

    def _made(self, path: str, body: bytes, kind: str = "application/x-www-form-urlencoded") -> str:
        status, headers, _ = self._ask("POST", path, body, {"content-type": kind})
        if status != 303:
            raise AssertionError(f"{path} answered {status}")
        return urlsplit(headers["location"]).path.split("/")[2]

    def _asked(self) -> str:
        """A token of a form; asked for once for each server."""
        if not self._token:
            _, headers, text = self._ask("GET", "/case")
            cookie, token = _COOKIE.search(headers.get("set-cookie", "")), _TOKEN.search(text)
            assert cookie
            assert token
            self._cookie, self._token = cookie[1], token[1]
        return self._token

    def _ask(
        self, method: str, path: str, body: bytes | None = None, headers: Mapping[str, str] | None = None
    ) -> tuple[int, dict[str, str], str]:
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=60)
        try:
            sent = {"cookie": f"session={self._cookie}", **(headers or {})}
            connection.request(method, path, body, sent)
            answer = connection.getresponse()
            told = {name.lower(): value for name, value in answer.getheaders()}
            return answer.status, told, answer.read().decode("utf-8", "replace")
        finally:
            connection.close()

    def _told(self) -> int:
        """The port, once it is open."""
        assert self._process.stdout
        ends = time.monotonic() + START
        while select.select([self._process.stdout], [], [], max(0.0, ends - time.monotonic()))[0]:
            line = self._process.stdout.readline()
            found = re.search(r":(\d+)/", line)
            if found:
                return int(found[1])
            if not line:
                break
        self.kill()
        raise AssertionError(f"the web did not open: {self._process.communicate()[1][-2000:]}")

    def _end(self, how: signal.Signals) -> None:
        if self._process.poll() is None:
            self._process.send_signal(how)
        self._process.communicate(timeout=30)


def stored_cases(data: Path) -> list[str]:
    """The id of every case in the file, once for each time it is there; the file is sound."""
    return [row[0] for row in rows(data, "SELECT id FROM case_draft")]


def rows(data: Path, sql: str) -> list[tuple[object, ...]]:
    """What a query finds in the data folder's database."""
    connection = sqlite3.connect(data / DATABASE, timeout=30)
    try:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        return connection.execute(sql).fetchall()
    finally:
        connection.close()
