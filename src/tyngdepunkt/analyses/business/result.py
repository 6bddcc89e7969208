"""The profile of a place; what is missing in it is null, and `missing` says how to get it."""

from __future__ import annotations

import msgspec

from tyngdepunkt.analyses.contract import Made, Notice
from tyngdepunkt.json_types import Source


class PoissonRange(msgspec.Struct, frozen=True):
    """From two standard deviations below a figure to two above, if each count behind it were Poisson."""

    low: float
    high: float


class PlaceProfiled(msgspec.Struct, frozen=True):
    """What the profile is of: a municipality, a labour-market region, a county or the country."""

    kind: str
    code: str
    name: str
    municipalities: int


class IndustryOfPlace(msgspec.Struct, frozen=True):
    """An industry of the place.

    Args:
        share: of all jobs in the place; null where refused (`thin`), as everything made of `persons` is.
        quotient: location quotient against the reference; null where refused or not to be had.
        quotient_low: the low end of its range.
        quotient_high: the high end.
        quotient_like: against the sum of places like this one.
        establishments: with employees; null where not known.
        thin: whether fewer than three establishments with employees, or three persons, stand behind it.
        first: persons in the first year.
        change: since the first year; null where refused, and where the series is broken.
        broken: whether a change of standard lies in the series.
    """

    code: str
    name: str
    persons: float
    share: float | None
    quotient: float | None
    quotient_low: float | None
    quotient_high: float | None
    quotient_like: float | None
    establishments: int | None
    thin: bool
    first: float | None
    change: float | None
    broken: bool


class EmploymentOfPlace(msgspec.Struct, frozen=True):
    """Jobs by industry at the workplace.

    Args:
        parts: sum of the industries.
        stated: the total that another table states for the same year; null where there is none.
        reference: what the quotients are against.
        like: the places that `quotient_like` is against.
    """

    year: int
    first_year: int
    parts: float
    stated: float | None
    reference: str
    like: list[str]
    industries: list[IndustryOfPlace]


class ChangeOfPlace(msgspec.Struct, frozen=True):
    """Shift-share by Dunn.

    Args:
        broken: industries left out because their series is broken.
        ranges: `value`, `national`, `industry_mix`, `regional` → range.
    """

    start: int
    end: int
    value: float
    national: float
    industry_mix: float
    regional: float
    reference: str
    broken: list[str]
    ranges: dict[str, PoissonRange]


class StructureOfPlace(msgspec.Struct, frozen=True):
    """Specialisation against the reference, and diversity of the place alone (natural logarithm).

    Args:
        ranges: name of a measure → its range; without those that are null.
    """

    krugman: float | None
    hoover: float | None
    gini: float | None
    herfindahl: float
    equivalent: float
    variety: float
    unrelated: float
    related: float
    ranges: dict[str, PoissonRange]


class LargestIndustry(msgspec.Struct, frozen=True):
    """The largest industry, of all or of those that are not mostly public, and its share of all jobs.

    Args:
        share: null where refused because fewer than three establishments stand behind it.
        low: the low end of its range.
        high: the high end.
    """

    code: str
    name: str
    share: float | None
    low: float | None
    high: float | None
    quotient: float | None
    mostly_public_counted: bool


class CornerstoneOfPlace(msgspec.Struct, frozen=True):
    """The interval that size classes allow for the share of jobs in the largest establishment.

    Args:
        low: the least share.
        high: the most; null where the classes and the jobs do not fit each other.
        employees_from: least employees of the largest class that is not empty.
        establishments: how many there are in that class.
        year: of the size classes, 1 January.
        jobs_year: of the jobs, fourth quarter.
    """

    low: float
    high: float | None
    employees_from: int
    establishments: int
    year: int
    jobs_year: int


class CommutingOfPlace(msgspec.Struct, frozen=True):
    """Commuting as shock absorber.

    Args:
        out: residents who work outside.
        into: workers who live outside.
        out_share: of employed residents.
        in_share: of the jobs.
        jobs_near: jobs outside the place within 45 minutes by car; null for counties and the country.
        per_resident: those jobs per employed resident.
        ranges: `out_share`, `in_share`, `integration` → range.
        estimated: whether totals behind it were shared out over a change of borders, which no range covers.
    """

    year: int
    residents: float
    jobs: float
    out: float
    into: float
    out_share: float
    in_share: float
    jobs_near: float | None
    per_resident: float | None
    ranges: dict[str, PoissonRange]
    estimated: bool


class FactorOfPlace(msgspec.Struct, frozen=True):
    """A factor of vulnerability in our reading of it.

    Args:
        id: `cornerstone`, `specialisation` or `integration`.
        low: of the cornerstone the least it can be; of the others the low end of the range.
        high: the most, or the high end.
        place: rank among places with figures, 1 the most vulnerable.
        among: how many have figures.
    """

    id: str
    meaning: str
    value: float | None
    low: float | None
    high: float | None
    place: int | None
    among: int | None


class GrowthOfPlace(msgspec.Struct, frozen=True):
    """Residents or jobs at two years; `change` is a share, null where a border change is in the way."""

    what: str
    start: int
    end: int
    first: float
    last: float
    change: float | None


class PublicJobsOfPlace(msgspec.Struct, frozen=True):
    """Jobs by sector at the workplace; `share` is of state, county and municipality together."""

    year: int
    state: float
    county: float
    municipal: float
    public_enterprise: float
    private: float
    share: float
    low: float | None
    high: float | None


class SizeClass(msgspec.Struct, frozen=True, rename={"start": "from", "end": "to"}):
    """Establishments with so many employees; no `to` for the largest."""

    start: int
    end: int | None
    establishments: int


class SizesOfPlace(msgspec.Struct, frozen=True):
    """Establishments by size, 1 January."""

    year: int
    classes: list[SizeClass]


class ExposedIndustry(msgspec.Struct, frozen=True):
    """A group of trade or personal services; `change` is null where its series is broken, or refused."""

    code: str
    name: str
    first: float
    last: float
    change: float | None
    relative: float | None


class ExposureOfPlace(msgspec.Struct, frozen=True):
    """Change in trade and personal services, shown as exposure to digitalisation. It is no index."""

    start: int
    end: int
    share: float
    low: float | None
    high: float | None
    groups: list[ExposedIndustry]


class ReachOfTown(msgspec.Struct, frozen=True):
    """Residents of municipalities whose centre lies within so many minutes by car."""

    minutes: int
    residents: float
    municipalities: int


class ServiceOfPlace(msgspec.Struct, frozen=True):
    """A service beside the residents in reach.

    Args:
        threshold: residents; null where none is known, and the service is then not judged.
        assumed: whether the threshold is our guess.
        source: where it stands; empty where assumed or missing.
        within: the least of the minutes within which there are as many; null where there are not.
    """

    id: str
    name: str
    threshold: int | None
    assumed: bool
    source: str
    within: int | None


class HinterlandOfPlace(msgspec.Struct, frozen=True):
    """The market around the place."""

    year: int
    reach: list[ReachOfTown]
    services: list[ServiceOfPlace]


class Lack(msgspec.Struct, frozen=True):
    """What is missing for this place, and how to fetch it."""

    what: str
    table: str
    reference: str
    fetch: str


class PlaceInBrief(msgspec.Struct, frozen=True):
    """A municipality of the area in one row; null where missing. Shares and changes are from -1 up.

    Args:
        jobs: as the table of totals states them, which covers the same years of every municipality.
        residents_start, jobs_start: the year that the change is counted from.
        commuting_year: of those who commute, their shares, integration, and jobs within reach.
        industry_year: of the largest industry and of the specialisation.
        sizes_year: of the size classes behind the cornerstone share, 1 January.
        out_share_low, out_share_high: the ends of the range of `out_share`, and so for each figure that
            has a range. Of the cornerstone share they are what the size classes allow.
    """

    code: str
    name: str
    county: str
    residents: float | None
    residents_start: int | None
    residents_year: int | None
    residents_change: float | None
    jobs: float | None
    jobs_start: int | None
    jobs_year: int | None
    jobs_change: float | None
    commuting_year: int | None
    out_share: float | None
    out_share_low: float | None
    out_share_high: float | None
    in_share: float | None
    in_share_low: float | None
    in_share_high: float | None
    integration: float | None
    integration_low: float | None
    integration_high: float | None
    jobs_near: float | None
    industry_year: int | None
    largest_industry: str | None
    largest_share: float | None
    largest_share_low: float | None
    largest_share_high: float | None
    krugman: float | None
    krugman_low: float | None
    krugman_high: float | None
    equivalent_industries: float | None
    equivalent_industries_low: float | None
    equivalent_industries_high: float | None
    sizes_year: int | None
    cornerstone_low: float | None
    cornerstone_high: float | None
    public_year: int | None
    public_share: float | None
    public_share_low: float | None
    public_share_high: float | None
    residents_45_year: int | None
    residents_45: float | None


class BusinessResult(msgspec.Struct, frozen=True):
    """What a place lives of and how exposed it is.

    Args:
        places: the municipalities of the area, where asked for.
        alike: a municipality and the five most like it; empty for a county and the country.
    """

    title: str
    place: PlaceProfiled
    employment: EmploymentOfPlace | None
    change: ChangeOfPlace | None
    structure: StructureOfPlace | None
    largest: list[LargestIndustry]
    cornerstone: CornerstoneOfPlace | None
    commuting: CommutingOfPlace | None
    vulnerability: list[FactorOfPlace]
    growth: list[GrowthOfPlace]
    public_jobs: PublicJobsOfPlace | None
    sizes: SizesOfPlace | None
    exposure: ExposureOfPlace | None
    hinterland: HinterlandOfPlace | None
    places: list[PlaceInBrief]
    alike: list[PlaceInBrief]
    missing: list[Lack]
    sources: list[Source]
    notices: list[Notice]
    made: Made


Result = BusinessResult
