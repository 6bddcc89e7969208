"""Code lists of Statistics Norway's Klass, from its JSON or CSV answers, as tidy rows."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tyngdepunkt.errors import Fault, Faults, UserError
from tyngdepunkt.sources._files import read_csv, read_json
from tyngdepunkt.sources.contract import Source, Tidy, origin


@dataclass(frozen=True, slots=True)
class MunicipalityCodes:
    """131, answer of `codesAt` or `codes`: numbers and official names."""

    name: str = "klass/131"
    licence: str = "CC BY 4.0"
    cadence: str = "when it changes"

    def parse(self, file: Path) -> Tidy:
        """Rows (code, name)."""
        items = _items(file, "codes", ("code", "name"))
        rows = [(item["code"], item["name"]) for item in items if _is_municipality(item["code"])]
        return _tidy(file, ("code", "name"), rows)


@dataclass(frozen=True, slots=True)
class MunicipalityChanges:
    """131, answer of `changes`: old and new numbers with the day they changed."""

    name: str = "klass/131-changes"
    licence: str = "CC BY 4.0"
    cadence: str = "when it changes"

    def parse(self, file: Path) -> Tidy:
        """Rows (date, old_code, old_name, new_code, new_name); codes that only came or went are left out."""
        needed = ("oldCode", "oldName", "newCode", "newName", "changeOccurred")
        faults = Faults()
        rows = []
        for number, item in enumerate(_items(file, "codeChanges", needed), start=2):
            if not re.fullmatch(r"\d{4}-\d\d-\d\d", item["changeOccurred"]):
                where = f"{file}, row {number}"
                faults.add("sources:not_a_date", where, file=file.name, value=item["changeOccurred"])
            elif item["oldCode"] and item["newCode"]:
                rows.append((item["changeOccurred"], *(item[name] for name in needed[:4])))
        faults.raise_if_any()
        return _tidy(file, ("date", "old_code", "old_name", "new_code", "new_name"), rows)


@dataclass(frozen=True, slots=True)
class Centrality:
    """128: the classes at level 1, the municipalities at level 2 with their index in `notes`."""

    name: str = "klass/128"
    licence: str = "CC BY 4.0"
    cadence: str = "when it changes"

    def parse(self, file: Path) -> Tidy:
        """Rows (municipality, index, class, year); the list also holds numbers that are no longer in use.

        The year is that in which the version came into force, by the log of the fetching; None where a file
        was brought by hand, since the answer itself does not say it.
        """
        faults = Faults()
        rows = []
        year = version_year(file)
        items = _items(file, "codes", ("code", "parentCode", "level", "notes"))
        for number, item in enumerate(items, start=2):
            if item["level"] != "2":
                continue
            index, parent = item["notes"].strip(), item["parentCode"].strip()
            if not (index.isdigit() and parent.isdigit()):
                where = f"{file}, row {number}"
                faults.add("sources:no_index", where, file=file.name, code=item["code"], value=index)
                continue
            rows.append((item["code"], int(index), int(parent), year))
        faults.raise_if_any()
        return _tidy(file, ("municipality", "index", "class", "year"), rows)


@dataclass(frozen=True, slots=True)
class EconomicRegions:
    """108, answer of `correspondsAt` with 131 as target: which municipality lies in which economic region."""

    name: str = "klass/108-131"
    licence: str = "CC BY 4.0"
    cadence: str = "when it changes"

    def parse(self, file: Path) -> Tidy:
        """Rows (municipality, region, region_name); a municipality in two regions is a fault."""
        needed = ("sourceCode", "sourceName", "targetCode")
        items = _items(file, "correspondenceItems", needed)
        rows = [
            (item["targetCode"], item["sourceCode"], item["sourceName"])
            for item in items
            if _is_municipality(item["targetCode"])
        ]
        codes = [code for code, *_ in rows]
        twice = sorted({code for code in codes if codes.count(code) > 1})
        blank = [code for code, region, name in rows if not region.strip() or not name.strip()]
        if twice or blank:
            told = {"file": file.name, "count": len(twice) + len(blank), "examples": [*twice, *blank][:5]}
            raise UserError(Fault("sources:no_code_list", told, str(file)))
        return _tidy(file, ("municipality", "region", "region_name"), rows)


@dataclass(frozen=True, slots=True)
class IndustryCorrespondence:
    """6, answer of `correspondencetables` between two standards of industry: which code became which."""

    name: str = "klass/6-correspondence"
    licence: str = "CC BY 4.0"
    cadence: str = "when it changes"

    def parse(self, file: Path) -> Tidy:
        """Rows (source_code, source_name, target_code, target_name), each pair once.

        Sections (`A`), and codes that only came or went, are left out.
        """
        needed = ("sourceCode", "sourceName", "targetCode", "targetName")
        faults = Faults()
        rows: dict[tuple[str, str], tuple[str, ...]] = {}
        for number, item in enumerate(_items(file, "correspondenceMaps", needed), start=2):
            pair = item["sourceCode"].strip(), item["targetCode"].strip()
            wrong = [code for code in pair if code and not _INDUSTRY.fullmatch(code)]
            for code in wrong:
                faults.add("sources:no_industry", f"{file}, row {number}", file=file.name, value=code)
            if not wrong and all(code[:1].isdigit() for code in pair):
                rows[pair] = (pair[0], item["sourceName"], pair[1], item["targetName"])
        faults.raise_if_any()
        if not rows:
            raise UserError(Fault("sources:no_industries", {"file": file.name}, str(file)))
        return Tidy(
            ("source_code", "source_name", "target_code", "target_name"), list(rows.values()), origin(file)
        )


@dataclass(frozen=True, slots=True)
class CodeList:
    """Any other classification, answer of `codesAt` or `codes`: codes, names, and what each lies under."""

    name: str
    licence: str = "CC BY 4.0"
    cadence: str = "when it changes"

    def parse(self, file: Path) -> Tidy:
        """Rows (code, name, parent, level); the parent is empty at the top. Codes are there once."""
        items = _items(file, "codes", ("code", "name", "parentCode", "level"))
        rows = [(item["code"], item["name"], item["parentCode"], item["level"]) for item in items]
        codes = [code for code, *_ in rows]
        twice = sorted({code for code in codes if codes.count(code) > 1})
        blank = [code for code, name, *_ in rows if not code.strip() or not name.strip()]
        if twice or blank or not rows:
            told = {"file": file.name, "count": len(twice) + len(blank), "examples": [*twice, *blank][:5]}
            raise UserError(Fault("sources:no_code_list", told, str(file)))
        return Tidy(("code", "name", "parent", "level"), rows, origin(file))


LISTS: tuple[Source, ...] = (CodeList("klass/108"), CodeList("klass/6"))
"""Economic regions and industries, fetched when they are named and made no table of: the names of the regions
come with their municipalities in `klass/108-131`, and nothing reads names of industries from the snapshot."""
SOURCES: tuple[Source, ...] = (
    MunicipalityCodes(),
    MunicipalityChanges(),
    Centrality(),
    IndustryCorrespondence(),
    CodeList("klass/7"),
    CodeList("klass/104"),
    EconomicRegions(),
)
LOG = ".log.json"
"""Name of the log beside the files, see `klass_service`."""
_INDUSTRY = re.compile(r"[A-Z]|[0-9]{2}(\.[0-9]{1,3})?")


def version_year(file: Path) -> int | None:
    """Year in which the version that a file was fetched of came into force.

    None where the log beside it does not tell of these very bytes.
    """
    try:
        log = json.loads((file.parent / LOG).read_bytes())
        digest = hashlib.sha256(file.read_bytes()).hexdigest()
        since = [each["valid_from"] for each in log if each["sha256"] == digest and each["valid_from"]]
        return int(since[0][:4])
    except (OSError, ValueError, KeyError, TypeError, IndexError, RecursionError):
        return None


def _items(file: Path, key: str, needed: Sequence[str]) -> list[dict[str, str]]:
    """The answer's items with the needed fields as text, whichever format it was asked for in."""
    items = _csv_items(file) if file.suffix == ".csv" else _json_items(file, key)
    faults = Faults()
    there = list(items[0]) if items else []
    for name in needed:
        if name not in there:
            faults.add("sources:missing_column", str(file), file=file.name, name=name, there=there)
    faults.raise_if_any()
    return [{name: _text(item.get(name)) for name in needed} for item in items]


def _csv_items(file: Path) -> list[dict[str, str]]:
    header, rows = read_csv(file)
    return [dict(zip(header, row, strict=True)) for row in rows]


def _json_items(file: Path, key: str) -> list[Mapping[str, Any]]:
    body = read_json(file)
    items = body.get(key) if isinstance(body, dict) else None
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        raise UserError(Fault("sources:not_klass", {"file": file.name, "key": key}, str(file)))
    return items


def _text(value: Any) -> str:
    return "" if value is None else str(value)


def _is_municipality(code: str) -> bool:
    return re.fullmatch(r"\d{4}", code) is not None and code != "9999"


def _tidy(file: Path, columns: Sequence[str], rows: list[tuple[Any, ...]]) -> Tidy:
    if not rows:
        raise UserError(Fault("sources:no_municipalities", {"file": file.name}, str(file)))
    return Tidy(columns, rows, origin(file))
