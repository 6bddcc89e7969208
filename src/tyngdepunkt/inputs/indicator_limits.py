"""A limit on an indicator as people write it, in a file or in a form: by the unit of its figures."""

from __future__ import annotations

from typing import Any

from tyngdepunkt.errors import Fault, UserError
from tyngdepunkt.inputs import numbers
from tyngdepunkt.inputs.text import shown

_AT_MOST_ALL = frozenset({"education_share", "follow_share", "unemployment"})
_NEVER_ALL = frozenset({"education_share", "unemployment"})
"""No place has all its residents unemployed or with higher education: a bare 1 may well mean 1 %."""
_SHARE_OF_OTHERS = 5.0
"""Jobs per resident, or a change, can be above one; a bare number this large is taken for per cent."""


def limit(written: Any, indicator: str) -> float | None:
    """A limit as it is written for an indicator, None where there is none.

    Args:
        written: a number or a text.
        indicator: id of the indicator; one we do not know is taken as a number.

    Raises:
        UserError: it is no such number, or can be read in two ways.
    """
    if not is_share(indicator):
        return numbers.number(written)
    if indicator in _NEVER_ALL and _is_bare_one(written):
        raise UserError(Fault("inputs:share_one_in_doubt", {"given": shown(written)}))
    highest = 1.0 if indicator in _AT_MOST_ALL else _SHARE_OF_OTHERS
    pair = numbers.share_span(written, signed=True, highest=highest)
    if pair is not None and pair[0] != pair[1]:
        raise UserError(Fault("inputs:not_one_share", {"given": shown(written)}))
    return None if pair is None else pair[0]


def _is_bare_one(written: Any) -> bool:
    """Whether it is 1 without a word on what it is one of."""
    try:
        return numbers.number(written) == 1
    except UserError:  # per cent among them
        return False


def is_share(indicator: str) -> bool:
    """Whether the figures of an indicator are shares, which are asked for and shown in per cent."""
    from tyngdepunkt.indicators import all_indicators

    known = all_indicators().get(indicator)
    return known is not None and known.unit == "share"
