"""Where the time goes in `tyngdepunkt assess`, in a new process each time.

    python bench/assess.py [--runs 5]

Prints the median of each part: the interpreter itself (the floor), imports, opening the
store, reading the case, the assessment, and each document format; then the whole command
as a person runs it, and which heavy libraries it loaded without documents. The first use of
a snapshot, which makes the DuckDB file, is shown apart.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
CASE = ROOT / "examples" / "location" / "eksempeldirektoratet.yaml"
FORMATS = ("html", "pdf", "xlsx", "docx")
DOCUMENT_LIBRARIES = {"shapely", "vl_convert", "typst", "docx", "openpyxl", "xlsxwriter", "jinja2", "lxml"}

CHILD = """
import json, sys, time
marks = {}
def mark(name, start):
    marks[name] = time.perf_counter() - start
start = time.perf_counter()
import tyngdepunkt.cli, tyngdepunkt.cli.factory
from tyngdepunkt.analyses.location.assess import assess
from tyngdepunkt.analyses.location.input.read import read_case
from tyngdepunkt.places import open_places
mark("imports", start)
start = time.perf_counter(); places = open_places(); mark("open the store", start)
start = time.perf_counter(); case = read_case(sys.argv[1], places); mark("read the case", start)
start = time.perf_counter(); assessment = assess(case, places); mark("assess", start)
loaded = sorted({name.split(".")[0] for name in sys.modules})
start = time.perf_counter()
from tyngdepunkt import documents
from tyngdepunkt.analyses.location.document import location_document
document = location_document(assessment, places)
mark("compose the document, draw charts and map", start)
from pathlib import Path
for name in sys.argv[3:]:
    start = time.perf_counter()
    documents.write(document, Path(sys.argv[2]), (name,))
    mark("write " + name, start)
print(json.dumps({"marks": marks, "loaded": loaded}))
"""


def main() -> int:
    """Print the table; exit code 1 where a document library was loaded without documents."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--runs", type=int, default=5)
    runs = parser.parse_args().runs
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "TYNGDEPUNKT_CACHE": str(Path(folder) / "cache")}
        print(f"first use of the snapshot, whole command: {_command(environment):.2f} s")
        parts = [_parts(environment, folder) for _ in range(runs)]
        whole = statistics.median(_command(environment) for _ in range(runs))
    floor = statistics.median(_timed([sys.executable, "-c", "pass"], os.environ) for _ in range(runs))
    print(f"the interpreter alone: {floor:.2f} s")
    for name in parts[0]["marks"]:
        print(f"{name}: {statistics.median(part['marks'][name] for part in parts):.2f} s")
    times = f"{whole / floor:.0f} times the floor"
    print(f"the whole command without documents: {whole:.2f} s (aim: below 2), {times}")
    heavy = sorted(DOCUMENT_LIBRARIES & set(parts[0]["loaded"]))
    print("document libraries loaded without documents: " + (", ".join(heavy) or "none"))
    return 1 if heavy else 0


def _command(environment: dict[str, str]) -> float:
    return _timed([Path(sys.executable).parent / "tyngdepunkt", "assess", CASE, "--json"], environment)


def _timed(command: list[str | Path], environment: os._Environ[str] | dict[str, str]) -> float:
    started = time.perf_counter()
    subprocess.run(command, env=environment, check=True, stdout=subprocess.DEVNULL)  # noqa: S603  # our own command
    return time.perf_counter() - started


def _parts(environment: dict[str, str], folder: str) -> dict[str, dict[str, float]]:
    command = [sys.executable, "-c", CHILD, str(CASE), folder, *FORMATS]
    outcome = subprocess.run(command, env=environment, check=True, capture_output=True, text=True)  # noqa: S603
    found: dict[str, dict[str, float]] = json.loads(outcome.stdout)
    return found


if __name__ == "__main__":
    sys.exit(main())
