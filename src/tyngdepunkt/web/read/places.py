"""The list of municipalities, filtered by what stands in the address."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from tyngdepunkt.errors import Faults
from tyngdepunkt.figures import Quality
from tyngdepunkt.places import Municipality, Places
from tyngdepunkt.web.answers.places import PlaceRow

CLASSES = range(1, 7)
CSV_HEAD = (
    "code",
    "name",
    "county_code",
    "county",
    "centrality_class",
    "centrality_index",
    "region",
    "region_name",
    "is_centre",
    "persons",
    "year",
    "quality",
)


@dataclass(frozen=True, slots=True)
class Filter:
    """What is asked for; empty means all. `centre` is `yes` or `no`."""

    county: str = ""
    klass: str = ""
    centre: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A municipality in the list; `persons` is None where it is not known."""

    place: Municipality
    persons: float | None
    quality: Quality


@dataclass(frozen=True, slots=True)
class PlaceList:
    """The municipalities that were asked for, and the year their inhabitants were counted."""

    rows: tuple[Row, ...]
    year: int
    asked: Filter

    @property
    def counties(self) -> dict[tuple[str, str], list[Row]]:
        """The rows by county: (number, name) → its municipalities."""
        found: dict[tuple[str, str], list[Row]] = {}
        for row in self.rows:
            found.setdefault((row.place.county_code, row.place.county_name), []).append(row)
        return found


def place_list(places: Places, asked: Filter) -> PlaceList:
    """Municipalities by number.

    Raises:
        UserError: a county, a class or an answer that does not exist.
    """
    _check(places, asked)
    year = max(places.years("population"), default=0)
    columns = ("municipality", "persons", "quality")
    persons = {row[0]: row[1:] for row in places.rows("population", columns, year=year)}
    found = [
        _row(place, *persons.get(code, (None, Quality.MISSING)))
        for code, place in places.municipalities.items()
        if _fits(place, asked)
    ]
    return PlaceList(tuple(found), year, asked)


def _row(place: Municipality, persons: float | None, quality: str) -> Row:
    return Row(place, None if persons is None else float(persons), Quality(quality))


def all_counties(places: Places) -> Sequence[tuple[str, str]]:
    """Number and name of every county."""
    return sorted({(place.county_code, place.county_name) for place in places.municipalities.values()})


def document(row: Row, year: int) -> PlaceRow:
    """A row as JSON."""
    return PlaceRow(*next(iter(cells([row], year))))


def cells(rows: Sequence[Row], year: int) -> Iterator[tuple[Any, ...]]:
    """Rows with the columns of `CSV_HEAD`."""
    for row in rows:
        place = row.place
        head = (place.code, place.name, place.county_code, place.county_name)
        mark = (
            place.centrality_class,
            place.centrality_index,
            place.region,
            place.region_name,
            place.is_centre,
        )
        yield (*head, *mark, row.persons, year, row.quality.value)


def _check(places: Places, asked: Filter) -> None:
    faults = Faults()
    counties = [code for code, _ in all_counties(places)]
    if asked.county and asked.county not in counties:
        faults.add("web.read:county", "county", value=asked.county[:40], known=counties)
    if asked.klass and asked.klass not in map(str, CLASSES):
        faults.add("web.read:class", "class", value=asked.klass[:40])
    if asked.centre not in ("", "yes", "no"):
        faults.add("web.read:centre", "centre", value=asked.centre[:40])
    faults.raise_if_any()


def _fits(place: Municipality, asked: Filter) -> bool:
    return (
        asked.county in ("", place.county_code)
        and asked.klass in ("", str(place.centrality_class))
        and asked.centre in ("", "yes" if place.is_centre else "no")
    )
