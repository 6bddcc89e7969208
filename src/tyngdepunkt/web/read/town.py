"""A town as a page, a JSON document and a CSV file show it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from tyngdepunkt import texts
from tyngdepunkt.errors import Fault, UserError
from tyngdepunkt.figures import Figure, Quality, absent
from tyngdepunkt.indicators.columns import remember
from tyngdepunkt.json_types import from_attributes
from tyngdepunkt.places import Municipality, Places, Town
from tyngdepunkt.places.municipalities import read_towns
from tyngdepunkt.places.profile_answer import named
from tyngdepunkt.web.answers import regions as answers
from tyngdepunkt.web.read.figure_display import DisplayFigure, in_words
from tyngdepunkt.web.read.place import place_page

CSV_HEAD = ("town", "name", "municipality", "municipality_name", "persons", "date", "lat", "lon")


@dataclass(frozen=True, slots=True)
class TownPage:
    """A town, the municipalities it lies in, and the other towns of those; `rank` is its place by size.

    `facts` are the figures of each municipality it lies in.
    """

    town: Town
    persons: DisplayFigure
    municipalities: tuple[Municipality, ...]
    others: tuple[Town, ...]
    rank: int | None
    count: int
    facts: tuple[tuple[Municipality, tuple[DisplayFigure, ...]], ...] = ()


def all_towns(places: Places) -> Mapping[str, Town]:
    """Every town by number, the largest first."""

    def make() -> Mapping[str, Town]:
        found = read_towns(places) if places.has("town") else []
        order = sorted(found, key=lambda town: (-(town.persons or 0), town.number))
        return {town.number: town for town in order}

    return remember(places, "web.towns", make)


def town_page(places: Places, number: str, lang: str) -> TownPage:
    """The read model of one town.

    Raises:
        UserError: no such town.
    """
    towns = all_towns(places)
    town = towns.get(number)
    if town is None:
        raise UserError(Fault("web.read:no_town", {"value": number[:40]}))
    others = {
        other.number: other
        for code in town.municipalities
        for other in places.towns(code)
        if other.number != number
    }
    known = [other.number for other in towns.values() if other.persons is not None]
    return TownPage(
        town=town,
        persons=_persons(places, town, lang),
        municipalities=tuple(places.municipalities[code] for code in town.municipalities),
        others=tuple(sorted(others.values(), key=lambda other: (-(other.persons or 0), other.number))),
        rank=known.index(number) + 1 if number in known else None,
        count=len(known),
        facts=tuple(
            (places.municipalities[c], place_page(places, c, lang).facts) for c in town.municipalities
        ),
    )


def _persons(places: Places, town: Town, lang: str) -> DisplayFigure:
    source = places.source("town", lang=lang)
    if town.persons is None:
        figure = absent("persons", Quality.MISSING, "", source)
    else:
        figure = Figure(float(town.persons), "persons", sources=(source,))
    year = int(str(town.date)[:4]) if town.date else None
    label = texts.text("places:facts.population_last", lang)
    return DisplayFigure("persons", label, in_words(figure, lang), figure, year)


def document(page: TownPage) -> answers.Town:
    """The town as JSON."""
    return from_attributes(
        answers.Town,
        summary(page.town),
        municipalities=[named(place) for place in page.municipalities],
        quality=page.persons.figure.quality,
        rank=page.rank,
        rank_of=page.count,
        other_towns=[summary(town) for town in page.others],
        sources=[source.in_words() for source in page.persons.sources],
    )


def summary(town: Town) -> answers.TownRow:
    """A town in a list."""
    return from_attributes(answers.TownRow, town, date=str(town.date) if town.date else None)


def rows(page: TownPage) -> Iterator[tuple[Any, ...]]:
    """One row per municipality the town lies in, with `CSV_HEAD`; persons are the whole town's."""
    town = page.town
    for place in page.municipalities:
        yield (town.number, town.name, place.code, place.name, town.persons, town.date, town.lat, town.lon)
