"""Whom a unit can recruit: working-age people, occupations, jobs and education around it.

Within reach means a computed driving time between municipality centres. A municipality
counts whole or not at all, so every such figure is an estimate, and its bounds are what
the reach would be with the error of the travel times taken off or put on.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from tyngdepunkt.figures import Figure, Phrase, Quality, Source, phrase
from tyngdepunkt.indicators.base import Question
from tyngdepunkt.indicators.columns import (
    Column,
    Told,
    collect,
    combine,
    figures,
    latest,
    masked_sum,
    nowhere,
    over_regions,
    read,
    remember,
)
from tyngdepunkt.indicators.occupations import named, wage_earners
from tyngdepunkt.indicators.travel import reach

if TYPE_CHECKING:
    from tyngdepunkt.places import Places

WORKING_AGE = (20, 64)
_STORED_LEVELS = 2017
"""Year of the levels that come with the package, which needs telling: later ones are fetched."""
HIGHER_EDUCATION = ("higher_short", "higher_long")
NOT_STATED_LEVEL = "none_or_unknown"


def working_age(places: Places, year: int) -> Column:
    """Persons aged 20–64 (the five-year groups 20–24 … 60–64) on 1 January."""
    youngest, oldest = WORKING_AGE
    names = ["municipality", "persons", "quality", "age_from"]

    def make() -> Column:
        rows = places.rows("population_age", names, year=year)
        return collect(places, (row[:3] for row in rows if youngest <= row[3] <= oldest))

    return remember(places, ("working_age", year), make)


def sum_within(
    places: Places, codes: Sequence[str], column: Column, limit: float, told: Told
) -> list[Figure]:
    """The sum of a column over all places within `limit` minutes, bounded by the error."""
    low, middle, high = (masked_sum(mask, column) for mask in reach(places, limit))
    return figures(places, codes, middle, told, (low.values, high.values))


def by_centre(places: Places, unit: str, table: str, query: Phrase, limit: float) -> Told:
    """What is said of a sum over the places within reach."""
    sources = (
        places.source(table, query=query),
        places.source("travel_time", query=phrase("indicators:query.within", minutes=limit)),
    )
    return Told(unit, sources, note="indicators:by_centre", floor=Quality.ESTIMATED)


def _recruitment(places: Places, codes: Sequence[str], limit: float) -> list[Figure]:
    year = latest(places, "population_age")
    query = phrase("indicators:query.sum_working_age", year=year)
    told = by_centre(places, "persons", "population_age", query, limit)
    return sum_within(places, codes, working_age(places, year), limit, told)


def within_45(places: Places, question: Question, codes: Sequence[str]) -> list[Figure]:
    """Persons aged 20–64 who live within 45 minutes."""
    return _recruitment(places, codes, 45)


def within_60(places: Places, question: Question, codes: Sequence[str]) -> list[Figure]:
    """Persons aged 20–64 who live within 60 minutes."""
    return _recruitment(places, codes, 60)


def by_occupation(places: Places, question: Question, codes: Sequence[str]) -> list[Figure]:
    """Wage earners within 45 minutes in the major groups the case recruits from."""
    groups = named(question.occupations, question.jobs)
    if not groups:
        return nowhere(codes, Told("persons", missing="indicators:no_occupations"), Quality.NOT_STATED)
    year = latest(places, "wage_earners")
    counts, ranks = wage_earners(places, year)
    column = Column(counts[:, [group - 1 for group in groups]].sum(axis=1), ranks)
    query = phrase("indicators:query.sum_occupations", year=year, groups=", ".join(map(str, groups)))
    told = by_centre(places, "persons", "wage_earners", query, 45)
    return sum_within(places, codes, column, 45, replace(told, note="indicators:occupations_2018"))


def workplaces(places: Places) -> tuple[Column, Source]:
    """Employed persons at workplaces in the labour-market region, and where it stands."""
    year = latest(places, "employed")
    column = remember(
        places,
        ("workplaces of the region", year),
        lambda: over_regions(places, read(places, "employed", "workplace", year=year)),
    )
    return column, places.source("employed", query=phrase("indicators:query.sum_workplace", year=year))


def labour_market_size(places: Places, question: Question, codes: Sequence[str]) -> list[Figure]:
    """Employed persons at workplaces in the labour-market region."""
    column, source = workplaces(places)
    return figures(places, codes, column, Told("persons", (source, _regions(places))))


def _regions(places: Places) -> Source:
    return places.source("region_member", query=phrase("indicators:query.members"))


def higher_education(places: Places, question: Question, codes: Sequence[str]) -> list[Figure]:
    """Share of residents aged 16 and over, with a known level, who have higher education."""
    year = latest(places, "education")
    column = remember(places, ("higher_education", year), lambda: _educated(places, year))
    source = places.source("education", query=phrase("indicators:query.higher_education", year=year))
    note = "indicators:education_2017" if year == _STORED_LEVELS else "indicators:education_levels"
    told = Told("share", (source,), note=note)
    return figures(places, codes, column, told)


def _educated(places: Places, year: int) -> Column:
    rows = places.rows("education", ["municipality", "persons", "quality", "level"], year=year)
    stated = [row for row in rows if row[3] != NOT_STATED_LEVEL]
    everyone = collect(places, (row[:3] for row in stated))
    higher = collect(places, (row[:3] for row in stated if row[3] in HIGHER_EDUCATION))
    return combine(np.divide, higher, everyone)
