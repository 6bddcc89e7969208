"""What differs between two snapshots: tables, rows, years, and how far the figures moved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tyngdepunkt.places.build_catalogue import catalogue
from tyngdepunkt.places.drift import Drift, drift
from tyngdepunkt.places.models import Snapshot, TableInfo
from tyngdepunkt.places.row_differences import counted_rows
from tyngdepunkt.places.snapshot import checksum_faults, read_manifest
from tyngdepunkt.sources.answers import declared
from tyngdepunkt.sources.declared import own_tables

if TYPE_CHECKING:
    pass


@dataclass(frozen=True, slots=True)
class Difference:
    """One table that is not the same in both.

    Args:
        table: its name.
        state: `added`, `gone` or `changed`.
        rows: how many before and after; 0 where it is not there.
        new, lost, changed: rows by their key: in the new one only, in the old one only, with other cells.
        years_new, years_lost: years that only one of them has.
        moved: how far the figures moved, where it is known which columns hold them.
    """

    table: str
    state: str
    rows: tuple[int, int]
    new: int = 0
    lost: int = 0
    changed: int = 0
    years_new: Sequence[int] = ()
    years_lost: Sequence[int] = ()
    moved: Sequence[Drift] = ()


def differences(before: Path, after: Path) -> tuple[Snapshot, Snapshot, list[Difference]]:
    """Every table that differs, in the order of the catalogue; tables with the same bytes are left out.

    Raises:
        UserError: one of the snapshots is not whole.
    """
    old, new = (_whole(folder) for folder in (before, after))
    tables = [{table.name: table for table in snapshot.tables} for snapshot in (old, new)]
    names = [spec.name for spec in catalogue() if spec.name in {**tables[0], **tables[1]}]
    found = (_difference(name, tables[0].get(name), tables[1].get(name), before, after) for name in names)
    return old, new, [each for each in found if each]


def _whole(folder: Path) -> Snapshot:
    snapshot = read_manifest(folder)
    checksum_faults(folder, snapshot).raise_if_any()
    return snapshot


def _difference(
    name: str, old: TableInfo | None, new: TableInfo | None, before: Path, after: Path
) -> Difference | None:
    if old is None or new is None:
        state = "added" if old is None else "gone"
        return Difference(name, state, (old.rows if old else 0, new.rows if new else 0))
    if old.sha256 == new.sha256:
        return None
    measured = {
        name: columns for table in own_tables().tables.values() for name, columns in table.makes.items()
    }
    measured |= {name: list(of) for each in declared().answers.values() for name, of in each.measured.items()}
    columns = {name: measured[name]} if name in measured else {}
    added, gone, changed = counted_rows(catalogue()[name], before, after)
    return Difference(
        name,
        "changed",
        (old.rows, new.rows),
        added,
        gone,
        changed,
        sorted(set(new.years) - set(old.years)),
        sorted(set(old.years) - set(new.years)),
        drift(before, after, columns),
    )
