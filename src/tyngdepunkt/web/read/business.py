"""What a place lives of and how exposed it is, on the place's own page and on the map."""

from __future__ import annotations

from typing import NamedTuple

from tyngdepunkt import texts
from tyngdepunkt.analyses.business.brief import title_of
from tyngdepunkt.analyses.business.narrative import parts
from tyngdepunkt.analyses.business.result import BusinessResult, PlaceInBrief
from tyngdepunkt.analyses.contract import Setting, analysis
from tyngdepunkt.analyses.parameters import read_parameters
from tyngdepunkt.documents.document import Section
from tyngdepunkt.figures import Figure, Quality, Source, absent
from tyngdepunkt.indicators.columns import remember
from tyngdepunkt.places import Places
from tyngdepunkt.web.read.told import Told, in_words

_ROOMS = 2
"""Parts of a profile that are rooms of the place's page: what it lives of, how exposed it is."""


class Measure(NamedTuple):
    """How a measure is shown on the map.

    Args:
        unit: of its figures.
        decimals: of a number that is no share.
        tables: what it is made of.
    """

    unit: str
    decimals: int
    tables: tuple[str, ...]


_COMMUTING = ("commuting", "employed")
_INDUSTRIES = ("jobs_by_industry",)
MEASURES = {
    "business.jobs_change": Measure("change", 0, ("employed",)),
    "business.out_share": Measure("share", 0, _COMMUTING),
    "business.in_share": Measure("share", 0, _COMMUTING),
    "business.integration": Measure("share", 0, _COMMUTING),
    "business.jobs_near": Measure("jobs", 0, ("employed", "travel_time")),
    "business.residents_45": Measure("persons", 0, ("population", "travel_time")),
    "business.largest_share": Measure("share", 0, _INDUSTRIES),
    "business.krugman": Measure("index", 2, _INDUSTRIES),
    "business.equivalent_industries": Measure("industries", 1, _INDUSTRIES),
    "business.cornerstone_high": Measure("share", 0, ("firms_by_size", *_INDUSTRIES)),
    "business.public_share": Measure("share", 0, ("jobs_by_sector",)),
}
"""Figure of the map → how it is shown; the name is that of a column of the profile in brief."""


def rooms(places: Places, code: str, lang: str) -> tuple[Section, ...]:
    """The first parts of the profile of a municipality, with their tables and sentences."""
    told = parts(_profile(places, code, lang, every=False), lang)[:_ROOMS]
    return tuple(Section(title, blocks) for title, blocks in told)


def label(figure: str, lang: str) -> str:
    """What a measure is called."""
    return title_of(_column(figure), lang)


def note(figure: str, lang: str) -> str:
    """What one must know of a measure, in words."""
    return texts.text(f"analyses.business:map.{_column(figure)}", lang)


def on_map(places: Places, figure: str, lang: str) -> list[Told]:
    """The measure for every municipality, in the order of `places.municipalities`."""
    rows = {row.code: row for row in _every(places, lang)}
    shown, sources = MEASURES[figure], _sources(places, figure, lang)
    return [_told(rows.get(code), figure, (shown, sources, lang)) for code in places.municipalities]


def _told(row: PlaceInBrief | None, figure: str, how: tuple[Measure, tuple[Source, ...], str]) -> Told:
    (unit, decimals, _), sources, lang = how
    value = None if row is None else getattr(row, _column(figure))
    found = Figure(float(value), unit, Quality.ESTIMATED, sources) if value is not None else None
    if found is None:
        found = absent(unit, Quality.MISSING, "", *sources)
    return Told(figure, label(figure, lang), in_words(found, lang, decimals), found, _year(row, figure))


def _year(row: PlaceInBrief | None, figure: str) -> int | None:
    return row.jobs_year if row is not None and figure == "business.jobs_change" else None


def _sources(places: Places, figure: str, lang: str) -> tuple[Source, ...]:
    return tuple(places.source(name, lang=lang) for name in MEASURES[figure].tables if places.has(name))


def _every(places: Places, lang: str) -> list[PlaceInBrief]:
    """All municipalities in brief, made once per snapshot and language."""
    return remember(
        places, ("web.business", lang), lambda: _profile(places, "Norge", lang, every=True).places
    )


def _profile(places: Places, place: str, lang: str, *, every: bool) -> BusinessResult:
    business = analysis("business")
    question = read_parameters(business, {"place": place, "all": every}, str)
    found: BusinessResult = business.answer({}, question, Setting(lang, lambda: places))
    return found


def _column(figure: str) -> str:
    return figure.partition(".")[2]
