"""Numbers, ranges and shares from whatever holds them, and back to text that reads as the same.

A value that is typed already (YAML, JSON, a number cell) is taken as it is; text is read by `numerals`.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from tyngdepunkt.errors import UserError
from tyngdepunkt.inputs import numerals
from tyngdepunkt.inputs.text import refused, shown

NBSP = "\u00a0"
MINUS = "\u2212"
Span = tuple[float, float]
"""Lowest and highest; equal where one number is known."""

NO_NUMBER = frozenset({"inputs:not_a_number_or_range", "inputs:not_a_number", "inputs:not_one_number"})
"""Faults that say no more than that it is no number, where a caller can say it in words of its own."""


def is_number(value: Any) -> bool:
    """Whether a value is a number already: not true or false, and one that can be counted with."""
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def is_unknown(value: Any) -> bool:
    """Whether a value says that it is not known: nothing, an empty text, or a word for it."""
    return value is None or (isinstance(value, str) and numerals.is_unknown(value))


def is_about(value: Any) -> bool:
    """Whether a text says that its number is only about so much.

    >>> is_about("ca 25"), is_about("25"), is_about("ca dagen")
    (True, False, False)
    """
    try:
        found = numerals.numeral(value) if isinstance(value, str) else None
    except UserError:  # said by those who read it
        return False
    return found is not None and found.about


def number(value: Any) -> float | None:
    """One number; None where it is not known.

    >>> number("1 200"), number("12,5"), number(7), number("ukjent")
    (1200.0, 12.5, 7.0, None)

    Raises:
        UserError: it is no number, a range, or can be read in two ways.
    """
    try:
        pair = span(value)
    except UserError as error:
        if error.faults[0].key in NO_NUMBER:
            raise refused("not_a_number", given=shown(value)) from None
        raise
    if pair is not None and pair[0] != pair[1]:
        raise refused("not_one_number", given=shown(value))
    return None if pair is None else pair[0]


def whole(value: Any) -> int | None:
    """One whole number; None where it is not known. Nothing is rounded.

    >>> whole("1 200"), whole("7,0"), whole("")
    (1200, 7, None)

    Raises:
        UserError: as `number`, or it is no whole one.
    """
    found = number(value)
    if found is not None and not found.is_integer():
        raise refused("not_whole", given=shown(value))
    return None if found is None else int(found)


def span(value: Any) -> Span | None:
    """A number or a range, also negative; None where it is not known.

    >>> span("10–15"), span([10, "15"]), span(12), span("")
    ((10.0, 15.0), (10.0, 15.0), (12.0, 12.0), None)

    Raises:
        UserError: it is neither, runs the wrong way, is in per cent, or can be read in two ways.
    """
    found = _read(value)
    if found is None:
        return None
    if found.percent:
        raise refused("percent_not_asked", given=shown(value))
    return _pair(found.low, found.high, value)


def total(spans: Iterable[Span | None]) -> Span | None:
    """All together; None where one is unknown, or there are none.

    >>> total([(1, 2), (10, 10)]), total([(1, 2), None]), total([])
    ((11, 12), None, None)
    """
    known = list(spans)
    found = [each for each in known if each is not None]
    if not known or len(found) < len(known):
        return None
    return sum(low for low, _ in found), sum(high for _, high in found)


def share(value: Any, *, in_percent: bool = False) -> float | None:
    """One share between 0 and 1; None where it is not known. See `share_span`.

    >>> share(0.3), share("30 %"), share("30 prosent"), share("30", in_percent=True)
    (0.3, 0.3, 0.3, 0.3)

    Raises:
        UserError: no share, a range, or one that can be read in two ways.
    """
    pair = share_span(value, in_percent=in_percent)
    if pair is not None and pair[0] != pair[1]:
        raise refused("not_one_share", given=shown(value))
    return None if pair is None else pair[0]


def share_span(
    value: Any, *, in_percent: bool = False, signed: bool = False, highest: float = 1
) -> Span | None:
    """A share or a range of shares as numbers between 0 and 1; None where it is not known.

    `0.3`, `30 %` and `"30 prosent"` are the same.

    Args:
        value: what was written.
        in_percent: whether per cent is asked for, as in a form; a bare `30` is then 0.3, and a bare number
            of 1 or less is in doubt. Elsewhere a bare number above `highest` is: it may be per cent.
        signed: whether it is a change, which can be below nothing and above all.
        highest: the largest bare number that can be meant as a share.

    Raises:
        UserError: it is no share, or can be read in two ways.
    """
    found = _read(value)
    if found is None:
        return None
    ends = (found.low, found.high)
    furthest = max(abs(end) for end in ends)
    if not found.percent:
        doubtful = 0 < furthest <= 1 if in_percent else furthest > highest
        if doubtful:
            raise _share_in_doubt(value, ends, in_percent)
    low, high = (end.scaleb(-2) if found.percent or in_percent else end for end in ends)
    if not signed and not (low >= 0 and high <= 1):
        raise refused("share_outside", given=shown(value))
    return _pair(low, high, value)


def _share_in_doubt(value: Any, ends: tuple[Decimal, Decimal], in_percent: bool) -> UserError:
    small = "–".join(numerals.plain_text(end) for end in dict.fromkeys(ends))
    if not in_percent:
        return refused("share_above_one", given=shown(value), percent=f"{small} %")
    large = "–".join(numerals.plain_text(end.scaleb(2)) for end in dict.fromkeys(ends))
    return refused("share_in_doubt", given=shown(value), small=f"{small} %", large=f"{large} %")


def _read(value: Any) -> numerals.Numeral | None:
    """What was written, as decimals; typed values as they are."""
    if isinstance(value, list | tuple):
        return _list(value)
    if is_number(value):
        exact = Decimal(repr(value))
        return numerals.Numeral(exact, exact)
    if value is None:
        return None
    if not isinstance(value, str):
        raise refused("not_a_number_or_range", given=shown(value))
    return numerals.numeral(value)


def _list(value: list[Any] | tuple[Any, ...]) -> numerals.Numeral:
    if len(value) != 2 or any(isinstance(end, list | tuple) for end in value):
        raise refused("not_a_number_or_range", given=shown(value))
    low, high = (_read(end) for end in value)
    if low is None or high is None or low.low != low.high or high.low != high.high:
        raise refused("not_a_number_or_range", given=shown(value))
    if low.percent != high.percent:
        raise refused("not_a_number_or_range", given=shown(value))
    return numerals.Numeral(low.low, high.low, low.percent, low.about or high.about)


def _pair(low: Decimal, high: Decimal, value: Any) -> Span:
    if low > high:
        ends = {"low": numerals.plain_text(low), "high": numerals.plain_text(high)}
        raise refused("turned_numbers", **ends)
    for end in (low, high):
        held = float(end)
        if not math.isfinite(held) or Decimal(repr(held)) != end:
            raise refused("too_many_digits", given=shown(value))
    return float(low) + 0.0, float(high) + 0.0  # nothing is neither above nor below: no -0


# Back to text


def written(value: Any, *, percent: bool = False) -> str:
    r"""A number or a range as a person writes it; empty where it is not known.

    What is written reads back as the same value: no digit is cut off, no power of ten is used, and where
    a comma with three digits could be taken for thousands a zero follows. A text is given back as it is.

    Args:
        value: a number, a pair of them, None, or a text that could not be read or says more than a number.
        percent: whether it is a share, to be told in per cent.

    >>> written(12345678).replace(NBSP, "_"), written([10, 15]), written(1.234), written(0.3, percent=True)
    ('12_345_678', '10–15', '1,2340', '30\xa0%')
    """
    if isinstance(value, list | tuple) and len(value) == 2 and all(is_number(end) for end in value):
        ends = [_decimal(end, percent) for end in value]
    elif is_number(value):
        ends = [_decimal(value, percent)]
    elif isinstance(value, str):
        return "" if is_unknown(value) else value
    else:
        return "" if value is None else str(value)
    texts = [grouped(end) for end in dict.fromkeys(ends)]
    if len(texts) == 2:
        texts = _clear(texts, ends)
    return "–".join(texts) + (f"{NBSP}%" if percent else "")


def _decimal(value: float, percent: bool) -> Decimal:
    exact = Decimal(repr(value))
    return exact.scaleb(2) if percent else exact


def grouped(value: Decimal) -> str:
    """A number with a comma and blanks between its thousands."""
    whole, comma, part = numerals.plain_text(abs(value)).partition(",")
    if len(whole) > 3:
        whole = f"{int(whole):,}".replace(",", NBSP)
        part = part[:3] if len(part) == 4 and part.endswith("0") else part  # the blanks say enough
    return f"{MINUS if value < 0 else ''}{whole}{comma}{part}"


def _clear(texts: list[str], ends: list[Decimal]) -> list[str]:
    """Without blanks where a range such as 10–15 000 could be taken to begin at 10 000."""
    try:
        numerals.numeral("–".join(texts))
    except UserError:
        return [numerals.plain_text(end).replace("-", MINUS) for end in ends]
    return texts


def typed(pair: Span | None) -> Any:
    """A range as a case file or JSON holds it: a whole number where it is one, `[low, high]`, `unknown`.

    >>> typed((10.0, 15.0)), typed((12.5, 12.5)), typed(None)
    ([10, 15], 12.5, 'unknown')
    """
    if pair is None:
        return "unknown"
    low, high = (int(end) if end == int(end) else end for end in pair)
    return low if low == high else [low, high]


def answer(text: str, *, in_percent: bool = False) -> Any:
    """An answer of a form as a case holds it: typed where it is certain, `unknown`, else the text itself.

    A text that cannot be read, or that says more than a number (`ca 25`), is kept as it was typed; whoever
    reads the case says what is wrong with it.

    >>> answer("10–15"), answer(""), answer("12,5"), answer("many"), answer("30", in_percent=True)
    ([10, 15], 'unknown', 12.5, 'many', 0.3)
    """
    try:
        pair = share_span(text, in_percent=True) if in_percent else span(text)
    except UserError:
        return text.strip()
    return text.strip() if is_about(text) else typed(pair)


def single(text: str, *, in_percent: bool = False) -> Any:
    """As `answer` where one number is asked for, and None where nothing is written.

    >>> single(" "), single("1 200"), single("10–15")
    (None, 1200, '10–15')
    """
    if not text.strip():
        return None
    found = answer(text, in_percent=in_percent)
    return found if is_number(found) else text.strip()


def in_file(value: float) -> str:
    """A number for a file with a point as decimal sign, every digit kept and no power of ten.

    >>> in_file(12345678.0), in_file(123456.7), in_file(0.00001)
    ('12345678', '123456.7', '0.00001')
    """
    text = f"{Decimal(repr(value)):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
