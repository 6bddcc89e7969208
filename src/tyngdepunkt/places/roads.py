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
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from tyngdepunkt.places.road_graph import Edges, both, contract, fastest, trips

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


@dataclass(frozen=True, slots=True)
class Ways:
    """The quickest ways from every origin to every target; infinite where no road leads.

    Args:
        minutes: (m, n) of the quickest way.
        km: (m, n) length of that same way, the stretches between the points and the road included.
        ferry: (m, n) whether that way goes by a ferry.
        minutes_without_ferry: (m, n) of the quickest way that needs no ferry.
    """

    minutes: Floats
    km: Floats
    ferry: NDArray[np.bool_]
    minutes_without_ferry: Floats


class RoadNetwork:
    """A network one can ask the quickest ways of.

    Args:
        links: road links and ferries, in metres of one projection.
    """

    def __init__(self, links: Sequence[Link]) -> None:
        self._nodes, edges, ferry_ends, road_nodes = _collect(links)
        joined = _joins(self._nodes, edges, ferry_ends, road_nodes)
        self._edges = fastest(both(edges, joined))
        self._entries = _largest_component(self._edges.graph(len(self._nodes)), road_nodes)

    def ways(self, origins: Floats, targets: Floats) -> Ways:
        """The quickest ways between points, with and without ferries.

        Args:
            origins: (m, 2) metres.
            targets: (n, 2) metres; the search starts here, so let them be the fewer.
        """
        from_node, from_metres = self._enter(origins)
        to_node, to_metres = self._enter(targets)
        metres = from_metres[:, None] + to_metres[None, :]
        extra = metres / 1000 * DETOUR / ACCESS_SPEED * 60
        minutes, km, ferry = self._trips(self._edges, from_node, to_node)
        dry, _, _ = self._trips(self._edges.where(~self._edges.ferry), from_node, to_node)
        return Ways(minutes + extra, km + metres / 1000 * DETOUR, ferry, dry + extra)

    def _trips(
        self, edges: Edges, origins: Integers, targets: Integers
    ) -> tuple[Floats, Floats, NDArray[np.bool_]]:
        drawn, at = contract(edges, len(self._nodes), np.concatenate([origins, targets]))
        return trips(drawn, at[: len(origins)], at[len(origins) :])

    def _enter(self, points: Floats) -> tuple[Integers, Floats]:
        """The road vertex nearest to each point, and how many metres away in a straight line.

        The vertices are those of the whole network's largest part, ferries included, so that an
        island is entered on the island also when it is asked for without ferries.
        """
        from scipy.spatial import KDTree

        distances, nearest = KDTree(self._nodes[self._entries]).query(points)
        return self._entries[nearest], np.asarray(distances)


def _collect(links: Sequence[Link]) -> tuple[Floats, Edges, Integers, Integers]:
    """Nodes, edges, the ends of ferries, and which nodes lie on a road."""
    sizes = np.array([len(link.vertices) for link in links])
    stacked = np.vstack([link.vertices for link in links]).round(0)
    nodes, number = np.unique(stacked, axis=0, return_inverse=True)
    number = number.reshape(-1)
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    inside = np.setdiff1d(np.arange(len(stacked)), starts + sizes - 1)  # every vertex but a link's last
    shares = [_segment_shares(link) for link in links]
    minutes = np.concatenate([_segment_minutes(link, part) for link, part in zip(links, shares, strict=True)])
    km = np.concatenate([part * link.km for link, part in zip(links, shares, strict=True)])
    ferry = np.repeat([link.ferry for link in links], sizes)
    is_ferry = np.array([link.ferry for link in links])
    ferry_ends = np.unique(np.concatenate([number[starts[is_ferry]], number[(starts + sizes - 1)[is_ferry]]]))
    edges = Edges(number[inside], number[inside + 1], minutes, km, ferry[inside])
    return nodes, edges, ferry_ends, np.unique(number[~ferry])


def _segment_shares(link: Link) -> Floats:
    """The share each segment has of its link's length."""
    lengths: Floats = np.hypot(*np.diff(link.vertices, axis=0).T)
    whole = lengths.sum()
    return lengths / whole if whole > 0 else np.full(len(lengths), 1 / len(lengths))


def _segment_minutes(link: Link, shares: Floats) -> Floats:
    """Minutes of each segment, so that they sum to the link's length over its speed (and the wait)."""
    minutes: Floats = shares * link.km / _speed(link) * 60
    if link.ferry:
        minutes[0] += FERRY_WAIT / 2
        minutes[-1] += FERRY_WAIT / 2
    return minutes


def _speed(link: Link) -> float:
    if link.ferry:
        return FERRY_SPEED
    return MOTORWAY_SPEEDS.get(link.motorway or "", SPEEDS[link.category])


def _joins(nodes: Floats, edges: Edges, ferry_ends: Integers, road_nodes: Integers) -> Edges:
    """Edges that tie loose ends of different components and ferry quays to the road nearby."""
    from scipy.sparse.csgraph import connected_components
    from scipy.spatial import KDTree

    _, component = connected_components(edges.graph(len(nodes)), directed=False)
    touched = np.concatenate([edges.first, edges.second])
    ends = np.flatnonzero(np.bincount(touched, minlength=len(nodes)) == 1)
    pairs = ends[KDTree(nodes[ends]).query_pairs(JOIN_ENDS, output_type="ndarray")]
    pairs = pairs[component[pairs[:, 0]] != component[pairs[:, 1]]]
    distances, nearest = map(np.asarray, KDTree(nodes[road_nodes]).query(nodes[ferry_ends]))
    near = distances <= JOIN_FERRIES
    first = np.concatenate([pairs[:, 0], ferry_ends[near]])
    second = np.concatenate([pairs[:, 1], road_nodes[nearest[near]]])
    apart = first != second
    first, second = first[apart], second[apart]
    km = np.hypot(*(nodes[first] - nodes[second]).T) / 1000
    return Edges(first, second, km / JOIN_SPEED * 60, km, np.zeros(len(km), dtype=bool))


def _largest_component(graph: csr_array, road_nodes: Integers) -> Integers:
    """Road vertices of the largest connected part: elsewhere one could only drive in circles."""
    from scipy.sparse.csgraph import connected_components

    _, component = connected_components(graph, directed=False)
    largest = np.bincount(component[road_nodes]).argmax()
    entries: Integers = road_nodes[component[road_nodes] == largest]
    return entries
