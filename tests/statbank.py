"""A service on this machine that speaks PxWebApi 2, with several tables about the municipalities there are.

Its figures are made up from those of a snapshot, so that a new one can be built of them.
"""

from __future__ import annotations

import atexit
import hashlib
import json
import shutil
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any

import duckdb
import msgspec

from tyngdepunkt.sources import answers, klass_service
from tyngdepunkt.sources.declared import own_tables
from unit.sources.served import Answer, Asked, as_json, problem

Value = Callable[[Mapping[str, str]], float | None]
SECTORS = {
    "6100": "state",
    "6500.6": "municipal",
    "6500.7": "county",
    "A+B+D+E.5-7": "public_enterprise",
    "A+B+D+E.0-1+9": "private",
}
MEASURES = {
    "BefolkningBosted": "population_15_74",
    "SysselBosted": "residents",
    "SysselArbsted": "workplace",
}


@dataclass
class Table:
    """One table: its variables with their codes, and the value of each cell."""

    codes: dict[str, list[str]]
    value: Value
    left_out: Sequence[str] = ()
    updated: str = "2026-11-26T07:00:00Z"


@dataclass
class Bank:
    """The service; `before` may answer in its place."""

    tables: dict[str, Table]
    most: int = 800_000
    before: Callable[[Asked], Answer | None] = lambda asked: None
    data_calls: list[str] = field(default_factory=list)

    def __call__(self, asked: Asked) -> Answer:
        return self.before(asked) or self._answer(asked)

    def _answer(self, asked: Asked) -> Answer:
        if asked.path.endswith("/config"):
            return as_json(
                {
                    "apiVersion": "2.3.2",
                    "maxDataCells": self.most,
                    "maxCallsPerTimeWindow": 1000,
                    "timeWindow": 1,
                    "license": "https://www.ssb.no/en/diverse/lisens",
                }
            )
        identity, what = asked.path.rsplit("/", 2)[1:]
        if identity not in self.tables:
            return problem(404, "Not found", f"No table {identity}")
        table = self.tables[identity]
        if what == "metadata":
            return as_json(_dataset(table, table.codes, []))
        self.data_calls.append(identity)
        chosen = {each["variableCode"]: each["valueCodes"] for each in asked.body["selection"]}
        names = list(chosen)
        values = [table.value(dict(zip(names, at, strict=True))) for at in product(*chosen.values())]
        return as_json(_dataset(table, chosen, values))


def _dataset(table: Table, codes: Mapping[str, Sequence[str]], values: list[float | None]) -> dict[str, Any]:
    return {
        "version": "2.0",
        "class": "dataset",
        "label": "made up",
        "updated": table.updated,
        "id": list(codes),
        "size": [len(held) for held in codes.values()],
        "dimension": {
            name: {
                "label": name,
                "category": {"index": {code: place for place, code in enumerate(held)}},
                "extension": {"elimination": name in table.left_out},
            }
            for name, held in codes.items()
        },
        "value": values,
    }


def rows(snapshot: Path, sql: str) -> list[tuple[Any, ...]]:
    """Rows of a snapshot's tables; `{population}` stands for the file of one."""
    files = {file.stem: f"'{file}'" for file in snapshot.glob("*.parquet")}
    return duckdb.execute(sql.format(**files)).fetchall()


def municipalities(snapshot: Path) -> list[str]:
    return [code for (code,) in rows(snapshot, "SELECT code FROM {municipality} ORDER BY code")]


def employed(snapshot: Path, year: str, growth: float = 1.01) -> Table:
    """11618: the figures of 2022, grown by a little; a county and a number of the past lie among them."""
    columns = ", ".join(MEASURES.values())
    sql = f"SELECT municipality, {columns} FROM {{employed}} WHERE year = 2022"
    held = {code: dict(zip(MEASURES, values, strict=True)) for code, *values in rows(snapshot, sql)}
    codes = {
        "Region": ["0", "01", *municipalities(snapshot), "9901"],
        "Kjonn": ["0", "1", "2"],
        "Alder": ["15-74"],
        "ContentsCode": list(MEASURES),
        "Tid": sorted({"2023", "2024", year}),
    }

    def value(at: Mapping[str, str]) -> float | None:
        before = held[at["Region"]][at["ContentsCode"]]
        return None if before is None else round(before * growth)

    return Table(codes, value)


def jobs_by_sector(snapshot: Path, year: str, *, begun: str = "", in_2016: str = "") -> Table:
    """13472: a fifth of the jobs of 2022 in each sector; `begun` has none before 2024, `in_2016` one."""
    held = dict(rows(snapshot, "SELECT municipality, workplace FROM {employed} WHERE year = 2022"))

    def value(at: Mapping[str, str]) -> float:
        code = at["Region"].removeprefix("K-")
        if code == begun and at["Tid"] < "2024":
            return 0
        if code == in_2016 and at["Tid"] == "2016":
            return int(at["Sektor"] == "6100")
        return (held[code] or 50) // 5

    codes = {
        "Region": [f"K-{code}" for code in municipalities(snapshot)],
        "NACE2007": ["00-99", "01-03"],
        "Sektor": ["ALLE", *SECTORS],
        "ContentsCode": ["SysselEtterArbste"],
        "Tid": ["2015", "2016", year],
    }
    return Table(codes, value)


def by_groups(snapshot: Path, year: str, value: Value, **groups: list[str]) -> Table:
    """A table of the municipalities and what else is named, of one year."""
    codes = {"Region": municipalities(snapshot), **groups, "Tid": ["2023", year]}
    return Table(codes, value)


def declared(file: Path, base: str, *ids: str) -> Path:
    """A file that declares Tyngdepunkt's own tables at another address, without its known totals."""
    tables = {
        identity: {
            "provider": "here",
            "title": dict(table.title),
            "feeds": table.feeds,
            "select": {name: list(codes) for name, codes in table.select.items()},
            "codelists": dict(table.codelists),
            "place": table.place,
            "unit": table.unit,
            "cadence": table.cadence,
            "makes": {name: list(columns) for name, columns in table.makes.items()},
            "told": {
                name: {part: dict(words) for part, words in of.items()} for name, of in table.told.items()
            },
            "text": table.text,
        }
        for identity, table in own_tables().tables.items()
        if identity in ids
    }
    name = {"nb": "her", "nn": "her", "en": "here"}
    providers = {"here": {"name": name, "base": base, "licence": "CC BY 4.0"}}
    file.write_text(json.dumps({"providers": providers, "tables": tables}), encoding="utf-8")
    return file


def small_country(home: Path) -> Path:
    """The made-up country as the snapshot in use, with the few tables that refreshing is about."""
    folder = home / "snapshots" / "eksempelland-1"
    shutil.copytree(_small_country(), folder)
    return folder


@cache
def _small_country() -> Path:
    import eksempelland

    folder = eksempelland.write_snapshot(Path(tempfile.mkdtemp()) / "country")
    atexit.register(shutil.rmtree, folder.parent, ignore_errors=True)
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    kept = ("municipality", "code_share", "population", "employed", "jobs_by_sector")
    for entry in manifest["tables"]:
        if entry["name"] not in kept:
            (folder / f"{entry['name']}.parquet").unlink()
    manifest["tables"] = [entry for entry in manifest["tables"] if entry["name"] in kept]
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    return folder


def bring_klass(
    data: Path, name: str, key: str, items: list[dict[str, Any]], since: str = "2020-01-01"
) -> Path:
    """A file as `data klass` leaves it, for a refresh to take in."""
    folder = answers.klass_folder(data)
    content = json.dumps({key: items}).encode()
    file = folder / f"{name}.json"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)
    log = {each: told for each, told in klass_service.read_log(folder).items() if each != name}
    told = klass_service.Brought(
        name, "read", "x", "http://x/y", hashlib.sha256(content).hexdigest(),
        "2026-11-29T08:00:00+00:00", "CC BY 4.0", "yearly", since,
    )  # fmt: skip
    (folder / klass_service.LOG).write_bytes(msgspec.json.encode([*log.values(), told]))
    return file


def counties(country: Path, **named: str) -> list[dict[str, Any]]:
    """The counties there are as Klass tells them; `named` gives one, as `n01`, another name."""
    sql = "SELECT DISTINCT county_code, county_name FROM {municipality} ORDER BY 1"
    return [
        {"code": number, "name": named.get(f"n{number}", name), "parentCode": None, "level": "1"}
        for number, name in rows(country, sql)
    ]
