"""Make the machine ready for the tests of the workbook in LibreOffice: Calc without its windows.

Without it those tests are skipped with the reason. Only `TYNGDEPUNKT_OFFICE=required` has it installed, for
it is large; what cannot be had is then a failure.
"""

from __future__ import annotations

import os
import shutil
import sys

import debian


def main() -> int:
    """Exit code 1 only where the tests must be run and cannot be."""
    if os.environ.get("TYNGDEPUNKT_OFFICE") != "required":
        return 0
    lacking = debian.made_sure_of("libreoffice-calc-nogui", there)
    if lacking:
        print(
            f"!! THE TESTS OF THE WORKBOOK CANNOT BE RUN, AND THEY MUST BE HERE: {lacking}",
            file=sys.stderr,
            flush=True,
        )
    return 1 if lacking else 0


def there() -> bool:
    """Whether LibreOffice can be called."""
    return shutil.which("soffice") is not None


if __name__ == "__main__":
    sys.exit(main())
