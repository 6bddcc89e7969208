"""Make the machine ready for the browser tests: the pages' third-party files, and Chromium.

What cannot be made ready is said loudly, and the tests that need it are skipped with the reason; with
`TYNGDEPUNKT_JOURNEYS=required` (the build server) it is a failure.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import vendor_assets

ROOT = Path(__file__).resolve().parents[1]


def main() -> int:
    """Exit code 1 only where the journeys must be walked and cannot be."""
    lacking = [said for said in (_assets(), _chromium()) if said]
    for said in lacking:
        print(f"!! THE BROWSER TESTS WILL BE SKIPPED: {said}", file=sys.stderr, flush=True)
    return 1 if lacking and os.environ.get("TYNGDEPUNKT_JOURNEYS") == "required" else 0


def _assets() -> str:
    if vendor_assets.is_current():
        return ""
    return "" if vendor_assets.main() == 0 else "the third-party files of the pages are missing"


def _chromium() -> str:
    """Nothing where there is a Chromium, or one could be installed; otherwise what to do."""
    if _found():
        return ""
    apt = shutil.which("apt-get")
    if not apt:
        return "Chromium is missing; install it, or name it in CHROMIUM"
    command = [apt, "install", "-y", "-q", "--no-install-recommends", "chromium"]
    if os.geteuid() != 0:
        if not shutil.which("sudo"):
            return "Chromium is missing; as root: apt-get install chromium"
        command = ["sudo", "-n", *command]
    print("Installing Chromium with apt …", flush=True)
    for each in ([*command[: command.index("install")], "update", "-q"], command):
        outcome = subprocess.run(each, capture_output=True, text=True, check=False)
    if outcome.returncode or not _found():
        return "Chromium could not be installed: " + outcome.stderr.strip()[-300:]
    return ""


def _found() -> bool:
    return bool(os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser"))


if __name__ == "__main__":
    sys.exit(main())
