"""How near industries are to each other, and how near a place is to each of them.

Two industries are near when the same places are specialised in both (Hidalgo, Klinger, Barabási and
Hausmann 2007). With a sparse matrix only what is asked for is dense: the proximities, industries by
industries, and the density, places by industries.
"""

from __future__ import annotations

from collections.abc import Callable
from types import MappingProxyType
from typing import Any

import numpy as np

from tyngdepunkt.methods.industry.quotient import location_quotient, specialised
from tyngdepunkt.methods.validation import Floats


def proximity(values: Any, kind: str = "minimum", *, threshold: float = 1.0) -> Floats:
    """Proximity of each pair of industries.

    Args:
        values: (places, industries), an array or a sparse matrix of SciPy.
        kind: one of `PROXIMITIES`:
            `minimum`: the smaller of the two conditional probabilities of being specialised;
            `conditional`: probability of the column's industry given the row's, not symmetric;
            `cosine`: of the specialisations; `jaccard`: places with both over places with either;
            `association`: observed over expected co-occurrence (Van Eck and Waltman 2009), from 0 up;
            `correlation`: (1 + Pearson's r of the location quotients) / 2; dense values only.
        threshold: the least location quotient that counts as specialised.

    Returns:
        (industries, industries), 1 on the diagonal except for `association`; NaN in row and column of an
        industry that no place is specialised in.

    Raises:
        ValueError: no such kind, or a missing or negative value.
    """
    if kind not in PROXIMITIES:
        raise ValueError(f"no proximity {kind}; there is {sorted(PROXIMITIES)}")
    if kind == "correlation":
        return _correlation(values)
    return proximity_of(specialised(values, threshold), kind)


def proximity_of(present: Any, kind: str = "minimum") -> Floats:
    """As `proximity`, from a matrix of 0 and 1 that is there already.

    Args:
        present: (places, industries) 0 and 1, dense or sparse.
        kind: one of `PROXIMITIES`.

    Returns:
        (industries, industries) as `proximity`.
    """
    both = present.T @ present
    both = both.toarray() if hasattr(both, "toarray") else both
    ubiquity = np.ascontiguousarray(np.diag(both))
    with np.errstate(divide="ignore", invalid="ignore"):
        near = np.asarray(PROXIMITIES[kind](both, ubiquity, present.shape[0]), dtype=np.float64)
    nobody = ubiquity == 0
    near[nobody, :] = near[:, nobody] = np.nan
    return near


def density(present: Any, near: Floats, *, itself: bool = True) -> Floats:
    """Share of what is near an industry that a place is specialised in.

    Args:
        present: (places, industries) of 0 and 1, an array or a sparse matrix, as `specialised` gives it.
        near: (industries, industries) proximities.
        itself: whether the proximity of an industry to itself, 1, counts in both sums (as in Hidalgo et al.
            and the package `ecomplexity`) or not (as in `EconGeo` and `econcomplex`, which also multiply
            by 100).

    Returns:
        (places, industries), from 0 to 1; NaN where nothing is near.
    """
    known = np.nan_to_num(near)
    if not itself:
        known = known - np.diag(np.diag(known))
    whole = known.sum(axis=0)
    known = np.divide(known, whole, out=np.full_like(known, np.nan), where=whole > 0)
    return np.asarray(present @ known, dtype=np.float64)


def _correlation(values: Any) -> Floats:
    known = np.asarray(values, dtype=np.float64)
    quotients = np.nan_to_num(location_quotient(known, known.sum(axis=0)))
    with np.errstate(divide="ignore", invalid="ignore"):
        found = np.atleast_2d(np.corrcoef(quotients.T))  # of one industry it is a number
    return np.asarray((1 + found) / 2, dtype=np.float64)


def _minimum(both: Floats, ubiquity: Floats, places: int) -> Floats:
    return both / np.maximum.outer(ubiquity, ubiquity)


def _conditional(both: Floats, ubiquity: Floats, places: int) -> Floats:
    return both / ubiquity[:, None]


def _cosine(both: Floats, ubiquity: Floats, places: int) -> Floats:
    return both / np.sqrt(np.multiply.outer(ubiquity, ubiquity))


def _jaccard(both: Floats, ubiquity: Floats, places: int) -> Floats:
    return both / (np.add.outer(ubiquity, ubiquity) - both)


def _association(both: Floats, ubiquity: Floats, places: int) -> Floats:
    return both * places / np.multiply.outer(ubiquity, ubiquity)


PROXIMITIES: MappingProxyType[str, Callable[[Floats, Floats, int], Floats]] = MappingProxyType(
    {
        "minimum": _minimum,
        "conditional": _conditional,
        "cosine": _cosine,
        "jaccard": _jaccard,
        "association": _association,
        "correlation": _minimum,  # made from the quotients themselves, in `proximity`
    }
)
