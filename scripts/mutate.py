"""Test the tests: make the program wrong on purpose, one way at a time, and see that a test fails.

    python scripts/mutate.py [WORD]

The ways stand in `tests/mutants.yaml`. Each is made in a copy of `src/`, so that the tree is never
touched; first the tests must pass on the copy as it is. WORD takes those whose sentence holds it.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parents[1]
NO_TEST_FAILED, A_TEST_FAILED = 0, 1  # other exit codes of pytest say that it could not run


@dataclass(frozen=True)
class Mutant:
    """One way to be wrong: in `file`, `old` becomes `new`, and one of `tests` must fail."""

    says: str
    file: str
    old: str
    new: str
    tests: list[str]

    def made_in(self, root: Path) -> str:
        """Write the change; returns the file as it was.

        Raises:
            ValueError: what is to be changed does not stand there exactly once.
        """
        file = root / self.file
        text = file.read_text("utf-8")
        if text.count(self.old) != 1:
            raise ValueError(f"{self.file}: {text.count(self.old)} times {self.old!r}, for: {self.says}")
        file.write_text(text.replace(self.old, self.new), "utf-8")
        return text


def read(root: Path = ROOT) -> list[Mutant]:
    """Every mutant of the list."""
    return [Mutant(**entry) for entry in yaml.safe_load((root / "tests/mutants.yaml").read_text("utf-8"))]


def main() -> int:
    """Exit code 0 where every mutant was caught, else 1."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("word", nargs="?", default="")
    word = parser.parse_args().word
    mutants = [each for each in read() if word in each.says]
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(ROOT / "src", Path(folder) / "src", ignore=shutil.ignore_patterns("__pycache__"))
        tests = sorted({test for each in mutants for test in each.tests})
        failing = [test for test in tests if _outcome([test], folder) != NO_TEST_FAILED]
        if failing:
            print("These do not pass as the program is; mend them first: " + " ".join(failing))
            return 1
        lived = [each for each in mutants if not _caught(each, folder)]
    print(f"{len(mutants) - len(lived)} of {len(mutants)} mutants were caught")
    return 1 if lived or not mutants else 0


def _caught(mutant: Mutant, folder: str) -> bool:
    before = mutant.made_in(Path(folder))
    outcome = _outcome(mutant.tests, folder)
    (Path(folder) / mutant.file).write_text(before, "utf-8")
    said = {NO_TEST_FAILED: "NOT CAUGHT", A_TEST_FAILED: "caught"}.get(outcome, "THE TESTS COULD NOT BE RUN")
    print(f"{said}: {mutant.says} ({mutant.file})", flush=True)
    return outcome == A_TEST_FAILED


def _outcome(tests: list[str], folder: str) -> int:
    """The exit code of the tests over the copy in a folder."""
    # no bytecode: a file of the same length, written in the same second, would be taken for the one before
    environment = {**os.environ, "PYTHONPATH": str(Path(folder) / "src"), "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-m", "pytest", "-x", "-n", "0", "-p", "no:cacheprovider", *tests]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
