"""When is a labour-market area good enough? Size and self-containment traded against each other."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tyngdepunkt.methods.validation import Floats

_NOBODY = 1e-11
"""Share of those who live or work in an area below which nobody crosses its border: sums of fractions,
added in another order, differ by less than this."""


@dataclass(frozen=True, slots=True)
class Thresholds:
    """What is asked of an area.

    Args:
        min_size: employed residents below which an area is too small whatever its self-containment.
        target_size: employed residents from which the minimum self-containment is enough.
        min_self_containment: share, the least that is accepted of a large area.
        target_self_containment: share, what is asked of a small area.

    Raises:
        ValueError: not 0 < min_size < target_size, or not 0 < min <= target <= 1 for the shares.
    """

    min_size: float = 1000
    target_size: float = 10_000
    min_self_containment: float = 0.6667
    target_self_containment: float = 0.75

    def __post_init__(self) -> None:
        if not 0 < self.min_size < self.target_size:
            raise ValueError("sizes must be 0 < minimum < target")
        if not 0 < self.min_self_containment <= self.target_self_containment <= 1:
            raise ValueError("self-containment must be 0 < minimum <= target <= 1")

    def of(self, inside: float, living: float, working: float) -> float:
        """Validity of one area: 1 or more is good enough.

        The lower of supply and demand self-containment, relative to the target and at most 1, times a
        factor for size that falls in a straight line from 1 at the target size; scaled so that 1 is the
        curve through (minimum size, target self-containment) and (target size, minimum
        self-containment). An area nobody leaves or enters is always good enough. (Coombes and Bond
        2008; the order of the operations follows Franconi, D'Alò and Ichim 2016, so that ties fall alike.)

        Args:
            inside: persons who live and work in the area.
            living: employed persons who live in it, above 0.
            working: persons who work in it, above 0.
        """
        if living - inside <= _NOBODY * living and working - inside <= _NOBODY * working:
            return 1.0
        contained = min(inside / living, inside / working)
        target, least = self.target_self_containment, self.min_self_containment
        short = (self.target_size - living) / (self.target_size - self.min_size)
        size = 1 - (1 - least / target) * max(short, 0.0)
        return min(contained / target, 1.0) * size * (target / least)

    def of_many(self, inside: Floats, living: Floats, working: Floats) -> Floats:
        """As `of`, for arrays that broadcast; living and working above 0.

        Returns:
            The validity of each, in the shape they broadcast to; 1 or more is good enough.
        """
        contained = np.minimum(inside / living, inside / working)
        target, least = self.target_self_containment, self.min_self_containment
        short = (self.target_size - living) / (self.target_size - self.min_size)
        size = 1 - (1 - least / target) * np.maximum(short, 0.0)
        found = np.minimum(contained / target, 1.0) * size * (target / least)
        closed = (living - inside <= _NOBODY * living) & (working - inside <= _NOBODY * working)
        return np.where(closed, 1.0, found)
