"""What a place has around it: towns with their services, and other state offices."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tyngdepunkt.figures import Figure, Quality, phrase
from tyngdepunkt.indicators.base import Question
from tyngdepunkt.indicators.columns import (
    MISSING,
    Column,
    Floats,
    Told,
    collect,
    figures,
    latest,
    positions,
    remember,
)
from tyngdepunkt.indicators.recruitment import by_centre, sum_within
from tyngdepunkt.indicators.travel import reach

if TYPE_CHECKING:
    from tyngdepunkt.places import Places

SMALLEST_TOWN = 1_000


@dataclass(frozen=True, slots=True)
class Town:
    """A town counted once: all its residents, and how many are counted in which municipality."""

    persons: float
    shares: tuple[tuple[str, float], ...]
    municipalities: frozenset[str]


def towns(places: Places) -> list[Town]:
    """All towns with a known number of residents.

    A town that spreads over several municipalities has rows for its parts (`0801-3024`).
    Where the whole has a row too, its residents are counted where that row lies, and the
    parts only say which other municipalities the town reaches into.
    """
    return remember(places, "towns", lambda: _towns(places))


def _towns(places: Places) -> list[Town]:
    pieces: dict[str, list[tuple[str, float, bool]]] = {}
    for town, municipality, persons, part in places.rows("town", ["town", "municipality", "persons", "part"]):
        if persons is not None and municipality:
            pieces.setdefault(town.partition("-")[0], []).append((municipality, float(persons), bool(part)))
    return [_town(rows) for rows in pieces.values()]


def _town(rows: list[tuple[str, float, bool]]) -> Town:
    whole = [row for row in rows if not row[2]]
    shares = tuple((municipality, persons) for municipality, persons, _ in (whole or rows))
    total = sum(persons for _, persons in shares)
    return Town(total, shares, frozenset(municipality for municipality, _, _ in rows))


def in_reach(places: Places, question: Question, codes: Sequence[str]) -> list[Figure]:
    """Residents of towns with at least 1 000 inhabitants within 45 minutes."""
    large = [town for town in towns(places) if town.persons >= SMALLEST_TOWN]
    rows = ((code, persons, "measured") for town in large for code, persons in town.shares)
    column = collect(places, rows, absent_is_zero=True)
    told = by_centre(
        places, "persons", "town", phrase("indicators:query.towns_above", least=SMALLEST_TOWN), 45
    )
    return sum_within(places, codes, column, 45, told)


def largest_here(places: Places) -> Floats:
    """Residents of the largest town each municipality has a share in; 0 where the table has none."""
    return remember(places, "largest_here", lambda: _largest(places))


def _largest(places: Places) -> Floats:
    at = positions(places)
    largest = np.zeros(len(at))
    for town in towns(places):
        here = [at[code] for code in town.municipalities if code in at]
        largest[here] = np.maximum(largest[here], town.persons)
    return largest


def largest_in_reach(places: Places, question: Question, codes: Sequence[str]) -> list[Figure]:
    """Residents of the largest town within 45 minutes."""
    size = largest_here(places)
    low, middle, high = (np.where(mask, size[None, :], 0.0).max(axis=1) for mask in reach(places, 45))
    values = np.where(middle > 0, middle, np.nan)
    ranks = np.where(middle > 0, 0, MISSING).astype(np.int8)
    told = by_centre(places, "persons", "town", phrase("indicators:query.largest"), 45)
    return figures(places, codes, Column(values, ranks), told, (low, high))


def state_offices(places: Places, question: Question, codes: Sequence[str]) -> list[Figure]:
    """State offices in the municipality in 2014, by the register of that year."""
    year = latest(places, "state_office")
    column = remember(places, ("state_office", year), lambda: _offices(places, year))
    told = Told(
        "offices",
        (places.source("state_office", query=phrase("indicators:query.count", year=year)),),
        note="indicators:offices_2014",
        floor=Quality.ESTIMATED,
    )
    return figures(places, codes, column, told)


def _offices(places: Places, year: int) -> Column:
    rows = places.rows("state_office", ["municipality"], year=year)
    return collect(places, ((row[0], 1.0, "measured") for row in rows), absent_is_zero=True)
