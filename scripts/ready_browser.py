"""Make the machine ready for the browser tests: the pages' third-party files, and Chromium.

What cannot be made ready is said loudly, and the tests that need it are skipped with the reason; with
`TYNGDEPUNKT_JOURNEYS=required` (the build server) it is a failure.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import debian
import vendor_assets

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from journeys import chromium  # noqa: E402  # the one that the tests look for


def main() -> int:
    """Exit code 1 only where the journeys must be walked and cannot be."""
    required = os.environ.get("TYNGDEPUNKT_JOURNEYS") == "required"
    follows = "CANNOT BE RUN, AND THEY MUST BE HERE" if required else "WILL BE SKIPPED"
    lacking = [said for said in (_assets(), _chromium()) if said]
    for said in lacking:
        print(f"!! THE BROWSER TESTS {follows}: {said}", file=sys.stderr, flush=True)
    return 1 if lacking and required else 0


def _assets() -> str:
    if vendor_assets.is_current():
        return ""
    return "" if vendor_assets.main() == 0 else "the third-party files of the pages are missing"


def _chromium() -> str:
    """Nothing where there is a Chromium that starts, or one could be installed; otherwise what to do."""
    if "CHROMIUM" in os.environ and not starts():
        return f"what CHROMIUM names does not start: {os.environ['CHROMIUM']}"
    return debian.made_sure_of(chromium.PACKAGES, starts) and debian.made_sure_of("chromium", starts)


def starts() -> bool:
    """Whether there is a Chromium, and it is more than a sign to where one can be had (as Ubuntu's is)."""
    found = chromium.found()
    if not found:
        return False
    try:
        asked = subprocess.run(
            [found, "--version"], capture_output=True, check=False, timeout=60, stdin=subprocess.DEVNULL
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return asked.returncode == 0


if __name__ == "__main__":
    sys.exit(main())
