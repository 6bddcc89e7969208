"""How far it is: to the airport, the railway, Oslo, the case's own sites and the users.

All times are computed driving times between municipality centres, so all are estimates;
their bounds are the error of the computed times.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from tyngdepunkt.figures import Figure, Phrase, Quality, phrase
from tyngdepunkt.indicators.assumptions import assumption
from tyngdepunkt.indicators.columns import (
    MISSING,
    Column,
    Floats,
    Told,
    figures,
    latest,
    minutes,
    nowhere,
    positions,
    rank,
    read,
    remember,
)
from tyngdepunkt.indicators.contract import Question
from tyngdepunkt.indicators.recruitment import by_centre, sum_within

if TYPE_CHECKING:
    from tyngdepunkt.places import Places

OSLO = "0301"


def _bounds(values: Floats) -> tuple[Floats, Floats]:
    """The error of a computed time; nobody travels from a place to itself."""
    error = np.where(values > 0, assumption("travel_time_error").middle, 0.0)
    return np.maximum(values - error, 0.0), values + error


def _times(places: Places, codes: Sequence[str], values: Floats, told: Told) -> list[Figure]:
    quality = np.where(np.isnan(values), MISSING, rank(Quality.ESTIMATED)).astype(np.int8)
    return figures(places, codes, Column(values, quality), told, _bounds(values))


def nearest(places: Places, kind: str) -> Floats:
    """Minutes to the nearest airport or railway station; NaN where there is none."""

    def make() -> Floats:
        at = positions(places)
        found = np.full(len(at), np.inf)
        for code, time in places.rows("access_time", ["municipality", "minutes"], kind=kind):
            if code in at and time is not None:
                found[at[code]] = min(found[at[code]], time)
        return np.where(np.isfinite(found), found, np.nan)

    return remember(places, ("nearest", kind), make)


def _nearest(places: Places, codes: Sequence[str], kind: str, source: str) -> list[Figure]:
    told = Told(
        "minutes",
        (
            places.source("access_time", query=phrase(f"indicators:query.nearest_{kind}")),
            places.source(source),
        ),
        note="indicators:computed_time",
    )
    return _times(places, codes, nearest(places, kind), told)


def airport(places: Places, question: Question, codes: Sequence[str]) -> list[Figure]:
    """Minutes to the nearest airport with scheduled passenger traffic."""
    return _nearest(places, codes, "airport", "airport")


def railway(places: Places, question: Question, codes: Sequence[str]) -> list[Figure]:
    """Minutes to the nearest railway station."""
    return _nearest(places, codes, "railway", "railway_station")


def _to(places: Places, codes: Sequence[str], targets: Sequence[str], query: Phrase) -> list[Figure]:
    at = positions(places)
    values = minutes(places)[:, [at[target] for target in targets]].mean(axis=1)
    source = places.source("travel_time", query=query)
    told = Told("minutes", (source,), note="indicators:computed_time")
    return _times(places, codes, np.where(np.isfinite(values), values, np.nan), told)


def oslo(places: Places, question: Question, codes: Sequence[str]) -> list[Figure]:
    """Minutes by road, ferries included, to the centre of Oslo."""
    if OSLO not in places.municipalities:
        return nowhere(codes, Told("minutes"))
    return _to(places, codes, [OSLO], phrase("indicators:query.to_oslo"))


def sites(places: Places, question: Question, codes: Sequence[str]) -> list[Figure]:
    """Mean minutes to the municipalities the unit must often travel to."""
    if not question.sites:
        return nowhere(codes, Told("minutes", missing="indicators:no_sites"), Quality.NOT_STATED)
    targets = sorted(question.sites)
    named = ", ".join(places.municipalities[code].name for code in targets)
    return _to(places, codes, targets, phrase("indicators:query.to_sites", places=named))


def _users(places: Places, codes: Sequence[str], limit: float) -> list[Figure]:
    year = latest(places, "population")
    told = by_centre(
        places, "persons", "population", phrase("indicators:query.sum_persons", year=year), limit
    )
    return sum_within(places, codes, read(places, "population", "persons", year=year), limit, told)


def users_60(places: Places, question: Question, codes: Sequence[str]) -> list[Figure]:
    """Residents within 60 minutes."""
    return _users(places, codes, 60)


def users_90(places: Places, question: Question, codes: Sequence[str]) -> list[Figure]:
    """Residents within 90 minutes."""
    return _users(places, codes, 90)
