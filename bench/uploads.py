"""A place page while 45 hostile files are sent at once: p95 below 100 ms, else the exit code is 1.

    python bench/uploads.py [--uploads 45] [--seconds 30]

A server process is opened as a person opens it. The page is first read alone; then every sender sends a
file of at most 5 kB that is dear to read, and those who are told to come back do so until all are answered
or the time is up. The files: rows without end, cells without end, a sheet of wrong names, a case of one
long list, and 2,000 names nobody knows.
"""

from __future__ import annotations

import argparse
import http.client
import io
import os
import re
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import zipfile
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

PAGE = "/place/3403"
AIM = 100.0
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
HEAD = "kind;agency;place;jobs;date;source\n"
_TOKEN = re.compile(rb'name="csrf_token" value="([^"]+)"')
_BORDER = "----border"


def workbook(rows: str) -> bytes:
    """A workbook of one sheet."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        sheets = '<sheets><sheet name="A" sheetId="1" r:id="r1"/></sheets>'
        archive.writestr("xl/workbook.xml", f'<workbook xmlns="{MAIN}" xmlns:r="r">{sheets}</workbook>')
        related = '<Relationships><Relationship Id="r1" Target="worksheets/sheet1.xml"/></Relationships>'
        archive.writestr("xl/_rels/workbook.xml.rels", related)
        body = f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'
        archive.writestr("xl/worksheets/sheet1.xml", body)
    return stream.getvalue()


def hostile() -> dict[str, bytes]:
    """File name → content, each of some kilobytes at most."""
    names = "".join(f"closed;A;{chr(97 + i % 26)}x{i};1;2020;b\n" for i in range(190))
    last = '<row r="1"><c r="A1" t="str"><v>kind</v></c></row><row r="1048576"><c><v>1</v></c></row>'
    return {
        "rows.xlsx": workbook("<row/>" * 600_000),
        "elements.xlsx": workbook("<x/>" * 900_000),
        "cells.xlsx": workbook("<row><c/></row>" * 49_000),
        "last.xlsx": workbook(last),
        "names.csv": (HEAD + names)[:4_600].encode(),
        "case.yaml": b"a: [" + b"[]," * 1_500 + b"]",
    }


class Browser:
    """One who reads and sends."""

    def __init__(self, server: str) -> None:
        self._host = urlsplit(server).netloc
        self._cookie = ""

    def ask(
        self, method: str, path: str, body: bytes = b"", kind: str = ""
    ) -> tuple[int, Mapping[str, str], bytes]:
        """Status, headers and content."""
        link = http.client.HTTPConnection(self._host, timeout=120)
        headers = {"cookie": self._cookie} | ({"content-type": kind} if kind else {})
        link.request(method, path, body or None, headers)
        answer = link.getresponse()
        content = answer.read()
        cookie = answer.getheader("set-cookie")
        if cookie:
            self._cookie = cookie.partition(";")[0]
        link.close()
        return answer.status, {key.lower(): value for key, value in answer.getheaders()}, content

    def token(self) -> str:
        """For a form of our own."""
        found = _TOKEN.search(self.ask("GET", "/case")[2])
        assert found
        return found[1].decode()

    def send(self, path: str, token: str, name: str, content: bytes) -> tuple[int, float]:
        """Status, and the seconds one is told to wait."""
        parts = f'--{_BORDER}\r\nContent-Disposition: form-data; name="csrf_token"\r\n\r\n{token}\r\n'
        parts += f'--{_BORDER}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
        body = parts.encode() + content + f"\r\n--{_BORDER}--\r\n".encode()
        status, headers, _ = self.ask("POST", path, body, f"multipart/form-data; boundary={_BORDER}")
        return status, float(headers.get("retry-after", 0))


def times(browser: Browser, until: threading.Event) -> list[float]:
    """Milliseconds of each answer, one after the other, until it is said to be enough."""
    found = []
    while not until.is_set():
        began = time.perf_counter()
        status, _, _ = browser.ask("GET", PAGE)
        found.append((time.perf_counter() - began) * 1000)
        assert status == 200, status
        time.sleep(0.02)
    return found


def p95(found: list[float]) -> float:
    """What 95 in 100 answers stay below."""
    return statistics.quantiles(found, n=20)[-1]


def main() -> int:
    """Measure, and say."""
    options = argparse.ArgumentParser()
    options.add_argument("--uploads", type=int, default=45)
    options.add_argument("--seconds", type=float, default=30)
    asked = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "TYNGDEPUNKT_DATA": folder}
        command = [str(Path(sys.executable).parent / "tyngdepunkt"), "serve", "--port", "0"]
        server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)  # noqa: S603
        try:
            return measured(server, asked.uploads, asked.seconds)
        finally:
            server.terminate()
            server.wait(20)


def measured(server: subprocess.Popen[str], uploads: int, seconds: float) -> int:
    """The figures of one run."""
    assert server.stdout
    found = re.search(r"http://\S+", server.stdout.readline())
    assert found
    browser = Browser(found[0])
    token = browser.token()
    place = browser.ask("POST", "/case", f"csrf_token={token}".encode(), "application/x-www-form-urlencoded")
    case = urlsplit(place[1]["location"]).path.rpartition("/")[0]
    files = list(hostile().items())
    print("sizes:", {name: len(content) for name, content in files})
    alone = stopped(lambda: times(browser, ended), 5)
    print(
        f"alone:    {len(alone)} answers, median {statistics.median(alone):.0f} ms, p95 {p95(alone):.0f} ms"
    )
    outcomes: Counter[str] = Counter()
    until = time.monotonic() + seconds

    def sender(number: int) -> None:
        name, content = files[number % len(files)]
        path = "/case/upload" if name.endswith(".yaml") else f"{case}/ledger-file"
        while time.monotonic() < until:
            began = time.monotonic()
            status, wait = browser.send(path, token, name, content)
            outcomes[str(status)] += 1
            longest[name] = max(longest.get(name, 0), time.monotonic() - began)
            if status != 503:
                return
            time.sleep(min(wait, 2))
        outcomes["gave up"] += 1

    longest: dict[str, float] = {}
    senders = [threading.Thread(target=sender, args=(number,)) for number in range(uploads)]

    def all_sent() -> list[float]:
        for each in senders:
            each.start()
        threading.Thread(target=lambda: ([each.join() for each in senders], ended.set())).start()
        return times(browser, ended)

    began = time.monotonic()
    ended.clear()
    busy = all_sent()
    print(f"{uploads} sent: answered {dict(outcomes)} in {time.monotonic() - began:.1f} s")
    print("longest:", {name: round(each, 1) for name, each in longest.items()})
    print(f"meanwhile: {len(busy)} answers, median {statistics.median(busy):.0f} ms, p95 {p95(busy):.0f} ms, "
          f"longest {max(busy):.0f} ms")  # fmt: skip
    return int(p95(busy) > AIM)


ended = threading.Event()


def stopped(run, after: float):  # type: ignore[no-untyped-def]
    """What `run` finds until it is stopped."""
    ended.clear()
    threading.Timer(after, ended.set).start()
    return run()


if __name__ == "__main__":
    sys.exit(main())
