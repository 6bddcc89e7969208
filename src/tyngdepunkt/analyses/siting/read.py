"""Reading an instance, whichever kind it is; all that is wrong with it is found before anything is said."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace

from tyngdepunkt.analyses.contract import Brought
from tyngdepunkt.analyses.siting.instance import Instance
from tyngdepunkt.analyses.siting.marks import Marks
from tyngdepunkt.analyses.siting.orlib import orlib_of
from tyngdepunkt.analyses.siting.points import pairs_of, points_of, with_costs, with_forbidden
from tyngdepunkt.analyses.siting.tables import Table, is_parquet, read_table, table_of
from tyngdepunkt.errors import Faults


def read_instance(brought: Mapping[str, Brought], faults: Faults) -> Instance | None:
    """An instance from the files that are brought.

    Args:
        brought: `instance`, OR-Library text, or CSV or Parquet of points or pairs; what it is, its content
            says; `costs`, pairs whose costs count in place of the distances between points; `forbid`, pairs
            that may not go together.
        faults: gathers what is wrong.

    Returns:
        the instance; None where it is faulty beyond use.

    Raises:
        UserError: a file cannot be read at all.
    """
    marks = Marks(brought["instance"], faults)
    instance = _read(brought["instance"], marks)
    marks.close()
    for name, read in (("costs", with_costs), ("forbid", with_forbidden)):
        if name in brought and instance is not None:
            more = Marks(brought[name], faults)
            instance = read(instance, brought[name], more)
            more.close()
    if instance is None:
        return None
    digest = hashlib.sha256()
    for name in ("instance", "costs", "forbid"):
        digest.update(brought[name].content if name in brought else b"")
    return replace(instance, hash=digest.hexdigest())


def _read(file: Brought, marks: Marks) -> Instance | None:
    if is_parquet(file):
        return _of_table(read_table(file, marks), marks)
    text = file.text
    words = text.partition("\n")[0].split()
    if words and all(_is_number(word) for word in words):
        return orlib_of(text, marks)
    return _of_table(table_of(text, marks), marks)


def _of_table(table: Table, marks: Marks) -> Instance | None:
    if "from" in table or "to" in table:
        return pairs_of(table, marks)
    if table.columns.keys() & {"id", "x", "y", "demand"}:
        return points_of(table, marks)
    if not marks:
        marks.add("unknown_kind", 1)
    return None


def _is_number(word: str) -> bool:
    try:
        float(word)
    except ValueError:
        return False
    return True
