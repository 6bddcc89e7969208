"""How much of a place's change came with the reference, with its industries, and from itself.

The parts add up to the change of each industry, for every one of the three forms.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tyngdepunkt.methods.industry.quotient import counts
from tyngdepunkt.methods.validation import Floats


@dataclass(frozen=True, slots=True)
class ShiftShare:
    """The parts by industry, (..., industries) each, in the unit of the values.

    Args:
        change: end minus start.
        national: growth had all grown as the whole reference did.
        industry_mix: more or less because the industry grew otherwise than the whole.
        regional: more or less than the industry in the reference; in the form of Esteban-Marquillas the
            competitive effect, at the structure of the reference.
        allocation: what that form sets apart: specialised where the place does well or badly; else None.
    """

    change: Floats
    national: Floats
    industry_mix: Floats
    regional: Floats
    allocation: Floats | None = None


def shift_share(
    start: npt.ArrayLike, end: npt.ArrayLike, reference_start: npt.ArrayLike, reference_end: npt.ArrayLike
) -> ShiftShare:
    """Classic shift-share (Dunn 1960).

    Args:
        start: (..., industries) of the place at the first moment.
        end: the same at the last.
        reference_start: (industries,) of the reference at the first moment.
        reference_end: the same at the last.

    Returns:
        The parts; NaN for an industry the place began with and the reference did not have.

    Raises:
        ValueError: a missing or negative value, or a reference with nothing in it at the start.
    """
    before, after, whole, growth = _grown(start, end, reference_start, reference_end)
    national = before * whole
    mix = np.where(before > 0, before * (growth - whole), 0.0)
    change = after - before
    regional = np.where(before > 0, change - before * growth, change)
    return ShiftShare(change, national, mix, regional)


def esteban_marquillas(
    start: npt.ArrayLike, end: npt.ArrayLike, reference_start: npt.ArrayLike, reference_end: npt.ArrayLike
) -> ShiftShare:
    """The form of Esteban-Marquillas (1972): competitive and allocation effects instead of the regional one.

    An industry that is new to the place has no growth rate; all of it is allocation. Arguments as for
    `shift_share`.
    """
    classic = shift_share(start, end, reference_start, reference_end)
    before, reference = counts(start), counts(reference_start)
    homothetic = before.sum(axis=-1, keepdims=True) * reference / reference.sum()
    ratio = np.divide(homothetic, before, out=np.zeros_like(before), where=before > 0)
    competitive = np.asarray(classic.regional * ratio)
    return ShiftShare(
        classic.change, classic.national, classic.industry_mix, competitive, classic.regional - competitive
    )


def dynamic(values: npt.ArrayLike, reference: npt.ArrayLike) -> ShiftShare:
    """Dynamic shift-share (Barff and Knight 1988): the classic parts of each step, added up.

    Args:
        values: (moments, ..., industries) of the place, at least two moments in order.
        reference: (moments, industries).

    Raises:
        ValueError: as `shift_share`, or fewer than two moments.
    """
    own, other = counts(values), counts(reference)
    if len(own) < 2 or len(own) != len(other):
        raise ValueError("dynamic shift-share needs the same moments of both, at least two")
    steps = [
        shift_share(own[i], own[i + 1], other[i], other[i + 1]) for i in range(len(own) - 1)
    ]  # the reference's totals differ from step to step, so each has its own rates
    return ShiftShare(
        *(
            np.asarray(sum(getattr(step, part) for step in steps), dtype=np.float64)
            for part in ("change", "national", "industry_mix", "regional")
        )
    )


def _grown(
    start: npt.ArrayLike, end: npt.ArrayLike, reference_start: npt.ArrayLike, reference_end: npt.ArrayLike
) -> tuple[Floats, Floats, float, Floats]:
    """Start and end, growth of the whole reference, and of each of its industries."""
    before, after = counts(start, "start"), counts(end, "end")
    first, last = counts(reference_start, "reference"), counts(reference_end, "reference")
    if first.sum() <= 0:
        raise ValueError("a reference with nothing in it at the start has no growth")
    growth = np.full_like(first, np.nan)
    np.divide(last - first, first, out=growth, where=first > 0)
    return before, after, float((last.sum() - first.sum()) / first.sum()), growth
