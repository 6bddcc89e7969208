"""The snapshot that comes with the package: whole, checked, small, and true to the stored files."""

import hashlib
import json
import re
from pathlib import Path
from typing import Any

import duckdb
import pytest

import tyngdepunkt.places
from tyngdepunkt.places.build_catalogue import catalogue
from tyngdepunkt.places.checks import check_tables

FOLDER = Path(tyngdepunkt.places.__file__).parent / "embedded"
MANIFEST = json.loads((FOLDER / "manifest.json").read_text(encoding="utf-8"))
NAMES = [spec.name for spec in catalogue() if not spec.fetched]


@pytest.fixture(scope="module")
def database() -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    for name in NAMES:
        connection.read_parquet(str(FOLDER / f"{name}.parquet")).create(name)
    return connection


def one(database: duckdb.DuckDBPyConnection, sql: str) -> Any:
    return database.execute(sql).fetchall()[0][0]


def test_every_described_table_is_there_and_nothing_else() -> None:
    assert [entry["name"] for entry in MANIFEST["tables"]] == NAMES
    assert {file.stem for file in FOLDER.glob("*.parquet")} == set(NAMES)


def test_checksums_and_rows_are_those_of_the_manifest(database: duckdb.DuckDBPyConnection) -> None:
    for entry in MANIFEST["tables"]:
        content = (FOLDER / f"{entry['name']}.parquet").read_bytes()
        assert hashlib.sha256(content).hexdigest() == entry["sha256"], entry["name"]
        assert one(database, f'SELECT count(*) FROM "{entry["name"]}"') == entry["rows"]


def test_the_manifest_tells_what_tables_yaml_tells() -> None:
    for entry in MANIFEST["tables"]:
        for part, told in catalogue()[entry["name"]].provenance.items():
            assert entry[part] == told, (entry["name"], part)


def test_every_check_of_tables_yaml_holds(database: duckdb.DuckDBPyConnection) -> None:
    faults = check_tables(database, catalogue(), set(NAMES), complete=True)
    assert list(faults) == []


def test_it_is_small() -> None:
    assert sum(file.stat().st_size for file in FOLDER.iterdir()) < 6_000_000


HOLDS_WORDS = re.compile(r"[a-zæøå]{3,}")


@pytest.mark.parametrize("table", MANIFEST["tables"], ids=NAMES)
def test_what_is_told_of_a_table_is_told_in_each_language(table: dict[str, Any]) -> None:
    """A document in one language has its table of sources in that language."""
    for part in ("query", "date", "licence", "note", "attribution"):
        told = table.get(part, "")
        if isinstance(told, str):
            assert not HOLDS_WORDS.search(told), (part, told)
            continue
        assert list(told) == ["nb", "nn", "en"], part
        assert all(text.strip() == text and text for text in told.values()), part
        numbers = {lang: re.findall(r"\d+(?:[.,]\d+)?", text) for lang, text in told.items()}
        assert numbers["nb"] == numbers["nn"], part
        if part == "note":
            assert len(set(told.values())) == 3
            years = [
                {each for each in found if each.isdigit() and len(each) == 4} for found in numbers.values()
            ]
            assert years[0] == years[2]


NORWEGIAN_TOO = {"km", "region", "type", "form", "status"}


def _sources_told() -> list[tuple[str, str, str, str]]:
    """(table, part, language, text) of all that a document may say of its sources."""
    from tyngdepunkt.texts import read_yaml

    told = [
        (entry["name"], part, entry.get(part, ""))
        for entry in MANIFEST["tables"]
        for part in ("title", "provider", "reference", "query", "date", "licence", "note", "attribution")
    ]
    told += [(spec.name, part, text) for spec in catalogue() for part, text in spec.provenance.items()]
    for provider in read_yaml("tyngdepunkt.sources", "tables.yaml").values():
        if isinstance(provider, dict):
            for number, each in provider.items():
                for parts in (each.get("told", {}) if isinstance(each, dict) else {}).values():
                    told += [(number, part, text) for part, text in parts.items()]
    assert len(told) > 300
    return [
        (str(name), part, lang, text)
        for name, part, texts in told
        for lang, text in (texts.items() if isinstance(texts, dict) else [("", texts)])
    ]


def test_no_note_on_a_source_holds_the_name_of_a_column_or_a_table() -> None:
    """A case officer reads them in the annex: he has no columns, and no command line."""
    names = {name for spec in catalogue() for name in (spec.name, *spec.column_names)} - NORWEGIAN_TOO
    told = _sources_told()
    assert {lang for _, _, lang, _ in told} >= {"nb", "nn", "en"}
    assert any(name == "13472" for name, *_ in told)
    for name, part, lang, text in told:
        where = (name, part, lang, text)
        assert not re.search(r"\w_\w", text), where
        assert not re.search(r"(?i)\bkolonn|\bcolumns?\b|\btrue\b|`|tyngdepunkt ", text), where
        if lang in ("nb", "nn"):
            assert not set(re.findall(r"\w+", text)) & names, where
        elif part == "note":  # the name of a column at the head of a sentence stays small
            assert not re.search(r"(?:^|\. )[a-z]+ (?:is|are|names|says)\b", text), where


def test_every_table_has_titles_units_provider_and_licence() -> None:
    from tyngdepunkt.texts import read_yaml

    described = read_yaml("tyngdepunkt.places", "tables.yaml")
    for spec in catalogue():
        entry = described[spec.name]
        assert set(entry["title"]) == {"nb", "nn", "en"}
        assert all(entry[part] for part in ("provider", "reference", "query", "licence", "date"))
        for name, column in entry["columns"].items():
            assert set(column["title"]) == {"nb", "nn", "en"}, (spec.name, name)
            assert column["type"] != "real" or column.get("unit"), (spec.name, name)


def test_rindal_in_2019_is_missing_and_never_zero(database: duckdb.DuckDBPyConnection) -> None:
    sql = "SELECT * EXCLUDE (municipality, year) FROM employed WHERE municipality = '5061' AND year = 2019"
    assert database.execute(sql).fetchall() == [(None, None, None, "missing")]
    assert one(database, "SELECT count(*) FROM employed WHERE residents = 0") == 0


def test_a_missing_value_has_no_number_and_a_measured_one_has(database: duckdb.DuckDBPyConnection) -> None:
    for table in ("population", "population_age", "commuting", "wage_earners", "education", "unemployment"):
        sql = (
            f"SELECT count(*) FROM {table} WHERE (persons IS NULL) <> (quality IN ('missing', 'suppressed'))"
        )
        assert one(database, sql) == 0, table


def test_grounds_of_shares_have_sentences(database: duckdb.DuckDBPyConnection) -> None:
    from tyngdepunkt.texts import text

    for (ground,) in database.execute("SELECT DISTINCT ground FROM code_share").fetchall():
        assert all(text(ground, language) for language in ("nb", "nn", "en"))


def test_codes_forwards_and_back_conserve_totals(database: duckdb.DuckDBPyConnection) -> None:
    sql = """
        WITH forward AS (
            SELECT new_code AS code, sum(100 * share) AS value FROM code_share
            WHERE structure_from = 2017 AND structure_to = 2024 GROUP BY new_code
        )
        SELECT sum(value * share) FROM forward
        JOIN code_share ON structure_from = 2024 AND structure_to = 2017 AND old_code = code
    """
    assert one(database, sql) == pytest.approx(42_600)


def test_rygge_has_no_scheduled_flights_and_gives_moss_gardermoen(
    database: duckdb.DuckDBPyConnection,
) -> None:
    nearest = "SELECT name FROM access_time WHERE municipality = '3103' AND kind = 'airport' ORDER BY minutes"
    assert one(database, nearest) == "Oslo lufthavn, Gardermoen"
    assert one(database, "SELECT note FROM airport WHERE icao = 'ENRY'")


def test_kvitsoey_is_reached_by_ferry_until_the_tunnel_opens(database: duckdb.DuckDBPyConnection) -> None:
    sql = """SELECT minutes, ferry, minutes_without_ferry FROM travel_time
             WHERE origin = '1103' AND destination = '1144'"""
    minutes, ferry, dry = database.execute(sql).fetchall()[0]
    assert ferry
    assert minutes > 50
    assert dry is None
    assert (
        one(database, "SELECT count(*) FROM road_link WHERE medium = 'tunnel' AND number = 39 AND km > 10")
        == 1
    )


def test_notodden_has_no_scheduled_flights(database: duckdb.DuckDBPyConnection) -> None:
    assert one(database, "SELECT scheduled FROM airport WHERE icao = 'ENNO'") is False


@pytest.mark.parametrize(
    ("assumed", "ferry", "compared"),
    [("travel_time_error", False, 179), ("travel_time_error_ferry", True, 11)],
)
def test_the_stated_error_holds_nine_of_ten_of_the_ministrys_own_times(
    database: duckdb.DuckDBPyConnection, assumed: str, ferry: bool, compared: int
) -> None:
    from tyngdepunkt.indicators.assumptions import assumption

    rows = database.execute(
        """
        WITH centre AS (SELECT region, municipality FROM region_member WHERE is_centre)
        SELECT min(t.minutes) - any_value(m.travel_minutes) FROM region_member m
        JOIN centre c ON c.region = m.region AND c.municipality <> m.municipality
        JOIN travel_time t ON t.origin = least(m.municipality, c.municipality)
            AND t.destination = greatest(m.municipality, c.municipality)
        WHERE NOT m.is_centre AND m.travel_minutes IS NOT NULL
        GROUP BY m.municipality HAVING arg_min(t.ferry, t.minutes) = ?
        """,
        [ferry],
    ).fetchall()
    off = [abs(difference) for (difference,) in rows]
    limit = assumption(assumed).middle
    assert len(off) == compared
    assert sum(value <= limit for value in off) / len(off) >= 0.9
    assert sum(value <= limit - 1 for value in off) / len(off) < 0.9


def test_shapes_are_valid_and_neighbours_share_their_border(database: duckdb.DuckDBPyConnection) -> None:
    import shapely

    rows = database.execute("SELECT level, code, wkb FROM boundary").fetchall()
    shapes = {(level, code): shapely.from_wkb(wkb) for level, code, wkb in rows}
    assert all(shape.is_valid and not shape.is_empty for shape in shapes.values())
    parts = [shape for (level, _), shape in shapes.items() if level == "municipality"]
    assert shapely.coverage_is_valid(parts)
    country = shapes["country", "NO"]
    assert sum(shape.area for shape in parts) == pytest.approx(country.area)


def test_no_encyclopaedia_and_no_unlicensed_register_got_in() -> None:
    columns = {column.name for spec in catalogue() for column in spec.columns}
    assert not columns & {"seat", "area", "area_km2", "language_form", "maalform"}
    licences = {entry["name"]: entry["licence"] for entry in MANIFEST["tables"]}
    assert licences["town"] == "ODbL 1.0"
    assert [name for name, licence in licences.items() if "ODbL" in licence] == ["town"]
    assert "GeoNames" in MANIFEST["tables"][NAMES.index("postal_code")]["provider"]


STORED = {
    "population": ("befolkning/folkemengde_kommune_2006_2026.csv", "folkemengde", "persons"),
    "establishments": ("virksomheter/bedrifter_ansatte_kommune_2013_2025.csv", "ansatte", "employees"),
    "employed": (
        "sysselsetting/sysselsatte_kommune_11618_2017_2022.csv",
        "sysselsatte_bosted_15_74",
        "residents",
    ),
}


@pytest.mark.parametrize("table", STORED)
def test_yearly_totals_are_those_of_the_stored_files(
    database: duckdb.DuckDBPyConnection, shared_data: Path, table: str
) -> None:
    file, theirs, ours = STORED[table]
    source = f"read_csv('{shared_data / file}')"
    stored = dict(database.execute(f"SELECT aar, sum({theirs}) FROM {source} GROUP BY aar").fetchall())
    held = dict(database.execute(f"SELECT year, sum({ours}) FROM {table} GROUP BY year").fetchall())
    assert held == stored


def test_totals_of_occupations_and_commuting_are_those_of_the_stored_files(
    database: duckdb.DuckDBPyConnection, shared_data: Path
) -> None:
    occupations = shared_data / "yrker_kommune/lonnstakere_yrke_kommune_2018.csv"
    stored = one(database, f"SELECT sum(lonnstakere_2018) FROM read_csv('{occupations}')")
    assert one(database, "SELECT sum(persons) FROM wage_earners") == stored
    flows = shared_data / "pendling/pendling_03321_2017_2022.parquet"
    stored = one(database, f"SELECT sum(antall) FROM read_parquet('{flows}') WHERE aar = 2022")
    assert one(database, "SELECT sum(persons) FROM commuting WHERE year = 2022") == stored


@pytest.mark.slow
def test_the_first_snapshot_can_be_built_again_byte_for_byte(shared_data: Path, tmp_path: Path) -> None:
    import subprocess
    import sys

    if MANIFEST["writer"] != f"duckdb {duckdb.__version__}":
        pytest.skip(f"the embedded files were written by {MANIFEST['writer']}")
    script = Path(__file__).parents[3] / "scripts" / "build_first_snapshot.py"
    out = tmp_path / "again"
    command = [sys.executable, str(script), str(shared_data), "--out", str(out), "--built", MANIFEST["built"]]
    subprocess.run(command, check=True, capture_output=True)
    again = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    assert again == MANIFEST
