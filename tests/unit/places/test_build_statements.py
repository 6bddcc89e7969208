"""The SQL statements of `tables/` on Eksempelland: a split, a merger, a suppressed and a missing cell."""

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tyngdepunkt.places.build_sql import create_from_rows, derive, recode

# 0010 is divided 0.3 / 0.7 into 1001 and 1002; 0011 and 0012 become 1003; 0013 becomes 1001 whole
SHARES = [
    (2019, 2024, "0010", "1001", 0.3, "estimated"),
    (2019, 2024, "0010", "1002", 0.7, "estimated"),
    (2019, 2024, "0011", "1003", 1.0, "measured"),
    (2019, 2024, "0012", "1003", 1.0, "measured"),
    (2019, 2024, "0013", "1001", 1.0, "measured"),
]
LONG = ("code", "year", "part", "value", "status", "structure")


@pytest.fixture
def database() -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    columns = ("structure_from", "structure_to", "old_code", "new_code", "share", "quality")
    create_from_rows(connection, "code_share", columns, SHARES)
    create_from_rows(connection, "municipality", ("code",), [("1001",), ("1002",), ("1003",)])
    return connection


def recoded(
    database: duckdb.DuckDBPyConnection, cells: dict[str, tuple[int | None, str | None]]
) -> dict[str, tuple[int | None, str]]:
    rows = [(code, 2019, "p", value, status, None) for code, (value, status) in cells.items()]
    create_from_rows(database, "long_form", LONG, rows)
    recode(database)
    found = database.execute("SELECT municipality, persons, quality FROM recoded").fetchall()
    return {code: (persons, quality) for code, persons, quality in found}


def test_a_split_is_estimated_and_a_merger_measured(database: duckdb.DuckDBPyConnection) -> None:
    cells = {"0010": (11, None), "0011": (4, None), "0012": (5, None), "0013": (100, None)}
    assert recoded(database, cells) == {
        "1001": (103, "estimated"),  # 100 + 3.3 rounded: the larger remainder is 7.7's
        "1002": (8, "estimated"),
        "1003": (9, "measured"),
    }


def test_one_hidden_part_hides_the_sum_and_a_missing_one_makes_it_missing(
    database: duckdb.DuckDBPyConnection,
) -> None:
    cells = {"0010": (11, None), "0011": (None, "suppressed"), "0012": (5, None)}
    found = recoded(database, cells)
    assert found["1003"] == (None, "suppressed")
    assert found["1001"] == (None, "missing")  # 0013 is not in the file: missing, never zero
    assert found["1002"] == (8, "estimated")


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(0, 10_000), min_size=4, max_size=4))
def test_recoding_keeps_the_total(values: list[int]) -> None:
    connection = duckdb.connect()
    columns = ("structure_from", "structure_to", "old_code", "new_code", "share", "quality")
    create_from_rows(connection, "code_share", columns, SHARES)
    create_from_rows(connection, "municipality", ("code",), [("1001",), ("1002",), ("1003",)])
    cells = {
        code: (value, None) for code, value in zip(("0010", "0011", "0012", "0013"), values, strict=True)
    }
    assert sum(persons or 0 for persons, _ in recoded(connection, cells).values()) == sum(values)


def test_flows_are_shared_out_at_both_ends_and_keep_their_total(database: duckdb.DuckDBPyConnection) -> None:
    flows = [
        ("0010", "0010", 2019, 10, None, None),
        ("0010", "0011", 2019, 1, None, None),
        ("0011", "0012", 2019, 6, None, None),
        ("0012", "0011", 2019, None, "suppressed", None),
    ]
    create_from_rows(database, "flow", ("home", "work", "year", "value", "status", "structure"), flows)
    derive(database, "commuting")
    found = {
        (home, work): (persons, quality)
        for home, work, _, persons, quality in database.execute("SELECT * FROM commuting").fetchall()
    }
    assert sum(persons for (home, work), (persons, _) in found.items() if work != "1003") == 10
    assert found["1002", "1003"] == (1, "estimated")
    assert ("1001", "1003") not in found  # 0.3 of one person is nobody
    assert found["1003", "1003"] == (None, "suppressed")


def test_shares_compose_over_steps_and_sum_to_one_both_ways() -> None:
    connection = duckdb.connect()
    steps = [
        (2017, 2019, "a", "b", 1.0, None),
        (2017, 2019, "c", "b", 1.0, None),
        (2019, 2024, "b", "d", 0.25, "sources:share_growth"),
        (2019, 2024, "b", "e", 0.75, "sources:share_growth"),
    ]
    columns = ("structure_from", "structure_to", "old_code", "new_code", "share", "ground")
    create_from_rows(connection, "code_step", columns, steps)
    create_from_rows(connection, "code_known", ("old_code", "new_code"), [("c", "e")])
    weights = [(2017, "a", 60.0), (2017, "c", 40.0), (2019, "b", 100.0)]
    create_from_rows(connection, "code_weight", ("structure", "code", "persons"), weights)
    derive(connection, "code_share")
    shares = {tuple(row[:4]): row[4] for row in connection.execute("SELECT * FROM code_share").fetchall()}
    assert shares[2017, 2024, "a", "d"] == pytest.approx(0.25)
    assert shares[2017, 2024, "c", "e"] == 1.0  # known, although b in between was divided
    assert shares[2019, 2017, "b", "a"] == pytest.approx(0.6)
    assert shares[2024, 2019, "d", "b"] == 1.0
    sums: dict[tuple[object, ...], float] = {}
    for (a, b, old, _), share in shares.items():
        sums[a, b, old] = sums.get((a, b, old), 0.0) + share
    assert all(total == pytest.approx(1) for total in sums.values())


def test_names_are_split_into_their_language_forms() -> None:
    connection = duckdb.connect()
    names = [("5037", "Levanger - Levangke"), ("1818", "Herøy (Nordland)"), ("3427", "Tynset")]
    create_from_rows(connection, "official_name", ("code", "name"), names)
    derive(connection, "municipality_name")
    assert set(connection.execute("SELECT * FROM municipality_name").fetchall()) == {
        ("5037", "Levanger - Levangke", "full"),
        ("5037", "Levanger", "part"),
        ("5037", "Levangke", "part"),
        ("1818", "Herøy (Nordland)", "full"),
        ("1818", "Herøy", "part"),
        ("3427", "Tynset", "full"),
    }
