"""What the jobs add to the local supply of jobs: extent and breadth (the guidelines, R37).

Extent is the number of jobs against the size of the labour market. Breadth is how much
more varied the work becomes: the relative rise in the effective number of occupation groups
(`methods.diversity`) when the jobs are added.

Jobs that already lie in a place's labour-market region add nothing there, so they are
taken off. A caller that measures each place by its own change has done that already and
leaves `moved_from` out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import product
from typing import TYPE_CHECKING

import numpy as np

from tyngdepunkt.figures import Figure, phrase
from tyngdepunkt.indicators.base import Question
from tyngdepunkt.indicators.columns import (
    Column,
    Floats,
    Told,
    figures,
    latest,
    masked_sum,
    nowhere,
    positions,
    remember,
    same_region,
)
from tyngdepunkt.indicators.occupations import GROUPS, Range, by_group, wage_earners
from tyngdepunkt.indicators.recruitment import workplaces
from tyngdepunkt.methods import diversity

if TYPE_CHECKING:
    from tyngdepunkt.places import Places


def already_here(places: Places, question: Question) -> Floats:
    """Jobs of the case that already lie in each municipality's labour-market region."""
    at = positions(places)
    before = np.zeros(len(at))
    for code, jobs in (question.moved_from or {}).items():
        before[at[code]] += jobs
    return same_region(places) @ before


def extent(places: Places, question: Question, codes: Sequence[str]) -> list[Figure]:
    """Jobs of the case ÷ employed at workplaces in the labour-market region, as a share."""
    if question.total_jobs is None:
        return nowhere(codes, Told("share", missing="indicators:jobs_unknown"))
    employed, source = workplaces(places)
    told = Told("share", (source, places.source("region_member", query=phrase("indicators:query.members"))))
    here = already_here(places, question)
    low, high = (new_jobs(end, here) / employed.values for end in question.total_jobs)
    found = figures(places, codes, Column((low + high) / 2, employed.ranks), told, (low, high))
    return marked(places, codes, found, here)


def new_jobs(jobs: float, here: Floats) -> Floats:
    """Jobs that are new to each region: what is there already is taken off, but no more than all."""
    new: Floats = jobs - np.minimum(here, max(jobs, 0.0))
    return new


def marked(places: Places, codes: Sequence[str], found: list[Figure], here: Floats) -> list[Figure]:
    """Say it where jobs of the case already lie in the region."""
    at = positions(places)
    return [
        replace(figure, note="indicators:already_here")
        if figure.value is not None and here[at[code]]
        else figure
        for code, figure in zip(codes, found, strict=True)
    ]


def breadth(places: Places, question: Question, codes: Sequence[str]) -> list[Figure]:
    """Relative rise in the effective number of occupation groups in the region, as a share.

    Wage earners are counted by residence, in nine major groups. The value is the rise at
    the middle of the ranges of jobs; the bounds are the least and largest rise there and
    in the corners of the ranges. (As one group grows its entropy rises and then falls,
    so the least rise does lie in a corner.)
    """
    if not question.jobs:
        return nowhere(codes, Told("share", missing="indicators:occupations_unknown"))
    year = latest(places, "wage_earners")
    counts, column = regional(places, year)
    new = _new_share(places, question)[:, None]
    rises = [diversity.breadth(counts, new * jobs) for jobs in possible(by_group(question.jobs))]
    told = Told(
        "share",
        (
            places.source("wage_earners", query=phrase("indicators:query.by_occupation", year=year)),
            places.source("region_member", query=phrase("indicators:query.members")),
        ),
        note="indicators:breadth_2018",
    )
    bounds = (np.min(rises, axis=0), np.max(rises, axis=0))
    found = figures(places, codes, Column(rises[0], column.ranks), told, bounds)
    return marked(places, codes, found, already_here(places, question))


def possible(groups: Mapping[int, Range]) -> list[Floats]:
    """Numbers of jobs by group: the middle of all ranges first, then every corner."""
    middle = [((low + high) / 2,) for low, high in groups.values()]
    ends = [tuple(dict.fromkeys(each)) for each in groups.values()]
    made = []
    for numbers in (*product(*middle), *product(*ends)):
        jobs = np.zeros(len(GROUPS))
        jobs[[group - 1 for group in groups]] = numbers
        made.append(jobs)
    return made


def regional(places: Places, year: int) -> tuple[Floats, Column]:
    """Wage earners by group in each municipality's region, and the column of their total."""

    def make() -> tuple[Floats, Column]:
        counts, ranks = wage_earners(places, year)
        totals = masked_sum(same_region(places), Column(counts.sum(axis=1), ranks))
        return same_region(places) @ counts, totals

    return remember(places, ("wage_earners by region", year), make)


def _new_share(places: Places, question: Question) -> Floats:
    """How much of the case is new to each region: 1 for a new unit, 0 where all is there already."""
    spans = (question.jobs or {}).values()
    total = float(sum(question.total_jobs or [sum(span) for span in spans])) / 2
    if total <= 0:
        return np.ones(len(positions(places)))
    return new_jobs(total, already_here(places, question)) / total
