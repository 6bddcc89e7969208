"""Flow clustering: groups of places that commute more among themselves than chance would have it.

Modularity of the mutual flows between places (Newman and Girvan 2004), raised by moving places and then
whole groups to the neighbour that gains most (Blondel, Guillaume, Lambiotte and Lefebvre 2008), and begun
again from what was found until nothing gains (Rotta and Noack 2011). Where it ends depends on the order in
which places are asked, so it is done in many orders and the best is kept; how many places move under
another order is told, for it says how far the groups are a finding and how far they are chance. Groups that
hang together through no flow are divided afterwards (the flaw shown by Traag, Waltman and van Eck 2019).

The orders begin from the places' commuting, never from their names: places that are called something else
get the same groups, unless two places have exactly the same commuting.

Those who work where they live are left out: they bind their place to no other, and counted they would
make every place of some size a group of its own.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse
from scipy.sparse import csgraph

from tyngdepunkt.methods.labour_markets.flows import Flows
from tyngdepunkt.methods.labour_markets.stability import same_region
from tyngdepunkt.methods.validation import Floats, Ints, generator

ORDERS = 20
SEED = 20_190_601
_GAIN = 1e-12
"""Least relative gain worth a move: rounding alone must not keep places moving."""


@dataclass(frozen=True, slots=True)
class Clustering:
    """The best groups of many orders.

    Args:
        labels: (places,) group of each place, 0 … in the order of their first places.
        modularity: of these groups; not a number where nobody commutes.
        orders: how many orders were tried.
        moves: (places,) share of the other orders in which the place is in another group. Groups are taken
            to be the same where each shares more employed residents with the other than with any other.
        reached: how many of the orders reached the same modularity.
    """

    labels: Ints
    modularity: float
    orders: int
    moves: Floats
    reached: int


def cluster(flows: Flows, resolution: float = 1.0, orders: int = ORDERS, seed: int = SEED) -> Ints:
    """Groups of places by their mutual flows: the labels of `clusters`.

    Returns:
        (places,) numbers of groups.
    """
    return clusters(flows, resolution, orders, seed).labels


def clusters(flows: Flows, resolution: float = 1.0, orders: int = ORDERS, seed: int = SEED) -> Clustering:
    """Groups of places by their mutual flows, and how much they hang on the order of the search.

    Args:
        flows: between all places.
        resolution: above 1 gives more and smaller groups (Reichardt and Bornholdt 2006).
        orders: how many orders to try, at least 1; the first takes those with most commuting first.
        seed: the same seed gives the same answer.

    Raises:
        ValueError: a resolution that is not above 0, or fewer than one order.
    """
    if not resolution > 0:
        raise ValueError("the resolution must be above 0")
    if orders < 1:
        raise ValueError("at least one order is needed")
    mutual = _mutual(flows)
    random, by_size = generator(seed), _by_size(flows, mutual)
    found: list[tuple[float, Ints]] = []
    for number in range(orders):
        order = by_size if number == 0 else by_size[random.permutation(flows.places)]
        labels = _numbered(_connected(mutual, _climb(mutual, resolution, order)))
        found.append((_quality(flows, labels, resolution), labels))
    best = max(range(orders), key=lambda n: (round(found[n][0], 12), -n))
    quality, labels = found[best]
    others = [same_region(labels, other, flows.living) for n, (_, other) in enumerate(found) if n != best]
    moves: Floats = 1.0 - np.mean(others, axis=0) if others else np.zeros(flows.places)
    reached = sum(round(value, 12) == round(quality, 12) for value, _ in found)
    return Clustering(labels, quality, orders, moves, max(reached, 1))


def _by_size(flows: Flows, mutual: sparse.csr_array) -> Ints:
    """Places by their commuting over borders, the most first; then by jobs and residents."""
    strength = np.asarray(mutual.sum(axis=1), dtype=np.float64).ravel()
    return np.lexsort((flows.within, flows.living, flows.working, strength))[::-1].astype(np.int64)


def _quality(flows: Flows, labels: Ints, resolution: float) -> float:
    return modularity(flows, labels, resolution) if _mutual(flows).nnz else float("nan")


def _climb(mutual: sparse.csr_array, resolution: float, order: Ints) -> Ints:
    """Move places and groups of places until neither gains; then once more from what was found."""
    inside = mutual[order][:, order].tocsr()
    labels = np.arange(len(order), dtype=np.int64)
    while True:
        found = _ascend(inside, resolution, labels)
        if np.array_equal(found, labels):
            break
        labels = found
    back = np.empty_like(labels)
    back[order] = labels
    return back


def _ascend(mutual: sparse.csr_array, resolution: float, begin: Ints) -> Ints:
    """Move places from where they are, then the groups of places, until no group joins another."""
    level, start, labels = mutual, begin, np.arange(mutual.shape[0], dtype=np.int64)
    while True:
        found = _move_all(level, resolution, start)
        count = int(found.max(initial=-1)) + 1
        labels = found[labels]
        if count == level.shape[0]:
            return labels
        grouping = sparse.csr_array(
            (np.ones(len(found)), (np.arange(len(found)), found)), shape=(len(found), count)
        )
        level = (grouping.T @ level @ grouping).tocsr()
        start = np.arange(count, dtype=np.int64)


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


def _move_all(level: sparse.csr_array, resolution: float, begin: Ints) -> Ints:
    """Move each node from its group to the one that gains most, until none gains."""
    start: list[int] = level.indptr.tolist()
    columns, values = level.indices, level.data
    strength: Floats = np.asarray(level.sum(axis=1), dtype=np.float64).ravel()
    total = float(strength.sum())
    held: list[float] = np.bincount(begin, weights=strength, minlength=level.shape[0]).tolist()
    group: list[int] = begin.tolist()
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
