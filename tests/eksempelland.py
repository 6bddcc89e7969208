"""*Eksempelland*: a made-up country of 12 places in 3 counties, for tests that need full tables.

It has a labour-market region of four, one of two joint centres, two regions of their own,
suppressed and missing cells, a merger (Elvedal), a split (Storvik into Storvik and Holmen),
a plain new number (Fjellby), two places of one name (Nesvik) and one with two languages.

    A (01)  0101 Hovedby   0102 Nærby      0103 Fjellby     0104 Nesvik (Austfylket)
    B (02)  0201 Storvik   0202 Holmen     0203 Elvedal     0204 Nesvik (Midtfylket)
    C (03)  0301 Nordhavn – Davvihámman  0302 Øyvær   0303 Vidda   0304 Ytterøy
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import duckdb

from tyngdepunkt.places.snapshot import FORMAT
from tyngdepunkt.texts import read_yaml

NO_ROAD = ("0302", "0304")  # the one pair without a travel time
SNAPSHOT_ID = "eksempelland-1"
COUNTIES = {"01": "Austfylket", "02": "Midtfylket", "03": "Nordfylket – Davvi"}

# code, name, index, class, region, ground, x (km), y (km), inhabitants
PLACES: tuple[tuple[str, str, int, int, int, str, int, int, int], ...] = (
    ("0101", "Hovedby", 1000, 1, 1, "S", 0, 0, 400_000),
    ("0102", "Nærby", 930, 1, 1, "U8", 20, 5, 60_000),
    ("0103", "Fjellby", 700, 4, 1, "T75", 60, 20, 8_000),
    ("0104", "Nesvik (Austfylket)", 660, 5, 1, "U8", 45, -20, 5_000),
    ("0201", "Storvik", 800, 3, 2, "S2", 200, 100, 40_000),
    ("0202", "Holmen", 720, 4, 2, "S2", 215, 105, 10_000),
    ("0203", "Elvedal", 600, 5, 2, "U8", 240, 120, 9_000),
    ("0204", "Nesvik (Midtfylket)", 580, 5, 3, "R", 300, 150, 3_000),
    ("0301", "Nordhavn - Davvihámman", 680, 4, 4, "S", 400, 600, 12_000),
    ("0302", "Øyvær", 480, 6, 4, "A90", 440, 620, 900),
    ("0303", "Vidda", 400, 6, 4, "X", 430, 560, 1_100),
    ("0304", "Ytterøy", 293, 6, 5, "R", 500, 700, 200),
)
REGIONS = ((1, "Hovedby"), (2, "Storvik/Holmen"), (3, "Nesvik"), (4, "Nordhavn"), (5, "Ytterøy"))
CODES = tuple(place[0] for place in PLACES)

# Old numbers: the split of 0205 (Storvik, 2020-2023), the merger of 0206 and 0207, the new number of 0109.
_PERIODS = (
    ("0109", "Fjellby", "2008-01-01", "2019-12-31", "0103"),
    ("0205", "Storvik", "2020-01-01", "2023-12-31", None),
    ("0208", "Gamle Storvik", "2008-01-01", "2019-12-31", None),
    ("0209", "Holmen", "2008-01-01", "2019-12-31", None),
    ("0206", "Elve", "2008-01-01", "2019-12-31", "0203"),
    ("0207", "Dalen", "2008-01-01", "2019-12-31", "0203"),
    ("0305", "Delt", "2008-01-01", "2016-12-31", None),
)
_CHANGES = (
    ("2017-01-01", "0305", "Delt", "0302", "Øyvær"),
    ("2017-01-01", "0305", "Delt", "0303", "Vidda"),
    ("2020-01-01", "0109", "Fjellby", "0103", "Fjellby"),
    ("2020-01-01", "0206", "Elve", "0203", "Elvedal"),
    ("2020-01-01", "0207", "Dalen", "0203", "Elvedal"),
    ("2020-01-01", "0208", "Gamle Storvik", "0205", "Storvik"),
    ("2020-01-01", "0209", "Holmen", "0205", "Storvik"),
    ("2024-01-01", "0205", "Storvik", "0201", "Storvik"),
    ("2024-01-01", "0205", "Storvik", "0202", "Holmen"),
)
_SPLIT = {(2020, 2024): {"0205": {"0201": 0.8, "0202": 0.2}}}
_UNCHANGED = tuple(code for code in CODES if code not in ("0103", "0201", "0202", "0203"))
STRUCTURES = {
    2019: (*_UNCHANGED, "0109", "0206", "0207", "0208", "0209"),
    2020: (*_UNCHANGED, "0103", "0203", "0205"),
    2024: CODES,
}
_ROADS = {
    (2019, 2020): {"0109": "0103", "0206": "0203", "0207": "0203", "0208": "0205", "0209": "0205"},
    (2019, 2024): {"0109": "0103", "0206": "0203", "0207": "0203", "0208": "0201", "0209": "0202"},
}
_TYPES = {
    "text": "VARCHAR",
    "integer": "INTEGER",
    "real": "DOUBLE",
    "boolean": "BOOLEAN",
    "date": "DATE",
    "blob": "BLOB",
}
_STOPS = (
    ("airport", "Hovedby lufthavn", 0),
    ("airport", "Nordhavn lufthavn", 400),
    ("railway", "Hovedby stasjon", 0),
)
_BACK = {
    (2020, 2019): {
        "0103": {"0109": 1.0},
        "0203": {"0206": 0.4, "0207": 0.6},
        "0205": {"0208": 0.8, "0209": 0.2},
    },
    (2024, 2019): {
        "0103": {"0109": 1.0},
        "0203": {"0206": 0.4, "0207": 0.6},
        "0201": {"0208": 1.0},
        "0202": {"0209": 1.0},
    },
    (2024, 2020): {"0201": {"0205": 1.0}, "0202": {"0205": 1.0}},
}

Rows = list[tuple[Any, ...]]


def write_snapshot(folder: Path) -> Path:
    """Write the whole country as a snapshot: one Parquet file per table and a manifest.

    Every table of `tables.yaml` is there, with its columns; those without rows are empty.
    """
    folder.mkdir(parents=True, exist_ok=True)
    described = read_yaml("tyngdepunkt.places", "tables.yaml")
    rows = tables()
    names = [name for name in described if not name.startswith("_")]
    entries = [_write(folder, name, described[name], rows.get(name, [])) for name in names]
    manifest = {"id": SNAPSHOT_ID, "format": FORMAT, "built": "2026-01-02", "tables": entries}
    (folder / "manifest.json").write_text(json.dumps(manifest, ensure_ascii=False), encoding="utf-8")
    return folder


def tables() -> dict[str, Rows]:
    """Table → its rows, with columns in the order of `tables.yaml`."""
    return {**_places(), **_people(), **_work(), **_surroundings(), **_numbers()}


def _places() -> dict[str, Rows]:
    return {
        "municipality": [
            (
                code,
                name,
                code[:2],
                COUNTIES[code[:2]],
                f"{code[:2]}01",
                f"Region {code[:2]}",
                *_at(x, y),
                "made_up",
            )
            for code, name, _, _, _, _, x, y, _ in PLACES
        ],
        "municipality_name": list(_names()),
        "centrality": [(code, index, kind, 2024) for code, _, index, kind, *_ in PLACES],
        "region": list(REGIONS),
        "region_member": [
            (code, region, ground, 30.0, 12.0, 3.0, ground in ("S", "S2", "R"), "measured")
            for code, _, _, _, region, ground, *_ in PLACES
        ],
    }


def _at(x: int, y: int) -> tuple[float, float, float, float]:
    return 60 + y / 111, 10 + x / 55, 1000.0 * x, 6_600_000 + 1000.0 * y


def _people() -> dict[str, Rows]:
    people = {place[0]: place[8] for place in PLACES}
    ages = [(low, None if low == 85 else low + 4) for low in range(0, 90, 5)]
    return {
        "population": [
            (code, year, round(count * (1 + (year - 2026) * 0.002)), "measured")
            for code, count in people.items()
            for year in range(2016, 2027)
        ],
        "population_age": [
            (code, year, low, high, count // 20, "measured")
            for code, count in people.items()
            for year in (2016, 2026)
            for low, high in ages
        ],
        "unemployment": [
            (code, 2022, month, None, None, "suppressed")
            if count < 1000
            else (code, 2022, month, count // 100, 1.8, "measured")
            for code, count in people.items()
            for month in (9, 10)
        ],
    }


def _work() -> dict[str, Rows]:
    centre = {region: next(p[0] for p in PLACES if p[4] == region) for region, _ in REGIONS}
    flows: Rows = []
    for code, _, _, _, region, _, _, _, count in PLACES:
        flows.append((code, code, 2022, count * 2 // 5, "measured"))
        if centre[region] != code:
            flows.append((code, centre[region], 2022, count // 10, "measured"))
            flows.append((centre[region], code, 2022, count // 50, "measured"))
    residents = {code: sum(row[3] for row in flows if row[0] == code) for code in CODES}
    workplace = {code: sum(row[3] for row in flows if row[1] == code) for code in CODES}
    return {
        "commuting": flows,
        "employed": [
            ("0304", 2022, None, None, None, "missing")
            if code == "0304"
            else (code, 2022, count * 3 // 4, residents[code], workplace[code], "measured")
            for code, *_, count in PLACES
        ],
        "wage_earners": [
            (code, str(group), 2018, count // 20 * group // 9, "measured")
            for code, *_, count in PLACES
            for group in range(1, 10)
        ],
        "establishments": [(code, 2025, count // 10, count // 3) for code, *_, count in PLACES],
        "state_office": [
            (number, None, None, f"Kontor {number}", code, 60.0, 10.0, 2014)
            for number, code in enumerate(("0101", "0101", "0201", "0301"), start=1)
        ],
    }


def _surroundings() -> dict[str, Rows]:
    at = {place[0]: (place[6], place[7]) for place in PLACES}
    km = {(a, b): math.dist(at[a], at[b]) for a in CODES for b in CODES if a < b and (a, b) != NO_ROAD}
    day = "2024-01-01"
    return {
        "travel_time": [
            (a, b, length, length, None if b == "0304" else length, b == "0304")
            for (a, b), length in km.items()
        ],
        "access_time": [
            (code, kind, name, 15.0 + abs(x - place) / 4, code == "0304")
            for code, _, _, _, _, _, x, _, _ in PLACES
            for kind, name, place in _STOPS
        ],
        "airport": [
            (name, None, None, "N", "L", 60.0, 10.0 + place / 55, True, None)
            for kind, name, place in _STOPS[:2]
        ],
        "railway_station": [("Hovedby stasjon", 60.0, 10.0)],
        "town": [
            ("1", "Hovedby", "0101", 380_000, day, 60.0, 10.0, False),
            ("1-0102", "Nærby sentrum", "0102", 40_000, day, 60.0, 10.4, True),
            ("2", "Skogheim", "0103", 6_000, day, 60.2, 11.0, False),
            ("3-0201", "Storvik", "0201", 30_000, day, 60.9, 13.6, True),
            ("3-0202", "Holmen", "0202", 8_000, day, 60.9, 13.9, True),
            ("4", "Dalen", "0203", 2_500, day, 61.0, 14.4, False),
            ("5", "Sand", "0204", 800, day, 61.3, 15.4, False),
            ("6", "Sand", "0302", 300, day, 65.6, 18.0, False),
        ],
        "place_name": [
            ("Skogheim", "town", "0103", 60.2, 11.0),
            ("Vika", "settlement", "0102", 60.0, 10.4),
            ("Vika", "hamlet", "0303", 65.0, 17.8),
            ("Dalen", "hamlet", "0104", 59.8, 10.8),
        ],
        "postal_code": [("0150", "Flyplassen", "0102", 60.0, 10.4)],
    }


def _numbers() -> dict[str, Rows]:
    present = [(code, name, "2008-01-01", "2026-12-31", code) for code, name, *_ in PLACES]
    return {
        "code_period": [*_PERIODS, *present],
        "code_change": list(_CHANGES),
        "code_share": list(_shares()),
    }


def _names() -> Iterable[tuple[str, str, str]]:
    for code, name, *_ in PLACES:
        yield code, name, "full"
        parts = name.partition(" (")[0].split(" - ")
        yield from ((code, part, "part") for part in parts if part != name)


def _shares() -> Iterable[tuple[Any, ...]]:
    for start in STRUCTURES:
        for end in STRUCTURES:
            for code in STRUCTURES[start] if start != end else ():
                for new, share in _targets(start, end, code).items():
                    yield start, end, code, new, share, "measured" if share == 1 else "estimated", "made up"


def _targets(start: int, end: int, code: str) -> dict[str, float]:
    split = {**_SPLIT, **_BACK}.get((start, end), {})
    if code in split:
        return split[code]
    return {_ROADS.get((start, end), {}).get(code, code): 1.0}


def _write(folder: Path, name: str, described: Any, rows: Rows) -> dict[str, Any]:
    """Write one table through DuckDB, with the types that `tables.yaml` gives its columns."""
    file = folder / f"{name}.parquet"
    types = {column: _TYPES[entry["type"]] for column, entry in described["columns"].items()}
    lines = folder / f"{name}.json"
    lines.write_text(json.dumps([dict(zip(types, row, strict=True)) for row in rows]), encoding="utf-8")
    columns = ", ".join(f"'{column}': '{kind}'" for column, kind in types.items())
    duckdb.execute(f"COPY (FROM read_json('{lines}', columns = {{{columns}}})) TO '{file}' (FORMAT parquet)")
    lines.unlink()
    years = sorted({row[list(types).index("year")] for row in rows}) if "year" in types else []
    made_up = {"provider": "Eksempelland", "reference": "made up", "licence": "MIT"}
    return {
        "name": name,
        "title": described["title"],
        "rows": len(rows),
        "sha256": hashlib.sha256(file.read_bytes()).hexdigest(),
        "query": {"nb": "alt", "nn": "alt saman", "en": "everything"},
        "date": {"nb": "i 2026", "nn": "i 2026", "en": "in 2026"},
        "note": {"nb": "ikke et virkelig sted", "nn": "ikkje ein verkeleg stad", "en": "no real place"},
        "years": years,
        **made_up,
    }
