"""Whom a set of offices reaches together: the union of their surroundings, never a sum or a mean.

A resident is within reach where *any* open office is. So closing an office can never raise the number,
and it is told who loses: how many, how much farther they must go, and in which regions. Everybody is
counted at the centre of the municipality, as in every other figure of reach.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from msgspec import Struct

from tyngdepunkt.figures import Figure, Quality, phrase
from tyngdepunkt.indicators.base import Question
from tyngdepunkt.indicators.columns import (
    Floats,
    Mask,
    Told,
    latest,
    minutes,
    nowhere,
    positions,
    read,
)
from tyngdepunkt.indicators.recruitment import by_centre
from tyngdepunkt.indicators.travel import reach

if TYPE_CHECKING:
    from tyngdepunkt.places import Places

LIMIT = 60


class RegionLoses(Struct, frozen=True):
    """Residents of a labour-market region who lose access."""

    labour_market_region: str
    lose: float


class Access(Struct, frozen=True):
    """Residents within some minutes of any office, before and after, and who loses."""

    minutes: int
    before: float
    after: float
    lose: float
    gain: float
    median_longer: float | None  # minutes to the nearest office left; none where nobody loses or none is left
    worst_longer: float | None
    regions: tuple[RegionLoses, ...]  # the most first


def within_any(places: Places, codes: Sequence[str], limit: int) -> Figure:
    """Residents within `limit` minutes of any of some places; bounds by the error of the travel times."""
    told = _told(places, limit)
    persons, at = _persons(places), positions(places)
    rows = [at[code] for code in codes]
    if np.isnan(persons).any():
        return nowhere([""], told)[0]
    low, value, high = (float(persons[mask[rows].any(axis=0)].sum()) for mask in reach(places, limit))
    return Figure(value, told.unit, Quality.ESTIMATED, told.sources, low, high, told.note)


def kept(places: Places, before: Sequence[str], after: Sequence[str]) -> Figure:
    """Share of the residents within an hour of an office today who still are within an hour of one."""
    told = _told(places, LIMIT)
    persons, at = _persons(places), positions(places)
    old, new = ([at[code] for code in codes] for codes in (before, after))
    if not old or np.isnan(persons).any():
        return nowhere([""], Told("share", told.sources, missing="indicators:no_offices_today"))[0]
    ends = sorted(_share_kept(persons, mask, old, new) for mask in reach(places, LIMIT))
    value = _share_kept(persons, reach(places, LIMIT)[1], old, new)
    return Figure(
        value, "share", Quality.ESTIMATED, told.sources, ends[0], ends[-1], "indicators:access_union"
    )


def change(places: Places, before: Sequence[str], after: Sequence[str], limit: int) -> Access:
    """What becomes of the access when one set of offices takes the place of another.

    Args:
        places: an open snapshot.
        before: municipalities with an office today.
        after: municipalities with an office then.
        limit: minutes of driving that count as within reach.
    """
    persons, times, at = np.nan_to_num(_persons(places)), minutes(places), positions(places)
    old, new = (_nearest(times, [at[code] for code in codes]) for codes in (before, after))
    lose, gain = (old <= limit) & (new > limit), (old > limit) & (new <= limit)
    longer = (new - old)[lose]
    told = np.isfinite(longer).all() and lose.any()
    return Access(
        minutes=limit,
        before=float(persons[old <= limit].sum()),
        after=float(persons[new <= limit].sum()),
        lose=float(persons[lose].sum()),
        gain=float(persons[gain].sum()),
        median_longer=_median(longer, persons[lose]) if told else None,
        worst_longer=float(longer.max()) if told else None,
        regions=_by_region(places, persons, lose),
    )


def access_kept(places: Places, question: Question, codes: Sequence[str]) -> list[Figure]:
    """Of one place there is nothing to say: only a set of offices keeps or loses access."""
    told = Told("share", missing="indicators:only_of_offices")
    return nowhere(codes, told, Quality.NOT_APPLICABLE)


def _told(places: Places, limit: int) -> Told:
    year = latest(places, "population")
    return by_centre(
        places, "persons", "population", phrase("indicators:query.sum_persons", year=year), limit
    )


def _persons(places: Places) -> Floats:
    return read(places, "population", "persons", year=latest(places, "population")).values


def _share_kept(persons: Floats, mask: Mask, old: list[int], new: list[int]) -> float:
    within = mask[old].any(axis=0)
    still = within & mask[new].any(axis=0)
    total = float(persons[within].sum())
    return float(persons[still].sum()) / total if total > 0 else 0.0


def _nearest(times: Floats, offices: list[int]) -> Floats:
    """Minutes from every municipality to the nearest office; infinite where there is none."""
    if not offices:
        return np.full(len(times), np.inf)
    return np.asarray(times[offices].min(axis=0))


def _median(values: Floats, weights: Floats) -> float:
    """The value half of the persons lie at or below."""
    order = np.argsort(values, kind="stable")
    counted = np.cumsum(weights[order])
    return float(values[order][np.searchsorted(counted, counted[-1] / 2)])


def _by_region(places: Places, persons: Floats, lose: Mask) -> tuple[RegionLoses, ...]:
    found: dict[str, float] = {}
    for municipality, count, lost in zip(places.municipalities.values(), persons, lose, strict=True):
        if lost:
            name = municipality.region_called or municipality.called
            found[name] = found.get(name, 0.0) + float(count)
    ordered = sorted(found.items(), key=lambda each: (-each[1], each[0]))
    return tuple(RegionLoses(name, persons) for name, persons in ordered)
