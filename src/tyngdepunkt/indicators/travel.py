"""How far off a computed travel time may be, and who is within reach given that.

The error is a range that held nine of ten of the ministry's own times: wider where the quickest way
goes by a ferry, for which a timetable is not known. It belongs to each pair of places, so a place
reached by ferry may fall out of reach while one as far away by road stays.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tyngdepunkt.indicators.assumptions import assumption
from tyngdepunkt.indicators.columns import Floats, Mask, minutes, positions, reached, remember

if TYPE_CHECKING:
    from tyngdepunkt.places import Places


def error_of(times: Floats, by_ferry: Mask) -> Floats:
    """The error of computed times, in minutes; nobody travels from a place to itself."""
    road, ferry = assumption("travel_time_error").middle, assumption("travel_time_error_ferry").middle
    error: Floats = np.where(times > 0, np.where(by_ferry, ferry, road), 0.0)
    return error


def by_ferry(places: Places) -> Mask:
    """Whether the quickest way goes by a ferry, both axes in the order of `places.municipalities`."""

    def make() -> Mask:
        order = {code: i for i, code in enumerate(places.travel.codes)}
        pick = [order[code] for code in positions(places)]
        table: Mask = np.asarray(places.travel.ferry)[np.ix_(pick, pick)]
        return table

    return remember(places, "by_ferry", make)


def reach(places: Places, limit: float) -> tuple[Mask, Mask, Mask]:
    """Who lies within `limit` minutes of whom: surely, as computed, and perhaps."""

    def make() -> tuple[Mask, Mask]:
        times = minutes(places)
        error = error_of(times, by_ferry(places))
        return times + error <= limit, times - error <= limit

    surely, perhaps = remember(places, ("reach", limit), make)
    return surely, reached(places, limit), perhaps
