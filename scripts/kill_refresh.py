"""Kill `data refresh` at many points, against a service on this machine: `kill_refresh.py [KILLS]`.

The tests do the same with twenty. It says how many kills found the old snapshot in use, and how many the new.
"""

from __future__ import annotations

import os
import secrets
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

TESTS = Path(__file__).parents[1] / "tests"
sys.path.insert(0, str(TESTS))

import statbank  # noqa: E402
from unit.sources.served import Server  # noqa: E402


def main(kills: int) -> int:
    """The exit code of the run: 0 where a whole snapshot served after every kill."""
    seed = secrets.randbelow(10**6)
    print(f"seed {seed}")
    with tempfile.TemporaryDirectory() as folder, Server() as server:
        home = Path(folder)
        country = statbank.small_country(home / "data")
        statbank.bring_klass(home / "data", "klass/104", "codes", statbank.counties(country))
        jobs = statbank.jobs_by_sector(country, "2024")
        server.answer = statbank.Bank({"11618": statbank.employed(country, "2024"), "13472": jobs}, most=30)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        tables = statbank.declared(home / "tables.yaml", server.address, "11618", "13472")
        command = [sys.executable, TESTS / "killed_refresh.py", home / "data", tables, str(kills), str(seed)]
        ended = subprocess.run(
            command, env={**os.environ, "TYNGDEPUNKT_CACHE": str(home / "cache")}, check=False
        )
        server.shutdown()
    return ended.returncode


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 50))
