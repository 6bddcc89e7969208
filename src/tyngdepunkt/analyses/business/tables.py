"""The snapshot's tables of jobs, establishments and people, as an area needs them: whole, or not at all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from tyngdepunkt.analyses.business.cells import Cells
from tyngdepunkt.places import Places
from tyngdepunkt.places.reader import SameAs


@dataclass
class Tables:
    """Tables of one open snapshot, read once; a sum over municipalities is None where one lacks it."""

    places: Places

    @cached_property
    def jobs(self) -> dict[int, dict[str, dict[str, float | None]]]:
        """Year → municipality → industry → persons."""
        found: dict[int, dict[str, dict[str, float | None]]] = {}
        for code, industry, year, persons in self._rows(
            "jobs_by_industry", ("municipality", "industry", "year", "persons")
        ):
            found.setdefault(year, {}).setdefault(code, {})[industry] = persons
        return found

    @cached_property
    def industry_names(self) -> dict[str, str]:
        """Industry → its name in the table."""
        return dict(self._rows("jobs_by_industry", ("industry", "industry_name")))

    @cached_property
    def industries(self) -> list[str]:
        """Industries, in the order of their codes."""
        return sorted(self.industry_names)

    @cached_property
    def moves(self) -> tuple[tuple[str, str], ...]:
        """Code of industry → the one it became, where the correspondence of standards has been fetched."""
        return tuple((old, new) for old, new in self._rows("industry_change", ("old_code", "new_code")))

    @cached_property
    def cells(self) -> dict[int, Cells]:
        """Year → jobs by municipality and industry, in the order of `industries`."""
        return {year: Cells.of(figures, self.industries) for year, figures in self.jobs.items()}

    @cached_property
    def sizes(self) -> dict[int, dict[str, list[tuple[str, int, int]]]]:
        """Year → municipality → section, lowest number of employees, establishments."""
        found: dict[int, dict[str, list[tuple[str, int, int]]]] = {}
        for code, year, section, size, count in self._rows(
            "firms_by_size", ("municipality", "year", "industry", "size", "establishments")
        ):
            found.setdefault(year, {}).setdefault(code, []).append((section, size, count))
        return found

    @cached_property
    def sectors(self) -> dict[int, dict[str, dict[str, float | None]]]:
        """Year → municipality → sector → persons."""
        found: dict[int, dict[str, dict[str, float | None]]] = {}
        for code, year, sector, persons in self._rows(
            "jobs_by_sector", ("municipality", "year", "sector", "persons")
        ):
            found.setdefault(year, {}).setdefault(code, {})[sector] = persons
        return found

    @cached_property
    def employed(self) -> dict[int, dict[str, tuple[float | None, float | None]]]:
        """Year → municipality → employed residents, jobs."""
        found: dict[int, dict[str, tuple[float | None, float | None]]] = {}
        for code, year, residents, workplace in self._rows(
            "employed", ("municipality", "year", "residents", "workplace")
        ):
            found.setdefault(year, {})[code] = (residents, workplace)
        return found

    @cached_property
    def estimated(self) -> set[tuple[str, int]]:
        """Municipality and year of totals that were shared out and not counted."""
        rows = self._rows("employed", ("municipality", "year", "quality"))
        return {(code, year) for code, year, quality in rows if quality == "estimated"}

    @cached_property
    def stayers(self) -> dict[int, dict[str, float | None]]:
        """Year → municipality → residents who work in it."""
        found: dict[int, dict[str, float | None]] = {}
        if self.places.has("commuting"):
            rows = self.places.rows("commuting", ("home", "year", "persons"), home=SameAs("work"))
            for code, year, persons in rows:
                found.setdefault(year, {})[code] = persons
        return found

    @cached_property
    def integration(self) -> dict[str, float]:
        """Municipality → commuters in and out over jobs and employed residents, in the last year of both."""
        years = sorted(set(self.employed) & set(self.stayers))
        found = {}
        for code, (residents, jobs) in self.employed[years[-1]].items() if years else ():
            stay = self.stayers[years[-1]].get(code)
            if residents and jobs and stay is not None:
                crossed = max(residents - stay, 0) + max(jobs - stay, 0)
                found[code] = crossed / (residents + jobs)
        return found

    def population(self, code: str) -> dict[int, float]:
        """Year → residents of a municipality."""
        rows = self._rows("population", ("year", "persons"), municipality=code)
        return {year: float(persons) for year, persons in rows if persons is not None}

    def inside(self, members: Iterable[str], year: int) -> float:
        """Residents of the area who work in it, also in another municipality of it."""
        codes = list(members)
        rows = self.places.rows("commuting", ("home", "work", "persons"), year=year, home=codes, work=codes)
        return float(sum(persons for _, _, persons in rows if persons is not None))

    def _rows(self, table: str, columns: tuple[str, ...], **where: Any) -> list[tuple[Any, ...]]:
        return self.places.rows(table, columns, **where) if self.places.has(table) else []


def summed(
    figures: Mapping[str, Mapping[str, float | None]], members: Iterable[str], keys: Iterable[str]
) -> dict[str, float] | None:
    """Figures of an area by key; None where a municipality or a cell of it is missing."""
    wanted = list(keys)
    found = dict.fromkeys(wanted, 0.0)
    for code in members:
        own = figures.get(code)
        if own is None:
            return None
        for key in wanted:
            value = own.get(key)
            if value is None:
                return None
            found[key] += value
    return found
