"""What a unit needs of a place, and what its jobs mean there, on scales that end where enough is enough.

The guidelines ask for places that can satisfy the need, not for the largest (guidelines 2022,
section 3). So recruitment counts how much of what the unit needs is within reach, and no more; and
what the jobs add is counted against the labour market they come to. Where the case names no
occupations, a usual mix is assumed and the figures are marked so.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from tyngdepunkt.figures import Figure, Quality, Source, phrase
from tyngdepunkt.indicators.assumptions import in_case
from tyngdepunkt.indicators.base import Question
from tyngdepunkt.indicators.columns import (
    Column,
    Floats,
    Told,
    figures,
    latest,
    masked_sum,
    nowhere,
    read,
    remember,
)
from tyngdepunkt.indicators.contribution import already_here, marked, new_jobs, possible, regional
from tyngdepunkt.indicators.occupations import GROUPS, by_group, wage_earners
from tyngdepunkt.indicators.recruitment import workplaces
from tyngdepunkt.indicators.travel import reach

if TYPE_CHECKING:
    from tyngdepunkt.places import Places

LIMIT = 45
USUAL = {2: "usual_professionals", 3: "usual_technicians", 4: "usual_clerks"}
USABLE = {2: "usable_professionals", 3: "usable_technicians"}


def covered(places: Places, question: Question, codes: Sequence[str]) -> list[Figure]:
    """Share of the recruitment need that is within 45 minutes: Σ (n_g / n) · min(1, P_g / (k_g · n_g)).

    n_g are the unit's jobs in major group g, P_g the wage earners of the group within reach, and k_g
    how many of them one job asks for: `recruits_per_job` over the share of the group that is usable.
    """
    jobs = _jobs(question)
    if jobs is None:
        return nowhere(codes, Told("share", missing="indicators:jobs_unknown"))
    year = latest(places, "wage_earners")
    needed = [_needed(group, question) for group in GROUPS]
    within = remember(places, ("wage earners within", year, LIMIT), lambda: _within(places, year))
    low, value, high = (_share_covered([c.values for c in each], jobs, needed) for each in within)
    worst = np.maximum.reduce([column.ranks for column in within[1]])
    sources = (
        places.source("wage_earners", query=phrase("indicators:query.by_occupation", year=year)),
        places.source("travel_time", query=phrase("indicators:query.within", minutes=LIMIT)),
        in_case("recruits_per_job", question.assumed).source(),
        *_usual_sources(question),
    )
    note = "indicators:need_usual_mix" if _is_usual(question) else "indicators:need_covered"
    told = Told("share", sources, note=note, floor=Quality.ASSUMED)
    return figures(places, codes, Column(value, worst), told, (low, high))


def _within(places: Places, year: int) -> list[list[Column]]:
    """Wage earners of each major group within reach: surely, as computed, and perhaps."""
    counts, ranks = wage_earners(places, year)
    return [[masked_sum(m, Column(counts[:, g - 1], ranks)) for g in GROUPS] for m in reach(places, LIMIT)]


def _share_covered(within: Sequence[Floats], jobs: Floats, needed: Sequence[float]) -> Floats:
    found = np.zeros(len(within[0]))
    for at, persons in enumerate(within):
        if jobs[at] > 0:
            enough = needed[at] * jobs[at]
            found += jobs[at] / jobs.sum() * (np.minimum(1.0, persons / enough) if enough > 0 else 1.0)
    return found


def lack(places: Places, question: Question, codes: Sequence[str]) -> list[Figure]:
    """How many fewer of the unit's occupations the region has than the country: 1 − Σ (n_g/n) · (p_g/q_g).

    p_g and q_g are the shares of major group g among the wage earners of the region and of the
    country. 0.26 reads: 26 per cent fewer than the country. Negative where the region has more.
    """
    if _jobs(question) is None:
        return nowhere(codes, Told("share", missing="indicators:jobs_unknown"))
    year = latest(places, "wage_earners")
    counts, column = regional(places, year)
    own, _ = wage_earners(places, year)
    nation = np.nansum(own, axis=0)
    ratio = (counts / counts.sum(axis=1, keepdims=True)) / (nation / nation.sum())
    found = [1.0 - ratio @ (jobs / jobs.sum()) for jobs in _mixes(question)]
    sources = (
        places.source("wage_earners", query=phrase("indicators:query.by_occupation", year=year)),
        places.source("region_member", query=phrase("indicators:query.members")),
        *_usual_sources(question),
    )
    usual = _is_usual(question)
    note = "indicators:lack_usual_mix" if usual else "indicators:lack_2018"
    told = Told("share", sources, note=note, floor=Quality.ASSUMED if usual else Quality.MEASURED)
    bounds = (np.min(found, axis=0), np.max(found, axis=0))
    return figures(places, codes, Column(found[0], column.ranks), told, bounds)


def market_share(places: Places, question: Question, codes: Sequence[str]) -> list[Figure]:
    """Jobs of the case ÷ the larger of the employed in the region and within 45 minutes, as a share.

    The region is the guidelines' word and is shown beside; a small region beside a large one draws
    on the large one's labour market, and would else seem to gain the most.
    """
    if question.total_jobs is None:
        return nowhere(codes, Told("share", missing="indicators:jobs_unknown"))
    year = latest(places, "employed")
    local = read(places, "employed", "workplace", year=year)
    region, source = workplaces(places)
    here = already_here(places, question)

    def larger() -> list[Floats]:
        return [np.fmax(region.values, masked_sum(mask, local).values) for mask in reach(places, LIMIT)]

    surely, computed, perhaps = remember(places, ("larger market", year, LIMIT), larger)
    low, high = (new_jobs(end, here) for end in question.total_jobs)
    told = Told(
        "share",
        (source, places.source("travel_time", query=phrase("indicators:query.within", minutes=LIMIT))),
        note="indicators:larger_market",
        floor=Quality.ESTIMATED,
    )
    column = Column((low + high) / 2 / computed, region.ranks)
    ends = [jobs / market for jobs in (low, high) for market in (surely, computed, perhaps)]
    bounds = (np.min(ends, axis=0), np.max(ends, axis=0))  # jobs that go are below nought
    return marked(places, codes, figures(places, codes, column, told, bounds), here)


def _jobs(question: Question) -> Floats | None:
    """The unit's jobs by major group, the middle of each range; the usual mix where none has a number."""
    if question.jobs:
        stated = possible(by_group(question.jobs))[0]
    elif question.total_jobs is None:
        return None
    else:
        stated = _usual(question) * (sum(question.total_jobs) / 2)
    return stated if stated.sum() > 0 else None  # no posts at all need nobody


def _mixes(question: Question) -> list[Floats]:
    """Every mix of occupations the case allows: the middle first."""
    if question.jobs:
        return [jobs for jobs in possible(by_group(question.jobs)) if jobs.sum() > 0]
    return [_usual(question)]


def _is_usual(question: Question) -> bool:
    return not question.jobs


def _usual(question: Question) -> Floats:
    """Shares by major group of a state office of which no occupations are known, summing to 1."""
    shares = np.zeros(len(GROUPS))
    for group, name in USUAL.items():
        shares[group - 1] = in_case(name, question.assumed).middle
    return np.asarray(shares / shares.sum() if shares.sum() > 0 else shares)


def _usual_sources(question: Question) -> tuple[Source, ...]:
    names: Mapping[int, str] = USUAL if _is_usual(question) else {}
    return tuple(in_case(name, question.assumed).source() for name in names.values())


def _needed(group: int, question: Question) -> float:
    """Wage earners of a major group that one post asks for: fewer occupations of use, more of them."""
    usable = in_case(USABLE[group], question.assumed).middle if group in USABLE else 1.0
    return in_case("recruits_per_job", question.assumed).middle / usable if usable > 0 else float("inf")
