"""Tables of the snapshot, made from the tidy rows of official files.

Each maker takes the tidy rows of one source and a connection that holds the snapshot in use
(for its codes and shares), and gives the rows of one table.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from tyngdepunkt.errors import Fault, Faults, UserError
from tyngdepunkt.places.build_catalogue import catalogue
from tyngdepunkt.places.build_sql import create_from_rows, derive, recode, statement
from tyngdepunkt.places.standards import changes, divisions
from tyngdepunkt.sources.contract import Tidy

if TYPE_CHECKING:
    import duckdb

_EXAMPLES = 5
_NOWHERE = 0.05
"""Share of the places that advertisements name which may be no municipality."""
_NOT_A_MUNICIPALITY = ("svalbard", "jan mayen", "longyearbyen")
_STANDARD = 2024
"""Year of the standard of centrality whose limits the snapshot's classes follow."""


def _recoded(database: duckdb.DuckDBPyConnection, tidy: Tidy, sql: str, *, whole: bool = True) -> list[Any]:
    """Long rows carried to the codes of 2024, then read by `sql` from `recoded`."""
    create_from_rows(database, "long_form", tidy.columns, tidy.rows)
    if whole:
        _check_complete(database, tidy)
    recode(database)
    return database.execute(sql).fetchall()


def _check_complete(database: duckdb.DuckDBPyConnection, tidy: Tidy) -> None:
    """A national table must have every municipality of each year: a part would look like the whole."""
    faults = Faults()
    sql = """
        WITH path AS (
            SELECT DISTINCT structure_from AS structure, old_code AS code FROM code_share
        ),
        asked AS (
            SELECT DISTINCT year, coalesce(CAST(structure AS INTEGER), CASE
                WHEN year >= 2024 THEN 2024 WHEN year = 2023 THEN 2023 WHEN year >= 2020 THEN 2020 ELSE year
            END) AS structure FROM long_form
        )
        SELECT a.year, list_sort(list(p.code)) FROM asked a JOIN path p USING (structure)
        WHERE NOT EXISTS (SELECT 1 FROM long_form l WHERE l.year = a.year AND l.code = p.code)
        GROUP BY a.year ORDER BY a.year
    """
    for year, codes in database.execute(sql).fetchall():
        values = {"year": str(year), "count": len(codes), "examples": codes[:_EXAMPLES]}
        faults.add("sources:incomplete_year", tidy.origin.file, file=tidy.origin.file, **values)
    faults.raise_if_any()


def _population(database: duckdb.DuckDBPyConnection, tidy: Tidy) -> list[Any]:
    """Ages are summed first: one municipality, one year, one number."""
    create_from_rows(database, "ages", tidy.columns, tidy.rows)
    summed = database.execute(
        "SELECT code, year, 'persons', CASE WHEN count(value) = count(*) THEN sum(value) END, "
        "min(CAST(status AS VARCHAR)), structure FROM ages GROUP BY code, year, structure"
    ).fetchall()
    return _recoded(database, Tidy(tidy.columns, summed, tidy.origin), _select("population"))


def _population_age(database: duckdb.DuckDBPyConnection, tidy: Tidy) -> list[Any] | None:
    if any(row[2] == "" for row in tidy.rows):
        return None  # the file has no ages: what there is of them is carried over
    rows = _recoded(database, tidy, "SELECT municipality, year, part, persons, quality FROM recoded")
    by_group: dict[tuple[str, int, int], list[tuple[Any, str]]] = {}
    for municipality, year, part, persons, quality in rows:
        group = _age_group(part)
        by_group.setdefault((municipality, year, group), []).append((persons, quality))
    return [
        (code, year, group, None if group == 85 else group + 4, *_together(cells))
        for (code, year, group), cells in by_group.items()
    ]


def _population_sex(database: duckdb.DuckDBPyConnection, tidy: Tidy) -> list[Any] | None:
    if not all(":" in row[2] for row in tidy.rows):
        return None  # the file has no sexes: what there is of them is carried over
    grouped: dict[tuple[Any, ...], list[tuple[float | None, str | None]]] = {}
    for code, year, part, value, status, structure in tidy.rows:
        key = (code, year, f"{part.partition(':')[0]}:{_age_group(part)}", structure)
        grouped.setdefault(key, []).append((value, status))
    summed = [
        (code, year, part, *_sum(cells), structure)
        for (code, year, part, structure), cells in grouped.items()
    ]
    return _recoded(database, Tidy(tidy.columns, summed, tidy.origin), _select("population_sex"))


def _sum(cells: list[tuple[float | None, str | None]]) -> tuple[float | None, str | None]:
    """The sum; a part without a value leaves it without one, and `missing` weighs more than `suppressed`."""
    holes = [status or "missing" for value, status in cells if value is None]
    return (sum(value or 0 for value, _ in cells), None) if not holes else (None, min(holes))


def _age_group(part: str) -> int:
    """First year of the five-year group of a part, which is an age, or a sex and an age."""
    return min(int(part.rpartition(":")[2]) // 5 * 5, 85)


def _together(cells: list[tuple[Any, str]]) -> tuple[int | None, str]:
    order = ("measured", "estimated", "assumed", "suppressed", "missing")
    quality = max((quality for _, quality in cells), key=order.index)
    if any(persons is None for persons, _ in cells):
        return None, quality
    return sum(persons for persons, _ in cells), quality


def _employed(database: duckdb.DuckDBPyConnection, tidy: Tidy) -> list[Any]:
    return _recoded(database, tidy, _select("employed"))


def _commuting(database: duckdb.DuckDBPyConnection, tidy: Tidy) -> list[Any]:
    homes = sorted({(row[0], row[2], "", 1, None, row[5]) for row in tidy.rows}, key=str)
    columns = ("code", "year", "part", "value", "status", "structure")
    create_from_rows(database, "long_form", columns, homes)
    _check_complete(database, tidy)
    create_from_rows(database, "flow", tidy.columns, tidy.rows)
    return database.execute(_select("commuting")).fetchall()


def _jobs_by_industry(database: duckdb.DuckDBPyConnection, tidy: Tidy) -> list[Any]:
    names = dict(database.execute("SELECT DISTINCT industry, industry_name FROM jobs_by_industry").fetchall())
    sql = "SELECT municipality, part, year, persons FROM recoded WHERE quality <> 'missing'"
    rows = _recoded(database, tidy, sql, whole=False)
    return [(code, part, names.get(part, part), year, persons) for code, part, year, persons in rows]


def _residents_by_industry(database: duckdb.DuckDBPyConnection, tidy: Tidy) -> list[Any]:
    sql = "SELECT municipality, part, year, persons, quality FROM recoded"
    return _recoded(database, tidy, sql)


def _education(database: duckdb.DuckDBPyConnection, tidy: Tidy) -> list[Any]:
    return _recoded(database, tidy, _select("education"))


def _jobs_by_sector(database: duckdb.DuckDBPyConnection, tidy: Tidy) -> list[Any]:
    sql = "SELECT municipality, part, year, persons, 2024 FROM recoded WHERE quality <> 'missing'"
    return _recoded(database, tidy, sql, whole=False)


def _firms_by_size(database: duckdb.DuckDBPyConnection, tidy: Tidy) -> list[Any]:
    sql = "SELECT municipality, part, year, persons FROM recoded WHERE quality <> 'missing'"
    found = []
    for code, part, year, count in _recoded(database, tidy, sql, whole=False):
        section, _, size = part.rpartition("/")
        found.append((code, section, int(size), year, count))
    return found


def _centrality(database: duckdb.DuckDBPyConnection, tidy: Tidy) -> list[Any]:
    """Only municipalities in use; the list also holds numbers of the past.

    The answer itself does not say of which year it is: the log of its fetching does, and of a file that was
    brought by hand it is the newest that the snapshot in use has.
    """
    dated = next((year for *_, year in tidy.rows), None)
    year = _newest_index(database) if dated is None else int(dated)
    rows = {code: (code, index, group, year) for code, index, group, _ in tidy.rows}
    return _of_each_municipality(database, rows, tidy, str(year))


def _of_each_municipality(
    database: duckdb.DuckDBPyConnection, by_code: Mapping[str, tuple[Any, ...]], tidy: Tidy, year: str = "–"
) -> list[tuple[Any, ...]]:
    """The rows of the municipalities in use; one that has none is a fault."""
    current = [row[0] for row in database.execute("SELECT code FROM municipality ORDER BY code").fetchall()]
    missing = [code for code in current if code not in by_code]
    if missing:
        values = {"year": year, "count": len(missing), "examples": missing[:_EXAMPLES]}
        raise UserError(Fault("sources:incomplete_year", {"file": tidy.origin.file, **values}))
    return [by_code[code] for code in current]


def _newest_index(database: duckdb.DuckDBPyConnection) -> int:
    """Year of the newest centrality index in use; the standard's own where there is none."""
    is_there = "SELECT count(*) FROM duckdb_tables() WHERE table_name = 'centrality'"
    if database.execute(is_there).fetchall() == [(0,)]:
        return _STANDARD
    ((year,),) = database.execute("SELECT max(year) FROM centrality").fetchall()
    return _STANDARD if year is None else int(year)


def _names(database: duckdb.DuckDBPyConnection, tidy: Tidy) -> list[Any]:
    create_from_rows(database, "official_name", tidy.columns, tidy.rows)
    derive(database, "municipality_name")
    return database.execute(
        "SELECT code, name, form FROM municipality_name WHERE code IN (SELECT code FROM municipality)"
    ).fetchall()


def _county_names(database: duckdb.DuckDBPyConnection, tidy: Tidy) -> list[Any]:
    """The municipalities as they are, with the names their counties have now."""
    names = {code: name for code, name, *_ in tidy.rows}
    held = _municipalities(database)
    lacking = sorted({row["county_code"] for row in held} - set(names))
    if lacking:
        values = {"file": tidy.origin.file, "count": len(lacking), "examples": lacking[:_EXAMPLES]}
        raise UserError(Fault("sources:counties_missing", values, tidy.origin.file))
    return [tuple({**row, "county_name": names[row["county_code"]]}.values()) for row in held]


def _economic_regions(database: duckdb.DuckDBPyConnection, tidy: Tidy) -> list[Any]:
    """The municipalities as they are, with the economic region each lies in now."""
    regions = {code: (code, region, name) for code, region, name in tidy.rows}
    told = {row[0]: row[1:] for row in _of_each_municipality(database, regions, tidy)}
    names = ("economic_region_code", "economic_region_name")
    held = _municipalities(database)
    return [tuple({**row, **dict(zip(names, told[row["code"]], strict=True))}.values()) for row in held]


def _municipalities(database: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    columns = catalogue()["municipality"].column_names
    listed = ", ".join(f'"{name}"' for name in columns)
    found = database.execute(f"SELECT {listed} FROM municipality ORDER BY code").fetchall()
    return [dict(zip(columns, row, strict=True)) for row in found]


def _occupations(database: duckdb.DuckDBPyConnection, tidy: Tidy) -> list[Any]:
    """Names of the unit groups; the major groups stay, since `wage_earners` joins two of them."""
    kept = database.execute("SELECT code, name, level FROM occupation WHERE level = 1").fetchall()
    return [*kept, *((code, name, 4) for code, name, _, _ in tidy.rows if re.fullmatch(r"[0-9]{4}", code))]


def _official_names(database: duckdb.DuckDBPyConnection, tidy: Tidy) -> list[Any]:
    """The names there are, and those in other official languages that Kartverket has beside them."""
    at = {name: tidy.columns.index(name) for name in ("municipality", "name", "names")}
    given = {row[at["municipality"]]: (row[at["municipality"]], row) for row in tidy.rows}
    rows = [row for _, row in _of_each_municipality(database, given, tidy)]
    held = database.execute("SELECT code, name, form FROM municipality_name").fetchall()
    known = {(code, name) for code, name, _ in held}
    beside = dict.fromkeys(
        (row[at["municipality"]], name.strip())
        for row in rows
        for name in (row[at["name"]], *row[at["names"]].split(";"))
        if name.strip() and (row[at["municipality"]], name.strip()) not in known
    )
    return [*held, *((code, name, "part") for code, name in beside)]


def _boundaries(database: duckdb.DuckDBPyConnection, tidy: Tidy) -> list[Any]:
    from tyngdepunkt.places.build_boundaries import boundary_rows

    shapes = {code: (code, polygons) for code, polygons in tidy.rows}
    return boundary_rows(database, dict(_of_each_municipality(database, shapes, tidy)), tidy.origin.file)


def _vacancies(database: duckdb.DuckDBPyConnection, tidy: Tidy) -> list[Any]:
    """Advertisements and positions by municipality and occupation; names are found by name and county."""
    by_name = _by_name(database)
    found: dict[tuple[str, str], list[int | None]] = {}
    nowhere: list[str] = []
    for name, county, occupation, positions, _ in tidy.rows:
        there = by_name.get(name.casefold(), {})
        codes = {code for code, counties in there.items() if len(there) == 1 or county.casefold() in counties}
        if len(codes) == 1:
            found.setdefault((codes.pop(), occupation), []).append(positions)
        elif name.casefold() not in _NOT_A_MUNICIPALITY:
            nowhere.append(name)
    if len(nowhere) > _NOWHERE * len(tidy.rows) or not found:
        values = {
            "count": len(nowhere),
            "total": len(tidy.rows),
            "examples": sorted(set(nowhere))[:_EXAMPLES],
        }
        raise UserError(Fault("sources:vacancies_nowhere", values, tidy.origin.file))
    day = tidy.rows[0][-1]
    return [
        (code, occupation, len(each), None if None in each else sum(n or 0 for n in each), day)
        for (code, occupation), each in found.items()
    ]


def _by_name(database: duckdb.DuckDBPyConnection) -> dict[str, dict[str, set[str]]]:
    """Name of a municipality in small letters → number → the names of its county."""
    sql = "SELECT n.name, m.code, m.county_name FROM municipality_name n JOIN municipality m USING (code)"
    found: dict[str, dict[str, set[str]]] = {}
    for name, code, county in database.execute(sql).fetchall():
        counties = {part.casefold() for part in (county, *county.split(" - "))}
        found.setdefault(name.casefold(), {})[code] = counties
    return found


def _state_workplaces(database: duckdb.DuckDBPyConnection, tidy: Tidy) -> list[Any]:
    """One row per workplace; what lies outside the municipalities (Svalbard) has none."""
    current = {row[0] for row in database.execute("SELECT code FROM municipality").fetchall()}
    return [(*told, code if code in current else None, day) for *told, code, day in tidy.rows]


def _as_it_is(database: duckdb.DuckDBPyConnection, tidy: Tidy) -> list[Any]:
    return tidy.rows


def _industry_change(database: duckdb.DuckDBPyConnection, tidy: Tidy) -> list[Any]:
    """From the older standard to the newer, whichever way the table was asked for.

    The older one is known by the divisions that ceased. A table without them is not that of the change.
    """
    sides = [{each for row in tidy.rows for each in divisions(row[at])} for at in (0, 2)]
    for change in changes():
        old = [set(change.divisions) <= side for side in sides]
        if old == [True, False]:
            return [(change.before, change.after, *row) for row in tidy.rows]
        if old == [False, True]:
            return [(change.before, change.after, *row[2:], *row[:2]) for row in tidy.rows]
    ceased = [f"{each.before}: {', '.join(each.divisions)}" for each in changes()]
    raise UserError(Fault("sources:no_change_of_standard", {"file": tidy.origin.file, "ceased": ceased}))


Maker = Callable[["duckdb.DuckDBPyConnection", Tidy], "list[Any] | None"]
MAKERS: dict[str, tuple[tuple[str, Maker], ...]] = {
    "ssb/07459": (
        ("population", _population),
        ("population_age", _population_age),
        ("population_sex", _population_sex),
    ),
    "ssb/11618": (("employed", _employed),),
    "ssb/03321": (("commuting", _commuting),),
    "ssb/13470": (("jobs_by_industry", _jobs_by_industry),),
    "ssb/13472": (("jobs_by_sector", _jobs_by_sector),),
    "ssb/07984": (("residents_by_industry", _residents_by_industry),),
    "ssb/09429": (("education", _education),),
    "ssb/10309": (("firms_by_size", _firms_by_size),),
    "klass/131": (("municipality_name", _names),),
    "klass/131-changes": (("code_change", _as_it_is),),
    "klass/128": (("centrality", _centrality),),
    "klass/6-correspondence": (("industry_change", _industry_change),),
    "kartverket/municipalities": (("municipality_name", _official_names),),
    "kartverket/boundaries": (("boundary", _boundaries),),
    "nav/vacancies": (("vacancy", _vacancies),),
    "enhetsregisteret/state-workplaces": (("state_workplace", _state_workplaces),),
    "klass/7": (("occupation", _occupations),),
    "klass/104": (("municipality", _county_names),),
    "klass/108-131": (("municipality", _economic_regions),),
}


def _select(name: str) -> str:
    columns = ", ".join(f'"{column}"' for column in catalogue()[name].column_names)
    return f"SELECT {columns} FROM ({statement(name)})"
