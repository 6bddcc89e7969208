"""An independent checker (outloud: PDF/UA-1, WCAG 2.2, and what a validator does not look at) reads the PDF.

Not every finding is a fault. `EXPLAINED` says of each kind that is left why it is right as it is.
"""

from __future__ import annotations

from pathlib import Path

import outloud
import pytest

from location_cases import assessed, norway
from sample_document import sample
from tyngdepunkt.analyses.location.document import location_document
from tyngdepunkt.documents import pdf
from tyngdepunkt.documents.document import Document

EXPLAINED = {
    "TBL-014": "the lines of a chart are taken for a table's; the figure says in words what it shows",
    "TBL-015": "the note under a source spans its row, and says so: /ColSpan is that of the whole row",
}
"""Rule → why what it finds in our documents is no fault."""


def _of_a_case() -> Document:
    return location_document(assessed(), norway())


@pytest.mark.parametrize("make", [lambda: sample("nb"), _of_a_case], ids=["every kind of block", "a case"])
def test_an_independent_checker_finds_no_fault(make, tmp_path: Path) -> None:
    file = tmp_path / "checked.pdf"
    file.write_bytes(pdf.render(make()))
    found = outloud.check(str(file))
    assert found.errors == 0, [each for each in found.findings if str(each.severity).lower() == "error"]
    assert {each.rule for each in found.findings} <= set(EXPLAINED)
