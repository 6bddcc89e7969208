"""Jobs by industry: quotients, shift-share, specialisation, diversity and exposure of an area."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from tyngdepunkt import texts
from tyngdepunkt.analyses.business import data
from tyngdepunkt.analyses.business.area import Area
from tyngdepunkt.analyses.business.data import ROOM
from tyngdepunkt.analyses.business.result import (
    ChangeOfPlace,
    EmploymentOfPlace,
    ExposedIndustry,
    ExposureOfPlace,
    IndustryOfPlace,
    LargestIndustry,
    StructureOfPlace,
)
from tyngdepunkt.analyses.business.tables import Tables, summed, whole
from tyngdepunkt.indicators.likeness import peers
from tyngdepunkt.methods import industry
from tyngdepunkt.methods.arrays import Floats
from tyngdepunkt.places.names import first_form

TABLE = "jobs_by_industry"
ROUNDED = 2
"""Persons a cell can be off where Statistics Norway has rounded: 1 and 2 become 0 or 3. Our reading."""
LIKE, LEAST_LIKE = 5, 3


@dataclass
class Jobs:
    """Jobs of an area by industry, first and last year, and of what it is measured against.

    Args:
        tables: the tables of the snapshot.
        area: what the profile is of.
        lang: language of names.
        units: establishments with employees by industry; empty where not known.
    """

    tables: Tables
    area: Area
    lang: str
    units: dict[str, int]

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
        counties = dict.fromkeys(first_form(known[code].county_name) for code in self.compared)
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
            like=[first_form(known[code].name) for code in self.like],
            industries=sorted(rows, key=lambda row: (-row.persons, row.code)),
        )

    def _industry(self, i: int, own: Floats, before: Floats, broken: bool) -> IndustryOfPlace:
        code, persons = self.codes[i], float(own[i])
        units = self.units.get(code, 0) if self.units else None
        thin = units is not None and bool(industry.thin(units))
        last = self.years[-1]
        against = self.of(self.compared, last) if self.compared else None
        return IndustryOfPlace(
            code=code,
            name=self.name(code),
            persons=persons,
            share=persons / float(own.sum()),
            quotient=None if thin else self._quotient(i, persons, own, against),
            quotient_low=None if thin else self._quotient(i, max(persons - ROUNDED, 0), own, against),
            quotient_high=None if thin else self._quotient(i, persons + ROUNDED, own, against),
            quotient_like=None
            if thin
            else self._quotient(i, persons, own, self.of(self.like, last) if self.like else None),
            establishments=units,
            thin=thin,
            first=float(before[i]),
            change=None if broken else persons - float(before[i]),
            broken=broken,
        )

    def _quotient(self, i: int, persons: float, own: Floats, against: Floats | None) -> float | None:
        if against is None:
            return None
        changed = own.copy()
        changed[i] = persons
        found = float(industry.location_quotient(changed, against, totals=own.sum())[i])
        return found if np.isfinite(found) else None

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
        )

    def structure(self) -> StructureOfPlace:
        """Specialisation against the reference and diversity of the place; without those not stated."""
        kept = self._stated()
        own = self.of(self.area.members, self.years[-1])[kept]
        against = self.of(self.compared, self.years[-1])[kept] if self.compared else None
        concentrated = industry.herfindahl(own)
        broad = [data.broad_of(self.codes[i]) for i in kept]
        variety = industry.variety(own, broad)

        def special(measure: str) -> float | None:
            if against is None:
                return None
            found = float(getattr(industry, measure)(own, against))
            return found if np.isfinite(found) else None

        return StructureOfPlace(
            krugman=special("krugman"),
            hoover=special("hoover"),
            gini=special("gini"),
            herfindahl=float(concentrated.plain),
            equivalent=float(concentrated.equivalent),
            variety=float(variety.total),
            unrelated=float(variety.unrelated),
            related=float(variety.related),
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
                rows.append(LargestIndustry(top.code, top.name, top.share, top.quotient, counted))
        return rows

    def largest_shares(self) -> dict[str, float]:
        """Municipality → share of its largest industry that is not mostly public, last year."""
        out = {data.groups()["unknown"], *data.groups()["mostly_public"]}
        figures = self.tables.jobs[self.years[-1]]
        found = {}
        for code in whole(figures, self.codes):
            persons = {name: float(figures[code][name] or 0) for name in self.codes}
            total = sum(persons.values())
            if total:
                found[code] = max(persons[name] for name in self.codes if name not in out) / total
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
            change = None if code in broken else now - then
            relative = change / then if change is not None and then else None
            rows.append(ExposedIndustry(code, self.name(code), then, now, change, relative))
        return ExposureOfPlace(first, last, persons / float(own.sum()), rows)

    def _stated(self) -> list[int]:
        return [i for i, code in enumerate(self.codes) if code != data.groups()["unknown"]]
