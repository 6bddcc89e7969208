"""Write the generated pages of the documentation anew (`make docs`)."""

from __future__ import annotations

from pathlib import Path

from tyngdepunkt.indicators import docs_generator as indicators
from tyngdepunkt.rules import docs_generator as rules
from tyngdepunkt.sources import handbook as tables

DOCS = Path(__file__).parents[1] / "docs"
PAGES = {"rules.md": rules.page, "indicators.md": indicators.page, "tables.md": tables.page}


def main() -> None:
    """Each page is held against its data by a test, so that it cannot fall behind unseen."""
    for name, page in PAGES.items():
        (DOCS / name).write_text(page(), encoding="utf-8")
        print(f"docs/{name}")


if __name__ == "__main__":
    main()
