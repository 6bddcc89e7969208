"""Kroner of one year in kroner of another, by the consumer price index.

`prices.yaml` holds the annual means (2015 = 100). A year after the last of them is not in it, and
nothing is guessed: amounts are then shown in kroner of the last year there is.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from tyngdepunkt.figures import Source
from tyngdepunkt.texts import read_yaml, text


@cache
def _content() -> dict[str, Any]:
    content: dict[str, Any] = read_yaml("tyngdepunkt.indicators", "prices.yaml")
    return content


def index() -> dict[int, float]:
    """Annual mean of the consumer price index by year, 2015 = 100."""
    return {int(year): float(value) for year, value in _content()["index"].items()}


def price_year() -> int:
    """The year all costs are shown in unless the case sets another: the last one the index has."""
    return max(index())


def raised(year: int, to: int | None = None) -> float:
    """What one krone of `year` is in kroner of `to` (by default the price year).

    Raises:
        KeyError: a year the index does not have. That is a bug, not something a person can cause.

    >>> round(raised(2022), 3)
    1.088
    """
    return index()[price_year() if to is None else to] / index()[year]


def source(lang: str = "nb") -> Source:
    """The index as a source, in a language."""
    known = index()
    return Source(
        table="prices",
        title=text("indicators:price_index.title", lang),
        provider=text("indicators:price_index.provider", lang),
        reference=_content()["reference"],
        query=text("indicators:price_index.query", lang),
        date=f"{min(known)}\u2013{max(known)}",
        licence="CC BY 4.0",
    )
