"""Make the machine ready for the tests of the workbook in LibreOffice: Calc without its windows.

Without it those tests are skipped with the reason. Only `TYNGDEPUNKT_OFFICE=required` has it installed, for
it is large; what cannot be had is then a failure.
"""

from __future__ import annotations

import shutil
import sys

import debian


def main() -> int:
    """Exit code 1 only where the tests must be run and cannot be."""
    return debian.required(
        "TYNGDEPUNKT_OFFICE", "libreoffice-calc-nogui", there, "THE WORKBOOK IN LIBREOFFICE"
    )


def there() -> bool:
    """Whether LibreOffice can be called."""
    return shutil.which("soffice") is not None


if __name__ == "__main__":
    sys.exit(main())
