"""What a place lives of and how exposed it is, on the place's own page and on the map."""

from __future__ import annotations

from typing import Any, NamedTuple

from tyngdepunkt import json_types, texts
from tyngdepunkt.analyses.business.brief import RANGED, title_of
from tyngdepunkt.analyses.business.narrative import parts
from tyngdepunkt.analyses.business.result import BusinessResult, PlaceInBrief
from tyngdepunkt.analyses.contract import Setting, analysis
from tyngdepunkt.analyses.parameters import read_parameters
from tyngdepunkt.documents.document import Section
from tyngdepunkt.figures import Figure, Quality, Source, absent, weakest
from tyngdepunkt.indicators.columns import remember
from tyngdepunkt.places import Places
from tyngdepunkt.web.read.figure_display import DisplayFigure, in_words

_ROOMS = 2
"""Parts of a profile that are rooms of the place's page: what it lives of, how exposed it is."""


class Measure(NamedTuple):
    """How a measure is shown on the map.

    Args:
        unit: of its figures.
        decimals: of a number that is no share.
        tables: what it is made of.
        year: the column of the profile in brief with the year of the figure.
        start: that with the year a change is counted from.
        computed: whether it is our estimate, of measured figures too.
    """

    unit: str
    decimals: int
    tables: tuple[str, ...]
    year: str
    start: str = ""
    computed: bool = False


_COMMUTING = ("commuting", "employed")
_INDUSTRIES = ("jobs_by_industry",)
MEASURES = {
    "business.jobs_change": Measure("change", 0, ("employed",), "jobs_year", "jobs_start"),
    "business.out_share": Measure("share", 0, _COMMUTING, "commuting_year"),
    "business.in_share": Measure("share", 0, _COMMUTING, "commuting_year"),
    "business.integration": Measure("share", 0, _COMMUTING, "commuting_year"),
    "business.jobs_near": Measure("jobs", 0, ("employed", "travel_time"), "commuting_year", computed=True),
    "business.residents_45": Measure(
        "persons", 0, ("population", "travel_time"), "residents_45_year", computed=True
    ),
    "business.largest_share": Measure("share", 0, _INDUSTRIES, "industry_year"),
    "business.krugman": Measure("index", 2, _INDUSTRIES, "industry_year"),
    "business.equivalent_industries": Measure("industries", 1, _INDUSTRIES, "industry_year"),
    "business.cornerstone_high": Measure(
        "share", 0, ("firms_by_size", *_INDUSTRIES), "sizes_year", computed=True
    ),
    "business.public_share": Measure("share", 0, ("jobs_by_sector",), "public_year"),
}
"""Figure of the map → how it is shown; the name is that of a column of the profile in brief."""


def rooms(places: Places, code: str, lang: str) -> tuple[Section, ...]:
    """The first parts of the profile of a municipality, with their tables and sentences."""
    told = parts(_one(places, code, lang), lang)[:_ROOMS]
    return tuple(Section(title, blocks) for title, blocks in told)


def sources(places: Places, code: str, lang: str) -> list[json_types.Source]:
    """What the rooms rest on, in the order their tables refer to."""
    return _one(places, code, lang).sources


def label(figure: str, lang: str) -> str:
    """What a measure is called."""
    return title_of(_column(figure), lang)


def note(figure: str, lang: str) -> str:
    """What one must know of a measure, in words."""
    return texts.text(f"analyses.business:map.{_column(figure)}", lang)


def on_map(places: Places, figure: str, lang: str) -> list[DisplayFigure]:
    """The measure for every municipality, in the order of `places.municipalities`."""
    rows = {row.code: row for row in _every(places, lang)}
    qualities, sources = _qualities(places, figure), _sources(places, figure, lang)
    return [
        _told(rows.get(code), figure, (qualities.get(code, Quality.MEASURED), sources, lang))
        for code in places.municipalities
    ]


def _told(
    row: PlaceInBrief | None, figure: str, how: tuple[Quality, tuple[Source, ...], str]
) -> DisplayFigure:
    quality, sources, lang = how
    shown = MEASURES[figure]
    value, year, start = (_of(row, name) for name in (_column(figure), shown.year, shown.start))
    column = _column(figure)
    low, high = (_of(row, f"{column}_{end}" if column in RANGED else "") for end in ("low", "high"))
    found = Figure(float(value), shown.unit, quality, sources, low, high) if value is not None else None
    if found is None:
        found, year, start = absent(shown.unit, Quality.MISSING, "", *sources), None, None
    words = in_words(found, lang, shown.decimals)
    return DisplayFigure(figure, label(figure, lang), words, found, year, start=start)


def _of(row: PlaceInBrief | None, column: str) -> Any:
    return getattr(row, column) if row is not None and column else None


def _qualities(places: Places, figure: str) -> dict[str, Quality]:
    """Municipality → the weakest quality of the totals behind its figure: some were shared out.

    Tables without a column of quality hold what was counted. The matrix of commuters is marked where its
    totals are.
    """
    shown = MEASURES[figure]
    if shown.computed:
        return dict.fromkeys(places.municipalities, Quality.ESTIMATED)
    if "employed" not in shown.tables or not places.has("employed"):
        return {}
    rows = places.rows("employed", ("municipality", "year", "quality"))
    ends = {min(row[1] for row in rows), max(row[1] for row in rows)}
    found: dict[str, Quality] = {}
    for code, year, quality in rows:
        if year == max(ends) or (shown.start and year in ends):
            found[code] = weakest((found.get(code, Quality.MEASURED), Quality(quality)))
    return found


def _sources(places: Places, figure: str, lang: str) -> tuple[Source, ...]:
    return tuple(places.source(name, lang=lang) for name in MEASURES[figure].tables if places.has(name))


def _every(places: Places, lang: str) -> list[PlaceInBrief]:
    """All municipalities in brief, made once per snapshot and language."""
    return remember(
        places, ("web.business", lang), lambda: _profile(places, "Norge", lang, every=True).places
    )


def _one(places: Places, code: str, lang: str) -> BusinessResult:
    """The profile of a municipality, made once per snapshot and language."""
    return remember(places, ("web.business", code, lang), lambda: _profile(places, code, lang, every=False))


def _profile(places: Places, place: str, lang: str, *, every: bool) -> BusinessResult:
    business = analysis("business")
    question = read_parameters(business, {"place": place, "all": every}, str)
    found: BusinessResult = business.answer({}, question, Setting(lang, lambda: places))
    return found


def _column(figure: str) -> str:
    return figure.partition(".")[2]
