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
    minutes = RoadNetwork([ROAD, FERRY, ISLAND]).minutes(
        np.array([[0.0, 0.0]]), np.array([[43_100.0, 30_000.0]])
    )
    joins = (0.1 + 1.0) / 30 * 60  # 100 m and 1 km at 30 km/h
    assert minutes[0, 0] == pytest.approx(30 + 40 + 30 + joins, abs=0.01)


def test_a_point_away_from_the_road_drives_a_detour_to_it() -> None:
    minutes = RoadNetwork([ROAD]).minutes(np.array([[0.0, 7_000.0]]), np.array([[34_000.0, 0.0]]))
    assert minutes[0, 0] == pytest.approx(30 + 7 * 1.3 / 35 * 60)


def test_the_fastest_of_two_parallel_links_counts() -> None:
    slow = link("P", 17.0, (0, 0), (17_000, 0))
    fast = link("E", 17.0, (0, 0), (17_000, 0), motorway="motorway")
    minutes = RoadNetwork([slow, fast]).minutes(np.array([[0.0, 0.0]]), np.array([[17_000.0, 0.0]]))
    assert minutes[0, 0] == pytest.approx(17 / 100 * 60)


def test_times_are_the_same_both_ways() -> None:
    points = np.array([[0.0, 500.0], [20_000.0, 0.0], [43_100.0, 20_000.0]])
    minutes = RoadNetwork([ROAD, FERRY, ISLAND]).minutes(points, points)
    assert minutes == pytest.approx(minutes.T)


def test_an_island_without_a_road_is_entered_from_the_mainland_network() -> None:
    far = link("K", 1.0, (90_000, 90_000), (91_000, 90_000))
    minutes = RoadNetwork([ROAD, far]).minutes(np.array([[90_000.0, 90_000.0]]), np.array([[0.0, 0.0]]))
    assert np.isfinite(minutes[0, 0])  # by straight line and detour: never zero, never silently left out
    assert minutes[0, 0] > 150
