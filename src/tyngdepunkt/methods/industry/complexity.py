"""Economic complexity of places and industries (Hidalgo and Hausmann 2009), as an eigenvector.

The matrix whose second eigenvector is sought is similar to a symmetric one, so that one is solved, on the
smaller of the two sides. Its eigenvalues are real, and it is seen whether the answer is determined.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from tyngdepunkt.methods.industry.quotient import specialised
from tyngdepunkt.methods.validation import Floats, Ints

_SAME = 1e-9
"""Eigenvalues closer than this are taken as equal: then the vector between them is any of many."""


@dataclass(frozen=True, slots=True)
class Complexity:
    """Complexity of places and industries, on one scale.

    The complexity of a place is the mean of the complexities of the industries it is specialised in. Places
    have mean 0 and standard deviation 1 (population form). The sign is such that complex places are those
    with many industries: the correlation with diversity is positive.

    Args:
        places: (places,); NaN for one that is specialised in nothing.
        industries: (industries,); NaN for one that no place is specialised in.
        diversity: (places,) industries each place is specialised in.
        ubiquity: (industries,) places that are specialised in each.
        determined: False where the places fall apart into groups with no industry in common, or where two
            answers are equally good; all values are then NaN.
        signed: False where diversity and ubiquity do not tell the sign; the first place is then positive.
    """

    places: Floats
    industries: Floats
    diversity: Ints
    ubiquity: Ints
    determined: bool
    signed: bool


def complexity(values: Any, *, threshold: float = 1.0) -> Complexity:
    """Complexity from employment, output or exports.

    Args:
        values: (places, industries), an array or a sparse matrix of SciPy.
        threshold: the least location quotient that counts as specialised.

    Raises:
        ValueError: a missing or negative value.
    """
    return complexity_of(specialised(values, threshold))


def complexity_of(present: Any) -> Complexity:
    """As `complexity`, from a matrix of 0 and 1 that is there already."""
    diversity = np.asarray(present.sum(axis=1), dtype=np.float64).ravel()
    ubiquity = np.asarray(present.sum(axis=0), dtype=np.float64).ravel()
    rows, columns = np.flatnonzero(diversity), np.flatnonzero(ubiquity)
    inner = present if len(rows) == len(diversity) and len(columns) == len(ubiquity) else None
    inner = present[rows][:, columns] if inner is None else inner
    found = _second(inner, diversity[rows], ubiquity[columns])
    by_place, by_industry = np.full(len(diversity), np.nan), np.full(len(ubiquity), np.nan)
    signed = True
    if found is not None:
        by_place[rows], by_industry[columns], signed = _scaled(*found, diversity[rows], ubiquity[columns])
    whole = diversity.astype(np.int64), ubiquity.astype(np.int64)
    return Complexity(by_place, by_industry, *whole, determined=found is not None, signed=signed)


def _second(inner: Any, diversity: Floats, ubiquity: Floats) -> tuple[Floats, Floats] | None:
    """The second eigenvector on both sides, places = mean of industries; None where it is not determined."""
    from scipy.linalg import eigh

    n = min(inner.shape)
    if n < 2:
        return None
    by_places = inner.shape[0] <= inner.shape[1]
    near, far = (diversity, ubiquity) if by_places else (ubiquity, diversity)
    side = inner if by_places else inner.T
    half = (
        side.multiply(1 / np.sqrt(near)[:, None])
        if hasattr(side, "multiply")
        else side / np.sqrt(near)[:, None]
    )
    full = (half.multiply(1 / far) if hasattr(half, "multiply") else half / far) @ half.T
    full = full.toarray() if hasattr(full, "toarray") else np.asarray(full)
    # the first eigenvector is known: taking it out lets the second be the largest, and leaves a gap to see
    trivial = np.sqrt(near / near.sum())
    full -= np.outer(trivial, trivial)
    least = max(n - 2, 0)
    values, vectors = eigh(full, subset_by_index=(least, n - 1), overwrite_a=True, check_finite=False)
    second, third = values[-1], values[0] if n > 2 else -1.0
    if second > 1 - _SAME or second < _SAME or second - third < _SAME:
        return None
    vector = vectors[:, -1] / np.sqrt(near)
    if by_places:
        # M of an industry: mean over its places, brought to the scale on which places are means of industries
        other = np.asarray(inner.T @ vector).ravel() / ubiquity / second
        return vector, other
    return np.asarray(inner @ vector).ravel() / diversity, vector


def _scaled(
    places: Floats, industries: Floats, diversity: Floats, ubiquity: Floats
) -> tuple[Floats, Floats, bool]:
    """Standardised by the places, with the sign that the counts tell."""
    mean, spread = places.mean(), places.std()
    by_place, by_industry = (places - mean) / spread, (industries - mean) / spread
    sign = _direction(by_place, diversity) or -_direction(by_industry, ubiquity)
    signed = sign != 0
    sign = sign or (1 if by_place[np.flatnonzero(np.abs(by_place) > _SAME)[0]] > 0 else -1)
    return by_place * sign, by_industry * sign, signed


def _direction(complexities: Floats, counted: Floats) -> int:
    """Sign of the correlation; 0 where there is none to speak of."""
    if counted.std() == 0 or complexities.std() == 0:
        return 0
    found = float(np.corrcoef(complexities, counted)[0, 1])
    return 0 if abs(found) < _SAME else int(np.sign(found))
