"""A quick answer for those who build: what differs from a commit, checked within a minute.

    python scripts/quick.py [BASE] [--seconds 60]

Lint, format, types, import order and docstring examples, and the tests that reach what differs from
BASE: by default the last commit, uncommitted files included; where nothing is uncommitted, what the
last commit itself changed. The nearest tests come first, and when the time is over it says what was
not run. `make test` runs everything.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

from check import BIN, CHECKS, ROOT, passes, told
from quick_loop.nearness import BROWSER, SOURCE, Nearness

SHUTDOWN = 8  # seconds kept for the test that runs when the time is over, and for what is said


def main() -> int:
    """Exit code 0 where all that was run is well, else 1."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("base", nargs="?", default="HEAD", help="a commit; by default the last one")
    parser.add_argument("--seconds", type=float, default=60)
    given = parser.parse_args()
    began = time.time()
    os.environ["PYTHONPATH"] = os.pathsep.join(
        [str(ROOT / "scripts"), *filter(None, [os.environ.get("PYTHONPATH")])]
    )
    changed = _changed(given.base)
    if not changed and given.base == "HEAD":
        print("Nothing is uncommitted: what the last commit changed is checked.")
        changed = _changed("HEAD~1")
    beside = _begin("types")
    failed = [name for name, command in CHECKS.items() if name != "types" and not passes(name, command)]
    commands = _tests(changed, began + given.seconds - SHUTDOWN)
    failed += [name for name, command in commands.items() if not passes(name, command)]
    said, _ = beside.communicate()
    print(f"== types\n{said.strip()}")
    failed += ["types"] if beside.returncode else []
    print(told(len(CHECKS) + len(commands), failed), f"in {time.time() - began:.0f} s; all: make test")
    return 1 if failed else 0


def _begin(name: str) -> subprocess.Popen[str]:
    """The one check that takes long the first time, beside the others."""
    command = [BIN / CHECKS[name][0], *CHECKS[name][1:]]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


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


def _tests(changed: list[Path], until: float) -> dict[str, list[str]]:
    """The checks that run tests, after a word on which these are."""
    nearness = Nearness()
    reached = nearness.of(changed)
    steps = Counter(reached.values())
    print(f"{len(changed)} files differ; {len(reached)} of {len(nearness.test_files)} test files reach them")
    if steps:
        print("  nearest first: " + ", ".join(f"{count} at {near}" for near, count in sorted(steps.items())))
    if not any(test.is_relative_to(BROWSER) for test in reached):
        print("NOT RUN: the browser tests; they are for changes of templates, scripts, styles and themselves")
    modules = [str(file) for file in changed if _has_examples(file)]
    found = {"examples": ["pytest", "--doctest-modules", *modules]} if modules else {}
    if reached:
        budget = ["-p", "quick_loop.budget", "--until", str(until)]
        order = ["-n", "2", "--dist", "loadfile", "--no-loadscope-reorder"]
        found["nearest tests"] = ["pytest", *budget, *order, *(str(test) for test in reached)]
    return found


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
