"""Instances of Beasley's OR-Library: graphs (`pmed`), capacitated medians (`pmedcap`) and plants (`cap`)."""

from __future__ import annotations

import numpy as np

from tyngdepunkt.analyses.siting.instance import Instance
from tyngdepunkt.analyses.siting.marks import Marks, shown
from tyngdepunkt.methods.validation import Floats

MOST_VERTICES = 20_000
"""Most vertices for which all shortest paths are made."""


def orlib_of(text: str, marks: Marks) -> Instance | None:
    """Whichever of the three kinds the first two lines say; ids are numbers from 1.

    `pmed` begins with three numbers, `cap` with two and two, `pmedcap` with two and three.
    """
    lines = [(row, line.split()) for row, line in enumerate(text.splitlines(), 1) if line.strip()]
    widths = [len(words) for _, words in lines[:2]]
    values = _numbers(lines, marks)
    if values is None:
        return None
    if widths[:1] == [3]:
        return _graph(lines, marks)
    if widths == [2, 3]:
        return _medians(lines, values, marks)
    if widths[:1] == [2]:
        return _plants(values, marks)
    marks.add("unknown_kind", 1 if lines else None)
    return None


def _numbers(lines: list[tuple[int, list[str]]], marks: Marks) -> Floats | None:
    found = []
    for row, words in lines:
        for word in words:
            try:
                value = float(word)
            except ValueError:
                value = float("nan")
            if not np.isfinite(value):
                marks.add("not_a_number", row, column="–", given=shown(word))
            elif value < 0:
                marks.add("negative", row, column="–", given=shown(word))
            found.append(value)
    return None if marks else np.array(found, np.float64)


def _graph(lines: list[tuple[int, list[str]]], marks: Marks) -> Instance | None:
    """Vertices, edges, p; then `from to length`. An edge that is given again keeps its last length."""
    from scipy.sparse import csgraph, csr_array

    row, head = lines[0]
    n, edges, p = (int(float(word)) for word in head)
    if n < 1 or n > MOST_VERTICES:
        marks.add("vertices_range", row, given=n, most=MOST_VERTICES)
        return None
    if len(lines) - 1 != edges:
        marks.add("edge_count", row, given=len(lines) - 1, wanted=edges)
    lengths: dict[tuple[int, int], float] = {}
    for row, words in lines[1:]:
        if len(words) != 3:
            marks.add("row_width", row, given=len(words), wanted=3)
            continue
        a, b = (int(float(word)) for word in words[:2])
        if not (1 <= a <= n and 1 <= b <= n):
            marks.add("no_vertex", row, given=a if not 1 <= a <= n else b, most=n)
            continue
        lengths[min(a, b), max(a, b)] = float(words[2])
    if marks:
        return None
    ends = np.array(list(lengths), np.int64).reshape(-1, 2) - 1
    # A length of 0 would be no edge at all in a sparse matrix: the smallest number there is stands for it.
    length = np.maximum(np.array(list(lengths.values())), np.finfo(np.float64).tiny)
    costs = csgraph.shortest_path(csr_array((length, (ends[:, 0], ends[:, 1])), shape=(n, n)), directed=False)
    ids = tuple(str(i) for i in range(1, n + 1))
    costs[costs < 1e-300] = 0.0
    return Instance(ids, ids, np.ones(n), costs=costs, p=p or None, points=n, notices=tuple(marks.notices))


def _medians(lines: list[tuple[int, list[str]]], values: Floats, marks: Marks) -> Instance | None:
    """Number and best value; customers, p, capacity; then `number x y demand`. Distances are cut to whole."""
    n, p, capacity = int(values[2]), int(values[3]), float(values[4])
    if len(values) != 5 + 4 * n or n < 1:
        marks.add("wrong_length", lines[0][0], given=len(values), wanted=5 + 4 * n)
        return None
    rows = values[5:].reshape(n, 4)
    place = rows[:, 1:3]
    costs = np.floor(np.hypot(*(place[:, None] - place[None]).transpose(2, 0, 1)) + 1e-9)
    ids = tuple(str(int(number)) for number in rows[:, 0])
    return Instance(
        ids,
        ids,
        np.ones(n),
        costs=costs,
        loads=rows[:, 3],
        capacities=np.full(n, capacity),
        p=p,
        points=n,
        demand_points=place,
        site_points=place,
    )


def _plants(values: Floats, marks: Marks) -> Instance | None:
    """Sites and customers; capacity and cost of each site; then each customer's demand and its costs."""
    m, n = int(values[0]), int(values[1])
    wanted = 2 + 2 * m + n * (1 + m)
    if len(values) != wanted or m < 1 or n < 1:
        marks.add("wrong_length", 1, given=len(values), wanted=wanted)
        return None
    sites = values[2 : 2 + 2 * m].reshape(m, 2)
    customers = values[2 + 2 * m :].reshape(n, 1 + m)
    return Instance(
        tuple(str(i) for i in range(1, n + 1)),
        tuple(str(i) for i in range(1, m + 1)),
        np.ones(n),
        costs=np.ascontiguousarray(customers[:, 1:]),
        loads=customers[:, 0],
        capacities=sites[:, 0],
        site_costs=sites[:, 1],
        points=m + n,
    )
