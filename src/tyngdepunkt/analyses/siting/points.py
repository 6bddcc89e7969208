"""Instances of points in the plane, and of pairs with a cost."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from tyngdepunkt.analyses.contract import Brought
from tyngdepunkt.analyses.siting.instance import Instance
from tyngdepunkt.analyses.siting.marks import Marks, shown
from tyngdepunkt.analyses.siting.tables import (
    Table,
    columns_known,
    flags,
    names,
    numbers,
    read_table,
)
from tyngdepunkt.methods.siting.problem import CutLists
from tyngdepunkt.methods.validation import Bools, Floats, Ints

POINT = ("id", "x", "y", "demand")
POINT_MORE = ("candidate", "capacity", "existing", "fixed", "group", "cost")
PAIR = ("from", "to", "cost")


def points_of(table: Table, marks: Marks) -> Instance | None:
    """Points `id,x,y,demand[,candidate][,capacity][,existing][,fixed][,group][,cost]`.

    A row with a demand is a demand; all rows are candidate sites unless a column says which. A row that is
    only a site leaves its demand blank. A blank capacity is no limit; blank coordinates are a fault.
    """
    if not columns_known(table, POINT, POINT_MORE, marks):
        return None
    ids = _once(table, "id", marks)
    place = np.column_stack([numbers(table, axis, marks, least=None) for axis in ("x", "y")])
    demand = numbers(table, "demand", marks, blank=True)
    candidate = flags(table, "candidate", marks) if "candidate" in table else np.ones(len(table), bool)
    fixed = flags(table, "fixed", marks) if "fixed" in table else None
    existing = flags(table, "existing", marks) if "existing" in table else None
    for column, marked in (("fixed", fixed), ("existing", existing)):
        if marked is not None:
            for at in np.flatnonzero(marked & ~candidate).tolist():
                marks.add("no_candidate", table.rows[at], id=shown(ids[at]), column=column)
    asked = np.array([cell != "" for cell in table.columns["demand"]], bool)
    for at in np.flatnonzero(~asked & ~candidate).tolist():
        marks.add("neither", table.rows[at], id=shown(ids[at]))
    capacity = numbers(table, "capacity", marks, blank=True) if "capacity" in table else None
    cost = numbers(table, "cost", marks, blank=True) if "cost" in table else None
    if cost is not None:
        for at in np.flatnonzero(np.isnan(cost) & candidate).tolist():
            if not table.columns["cost"][at]:
                marks.add("missing_number", table.rows[at], column="cost", given="–")
    _some(asked, candidate, marks)
    if marks:
        return None
    sites, demands = np.flatnonzero(candidate), np.flatnonzero(asked)
    groups, group_names = _groups(table, demands)
    return Instance(
        tuple(ids[at] for at in demands),
        tuple(ids[at] for at in sites),
        demand[demands],
        demand_points=place[demands],
        site_points=place[sites],
        capacities=None if capacity is None else np.where(np.isnan(capacity), np.inf, capacity)[sites],
        fixed=None if fixed is None else fixed[sites],
        existing=None if existing is None else existing[sites],
        site_costs=None if cost is None else cost[sites],
        groups=groups,
        group_names=group_names,
        points=len(table),
        notices=tuple(marks.notices),
    )


def _once(table: Table, column: str, marks: Marks) -> list[str]:
    ids = names(table, column, marks)
    first: dict[str, int] = {}
    for row, name in zip(table.rows, ids, strict=True):
        if name and first.setdefault(name, row) != row:
            marks.add("same_id", row, id=shown(name), first=first[name])
    return ids


def _some(asked: Bools, candidate: Bools, marks: Marks) -> None:
    if len(asked) and not asked.any():
        marks.add("no_demands")
    if len(candidate) and not candidate.any():
        marks.add("no_candidates")


def _groups(table: Table, demands: Ints) -> tuple[Ints | None, tuple[str, ...]]:
    if "group" not in table:
        return None, ()
    called = [table.columns["group"][at] or "–" for at in demands]
    known = tuple(sorted(set(called)))
    number = {name: at for at, name in enumerate(known)}
    return np.array([number[name] for name in called], np.int64), known


def pairs_of(table: Table, marks: Marks) -> Instance | None:
    """Pairs `from,to,cost`: from a demand to a site. Every demand weighs 1; a pair not there is forbidden."""
    if not columns_known(table, PAIR, (), marks):
        return None
    starts, ends = names(table, "from", marks), names(table, "to", marks)
    cost = numbers(table, "cost", marks)
    _pairs_once(table, starts, ends, marks)
    if marks:
        return None
    demand_ids, site_ids = tuple(dict.fromkeys(starts)), tuple(dict.fromkeys(ends))
    lists = _lists(starts, ends, cost, demand_ids, site_ids)
    marks.notice("direction", demands=len(demand_ids), sites=len(site_ids))
    uneven = _uneven(starts, ends, cost)
    if uneven:
        marks.notice("asymmetric", pairs=len(uneven), start=uneven[0][0], end=uneven[0][1])
    return Instance(
        demand_ids,
        site_ids,
        np.ones(len(demand_ids)),
        costs=lists,
        points=len({*demand_ids, *site_ids}),
        notices=tuple(marks.notices),
    )


def _pairs_once(table: Table, starts: list[str], ends: list[str], marks: Marks) -> None:
    first: dict[tuple[str, str], int] = {}
    for row, start, end in zip(table.rows, starts, ends, strict=True):
        if first.setdefault((start, end), row) != row:
            marks.add("same_pair", row, start=shown(start), end=shown(end), first=first[start, end])


def _uneven(starts: list[str], ends: list[str], cost: Floats) -> list[tuple[str, str]]:
    """Pairs whose way back costs something else."""
    known = dict(zip(zip(starts, ends, strict=True), cost.tolist(), strict=True))
    return [(a, b) for (a, b), there in known.items() if known.get((b, a), there) != there]


def _lists(
    starts: list[str], ends: list[str], cost: Floats, demand_ids: tuple[str, ...], site_ids: tuple[str, ...]
) -> CutLists:
    demand_at = {name: at for at, name in enumerate(demand_ids)}
    site_at = {name: at for at, name in enumerate(site_ids)}
    demand = np.array([demand_at[name] for name in starts], np.int64)
    site = np.array([site_at[name] for name in ends], np.int64)
    order = np.lexsort((site, demand))
    start = np.concatenate([[0], np.cumsum(np.bincount(demand, minlength=len(demand_ids)))])
    return CutLists(start, site[order], cost[order], len(site_ids))


def with_costs(instance: Instance, file: Brought, marks: Marks) -> Instance:
    """The instance with costs from a file of pairs in place of the distances between its points."""
    table = read_table(file, marks)
    if not columns_known(table, PAIR, (), marks):
        return instance
    starts, ends = names(table, "from", marks), names(table, "to", marks)
    cost = numbers(table, "cost", marks)
    _pairs_once(table, starts, ends, marks)
    demands, sites = set(instance.demand_ids), set(instance.site_ids)
    if _swapped(set(starts), set(ends), demands, sites):
        marks.add("swapped", None, start=shown(starts[0]), end=shown(ends[0]))
        return instance
    for row, start, end in zip(table.rows, starts, ends, strict=True):
        if start and start not in demands:
            marks.add("unknown_demand", row, id=shown(start))
        if end and end not in sites:
            marks.add("unknown_site", row, id=shown(end))
    if marks:
        return instance
    lists = _lists(starts, ends, cost, instance.demand_ids, instance.site_ids)
    return replace(instance, costs=lists)


def _swapped(starts: set[str], ends: set[str], demands: set[str], sites: set[str]) -> bool:
    """Whether the file runs from sites to demands: it fits that way round, and not as it stands."""
    return not (starts <= demands and ends <= sites) and starts <= sites and ends <= demands


def with_forbidden(instance: Instance, file: Brought, marks: Marks) -> Instance:
    """The instance with pairs that may not go together, from a file `from,to`."""
    table = read_table(file, marks)
    if not columns_known(table, ("from", "to"), (), marks):
        return instance
    demand_at = {name: at for at, name in enumerate(instance.demand_ids)}
    site_at = {name: at for at, name in enumerate(instance.site_ids)}
    starts, ends = names(table, "from", marks), names(table, "to", marks)
    if _swapped(set(starts), set(ends), demand_at.keys() | set(), site_at.keys() | set()):
        marks.add("swapped", None, start=shown(starts[0]), end=shown(ends[0]))
        return instance
    pairs = []
    for row, start, end in zip(table.rows, starts, ends, strict=True):
        if start not in demand_at:
            marks.add("unknown_demand", row, id=shown(start))
        elif end not in site_at:
            marks.add("unknown_site", row, id=shown(end))
        else:
            pairs.append((demand_at[start], site_at[end]))
    return replace(instance, forbidden=np.array(pairs, np.int64).reshape(-1, 2))
