"""A figure as it is shown: its name, its value in words, and everything behind it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from tyngdepunkt import texts
from tyngdepunkt.figures import Figure, Quality, Source, absent
from tyngdepunkt.indicators import Indicator, Question, all_indicators, in_language
from tyngdepunkt.json_types import from_attributes
from tyngdepunkt.places import Places
from tyngdepunkt.places.profile import Fact
from tyngdepunkt.places.region_profile import Amount
from tyngdepunkt.web.answers import shared as answers

SHOWN = (
    "recruitment_45",
    "recruitment_60",
    "labour_market_size",
    "job_coverage",
    "working_age_growth",
    "education_share",
    "unemployment",
    "oslo_minutes",
    "largest_town",
    "state_activity",
    "users_60",
)
"""Indicators that say something of a place without a case; those of the profile are not repeated."""

OF_A_REGION = ("labour_market_size", "job_coverage", "working_age_growth")


@dataclass(frozen=True, slots=True)
class DisplayFigure:
    """A figure ready to be shown.

    Args:
        label: what it is, in the reader's language.
        text: the value in words, or why it is not there.
        year: of the figure; the last of them where it is a change.
        start: the year that a change is counted from.
        about: what the value is about, for instance the name of the airport.
        note: what one must know of it, in words.
    """

    id: str
    label: str
    text: str
    figure: Figure
    year: int | None = None
    about: str = ""
    note: str = ""
    start: int | None = None

    @property
    def sources(self) -> tuple[Source, ...]:
        """Where it came from."""
        return self.figure.sources

    def answer(self) -> answers.Figure:
        """The figure for a program; the value is None where there is none."""
        figure = self.figure
        return from_attributes(
            answers.Figure,
            figure,
            id=self.id,
            label=self.label,
            value=figure.value if figure.value is None else round(figure.value, 4),
            year=self.year,
            about=self.about or None,
            note=self.note or None,
            tables=[source.table for source in figure.sources],
        )


def of_fact(fact: Fact, places: Places, lang: str) -> DisplayFigure:
    """A fact of a profile."""
    label = texts.text(f"places:facts.{fact.id}", lang, name="").rstrip(": ")
    return DisplayFigure(
        fact.id,
        label,
        in_words(fact.figure, lang),
        local(fact.figure, places, lang),
        fact.year,
        fact.name,
        _why_missing(fact.figure, lang),
    )


def _why_missing(figure: Figure, lang: str) -> str:
    """Why a fact is not there; an indicator says so itself."""
    if figure.quality is not Quality.MISSING:
        return ""
    return texts.text("web.read:no_row" if figure.sources else "web.read:no_table", lang)


def of_indicators(
    places: Places, codes: Sequence[str], lang: str, names: Sequence[str] = SHOWN
) -> dict[str, list[DisplayFigure]]:
    """Indicators that need no case: id → one figure per municipality, in the order asked for."""
    question = Question(date=dt.date(2000, 1, 1))  # none of these looks at the case
    found = {}
    for name in names:
        indicator = all_indicators()[name]
        figures = indicator.compute(places, question, codes)
        found[name] = [_of_indicator(indicator, figure, places, lang) for figure in figures]
    return found


def _of_indicator(indicator: Indicator, figure: Figure, places: Places, lang: str) -> DisplayFigure:
    note = texts.text(figure.note, lang, **dict(figure.note_values)) if figure.note else ""
    said = texts.choose(indicator.explanation, lang)
    words = in_words(figure, lang, indicator.decimals)
    label = texts.choose(indicator.title, lang)
    return DisplayFigure(
        indicator.id, label, words, local(figure, places, lang), note=f"{said} {note}".strip()
    )


def of_amount(
    name: str, label: str, table: str, amount: Amount, context: tuple[Places, str]
) -> DisplayFigure:
    """An amount of a series."""
    places, lang = context
    source = places.source(table, lang=lang)
    figure = (
        absent("persons", amount.quality, "", source)
        if amount.persons is None
        else Figure(amount.persons, "persons", amount.quality, (source,))
    )
    return DisplayFigure(name, label, in_words(figure, lang), figure, amount.year)


def in_words(figure: Figure, lang: str, decimals: int = 0) -> str:
    """The value in words: 1 234, 12,3 %, 45 min, or why it is missing."""
    if figure.value is None:
        return texts.text(f"places:quality.{figure.quality}", lang)
    if figure.unit in ("share", "change"):
        return texts.text(f"places:units.{figure.unit}", lang, value=figure.value)
    if figure.unit == "minutes":
        return texts.text("places:units.minutes", lang, value=figure.value)
    return texts.number(figure.value, decimals, lang)


def local(figure: Figure, places: Places, lang: str) -> Figure:
    """The figure with everything its sources say of themselves in the reader's language."""
    sources = (in_language(source, places.snapshot, lang) for source in figure.sources)
    return replace(figure, sources=tuple(sources))


def of_tables(places: Places, lang: str, *tables: str) -> tuple[Source, ...]:
    """The sources of a whole table of figures; those that the snapshot does not have are left out."""
    return tuple(places.source(table, lang=lang) for table in tables if places.has(table))
