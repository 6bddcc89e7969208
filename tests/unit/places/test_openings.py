"""Which drawn roads are open, and what travel times are held against."""

import datetime as dt

import duckdb
import numpy as np
import pytest
import shapely

from tyngdepunkt.errors import Fault
from tyngdepunkt.places.openings import DrawnLink, openings, read_openings
from tyngdepunkt.places.road_checks import check_roads, parallel_ferries, told_of_roads

DAY = dt.date(2026, 11, 23)
TUNNEL = {"category": "E", "number": 1, "medium": "tunnel", "km": 10.0, "ends": [[0, 0], [9_000, 0]]}
KNOWN = {
    "checked": "2026-11-29",
    "roads": [{"name": "E1 Fjordtunnelen", "opens": "2033", "source": "a newspaper", "links": [TUNNEL]}],
    "airports": [{"name": "Ute lufthavn", "source": "a page", "found": "flew in 2022"}],
    "short_times": [{"municipalities": ["0102", "0101"], "reason": "a tunnel opened in 2021"}],
}


def drawn(**other: object) -> DrawnLink:
    plain = {"link": 7, "category": "E", "number": 1, "medium": "tunnel", "km": 10.4}
    told = {**plain, "ends": ((9_100.0, 50.0), (-80.0, 0.0)), "dated": dt.date(2022, 10, 6), **other}
    return DrawnLink(**told)  # type: ignore[arg-type]


def test_a_link_is_known_by_what_it_is_and_where_it_lies_not_by_its_number() -> None:
    known = read_openings(KNOWN)
    assert [road.name for _, road in known.closed([drawn(link=1), drawn(link=99)], DAY)] == [
        "E1 Fjordtunnelen"
    ] * 2


@pytest.mark.parametrize(
    "other",
    [
        {"number": 2},
        {"category": "F"},
        {"medium": "ground"},
        {"km": 11.5},
        {"ends": ((9_100.0, 400.0), (0.0, 0.0))},
        {"ends": ((9_000.0, 0.0), (9_000.0, 0.0))},
    ],
)
def test_a_link_that_differs_is_another_road(other: dict[str, object]) -> None:
    assert read_openings(KNOWN).closed([drawn(**other)], DAY) == []


@pytest.mark.parametrize(
    ("told", "open_then"),
    [
        ({"opened": "2022-10-31"}, True),
        ({"opened": "2026-11-24"}, False),
        ({"opened": "2026"}, True),
        ({"opened": "2027"}, False),
        ({"opens": "2026"}, False),  # expected by now, but nobody has written that it opened
        ({}, True),  # looked for and not found: it stays
    ],
)
def test_a_road_is_open_from_the_day_it_opened(told: dict[str, str], open_then: bool) -> None:
    road = read_openings({**KNOWN, "roads": [{"name": "x", "links": [TUNNEL], **told}]}).roads[0]
    assert road.is_open(DAY) is open_then


@pytest.fixture
def country() -> duckdb.DuckDBPyConnection:
    """Two municipalities with a fjord between them, a ferry over it and a tunnel drawn under it."""
    database = duckdb.connect()
    database.execute(
        "CREATE TABLE road_link (link INTEGER, category VARCHAR, number INTEGER, kind VARCHAR, "
        "medium VARCHAR, km DOUBLE, dated DATE, wkb BLOB)"
    )
    for link, kind, medium, km, line in (
        (1, "road", "ground", 5.0, [(-5_000, 0), (0, 0)]),
        (2, "road", "tunnel", 10.0, [(0, 0), (9_000, 0)]),
        (3, "road", "ground", 5.0, [(9_000, 0), (14_000, 0)]),
        (4, "ferry", None, 8.5, [(-100, 300), (4_000, 900), (9_100, 300)]),
    ):
        wkb = bytes(shapely.to_wkb(shapely.LineString(np.array(line, dtype=float))))
        row = [link, "E", 1, kind, medium, km, dt.date(2022, 10, 6), wkb]
        database.execute("INSERT INTO road_link VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row)
    database.execute(
        "CREATE TABLE municipality AS FROM (VALUES ('0101', 'By'), ('0102', 'Øy')) t(code, name)"
    )
    database.execute(
        "CREATE TABLE region_member AS FROM (VALUES ('0101', 1, 8.0, true), ('0102', 1, 50.0, false)) "
        "t(municipality, region, travel_minutes, is_centre)"
    )
    database.execute(
        "CREATE TABLE travel_time AS SELECT '0101' AS origin, '0102' AS destination, 24.0 AS minutes"
    )
    database.execute(
        "CREATE TABLE airport AS FROM (VALUES ('Ute lufthavn', true), ('By', true)) t(name, scheduled)"
    )
    return database


PRESENT = {"road_link", "municipality", "region_member", "travel_time", "airport"}


def faults_of(country: duckdb.DuckDBPyConnection, key: str, **other: object) -> list[Fault]:
    found = check_roads(country, PRESENT, DAY, read_openings({**KNOWN, **other}))
    return [fault for fault in found if fault.key == f"places:{key}"]


def test_a_road_that_is_not_open_is_a_fault_with_its_name(country: duckdb.DuckDBPyConnection) -> None:
    faults = faults_of(country, "road_not_open")
    assert [(fault.values["link"], fault.values["opens"]) for fault in faults] == [(2, "2033")]


def test_a_ferry_beside_a_road_of_its_number_wants_a_reason(country: duckdb.DuckDBPyConnection) -> None:
    assert [(number, links) for number, links, _ in parallel_ferries(country)] == [(1, [4])]
    assert faults_of(country, "ferry_beside_road")
    excused = {"number": 1, "quays": [[-100, 300], [9_100, 300]], "reason": "for those who fear tunnels"}
    assert not faults_of(country, "ferry_beside_road", parallel_ferries=[excused])
    assert faults_of(country, "ferry_beside_road", parallel_ferries=[{**excused, "reason": ""}])


def test_without_the_tunnel_the_ferry_runs_beside_nothing(country: duckdb.DuckDBPyConnection) -> None:
    country.execute("DELETE FROM road_link WHERE link = 2")
    assert parallel_ferries(country) == []


def test_a_time_below_half_of_the_printed_one_wants_a_reason(country: duckdb.DuckDBPyConnection) -> None:
    assert not faults_of(country, "too_fast")
    assert [fault.values["place"] for fault in faults_of(country, "too_fast", short_times=[])] == ["Øy"]
    assert faults_of(country, "too_fast", short_times=[{"municipalities": ["0101", "0102"], "reason": ""}])
    country.execute("UPDATE travel_time SET minutes = 25")
    assert not faults_of(country, "too_fast", short_times=[])


def test_what_was_not_checked_is_told(country: duckdb.DuckDBPyConnection) -> None:
    nothing = {**KNOWN, "roads": []}
    told = [part.key for part in told_of_roads(country, PRESENT, DAY, read_openings(nothing))]
    assert told == ["places:road.unchecked", "places:road.airport_unsure", "places:road.airports_unchecked"]
    late = told_of_roads(country, PRESENT, dt.date(2033, 1, 1), read_openings(KNOWN))
    assert "places:road.look_again" in [part.key for part in late]


def test_everything_looked_up_has_its_source() -> None:
    known = openings()
    assert all(road.source for road in known.roads if road.opened or road.opens)
    assert all(airport.source and (airport.reason or airport.found) for airport in known.airports)
    assert all(known.short_times.values())
