"""Make the machine ready for the tests of PostgreSQL: its programs, with which they start a server.

Without them those tests are skipped with the reason. Only `TYNGDEPUNKT_POSTGRES=required` (the build
server) has them installed, for Debian's package starts a server of its own; what cannot be had is then a
failure.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import debian


def main() -> int:
    """Exit code 1 only where the tests must be run and cannot be."""
    return debian.required("TYNGDEPUNKT_POSTGRES", "postgresql", there, "POSTGRESQL")


def there() -> bool:
    """Whether a server can be made: Debian puts the programs where they are not on the path."""
    return bool(shutil.which("initdb") or list(Path("/usr/lib/postgresql").glob("*/bin/initdb")))


if __name__ == "__main__":
    sys.exit(main())
