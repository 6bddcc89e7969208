"""Tables of Statistics Norway (PxWebApi 2), from JSON-stat 2 or CSV files, as tidy rows.

Region codes come as they are valid in each year (`4001`), or summed to the municipalities of
2024 back in time (`K-4001`, the grouping KommSummer): the column `structure` is then 2024,
else None. Codes of regions, counties and the whole country are left out.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tyngdepunkt.errors import Fault, UserError
from tyngdepunkt.sources._cells import MISSING, SUPPRESSED, Cell, Cells, read_cells
from tyngdepunkt.sources.contract import Source, Tidy, origin

LONG = ("code", "year", "part", "value", "status", "structure")
FLOWS = ("home", "work", "year", "value", "status", "structure")
_REGION = re.compile(r"(K-)?(\d{4})")
_BOTH_SEXES = ("0", "1+2")
_NOT_MUNICIPALITIES = ("9999",)


@dataclass(frozen=True, slots=True)
class Population:
    """07459: inhabitants on 1 January, whole, by single years of age, or by sex and age."""

    name: str = "ssb/07459"
    licence: str = "CC BY 4.0"
    cadence: str = "yearly"

    def parse(self, file: Path) -> Tidy:
        """Rows (code, year, part, value, status, structure).

        A part is empty for all ages together, the age (`20`) where both sexes are one, and sex and age
        (`female:20`) where women and men stand apart.
        """
        cells = read_cells(file, ("Region", "Tid"))
        ages = cells.dimensions.get("Alder", ())
        single = [age for age in ages if re.fullmatch(r"\d{3}\+?", age) and age != "999"]
        if ages and len(ages) > 1:
            _need(file, "Alder", {f"{age:03d}" for age in range(100)}, set(single))
        kept = (cell for cell in cells if len(ages) <= 1 or cell.at["Alder"] in single)
        if len(ages) > 1 and set(_SEXES) <= set(cells.dimensions.get("Kjonn", ())):
            apart = (_joined(cell, "Kjonn", "Alder") for cell in kept if cell.at["Kjonn"] in _SEXES)
            return _long(file, cells, apart, "part", _sex_and_age)
        part = "Alder" if len(ages) > 1 else ""
        return _long(file, cells, _one_sex(file, cells, kept), part, _age)


@dataclass(frozen=True, slots=True)
class Employed:
    """11618: population, employed by residence and by workplace, 15-74 years, both sexes."""

    name: str = "ssb/11618"
    licence: str = "CC BY 4.0"
    cadence: str = "yearly"

    def parse(self, file: Path) -> Tidy:
        """Rows (code, year, part, value, status, structure); part is the measure's own name."""
        cells = read_cells(file, ("Region", "Tid", "ContentsCode"))
        _need(file, "ContentsCode", set(_MEASURES), set(cells.dimensions["ContentsCode"]))
        adults = _only(file, cells, {"Alder": "15-74"})
        kept = (cell for cell in adults if cell.at["ContentsCode"] in _MEASURES)
        return _long(file, cells, _one_sex(file, cells, kept), "ContentsCode", _MEASURES.__getitem__)


@dataclass(frozen=True, slots=True)
class JobsByIndustry:
    """13470: employed at workplaces by groups of industries (SN2007)."""

    name: str = "ssb/13470"
    licence: str = "CC BY 4.0"
    cadence: str = "yearly"

    def parse(self, file: Path) -> Tidy:
        """Rows (code, year, part, value, status, structure); part is the group, for instance `10-33`."""
        cells = read_cells(file, ("Region", "Tid", "NACE2007"))
        kept = (cell for cell in cells if cell.at["NACE2007"] != "00-99")
        return _long(file, cells, kept, "NACE2007", str)


@dataclass(frozen=True, slots=True)
class ResidentsByIndustry:
    """07984: employed residents, 15-74 years, both sexes, in all industries and in some groups (SN2007)."""

    name: str = "ssb/07984"
    licence: str = "CC BY 4.0"
    cadence: str = "yearly"

    def parse(self, file: Path) -> Tidy:
        """Rows (code, year, part, value, status, structure); part is the group, `00-99` for all of them.

        Raises:
            UserError: all industries together, or residents, are not there.
        """
        cells = read_cells(file, ("Region", "Tid", "NACE2007"))
        _need(file, "NACE2007", {_ALL_INDUSTRIES}, set(cells.dimensions["NACE2007"]))
        kept = _only(file, cells, {"ContentsCode": "Sysselsatte", "Alder": "15-74"})
        return _long(file, cells, _one_sex(file, cells, kept), "NACE2007", str)


@dataclass(frozen=True, slots=True)
class Education:
    """09429: persons aged 16 and over by highest level of education, both sexes."""

    name: str = "ssb/09429"
    licence: str = "CC BY 4.0"
    cadence: str = "yearly"

    def parse(self, file: Path) -> Tidy:
        """Rows (code, year, part, value, status, structure); part is the level in our words.

        Raises:
            UserError: one of the five levels is missing, or there are no numbers of persons.
        """
        cells = read_cells(file, ("Region", "Tid", "Nivaa"))
        _need(file, "Nivaa", set(_LEVELS), set(cells.dimensions["Nivaa"]))
        persons = _only(file, cells, {"ContentsCode": "Personer"})
        kept = (cell for cell in persons if cell.at["Nivaa"] in _LEVELS)
        return _long(file, cells, _one_sex(file, cells, kept), "Nivaa", _LEVELS.__getitem__)


@dataclass(frozen=True, slots=True)
class JobsBySector:
    """13472: employed at workplaces by sector, all industries together."""

    name: str = "ssb/13472"
    licence: str = "CC BY 4.0"
    cadence: str = "yearly"

    def parse(self, file: Path) -> Tidy:
        """Rows (code, year, part, value, status, structure); part is the sector in our words."""
        cells = read_cells(file, ("Region", "Tid", "Sektor"))
        if len(cells.dimensions.get("NACE2007", ())) > 1:
            _need(file, "NACE2007", {"00-99"}, set(cells.dimensions["NACE2007"]))
        kept = (
            cell
            for cell in cells
            if cell.at["Sektor"] in _SECTORS and cell.at.get("NACE2007", "00-99") == "00-99"
        )
        return _long(file, cells, kept, "Sektor", _SECTORS.__getitem__)


@dataclass(frozen=True, slots=True)
class FirmsBySize:
    """10309: establishments by section of industry and number of employees, 1 January."""

    name: str = "ssb/10309"
    licence: str = "CC BY 4.0"
    cadence: str = "yearly"

    def parse(self, file: Path) -> Tidy:
        """Rows (code, year, part, value, status, structure); part is `section/lowest number of employees`.

        Raises:
            UserError: a section or a size class is missing, or there are several measures.
        """
        cells = read_cells(file, ("Region", "Tid", "NACE2007", "AntAnsatte"))
        _need(file, "NACE2007", set(_SECTIONS), set(cells.dimensions["NACE2007"]))
        _need(file, "AntAnsatte", set(_SIZES), set(cells.dimensions["AntAnsatte"]))
        measures = cells.dimensions.get("ContentsCode", ())
        if len(measures) > 1:
            values = {"file": file.name, "name": "ContentsCode", "found": list(measures)}
            raise UserError(Fault("sources:several_measures", values, str(file)))
        kept = (
            _joined(cell, "NACE2007", "AntAnsatte")
            for cell in cells
            if cell.at["NACE2007"] in _SECTIONS and cell.at["AntAnsatte"] in _SIZES
        )
        return _long(file, cells, kept, "part", _section)


@dataclass(frozen=True, slots=True)
class Commuting:
    """03321: employed persons by municipality of residence and of work."""

    name: str = "ssb/03321"
    licence: str = "CC BY 4.0"
    cadence: str = "yearly"

    def parse(self, file: Path) -> Tidy:
        """Rows (home, work, year, value, status, structure) of cells that are not zero."""
        cells = read_cells(file, ("ArbstedKomm", "Bokommuen", "Tid"))
        rows = []
        for cell in cells:
            home, work = _code(cell.at["Bokommuen"]), _code(cell.at["ArbstedKomm"])
            if home and work and (cell.value or cell.status == SUPPRESSED):
                year = _year(file, cell.at["Tid"])
                rows.append((home[0], work[0], year, cell.value, cell.status, home[1]))
        _any_rows(file, rows)
        return Tidy(FLOWS, rows, origin(file, title=cells.title, updated=cells.updated))


_MEASURES = {
    "BefolkningBosted": "population_15_74",
    "SysselBosted": "residents",
    "SysselArbsted": "workplace",
}
_ALL_INDUSTRIES = "00-99"
_SEXES = {"1": "male", "2": "female"}
_LEVELS = {
    "01": "primary",
    "02a": "upper_secondary",
    "03a": "higher_short",
    "04a": "higher_long",
    "09a": "none_or_unknown",
}
"""Codes of the levels; vocational college (11) is not among those of the snapshot."""
_SECTORS = {
    "6100": "state",
    "6500.6": "municipal",
    "6500.7": "county",
    "A+B+D+E.5-7": "public_enterprise",
    "A+B+D+E.0-1+9": "private",
}
_SECTIONS = {
    "01-03": "Jordbruk, skogbruk og fiske",
    "05-09": "Bergverksdrift og utvinning",
    "10-33": "Industri",
    "35": "Kraftforsyning",
    "36-39": "Vannforsyning, avløp og renovasjon",
    "41-43": "Bygge- og anleggsvirksomhet",
    "45-47": "Varehandel, reparasjon av motorvogner",
    "49-53": "Transport og lagring",
    "55-56": "Overnattings- og serveringsvirksomhet",
    "58-63": "Informasjon og kommunikasjon",
    "64-66": "Finansiering og forsikring",
    "68": "Omsetning og drift av fast eiendom",
    "69-75": "Faglig, vitenskapelig og teknisk tjenesteyting",
    "77-82": "Forretningsmessig tjenesteyting",
    "84.100-84.399": ("Offentlig administrasjon og forsvar, trygdeordninger underlagt offentlig forvaltning"),
    "85": "Undervisning",
    "86-88": "Helse- og sosialtjenester",
    "90-93": "Kultur, underholdning og fritid i alt",
    "94-96": "Personlig tjenesteyting",
    "97": "Lønnet arbeid i private husholdninger",
    "99": "Internasjonale organer",
    "00": "Uoppgitt",
}
"""Codes of the sections → their names in the table, in the order of both."""
_SIZES = {"00": 0, "01": 1, "02": 5, "03": 10, "04": 20, "05": 50, "15": 100, "16": 250}
"""Codes of the size classes → fewest employees, in rising order."""
SOURCES: tuple[Source, ...] = (
    Population(), Employed(), Commuting(), JobsByIndustry(), JobsBySector(), FirmsBySize(),
    ResidentsByIndustry(), Education(),
)  # fmt: skip


def _joined(cell: Cell, *names: str) -> Cell:
    """The cell with a part that is named by several of its codes."""
    return Cell({**cell.at, "part": "/".join(cell.at[name] for name in names)}, cell.value, cell.status)


def _section(part: str) -> str:
    code, _, size = part.partition("/")
    return f"{_SECTIONS[code]}/{_SIZES[size]}"


def _sex_and_age(part: str) -> str:
    sex, _, age = part.partition("/")
    return f"{_SEXES[sex]}:{_age(age)}"


def _long(file: Path, cells: Cells, kept: Iterable[Cell], part: str, name: Callable[[str], str]) -> Tidy:
    """Cells summed over what is not region, year or part; one that has no value leaves the sum without."""
    groups: dict[tuple[str, int | None, int, str], list[Cell]] = defaultdict(list)
    for cell in kept:
        code = _code(cell.at["Region"])
        if code:
            year = _year(file, cell.at["Tid"])
            groups[*code, year, name(cell.at[part]) if part else ""].append(cell)
    rows = [
        (code, year, of, *_summed(group), structure) for (code, structure, year, of), group in groups.items()
    ]
    _any_rows(file, rows)
    return Tidy(LONG, rows, origin(file, title=cells.title, updated=cells.updated))


def _summed(group: list[Cell]) -> tuple[float | None, str | None]:
    statuses = {cell.status for cell in group if cell.value is None}
    if not statuses:
        return sum(cell.value for cell in group if cell.value is not None), None
    return None, MISSING if MISSING in statuses else SUPPRESSED


def _only(file: Path, cells: Cells, codes: Mapping[str, str]) -> Iterable[Cell]:
    """Cells of these codes; a dimension that the file lacks is taken to be of its code."""
    for dimension, code in codes.items():
        if dimension in cells.dimensions:
            _need(file, dimension, {code}, set(cells.dimensions[dimension]))
    return (cell for cell in cells if all(cell.at.get(name, code) == code for name, code in codes.items()))


def _one_sex(file: Path, cells: Cells, kept: Iterable[Cell]) -> Iterable[Cell]:
    """Cells of both sexes together, or of women and men to be summed; never one of them alone."""
    sexes = set(cells.dimensions.get("Kjonn", ()))
    if not sexes:
        return kept
    both = sexes.intersection(_BOTH_SEXES)
    wanted = {sorted(both)[0]} if both else {"1", "2"}
    _need(file, "Kjonn", wanted, sexes)
    return (cell for cell in kept if cell.at["Kjonn"] in wanted)


def _code(region: str) -> tuple[str, int | None] | None:
    match = _REGION.fullmatch(region)
    if match is None or match[2] in _NOT_MUNICIPALITIES:
        return None
    return match[2], 2024 if match[1] else None


def _age(code: str) -> str:
    return str(int(code.rstrip("+")))


def _year(file: Path, time: str) -> int:
    if not re.fullmatch(r"\d{4}(K[1-4]|M\d\d)?", time):
        raise UserError(Fault("sources:not_a_year", {"file": file.name, "value": time}, str(file)))
    return int(time[:4])


def _need(file: Path, dimension: str, wanted: set[str], there: set[str]) -> None:
    missing = sorted(wanted - there)
    if missing:
        values = {
            "file": file.name,
            "name": dimension,
            "count": len(missing),
            "examples": missing[:5],
        }
        raise UserError(Fault("sources:missing_category", values, str(file)))


def _any_rows(file: Path, rows: Sequence[object]) -> None:
    if not rows:
        raise UserError(Fault("sources:no_municipalities", {"file": file.name}, str(file)))
