"""Two to five municipalities side by side: figures in rows, places in columns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tyngdepunkt import texts
from tyngdepunkt.errors import Faults, UserError
from tyngdepunkt.figures import Source
from tyngdepunkt.places import Municipality, Notice, Places
from tyngdepunkt.places.profile_answer import named
from tyngdepunkt.places.region_profile import Amount, since_first
from tyngdepunkt.web.answers import places as answers
from tyngdepunkt.web.answers import shared
from tyngdepunkt.web.read import svg_cache
from tyngdepunkt.web.read.figure_display import DisplayFigure
from tyngdepunkt.web.read.place import PlacePage, place_page
from tyngdepunkt.web.read.place import said as said_series

LEAST, MOST = 2, 5
_TOLD = ("population_last", "population_change", "centrality_index", "employed_workplace", "self_containment")
"""Figures whose differences are told in words."""
LONGEST_QUERY = 40
"""More places than this in one address are not even looked up."""
CSV_HEAD = ("figure", "label", "code", "name", "value", "unit", "year", "quality", "about", "tables")


@dataclass(frozen=True, slots=True)
class Row:
    """One figure for every place, in the order of the places; None where a place has no such figure."""

    id: str
    label: str
    cells: tuple[DisplayFigure | None, ...]

    @property
    def sources(self) -> tuple[Source, ...]:
        """Where the figures of the row came from, each once."""
        told = (source for cell in self.cells if cell for source in cell.sources)
        return tuple({source.table: source for source in told}.values())

    @property
    def notes(self) -> tuple[str, ...]:
        """What one must know of them, each said once."""
        return tuple(dict.fromkeys(cell.note for cell in self.cells if cell and cell.note))

    @property
    def first(self) -> DisplayFigure:
        """Any cell that is there, for what they share."""
        return next(cell for cell in self.cells if cell is not None)


@dataclass(frozen=True, slots=True)
class Drawn:
    """A chart with the same in words, the figures behind it (one series per place) and their sources."""

    svg: str
    said: str
    amounts: tuple[tuple[Amount, ...], ...]
    behind: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """The places, the figures, and what to tell of names that were taken as something else.

    Args:
        pages: everything that is known of each place, in the same order.
        differences: what parts the places most, in sentences.
    """

    places: tuple[Municipality, ...]
    pages: tuple[PlacePage, ...]
    rows: tuple[Row, ...]
    notices: tuple[Notice, ...]
    differences: tuple[str, ...]

    @property
    def query(self) -> dict[str, list[str]]:
        """The address of this comparison, with the numbers of today."""
        return {"place": [place.code for place in self.places]}

    def without(self, code: str) -> dict[str, list[str]]:
        """The address of the comparison without one of its places."""
        return {"place": [place.code for place in self.places if place.code != code]}


def find(places: Places, asked: Sequence[str]) -> tuple[tuple[Municipality, ...], tuple[Notice, ...]]:
    """Resolve the places that are to be compared.

    Args:
        places: resolves them.
        asked: names or numbers, as they were written; blank ones are ignored.

    Returns:
        The municipalities, each once and in the order asked for, and notices of old numbers and towns.

    Raises:
        UserError: all that is wrong at once: unknown places, too few, too many.
    """
    faults, found, notices = Faults(), dict[str, Municipality](), list[Notice]()
    wanted = [name for name in asked if name.strip()]
    if len(wanted) > MOST:
        faults.add("web.read:too_many", "place", count=len(wanted), most=MOST)
    for place, name in enumerate(wanted[:LONGEST_QUERY], start=1):
        try:
            resolved = places.resolve(name, f"place {place}")
        except UserError as error:
            faults.extend(error.faults)
            continue
        found[resolved.municipality.code] = resolved.municipality
        notices += [resolved.notice] if resolved.notice else []
    if len(found) < LEAST and not faults:
        faults.add("web.read:too_few", "place", most=MOST)
    faults.raise_if_any()
    return tuple(found.values()), tuple(notices)


def comparison(places: Places, asked: Sequence[str], lang: str) -> Comparison:
    """The read model of a comparison.

    Raises:
        UserError: see `find`.
    """
    chosen, notices = find(places, asked)
    pages = [place_page(places, place.code, lang) for place in chosen]
    columns = [figures_of(page) for page in pages]
    order = dict.fromkeys(name for column in columns for name in column)
    rows = [_row(name, tuple(column.get(name) for column in columns)) for name in order]
    said = (_difference(row, chosen, lang) for row in rows if row.id in _TOLD)
    return Comparison(chosen, tuple(pages), tuple(rows), notices, tuple(filter(None, said)))


def _difference(row: Row, places: Sequence[Municipality], lang: str) -> str:
    """The place with most and the one with least, with both figures; empty where all are the same."""
    known = [
        (cell.figure.value, cell.text, place.name)
        for place, cell in zip(places, row.cells, strict=True)
        if cell and cell.figure.value is not None
    ]
    if len(known) < LEAST:
        return ""
    (least, low, last), (most, high, first) = min(known), max(known)
    if low == high or least == most:
        return ""
    values = {"label": row.label, "first": first, "last": last, "high": high, "low": low}
    return texts.text("web.read:difference", lang, **values)


def charts(places: Places, found: Comparison, titles: Mapping[str, str], lang: str) -> dict[str, Drawn]:
    """Series of all the places in one chart each: 100 in the first year, and the figures themselves.

    `titles` are `population`, `residents`, `workplace` → what is counted.
    """
    drawn = {}
    codes = tuple(place.code for place in found.places)
    for name, title in titles.items():
        amounts: list[tuple[Amount, ...]] = [getattr(page, name) for page in found.pages]
        names = [place.name for place in found.places]
        lines = [(name, since_first(one)) for name, one in zip(names, amounts, strict=True)]
        said = [said_series(name, one, lang) for name, one in zip(names, amounts, strict=True)]
        first = min((one.year for one in amounts[0]), default=0)
        said_title = texts.text("web.read:index", lang, name=title, year=str(first))
        svg = svg_cache.series_chart(places, ("compare", name, codes), lines, (said_title, lang))
        part = "people" if name == "population" else "work"
        drawn[name] = Drawn(svg, " ".join(said), tuple(amounts), found.pages[0].behind[part])
    return drawn


def figures_of(page: PlacePage) -> dict[str, DisplayFigure]:
    """Every figure of a place by its name; an indicator has a prefix, since a fact may share its name."""
    facts = {told.id: told for told in page.facts}
    return facts | {f"indicator.{told.id}": told for told in page.indicators}


def _row(name: str, cells: tuple[DisplayFigure | None, ...]) -> Row:
    label = next(cell.label for cell in cells if cell is not None)
    return Row(name, label, cells)


def document(found: Comparison) -> answers.Comparison:
    """The comparison as JSON."""
    codes = [place.code for place in found.places]
    return answers.Comparison(
        places=[named(place) for place in found.places],
        figures=[answers.ComparedFigure(row.id, row.label, _values(row, codes)) for row in found.rows],
        series=answers.ComparedSeries(
            **{
                name: {page.municipality.code: getattr(page, name) for page in found.pages}
                for name in ("population", "residents", "workplace")
            }
        ),
        differences=found.differences,
        sources=[source.in_words() for source in _sources(found)],
    )


def _values(row: Row, codes: Sequence[str]) -> dict[str, shared.Figure | None]:
    return {
        code: None if cell is None else cell.answer() for code, cell in zip(codes, row.cells, strict=True)
    }


def _sources(found: Comparison) -> list[Source]:
    return list({source.table: source for row in found.rows for source in row.sources}.values())


def rows(found: Comparison) -> Iterator[tuple[Any, ...]]:
    """One row per figure and place, with the columns of `CSV_HEAD`."""
    for row in found.rows:
        for place, cell in zip(found.places, row.cells, strict=True):
            if cell is not None:
                figure = cell.figure
                tables = " ".join(source.table for source in figure.sources)
                mark = (figure.value, figure.unit, cell.year, figure.quality.value, cell.about, tables)
                yield (row.id, row.label, place.code, place.name, *mark)
