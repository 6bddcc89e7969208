"""Commuting, growth and jobs by sector of an area."""

from __future__ import annotations

import math

from tyngdepunkt.analyses.business.area import Area
from tyngdepunkt.analyses.business.chance import of_share, ranges
from tyngdepunkt.analyses.business.result import CommutingOfPlace, GrowthOfPlace, PublicJobsOfPlace
from tyngdepunkt.analyses.business.tables import Tables, summed
from tyngdepunkt.methods.validation import Floats
from tyngdepunkt.places.borders import between

NEAR = 45
"""Minutes by car that jobs outside are near within."""
YEARS = 10
_SECTORS = ("state", "county", "municipal", "public_enterprise", "private")


def commuting(tables: Tables, area: Area) -> CommutingOfPlace | None:
    """In the last year with residents, jobs and those who stay; None where there is none."""
    for year in sorted(set(tables.employed) & set(tables.stayers), reverse=True):
        totals = _totals(tables, area, year)
        stay = _stay(tables, area, year)
        if totals is None or stay is None or min(totals) <= 0:
            continue
        residents, jobs = totals
        near = _jobs_near(tables, area, year)
        out, into = max(residents - stay, 0.0), max(jobs - stay, 0.0)
        return CommutingOfPlace(
            year=year,
            residents=residents,
            jobs=jobs,
            out=out,
            into=into,
            out_share=out / residents,
            in_share=into / jobs,
            jobs_near=near,
            per_resident=None if near is None else near / residents,
            ranges=ranges(_commuted, [out, into, stay]),
            estimated=any((code, year) in tables.estimated for code in area.members),
        )
    return None


def _commuted(rows: Floats) -> dict[str, Floats]:
    """Shares of commuters by those who go out, come in and stay."""
    out, into, stay = rows.T
    return {
        "out_share": out / (out + stay),
        "in_share": into / (into + stay),
        "integration": (out + into) / (out + into + 2 * stay),
    }


def _totals(tables: Tables, area: Area, year: int) -> tuple[float, float] | None:
    """Employed residents and jobs; None where a municipality lacks either."""
    own = [tables.employed[year].get(code, (None, None)) for code in area.members]
    residents = [each[0] for each in own if each[0] is not None]
    jobs = [each[1] for each in own if each[1] is not None]
    if len(residents) < len(own) or len(jobs) < len(own):
        return None
    return float(sum(residents)), float(sum(jobs))


def _stay(tables: Tables, area: Area, year: int) -> float | None:
    if any(tables.stayers[year].get(code) is None for code in area.members):
        return None
    if len(area.members) == 1:  # a municipality, or a region or county that is one
        return float(tables.stayers[year][area.members[0]] or 0.0)
    return tables.inside(area.members, year)


def _jobs_near(tables: Tables, area: Area, year: int) -> float | None:
    """Jobs of other municipalities within reach; None for more than one municipality, or where one lacks."""
    if area.kind != "municipality" or not tables.places.has("travel_time"):
        return None
    near = [code for code in tables.places.travel.within(area.code, NEAR) if code != area.code]
    found = [tables.employed[year].get(code, (None, None))[1] for code in near]
    known = [jobs for jobs in found if jobs is not None]
    return float(sum(known)) if len(known) == len(found) else None


def residents(tables: Tables, area: Area) -> GrowthOfPlace | None:
    """Residents over the last ten years."""
    series = [tables.population(code) for code in area.members]
    years = set.intersection(*(set(each) for each in series)) if series else set()
    if not years:
        return None
    last = max(years)
    first = max((year for year in years if year <= last - YEARS), default=min(years))
    if first == last:
        return None
    before, now = (math.fsum(each[year] for each in series) for year in (first, last))
    inside = set(area.members)
    crossed = [change for change in between(first, last) if len({change.giver, change.taker} & inside) == 1]
    return GrowthOfPlace("residents", first, last, before, now, None if crossed else now / before - 1)


def public_jobs(tables: Tables, area: Area) -> PublicJobsOfPlace | None:
    """The last year with every sector of every municipality."""
    for year in sorted(tables.sectors, reverse=True):
        found = summed(tables.sectors[year], area.members, _SECTORS)
        total = 0.0 if found is None else math.fsum(found.values())
        if found is not None and total:
            public = found["state"] + found["county"] + found["municipal"]
            low, high = of_share(public, total)
            return PublicJobsOfPlace(year, **found, share=public / total, low=low, high=high)
    return None
