"""Run every check, show each one's outcome, and count failures at the end.

All checks run even when one fails: a person mends faster who sees everything at once.
"""

from __future__ import annotations

import argparse
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
SLOWEST = ["--durations", "8", "--durations-min", "5"]
TESTS = {
    # Alembic alone can run what stands in the migrations' env.py
    "examples in docstrings": [
        "pytest",
        "--doctest-modules",
        "--ignore=src/tyngdepunkt/workspace/migrations",
        "src/tyngdepunkt",
    ],
    "tests": ["pytest", "-n", "2", *SLOWEST, "--ignore", "tests/journeys"],
    # apart from the others: each worker opens a browser and a server of its own, and takes over what the
    # other has not come to; -rs names what is skipped and why
    "browser tests": ["pytest", "-n", "2", "--dist", "worksteal", "-rs", *SLOWEST, "tests/journeys"],
}


def main() -> int:
    """Exit code 0 where all is well, else 1."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--no-tests", action="store_true", help="lint, types and import order only")
    chosen = CHECKS if parser.parse_args().no_tests else CHECKS | TESTS
    failed = [name for name, command in chosen.items() if not passes(name, command)]
    print(told(len(chosen), failed))
    return 1 if failed else 0


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
