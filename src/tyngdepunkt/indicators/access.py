"""How far it is: to the airport, the railway, Oslo, the case's own sites and the users.

All times are computed driving times between municipality centres, so all are estimates;
their bounds are the error of the computed times.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from tyngdepunkt.figures import Figure, Phrase, Quality, phrase
from tyngdepunkt.indicators.assumptions import in_case
from tyngdepunkt.indicators.base import Question
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
from tyngdepunkt.indicators.recruitment import by_centre, sum_within
from tyngdepunkt.indicators.travel import by_ferry, error_of

if TYPE_CHECKING:
    from tyngdepunkt.places import Places

OSLO = "0301"


def _times(places: Places, codes: Sequence[str], values: Floats, error: Floats, told: Told) -> list[Figure]:
    quality = np.where(np.isnan(values), MISSING, rank(Quality.ESTIMATED)).astype(np.int8)
    bounds = (np.maximum(values - error, 0.0), values + error)
    return figures(places, codes, Column(values, quality), told, bounds)


def nearest(places: Places, kind: str) -> Floats:
    """Minutes to the nearest airport or railway station; NaN where there is none."""
    return _nearest_with_error(places, kind)[0]


def _nearest_with_error(places: Places, kind: str) -> tuple[Floats, Floats]:
    def make() -> tuple[Floats, Floats]:
        at = positions(places)
        found, ferry = np.full(len(at), np.inf), np.zeros(len(at), dtype=bool)
        names = ["municipality", "minutes", "ferry"]
        for code, time, afloat in places.rows("access_time", names, kind=kind):
            if code in at and time is not None and time < found[at[code]]:
                found[at[code]], ferry[at[code]] = time, afloat
        return np.where(np.isfinite(found), found, np.nan), error_of(found, ferry)

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
    return _times(places, codes, *_nearest_with_error(places, kind), told)


def airport(places: Places, question: Question, codes: Sequence[str]) -> list[Figure]:
    """Minutes to the nearest airport with scheduled passenger traffic."""
    return _nearest(places, codes, "airport", "airport")


def railway(places: Places, question: Question, codes: Sequence[str]) -> list[Figure]:
    """Minutes to the nearest railway station."""
    return _nearest(places, codes, "railway", "railway_station")


def _to(places: Places, codes: Sequence[str], targets: Sequence[str], query: Phrase) -> list[Figure]:
    at = positions(places)
    columns = [at[target] for target in targets]
    times = minutes(places)[:, columns]
    values, error = times.mean(axis=1), error_of(times, by_ferry(places)[:, columns]).mean(axis=1)
    source = places.source("travel_time", query=query)
    told = Told("minutes", (source,), note="indicators:computed_time")
    return _times(places, codes, np.where(np.isfinite(values), values, np.nan), error, told)


def oslo(places: Places, question: Question, codes: Sequence[str]) -> list[Figure]:
    """Minutes by road, ferries included, to the centre of Oslo."""
    if OSLO not in places.municipalities:
        return nowhere(codes, Told("minutes"))
    return _to(places, codes, [OSLO], phrase("indicators:query.to_oslo"))


def capital(places: Places, question: Question, codes: Sequence[str]) -> list[Figure]:
    """Minutes to the capital: the quicker of the road and a flight from the nearest scheduled airport."""
    if OSLO not in places.municipalities:
        return nowhere(codes, Told("minutes"))
    flight = in_case("flight_to_capital", question.assumed)
    to_airport, error = _nearest_with_error(places, "airport")
    at = positions(places)[OSLO]
    road, afloat = minutes(places)[:, at], by_ferry(places)[:, at]
    flying = to_airport + flight.middle
    by_air = np.nan_to_num(flying, nan=np.inf) < np.nan_to_num(road, nan=np.inf)
    values = np.where(by_air, flying, road)
    told = Told(
        "minutes",
        (
            places.source("travel_time", query=phrase("indicators:query.to_oslo")),
            places.source("access_time", query=phrase("indicators:query.nearest_airport")),
            flight.source(),
        ),
        note="indicators:to_the_capital",
        floor=Quality.ASSUMED,
    )
    known = np.where(np.isfinite(values), values, np.nan)
    return _times(places, codes, known, np.where(by_air, error, error_of(road, afloat)), told)


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
