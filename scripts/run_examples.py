"""Assess every shipped example and say where the finished documents lie (`make run`)."""

from __future__ import annotations

import contextlib
import io
import json
import sys
from pathlib import Path

from tyngdepunkt.cli import run

EXAMPLES = Path(__file__).parents[1] / "examples" / "location"


def main(folder: Path) -> int:
    """Exit code 0 where every example could be assessed."""
    codes = [_assess(case, folder) for case in sorted(EXAMPLES.glob("*.yaml"))]
    print(f"{codes.count(0)} / {len(codes)} → {folder.resolve()}")
    return max(codes, default=1)


def _assess(case: Path, folder: Path) -> int:
    """Assess one case; print its title, what the figures point to, and its documents."""
    with contextlib.redirect_stdout(io.StringIO()):
        code = run(["assess", str(case), "--out", str(folder)])
    if code == 0:
        written = sorted(folder.glob(f"{case.stem}-??.*"))
        answer = json.loads(
            next(path for path in written if path.suffix == ".json").read_text(encoding="utf-8")
        )
        print(f"{answer['title']}\n  {answer['texts']['recommendation']}")
        print("  " + "\n  ".join(str(path) for path in written) + "\n", flush=True)
    return code


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1] if len(sys.argv) > 1 else "out")))
