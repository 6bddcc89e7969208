"""The rows as arrays: places, industries and periods paired by name, and what is not there told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from tyngdepunkt.analyses.industry.periods import in_order, tells_time
from tyngdepunkt.analyses.industry.read import ROOM, Rows
from tyngdepunkt.errors import Fault, UserError
from tyngdepunkt.inputs.headings import says_total
from tyngdepunkt.methods.validation import Bools, Floats, Ints
from tyngdepunkt.places.models import Notice
from tyngdepunkt.places.standards import above, changes, digits_of, divisions

MOST_CELLS = 60_000_000
LISTED = 10


@dataclass(slots=True)
class IndustryTable:
    """A table whose rows have been paired by name.

    Args:
        places: names in the order of the file; a stated sum of all places is among them.
        industries: likewise, without the stated sums of all industries.
        periods: in order of time, or as they stand where their names do not tell it; one empty name where the
            table has none.
        values: (periods, places, industries), 0 where there is no row.
        given: (periods, places, industries) where there is a row.
        units: (periods, places, industries) plants, 0 where the rows name none.
        plants: those of each industry at each period: period, industry → place and value of each plant.
        stated: (periods, places) stated totals; NaN where none is.
        sums: positions of places that are stated sums of the others.
        notices: what is told.
    """

    places: tuple[str, ...]
    industries: tuple[str, ...]
    periods: tuple[str, ...]
    values: Floats
    given: Bools
    units: Ints
    plants: dict[tuple[int, int], list[tuple[int, float]]]
    stated: Floats
    sums: frozenset[int]
    notices: list[Notice] = field(default_factory=list)


def table_of(rows: Rows) -> IndustryTable:
    """Pair the rows by name.

    Raises:
        UserError: the table is too large, or mixes standards of industry at one period.
    """
    places = tuple(dict.fromkeys(cell.place for cell in [*rows.cells, *rows.totals]))
    industries = tuple(dict.fromkeys(cell.industry for cell in rows.cells))
    periods = in_order(cell.period for cell in rows.cells)
    shape = (len(periods), len(places), len(industries))
    if shape[0] * shape[1] * shape[2] > MOST_CELLS:
        told = {"periods": shape[0], "places": shape[1], "industries": shape[2], "limit": MOST_CELLS}
        raise UserError(Fault(f"{ROOM}:too_many_cells", told))
    at = [{name: i for i, name in enumerate(names)} for names in (periods, places, industries)]
    table = IndustryTable(
        places, industries, periods,
        np.zeros(shape), np.zeros(shape, dtype=bool), np.zeros(shape, dtype=np.int64), {},
        np.full(shape[:2], np.nan), frozenset(i for i, name in enumerate(places) if says_total(name)),
        list(rows.notices),
    )  # fmt: skip
    for cell in rows.cells:
        t, p, i = at[0][cell.period], at[1][cell.place], at[2][cell.industry]
        table.values[t, p, i] += cell.value
        table.given[t, p, i] = True
        if cell.plant:
            table.units[t, p, i] += 1
            table.plants.setdefault((t, i), []).append((p, cell.value))
    for cell in rows.totals:
        if cell.period in at[0]:
            table.stated[at[0][cell.period], at[1][cell.place]] = cell.value
    _tell_totals(table)
    _check_standards(rows, table)
    table.notices += [*_tell_levels(table), *_tell_names(table), *_tell_order(table)]
    return table


def some(names: Sequence[str]) -> list[str]:
    """The first few names, for a sentence."""
    return [*names[:LISTED], *(["…"] if len(names) > LISTED else [])]


def _tell_totals(table: IndustryTable) -> None:
    """Stated totals that are not the sum of their parts, of industries and of places."""
    parts = table.values.sum(axis=2)
    for t, p in np.argwhere(np.isfinite(table.stated)):
        stated, summed = float(table.stated[t, p]), float(parts[t, p])
        if not _same(stated, summed):
            told = {"place": table.places[p], "stated": stated, "parts": summed, "period": table.periods[t]}
            table.notices.append(Notice("total_differs", told))
    others = [i for i in range(len(table.places)) if i not in table.sums]
    if not others:
        table.sums = frozenset()
        return
    for p in sorted(table.sums):
        name = table.places[p]
        for t, period in enumerate(table.periods):
            stated, summed = float(parts[t, p]), float(parts[t, others].sum())
            if stated and not _same(stated, summed):
                told = {"place": name, "stated": stated, "parts": summed, "period": period}
                table.notices.append(Notice("whole_differs", told))
        table.notices.append(Notice("place_is_a_sum", {"place": name}))
    _tell_hidden_sum(table, others, parts)


def _tell_hidden_sum(table: IndustryTable, others: list[int], parts: Floats) -> None:
    """A place that is as large as all the others together may be their sum under another name."""
    if len(others) < 3:
        return
    last = parts[-1, others]
    for at, p in enumerate(others):
        rest = float(last.sum() - last[at])
        if rest > 0 and abs(float(last[at]) - rest) <= 0.005 * rest:
            table.notices.append(Notice("may_be_a_sum", {"place": table.places[p]}))
            return


def _same(one: float, other: float) -> bool:
    return abs(one - other) <= 1e-9 * max(abs(one), abs(other), 1.0)


def _check_standards(rows: Rows, table: IndustryTable) -> None:
    """Two standards at one period are a fault; a division that ceases between periods is told."""
    if len(rows.standards) > 1:
        at: dict[str, list[str]] = {}
        for standard, periods in rows.standards.items():
            for period in periods:
                at.setdefault(period, []).append(standard)
        mixed = {period: names for period, names in at.items() if len(names) > 1}
        if mixed:
            names = sorted({name for each in mixed.values() for name in each})
            where = rows.standards[names[-1]][next(iter(mixed))]
            raise UserError(Fault(f"{ROOM}:two_standards", {"standards": names}, where))
        raise UserError(Fault(f"{ROOM}:standard_changes", {"standards": sorted(rows.standards)}))
    if not rows.standards:
        table.notices += [Notice("standard_may_change", told) for told in _ceased(table)]
        table.notices += [Notice("codes_of_two_standards", told) for told in _both(table)]


def _ceased(table: IndustryTable) -> list[dict[str, object]]:
    """Divisions that only an older standard has, which some places or periods have and others do not."""
    found: list[dict[str, object]] = []
    for change in changes():
        ceased = [i for i, name in enumerate(table.industries) if change.only_before(name)]
        heirs = {name for each in change.divisions.values() for name in each}
        taken = [i for i, name in enumerate(table.industries) if (held := divisions(name)) and held <= heirs]
        if not ceased or not taken:
            continue
        old = table.given[:, :, ceased].any(axis=2)
        new = table.given[:, :, taken].any(axis=2) & ~old
        if old.any() and new.any():
            names = {table.places[p] for _, p in np.argwhere(new)}
            at = sorted({int(t) for t, _ in np.argwhere(new)})
            periods = [table.periods[t] for t in at if table.periods[t]]
            found.append(
                {
                    "code": table.industries[ceased[0]], "before": change.before, "after": change.after,
                    "places": some(sorted(names)), "periods": some(periods) or ["–"],
                }
            )  # fmt: skip
    return found


def _both(table: IndustryTable) -> list[dict[str, object]]:
    """Codes that only one standard has beside codes that only the next one has."""
    found: list[dict[str, object]] = []
    for change in changes():
        old = [name for name in table.industries if change.only_before(name)]
        new = [name for name in table.industries if change.only_after(name)]
        if old and new:
            sides: dict[str, object] = {"old": some(old), "new": some(new)}
            found.append({"before": change.before, "after": change.after, **sides})
    return found


def _tell_levels(table: IndustryTable) -> list[Notice]:
    """Codes that a place has beside a code which already holds them: their jobs are counted twice."""
    pairs = [
        (table.industries[i], table.industries[j])
        for i, j in _nested(table.industries)
        if (table.given[:, :, i] & table.given[:, :, j]).any()
    ]
    if not pairs:
        return []
    told = {"count": len(pairs), "codes": some([f"{coarse} – {fine}" for coarse, fine in pairs])}
    return [Notice("levels_mixed", told)]


def _nested(names: Sequence[str]) -> list[tuple[int, int]]:
    """Positions of a code and of one that is part of it: `45` and `45.1`, `45-47` and `46`."""
    at: dict[str, list[int]] = {}
    for i, name in enumerate(names):
        at.setdefault(digits_of(name), []).append(i)
    at.pop("", None)
    found = [(i, j) for j, name in enumerate(names) for coarse in above(name) for i in at.get(coarse, [])]
    held = [(i, each) for i, name in enumerate(names) if len(each := divisions(name)) > 1]
    for i, wide in held:
        found += [
            (i, j) for j, name in enumerate(names) if j != i and (own := divisions(name)) and own <= wide
        ]
    return sorted(set(found))


def _tell_names(table: IndustryTable) -> list[Notice]:
    """Names that differ in capitals or leading zeros only: counted as two, and most likely one."""
    found: list[str] = []
    for names in (table.places, table.industries):
        alike: dict[str, list[str]] = {}
        for name in names:
            alike.setdefault(name.casefold().lstrip("0"), []).append(name)
        found += [" – ".join(each) for each in alike.values() if len(each) > 1]
    return [Notice("names_alike", {"names": some(found)})] if found else []


def _tell_order(table: IndustryTable) -> list[Notice]:
    """Periods whose names do not tell their order."""
    if tells_time(table.periods):
        return []
    return [Notice("periods_unlike", {"periods": some(table.periods)})]
