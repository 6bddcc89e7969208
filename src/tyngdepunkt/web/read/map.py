"""The country coloured by one figure, as the page, JSON, CSV and the drawing show it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from tyngdepunkt import texts
from tyngdepunkt.documents.map.classes import Classes, classes, steps
from tyngdepunkt.errors import Faults
from tyngdepunkt.figures import Figure, Quality, Source, absent
from tyngdepunkt.indicators import all_indicators
from tyngdepunkt.indicators.columns import remember
from tyngdepunkt.places import Municipality, Places
from tyngdepunkt.web.read import business
from tyngdepunkt.web.read.figure_display import SHOWN, DisplayFigure, in_words, local, of_indicators

CENTRALITY = "centrality_class"
FIGURES = (
    CENTRALITY, "population_trend", *SHOWN, "airport_minutes", "railway_minutes", *business.MEASURES,
)  # fmt: skip
"""What the map can be coloured by; the first is shown where nothing is asked for."""

ABOUT_ZERO = frozenset({"population_trend", "working_age_growth", "business.jobs_change"})
OVERLAYS = ("centres", "towns", "roads", "airports", "stations", "offices")
"""What can be laid over the colours, drawn in this order from the top."""

CSV_HEAD = (
    "code", "name", "county_code", "county", "figure", "value", "low", "high", "unit", "quality",
    "year", "class",
)  # fmt: skip
ROWS = 60


@dataclass(frozen=True, slots=True)
class Key:
    """A class in the key: its colour, its limits in words and in figures, and how many are in it."""

    colour: str
    words: str
    low: float | None
    high: float | None
    count: int


@dataclass(frozen=True, slots=True)
class Coloured:
    """A figure over the country.

    Args:
        told: municipality number → its figure.
        note: what one must know of the figure, in words.
        when: which years the figures are of, and whether they are estimated or assumed, in words.
        missing: how many municipalities have none.
    """

    id: str
    label: str
    note: str
    when: str
    told: Mapping[str, DisplayFigure]
    classes: Classes
    key: tuple[Key, ...]
    missing: int
    sources: tuple[Source, ...]

    @property
    def quality(self) -> str:
        """The quality of all figures there are; empty where they differ, since each is then marked."""
        held = {one.figure.quality for one in self.told.values() if one.figure.value is not None}
        return held.pop().value if len(held) == 1 else ""

    def class_of(self, code: str) -> int | None:
        """The class of a municipality, from 0; None where it has no figure."""
        value = self.told[code].figure.value
        return None if value is None else self.classes.of(value)

    @property
    def fills(self) -> dict[str, str]:
        """Municipality number → colour; those without a figure are left out."""
        found = {code: self.class_of(code) for code in self.told}
        return {code: self.classes.colours[place] for code, place in found.items() if place is not None}


def check(places: Places, figure: str, shown: Sequence[str], county: str) -> None:
    """Refuse what no map can show.

    Raises:
        UserError: an unknown figure, layer or county.
    """
    faults = Faults()
    if figure not in FIGURES:
        faults.add("documents.map:figure", "layer", value=figure[:40], known=list(FIGURES))
    for name in dict.fromkeys(shown):
        if name not in OVERLAYS:
            faults.add("documents.map:shown", "show", value=name[:40], known=list(OVERLAYS))
    known = sorted({place.county_code for place in places.municipalities.values()})
    if county and county not in known:
        faults.add("web.read:county", "county", value=county[:40], known=known)
    faults.raise_if_any()


def coloured(places: Places, figure: str, lang: str) -> Coloured:
    """The figure over the country, made once per snapshot and language."""
    return remember(places, ("web.map", figure, lang), partial(_make, places, figure, lang))


def labels(lang: str) -> list[tuple[str, str]]:
    """What the map can be coloured by: id and name."""
    return [(name, _label(name, lang)) for name in FIGURES]


def overlays(places: Places, lang: str) -> list[tuple[str, str]]:
    """What can be laid over it: name and words; offices with the year they are from."""
    year = max((row[0] for row in places.rows("state_office", ("year",))), default="")
    return [(name, texts.text(f"documents.map:layers.{name}", lang, year=str(year))) for name in OVERLAYS]


def _make(places: Places, figure: str, lang: str) -> Coloured:
    codes = list(places.municipalities)
    found = _figures(places, figure, lang)
    told = dict(zip(codes, found, strict=True))
    known = [one.figure.value for one in found if one.figure.value is not None]
    made = (
        steps(1, 6, darkest_first=True)
        if figure == CENTRALITY
        else classes(known, about_zero=figure in ABOUT_ZERO)
    )
    sources = tuple(dict.fromkeys(source for one in found for source in one.sources))
    note = _note(figure, lang)
    key = _key(made, known, figure, (found[0].figure.unit, lang))
    when = _when(found, sources, lang)
    return Coloured(
        figure, _label(figure, lang), note, when, told, made, key, len(codes) - len(known), sources
    )


def _label(figure: str, lang: str) -> str:
    if figure == CENTRALITY:
        return texts.text("places:facts.centrality_class", lang)
    if figure in business.MEASURES:
        return business.label(figure, lang)
    return texts.choose(all_indicators()[figure].title, lang)


def _note(figure: str, lang: str) -> str:
    if figure == CENTRALITY:
        return ""
    if figure in business.MEASURES:
        return business.note(figure, lang)
    return texts.choose(all_indicators()[figure].explanation, lang)


def _when(found: Sequence[DisplayFigure], sources: Sequence[Source], lang: str) -> str:
    """The years of the figures, else the times their sources are of; and which are not measured."""
    held = [one for one in found if one.figure.value is not None]
    said = [_years(held, sources, lang)]
    qualities = [one.figure.quality for one in held]
    for quality in (Quality.ESTIMATED, Quality.ASSUMED):
        count = qualities.count(quality)
        if count:
            how = "all" if count == len(held) else "some"
            said.append(texts.text(f"documents.map:{quality.value}_{how}", lang))
    return " ".join(each for each in said if each)


def _years(held: Sequence[DisplayFigure], sources: Sequence[Source], lang: str) -> str:
    years = {one.year for one in held if one.year is not None}
    starts = {one.start for one in held if one.start is not None}
    if not held or not (years or sources):
        return ""
    if not years:
        dates = list(dict.fromkeys(source.date for source in sources if source.date))
        return texts.text("documents.map:dates", lang, dates=dates) if dates else ""
    told = {"start": min(starts or years), "end": max(years)}
    key = "changed" if starts else "year" if len(years) == 1 else "years"
    return texts.text(f"documents.map:{key}", lang, **told)


def _figures(places: Places, figure: str, lang: str) -> list[DisplayFigure]:
    if figure == CENTRALITY:
        return _centrality(places, lang)
    if figure in business.MEASURES:
        return business.on_map(places, figure, lang)
    return _indicator(places, figure, lang)


def _decimals(figure: str) -> int:
    own = business.MEASURES.get(figure)
    return own.decimals if own else all_indicators()[figure].decimals


def _indicator(places: Places, figure: str, lang: str) -> list[DisplayFigure]:
    return of_indicators(places, list(places.municipalities), lang, (figure,))[figure]


def _centrality(places: Places, lang: str) -> list[DisplayFigure]:
    source = places.source("centrality", lang=lang)
    year = max(places.years("centrality"), default=None)
    label = _label(CENTRALITY, lang)
    found = []
    for place in places.municipalities.values():
        figure = absent("class", Quality.MISSING, "", source)
        if place.centrality_class is not None:
            figure = Figure(float(place.centrality_class), "class", Quality.MEASURED, (source,))
        words = in_words(figure, lang)
        found.append(DisplayFigure(CENTRALITY, label, words, local(figure, places, lang), year))
    return found


def _key(made: Classes, known: Sequence[float], figure: str, unit_lang: tuple[str, str]) -> tuple[Key, ...]:
    edges = [None, *made.limits, None]
    counts = [0] * len(made.colours)
    for value in known:
        counts[made.of(value)] += 1
    rows = []
    for place, colour in enumerate(made.colours):
        low, high = edges[place], edges[place + 1]
        words = _step(place, unit_lang[1]) if figure == CENTRALITY else _between(low, high, figure, unit_lang)
        rows.append(Key(colour, words, low, high, counts[place]))
    return tuple(rows)


def _step(place: int, lang: str) -> str:
    said = {0: "class_first", 5: "class_last"}.get(place)
    return texts.text(f"documents.map:{said}", lang, number=str(place + 1)) if said else str(place + 1)


def _between(low: float | None, high: float | None, figure: str, unit_lang: tuple[str, str]) -> str:
    unit, lang = unit_lang
    decimals = _decimals(figure)
    parts = {
        name: in_words(Figure(value, unit), lang, decimals)
        for name, value in (("low", low), ("high", high))
        if value is not None
    }
    said = "between" if len(parts) == 2 else "above" if "low" in parts else "below"
    return texts.text(f"documents.map:{said}", lang, **parts)


def document(found: Coloured, places: Places, lang: str) -> dict[str, Any]:
    """The figure with its classes and every municipality, for a program and for the map itself."""
    key = [{"colour": row.colour, "text": row.words, "from": row.low, "below": row.high} for row in found.key]
    return {
        "layer": found.id,
        "label": found.label,
        "note": found.note or None,
        "unit": next(iter(found.told.values())).figure.unit,
        "classes": key,
        "items": [_item(found, place) for place in places.municipalities.values()],
        "sources": [
            {
                "table": source.table,
                "title": source.title,
                "provider": source.provider,
                "reference": source.reference,
                "date": source.date,
                "licence": source.licence,
            }
            for source in found.sources
        ],
        "snapshot": places.snapshot.id,
        "lang": lang,
    }


def _item(found: Coloured, place: Municipality) -> dict[str, Any]:
    told = found.told[place.code]
    return {
        "code": place.code,
        "name": place.name,
        "county": place.county_name,
        "value": _rounded(told.figure.value),
        "low": _rounded(told.figure.low),
        "high": _rounded(told.figure.high),
        "text": told.text,
        "quality": told.figure.quality.value,
        "class": found.class_of(place.code),
    }


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)


def cells(found: Coloured, places: Places, county: str = "") -> Iterator[tuple[Any, ...]]:
    """Rows with the columns of `CSV_HEAD`; the class is counted from 1."""
    for place in listed(places, county):
        told, at = found.told[place.code], found.class_of(place.code)
        figure = told.figure
        yield (
            place.code,
            place.name,
            place.county_code,
            place.county_name,
            found.id,
            *(_rounded(value) for value in (figure.value, figure.low, figure.high)),
            figure.unit,
            figure.quality.value,
            told.year,
            None if at is None else at + 1,
        )


def listed(places: Places, county: str = "") -> list[Municipality]:
    """The municipalities of a county, or all, by number."""
    return [place for place in places.municipalities.values() if county in ("", place.county_code)]


def page_of(rows: Sequence[Municipality], number: int) -> tuple[Sequence[Municipality], int]:
    """One page of the table, and how many pages there are.

    Raises:
        UserError: no such page.
    """
    count = max(-(-len(rows) // ROWS), 1)
    faults = Faults()
    if not 1 <= number <= count:
        faults.add("documents.map:page", "page", value=number, most=count)
    faults.raise_if_any()
    return rows[(number - 1) * ROWS : number * ROWS], count
