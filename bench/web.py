"""Many readers at once on place pages and case steps, against a bare handler in the same run.

    python bench/web.py [--readers 16] [--seconds 60]      (BENCH_SECONDS sets the seconds too)

A server process is opened as a person opens it. Each address is first read by one reader alone; then
all read at once, and every answer must be the same as that one (but for the form token, which is new
each time). The floor is Litestar and uvicorn sending the same bytes from memory. Between them the order
is asked for under new weights, in a case with eight alternatives, by one person as fast as answers come
and by several as fast as the page sends them: p95 below 100 ms, else the exit code is 1.
"""

from __future__ import annotations

import argparse
import http.client
import os
import re
import resource
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import yaml
from lxml import html

ROOT = Path(__file__).parents[1]
EXAMPLE = ROOT / "examples" / "location" / "eksempeldirektoratet.yaml"
PLACES = ("5025", "1804", "0301", "3107", "5501", "4640", "1103", "5601")
STEPS = ("unit", "jobs", "rules", "must-haves", "alternatives", "considerations", "check")
AIM = 100  # ms that new weights may take, for 95 in 100 answers
DRAGGING, PAUSE = 4, 0.08  # people, and seconds that the page waits before it sends
EIGHT = ["Hamar", "Gjøvik", "Sandefjord", "Molde", "Bodø", "Steinkjer", "Arendal", "Alta"]
FLOOR = """
import sys, pickle, uvicorn
from pathlib import Path
from litestar import Litestar, Response, Request, get
from tyngdepunkt.web.serve import listen
kept = pickle.loads(Path(sys.argv[1]).read_bytes())
@get(list(kept))
async def bare(request: Request) -> Response[bytes]:
    return Response(kept[request.url.path], media_type="text/html; charset=utf-8")
held = listen(0)
print(f"http://127.0.0.1:{held.getsockname()[1]}/", flush=True)
uvicorn.Server(uvicorn.Config(Litestar([bare]), log_level="error")).run(sockets=[held])
"""
_TOKEN = re.compile(rb'name="csrf_token" value="[^"]*"')
Answers = dict[str, bytes]


class Reader:
    """One connection that is kept open."""

    def __init__(self, server: str) -> None:
        self.connection = http.client.HTTPConnection(urlsplit(server).netloc, timeout=60)
        self.headers = {"Accept": "text/html", "Accept-Language": "nb"}

    def get(self, path: str, **headers: str) -> tuple[int, bytes, str]:
        """Status, the body without its token, and the tag."""
        self.connection.request("GET", path, headers={**self.headers, **headers})
        answer = self.connection.getresponse()
        return answer.status, _TOKEN.sub(b"", answer.read()), answer.headers.get("etag", "")

    def post(self, path: str, body: bytes, **headers: str) -> tuple[int, bytes, str]:
        """Status, body and where it leads."""
        self.connection.request("POST", path, body, {**self.headers, **headers})
        answer = self.connection.getresponse()
        return answer.status, answer.read(), answer.headers.get("location", "")


class Case:
    """A case with eight alternatives, uploaded as a browser does it."""

    def __init__(self, server: str) -> None:
        self.reader = Reader(server)
        connection = self.reader.connection
        connection.request("GET", "/case", headers=self.reader.headers)
        answer = connection.getresponse()
        self.cookie = (answer.headers.get("set-cookie") or "").split(";")[0]
        token = html.fromstring(answer.read()).xpath('//input[@name="csrf_token"]/@value')[0]
        status, body, where = self._upload(token)
        if not where:
            sys.exit(f"the case could not be uploaded: {status} {body[:300]!r}")
        self.base = "/case/" + where.split("/case/")[1].split("/")[0]

    def _upload(self, token: str) -> tuple[int, bytes, str]:
        case = yaml.safe_load(EXAMPLE.read_text(encoding="utf-8"))
        case["alternatives"] = EIGHT
        parts = {'name="csrf_token"': token, 'name="file"; filename="case.yaml"': yaml.safe_dump(case)}
        body = "".join(
            f"--part\r\nContent-Disposition: form-data; {head}\r\n\r\n{text}\r\n"
            for head, text in parts.items()
        )
        kind = {"Content-Type": "multipart/form-data; boundary=part", "Cookie": self.cookie}
        return self.reader.post("/case/upload", f"{body}--part--\r\n".encode(), **kind)

    def weigh(self, times: int, pause: float = 0) -> list[float]:
        """Seconds that each answer took; new weights each time, after the pause that the browser makes."""
        connection = self.reader.connection
        connection.close()  # the server has let go of it while others read; it is opened anew
        connection.request(
            "GET", f"{self.base}/result", headers={**self.reader.headers, "Cookie": self.cookie}
        )
        page = html.fromstring(connection.getresponse().read())
        form = next(form for form in page.forms if any(name.startswith("low.") for name in form.fields))
        kept = dict(form.form_values())
        names = [name for name in kept if name.startswith(("low.", "high."))]
        names = names or [name for name in form.fields if name.startswith("low.")]
        seconds = []
        for turn in range(times):
            moved = {name: str(10 + (turn * 7 + place * 13) % 50) for place, name in enumerate(names)}
            body = urlencode({**kept, "kind": "points", **moved}).encode()
            headers = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": self.cookie}
            time.sleep(pause)
            started = time.perf_counter()
            status, answer, _ = self.reader.post(
                f"{self.base}/weigh", body, **{**headers, "HX-Request": "true"}
            )
            seconds.append(time.perf_counter() - started)
            if status != 200 or b"Hamar" not in answer:
                sys.exit(f"the order was not answered: {status} {answer[:300]!r}")
        return seconds


@contextmanager
def opened(command: list[str | Path], folder: str) -> Iterator[tuple[str, int]]:
    """Address and process id of a server, stopped afterwards."""
    environment = {**os.environ, "TYNGDEPUNKT_DATA": folder, "TYNGDEPUNKT_SNAPSHOT": "embedded"}
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as running:  # noqa: S603
        assert running.stdout
        found = re.search(r"http://[\d.:]+", running.stdout.readline())
        if not found:
            sys.exit("the server did not open")
        try:
            yield found[0], running.pid
        finally:  # or a fault in the measuring would wait for the server for ever
            running.terminate()


def together(server: str, right: Answers, readers: int, seconds: float) -> tuple[list[float], int]:
    """How long each answer took, and how many were wrong."""
    taken: list[float] = []
    wrong: list[str] = []
    ends = time.perf_counter() + seconds
    paths = list(right)

    def read(number: int) -> None:
        reader, turn = Reader(server), number
        while (started := time.perf_counter()) < ends:
            path = paths[turn % len(paths)]
            try:
                status, body, _ = reader.get(path)
                same = status == 200 and body == right[path]
            except OSError:
                same, reader = False, Reader(server)
            taken.append(time.perf_counter() - started)
            if not same:
                wrong.append(path)
            turn += 1

    threads = [threading.Thread(target=read, args=(number,)) for number in range(readers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return taken, len(wrong)


def dragging(server: str) -> list[float]:
    """Several people with a case each, who all move weights as fast as the page sends them."""
    cases = [Case(server) for _ in range(DRAGGING)]
    with ThreadPoolExecutor(DRAGGING) as many:
        return [each for taken in many.map(lambda case: case.weigh(40, PAUSE), cases) for each in taken]


def told(who: str, taken: list[float]) -> float:
    """Print how long new weights took, and give the time that one in twenty is slower than, in ms."""
    times = sorted(each * 1000 for each in taken)
    late = times[len(times) * 95 // 100]
    middle = times[len(times) // 2]
    print(
        f"  new weights, {len(EIGHT)} alternatives, {who}: p50 {middle:.0f}   p95 {late:.0f} ms (aim: {AIM})"
    )
    return late


def unchanged(server: str, paths: list[str], seconds: float) -> float:
    """Answers per second to one reader who has the pages already."""
    reader = Reader(server)
    tags = {path: reader.get(path)[2] for path in paths}
    ends, count = time.perf_counter() + seconds, 0
    while time.perf_counter() < ends:
        path = paths[count % len(paths)]
        status, _, _ = reader.get(path, **{"If-None-Match": tags[path]})
        if status != 304:
            sys.exit(f"{path} answered {status} although nothing has changed")
        count += 1
    return count / seconds


def processor(pid: int) -> float:
    """Seconds of processor that a process has used."""
    used = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rsplit(")", 1)[1].split()[11:13]
    return sum(map(int, used)) / os.sysconf("SC_CLK_TCK")


def peak(pid: int) -> float:
    """Most memory a process has held, in MB."""
    found = re.search(r"VmHWM:\s+(\d+)", Path(f"/proc/{pid}/status").read_text(encoding="ascii"))
    return int(found[1]) / 1024 if found else float("nan")


def measured(name: str, pid: int, work: Callable[[], tuple[list[float], int]]) -> tuple[float, int]:
    """Do the work, print its line, and give requests per second and wrong answers."""
    before, own, started = processor(pid), time.process_time(), time.perf_counter()
    taken, wrong = work()
    wall = time.perf_counter() - started
    share, ours = (processor(pid) - before) / wall, (time.process_time() - own) / wall
    p50, p95, p99 = (sorted(taken)[int(len(taken) * part)] * 1000 for part in (0.5, 0.95, 0.99))
    print(
        f"  {name:<14}{len(taken) / wall:7.0f} requests/s   p50 {p50:.0f}  p95 {p95:.0f}  p99 {p99:.0f} ms",
        end="",
    )
    print(f"   errors {wrong}   server {share:.2f} cores, readers {ours:.2f}", flush=True)
    return len(taken) / wall, wrong


def main() -> int:
    """Exit code 1 where an answer was wrong or too late."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--readers", type=int, default=16)
    parser.add_argument("--seconds", type=float, default=float(os.environ.get("BENCH_SECONDS", "60")))
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        command = [Path(sys.executable).parent / "tyngdepunkt", "serve", "--port", "0"]
        started = time.perf_counter()
        with opened(command, folder) as (server, pid):
            print(f"opened in {time.perf_counter() - started:.2f} s; {asked.readers} readers at once")
            return bench(server, pid, folder, asked)


def bench(server: str, pid: int, folder: str, asked: argparse.Namespace) -> int:
    """Print everything; 1 where an answer was wrong, or new weights were not answered in time."""
    case = Case(server)
    kinds = {
        "place pages": [f"/place/{code}" for code in PLACES],
        "case steps": [f"{case.base}/{step}" for step in STEPS],
    }
    faults, speed = 0, {}
    kept: dict[str, Answers] = {}
    for name, paths in kinds.items():
        alone = Reader(server)  # anew: the server lets go of a connection that is quiet for long
        kept[name] = {path: body for path in paths for status, body, _ in [alone.get(path)] if status == 200}
        if len(kept[name]) < len(paths):
            sys.exit(f"{name}: {set(paths) - set(kept[name])} did not answer")
        speed[name], wrong = measured(
            name, pid, lambda name=name: together(server, kept[name], asked.readers, asked.seconds)
        )
        faults += wrong
    print(f"  peak memory of the server {peak(pid):.0f} MB")
    again = unchanged(server, kinds["place pages"], min(3, asked.seconds / 4))
    print(f"  unchanged (304) {again:.0f} answers/s to one reader")
    late = [told("one person drags", case.weigh(60)), told(f"{DRAGGING} drag at once", dragging(server))]
    faults += sum(each > AIM for each in late)
    everything = {path: body for answers in kept.values() for path, body in answers.items()}
    floor = _floor(everything, folder, asked)
    for name in kinds:
        print(f"  {name}: {floor / speed[name]:.1f} times the floor's time for a request")
    print("  bound by its one processor where the share is near 1.00: Python runs one thread at a time")
    print("  no peer is named: none serves the same pages, and one that serves other pages says nothing")
    print(f"  peak memory of the readers {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")
    return 1 if faults else 0


def _floor(answers: Answers, folder: str, asked: argparse.Namespace) -> float:
    import pickle

    file = Path(folder) / "answers.pickle"
    file.write_bytes(pickle.dumps(answers))
    with opened([sys.executable, "-c", FLOOR, file], folder) as (server, pid):
        time.sleep(1)
        seconds = max(2.0, asked.seconds / 6)
        return measured("bare handler", pid, lambda: together(server, answers, asked.readers, seconds))[0]


if __name__ == "__main__":
    sys.exit(main())
