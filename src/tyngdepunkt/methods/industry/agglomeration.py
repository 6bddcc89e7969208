"""Whether the plants of an industry lie closer together than chance would put them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tyngdepunkt.methods.industry.quotient import counts


@dataclass(frozen=True, slots=True)
class Agglomeration:
    """The index of one industry, and what it is made of.

    Args:
        gamma: the index: 0 as by chance, above it clustered, below it spread; NaN with one plant only.
        raw: raw geographic concentration, sum of (s - x)² over 1 - sum of x².
        plants: Herfindahl index of the plants.
    """

    gamma: float
    raw: float
    plants: float


def ellison_glaeser(plants: npt.ArrayLike, places: npt.ArrayLike, employment: npt.ArrayLike) -> Agglomeration:
    """Index of Ellison and Glaeser (1997) for one industry.

    Args:
        plants: (plants,) employees of each plant, not all 0.
        places: (plants,) position of the place of each plant in `employment`. Positions, not names: pairing
            plants and places by sorting their names has given published figures of the wrong sign.
        employment: (places,) employment of each place in all industries, not all in one place.

    Raises:
        ValueError: a missing or negative value, an industry without employees, or all jobs in one place.
    """
    size, whole = counts(plants, "plants"), counts(employment, "employment")
    if size.sum() <= 0:
        raise ValueError("an industry without employees has no index")
    at = np.asarray(places, dtype=np.int64)
    by_place = np.bincount(at, weights=size, minlength=len(whole)) / size.sum()
    expected = whole / whole.sum()
    room = 1 - float((expected**2).sum())
    if room <= 0:
        raise ValueError("the index needs jobs in two places at least")
    raw = float(((by_place - expected) ** 2).sum()) / room
    lumps = float(((size / size.sum()) ** 2).sum())
    gamma = (raw - lumps) / (1 - lumps) if lumps < 1 else float("nan")
    return Agglomeration(gamma, raw, lumps)
