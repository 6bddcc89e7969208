"""Build the snapshot that comes with the package from the stored public files.

    python scripts/build_first_snapshot.py [STORED_FOLDER] [--built 2026-11-23] [--out FOLDER]

Kept so that anyone can see how each embedded figure came about: `first_snapshot/*.sql` holds
one statement per table, `src/tyngdepunkt/places/tables/*.sql` those that the product itself
uses, and the same builder checks the result as any later one.
"""

from __future__ import annotations

import argparse
import datetime as dt
import sys
import tempfile
import time
from pathlib import Path

import duckdb
from first_snapshot import shapes
from first_snapshot.stored import open_stored

from tyngdepunkt.errors import UserError
from tyngdepunkt.places.build import Input, build_snapshot
from tyngdepunkt.places.build_catalogue import catalogue
from tyngdepunkt.places.build_sql import derive, recode
from tyngdepunkt.texts import explain_error

HERE = Path(__file__).parent
REPOSITORY = HERE.parent
STRAIGHT = (
    "centrality_index", "region", "region_member", "population", "by_age", "code_period", "code_change",
    "establishments", "unemployment", "state_office", "location_decision",
    "airport", "railway_station", "town", "place_name", "road_link", "employees_grid",
    "postal_code", "industry", "occupation", "occupation_title", "cpv", "jobs_by_industry", "jobs_by_sector",
    "firms_by_size", "education_series", "telework", "campus",
)  # fmt: skip


def build(stored: Path, out: Path, built: dt.date) -> None:
    """Build every table, check them all, and put the snapshot in `out`."""
    with open_stored(stored) as database:
        _places(database)
        shapes.airport_exceptions(database)
        for name in STRAIGHT:
            _own(database, name)
        _codes(database)
        _commuting(database)
        _recoded(database)
        for name in ("centrality", "population_age"):
            derive(database, name)
        print("not open, left out:", *shapes.road_links(database, built), sep="\n  ")
        shapes.boundaries(database, stored)
        print("travel times against those that came with the links:", shapes.travel_times(database))
        with tempfile.TemporaryDirectory() as folder:
            build_snapshot(_inputs(database, Path(folder)), out, built=built, complete=True)


def _own(database: duckdb.DuckDBPyConnection, name: str, into: str = "") -> None:
    sql = (HERE / "first_snapshot" / f"{name}.sql").read_text(encoding="utf-8")
    database.execute(f'CREATE OR REPLACE TABLE "{into or name}" AS {sql}')


def _places(database: duckdb.DuckDBPyConnection) -> None:
    shapes.points(database)
    _own(database, "municipality")
    _own(database, "official_name")
    derive(database, "municipality_name")


def _codes(database: duckdb.DuckDBPyConnection) -> None:
    for name in ("code_step", "code_known", "code_weight"):
        _own(database, name)
    derive(database, "code_share")


def _commuting(database: duckdb.DuckDBPyConnection) -> None:
    """The years before the last in the codes of 2024, and the last as it was divided with more care.

    Rindal's number changed in 2019, and neither of its numbers is in the source that year: a hole, not zero.
    """
    _own(database, "raw_flow", into="flow")
    derive(database, "commuting")
    _own(database, "last_commuting")
    database.execute("INSERT INTO commuting FROM last_commuting")
    database.execute("INSERT INTO commuting VALUES ('5061', '5061', 2019, NULL, 'missing')")


def _recoded(database: duckdb.DuckDBPyConnection) -> None:
    """The series that come in the codes of their own years."""
    _own(database, "raw_employed", into="long_form")
    _own(database, "share_employed", into="share_override")
    recode(database)
    derive(database, "employed")
    raw = {"wage_earners": "raw_wage_earners", "education": "raw_education", "population_sex": "raw_sex"}
    for name, own in raw.items():
        _own(database, own, into="long_form")
        recode(database)
        derive(database, name)


def _inputs(database: duckdb.DuckDBPyConnection, folder: Path) -> dict[str, Input]:
    inputs = {}
    for spec in (each for each in catalogue() if not each.fetched):
        columns = ", ".join(f'"{name}"' for name in spec.column_names)
        file = folder / f"{spec.name}.parquet"
        database.sql(f'SELECT {columns} FROM "{spec.name}"').write_parquet(str(file))
        inputs[spec.name] = Input(file)
    return inputs


def main() -> int:
    """Read the arguments, build, and say what came out."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("stored", nargs="?", type=Path, default=REPOSITORY.parent / "shared" / "data")
    parser.add_argument("--out", type=Path, default=REPOSITORY / "src/tyngdepunkt/places/embedded")
    parser.add_argument("--built", type=dt.date.fromisoformat, default=dt.date(2026, 11, 23))
    given = parser.parse_args()
    began = time.perf_counter()
    try:
        build(given.stored, given.out, given.built)
    except UserError as error:
        print(explain_error(error, "en"), file=sys.stderr)
        return error.exit_code
    sizes = {file.stem: file.stat().st_size for file in given.out.glob("*.parquet")}
    for name, size in sorted(sizes.items(), key=lambda pair: -pair[1]):
        print(f"{size / 1024:9.1f} kB  {name}")
    print(f"{sum(sizes.values()) / 1024 / 1024:.2f} MB in {time.perf_counter() - began:.0f} s")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
