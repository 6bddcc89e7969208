"""Driving times over a network of road links and car ferries.

Own, simple method, the same in both directions: every vertex of every link is a node; the
speed follows from the road's category; a ferry sails at 18 km/h after ten minutes' wait, half
of it laid on either end; loose ends are joined to what lies near; a point reaches the nearest
road vertex at 35 km/h over 1.3 times the straight line. No timetables, no queues, no closed
mountain passes: good for comparing places, not for planning a trip.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from scipy.sparse import csr_array

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

SPEEDS = {"E": 68.0, "R": 68.0, "F": 58.0, "K": 40.0, "P": 30.0}  # km/h
MOTORWAY_SPEEDS = {"motorway": 100.0, "motor_road": 80.0}
FERRY_SPEED, FERRY_WAIT = 18.0, 10.0  # km/h, minutes
JOIN_ENDS, JOIN_FERRIES = 150.0, 1500.0  # metres
ACCESS_SPEED, DETOUR, JOIN_SPEED = 35.0, 1.3, 30.0


@dataclass(frozen=True, slots=True)
class Link:
    """One road link or ferry: category E, R, F, K or P, length in km, vertices (n, 2) in metres."""

    category: str
    ferry: bool
    motorway: str | None
    km: float
    vertices: Floats


class RoadNetwork:
    """A network one can ask driving times of.

    Args:
        links: road links and ferries, in metres of one projection.
    """

    def __init__(self, links: Sequence[Link]) -> None:
        self._nodes, rows, columns, minutes, ferry_ends, road_nodes = _collect(links)
        joined = _joins(self._nodes, (rows, columns), ferry_ends, road_nodes)
        graph = _graph(
            len(self._nodes),
            np.concatenate([rows, joined[0]]),
            np.concatenate([columns, joined[1]]),
            np.concatenate([minutes, joined[2]]),
        )
        self._graph = graph
        self._entries = _largest_component(graph, road_nodes)

    def minutes(self, origins: Floats, targets: Floats) -> Floats:
        """Driving minutes from every origin to every target; infinite where no road leads.

        Args:
            origins: (m, 2) metres.
            targets: (n, 2) metres; the search starts here, so let them be the fewer.

        Returns:
            (m, n) minutes.
        """
        from scipy.sparse.csgraph import dijkstra

        from_node, from_minutes = self._enter(origins)
        to_node, to_minutes = self._enter(targets)
        times = np.empty((len(origins), len(targets)))
        for column, node in enumerate(to_node):
            times[:, column] = dijkstra(self._graph, directed=False, indices=node)[from_node]
        return times + from_minutes[:, None] + to_minutes[None, :]

    def _enter(self, points: Floats) -> tuple[Integers, Floats]:
        """The road vertex nearest to each point and the minutes to reach it."""
        from scipy.spatial import KDTree

        distances, nearest = KDTree(self._nodes[self._entries]).query(points)
        return self._entries[nearest], np.asarray(distances) / 1000 * DETOUR / ACCESS_SPEED * 60


def _collect(links: Sequence[Link]) -> tuple[Any, ...]:
    """Nodes, edges with minutes, the ends of ferries, and which nodes lie on a road."""
    sizes = np.array([len(link.vertices) for link in links])
    stacked = np.vstack([link.vertices for link in links]).round(0)
    nodes, number = np.unique(stacked, axis=0, return_inverse=True)
    number = number.reshape(-1)
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    inside = np.setdiff1d(np.arange(len(stacked)), starts + sizes - 1)  # every vertex but a link's last
    minutes = np.concatenate([_segment_minutes(link) for link in links])
    ferry = np.repeat([link.ferry for link in links], sizes)
    is_ferry = np.array([link.ferry for link in links])
    ferry_ends = np.unique(np.concatenate([number[starts[is_ferry]], number[(starts + sizes - 1)[is_ferry]]]))
    return nodes, number[inside], number[inside + 1], minutes, ferry_ends, np.unique(number[~ferry])


def _segment_minutes(link: Link) -> Floats:
    """Minutes of each segment, so that they sum to the link's length over its speed (and the wait)."""
    lengths = np.hypot(*np.diff(link.vertices, axis=0).T)
    whole = lengths.sum()
    shares = lengths / whole if whole > 0 else np.full(len(lengths), 1 / len(lengths))
    minutes: Floats = shares * link.km / _speed(link) * 60
    if link.ferry:
        minutes[0] += FERRY_WAIT / 2
        minutes[-1] += FERRY_WAIT / 2
    return minutes


def _speed(link: Link) -> float:
    if link.ferry:
        return FERRY_SPEED
    return MOTORWAY_SPEEDS.get(link.motorway or "", SPEEDS[link.category])


def _joins(
    nodes: Floats, edges: tuple[Integers, Integers], ferry_ends: Integers, road_nodes: Integers
) -> tuple[Integers, Integers, Floats]:
    """Edges that tie loose ends of different components and ferry quays to the road nearby."""
    from scipy.sparse.csgraph import connected_components
    from scipy.spatial import KDTree

    graph = _graph(len(nodes), *edges, np.ones(len(edges[0])))
    _, component = connected_components(graph, directed=False)
    ends = np.flatnonzero(np.bincount(np.concatenate(edges), minlength=len(nodes)) == 1)
    pairs = ends[KDTree(nodes[ends]).query_pairs(JOIN_ENDS, output_type="ndarray")]
    pairs = pairs[component[pairs[:, 0]] != component[pairs[:, 1]]]
    distances, nearest = map(np.asarray, KDTree(nodes[road_nodes]).query(nodes[ferry_ends]))
    near = distances <= JOIN_FERRIES
    first = np.concatenate([pairs[:, 0], ferry_ends[near]])
    second = np.concatenate([pairs[:, 1], road_nodes[nearest[near]]])
    apart = first != second
    first, second = first[apart], second[apart]
    metres = np.hypot(*(nodes[first] - nodes[second]).T)
    return first, second, metres / 1000 / JOIN_SPEED * 60


def _graph(size: int, rows: Integers, columns: Integers, minutes: Floats) -> csr_array:
    """A symmetric graph; of parallel edges the fastest counts (a sparse sum would add them up)."""
    from scipy.sparse import csr_array

    low, high = np.minimum(rows, columns), np.maximum(rows, columns)
    order = np.lexsort((minutes, high, low))
    low, high, minutes = low[order], high[order], minutes[order]
    first = np.ones(len(low), dtype=bool)
    first[1:] = (np.diff(low) != 0) | (np.diff(high) != 0)
    keep = first & (low != high)
    weights = np.maximum(minutes[keep], 1e-6)  # an explicit zero would be read as no edge
    return csr_array((weights, (low[keep], high[keep])), shape=(size, size))


def _largest_component(graph: csr_array, road_nodes: Integers) -> Integers:
    """Road vertices of the largest connected part: elsewhere one could only drive in circles."""
    from scipy.sparse.csgraph import connected_components

    _, component = connected_components(graph, directed=False)
    largest = np.bincount(component[road_nodes]).argmax()
    entries: Integers = road_nodes[component[road_nodes] == largest]
    return entries
