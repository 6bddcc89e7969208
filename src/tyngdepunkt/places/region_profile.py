"""A labour-market region as the sum of its municipalities.

A sum with a figure missing in it is missing: a partial sum would look like a smaller region.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tyngdepunkt.figures import Quality, weakest
from tyngdepunkt.places.models import Municipality, Region

if TYPE_CHECKING:
    from tyngdepunkt.places.store import Places


@dataclass(frozen=True, slots=True)
class Amount:
    """A number of people in a year, None where it is not known, and how far it can be trusted."""

    year: int
    persons: float | None
    quality: Quality


@dataclass(frozen=True, slots=True)
class Member:
    """A municipality of the region with its newest figures."""

    municipality: Municipality
    population: Amount | None
    residents: Amount | None
    workplace: Amount | None


@dataclass(frozen=True, slots=True)
class RegionProfile:
    """What the snapshot knows of a region; the series hold one amount per year."""

    region: Region
    members: tuple[Member, ...]
    population: tuple[Amount, ...]
    residents: tuple[Amount, ...]
    workplace: tuple[Amount, ...]


def region_profile(places: Places, number: int) -> RegionProfile:
    """Gather what the snapshot knows of the region with this number.

    Raises:
        KeyError: no such region.
    """
    region = places.regions[number]
    codes = region.members
    return RegionProfile(
        region=region,
        members=tuple(_member(places, code) for code in codes),
        population=series(places, "population", "persons", codes),
        residents=series(places, "employed", "residents", codes),
        workplace=series(places, "employed", "workplace", codes),
    )


def series(places: Places, table: str, measure: str, codes: tuple[str, ...]) -> tuple[Amount, ...]:
    """A measure summed over municipalities, one amount per year of the table."""
    found: dict[int, list[tuple[float | None, Quality]]] = {}
    columns = ("year", "municipality", measure, "quality")
    for year, _, value, quality in places.rows(table, columns, municipality=list(codes)):
        found.setdefault(year, []).append((value, Quality(quality)))
    return tuple(_sum(year, parts, len(codes)) for year, parts in sorted(found.items()))


def since_first(amounts: tuple[Amount, ...]) -> tuple[Amount, ...]:
    """The series as an index: 100 in the first year that is known and above zero, so that sizes compare."""
    first = next((one.persons for one in amounts if one.persons), None)
    if first is None:
        return ()
    return tuple(
        Amount(one.year, None if one.persons is None else 100 * one.persons / first, one.quality)
        for one in amounts
    )


def _sum(year: int, parts: list[tuple[float | None, Quality]], expected: int) -> Amount:
    known = [value for value, _ in parts if value is not None]
    quality = weakest(quality for _, quality in parts)
    if len(known) == expected:
        return Amount(year, float(sum(known)), quality)
    return Amount(year, None, Quality.MISSING if quality.has_value else quality)


def _member(places: Places, code: str) -> Member:
    def newest(table: str, measure: str) -> Amount | None:
        return next(reversed(series(places, table, measure, (code,))), None)

    return Member(
        places.municipalities[code],
        newest("population", "persons"),
        newest("employed", "residents"),
        newest("employed", "workplace"),
    )
