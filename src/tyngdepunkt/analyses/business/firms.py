"""Establishments by size: the size structure, units behind an industry, and the share of the largest."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from tyngdepunkt.analyses.business import data
from tyngdepunkt.analyses.business.result import CornerstoneOfPlace, SizeClass, SizesOfPlace
from tyngdepunkt.analyses.business.tables import Tables
from tyngdepunkt.methods import industry


def rows_of(tables: Tables, members: Sequence[str], year: int) -> list[tuple[str, int, int]]:
    """Section, lowest size and establishments of an area; none where a municipality is missing."""
    held = tables.sizes.get(year, {})
    if not all(code in held for code in members):
        return []
    return [row for code in members for row in held[code]]


def last_year(tables: Tables, members: Sequence[str], until: int | None = None) -> int | None:
    """The last year with figures of every municipality, not after `until`."""
    years = [year for year in tables.sizes if until is None or year <= until]
    return next((year for year in sorted(years, reverse=True) if rows_of(tables, members, year)), None)


def units(tables: Tables, members: Sequence[str], year: int | None) -> dict[str, int]:
    """Establishments with employees by group of industries; empty where not known."""
    if year is None:
        return {}
    found: Counter[str] = Counter(dict.fromkeys(data.groups()["sections"].values(), 0))
    for section, size, count in rows_of(tables, members, year):
        group = data.groups()["sections"].get(section)
        if group is not None and size > 0:
            found[group] += count
    return dict(found)


def sizes(tables: Tables, members: Sequence[str], year: int) -> SizesOfPlace:
    """Establishments by the classes that are shown."""
    shown: list[int] = data.groups()["sizes"]
    counts: Counter[int] = Counter()
    for _, size, count in rows_of(tables, members, year):
        counts[max(each for each in shown if each <= size)] += count
    ends = [*(after - 1 for after in shown[1:]), None]
    return SizesOfPlace(year, [SizeClass(at, end, counts[at]) for at, end in zip(shown, ends, strict=True)])


def cornerstone(
    tables: Tables, members: Sequence[str], year: int, jobs: float, jobs_year: int
) -> CornerstoneOfPlace | None:
    """The interval for the share of the largest establishment; None where no class has one."""
    counts: Counter[int] = Counter()
    for _, size, count in rows_of(tables, members, year):
        counts[size] += count
    lowest = sorted(counts)
    filled = [size for size in lowest if counts[size] and size > 0]
    if not filled or jobs <= 0:
        return None
    top = filled[-1]
    bounds = industry.largest_share_between([counts[size] for size in lowest], lowest, jobs)
    return CornerstoneOfPlace(
        # the class alone: jobs are counted otherwise than employees, so that their sum proves nothing below
        low=top / jobs,
        high=None if bounds is None else bounds[1],
        employees_from=top,
        establishments=counts[top],
        year=year,
        jobs_year=jobs_year,
    )
