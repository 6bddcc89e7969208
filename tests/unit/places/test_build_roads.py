"""Driving times on a network small enough to compute by hand."""

import numpy as np
import pytest

from tyngdepunkt.places.roads import Link, RoadNetwork


def link(
    category: str, km: float, *vertices: tuple[float, float], ferry: bool = False, motorway: str | None = None
) -> Link:
    return Link(category, ferry, motorway, km, np.array(vertices, dtype=float))


ROAD = link("E", 34.0, (0, 0), (17_000, 0), (34_000, 0))  # 68 km/h: half an hour
FERRY = link("F", 9.0, (34_100, 0), (43_100, 0), ferry=True)  # 18 km/h and ten minutes: 40 minutes
ISLAND = link("F", 29.0, (43_100, 1_000), (43_100, 30_000))  # 58 km/h: half an hour; quay 1 km away


def test_road_ferry_and_island_add_up() -> None:
    ways = RoadNetwork([ROAD, FERRY, ISLAND]).ways(np.array([[0.0, 0.0]]), np.array([[43_100.0, 30_000.0]]))
    joins = (0.1 + 1.0) / 30 * 60  # 100 m and 1 km at 30 km/h
    assert ways.minutes[0, 0] == pytest.approx(30 + 40 + 30 + joins, abs=0.01)


def test_a_point_away_from_the_road_drives_a_detour_to_it() -> None:
    ways = RoadNetwork([ROAD]).ways(np.array([[0.0, 7_000.0]]), np.array([[34_000.0, 0.0]]))
    assert ways.minutes[0, 0] == pytest.approx(30 + 7 * 1.3 / 35 * 60)


def test_the_fastest_of_two_parallel_links_counts() -> None:
    slow = link("P", 17.0, (0, 0), (17_000, 0))
    fast = link("E", 17.0, (0, 0), (17_000, 0), motorway="motorway")
    ways = RoadNetwork([slow, fast]).ways(np.array([[0.0, 0.0]]), np.array([[17_000.0, 0.0]]))
    assert ways.minutes[0, 0] == pytest.approx(17 / 100 * 60)


def test_times_are_the_same_both_ways() -> None:
    points = np.array([[0.0, 500.0], [20_000.0, 0.0], [43_100.0, 20_000.0]])
    ways = RoadNetwork([ROAD, FERRY, ISLAND]).ways(points, points)
    assert ways.minutes == pytest.approx(ways.minutes.T)


def test_an_island_without_a_road_is_entered_from_the_mainland_network() -> None:
    far = link("K", 1.0, (90_000, 90_000), (91_000, 90_000))
    ways = RoadNetwork([ROAD, far]).ways(np.array([[90_000.0, 90_000.0]]), np.array([[0.0, 0.0]]))
    assert np.isfinite(ways.minutes[0, 0])  # by straight line and detour: never zero, never silently left out
    assert ways.minutes[0, 0] > 150


def test_length_and_ferry_are_those_of_the_quickest_way() -> None:
    ways = RoadNetwork([ROAD, FERRY, ISLAND]).ways(
        np.array([[0.0, 0.0]]), np.array([[34_000.0, 0.0], [43_100.0, 30_000.0]])
    )
    assert ways.km[0] == pytest.approx([34.0, 34 + 9 + 29 + 0.1 + 1.0])
    assert ways.ferry[0].tolist() == [False, True]


def test_an_island_cannot_be_reached_without_its_ferry() -> None:
    ways = RoadNetwork([ROAD, FERRY, ISLAND]).ways(
        np.array([[0.0, 0.0]]), np.array([[17_000.0, 0.0], [43_100.0, 30_000.0]])
    )
    assert ways.minutes_without_ferry[0, 0] == pytest.approx(15)
    assert np.isinf(ways.minutes_without_ferry[0, 1])


def test_the_detour_over_land_is_told_beside_the_quicker_ferry() -> None:
    around = link("F", 290.0, (0, 0), (0, 90_000), (43_100, 90_000), (43_100, 30_000))
    ways = RoadNetwork([ROAD, FERRY, ISLAND, around]).ways(
        np.array([[0.0, 0.0]]), np.array([[43_100.0, 30_000.0]])
    )
    assert ways.ferry[0, 0]
    assert ways.minutes[0, 0] < ways.minutes_without_ferry[0, 0] == pytest.approx(300)


def test_bends_and_crossings_give_the_same_as_a_search_over_every_vertex() -> None:
    from scipy.sparse.csgraph import dijkstra

    random = np.random.default_rng(7)
    corners = random.uniform(0, 60_000, (40, 2)).round(0)
    links = []
    for a, b in random.integers(0, 40, (90, 2)):
        if a != b:
            bends = np.linspace(corners[a], corners[b], 6).round(0)
            km = float(random.uniform(1.0, 1.4) * np.hypot(*(corners[a] - corners[b])) / 1000)
            links.append(link(str(random.choice(["E", "F", "K"])), km, *map(tuple, bends)))
    network = RoadNetwork(links)
    points = corners[:12]
    whole = dijkstra(network._edges.graph(len(network._nodes)), directed=False)
    node, metres = network._enter(points)
    extra = metres / 1000 * 1.3 / 35 * 60
    expected = whole[np.ix_(node, node)] + extra[:, None] + extra[None, :]
    assert network.ways(points, points).minutes == pytest.approx(expected)
