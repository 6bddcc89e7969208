"""Two to five municipalities side by side: figures in rows, places in columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from tyngdepunkt.errors import Faults, UserError
from tyngdepunkt.places import Municipality, Notice, Places
from tyngdepunkt.web.read.place import PlacePage, place_page
from tyngdepunkt.web.read.told import Told

LEAST, MOST = 2, 5
LONGEST_QUERY = 40
"""More places than this in one address are not even looked up."""
CSV_HEAD = ("figure", "label", "code", "name", "value", "unit", "year", "quality", "about")


@dataclass(frozen=True, slots=True)
class Row:
    """One figure for every place, in the order of the places; None where a place has no such figure."""

    id: str
    label: str
    cells: tuple[Told | None, ...]

    @property
    def first(self) -> Told:
        """Any cell that is there, for what they share."""
        return next(cell for cell in self.cells if cell is not None)


@dataclass(frozen=True, slots=True)
class Comparison:
    """The places, the figures, and what to tell of names that were taken as something else."""

    places: tuple[Municipality, ...]
    rows: tuple[Row, ...]
    notices: tuple[Notice, ...]

    @property
    def query(self) -> dict[str, list[str]]:
        """The address of this comparison, with the numbers of today."""
        return {"place": [place.code for place in self.places]}


def find(places: Places, asked: Sequence[str]) -> tuple[tuple[Municipality, ...], tuple[Notice, ...]]:
    """The municipalities asked for, each once, and notices of old numbers and towns.

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
    return Comparison(chosen, tuple(rows), notices)


def figures_of(page: PlacePage) -> dict[str, Told]:
    """Every figure of a place by its name; an indicator has a prefix, since a fact may share its name."""
    facts = {told.id: told for told in page.facts}
    return facts | {f"indicator.{told.id}": told for told in page.indicators}


def _row(name: str, cells: tuple[Told | None, ...]) -> Row:
    label = next(cell.label for cell in cells if cell is not None)
    return Row(name, label, cells)


def document(found: Comparison) -> dict[str, Any]:
    """The comparison as JSON."""
    return {
        "places": [{"code": place.code, "name": place.name} for place in found.places],
        "figures": [
            {
                "id": row.id,
                "label": row.label,
                "values": {
                    place.code: None if cell is None else cell.as_json()
                    for place, cell in zip(found.places, row.cells, strict=True)
                },
            }
            for row in found.rows
        ],
    }


def rows(found: Comparison) -> Iterator[tuple[Any, ...]]:
    """One row per figure and place, with the columns of `CSV_HEAD`."""
    for row in found.rows:
        for place, cell in zip(found.places, row.cells, strict=True):
            if cell is not None:
                figure = cell.figure
                mark = (figure.value, figure.unit, cell.year, figure.quality.value, cell.about)
                yield (row.id, row.label, place.code, place.name, *mark)
