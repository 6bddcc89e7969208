"""Jobs by industry: quotients, shift-share, specialisation, diversity and exposure of an area."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import NamedTuple

import numpy as np

from tyngdepunkt import texts
from tyngdepunkt.analyses.business import data, firms
from tyngdepunkt.analyses.business.area import Area
from tyngdepunkt.analyses.business.chance import Measures, of_share, ranges, ranges_of_each
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
from tyngdepunkt.analyses.business.tables import Tables
from tyngdepunkt.indicators.peer_similarity import nearest
from tyngdepunkt.methods import industry
from tyngdepunkt.methods.validation import Floats
from tyngdepunkt.places.names import norwegian
from tyngdepunkt.places.standards import Change


class _Quotients(NamedTuple):
    """By industry: against the reference, with the range of each, and against like places."""

    reference: list[float | None]
    ranges: list[PoissonRange | None]
    like: list[float | None]


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

    @property
    def codes(self) -> list[str]:
        """Industries, in the order of their codes."""
        return self.tables.industries

    @cached_property
    def years(self) -> list[int]:
        """Years with every figure of the area."""
        if not self.codes:
            return []
        cells = self.tables.cells
        return [year for year in sorted(cells) if cells[year].total(self.area.members) is not None]

    @cached_property
    def compared(self) -> list[str]:
        """Municipalities of the reference: those with every figure in the first and the last year."""
        ends = (self.years[0], self.years[-1])
        held = [set(self.tables.cells[year].whole) for year in ends]
        found = sorted(held[0] & held[1])
        return [] if set(found) <= set(self.area.members) else found

    @cached_property
    def like(self) -> list[str]:
        """The municipalities most like this one among those compared with; none where there are too few."""
        if self.area.kind != "municipality" or not self.compared:
            return []
        held = set(self.compared)
        found = [code for code in nearest(self.tables.places, self.area.code) if code in held][:LIKE]
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
        found = self.tables.cells[year].total(members)
        assert found is not None  # noqa: S101  # asked only of those that have all
        return found

    def broken(self) -> list[str]:
        """Industries whose series is broken between the first and the last year."""
        return [code for code in self.codes if self.changed is not None and self.changed.touches(code)]

    @cached_property
    def changed(self) -> Change | None:
        """The change of standard between the first and the last year, if there is one."""
        pairs = self.tables.moves
        return data.change_in(TABLE, self.years[0], self.years[-1], pairs=pairs)

    def moved(self) -> list[str]:
        """Codes that moved between two groups, as `45.200 → 95.310`; none where that is not known."""
        if self.changed is None:
            return []
        pairs = {pair for code in self.codes for pair in self.changed.moved(code)}
        return [f"{old} → {new}" for old, new in sorted(pairs)]

    def name(self, code: str) -> str:
        """The name of an industry."""
        return data.name_of(code, self.tables.industry_names[code], self.lang)

    def employment(self, stated: float | None) -> EmploymentOfPlace:
        """All industries of the area, the largest first."""
        first, last = self.years[0], self.years[-1]
        own, before = self.of(self.area.members, last), self.of(self.area.members, first)
        broken = set(self.broken())
        against = self._against(own)
        rows = [
            self._industry(i, own, before, code in broken, against)
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

    def _against(self, own: Floats) -> _Quotients:
        """The quotients of every industry, before it is asked which of them stand on too few."""
        last = self.years[-1]
        compared = self.of(self.compared, last) if self.compared else None
        alike = self.of(self.like, last) if self.like else None
        return _Quotients(_quotients(own, compared), _quotient_ranges(own, compared), _quotients(own, alike))

    def _industry(
        self, i: int, own: Floats, before: Floats, broken: bool, against: _Quotients
    ) -> IndustryOfPlace:
        code, persons = self.codes[i], float(own[i])
        thin = self.thin(code, persons)
        ends = None if thin else against.ranges[i]
        return IndustryOfPlace(
            code=code,
            name=self.name(code),
            persons=persons,
            share=None if thin else persons / float(own.sum()),
            quotient=None if thin else against.reference[i],
            quotient_low=ends.low if ends else None,
            quotient_high=ends.high if ends else None,
            quotient_like=None if thin else against.like[i],
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
        measures = _shape(broad, against)
        found = {name: float(values[0]) for name, values in measures(own[None]).items()}
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
        cells = self.tables.cells[self.years[-1]]
        kept = [i for i, name in enumerate(self.codes) if name not in out]
        found = {}
        for code in cells.whole:
            own = cells.values[cells.at[code]]
            top = kept[int(own[kept].argmax())]
            units = firms.units(self.tables, [code], self.sized)
            if own.any() and not self.thin(self.codes[top], float(own[top]), units):
                found[code] = float(own[top] / own.sum())
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

    def measures(rows: Floats) -> dict[str, Floats]:
        before, after = np.split(rows, 2, axis=1)
        found = industry.shift_share(before, after, start, end)
        return {told: getattr(found, name).sum(axis=1) for told, name in _PARTS.items()}

    return measures


def _shape(broad: list[str], reference: Floats | None) -> Measures:
    """Measures of a place alone, and against a reference, which is held fixed, where there is one."""

    def measures(rows: Floats) -> dict[str, Floats]:
        one, varied = industry.herfindahl(rows), industry.variety(rows, broad)
        alone = {
            "herfindahl": one.plain,
            "equivalent": one.equivalent,
            "variety": varied.total,
            "unrelated": varied.unrelated,
            "related": varied.related,
        }
        return alone if reference is None else {**alone, **_against(rows, reference)}

    return measures


def _against(rows: Floats, reference: Floats) -> dict[str, Floats]:
    """Specialisation of places against a reference."""
    return {
        "krugman": industry.krugman(rows, reference),
        "hoover": industry.hoover(rows, reference),
        "gini": industry.gini(rows, reference),
    }


def _quotients(own: Floats, against: Floats | None) -> list[float | None]:
    """The quotient of each industry; None where it has no answer, or there is nothing to measure against."""
    if against is None:
        return [None] * len(own)
    found = industry.location_quotient(own, against)
    return [float(each) if np.isfinite(each) else None for each in found]


def _quotient_ranges(own: Floats, against: Floats | None) -> list[PoissonRange | None]:
    """The range of each of them."""
    if against is None:
        return [None] * len(own)
    return ranges_of_each("quotient", lambda rows: industry.location_quotient(rows, against), own)
