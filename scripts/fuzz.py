"""Send many inputs that nobody should send, and say how many were tried and how many faults are left.

    python scripts/fuzz.py [--count 10000] [--seed N] [--kind "ledger csv"] [--from 0]

Every kind has its own inputs (tests/fuzzing.py); a seed and a number give the same input again. A fault is
an exception that is not for the person who sent the input, or more than five seconds of work. The exit
code is 1 where a fault is left.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
SHOWN = 20


def main() -> int:
    """Try, and say."""
    from fuzzing import fuzz, readers
    from tyngdepunkt.places import open_places

    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--count", type=int, default=10_000)
    options.add_argument("--seed", type=int, default=random.randrange(10**6))  # noqa: S311
    options.add_argument("--kind", default="")
    options.add_argument("--from", dest="begin", type=int, default=0)
    asked = options.parse_args()
    left = 0
    with tempfile.TemporaryDirectory() as folder:
        os.environ["TYNGDEPUNKT_DATA"] = folder
        with open_places("embedded") as places:
            for kind, reader in readers(places, Path(folder)).items():
                if asked.kind not in ("", kind):
                    continue
                began = time.monotonic()
                found = fuzz(reader, asked.seed, asked.count, asked.begin)
                took = time.monotonic() - began
                tried = f"seed {asked.seed}, {found.tried} inputs tried, {found.read} of them read whole"
                print(f"{kind}: {tried}, {len(found.faults)} faults left, {took:.0f} s", flush=True)
                print("".join(f"  {line}\n" for line in found.faults[:SHOWN]), end="", flush=True)
                left += len(found.faults)
    print(f"faults left: {left}")
    return int(left > 0)


if __name__ == "__main__":
    sys.exit(main())
