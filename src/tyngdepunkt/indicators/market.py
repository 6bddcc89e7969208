"""The state of the labour market and of the place: growth, unemployment, jobs, centrality."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from tyngdepunkt.figures import Figure, Quality, phrase
from tyngdepunkt.indicators.base import Question
from tyngdepunkt.indicators.columns import (
    MISSING,
    Column,
    Floats,
    Told,
    combine,
    figures,
    latest,
    nowhere,
    over_regions,
    positions,
    rank,
    read,
    remember,
    same_region,
)
from tyngdepunkt.indicators.recruitment import working_age
from tyngdepunkt.places.borders import between

if TYPE_CHECKING:
    from tyngdepunkt.places import Places

GROWTH_YEARS = 10


def growth(after: Floats, before: Floats) -> Floats:
    """Relative change; not a number where there was nothing before."""
    change: Floats = after / before - 1.0
    return change


def working_age_growth(places: Places, question: Question, codes: Sequence[str]) -> list[Figure]:
    """Ten-year change of the number aged 20–64 in the labour-market region, as a share.

    Those who came or went by a border between two regions are taken off, by the share aged 20–64
    where they lived before.
    """
    last = latest(places, "population_age")
    first = last - GROWTH_YEARS
    aged = working_age(places, first)
    share = aged.values / read(places, "population", "persons", year=first).values
    net = _came_by_border(places, first, last, share, within_regions=False)
    after, before = (over_regions(places, working_age(places, year)) for year in (last, first))
    query = phrase("indicators:query.working_age_change", first=first, last=last)
    told = Told("share", (places.source("population_age", query=query),), missing="indicators:no_series")
    return _like_for_like(places, codes, (after, before), net, told)


def population_trend(places: Places, question: Question, codes: Sequence[str]) -> list[Figure]:
    """Change of the municipality's population over the whole series, as a share, by the same border."""
    years = places.years("population")
    if len(years) < 2:
        return nowhere(codes, Told("share", missing="indicators:no_series"))
    first, last = min(years), max(years)
    after, before = (read(places, "population", "persons", year=year) for year in (last, first))
    source = places.source(
        "population", query=phrase("indicators:query.persons_change", first=first, last=last)
    )
    net = _came_by_border(places, first, last, np.ones(len(before.values)), within_regions=True)
    return _like_for_like(places, codes, (after, before), net, Told("share", (source,)))


def _came_by_border(places: Places, first: int, last: int, share: Floats, *, within_regions: bool) -> Floats:
    """Persons each municipality, or its region, got by border changes; NaN where their number is not known.

    Args:
        places: an open snapshot.
        first: the year the change is counted from.
        last: the year it is counted to.
        share: of the persons moved who count, by the municipality they came from.
        within_regions: whether those who changed municipality within a region count.
    """
    at, regions = positions(places), same_region(places)
    net = np.zeros(len(at))
    for change in between(first, last):
        if not {change.giver, change.taker} <= at.keys():
            continue
        giver, taker = at[change.giver], at[change.taker]
        if not within_regions and regions[giver, taker]:
            continue
        persons = np.nan if change.persons is None else change.persons * share[giver]
        for place, sign in ((giver, -1), (taker, 1)):
            counted = np.arange(len(at)) == place if within_regions else regions[place]
            net[counted] += sign * persons
    return net


def _like_for_like(
    places: Places, codes: Sequence[str], ends: tuple[Column, Column], net: Floats, told: Told
) -> list[Figure]:
    """The change as it would have been by the present borders; missing where that cannot be known."""
    after, before = ends
    moved = np.isnan(net) | (net != 0)
    ranks = np.where(moved, np.maximum(before.ranks, rank(Quality.ESTIMATED)), before.ranks)
    ranks = np.where(np.isnan(net), MISSING, ranks).astype(np.int8)
    made = figures(places, codes, combine(growth, after, Column(before.values + net, ranks)), told)
    at = positions(places)
    crossed = {code: bool(moved[at[code]]) for code in codes}
    return [
        replace(figure, note=f"indicators:border_{'taken_off' if figure.value is not None else 'unknown'}")
        if crossed[code]
        else figure
        for code, figure in zip(codes, made, strict=True)
    ]


def centrality(places: Places, question: Question, codes: Sequence[str]) -> list[Figure]:
    """Statistics Norway's centrality index, 0–1000."""
    known = [m.centrality_index for m in places.municipalities.values()]
    values = np.array([np.nan if index is None else float(index) for index in known])
    ranks = np.where(np.isnan(values), MISSING, 0).astype(np.int8)
    source = places.source("centrality", query=phrase("indicators:query.index"))
    return figures(places, codes, Column(values, ranks), Told("points", (source,)))


def job_coverage(places: Places, question: Question, codes: Sequence[str]) -> list[Figure]:
    """Jobs in the labour-market region per employed person who lives there, as a share."""
    year = latest(places, "employed")
    jobs, residents = (_regional_jobs(places, measure, year) for measure in ("workplace", "residents"))
    source = places.source("employed", query=phrase("indicators:query.coverage", year=year))
    return figures(places, codes, combine(np.divide, jobs, residents), Told("share", (source,)))


def region_job_change(places: Places, question: Question, codes: Sequence[str]) -> list[Figure]:
    """Change of employed persons at workplaces in the region over the years there are, as a share."""
    years = places.years("employed")
    if len(years) < 2:
        return nowhere(codes, Told("share", missing="indicators:no_series"))
    first, last = min(years), max(years)
    after, before = (_regional_jobs(places, "workplace", year) for year in (last, first))
    query = phrase("indicators:query.workplace_change", first=first, last=last)
    told = Told("share", (places.source("employed", query=query),), missing="indicators:no_series")
    found = figures(places, codes, combine(growth, after, before), told)
    crossed = {code for code in codes if _border_crossed(places, code, first, last)}
    return [
        replace(figure, note="indicators:border_persons", quality=Quality.ESTIMATED)
        if code in crossed and figure.value is not None
        else figure
        for code, figure in zip(codes, found, strict=True)
    ]


def _regional_jobs(places: Places, measure: str, year: int) -> Column:
    """Employed of the region, by workplace or by residence."""
    return remember(
        places,
        ("employed of the region", measure, year),
        lambda: over_regions(places, read(places, "employed", measure, year=year)),
    )


def _border_crossed(places: Places, code: str, first: int, last: int) -> bool:
    """Whether a border between the place's region and another was moved in the years."""
    at, regions = positions(places), same_region(places)
    return any(
        regions[at[code], at[change.giver]] != regions[at[code], at[change.taker]]
        for change in between(first, last)
        if {change.giver, change.taker} <= at.keys()
    )


def unemployment(places: Places, question: Question, codes: Sequence[str]) -> list[Figure]:
    """Registered unemployed as a share of the labour force: mean of the months shown.

    A month that is hidden is left out, and the mean is then an estimate; where every
    month is hidden the figure is suppressed.
    """
    year = latest(places, "unemployment")
    column = remember(places, ("unemployment", year), lambda: _mean_of_shown(places, year))
    source = places.source("unemployment", query=phrase("indicators:query.mean_of_months", year=year))
    found = figures(places, codes, column, Told("share", (source,), note="indicators:unemployment_2022"))
    return [
        replace(f, note="indicators:months_hidden") if f.quality is Quality.ESTIMATED else f for f in found
    ]


def _mean_of_shown(places: Places, year: int) -> Column:
    at = positions(places)
    total, shown, hidden = (np.zeros(len(at)) for _ in range(3))
    names = ["municipality", "percent", "quality"]
    for code, percent, quality in places.rows("unemployment", names, year=year):
        if code not in at or quality == Quality.MISSING:
            continue
        if percent is None:
            hidden[at[code]] += 1
        else:
            shown[at[code]] += 1
            total[at[code]] += percent / 100
    with np.errstate(invalid="ignore"):
        values = total / shown
    partly = np.where(hidden > 0, rank(Quality.ESTIMATED), rank(Quality.MEASURED))
    wholly = np.where(hidden > 0, rank(Quality.SUPPRESSED), MISSING)
    return Column(values, np.where(shown > 0, partly, wholly).astype(np.int8))
