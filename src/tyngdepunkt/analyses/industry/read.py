"""Rows of a table, checked: every fault with its line, and what was left out told."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from tyngdepunkt.analyses.contract import Brought
from tyngdepunkt.errors import Faults, UserError
from tyngdepunkt.inputs import numbers
from tyngdepunkt.inputs.budget import Limits
from tyngdepunkt.inputs.faults import FileFaults
from tyngdepunkt.inputs.headings import Form, form_of, says_total
from tyngdepunkt.inputs.tables import Row, Table, table_in
from tyngdepunkt.inputs.text import shown
from tyngdepunkt.places.models import Notice
from tyngdepunkt.places.standards import standard_of
from tyngdepunkt.texts import Term, read_yaml

ROOM = "analyses.industry"
LIMITS = Limits(size=30_000_000, rows=1_000_000, cells=6_000_000, seconds=60.0)
LARGEST = 1e15
"""Beyond this a figure cannot be told from its neighbour, and sums overflow."""
MOST_FAULTS = 200


@dataclass(frozen=True, slots=True)
class Cell:
    """One row: a value of an industry in a place, at a period and of a plant where those are told."""

    place: str
    industry: str
    value: float
    period: str
    plant: str
    where: str


@dataclass(slots=True)
class Rows:
    """What a table holds.

    Args:
        cells: the values of industries.
        totals: stated totals, set aside.
        has_plants: whether the table has a column of plants.
        standards: standard of industry → periods it is used in, where the table says.
        notices: what is told of the reading.
    """

    cells: list[Cell] = field(default_factory=list)
    totals: list[Cell] = field(default_factory=list)
    has_plants: bool = False
    standards: dict[str, dict[str, str]] = field(default_factory=dict)
    notices: list[Notice] = field(default_factory=list)


def read(brought: Brought) -> Rows:
    """The rows of a CSV or XLSX file.

    Raises:
        UserError: everything that is wrong in the file, each with its line or row.
    """
    found = Faults()
    faults = FileFaults(found)
    form: Form = form_of(f"tyngdepunkt.{ROOM}", "columns", (("place",), ("industry",), ("value",)))
    table = table_in(brought.content, Path(brought.name), form, LIMITS)
    _check_columns(table, faults)
    rows = Rows(has_plants="plant" in table.fields)
    if not faults:
        _take(table, rows, faults)
    faults.close()
    found.raise_if_any()
    if not rows.cells:
        raise UserError(*_nothing(table))
    if table.ignored:
        rows.notices.append(Notice("inputs:told.ignored_columns", {"columns": list(table.ignored[:20])}))
    rows.notices += table.notices
    return rows


def _check_columns(table: Table, faults: FileFaults) -> None:
    faults.extend(table.form.twice(table.headings, table.where))
    for name in table.form.missing(table.fields):
        given = [each for each in table.headings if each][:20] or ["–"]
        faults.add(f"{ROOM}:missing_column", table.where, name=_column(name), found=given)


def _column(field: str) -> Term:
    """A field, said by the heading that people write."""
    return Term(field, f"{ROOM}:columns.{field}")


def _nothing(table: Table) -> Any:
    found = Faults()
    found.add(f"{ROOM}:no_rows", table.where)
    return found


def _take(table: Table, rows: Rows, faults: FileFaults) -> None:
    """Every row that is sound; a fault for each of the others."""
    seen: dict[tuple[str, str, str, str], str] = {}
    fields = table.fields
    for row in table.rows(faults):
        if faults.count >= MOST_FAULTS:
            faults.give_up(row.where, faults.count)
        cell = _cell(row, fields, faults)
        if cell is None:
            continue
        key = (cell.place, cell.industry, cell.period, cell.plant)
        first = seen.setdefault(key, cell.where)
        if first != cell.where:
            told = {"place": cell.place, "industry": cell.industry, "seen": first}
            name = "duplicate_plant" if cell.plant else "duplicate"
            faults.add(f"{ROOM}:{name}", cell.where, **told, plant=cell.plant)
        elif says_all(cell.industry):
            rows.totals.append(cell)
        else:
            rows.cells.append(cell)
        _standard(row, cell, rows, faults)


def _cell(row: Row, fields: dict[str, str], faults: FileFaults) -> Cell | None:
    words = {name: _word(row.cells.get(name)) for name in ("place", "industry", "period", "plant")}
    for name in ("place", "industry", "period"):
        if name in fields and not words[name]:
            faults.add(f"{ROOM}:empty_cell", row.where, name=fields[name])
            return None
    value = _value(row, words, faults)
    return None if value is None else Cell(**words, value=value, where=row.where)


def _value(row: Row, words: dict[str, str], faults: FileFaults) -> float | None:
    given = row.cells.get("value")
    told: dict[str, Any] = {"given": shown(given), "place": words["place"], "industry": words["industry"]}
    try:
        value = numbers.number(given)
    except UserError as error:
        if error.faults[0].key in numbers.NO_NUMBER:
            faults.add(f"{ROOM}:value_kind", row.where, **told)
        else:
            faults.extend(error.at(row.where).faults)
        return None
    if value is None:
        faults.add(f"{ROOM}:value_missing", row.where, **told)
    elif value < 0:
        faults.add(f"{ROOM}:value_negative", row.where, **told)
        return None
    elif value > LARGEST:
        faults.add(f"{ROOM}:value_too_large", row.where, **told)
        return None
    return value


def _standard(row: Row, cell: Cell, rows: Rows, faults: FileFaults) -> None:
    """Remember which standard a row says it is of."""
    given = _word(row.cells.get("standard"))
    if not given:
        return
    standard = standard_of(given) or given
    periods = rows.standards.setdefault(standard, {})
    periods.setdefault(cell.period, row.where)


def says_all(industry: str) -> bool:
    """Whether a row is the sum of all industries and none of them."""
    return says_total(industry) or " ".join(industry.casefold().split()) in _totals()


@cache
def _totals() -> frozenset[str]:
    return frozenset(read_yaml(f"tyngdepunkt.{ROOM}", "words.yaml")["totals"])


def _word(cell: Any) -> str:
    """A cell as a name: `2017` and not `2017.0`."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return " ".join(str(cell).split())
