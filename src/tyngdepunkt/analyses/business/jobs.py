"""Jobs by industry: quotients, shift-share, specialisation, diversity and exposure of an area."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType

import numpy as np

from tyngdepunkt import texts
from tyngdepunkt.analyses.business import data, firms
from tyngdepunkt.analyses.business.area import Area
from tyngdepunkt.analyses.business.chance import Measures, of_share, ranges
from tyngdepunkt.analyses.business.data import ROOM
from tyngdepunkt.analyses.business.result import (
    ChangeOfPlace,
    EmploymentOfPlace,
    ExposedIndustry,
    ExposureOfPlace,
    IndustryOfPlace,
    LargestIndustry,
    PoissonRange,
    StructureOfPlace,
)
from tyngdepunkt.analyses.business.tables import Tables, summed, whole
from tyngdepunkt.indicators.likeness import peers
from tyngdepunkt.methods import industry
from tyngdepunkt.methods.arrays import Floats
from tyngdepunkt.places.names import norwegian

TABLE = "jobs_by_industry"
LEAST_PERSONS = 3
LIKE, LEAST_LIKE = 5, 3


@dataclass
class Jobs:
    """Jobs of an area by industry, first and last year, and of what it is measured against.

    Args:
        tables: the tables of the snapshot.
        area: what the profile is of.
        lang: language of names.
        units: establishments with employees by industry; empty where not known.
        sized: the year they are of; None where not known.
    """

    tables: Tables
    area: Area
    lang: str
    units: dict[str, int]
    sized: int | None = None

    @cached_property
    def codes(self) -> list[str]:
        """Industries, in the order of their codes."""
        return sorted(self.tables.industry_names)

    @cached_property
    def years(self) -> list[int]:
        """Years with every figure of the area."""
        if not self.codes:
            return []
        return [
            year
            for year in sorted(self.tables.jobs)
            if summed(self.tables.jobs[year], self.area.members, self.codes)
        ]

    @cached_property
    def compared(self) -> list[str]:
        """Municipalities of the reference: those with every figure in the first and the last year."""
        ends = (self.years[0], self.years[-1])
        held = [set(whole(self.tables.jobs[year], self.codes)) for year in ends]
        found = sorted(held[0] & held[1])
        return [] if set(found) <= set(self.area.members) else found

    @cached_property
    def like(self) -> list[str]:
        """The municipalities most like this one among those compared with; none where there are too few."""
        if self.area.kind != "municipality" or not self.compared:
            return []
        near = [each.code for each in peers(self.tables.places, self.area.code, 400)]
        found = [code for code in near if code in self.compared][:LIKE]
        return found if len(found) >= LEAST_LIKE else []

    @property
    def reference(self) -> str:
        """What the reference is called; empty where there is none."""
        if not self.compared:
            return ""
        known = self.tables.places.municipalities
        if len(self.compared) == len(known):
            return texts.text(f"{ROOM}:country", self.lang)
        counties = dict.fromkeys(norwegian(known[code].county_name) for code in self.compared)
        told = {"counties": list(counties), "count": len(self.compared)}
        return texts.text(f"{ROOM}:some_counties", self.lang, **told)

    def of(self, members: Sequence[str], year: int) -> Floats:
        """(industries,) persons; the members have every figure."""
        found = summed(self.tables.jobs[year], members, self.codes)
        assert found is not None  # noqa: S101  # asked only of those that have all
        return np.array([found[code] for code in self.codes])

    def broken(self) -> list[str]:
        """Industries whose series is broken between the first and the last year."""
        return data.broken(self.codes, TABLE, self.years[0], self.years[-1])

    def name(self, code: str) -> str:
        """The name of an industry."""
        return data.name_of(code, self.tables.industry_names[code], self.lang)

    def employment(self, stated: float | None) -> EmploymentOfPlace:
        """All industries of the area, the largest first."""
        first, last = self.years[0], self.years[-1]
        own, before = self.of(self.area.members, last), self.of(self.area.members, first)
        broken = set(self.broken())
        rows = [
            self._industry(i, own, before, code in broken)
            for i, code in enumerate(self.codes)
            if own[i] or before[i]
        ]
        known = self.tables.places.municipalities
        return EmploymentOfPlace(
            year=last,
            first_year=first,
            parts=float(own.sum()),
            stated=stated,
            reference=self.reference,
            like=[norwegian(known[code].name) for code in self.like],
            industries=sorted(rows, key=lambda row: (-row.persons, row.code)),
        )

    def _industry(self, i: int, own: Floats, before: Floats, broken: bool) -> IndustryOfPlace:
        code, persons = self.codes[i], float(own[i])
        thin = self.thin(code, persons)
        last = self.years[-1]
        against = self.of(self.compared, last) if self.compared and not thin else None
        alike = self.of(self.like, last) if self.like and not thin else None
        ends = self._range(i, own, against)
        return IndustryOfPlace(
            code=code,
            name=self.name(code),
            persons=persons,
            share=None if thin else persons / float(own.sum()),
            quotient=_quotient(i, own, against),
            quotient_low=ends.low if ends else None,
            quotient_high=ends.high if ends else None,
            quotient_like=_quotient(i, own, alike),
            establishments=self.units.get(code, 0) if self.units else None,
            thin=thin,
            first=float(before[i]),
            change=None if broken or thin else persons - float(before[i]),
            broken=broken,
        )

    def thin(self, code: str, persons: float, units: dict[str, int] | None = None) -> bool:
        """Whether too few stand behind an industry: establishments with employees, or persons."""
        known = self.units if units is None else units
        few = bool(known) and known.get(code, 0) < industry.LEAST_UNITS
        return persons > 0 and (few or persons < LEAST_PERSONS)

    def _range(self, i: int, own: Floats, against: Floats | None) -> PoissonRange | None:
        if against is None:
            return None
        quotient = {"quotient": lambda rows: industry.location_quotient(rows, against)[:, i]}
        return ranges(quotient, own).get("quotient")

    def change(self) -> ChangeOfPlace | None:
        """Shift-share from the first to the last year, without industries whose series is broken."""
        first, last = self.years[0], self.years[-1]
        if first == last or not self.compared:
            return None
        broken = self.broken()
        kept = [i for i, code in enumerate(self.codes) if code not in broken]
        own = [self.of(self.area.members, year)[kept] for year in (first, last)]
        against = [self.of(self.compared, year)[kept] for year in (first, last)]
        found = industry.shift_share(own[0], own[1], against[0], against[1])
        if not np.isfinite(found.regional).all():
            return None
        return ChangeOfPlace(
            start=first,
            end=last,
            value=float(found.change.sum()),
            national=float(found.national.sum()),
            industry_mix=float(found.industry_mix.sum()),
            regional=float(found.regional.sum()),
            reference=self.reference,
            broken=[self.name(code) for code in broken],
            ranges=ranges(_split(against[0], against[1]), np.concatenate(own)),
        )

    def structure(self) -> StructureOfPlace:
        """Specialisation against the reference and diversity of the place; without those not stated."""
        kept = self._stated()
        own = self.of(self.area.members, self.years[-1])[kept]
        against = self.of(self.compared, self.years[-1])[kept] if self.compared else None
        broad = [data.broad_of(self.codes[i]) for i in kept]
        measures = {**_alone(broad), **(_against(against) if against is not None else {})}
        found = {name: float(measure(own[None])[0]) for name, measure in measures.items()}
        known = {name: value if np.isfinite(value) else None for name, value in found.items()}
        return StructureOfPlace(
            krugman=known.get("krugman"),
            hoover=known.get("hoover"),
            gini=known.get("gini"),
            herfindahl=found["herfindahl"],
            equivalent=found["equivalent"],
            variety=found["variety"],
            unrelated=found["unrelated"],
            related=found["related"],
            ranges=ranges(measures, own),
        )

    def largest(self, found: EmploymentOfPlace) -> list[LargestIndustry]:
        """The largest industry of all, and of those that are not mostly public."""
        public = data.groups()["mostly_public"]
        rows = []
        for counted in (True, False):
            held = [
                row
                for row in found.industries
                if row.code != data.groups()["unknown"] and (counted or row.code not in public)
            ]
            if held and held[0].persons:
                top = held[0]
                low, high = (None, None) if top.thin else of_share(top.persons, found.parts)
                told = LargestIndustry(top.code, top.name, top.share, low, high, top.quotient, counted)
                rows.append(told)
        return rows

    def largest_shares(self) -> dict[str, float]:
        """Municipality → share of its largest industry that is not mostly public, last year.

        Without those where too few stand behind that industry.
        """
        out = {data.groups()["unknown"], *data.groups()["mostly_public"]}
        figures = self.tables.jobs[self.years[-1]]
        found = {}
        for code in whole(figures, self.codes):
            persons = {name: float(figures[code][name] or 0) for name in self.codes}
            total = sum(persons.values())
            top = max((name for name in self.codes if name not in out), key=persons.__getitem__)
            if total and not self.thin(top, persons[top], firms.units(self.tables, [code], self.sized)):
                found[code] = persons[top] / total
        return found

    def exposure(self) -> ExposureOfPlace:
        """Change in trade and personal services."""
        first, last = self.years[0], self.years[-1]
        own, before = self.of(self.area.members, last), self.of(self.area.members, first)
        broken = set(self.broken())
        rows, persons = [], 0.0
        for code in data.groups()["digital"]:
            if code not in self.codes:
                continue
            i = self.codes.index(code)
            then, now = float(before[i]), float(own[i])
            persons += now
            change = None if code in broken or self.thin(code, now) else now - then
            relative = change / then if change is not None and then else None
            rows.append(ExposedIndustry(code, self.name(code), then, now, change, relative))
        low, high = of_share(persons, float(own.sum()))
        return ExposureOfPlace(first, last, persons / float(own.sum()), low, high, rows)

    def _stated(self) -> list[int]:
        return [i for i, code in enumerate(self.codes) if code != data.groups()["unknown"]]


_PARTS = MappingProxyType(
    {"value": "change", "national": "national", "industry_mix": "industry_mix", "regional": "regional"}
)
"""Part of the change as it is told → as the method calls it."""


def _split(start: Floats, end: Floats) -> Measures:
    """Parts of the change of a place whose cells are those of the first year and then those of the last."""

    def part(name: str) -> Callable[[Floats], Floats]:
        def measure(rows: Floats) -> Floats:
            before, after = np.split(rows, 2, axis=1)
            found = industry.shift_share(before, after, start, end)
            return np.asarray(getattr(found, name).sum(axis=1))

        return measure

    return {told: part(name) for told, name in _PARTS.items()}


def _alone(broad: list[str]) -> Measures:
    """Measures of a place alone."""
    return {
        "herfindahl": lambda rows: industry.herfindahl(rows).plain,
        "equivalent": lambda rows: industry.herfindahl(rows).equivalent,
        "variety": lambda rows: industry.variety(rows, broad).total,
        "unrelated": lambda rows: industry.variety(rows, broad).unrelated,
        "related": lambda rows: industry.variety(rows, broad).related,
    }


def _against(reference: Floats) -> Measures:
    """Measures of a place against a reference, which is held fixed."""
    return {
        "krugman": lambda rows: industry.krugman(rows, reference),
        "hoover": lambda rows: industry.hoover(rows, reference),
        "gini": lambda rows: industry.gini(rows, reference),
    }


def _quotient(i: int, own: Floats, against: Floats | None) -> float | None:
    if against is None:
        return None
    found = float(industry.location_quotient(own, against)[i])
    return found if np.isfinite(found) else None
