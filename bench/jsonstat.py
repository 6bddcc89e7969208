"""An answer of 800,000 cells from bytes of JSON-stat to a table, against pyjstat and pxwebpy in the same run.

    python bench/jsonstat.py [--rounds 5] [--venv build/bench-jsonstat]

800,000 is the most that Statistics Norway answers at once. The aims are 25 times the speed of pyjstat and at
most 250 MiB. Each contender has a process of its own, so that its peak memory is its own; the peers have an
environment of their own, which is made on first use. Codes per cell, numbers and which cells have none are
compared first (neither peer keeps the signs, so suppressed and missing are the same to them). A table is: a
data frame of pyjstat, a list of records of pxwebpy (its own form), a cube with a column of positions per
dimension here. Reading the file from disk is not counted. The fastest of the rounds counts for each.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

SIZES = {"Region": 400, "Kjonn": 2, "Alder": 100, "ContentsCode": 1, "Tid": 10}
PEERS = ("pyjstat==2.4.0", "pxwebpy==0.6.0")
TIMES, MEMORY = 25, 250


def main() -> None:
    """Measure each contender in a process of its own, check and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--venv", type=Path, default=Path("build/bench-jsonstat"))
    parser.add_argument("--contender", choices=CONTENDERS)
    parser.add_argument("--answer", type=Path)
    given = parser.parse_args()
    if given.contender:
        print(json.dumps(measured(CONTENDERS[given.contender](), given.answer.read_bytes(), given.rounds)))
        return
    peers = environment(given.venv)
    with tempfile.TemporaryDirectory() as folder:
        answer = Path(folder) / "answer.json"
        answer.write_bytes(made_up())
        found = {
            name: run(Path(sys.executable) if name == "ours" else peers, name, answer, given.rounds)
            for name in CONTENDERS
        }
    if len({each["digest"] for each in found.values()}) != 1:
        sys.exit(f"the answers differ: {found}")
    report(found)


def environment(folder: Path) -> Path:
    """The interpreter of the peers' environment, which is made on first use."""
    python = folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    if not python.exists():
        venv.create(folder, with_pip=True)
        subprocess.run([python, "-m", "pip", "install", "-q", *PEERS], check=True)  # noqa: S603
    return python


def made_up() -> bytes:
    """The same answer each time: one cell of twenty without a number, half of those confidential."""
    numbers = random.Random(20190101)  # noqa: S311
    cells = 1
    for size in SIZES.values():
        cells *= size
    value = [numbers.randrange(30_000) if numbers.random() > 0.05 else None for _ in range(cells)]
    status = {str(at): ":."[at % 2] for at, each in enumerate(value) if each is None}
    dimension = {name: {"label": name, "category": categories(name, size)} for name, size in SIZES.items()}
    head = {"version": "2.0", "class": "dataset", "label": "Eksempelland", "id": list(SIZES)}
    body = {**head, "size": list(SIZES.values()), "dimension": dimension, "value": value, "status": status}
    return json.dumps(body).encode()


def categories(name: str, size: int) -> dict[str, Any]:
    """Index and label of a dimension."""
    codes = [f"{name}{at:04d}" for at in range(size)]
    return {
        "index": {code: at for at, code in enumerate(codes)},
        "label": dict(zip(codes, codes, strict=True)),
    }


Table = tuple[dict[str, Iterable[str]], Iterable[float | None]]
Contender = tuple[Callable[[bytes], Any], Callable[[Any], Table]]
"""What is timed, and how its table is told for comparison."""


def ours() -> Contender:
    """Cube with a column of positions per dimension."""
    from tyngdepunkt.sources.jsonstat import read_jsonstat

    def table(content: bytes) -> Any:
        cube = read_jsonstat(content, "answer.json")
        return cube, cube.columns()

    def told(made: Any) -> Table:
        cube, columns = made
        codes = {
            each.name: map(each.codes.__getitem__, columns[each.name].tolist()) for each in cube.dimensions
        }
        return codes, cube.values.tolist()

    return table, told


def pyjstat() -> Contender:
    """Data frame with codes."""
    from pyjstat import pyjstat as package

    def table(content: bytes) -> Any:
        return package.Dataset.read(content.decode()).write("dataframe", naming="id")

    return table, lambda frame: ({name: frame[name] for name in SIZES}, frame["value"])


def pxwebpy() -> Contender:
    """List of records with codes."""
    from pxweb._internal.functions import unpack_table_data

    def table(content: bytes) -> Any:
        return unpack_table_data(json.loads(content), show="code")

    def told(rows: Any) -> Table:
        return {name: [row[name] for row in rows] for name in SIZES}, [row["value"] for row in rows]

    return table, told


CONTENDERS = {"ours": ours, "pyjstat": pyjstat, "pxwebpy": pxwebpy}


def measured(contender: Contender, content: bytes, rounds: int) -> dict[str, Any]:
    """Seconds of the fastest round, peak memory in MiB and a digest of the table."""
    table, told = contender
    fastest, made = float("inf"), None
    for _ in range(rounds):
        made = None
        start = time.perf_counter()
        made = table(content)
        fastest = min(fastest, time.perf_counter() - start)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    columns, values = told(made)
    digest = hashlib.sha256()
    for name in SIZES:
        digest.update("\n".join(columns[name]).encode())
    digest.update("\n".join("" if v is None or v != v else repr(float(v)) for v in values).encode())
    return {"seconds": fastest, "peak": peak, "digest": digest.hexdigest()}


def run(python: Path, name: str, answer: Path, rounds: int) -> dict[str, Any]:
    """What one contender measures in a process of its own."""
    command = [python, __file__, "--contender", name, "--answer", answer, "--rounds", str(rounds)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603
    return dict(json.loads(done.stdout))


def report(found: dict[str, dict[str, Any]]) -> None:
    """One line per contender."""
    print("JSON-stat of 800,000 cells to a table; the same codes, numbers and gaps")
    for name, each in found.items():
        ratio = each["seconds"] / found["ours"]["seconds"]
        print(
            f"  {name:8} {each['seconds'] * 1000:7.0f} ms  peak {each['peak']:5.0f} MiB  {ratio:5.1f} x ours"
        )
    print(f"  aims: pyjstat at least {TIMES} times ours, ours at most {MEMORY} MiB")


if __name__ == "__main__":
    main()
