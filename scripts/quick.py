"""A quick answer for those who build: what differs from a commit, checked within a minute.

    python scripts/quick.py [BASE] [--seconds 60]

Lint, format, types, import order and docstring examples, and the tests that reach what differs from
BASE: by default the last commit, uncommitted files included; where nothing is uncommitted, what the
last commit itself changed. The nearest tests come first, and when the time is over it says what was
not run. `make test` runs everything.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any

from check import BIN, CHECKS, ROOT, passes, told
from quick_loop.nearness import BROWSER, SOURCE, Nearness

FIRST, ROUND = 4, 16  # test files that are collected at a time
SHOWN = 6  # files that are named
SHUTDOWN = 8  # seconds kept for the test that runs when the time is over, and for what is said


def main() -> int:
    """Exit code 0 where all that was run is well, else 1."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("base", nargs="?", default="HEAD", help="a commit; by default the last one")
    parser.add_argument("--seconds", type=float, default=60)
    given = parser.parse_args()
    began = time.time()
    os.environ["PYTHONPATH"] = os.pathsep.join([str(ROOT / "scripts"), os.environ.get("PYTHONPATH", "")])
    changed = _changed(given.base)
    if not changed and given.base == "HEAD":
        print("Nothing is uncommitted: what the last commit changed is checked.")
        changed = _changed("HEAD~1")
    modules = [str(file) for file in changed if _has_examples(file)]
    beside = {"types": _begin(CHECKS["types"])}
    if modules:
        beside["examples in docstrings"] = _begin(["pytest", "--doctest-modules", *modules])
    failed = [name for name, command in CHECKS.items() if name != "types" and not passes(name, command)]
    well, left_out = _run_nearest(changed, began + given.seconds - SHUTDOWN)
    failed += [] if well else ["nearest tests"]
    for name, process in beside.items():
        print(f"== {name}\n{process.communicate()[0].strip()}")
        failed += [name] if process.returncode else []
    print(told(len(CHECKS) + len(beside), failed), f"in {time.time() - began:.0f} s")
    print(left_out + "All are run by: make test")
    return 1 if failed else 0


def _begin(command: list[str]) -> subprocess.Popen[str]:
    """What needs one core, beside the others."""
    outputs: dict[str, Any] = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True}
    return subprocess.Popen([BIN / command[0], *command[1:]], cwd=ROOT, **outputs)


def _run_nearest(changed: list[Path], until: float) -> tuple[bool, str]:
    """Run the tests that reach what is changed, round by round while there is time.

    Rounds, because only what may be run is worth collecting.

    Returns:
        Whether all that were run passed, and a sentence on what was not run.
    """
    nearness = Nearness()
    reached = nearness.of(changed)
    steps = Counter(reached.values())
    print(f"{len(changed)} files differ; {len(reached)} of {len(nearness.test_files)} test files reach them")
    print("  steps away: " + (", ".join(f"{near} ({count})" for near, count in steps.items()) or "none"))
    waiting, well, unfinished = [str(test) for test in reached], True, Counter[str]()
    begun, size = 0, FIRST
    while waiting and time.time() < until:
        these, waiting, size = waiting[:size], waiting[size:], ROUND
        with tempfile.NamedTemporaryFile("r", suffix=".json") as report:
            budget = ["-p", "quick_loop.budget", "--until", str(until), "--left-out", report.name]
            order = ["-n", "2", "--dist", "loadfile", "--no-loadscope-reorder"]
            well &= passes("nearest tests", ["pytest", *budget, *order, *these])
            told_of = json.loads(report.read() or '{"begun": 0, "left_out": {}}')
            unfinished.update(told_of["left_out"])
            begun += told_of["begun"]
    if reached and not begun:
        print("No test was begun in time, so nothing is known: give it more (--seconds 180).")
        well = False
    return well, _left_out(nearness, reached, waiting, unfinished)


def _left_out(
    nearness: Nearness, reached: dict[Path, int], waiting: list[str], unfinished: Counter[str]
) -> str:
    said = []
    if unfinished:
        said.append(f"{unfinished.total()} tests of {_named(list(unfinished))}")
    if waiting:
        said.append(f"all of {_named(waiting)}")
    over = f"NOT RUN, the time was over: {'; '.join(said)}.\n" if said else ""
    browser = [test for test in nearness.test_files if test.is_relative_to(BROWSER) and test not in reached]
    if browser:
        over += "NOT RUN: the browser tests; they are for templates, scripts, styles and themselves.\n"
    others = len(nearness.test_files) - len(reached) - len(browser)
    return over + (f"Not run: {others} test files that nothing leads to from here.\n" if others else "")


def _named(files: list[str]) -> str:
    more = f" and {len(files) - SHOWN} more files" if len(files) > SHOWN else ""
    return ", ".join(files[:SHOWN]) + more


def _changed(base: str) -> list[Path]:
    """What differs from a commit: changed, new and gone."""
    differs = _git("diff", "--name-only", "--no-renames", base, "--")
    new = _git("ls-files", "--others", "--exclude-standard")
    return sorted({Path(name) for name in (*differs, *new)})


def _git(name: str, *more: str) -> list[str]:
    command = ["git", name, "-z", *more]
    asked = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if asked.returncode:
        sys.exit(f"{' '.join(command)}: {asked.stderr.strip()}")
    return [name for name in asked.stdout.split("\0") if name]


def _has_examples(file: Path) -> bool:
    source = ROOT / file
    return (
        file.suffix == ".py"
        and file.is_relative_to(SOURCE)
        and source.is_file()
        and ">>> " in source.read_text("utf-8")
    )


if __name__ == "__main__":
    sys.exit(main())
