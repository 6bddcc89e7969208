"""What the tables of one agency let one know of its totals by place and by occupation group."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from tyngdepunkt.analyses.joined_functions.read import ROOM, Key, Published
from tyngdepunkt.errors import Faults
from tyngdepunkt.methods.disclosure.published import published_intervals

_NOTHING = 1e-6


@dataclass(frozen=True, slots=True)
class Known:
    """A total of one agency: its place or group, each None where it is all; `high` is None without limit."""

    place: str | None
    group: str | None
    low: int
    high: int | None
    hidden: bool


def known_of(published: Published, faults: Faults) -> list[Known]:
    """Every total over the units.

    Args:
        published: the tables of one agency.
        faults: takes it where they do not add up, or where a hidden total is known more closely than the rule
            says: to show it would tell what the agency means to hide.
    """
    keys = list(published.counts)
    values = np.array([published.counts[key] or 0 for key in keys], np.float64)
    hidden = np.array([published.counts[key] is None for key in keys], np.bool_)
    sums = _sums(keys)
    totals = [at for at, key in enumerate(keys) if key[0] is None]
    asked = [at for at in totals if hidden[at]] or np.flatnonzero(hidden)[:1].tolist()
    rule = published.rule
    found = published_intervals(values, hidden, sums, asked, rule.least)
    if any(math.isnan(found.low[at]) for at in asked) or (not asked and (sums @ values).any()):
        faults.add(f"{ROOM}:not_adding_up", published.where, agency=published.agency)
        return []
    told, narrow = [], 0
    for at in totals:
        _, place, group = keys[at]
        low, high = (found.low[at], found.high[at]) if hidden[at] else (values[at], values[at])
        # Counts are whole, and within the tolerance of the solver.
        ends = math.ceil(low - _NOTHING), None if math.isinf(high) else math.floor(high + _NOTHING)
        narrow += bool(hidden[at] and ends[1] is not None and ends[1] - ends[0] < rule.width)
        told.append(Known(place, group, *ends, bool(hidden[at])))
    if narrow:
        faults.add(
            f"{ROOM}:not_protected", published.where, agency=published.agency, count=narrow, width=rule.width
        )
    return told


def _sums(keys: list[Key]) -> sparse.csr_array:
    """(equations, counts) every total less its parts: over units, and over places and groups."""
    number = {key: at for at, key in enumerate(keys)}
    parts: dict[tuple[Key, str], list[int]] = {}
    for key, at in number.items():
        unit, place, group = key
        if unit is not None:
            parts.setdefault(((None, place, group), "units"), []).append(at)
        if place is not None:
            parts.setdefault(((unit, None, None), "places"), []).append(at)
        if group is not None:
            parts.setdefault(((unit, None, None), "groups"), []).append(at)
    rows, columns, data = [], [], []
    for row, ((total, _), of_it) in enumerate(parts.items()):
        rows += [row] * (len(of_it) + 1)
        columns += [*of_it, number[total]]
        data += [1.0] * len(of_it) + [-1.0]
    return sparse.csr_array(sparse.coo_array((data, (rows, columns)), shape=(len(parts), len(keys))))
