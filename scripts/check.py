"""Run every check, show each one's outcome, and count failures at the end.

All checks run even when one fails: a person mends faster who sees everything at once. What needs one
core only runs beside the tests, which wait now and then, and is told of after them.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
BIN = Path(sys.executable).parent

CHECKS = {
    "lint": ["ruff", "check", "."],
    "format": ["ruff", "format", "--check", "."],
    "types": ["mypy"],
    "import order": ["lint-imports", "--no-cache"],
}
# Alembic alone can run what stands in the migrations' env.py
EXAMPLES = ["--doctest-modules", "--ignore=src/tyngdepunkt/workspace/migrations", "src/tyngdepunkt"]
# three on two cores, since a test waits a third of its time for a disk, a limit or a program that begins;
# each has a third of the files, so that what a file needs is made once, and takes over what is left of others
THREE = ["-n", "3", "--dist", "worksteal", "--durations", "8", "--durations-min", "5"]
BESIDE = {
    "types": CHECKS["types"],
    "examples in docstrings": ["pytest", "-p", "no:cacheprovider", *EXAMPLES],
}
TESTS = {
    "tests": ["pytest", *THREE, "--ignore", "tests/journeys"],
    # apart from the others, and after them: each worker opens a browser and a server of its own, and a
    # browser takes the machine from all that runs beside it; -rs names what is skipped and why
    "browser tests": ["pytest", *THREE, "-rs", "tests/journeys"],
}


def main() -> int:
    """Exit code 0 where all is well, else 1."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--no-tests", action="store_true", help="lint, types and import order only")
    with_tests = not parser.parse_args().no_tests
    # compiled once and kept: a program that a test starts need not compile itself, 0.3 s each time
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    compiled = begun([sys.executable, "scripts/ready_kernels.py"]) if with_tests else None
    beside = {name: begun(command) for name, command in BESIDE.items() if with_tests or name in CHECKS}
    alone = CHECKS | TESTS if with_tests else CHECKS
    failed = []
    for name, command in alone.items():
        if compiled and name in TESTS:
            compiled.communicate()  # where it failed, the tests of the loops say so
            compiled = None
        if name not in beside and not passes(name, command):
            failed.append(name)
    failed += [name for name, running in beside.items() if not ended_well(name, running)]
    print(told(len(CHECKS | BESIDE | TESTS) if with_tests else len(CHECKS), failed))
    return 1 if failed else 0


def begun(command: list[str]) -> subprocess.Popen[str]:
    """A check that goes on beside the others; what it says is kept."""
    return subprocess.Popen(
        [BIN / command[0], *command[1:]],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def ended_well(name: str, running: subprocess.Popen[str]) -> bool:
    """Wait for a check that went on beside the others, and print what it said."""
    said = running.communicate()[0].rstrip()
    print(f"== {name}\n{said}", flush=True)
    return running.returncode == 0


def passes(name: str, command: list[str]) -> bool:
    """Run one check, and say how long it took."""
    print(f"== {name}", flush=True)
    started = time.monotonic()
    outcome = subprocess.run([BIN / command[0], *command[1:]], cwd=ROOT, check=False)
    print(f"   {name}: {time.monotonic() - started:.0f} s", flush=True)
    return outcome.returncode == 0


def told(count: int, failed: list[str]) -> str:
    """How many of the checks passed, and which did not."""
    named = f"; failed: {', '.join(failed)}" if failed else ""
    return f"{count - len(failed)} of {count} checks passed{named}"


if __name__ == "__main__":
    sys.exit(main())
