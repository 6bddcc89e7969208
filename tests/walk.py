"""Every module that a command, a page or the API reaches: run them, and write down whose functions ran.

    python tests/walk.py FOLDER

What is run are the commands of `COMMANDS`, every page and every route of the API that is read, and the tests
marked `walk`, which send a command to a server of their own or answer what a command asks. A function counts
only while one of them runs, in this process: what a test calls by itself does not. Prints one JSON document.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import re
import sys
import threading
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

ROOT = Path(__file__).parents[1]
HERE = ROOT / "tests"
CASE = ROOT / "examples" / "location" / "eksempeldirektoratet.yaml"
INPUTS = {
    "staff.csv": "unit,occupation,municipality,count\nA,2411,Hamar,3\nA,2422,Oslo,40\nB,5120,Røros,2\n",
    "old.csv": "unit,occupation,municipality,count\nA,2512104,Hamar,3\nA,3411,Oslo,40\n",
    "answers.csv": "occupation,security\n2422,yes\n",
    "need.csv": "place,posts,days,share_low,share_high\nRøros,40,2,0.2,0.4\nHamar,100,3,0.1,0.2\n",
    "points.csv": "id,x,y,demand,candidate,capacity,existing,cost,group\na,0,0,3,1,9,1,1,n\n"
    "b,1,0,2,1,9,0,1,n\nc,5,5,4,1,9,0,2,s\nd,6,5,1,0,,0,,s\ne,2,7,2,1,9,0,1,s\n",
    "flows.csv": "from,to,count\nA,A,50\nA,B,10\nB,B,40\nB,A,12\nC,C,30\nC,A,3\nA,C,2\n",
    "industry.csv": "region,industry,year,jobs\nA,x,2010,10\nA,y,2010,20\nB,x,2010,30\nB,y,2010,5\n"
    "A,x,2020,12\nA,y,2020,18\nB,x,2020,33\nB,y,2020,8\n",
    "places.csv": "place,industry,value\nA,x,3\nA,y,2\nB,x,1\nB,z,4\nC,y,2\nC,z,2\n",
    "closed.yaml": CASE.read_text("utf-8") + "not_public: ja\n",
    "eksempeldirektoratet-nb.json": '{"method_version": "1", "alternatives": [], "indicators": [],'
    ' "rules": {"findings": []}}',
    "ledger.csv": "agency,place,kind,jobs,date,source\nTilsynet,Røros,established,ca 8,2020-01-01,brev\n",
    "events.yaml": "- {agency: Tilsynet, place: Alta, kind: closed, jobs: 4, date: 2021-02-01, source: a}\n",
    "rank.yaml": "criteria:\n- {id: a, direction: max, value: minmax}\n"
    "- {id: b, direction: min, value: minmax}\n"
    "weights: {a: 60, b: 40}\nalternatives:\n  X: {a: 1, b: 3}\n  Y: {a: 2, b: 6}\n  Z: {a: 3, b: 5}\n",
    "ocds.json": '{"releases": [{"ocid": "ocds-1", "tag": ["tender"], "tender": {"title": "Vask"}}]}',
    "doffin.json": '{"numHitsTotal": 1, "hits": [{"id": "2026-100001", "heading": "Vask"}]}',
    "notice.xml": '<ContractNotice xmlns="urn:oasis:names:specification:ubl:schema:xsd:ContractNotice-2"/>',
    "graph.txt": "4 4 2\n1 2 3\n2 3 4\n3 4 2\n1 4 6\n",
}
COMMANDS = """
place Røros
place Hamar --json
business Tinn --out {to}/business
business --all --format csv --out {to}/all
assess {case} --out {to}/case --format docx
assess {case} --out {to}/case --format html
assess {case} --out {in} --format json
assess {examples}/location/skatteetaten.yaml
assess {examples}/location/valgdirektoratet.yaml --json
case check {case}
case check {in}/closed.yaml
case list
case schema
ledger import {in}/ledger.csv
ledger import {in}/events.yaml
ledger import --decisions
ledger list
ledger effect --place Røros
ledger undo 1
data status
data verify
data schedule
data backup {to}/backup.sqlite
data restore {to}/backup.sqlite
rank {in}/rank.yaml
rank {in}/rank.yaml --json
regions
regions {in}/flows.csv --method euro
regions {in}/flows.csv --method flow
industry {in}/industry.csv
industry {in}/industry.csv --measure shift-share
industry {in}/places.csv --measure relatedness
procurement check {examples}/procurement/vintervedlikehold.yaml --out {to}/tender
procurement check {in}/ocds.json
procurement check {in}/doffin.json --place Røros
procurement check {in}/notice.xml
procurement compare {examples}/procurement/vintervedlikehold.yaml {changed}
desks {in}/need.csv --out {to}/desks --format html
functions {in}/staff.csv --to Røros --travel-days 1-3 --day-cost 2000-5000 --out {to}/functions --format xlsx
functions {in}/old.csv
functions {in}/staff.csv --questions {in}/answers.csv --agency Etaten --out {to}/published --format html
functions {in}/staff.csv --template {to}/template.xlsx
functions join {to}/published/functions-published.json --out {to}/joined --format docx --format csv
remote --out {to}/remote --format html
site {in}/points.csv --model p-median --p 2 --near-best 2 --curve 1:3 --out {to}/site
site {in}/points.csv --model mclp --p 2 --radius 2
site {in}/points.csv --model lscp --radius 3
site {in}/points.csv --model p-center --p 2
site {in}/points.csv --model cflp
site {in}/points.csv --model cpmp --p 2
site {in}/points.csv --model p-median --p 2 --existing-first
site {in}/points.csv --model p-median --p 2 --budget 3
site {in}/graph.txt --model p-median
report template {to}/template.docx
"""
READ = """
/api/v1/places /api/v1/places/5025 /api/v1/compare?place=5025&place=1804 /api/v1/indicators /api/v1/rules
/api/v1/regions /api/v1/regions/91 /api/v1/towns /api/v1/towns/6631 /api/v1/search?q=mo /api/v1/snapshot
/api/v1/business/Tinn /api/v1/remote /api/v1/openapi.json /suggest?q=r%C3%B8 /compare.csv?place=5025
/map/layers/municipalities.geojson
/map.json /map.csv /map.svg /places.json /places.csv /search.json?q=bod /search.csv?q=bod /place/ingen-slik
/case/{case}/result.json /case/{case}/versions.json /case/{case}/document/docx /case/{case}/weigh
"""

_codes: set[CodeType] = set()


def _seen(frame: FrameType, event: str, _: Any) -> None:
    if event == "call":
        _codes.add(frame.f_code)


@contextlib.contextmanager
def watched() -> Iterator[None]:
    """Write down what runs, here and in threads that begin here."""
    threading.setprofile(_seen)
    sys.setprofile(_seen)
    try:
        yield
    finally:
        sys.setprofile(None)
        threading.setprofile(None)


def main() -> int:
    """Walk, and print `{"reached": [file, …], "refused": [what did not work, …]}`."""
    folder = Path(sys.argv[1])
    os.environ["TYNGDEPUNKT_DATA"] = str(folder / "data")
    warnings.simplefilter("ignore")
    refused = [*_commands(folder), *_pages(), *_tests()]
    source = str(ROOT / "src")
    reached = {code.co_filename for code in _codes if code.co_name != "<module>"}
    print(json.dumps({"reached": sorted(f for f in reached if f.startswith(source)), "refused": refused}))
    return 0


def _commands(folder: Path) -> Iterator[str]:
    given = folder / "in"
    given.mkdir()
    for name, text in INPUTS.items():
        (given / name).write_text(text, encoding="utf-8")
    examples = ROOT / "examples"
    told = {
        "in": given, "to": folder / "out", "examples": examples,
        "case": CASE,
        "changed": examples / "procurement" / "vintervedlikehold-endret.yaml",
    }  # fmt: skip
    (folder / "out").mkdir()
    with watched():
        from tyngdepunkt.cli import run

        for line in COMMANDS.strip().splitlines():
            said = io.StringIO()
            with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(said):
                code = run([word.format_map(told) for word in line.split()])
            if code:
                yield f"{line}: {said.getvalue()[:300]}"


def _pages() -> Iterator[str]:
    sys.path[:0] = [str(HERE), str(HERE / "journeys")]
    with watched():
        from addresses import EXAMPLES
        from litestar.testing import TestClient

        from tyngdepunkt.places import open_places
        from tyngdepunkt.web.app import create_app

        with TestClient(create_app(open_places(), b"0" * 32), base_url="http://localhost") as client:
            token = re.search(r'name="csrf_token" value="([^"]+)"', client.get("/case").text)
            assert token
            made = client.post(
                "/case/upload", data={"csrf_token": token[1]}, follow_redirects=False,
                files={"file": ("a.yaml", CASE.read_bytes())},
            )  # fmt: skip
            case = made.headers["location"].split("/")[2]
            for address in [*(each for every in EXAMPLES.values() for each in every), *READ.split()]:
                answer = client.get(address.format(case=case))
                if answer.status_code >= 500:
                    yield f"{address}: {answer.status_code}"
            points = {"instance": ("points.csv", INPUTS["points.csv"].encode())}
            asked = {"csrf_token": token[1], "model": "p-median", "p": "2", "format": "csv"}
            events = {"file": ("ledger.csv", INPUTS["ledger.csv"].encode())}
            staff = {"table": ("staff.csv", INPUTS["staff.csv"].encode())}
            for address, told, files in (
                ("/analysis/site", asked, points),
                ("/analysis/functions", {"csrf_token": token[1]}, staff),
                (f"/case/{case}/ledger-file", {"csrf_token": token[1]}, events),
            ):
                answer = client.post(address, data=told, files=files)
                if answer.status_code != 200:
                    yield f"{address}: {answer.status_code} {answer.text[-3000:]}"


def _tests() -> Iterator[str]:
    """The tests marked `walk`: what they call counts while a command runs."""
    import pytest

    import tyngdepunkt.cli

    command: Callable[..., int] = tyngdepunkt.cli.run

    def run(*given: Any, **named: Any) -> int:
        with watched():
            return command(*given, **named)

    tyngdepunkt.cli.run = run  # before the tests take it from there
    marked = [str(file) for file in HERE.rglob("test_*.py") if "mark.walk" in file.read_text("utf-8")]
    with contextlib.redirect_stdout(io.StringIO()) as said:
        code = pytest.main(
            ["-n", "0", "-m", "walk", "-p", "no:cacheprovider", "--rootdir", str(ROOT), *marked]
        )
    if code:
        yield said.getvalue()[-2000:]


if __name__ == "__main__":
    sys.exit(main())
