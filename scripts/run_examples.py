"""Assess every shipped example and say where the documents lie (`make run`)."""

from __future__ import annotations

import sys
from pathlib import Path

from tyngdepunkt.cli import run

ROOT = Path(__file__).parents[1]


def main(folder: str) -> int:
    """Exit code 0 where every example could be assessed."""
    cases = sorted((ROOT / "examples" / "location").glob("*.yaml"))
    codes = [run(["assess", str(case.relative_to(Path.cwd())), "--out", folder]) for case in cases]
    print(f"\n{len(cases) - sum(map(bool, codes))} / {len(cases)}: {Path(folder).resolve()}")
    return max(codes, default=0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else "out"))
