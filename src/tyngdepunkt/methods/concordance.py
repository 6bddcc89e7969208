"""Do two considerations pull together or apart over the alternatives, and through what?

Each pair of alternatives casts a vote: the product of the two differences, positive when
both considerations prefer the same one. The strength is the sum of the votes over the sum
of their sizes, so that a pair of places that hardly differ counts for little. It is
Goodman & Kruskal's gamma with magnitudes (Goodman & Kruskal 1954); Kendall's tau-b, which
counts heads only, is given beside it (Kendall 1945).
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from tyngdepunkt.methods.validation import TOLERANCE, Floats, finite, same_shape

SMALLEST = 1e-9  # share below which two parts pull neither way


class Concordance(NamedTuple):
    """How two considerations pull.

    Attributes:
        strength: in [−1, 1]; 1 when no pair of alternatives disagrees, −1 when every pair that
            differs in both disagrees, 0 when nothing differs in both.
        contributions: (parts of the first, parts of the second); sums to `strength`. A large
            negative entry names the two indicators that pull apart.
        tau_b: Kendall's tau-b of the two totals, 0 where one of them is constant.
    """

    strength: float
    contributions: Floats
    tau_b: float


def concordance(first: npt.ArrayLike, second: npt.ArrayLike) -> Concordance:
    """Compare two considerations given by their parts.

    Args:
        first: (alternatives,) or (alternatives, parts): values whose sum over the parts is the
            consideration's score. Any unit.
        second: the same alternatives, its own parts and unit.

    Raises:
        ValueError: missing values or different alternatives.
    """
    a, b = _parts(first, "first"), _parts(second, "second")
    same_shape("alternatives", a[:, 0], b[:, 0])
    total_a, total_b = _unless_rounding(a), _unless_rounding(b)
    size = _pairs_product(np.abs(_differences(total_a)), np.abs(_differences(total_b)))
    products = _cross(a, b)
    contributions = products / size if size > 0 else np.zeros_like(products)
    strength = float(np.clip(contributions.sum(), -1.0, 1.0))
    return Concordance(strength, contributions, kendall_tau_b(total_a, total_b))


def strongest_parts(found: Concordance, most: int) -> list[tuple[int, int, float]]:
    """Pairs of parts that pull the same way as the whole, by size: (of the first, of the second, share).

    Args:
        found: how two considerations pull.
        most: how many pairs are looked at.

    Returns:
        Positions of the parts and their contribution, the largest first; fewer than `most` where
        others pull the other way or not at all.
    """
    sign = -1.0 if found.strength < 0 else 1.0
    shares = found.contributions * sign
    pairs = [
        divmod(int(flat), shares.shape[1]) for flat in np.argsort(-shares, axis=None, kind="stable")[:most]
    ]
    return [(i, j, float(found.contributions[i, j])) for i, j in pairs if shares[i, j] > SMALLEST]


def kendall_tau_b(first: npt.ArrayLike, second: npt.ArrayLike) -> float:
    """Kendall's rank correlation with ties (tau-b), in [−1, 1]; 0 where one is constant.

    Args:
        first: (alternatives,).
        second: (alternatives,).
    """
    a = np.sign(_differences(finite(first, 1, "first")))
    b = np.sign(_differences(finite(second, 1, "second")))
    spread = math.sqrt(float((a * a).sum()) * float((b * b).sum()))
    return float((a * b).sum()) / spread if spread else 0.0


def _parts(given: npt.ArrayLike, name: str) -> Floats:
    array = np.asarray(given, dtype=np.float64)
    return finite(array[:, None] if array.ndim == 1 else array, 2, name)


def _unless_rounding(parts: Floats) -> Floats:
    """Sum of the parts, with what only rounding tells apart made equal."""
    total = parts.sum(axis=1)
    step = TOLERANCE * max(float(np.abs(parts).sum(axis=1).max()), np.finfo(float).tiny)
    return np.asarray(np.round(total / step) * step, dtype=np.float64)


def _differences(values: Floats) -> Floats:
    return np.asarray(values[:, None] - values[None, :], dtype=np.float64)


def _pairs_product(a: Floats, b: Floats) -> float:
    return float((a * b).sum()) / 2.0  # every pair stands twice in the square


def _cross(a: Floats, b: Floats) -> Floats:
    """Sum over pairs of alternatives of Δa_p · Δb_q, for all parts p and q at once."""
    centred = a - a.mean(axis=0)
    return np.asarray(len(a) * (centred.T @ (b - b.mean(axis=0))), dtype=np.float64)
