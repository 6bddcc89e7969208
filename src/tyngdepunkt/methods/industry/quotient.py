"""Location quotients: an industry's share of a place against its share of a reference (Balassa 1965)."""

from __future__ import annotations

from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from tyngdepunkt.methods.validation import Bools, Floats

_ROUNDING = 1e-12


def counts(values: npt.ArrayLike, name: str = "values") -> Floats:
    """Values as float64, refused where one is missing or below 0.

    Raises:
        ValueError: a missing, infinite or negative value.
    """
    known = np.asarray(values, dtype=np.float64)
    if not np.isfinite(known).all() or (known < 0).any():
        raise ValueError(f"{name} must be known and at least 0")
    return known


def shares(values: npt.ArrayLike, total: npt.ArrayLike | None = None) -> Floats:
    """Shares of each row; NaN throughout a row whose total is 0: it has no industry to have a share.

    Args:
        values: (..., industries).
        total: (...,) stated totals to divide by; the sum of the row when left out.
    """
    known = counts(values)
    whole = known.sum(axis=-1) if total is None else counts(total, "total")
    whole = np.asarray(whole, dtype=np.float64)[..., None]
    divided = np.full(np.broadcast_shapes(known.shape, whole.shape), np.nan)
    np.divide(known, whole, out=divided, where=np.broadcast_to(whole > 0, divided.shape))
    return divided


def location_quotient(
    values: npt.ArrayLike,
    reference: npt.ArrayLike,
    *,
    form: Literal["multiplicative", "additive"] = "multiplicative",
    totals: npt.ArrayLike | None = None,
    reference_total: npt.ArrayLike | None = None,
) -> Floats:
    """The share of each industry in a place over (or minus) its share in the reference.

    1 (additive: 0) means as much as in the reference.

    Args:
        values: (..., industries) of places.
        reference: (industries,) or as `values`.
        form: `multiplicative` is the quotient, `additive` the difference of the shares.
        totals: (...,) stated totals of the places; the sums of their industries when left out.
        reference_total: stated total of the reference, likewise.

    Returns:
        (..., industries); NaN where the place has nothing, or the reference nothing of the industry.

    Raises:
        ValueError: a missing or negative value.
    """
    own, other = shares(values, totals), shares(reference, reference_total)
    if form == "additive":
        return own - other
    found = np.full(np.broadcast_shapes(own.shape, other.shape), np.nan)
    np.divide(own, other, out=found, where=np.broadcast_to(other > 0, found.shape))
    return found


def specialised(values: Any, threshold: float = 1.0) -> Any:
    """Where the location quotient against the sum of all places is at least `threshold`.

    Both sides are compared as products, which are exact for whole numbers, so that a quotient of exactly 1
    counts as 1.

    Args:
        values: (places, industries), an array or a sparse matrix of SciPy.
        threshold: the least quotient, above 0.

    Returns:
        (places, industries) of 0.0 and 1.0, sparse (CSR) where `values` is.

    Raises:
        ValueError: a missing or negative value.
    """
    if not isinstance(values, np.ndarray) and hasattr(values, "tocsr"):
        return _specialised_sparse(values, threshold)
    known = counts(values)
    limit = np.multiply.outer(known.sum(axis=1), known.sum(axis=0)) * (threshold * (1 - _ROUNDING))
    above: Bools = (known * known.sum() >= limit) & (known > 0)
    return above.astype(np.float64)


def _specialised_sparse(values: Any, threshold: float) -> Any:
    matrix = values.tocsr().astype(np.float64, copy=True)
    matrix.sum_duplicates()
    known = counts(matrix.data)
    by_place = np.asarray(matrix.sum(axis=1)).ravel()
    by_industry = np.asarray(matrix.sum(axis=0)).ravel()
    row = np.repeat(np.arange(matrix.shape[0]), np.diff(matrix.indptr))
    limit = by_place[row] * by_industry[matrix.indices] * (threshold * (1 - _ROUNDING))
    matrix.data = ((known * known.sum() >= limit) & (known > 0)).astype(np.float64)
    matrix.eliminate_zeros()
    return matrix
