"""Flow clustering: groups of places that commute more among themselves than chance would have it.

Modularity of the mutual flows between places (Newman and Girvan 2004), raised by moving places and then
whole groups to the neighbour that gains most (Blondel, Guillaume, Lambiotte and Lefebvre 2008), in the
order of the places, so that the answer is the same every time. Groups that hang together through no
flow are divided afterwards (the flaw shown by Traag, Waltman and van Eck 2019).

Those who work where they live are left out: they bind their place to no other, and counted they would
make every place of some size a group of its own.
"""

from __future__ import annotations

import numpy as np
from scipy import sparse
from scipy.sparse import csgraph

from tyngdepunkt.methods.arrays import Floats, Ints
from tyngdepunkt.methods.labour_markets.flows import Flows

_GAIN = 1e-12
"""Least relative gain worth a move: rounding alone must not keep places moving."""


def cluster(flows: Flows, resolution: float = 1.0) -> Ints:
    """Groups of places by their mutual flows.

    Args:
        flows: between all places.
        resolution: above 1 gives more and smaller groups (Reichardt and Bornholdt 2006).

    Returns:
        (places,) group of each place, 0 … in the order of their first places.

    Raises:
        ValueError: a resolution that is not above 0.
    """
    if not resolution > 0:
        raise ValueError("the resolution must be above 0")
    mutual = _mutual(flows)
    labels = np.arange(flows.places, dtype=np.int64)
    level = mutual
    while True:
        found = _move_all(level, resolution)
        count = int(found.max(initial=-1)) + 1
        labels = found[labels]
        if count == level.shape[0]:
            return _connected(mutual, labels)
        grouping = sparse.csr_array(
            (np.ones(len(found)), (np.arange(len(found)), found)), shape=(len(found), count)
        )
        level = (grouping.T @ level @ grouping).tocsr()


def modularity(flows: Flows, labels: Ints, resolution: float = 1.0) -> float:
    """Share of the mutual flows inside groups, less what chance would give: at most 1.

    Args:
        flows: between all places, with some commuting.
        labels: (places,) group of each place.
        resolution: weight of what chance would give.
    """
    mutual = _mutual(flows).tocoo()
    total = float(mutual.data.sum())
    inside = float(mutual.data[labels[mutual.row] == labels[mutual.col]].sum())
    _, group = np.unique(labels, return_inverse=True)
    crossing = flows.living + flows.working - 2 * flows.within
    strength = np.bincount(group, weights=crossing)
    return inside / total - resolution * float(((strength / total) ** 2).sum())


def _mutual(flows: Flows) -> sparse.csr_array:
    """Persons who commute either way between two places; none on the diagonal."""
    both = (flows.matrix + flows.matrix.T).tocoo()
    crossing = both.row != both.col
    cells = (both.data[crossing], (both.row[crossing], both.col[crossing]))
    return sparse.coo_array(cells, shape=both.shape).tocsr()


def _move_all(level: sparse.csr_array, resolution: float) -> Ints:
    """Move each node to the group that gains most, until none gains."""
    start: list[int] = level.indptr.tolist()
    columns, values = level.indices, level.data
    strength: Floats = np.asarray(level.sum(axis=1), dtype=np.float64).ravel()
    total = float(strength.sum())
    held: list[float] = strength.tolist()
    group = list(range(level.shape[0]))
    moved = total > 0
    while moved:
        moved = False
        for node, own in enumerate(strength.tolist()):
            a, b = start[node], start[node + 1]
            row = zip(columns[a:b].tolist(), values[a:b].tolist(), strict=True)
            home = group[node]
            to = {home: 0.0}
            for other, weight in row:
                if other != node:
                    to[group[other]] = to.get(group[other], 0.0) + weight
            held[home] -= own
            gain = {g: weight - resolution * own * held[g] / total for g, weight in to.items()}
            best = max(gain, key=lambda g: (gain[g], -g))
            target = best if gain[best] > gain[home] + _GAIN * total else home
            held[target] += own
            moved |= target != home
            group[node] = target
    return _numbered(np.array(group, dtype=np.int64))


def _connected(mutual: sparse.csr_array, labels: Ints) -> Ints:
    """Divide groups whose places hang together through no flow among them."""
    cells = mutual.tocoo()
    same = labels[cells.row] == labels[cells.col]
    inside = sparse.coo_array((cells.data[same], (cells.row[same], cells.col[same])), shape=mutual.shape)
    _, parts = csgraph.connected_components(inside, directed=False)
    return _numbered(np.asarray(parts, dtype=np.int64))


def _numbered(labels: Ints) -> Ints:
    """Groups numbered 0 … in the order of their first places."""
    _, first, group = np.unique(labels, return_index=True, return_inverse=True)
    rank = np.empty(len(first), dtype=np.int64)
    rank[np.argsort(first)] = np.arange(len(first))
    return rank[group]
