"""The answer: one measure of places, of industries, or of both."""

from __future__ import annotations

import msgspec

from tyngdepunkt.analyses.contract import Made, Notice


class Parts(msgspec.Struct, frozen=True, omit_defaults=True):
    """The parts of a change; they add up to it."""

    national: float
    industry_mix: float
    regional: float
    allocation: float | None = None


class ByIndustry(msgspec.Struct, frozen=True):
    """The change of one industry; without parts where the reference did not have the industry."""

    industry: str
    value: float
    parts: Parts | None


class Row(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One value, null where it is missing, with the place, the industry and the other industry it is of.

    Args:
        normalised: of `herfindahl`, from 0 to 1.
        equivalent: of `herfindahl`, as many equally large industries; of `entropy`, exp(`shannon`).
        shannon: of `entropy`, the entropy of the place alone.
        parts: of `shift-share`, those of the whole place.
    """

    place: str | None = None
    industry: str | None = None
    other: str | None = None
    value: float | None
    normalised: float | None = None
    equivalent: float | None = None
    shannon: float | None = None
    parts: Parts | None = None
    by_industry: list[ByIndustry] | None = None


class IndustryResult(msgspec.Struct, frozen=True):
    """A measure with its convention.

    Args:
        reference: what places are measured against; empty where the measure takes none.
        periods: the period, or the first and the last; empty where the table tells none.
    """

    measure: str
    convention: str
    reference: str
    periods: list[str]
    results: list[Row]
    notices: list[Notice]
    made: Made


Result = IndustryResult
