"""How one-sided a place is: Krugman, Gini, Hoover, Herfindahl and entropy.

A place without any industry has none of them: NaN, never 0.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tyngdepunkt.methods.industry.quotient import location_quotient, shares
from tyngdepunkt.methods.validation import Floats


@dataclass(frozen=True, slots=True)
class Herfindahl:
    """Concentration in few industries.

    Args:
        plain: (...,) sum of squared shares, from 1/n to 1.
        normalised: (...,) (plain - 1/n) / (1 - 1/n), from 0 to 1; n is the number of industries looked at.
            NaN where only one industry is looked at.
        equivalent: (...,) 1 / plain: equally large industries that would be as concentrated.
    """

    plain: Floats
    normalised: Floats
    equivalent: Floats


@dataclass(frozen=True, slots=True)
class Variety:
    """Entropy by groups of industries (Frenken, Van Oort and Verburg 2007); `unrelated + related = total`.

    Args:
        total: (...,) entropy over industries.
        unrelated: (...,) entropy over the groups.
        related: (...,) entropy within groups, each weighted by the share of its group.
    """

    total: Floats
    unrelated: Floats
    related: Floats


def krugman(values: npt.ArrayLike, reference: npt.ArrayLike) -> Floats:
    """Sum of absolute differences of shares, from 0 (alike) to 2 (nothing in common) (Krugman 1991).

    Args:
        values: (..., industries).
        reference: (industries,) or as `values`.
    """
    found = np.abs(shares(values) - shares(reference)).sum(axis=-1)
    return np.asarray(found, dtype=np.float64)


def hoover(values: npt.ArrayLike, reference: npt.ArrayLike) -> Floats:
    """Share of jobs that would have to change industry to be like the reference: half of `krugman`."""
    return krugman(values, reference) / 2


def gini(values: npt.ArrayLike, reference: npt.ArrayLike) -> Floats:
    """Gini coefficient of specialisation: the Gini coefficient of the location quotients.

    Industries that neither the place nor the reference has are left out. From 0 to 1 - 1/n, not
    normalised, as in Farhauer and Kröll (2013).

    Args:
        values: (..., industries).
        reference: (industries,).

    Returns:
        (...,); NaN where the place has an industry that the reference lacks: its quotient is unbounded.
    """
    own, other = np.asarray(values, dtype=np.float64), np.asarray(reference, dtype=np.float64)
    kept = other > 0
    if not kept.any():
        return np.full(own.shape[:-1], np.nan)
    quotients = np.sort(location_quotient(own[..., kept], other[kept]), axis=-1)
    n = quotients.shape[-1]
    mean = quotients.mean(axis=-1, keepdims=True)
    spread = (np.arange(1, n + 1) * (quotients - mean)).sum(axis=-1)
    found = np.asarray(2 * spread / (n * n * mean[..., 0]), dtype=np.float64)
    unbounded = (own[..., ~kept] > 0).any(axis=-1)
    return np.where(unbounded, np.nan, found)


def herfindahl(values: npt.ArrayLike) -> Herfindahl:
    """Herfindahl–Hirschman index of the shares, plain, normalised and as an equivalent number.

    Args:
        values: (..., industries); n counts every column, also those with 0.
    """
    own = shares(values)
    n = own.shape[-1]
    plain = np.asarray((own**2).sum(axis=-1), dtype=np.float64)
    normalised = (plain - 1 / n) / (1 - 1 / n) if n > 1 else np.full_like(plain, np.nan)
    return Herfindahl(plain, np.asarray(normalised), 1 / plain)


def entropy(values: npt.ArrayLike) -> Floats:
    """Shannon entropy of the shares, by the natural logarithm: 0 to ln n, more is broader.

    Args:
        values: (..., industries).
    """
    return _entropy(shares(values))


def relative_entropy(values: npt.ArrayLike, reference: npt.ArrayLike) -> Floats:
    """Entropy of a place against a reference: sum of s ln(s / r) (Kullback and Leibler 1951; Theil 1967).

    0 where the shares are alike. Natural logarithm.

    Returns:
        (...,); infinite where the place has an industry that the reference lacks.
    """
    own, other = np.broadcast_arrays(shares(values), shares(reference))
    with np.errstate(divide="ignore", invalid="ignore"):
        terms = np.where(own == 0, 0.0, own * np.log(own / other))
    return np.asarray(terms.sum(axis=-1), dtype=np.float64)


def variety(values: npt.ArrayLike, groups: npt.ArrayLike) -> Variety:
    """Related and unrelated variety.

    Args:
        values: (..., industries).
        groups: (industries,) the group each industry belongs to.
    """
    own = shares(values)
    _, member = np.unique(np.asarray(groups), return_inverse=True)
    total = _entropy(own)
    unrelated = _entropy(own @ np.eye(int(member.max()) + 1)[member])
    return Variety(total, unrelated, total - unrelated)


def _entropy(own: Floats) -> Floats:
    logs = np.log(own, out=np.zeros_like(own), where=own > 0)
    return np.asarray(np.maximum(-(own * logs).sum(axis=-1), 0.0), dtype=np.float64)
