"""Wage earners by occupation around a place, and the occupations a case is about."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from tyngdepunkt.figures import Quality
from tyngdepunkt.indicators.assumptions import assumption
from tyngdepunkt.indicators.columns import MISSING, Floats, Mask, Ranks, positions, rank, remember

if TYPE_CHECKING:
    from tyngdepunkt.places import Places

GROUPS = tuple(range(1, 10))
Range = tuple[float, float]


def major_group(code: str) -> int:
    """The major occupation group of a STYRK-08 code.

    The armed forces (0) are counted in group 3, as the table of wage earners does.

    >>> major_group("2422"), major_group("0110")
    (2, 3)
    """
    return int(code[0]) or 3


def by_group(jobs: Mapping[str, Range]) -> dict[int, Range]:
    """Jobs (low, high) per occupation, added up to major groups.

    >>> by_group({"2422": (30, 30), "2611": (10, 15), "4110": (2, 2)})
    {2: (40, 45), 4: (2, 2)}
    """
    summed: dict[int, Range] = {}
    for code in sorted(jobs):
        low, high = jobs[code]
        before = summed.get(major_group(code), (0, 0))
        summed[major_group(code)] = (before[0] + low, before[1] + high)
    return summed


def wage_earners(places: Places, year: int) -> tuple[Floats, Ranks]:
    """Wage earners by municipality and major group, by residence: array (municipalities, 9).

    The source does not state cells below three. In a municipality that is otherwise there,
    such a cell is set to the middle of what it can be and marked estimated; where the
    whole municipality is absent, its row is NaN.
    """
    return remember(places, ("wage_earners", year), lambda: _read(places, year))


def _read(places: Places, year: int) -> tuple[Floats, Ranks]:
    at = positions(places)
    counts, ranks = np.full((len(at), len(GROUPS)), np.nan), np.zeros(len(at), dtype=np.int8)
    columns = ["municipality", "occupation", "persons", "quality"]
    for code, group, persons, quality in places.rows("wage_earners", columns, year=year):
        if code in at and persons is not None:
            counts[at[code], int(group) - 1] = persons
            ranks[at[code]] = max(ranks[at[code]], rank(Quality(quality)))
    return _fill(counts, ranks)


def _fill(counts: Floats, ranks: Ranks) -> tuple[Floats, Ranks]:
    hidden: Mask = np.isnan(counts)
    absent = np.asarray(hidden.all(axis=1), dtype=np.bool_)
    partly = np.asarray(hidden.any(axis=1), dtype=np.bool_) & ~absent
    counts[hidden & partly[:, None]] = assumption("hidden_cell").middle
    ranks[partly] = np.maximum(ranks[partly], rank(Quality.ESTIMATED))
    ranks[absent] = MISSING
    return counts, ranks


def named(occupations: tuple[str, ...], jobs: Mapping[str, Any] | None) -> list[int]:
    """The major groups a case recruits from, also those whose number of jobs is unknown."""
    return sorted({major_group(code) for code in occupations or tuple(jobs or ())})
