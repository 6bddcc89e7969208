"""The profile of an area: each part where the snapshot has its figures, and what is missing where not."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import Any

import msgspec

from tyngdepunkt import json_types, texts
from tyngdepunkt.analyses.business import firms, market, people
from tyngdepunkt.analyses.business.area import Area
from tyngdepunkt.analyses.business.brief import in_brief
from tyngdepunkt.analyses.business.data import ROOM, quoted
from tyngdepunkt.analyses.business.jobs import Jobs
from tyngdepunkt.analyses.business.resolve import Asked
from tyngdepunkt.analyses.business.result import (
    BusinessResult,
    CommutingOfPlace,
    CornerstoneOfPlace,
    FactorOfPlace,
    GrowthOfPlace,
    Lack,
    LargestIndustry,
    PlaceInBrief,
    PlaceProfiled,
)
from tyngdepunkt.analyses.business.tables import Tables
from tyngdepunkt.analyses.contract import Made, Notice, Setting
from tyngdepunkt.indicators.columns import remember
from tyngdepunkt.indicators.peer_similarity import peers
from tyngdepunkt.inputs.told import told
from tyngdepunkt.places.build_catalogue import catalogue
from tyngdepunkt.sources.fetchable import fetchable

_TABLES = (
    "jobs_by_industry", "employed", "firms_by_size", "commuting", "jobs_by_sector", "population",
    "travel_time",
)  # fmt: skip
_LIKE, _MOVED = 5, 10
Shares = dict[tuple[int, int | None], dict[str, float]]
"""Year of the jobs and of the establishments → municipality → share of its largest industry."""


def run(asked: Asked, setting: Setting) -> BusinessResult:
    """The profile of the area asked for."""
    tables = remember(asked.places, ("analyses.business",), partial(Tables, asked.places))
    shares: Shares = {}
    found = _Profile(tables, asked.area, setting.lang, shares).result(asked.made)

    def brief(code: str) -> PlaceInBrief:
        one = asked.places.municipalities[code]
        area = Area("municipality", code, one.name, (code,))
        own = _Profile(tables, area, setting.lang, shares)
        return in_brief(own.result(asked.made), one.county_name, own.stated_jobs())

    if asked.area.kind == "municipality":
        like = [each.code for each in peers(asked.places, asked.area.code, _LIKE)]
        found = msgspec.structs.replace(found, alike=[brief(code) for code in (asked.area.code, *like)])
    if not asked.every:
        return found
    rows = []
    for at, code in enumerate(asked.area.members):
        setting.progress(at, len(asked.area.members))
        rows.append(brief(code))
    setting.progress(len(rows), len(rows))
    return msgspec.structs.replace(found, places=rows)


@dataclass
class _Profile:
    """Gathers the parts, and what is to be told of them."""

    tables: Tables
    area: Area
    lang: str
    shares: Shares = field(default_factory=dict)
    notices: list[Notice] = field(default_factory=list)
    lacks: dict[str, Lack] = field(default_factory=dict)
    used: list[str] = field(default_factory=list)

    def result(self, made: Made) -> BusinessResult:
        """All parts."""
        area, jobs = self.area, self.jobs
        if area.notice is not None:
            self.notices.append(Notice("place_read_as", told(area.notice, self.lang), area.name))
        employment = jobs.employment(self._stated(jobs.years[-1])) if jobs else None
        if employment is not None and jobs is not None:
            self._tell_jobs(jobs, employment.parts, employment.stated)
        largest = jobs.largest(employment) if jobs and employment else []
        corner = self._cornerstone(employment.parts if employment else None)
        commuting = None
        if area.kind != "country":  # nobody commutes out of it by these figures
            commuting = self._or_lack(people.commuting(self.tables, area), "commuting")
        if commuting is not None and commuting.estimated:
            self._say("commuting_estimated", year=commuting.year)
        if commuting is not None or employment is not None:
            self._say("ranges")
        growth, hinterland = self._growth(), self._hinterland()
        self._tell_area(growth)
        found = BusinessResult(
            title=texts.text(f"{ROOM}:title", self.lang, place=area.called(self.lang)),
            place=PlaceProfiled(area.kind, area.code, self._name, len(area.members)),
            employment=employment,
            change=jobs.change() if jobs else None,
            structure=jobs.structure() if jobs else None,
            largest=largest,
            cornerstone=corner,
            commuting=commuting,
            vulnerability=self._factors(corner, commuting, largest),
            growth=growth,
            public_jobs=self._or_lack(people.public_jobs(self.tables, area), "jobs_by_sector"),
            sizes=firms.sizes(self.tables, area.members, self.sized) if self.sized else None,
            exposure=jobs.exposure() if jobs else None,
            hinterland=hinterland,
            places=[],
            alike=[],
            missing=list(self.lacks.values()),
            sources=self._sources(),
            notices=self.notices,
            made=made,
        )
        shown = [texts.text(f"{ROOM}:without_range.{each}", self.lang) for each in without_range(found)]
        if shown:
            self._say("no_ranges", shown=shown)
        return found

    def _tell_area(self, growth: list[GrowthOfPlace]) -> None:
        """What an area of several municipalities does not have, and what its jobs leave out."""
        if self.area.kind != "municipality":
            self._say("one_municipality_only")
        if self.area.kind == "country" and any(each.what == "jobs" for each in growth):
            self._say("jobs_on_land")

    @property
    def _name(self) -> str:
        """The name in full, all language forms together."""
        return self.area.called(self.lang) if self.area.kind == "country" else self.area.name

    @cached_property
    def sized(self) -> int | None:
        """The year of the establishments by size."""
        found = firms.last_year(self.tables, self.area.members)
        self._or_lack(found, "firms_by_size")
        return found

    @cached_property
    def jobs(self) -> Jobs | None:
        """Jobs by industry; None where the area has no year with all of them."""
        units = firms.units(self.tables, self.area.members, self.sized)
        found = Jobs(self.tables, self.area, self.lang, units, self.sized)
        self._or_lack(found.years or None, "jobs_by_industry")
        return found if found.years else None

    def _or_lack(self, part: Any, table: str) -> Any:
        """The part; where there is none, it is remembered as missing."""
        if part is None and table not in self.lacks:
            what = texts.text(f"{ROOM}:lack.{table}", self.lang)
            reference = ""
            if self.tables.places.has(table):
                reference = self.tables.places.info(table).reference[self.lang]
            told = {
                "place": self.area.called(self.lang),
                "reference": reference or table,
                "id": fetchable().get(table, ""),
            }
            fetch = texts.text(f"{ROOM}:{'refresh' if told['id'] else 'fetch'}", self.lang, **told)
            self.lacks[table] = Lack(what, table, reference or table, fetch)
        return part

    def _tell_break(self, jobs: Jobs) -> None:
        """The change of standard in the series, if there is one: which break, and which codes moved."""
        first, last = jobs.years[0], jobs.years[-1]
        broken = jobs.broken()
        if broken:
            names = quoted((jobs.name(code) for code in broken), self.lang)
            self._say("broken", industries=names, first=first, last=last)
            if not self.tables.moves:
                self._lack_moves()
        moved = jobs.moved()
        if moved:
            self.used.append("industry_change")
            shown = [*moved[:_MOVED], *(["…"] if len(moved) > _MOVED else [])]
            self._say("moved", count=len(moved), codes=shown)

    def _lack_moves(self) -> None:
        """Which codes moved is of the standards and of no place, so it is asked for in words of its own."""
        table = "industry_change"
        what, fetch = (texts.text(f"{ROOM}:{each}", self.lang) for each in (f"lack.{table}", "fetch_moves"))
        self.lacks[table] = Lack(what, table, catalogue()[table].provenance["reference"], fetch)

    def _say(self, key: str, /, **values: Any) -> None:
        self.notices.append(Notice(key, texts.text(f"{ROOM}:notice.{key}", self.lang, **values)))

    def _stated(self, year: int) -> float | None:
        """Jobs in the area as another table states them; None where it does not."""
        own = [self.tables.employed.get(year, {}).get(code, (None, None))[1] for code in self.area.members]
        known = [each for each in own if each is not None]
        return float(sum(known)) if known and len(known) == len(own) else None

    def _tell_jobs(self, jobs: Jobs, parts: float, stated: float | None) -> None:
        first, last = jobs.years[0], jobs.years[-1]
        if stated is not None and stated != parts:
            self._say("total_differs", stated=stated, parts=parts, year=last)
        absent = [str(year) for year in range(first, last) if year not in jobs.years]
        if absent:
            self._say("years_missing", years=absent)
        if not jobs.compared:
            self._say("no_reference")
        elif len(jobs.compared) < len(self.tables.places.municipalities):
            self._say("not_the_country", reference=jobs.reference)
        if self.area.kind == "municipality" and jobs.compared and not jobs.like:
            self._say("few_like")
        self._tell_break(jobs)
        now = dict(zip(jobs.codes, jobs.of(self.area.members, last), strict=True))
        thin = [jobs.name(code) for code, persons in now.items() if jobs.thin(code, persons)]
        if thin:
            self._say("thin", industries=quoted(thin, self.lang))
        if not jobs.units:
            self._say("units_unknown")

    def _cornerstone(self, jobs: float | None) -> CornerstoneOfPlace | None:
        if self.sized is None or self.jobs is None or jobs is None or self.area.kind != "municipality":
            return None
        self._say("cornerstone_interval")
        year = self.jobs.years[-1]
        return firms.cornerstone(self.tables, self.area.members, self.sized, jobs, year)

    def _factors(
        self,
        corner: CornerstoneOfPlace | None,
        commuting: CommutingOfPlace | None,
        largest: list[LargestIndustry],
    ) -> list[FactorOfPlace]:
        """The three factors, for a municipality; a value is null where its figures are missing."""
        if self.area.kind != "municipality":
            return []
        shares = self._largest_shares(self.jobs) if self.jobs else {}
        ties = self.tables.integration
        code = self.area.code
        low, high = (corner.low, corner.high) if corner else (None, None)
        integrated = None
        if commuting is not None:
            integrated = (commuting.out + commuting.into) / (commuting.residents + commuting.jobs)
        tied = commuting.ranges.get("integration") if commuting else None
        top = next((each for each in largest if not each.mostly_public_counted), None)
        special = (top.low, top.high) if top and code in shares else (None, None)
        return [
            self._factor("cornerstone", None, low, high),
            self._factor("specialisation", shares.get(code), *special, _rank(shares, code, most=True)),
            self._factor(
                "integration",
                integrated,
                tied.low if tied else None,
                tied.high if tied else None,
                _rank(ties, code, most=False),
            ),
        ]

    def _largest_shares(self, jobs: Jobs) -> dict[str, float]:
        """Those of every municipality, which all profiles of a run are ranked among."""
        key = (jobs.years[-1], jobs.sized)
        if key not in self.shares:
            self.shares[key] = jobs.largest_shares()
        return self.shares[key]

    def _factor(
        self,
        name: str,
        value: float | None,
        low: float | None = None,
        high: float | None = None,
        rank: tuple[int, int] | None = None,
    ) -> FactorOfPlace:
        meaning = texts.text(f"{ROOM}:factor.{name}", self.lang)
        place, among = rank or (None, None)
        return FactorOfPlace(name, meaning, value, low, high, place, among)

    def _growth(self) -> list[GrowthOfPlace]:
        found = []
        residents = self._or_lack(people.residents(self.tables, self.area), "population")
        if residents is not None:
            found.append(residents)
            if residents.change is None:
                self._say("border", first=residents.start, last=residents.end)
        if self.jobs is not None and len(self.jobs.years) > 1:
            years = (self.jobs.years[0], self.jobs.years[-1])
            first, last = (float(self.jobs.of(self.area.members, year).sum()) for year in years)
            found.append(GrowthOfPlace("jobs", *years, first, last, last / first - 1 if first else None))
        elif (stated := self.stated_jobs()) is not None:
            found.append(stated)
        return found

    def stated_jobs(self) -> GrowthOfPlace | None:
        """Jobs from the first to the last year of the table of totals."""
        years = [year for year in sorted(self.tables.employed) if self._stated(year)]
        if len(years) < 2:
            return None
        first, last = (self._stated(year) or 0.0 for year in (years[0], years[-1]))
        return GrowthOfPlace("jobs", years[0], years[-1], first, last, last / first - 1)

    def _hinterland(self) -> Any:
        if self.area.kind != "municipality":
            return None
        found = self._or_lack(market.hinterland(self.tables, self.area, self.lang), "travel_time")
        if found is not None:
            self._say("hinterland_whole")
            if any(each.assumed for each in found.services):
                self._say("assumed", services=[each.name for each in found.services if each.assumed])
            without = [each.name for each in found.services if each.threshold is None]
            if without:
                self._say("not_judged", services=without)
        return found

    def _sources(self) -> list[json_types.Source]:
        places = self.tables.places
        held = [name for name in (*_TABLES, *self.used) if places.has(name) and name not in self.lacks]
        return [places.source(name, lang=self.lang).in_words() for name in held]


def without_range(found: BusinessResult) -> list[str]:
    """The kinds of figures in a profile that have no range."""
    grown = {each.what for each in found.growth}
    near = found.commuting is not None and bool(found.commuting.jobs_near)
    held = {
        "residents": "residents" in grown,
        "jobs": "jobs" in grown or found.employment is not None,
        "sizes": found.sizes is not None,
        "jobs_near": near,
        "reach": found.hinterland is not None,
        "thresholds": found.hinterland is not None,
    }
    return [name for name, is_shown in held.items() if is_shown]


def _rank(values: dict[str, float], code: str, *, most: bool) -> tuple[int, int] | None:
    """Rank and how many; 1 has the largest value where `most`, else the least."""
    if code not in values:
        return None
    own = values[code]
    before = sum(value > own if most else value < own for value in values.values())
    return before + 1, len(values)
