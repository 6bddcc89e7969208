"""Travel times by car between municipality centres.

Computed from Kartverket's N1000 road links and ferries, not measured and not the
ministry's own: nine of ten lie within 13 minutes of those, by ferry within 35, and reports must say so.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from tyngdepunkt.places.store import Places


@dataclass(frozen=True)
class TravelTimes:
    """Minutes by car between all municipality centres, the same both ways.

    Args:
        codes: municipality numbers, in the order of the rows and columns.
        minutes: square, symmetric, 0 on the diagonal, infinite where no road or ferry leads.
        ferry: square, symmetric; whether the quickest way goes by a ferry.
    """

    codes: tuple[str, ...]
    minutes: NDArray[np.float64]
    ferry: NDArray[np.bool_]

    @cached_property
    def position(self) -> dict[str, int]:
        """Number → its row and column."""
        return {code: place for place, code in enumerate(self.codes)}

    def between(self, origin: str, destination: str) -> float:
        """Minutes between two municipality centres."""
        return float(self.minutes[self.position[origin], self.position[destination]])

    def within(self, code: str, minutes: float) -> tuple[str, ...]:
        """Municipalities within so many minutes, the nearest first; itself is the first."""
        row = self.minutes[self.position[code]]
        near = [(float(row[place]), other != code, other) for other, place in self.position.items()]
        return tuple(other for time, _, other in sorted(near) if time <= minutes)


def read_travel_times(places: Places) -> TravelTimes:
    """The matrix of a snapshot."""
    import numpy as np

    codes = tuple(places.municipalities)
    at = {code: position for position, code in enumerate(codes)}
    *ends, times, afloat = places.arrays("travel_time", ("origin", "destination", "minutes", "ferry"))
    origin, destination = (np.array([at.get(code, -1) for code in each]) for each in ends)
    known = (origin >= 0) & (destination >= 0)
    pair, back = (origin[known], destination[known]), (destination[known], origin[known])
    minutes = np.full((len(codes), len(codes)), np.inf)
    minutes[pair] = minutes[back] = times[known]
    np.fill_diagonal(minutes, 0.0)
    ferry = np.zeros(minutes.shape, dtype=bool)
    ferry[pair] = ferry[back] = afloat[known]
    minutes.setflags(write=False)
    ferry.setflags(write=False)
    return TravelTimes(codes, minutes, ferry)
