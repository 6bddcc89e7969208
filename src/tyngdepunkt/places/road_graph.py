"""A network as edges: the fastest of parallel ones, chains drawn together, and the trips in it.

A road is drawn with many vertices, and all but a few are only bends. Drawn together into one
edge from junction to junction the network is a small part of its size, so that the quickest
ways between all places, and what lies along them, are found in seconds.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from scipy.sparse import csr_array

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Edges:
    """Edges that can be driven both ways.

    Args:
        first, second: (n,) the nodes they tie.
        minutes: (n,) driving time, waiting for a ferry included.
        km: (n,) length.
        ferry: (n,) whether it is, or has in it, a ferry.
    """

    first: Integers
    second: Integers
    minutes: Floats
    km: Floats
    ferry: Bools

    def where(self, kept: Bools | Integers) -> Edges:
        """Some of the edges."""
        return Edges(self.first[kept], self.second[kept], self.minutes[kept], self.km[kept], self.ferry[kept])

    def graph(self, size: int) -> csr_array:
        """Minutes as a sparse matrix, each edge once. Of parallel edges only one may be left."""
        from scipy.sparse import csr_array

        weights = np.maximum(self.minutes, 1e-6)  # an explicit zero would be read as no edge
        return csr_array((weights, (self.first, self.second)), shape=(size, size))


def both(one: Edges, other: Edges) -> Edges:
    """The edges of two sets."""
    return Edges(
        np.concatenate([one.first, other.first]),
        np.concatenate([one.second, other.second]),
        np.concatenate([one.minutes, other.minutes]),
        np.concatenate([one.km, other.km]),
        np.concatenate([one.ferry, other.ferry]),
    )


def fastest(edges: Edges) -> Edges:
    """Of parallel edges the fastest (a sparse sum would add them up); loops are left out."""
    low, high = np.minimum(edges.first, edges.second), np.maximum(edges.first, edges.second)
    order = np.lexsort((edges.minutes, high, low))
    low, high = low[order], high[order]
    best = np.ones(len(low), dtype=bool)
    best[1:] = (np.diff(low) != 0) | (np.diff(high) != 0)
    kept = order[best & (low != high)]
    return Edges(
        np.minimum(edges.first, edges.second)[kept],
        np.maximum(edges.first, edges.second)[kept],
        edges.minutes[kept],
        edges.km[kept],
        edges.ferry[kept],
    )


def contract(edges: Edges, size: int, asked: Integers) -> tuple[Edges, Integers]:
    """Draw chains of bends together into one edge each.

    Args:
        edges: without parallel edges or loops.
        size: how many nodes there are.
        asked: nodes that must be kept whatever meets there.

    Returns:
        The edges between the nodes that are kept, numbered anew, and the new numbers of those asked for.
    """
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    degree = np.bincount(np.concatenate([edges.first, edges.second]), minlength=size)
    kept = degree != 2
    kept[asked] = True
    number = np.cumsum(kept) - 1
    bends = ~kept[edges.first] & ~kept[edges.second]
    inner = (np.ones(int(bends.sum())), (edges.first[bends], edges.second[bends]))
    _, chain = connected_components(coo_array(inner, shape=(size, size)), directed=False)
    label = np.where(kept[edges.first], chain[edges.second], chain[edges.first]).astype(np.int64)
    whole = kept[edges.first] & kept[edges.second]
    label[whole] = size + np.arange(int(whole.sum()))
    found, label = np.unique(label, return_inverse=True)
    ends = np.full((len(found), 2), -1, dtype=np.int64)
    for nodes in (edges.first, edges.second):
        at_end = np.flatnonzero(kept[nodes])
        _put(ends, label[at_end], number[nodes[at_end]])
    drawn = Edges(
        ends[:, 0],
        ends[:, 1],
        np.bincount(label, weights=edges.minutes).astype(np.float64),
        np.bincount(label, weights=edges.km).astype(np.float64),
        np.bincount(label, weights=edges.ferry) > 0,
    )
    tied = np.flatnonzero(ends[:, 1] >= 0)
    return fastest(drawn.where(tied)), number[asked]


def _put(ends: Integers, chain: Integers, node: Integers) -> None:
    """Write nodes as ends of their chains: the first found in column 0, the second in column 1."""
    order = np.argsort(chain, kind="stable")
    chain, node = chain[order], node[order]
    again = np.zeros(len(chain), dtype=bool)
    again[1:] = np.diff(chain) == 0
    column = np.where(again | (ends[chain, 0] >= 0), 1, 0)
    ends[chain, column] = node


def trips(edges: Edges, origins: Integers, targets: Integers) -> tuple[Floats, Floats, Bools]:
    """The quickest trips from m origins to n targets: (m, n) minutes, km, and whether a ferry is taken.

    Infinite minutes and km where no edges lead.
    """
    from scipy.sparse.csgraph import dijkstra

    size = 1 + max(int(nodes.max(initial=0)) for nodes in (edges.first, edges.second, origins, targets))
    graph = edges.graph(size)
    keys = edges.first * size + edges.second
    order = np.argsort(keys)
    minutes = np.empty((len(origins), len(targets)))
    km, ferry = np.empty_like(minutes), np.zeros(minutes.shape, dtype=bool)
    for column, node in enumerate(targets):
        found, before = dijkstra(graph, directed=False, indices=node, return_predecessors=True)
        reached = np.flatnonzero(before >= 0)
        came = before[reached].astype(np.int64)
        wanted = np.minimum(reached, came) * size + np.maximum(reached, came)
        edge = order[np.searchsorted(keys, wanted, sorter=order)]
        along = np.zeros((size, 2))
        along[reached] = np.column_stack([edges.km[edge], edges.ferry[edge]])
        _add_up(along, np.where(before >= 0, before, np.arange(size)))
        minutes[:, column] = found[origins]
        km[:, column] = np.where(np.isfinite(found[origins]), along[origins, 0], np.inf)
        ferry[:, column] = along[origins, 1] > 0
    return minutes, km, ferry


def _add_up(along: Floats, before: Integers) -> None:
    """Sum what lies between each node and the root of the tree, by doubling the step each time."""
    while True:
        further = before[before]
        if np.array_equal(further, before):
            return
        along += along[before]
        before = further
