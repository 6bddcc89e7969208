"""PROMETHEE II: ranking by pairwise preference, as a cross-check from another family.

An additive model lets a great lead in one criterion make up for anything. Here a lead counts
at most as a full preference, however great it is, so the two families disagree where an
alternative wins by one extreme figure; that is worth knowing. Brans & Vincke 1985; Brans,
Vincke & Mareschal 1986, whose six preference functions are all here.

`beyond_ranges` goes furthest: a lead counts in full where the figures' ranges do not overlap, and
not at all where they do, so that only who is better is counted and never by how much.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

import numpy as np
import numpy.typing as npt

from tyngdepunkt.methods.validation import TOLERANCE, Floats, values_and_weights

Shape = Literal["usual", "quasi", "linear", "level", "gaussian"]


@dataclass(frozen=True, slots=True)
class Preference:
    """How a lead becomes a preference from 0 to 1.

    Attributes:
        shape: `usual`: any lead is a full preference. `quasi`: a full one above `indifference`.
            `linear`: rises from `indifference` to `full` (with indifference 0, the V shape).
            `level`: one half from `indifference`, a full one above `full`.
            `gaussian`: 1 − exp(−lead² / 2 spread²).
        indifference: largest lead that does not count, in the criterion's unit.
        full: smallest lead that counts in full.
        spread: the inflection point of the Gaussian.

    Raises:
        ValueError: thresholds that are negative, cross, or are missing for the shape.
    """

    shape: Shape = "usual"
    indifference: float = 0.0
    full: float = 0.0
    spread: float = 0.0

    def __post_init__(self) -> None:
        if self.indifference < 0 or (self.shape in ("linear", "level") and self.full <= self.indifference):
            raise ValueError("thresholds must rise: 0 ≤ indifference < full")
        if self.shape == "gaussian" and self.spread <= 0:
            raise ValueError("a Gaussian preference needs a spread above 0")

    def __call__(self, lead: Floats) -> Floats:
        """Preference in [0, 1] for leads of any shape; none for a lead of 0 or less."""
        ahead = np.maximum(lead, 0.0)
        if self.shape == "linear":
            return np.clip((ahead - self.indifference) / (self.full - self.indifference), 0.0, 1.0)
        if self.shape == "gaussian":
            return np.asarray(1.0 - np.exp(-(ahead**2) / (2.0 * self.spread**2)))
        some = (ahead > self.indifference).astype(np.float64)
        return np.asarray((some + (ahead > self.full)) / 2.0) if self.shape == "level" else some


class Flows(NamedTuple):
    """PROMETHEE's flows, each (alternatives,), in [0, 1] and for the net flow [−1, 1].

    Attributes:
        net: leaving less entering; PROMETHEE II ranks by it. Sums to 0.
        leaving: how much the alternative is preferred to the others, on average.
        entering: how much the others are preferred to it, on average.
        preference: (alternatives, alternatives) preference of the row over the column.
    """

    net: Floats
    leaving: Floats
    entering: Floats
    preference: Floats


def promethee(
    scores: npt.ArrayLike, weights: npt.ArrayLike, preferences: tuple[Preference, ...] | None = None
) -> Flows:
    """Net flows of all alternatives.

    Args:
        scores: (alternatives, criteria), higher is better, any unit.
        weights: (criteria,), at least 0, sum 1.
        preferences: one per criterion, in its unit; by default `linear` from no lead to the
            widest lead there is, so that the scores are used as fully as in the additive model.

    Raises:
        ValueError: missing scores, one alternative only, or shapes that do not fit.
    """
    matrix, given = values_and_weights(scores, weights)
    chosen = preferences or widest(matrix)
    if len(chosen) != len(given) or len(matrix) < 2:
        raise ValueError("one preference per criterion, and at least two alternatives")
    index = np.zeros((len(matrix), len(matrix)))
    for column, weight, prefer in zip(matrix.T, given, chosen, strict=True):
        index += weight * prefer(column[:, None] - column[None, :])
    return _flows(index)


def beyond_ranges(low: npt.ArrayLike, high: npt.ArrayLike, weights: npt.ArrayLike) -> Flows:
    """Net flows where a lead counts only if the two ranges do not overlap, and then in full.

    The quasi-criterion of Brans & Vincke 1985 (their second function) with each pair's own
    indifference threshold: the half-ranges of the two, so that what the figures cannot tell
    apart is not told apart (an interval order, Fishburn 1985).

    Args:
        low: (alternatives, criteria) least value of each, higher is better.
        high: (alternatives, criteria) greatest value.
        weights: (criteria,), at least 0, sum 1.

    Raises:
        ValueError: missing values, one alternative only, or shapes that do not fit.
    """
    least, given = values_and_weights(low, weights)
    most, _ = values_and_weights(high, weights)
    if least.shape != most.shape or len(least) < 2:
        raise ValueError("low and high of the same shape, and at least two alternatives")
    index = np.zeros((len(least), len(least)))
    for lowest, highest, weight in zip(least.T, most.T, given, strict=True):
        index += weight * (lowest[:, None] > highest[None, :] + TOLERANCE)
    return _flows(index)


def _flows(index: Floats) -> Flows:
    leaving, entering = index.sum(axis=1) / (len(index) - 1), index.sum(axis=0) / (len(index) - 1)
    return Flows(leaving - entering, leaving, entering, index)


def widest(scores: Floats) -> tuple[Preference, ...]:
    """Linear preferences from no lead to the widest lead of each criterion; `usual` where all are equal.

    Args:
        scores: (alternatives, criteria).

    Returns:
        One preference per criterion, its limits in the unit of the scores.
    """
    spans = scores.max(axis=0) - scores.min(axis=0)
    return tuple(Preference("linear", full=float(s)) if s > 0 else Preference() for s in spans)
