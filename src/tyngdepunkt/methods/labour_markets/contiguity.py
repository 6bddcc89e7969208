"""Regions in one piece: places that are cut off from their region are given to a neighbour.

Also Smart's measure of how closely a place is tied to a region (`cohesion`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

import numpy as np
from scipy import sparse
from scipy.sparse import csgraph

from tyngdepunkt.methods.labour_markets.flows import Flows
from tyngdepunkt.methods.validation import Floats, Ints

Neighbours = Mapping[int, Collection[int]]
"""Position of a place → positions of those it borders on, both ways."""


def neighbours_of(pairs: Iterable[tuple[int, int]]) -> dict[int, set[int]]:
    """Neighbours from pairs, each pair once or both ways; a place does not border on itself."""
    found: dict[int, set[int]] = {}
    for one, other in pairs:
        if one != other:
            found.setdefault(one, set()).add(other)
            found.setdefault(other, set()).add(one)
    return found


def cohesion(flows: Flows, labels: Ints, place: int) -> dict[int, float]:
    """How closely a place is tied to each region it commutes with: Smart's measure, itself left out.

    Args:
        flows: between all places.
        labels: (places,) region of each place; negative for none.
        place: position.

    Returns:
        Region → the flow out squared over residents here times jobs there, plus the flow in squared over
        residents there times jobs here, 0-2; regions without a flow to or from the place are left out.
    """
    others = labels.copy()
    others[place] = -1
    size = int(labels.max(initial=0)) + 1
    known = others >= 0
    living = np.bincount(others[known], weights=flows.living[known], minlength=size)
    working = np.bincount(others[known], weights=flows.working[known], minlength=size)
    out = _to_regions(flows.matrix, others, place, size)
    back = _to_regions(flows.inward, others, place, size)
    found: dict[int, float] = {}
    for region in np.flatnonzero(out + back).tolist():
        there = _share(out[region] ** 2, flows.living[place] * working[region])
        found[region] = there + _share(back[region] ** 2, living[region] * flows.working[place])
    return found


def in_one_piece(flows: Flows, labels: Ints, neighbours: Neighbours) -> Ints:
    """Regions in one piece.

    The piece with most jobs keeps the region. Places in other pieces join the bordering region they are
    most cohesive with, those with most employed residents first; those that border on no region they
    commute with become regions of their own, as they hang together, with labels above all others. A
    place without known neighbours, as an island, stays where it is.

    Args:
        flows: between all places.
        labels: (places,) region of each place; negative for none.
        neighbours: who borders on whom.
    """
    found = labels.copy()
    loose = sorted(_cut_off(flows, labels, neighbours), key=lambda i: (-flows.living[i], i))
    found[loose] = -1
    waiting = loose
    while waiting:
        left = []
        for place in waiting:
            beside = {int(found[other]) for other in neighbours[place]} - {-1}
            target = _closest(flows, found, place, beside)
            if target is None:
                left.append(place)
            else:
                found[place] = target
        if len(left) == len(waiting):
            break
        waiting = left
    fresh = max(int(labels.max(initial=-1)), flows.places - 1) + 1
    for k, piece in enumerate(_pieces(sorted(waiting), neighbours)):
        found[piece] = fresh + k
    return found


def bridges(flows: Flows, labels: Ints, neighbours: Neighbours) -> dict[int, int]:
    """Places that are regions of their own and, by joining, hold another region together.

    Args:
        flows: between all places.
        labels: (places,) region of each place; negative for none.
        neighbours: who borders on whom.

    Returns:
        position of the place → the region it is to join; where several would do, the one with fewest jobs.
    """
    found: dict[int, int] = {}
    _, group, size = np.unique(labels, return_inverse=True, return_counts=True)
    alone = set(np.flatnonzero((size[group] == 1) & (labels >= 0)).tolist())
    for place in sorted(_cut_off(flows, labels, neighbours)):
        region = int(labels[place])
        main = {p for p in np.flatnonzero(labels == region).tolist() if p != place}
        between = [
            b for b in neighbours[place] if b in alone - found.keys() and main & set(neighbours.get(b, ()))
        ]
        if between:
            found[min(between, key=lambda b: (flows.working[b], b))] = region
    return found


def _cut_off(flows: Flows, labels: Ints, neighbours: Neighbours) -> Iterable[int]:
    """Places with neighbours that are not in the piece of their region with most jobs."""
    for region in np.unique(labels[labels >= 0]).tolist():
        members = [p for p in np.flatnonzero(labels == region).tolist() if neighbours.get(p)]
        pieces = _pieces(members, neighbours)
        if len(pieces) > 1:
            largest = max(pieces, key=lambda piece: (flows.working[piece].sum(), -piece[0]))
            yield from (place for piece in pieces if piece is not largest for place in piece)


def _pieces(places: Sequence[int], neighbours: Neighbours) -> list[list[int]]:
    """Places as they hang together, each piece in order."""
    position = {place: i for i, place in enumerate(places)}
    pairs = [(i, position[q]) for p, i in position.items() for q in neighbours.get(p, ()) if q in position]
    rows, columns = ([pair[k] for pair in pairs] for k in (0, 1))
    graph = sparse.coo_array((np.ones(len(pairs)), (rows, columns)), shape=(len(places), len(places)))
    count, parts = csgraph.connected_components(graph, directed=False)
    return [[places[i] for i in np.flatnonzero(parts == part).tolist()] for part in range(count)]


def _closest(flows: Flows, labels: Ints, place: int, regions: Collection[int]) -> int | None:
    """The region of those named that a place is most cohesive with; the first of those that tie."""
    ties = cohesion(flows, labels, place)
    return max(sorted(set(regions) & ties.keys()), key=lambda region: ties[region], default=None)


def _to_regions(matrix: sparse.csr_array | sparse.csc_array, labels: Ints, place: int, size: int) -> Floats:
    start, end = matrix.indptr[place : place + 2]
    region = labels[matrix.indices[start:end]]
    known = region >= 0
    persons: Floats = np.bincount(
        region[known], weights=matrix.data[start:end][known], minlength=size
    ).astype(float)
    return persons


def _share(part: float, whole: float) -> float:
    return float(part / whole) if whole > 0 else 0.0
