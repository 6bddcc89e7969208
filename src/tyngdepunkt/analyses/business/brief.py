"""A profile in one row, for a list of places."""

from __future__ import annotations

from types import MappingProxyType

from tyngdepunkt import texts
from tyngdepunkt.analyses.business.data import ROOM
from tyngdepunkt.analyses.business.result import (
    BusinessResult,
    GrowthOfPlace,
    LargestIndustry,
    PlaceInBrief,
    PoissonRange,
)

COLUMNS: tuple[str, ...] = PlaceInBrief.__struct_fields__
RANGED = (
    "out_share", "in_share", "integration", "largest_share", "krugman", "equivalent_industries",
    "public_share",
)  # fmt: skip
"""Figures whose range stands in columns of its own."""
_ENDS = MappingProxyType({f"{name}_{end}": (name, end) for name in RANGED for end in ("low", "high")})
CHANGES = frozenset({"residents_change", "jobs_change"})
SHARES = CHANGES | {
    "out_share", "in_share", "integration", "largest_share", "cornerstone_low", "cornerstone_high",
    "public_share",
}  # fmt: skip
YEARS = frozenset(
    {
        "residents_start", "residents_year", "jobs_start", "jobs_year", "commuting_year", "industry_year",
        "sizes_year", "public_year", "residents_45_year",
    }
)  # fmt: skip
TEXTS = ("code", "name", "county", "largest_industry")
DECIMALS = MappingProxyType(
    {
        **dict.fromkeys(("largest_share", "out_share", "in_share", "integration", "krugman"), 3),
        **dict.fromkeys(("residents_change", "jobs_change", "cornerstone_low", "cornerstone_high"), 3),
        "public_share": 3,
        "equivalent_industries": 1,
    }
)


def in_brief(found: BusinessResult, county: str, stated: GrowthOfPlace | None = None) -> PlaceInBrief:
    """The profile of a municipality in one row.

    Args:
        found: the profile.
        county: name of its county.
        stated: jobs by the table of totals, whose years are the same for every municipality: only those
            of other places can stand beside them. Without it, the jobs of the profile.
    """
    growth = {each.what: each for each in found.growth}
    residents, jobs = growth.get("residents"), stated or growth.get("jobs")
    factors = {each.id: each.value for each in found.vulnerability}
    market = next((each for each in found.largest if not each.mostly_public_counted), None)
    near = found.hinterland.reach[-1].residents if found.hinterland else None
    ways, corner, shape = found.commuting, found.cornerstone, found.structure
    ends = _ends(found, market)
    return PlaceInBrief(
        code=found.place.code,
        name=found.place.name,
        county=county,
        residents=_last(residents),
        residents_start=residents.start if residents else None,
        residents_year=residents.end if residents else None,
        residents_change=residents.change if residents else None,
        jobs=_last(jobs),
        jobs_start=jobs.start if jobs else None,
        jobs_year=jobs.end if jobs else None,
        jobs_change=jobs.change if jobs else None,
        commuting_year=ways.year if ways else None,
        out_share=ways.out_share if ways else None,
        in_share=ways.in_share if ways else None,
        integration=factors.get("integration"),
        jobs_near=ways.jobs_near if ways else None,
        industry_year=found.employment.year if found.employment else None,
        largest_industry=market.name if market else None,
        largest_share=market.share if market else None,
        krugman=shape.krugman if shape else None,
        equivalent_industries=shape.equivalent if shape else None,
        sizes_year=corner.year if corner else None,
        cornerstone_low=corner.low if corner else None,
        cornerstone_high=corner.high if corner else None,
        public_year=found.public_jobs.year if found.public_jobs else None,
        public_share=found.public_jobs.share if found.public_jobs else None,
        residents_45_year=found.hinterland.year if found.hinterland else None,
        residents_45=near,
        **{name: _end(ends.get(of), end) for name, (of, end) in _ENDS.items()},
    )


def _ends(found: BusinessResult, market: LargestIndustry | None) -> dict[str, PoissonRange | None]:
    """The range of each figure in `RANGED`."""
    ways, shape, public = found.commuting, found.structure, found.public_jobs
    ranges: dict[str, PoissonRange | None] = {**(ways.ranges if ways else {})}
    if shape is not None:
        ranges["krugman"] = shape.ranges.get("krugman")
        ranges["equivalent_industries"] = shape.ranges.get("equivalent")
    for name, of in (("largest_share", market), ("public_share", public)):
        if of is not None and of.low is not None and of.high is not None:
            ranges[name] = PoissonRange(of.low, of.high)
    return ranges


def _end(found: PoissonRange | None, end: str) -> float | None:
    return None if found is None else getattr(found, end)


def title_of(name: str, lang: str) -> str:
    """The heading of a column."""
    if name in _ENDS:
        of, end = _ENDS[name]
        return texts.text(f"{ROOM}:brief_{end}", lang, title=title_of(of, lang))
    return texts.text(f"{ROOM}:brief.{name}", lang)


def form_of(name: str) -> str:
    """How the numbers of a column are written: a form of `documents.document.Column`."""
    name = _ENDS[name][0] if name in _ENDS else name
    if name in CHANGES:
        return "signed_share"
    return "share" if name in SHARES else "year" if name in YEARS else "number"


def rows_of(result: BusinessResult) -> list[tuple[str | float | int | None, ...]]:
    """The rows as cells in the order of `COLUMNS`: those asked for, else the place and those like it."""
    return [tuple(getattr(each, name) for name in COLUMNS) for each in result.places or result.alike]


def _last(found: GrowthOfPlace | None) -> float | None:
    return found.last if found else None
