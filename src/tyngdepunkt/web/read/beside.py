"""What an indicator is elsewhere: the median of all municipalities, and of those most like a place."""

from __future__ import annotations

import datetime as dt
import statistics
from collections.abc import Sequence
from dataclasses import dataclass

from tyngdepunkt.figures import Figure, Quality, years
from tyngdepunkt.indicators import Question, all_indicators
from tyngdepunkt.indicators.columns import remember
from tyngdepunkt.places import Places
from tyngdepunkt.web.read.figure_display import SHOWN, in_words

FEWEST = 3
"""Municipalities with a figure below which a median says nothing of the others."""


@dataclass(frozen=True, slots=True)
class Beside:
    """One indicator elsewhere, in words, and the year of the figures; empty where too few have one."""

    country: str
    like: str
    year: str


def beside(places: Places, peers: Sequence[str], lang: str) -> dict[str, Beside]:
    """Indicator → what it is in the country and in the municipalities `peers`. Each place counts the same."""
    everywhere = remember(places, ("web.beside",), lambda: _everywhere(places))
    made = {}
    for name, figures in everywhere.items():
        like = [figures[code] for code in peers if code in figures]
        country = list(figures.values())
        decimals = all_indicators()[name].decimals
        medians = _median(country, lang, decimals), _median(like, lang, decimals)
        made[name] = Beside(*medians, years(country[:1]))
    return made


def _everywhere(places: Places) -> dict[str, dict[str, Figure]]:
    """Each shown indicator's figure for every municipality."""
    question, codes = Question(date=dt.date(2000, 1, 1)), list(places.municipalities)
    return {
        name: dict(zip(codes, all_indicators()[name].compute(places, question, codes), strict=True))
        for name in SHOWN
    }


def _median(figures: Sequence[Figure], lang: str, decimals: int) -> str:
    known = [figure.value for figure in figures if figure.value is not None]
    if len(known) < FEWEST:
        return ""
    return in_words(Figure(statistics.median(known), figures[0].unit, Quality.MEASURED), lang, decimals)
