"""An independent checker (outloud: PDF/UA-1, WCAG 2.2, and what a validator does not look at) reads the PDF.

Not every finding is a fault. `EXPLAINED` says of each kind that is left why it is right as it is.
"""

from __future__ import annotations

import re
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
    left = [each for each in found.findings if not _one_head_a_row_and_column(each)]
    assert not [each for each in left if str(each.severity).lower() == "error"]
    assert {each.rule for each in left} <= set(EXPLAINED)


def _one_head_a_row_and_column(finding: object) -> bool:
    """A small table has more heads than other cells, and is not shredded: each row and column has one."""
    told = re.search(r"(\d+) header cells against (\d+) data cells$", getattr(finding, "message", ""))
    if told is None:
        return False
    heads, others = int(told[1]), int(told[2])
    return any((columns - 1) * (heads - columns) == others for columns in range(2, heads))
