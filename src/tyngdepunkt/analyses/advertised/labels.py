"""Labels that persons give advertisements: `vacancy` (its number in the feed) and `workplace`."""

from __future__ import annotations

from pathlib import Path

from tyngdepunkt.errors import Faults
from tyngdepunkt.inputs.faults import FileFaults
from tyngdepunkt.inputs.headings import form_of, plain
from tyngdepunkt.inputs.tables import table_in
from tyngdepunkt.inputs.text import shown
from tyngdepunkt.sources.advertised_place import WorkPlace

ROOM = "analyses.advertised"
_PACKAGE = f"tyngdepunkt.{ROOM}"
_ANSWERS: dict[str, WorkPlace] = {"free": "free", "several": "several", "one": "one"}


def labels_in(content: bytes, path: Path) -> dict[str, WorkPlace]:
    """Number of an advertisement → what a person says of its place of work.

    Args:
        content: CSV or XLSX.
        path: what the file is called.

    Raises:
        UserError: everything that is wrong, each fault with its line or row.
    """
    found, labels = Faults(), dict[str, WorkPlace]()
    faults = FileFaults(found)
    table = table_in(content, path, form_of(_PACKAGE, "labels", (("vacancy",), ("workplace",))))
    faults.extend(table.form.twice(table.headings, table.where))
    for name in table.form.missing(table.fields):
        faults.add(f"{ROOM}:missing_column", table.where, name=name)
    answers = form_of(_PACKAGE, "answers", ()).words
    for row in table.rows(faults) if not faults else ():
        number, given = (str(row.cells.get(name) or "").strip() for name in ("vacancy", "workplace"))
        answer = _ANSWERS.get(answers.get(plain(given), ""))
        if not number or answer is None:
            faults.add(f"{ROOM}:not_a_label", row.where, given=shown(given or number))
        elif number in labels:
            faults.add(f"{ROOM}:labelled_twice", row.where, given=shown(number))
        else:
            labels[number] = answer
    faults.close()
    found.raise_if_any()
    return labels
