"""Reading an instance, whichever kind it is; all that is wrong with it is found before anything is said."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

from tyngdepunkt.analyses.siting.instance import Instance
from tyngdepunkt.analyses.siting.marks import Marks
from tyngdepunkt.analyses.siting.orlib import orlib_of
from tyngdepunkt.analyses.siting.points import pairs_of, points_of, with_costs, with_forbidden
from tyngdepunkt.analyses.siting.tables import MAX_BYTES, Table, read_table, table_of
from tyngdepunkt.errors import Faults
from tyngdepunkt.inputs.reading import decode, read_bytes


def read_instance(
    path: Path, faults: Faults, costs: Path | None = None, forbid: Path | None = None
) -> Instance | None:
    """An instance from a file.

    Args:
        path: OR-Library text, or CSV or Parquet of points or pairs; what it is, its content says.
        faults: gathers what is wrong.
        costs: pairs whose costs count in place of the distances between points.
        forbid: pairs that may not go together.

    Returns:
        the instance; None where it is faulty beyond use.

    Raises:
        UserError: a file cannot be read at all.
    """
    marks = Marks(path.name, faults)
    instance = _read(path, marks)
    marks.close()
    for extra, read in ((costs, with_costs), (forbid, with_forbidden)):
        if extra is not None and instance is not None:
            more = Marks(extra.name, faults)
            instance = read(instance, extra, more)
            more.close()
    if instance is None:
        return None
    return replace(instance, hash=_hash([path, costs, forbid]))


def _read(path: Path, marks: Marks) -> Instance | None:
    if path.suffix.lower() in (".parquet", ".pq"):
        return _of_table(read_table(path, marks), marks)
    text = decode(read_bytes(path, MAX_BYTES), path)
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


def _hash(paths: list[Path | None]) -> str:
    digest = hashlib.sha256()
    for path in paths:
        if path is not None:
            digest.update(path.read_bytes())
    return digest.hexdigest()
