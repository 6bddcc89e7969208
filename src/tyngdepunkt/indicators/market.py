"""The state of the labour market and of the place: growth, unemployment, jobs, centrality."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from tyngdepunkt.figures import Figure, Quality, phrase
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
)
from tyngdepunkt.indicators.contract import Question
from tyngdepunkt.indicators.recruitment import working_age

if TYPE_CHECKING:
    from tyngdepunkt.places import Places

GROWTH_YEARS = 10


def growth(after: Floats, before: Floats) -> Floats:
    """Relative change; not a number where there was nothing before."""
    change: Floats = after / before - 1.0
    return change


def working_age_growth(places: Places, question: Question, codes: Sequence[str]) -> list[Figure]:
    """Ten-year change of the number aged 20–64 in the labour-market region, as a share."""
    last = latest(places, "population_age")
    first = last - GROWTH_YEARS
    after, before = (over_regions(places, working_age(places, year)) for year in (last, first))
    query = phrase("indicators:query.working_age_change", first=first, last=last)
    told = Told("share", (places.source("population_age", query=query),), missing="indicators:no_series")
    return figures(places, codes, combine(growth, after, before), told)


def population_trend(places: Places, question: Question, codes: Sequence[str]) -> list[Figure]:
    """Change of the municipality's population over the whole series, as a share."""
    years = places.years("population")
    if len(years) < 2:
        return nowhere(codes, Told("share", missing="indicators:no_series"))
    first, last = min(years), max(years)
    after, before = (read(places, "population", "persons", year=year) for year in (last, first))
    source = places.source(
        "population", query=phrase("indicators:query.persons_change", first=first, last=last)
    )
    return figures(places, codes, combine(growth, after, before), Told("share", (source,)))


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
    jobs, residents = (
        over_regions(places, read(places, "employed", measure, year=year))
        for measure in ("workplace", "residents")
    )
    source = places.source("employed", query=phrase("indicators:query.coverage", year=year))
    return figures(places, codes, combine(np.divide, jobs, residents), Told("share", (source,)))


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
