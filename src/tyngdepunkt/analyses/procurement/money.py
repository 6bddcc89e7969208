"""Amounts, lengths of time, and amounts inside a text: numbers as a notice writes them."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass

from tyngdepunkt.analyses.procurement.model import Record, date_of, first

LARGEST = 1e15
_PLAIN = re.compile(r"[+-]?\d{1,18}(?:\.\d{1,20})?")
_PER_YEAR = {
    "YEAR": 1.0,
    "ANN": 1.0,
    "MONTH": 12.0,
    "MON": 12.0,
    "WEEK": 52.1775,
    "WEE": 52.1775,
    "DAY": 365.25,
}
_CODE = r"NOK|EUR|GBP|SEK|DKK|USD|CHF|PLN"
_NUMBER = r"\d{1,3}(?:[ \u00a0\u202f.,']\d{3})+(?:[.,]\d{1,2})?(?!\d)|\d{1,15}(?:[.,]\d{1,2})?(?!\d)"
_SCALE = r"mill(?:ion(?:er|ar|s)?)?\b\.?|mrd\b\.?|MNOK\b"
_AMOUNT = re.compile(
    rf"(?<![\d.,])(?P<before>\b(?:{_CODE})|\bkr\.?|[€£])?\s?(?P<number>{_NUMBER})\s?(?P<scale>{_SCALE})?\s?"
    rf"(?P<after>(?:{_CODE})\b|kroner\b|kr\b)?",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"\d+")
_BEFORE = len("kr. ")
"""How far before its first digit an amount can begin."""
_SIGNS = {"kr": "NOK", "kr.": "NOK", "kroner": "NOK", "€": "EUR", "£": "GBP", "mnok": "NOK"}


@dataclass(frozen=True, slots=True)
class Amount:
    """A sum of money in its own currency; never added to one in another."""

    value: float
    currency: str


@dataclass(frozen=True, slots=True)
class Worth:
    """What a lot is worth, how long it lasts, and where the value was found.

    Args:
        amount: the value; None where it is not stated, or is no positive number.
        field: the field it was read from.
        years: length of the contract; None where it is not stated.
        assumed: whether the procedure's value was divided by its lots.
    """

    amount: Amount | None
    field: str
    years: float | None
    assumed: bool = False

    @property
    def yearly(self) -> Amount | None:
        """Value per year; a contract shorter than a year is not made larger than it is."""
        if self.amount is None or self.years is None:
            return None
        return Amount(self.amount.value / max(self.years, 1.0), self.amount.currency)


def number(text: str | None) -> float | None:
    """A plain decimal number; None for anything else, and beyond 10¹⁵."""
    if text is None or not _PLAIN.fullmatch(text):
        return None
    found = float(text)
    return found if math.isfinite(found) and abs(found) <= LARGEST else None


def amount_of(record: Record, key: str) -> Amount | None:
    """The first amount of a field above zero."""
    for text, currency in record.get(key, ()):
        found = number(text)
        if found is not None and found > 0 and currency:
            return Amount(found, currency[:3])
    return None


def years_of(lot: Record) -> float | None:
    """The lot's own planned period in years: its measure, or the days from start to end."""
    for text, unit in lot.get("BT-36", ()):
        found, per_year = number(text), _PER_YEAR.get(unit)
        if found is not None and found > 0 and per_year:
            return found / per_year
    start, end = date_of(first(lot, "BT-536")), date_of(first(lot, "BT-537"))
    if start and end and end > start:
        return (end - start).days / 365.25
    return None


def worth(lot: Record, procedure: Record, count: int) -> Worth:
    """What a lot is worth: its own value or maximum, else an even share of the procedure's, marked so."""
    years = years_of(lot)
    for record, level, share in ((lot, "Lot", 1), (procedure, "Procedure", max(count, 1))):
        for key in ("BT-27", "BT-271"):
            found = amount_of(record, key)
            if found:
                value = Amount(found.value / share, found.currency)
                return Worth(value, f"{key}-{level}", years, level == "Procedure" and share > 1)
    return Worth(None, "BT-27-Lot", years)


def amounts_in(text: str, default: str = "") -> list[Amount]:
    """Amounts in a text that name a currency (or a scale, then in the default currency), in its order.

    >>> amounts_in("minst 2 000 000 NOK og 1,5 mill. kroner")
    [Amount(value=2000000.0, currency='NOK'), Amount(value=1500000.0, currency='NOK')]
    """
    found = []
    for each in _written_amounts(text):
        sign = each["before"] or each["after"] or ""
        scale = (each["scale"] or "").lower()
        currency = _SIGNS.get(sign.lower(), sign.upper()) or ("NOK" if scale == "mnok" else default)
        if not (sign or scale) or not currency:
            continue
        factor = 1e9 if scale.startswith("mrd") else 1e6 if scale else 1.0
        value = _written(each["number"]) * factor
        if value <= LARGEST:
            found.append(Amount(value, currency))
    return found


def _written_amounts(text: str) -> Iterator[re.Match[str]]:
    """As `_AMOUNT.finditer`, tried only where digits stand: in long texts most of the time went elsewhere."""
    at = 0
    while digits := _DIGITS.search(text, at):
        starts = range(max(at, digits.start() - _BEFORE), digits.start() + 1)
        found = next((hit for start in starts if (hit := _AMOUNT.match(text, start))), None)
        if found:
            yield found
        at = found.end() if found else digits.end()


def _written(text: str) -> float:
    """`2 000 000`, `2.000.000,00`, `2,000,000.00` and `1,5`."""
    bare = re.sub(r"[ \u00a0\u202f']", "", text)
    head, mark, tail = bare.rpartition("," if bare.rfind(",") > bare.rfind(".") else ".")
    if mark and len(tail) in (1, 2):
        return float(re.sub(r"[.,]", "", head) + "." + tail)
    return float(re.sub(r"[.,]", "", bare))
