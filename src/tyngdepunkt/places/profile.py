"""Everything the snapshot knows of one place, as one page would show it.

Nothing is judged here. A figure that the snapshot does not have is there all the same,
marked missing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from tyngdepunkt.figures import Figure, Phrase, Quality, absent, phrase, weakest
from tyngdepunkt.places.borders import BorderChange, border_changes, moved
from tyngdepunkt.places.models import Municipality, Region, Town

if TYPE_CHECKING:
    from tyngdepunkt.places.store import Places

REACH = (45, 60, 90)  # minutes by car
_LARGEST_FLOWS = 5
_NEAREST_STOPS = 3


@dataclass(frozen=True, slots=True)
class Fact:
    """One figure of a place: `id` is its name in `texts.yaml`, `name` what it is about, if anything."""

    id: str
    figure: Figure
    year: int | None = None
    name: str = ""


@dataclass(frozen=True, slots=True)
class Flow:
    """People who commute to or from another municipality; None where hidden."""

    other: Municipality
    persons: float | None
    quality: Quality


@dataclass(frozen=True, slots=True)
class Stop:
    """An airport with scheduled traffic, or a railway station, and the minutes to it by car."""

    name: str
    minutes: float


@dataclass(frozen=True, slots=True)
class Break:
    """A border change that breaks the series: with whom, and whether the part came here."""

    change: BorderChange
    other: Municipality
    came: bool

    @property
    def told(self) -> Phrase:
        """What happened, and what it means for the change in population."""
        way = "came" if self.came else "went"
        if self.change.small:
            key = f"places:break.{way}_small"
        else:
            key = f"places:break.{way}" if self.change.persons is not None else f"places:break.{way}_unknown"
        persons = self.change.persons or 0.0
        area = "" if self.change.area == "–" else self.change.area
        return phrase(key, year=self.change.year, area=area, other=self.other.name, persons=persons)


@dataclass(frozen=True, slots=True)
class Profile:
    """What is known of one municipality.

    Args:
        region: its labour-market region; None where unknown.
        centres: the centre municipalities of that region.
        near: minutes → municipalities within them by car, the nearest first, without itself.
        breaks: border changes that break its series.
    """

    municipality: Municipality
    economic_region: tuple[str, str]
    region: Region | None
    centres: tuple[Municipality, ...]
    facts: Mapping[str, Fact]
    commuting_out: tuple[Flow, ...]
    commuting_in: tuple[Flow, ...]
    commuting_year: int | None
    airports: tuple[Stop, ...]
    stations: tuple[Stop, ...]
    near: Mapping[int, tuple[tuple[Municipality, float], ...]]
    towns: tuple[Town, ...]
    breaks: tuple[Break, ...] = ()


def profile(places: Places, code: str) -> Profile:
    """Gather what the snapshot knows of the municipality with this number of 2024."""
    municipality = places.municipalities[code]
    region = None if municipality.region is None else places.regions[municipality.region]
    flows = _Flows(places, code)
    airports, stations = _stops(places, code, "airport"), _stops(places, code, "railway")
    towns = places.towns(code) if places.has("town") else ()
    facts = [
        *_centrality(places, municipality),
        *_centre(places, municipality),
        *_population(places, code),
        *_employed(places, code),
        *flows.shares(),
        _stop_fact(places, "airport_minutes", airports),
        _stop_fact(places, "railway_minutes", stations),
        _town_fact(places, towns),
        *_industries_of_residents(places, code),
        *_vacancies(places, code),
    ]
    return Profile(
        municipality=municipality,
        economic_region=_economic_region(places, code),
        region=region,
        centres=tuple(places.municipalities[centre] for centre in region.centres) if region else (),
        facts={fact.id: fact for fact in facts},
        commuting_out=flows.largest("home", "work"),
        commuting_in=flows.largest("work", "home"),
        commuting_year=flows.year,
        airports=airports,
        stations=stations,
        near=_near(places, code),
        towns=towns,
        breaks=tuple(_breaks(places, code)),
    )


def _breaks(places: Places, code: str) -> Iterator[Break]:
    """Border changes of the municipality within the years of the population series."""
    years = places.years("population") if places.has("population") else ()
    for change in border_changes():
        other = change.giver if change.taker == code else change.taker
        within = len(years) > 1 and min(years) < change.year <= max(years)
        if within and change.touches(code) and other in places.municipalities:
            yield Break(change, places.municipalities[other], change.taker == code)


def _economic_region(places: Places, code: str) -> tuple[str, str]:
    rows = places.rows("municipality", ("economic_region_code", "economic_region_name"), code=code)
    return (rows[0][0] or "", rows[0][1] or "")


def _centrality(places: Places, place: Municipality) -> list[Fact]:
    year = _last_year(places, "centrality")
    return [
        _fact(places, "centrality_index", "centrality", (place.centrality_index, "points", year)),
        _fact(places, "centrality_class", "centrality", (place.centrality_class, "class", year)),
    ]


def _centre(places: Places, place: Municipality) -> list[Fact]:
    """Minutes and out-commuting to the region's centre, for those that are not a centre themselves.

    The source gives centres their own internal minutes and shares in the same columns.
    """
    if place.is_centre or place.region is None:
        return []
    minutes, out, quality = places.rows(
        "region_member", ("travel_minutes", "out_commuting", "quality"), municipality=place.code
    )[0]
    share = None if out is None else out / 100
    return [
        _fact(places, "centre_minutes", "region_member", (minutes, "minutes", None), quality),
        _fact(places, "centre_out_commuting", "region_member", (share, "share", None), quality),
    ]


def _population(places: Places, code: str) -> list[Fact]:
    rows = _rows(places, "population", ("year", "persons", "quality"), municipality=code)
    known = [row for row in rows if row[1] is not None]
    if not known:
        return [_nothing(places, "population_last", "population", "persons")]
    (first, before, old_quality), (last, now, quality) = known[0], known[-1]
    came = moved(code, first, last)
    value = now / (before + came) - 1 if before and came is not None else None
    change = (value, "change", last)
    crossed = [] if came == 0 else [Quality.ESTIMATED]
    both = weakest([Quality(old_quality), Quality(quality), *crossed])
    return [
        _fact(places, "population_first", "population", (before, "persons", first), old_quality),
        _fact(places, "population_last", "population", (now, "persons", last), quality),
        _fact(places, "population_change", "population", change, both),
        _working_age(places, code),
    ]


def _working_age(places: Places, code: str) -> Fact:
    """Share aged 20-66: the five-year groups 20-64 and two fifths of 65-69, so it is estimated."""
    year = _last_year(places, "population_age")
    rows = _rows(
        places, "population_age", ("age_from", "persons", "quality"), municipality=code, year=year or 0
    )
    ages = {age: persons for age, persons, _ in rows}
    if not rows or None in ages.values() or not sum(ages.values()):
        return _nothing(places, "share_20_66", "population_age", "share", year)
    working = sum(ages[age] for age in range(20, 65, 5)) + 0.4 * ages[65]
    quality = weakest([Quality.ESTIMATED, *(Quality(row[2]) for row in rows)])
    return _fact(
        places, "share_20_66", "population_age", (working / sum(ages.values()), "share", year), quality
    )


def _employed(places: Places, code: str) -> list[Fact]:
    year = _last_year(places, "employed")
    columns = ("residents", "workplace", "quality")
    rows = _rows(places, "employed", columns, municipality=code, year=year or 0)
    residents, workplace, quality = rows[0] if rows else (None, None, Quality.MISSING)
    return [
        _fact(places, "employed_residents", "employed", (residents, "persons", year), quality),
        _fact(places, "employed_workplace", "employed", (workplace, "persons", year), quality),
    ]


class _Flows:
    """The commuting matrix as one municipality sees it."""

    def __init__(self, places: Places, code: str) -> None:
        self._places = places
        self._code = code
        self.year = _last_year(places, "commuting")

    def shares(self) -> list[Fact]:
        """How many of those who live here work here, and of those who work here live here.

        The wholes are the employed residents and jobs of the register: the matrix lacks residents who
        work on the shelf, on Svalbard or at a place that is not known, and they do not work here.
        """
        return [
            self._share("self_containment", "home", "residents"),
            self._share("jobs_held_locally", "work", "workplace"),
        ]

    def largest(self, own: str, other: str) -> tuple[Flow, ...]:
        """The largest flows to (`home`, `work`) or from (`work`, `home`) other municipalities."""
        rows = [row for row in self._all(own, other) if row[0] != self._code]
        rows.sort(key=lambda row: (-(row[1] or 0), row[0]))
        known = self._places.municipalities
        return tuple(
            Flow(known[code], persons, Quality(mark)) for code, persons, mark in rows[:_LARGEST_FLOWS]
        )

    def _share(self, name: str, own: str, whole: str) -> Fact:
        stay = _rows(
            self._places,
            "commuting",
            ("persons", "quality"),
            home=self._code,
            work=self._code,
            year=self.year or 0,
        )
        total = _rows(
            self._places, "employed", (whole, "quality"), municipality=self._code, year=self.year or 0
        )
        known = [*stay, *total]
        if len(known) < 2 or not total[0][0] or stay[0][0] is None:
            return _nothing(self._places, name, "commuting", "share", self.year)
        quality = weakest(Quality(row[1]) for row in known)
        return _fact(self._places, name, "commuting", (stay[0][0] / total[0][0], "share", self.year), quality)

    def _all(self, own: str, other: str) -> list[tuple[Any, ...]]:
        where = {own: self._code, "year": self.year or 0}
        return _rows(self._places, "commuting", (other, "persons", "quality"), **where)


def _stops(places: Places, code: str, kind: str) -> tuple[Stop, ...]:
    rows = _rows(places, "access_time", ("minutes", "name"), municipality=code, kind=kind)
    return tuple(Stop(name, minutes) for minutes, name in rows[:_NEAREST_STOPS] if minutes is not None)


def _stop_fact(places: Places, name: str, stops: tuple[Stop, ...]) -> Fact:
    """Computed travel times are estimates, whatever road they were computed on."""
    if not stops:
        return replace(_nothing(places, name, "access_time", "minutes"), name="–")
    told = (stops[0].minutes, "minutes", None)
    return _fact(places, name, "access_time", told, Quality.ESTIMATED, stops[0].name)


def _town_fact(places: Places, towns: tuple[Town, ...]) -> Fact:
    if not towns or towns[0].persons is None:
        name = towns[0].name if towns else "–"
        return replace(_nothing(places, "largest_town", "town", "persons"), name=name)
    year = int(towns[0].date[:4]) if towns[0].date else None
    told = (towns[0].persons, "persons", year)
    return _fact(places, "largest_town", "town", told, Quality.MEASURED, towns[0].name)


def _industries_of_residents(places: Places, code: str) -> Iterator[Fact]:
    """Share of the employed residents who work in each group of industries, wherever they work."""
    year = _last_year(places, "residents_by_industry")
    columns = ("industry", "persons", "quality")
    of = {
        industry: (persons, quality)
        for industry, persons, quality in _rows(
            places, "residents_by_industry", columns, municipality=code, year=year
        )
    }
    all_of_them = of.pop("00-99", (None, Quality.MISSING))[0]
    for industry, (persons, quality) in of.items():
        if f"residents_{industry}" in _INDUSTRIES:
            share = persons / all_of_them if all_of_them and persons is not None else None
            yield _fact(
                places, f"residents_{industry}", "residents_by_industry", (share, "share", year), quality
            )


def _vacancies(places: Places, code: str) -> Iterator[Fact]:
    """Advertisements that were active when they were counted; none at all is a counted zero."""
    days = _rows(places, "vacancy", ("day",))
    if days:
        rows = places.rows("vacancy", ("advertisements",), municipality=code)
        told = (sum(count for (count,) in rows), "advertisements", days[0][0].year)
        yield _fact(places, "vacancies", "vacancy", told)


def _near(places: Places, code: str) -> dict[int, tuple[tuple[Municipality, float], ...]]:
    """Read from the table, not from the matrix: one place does not need numpy."""
    there = [
        *_rows(places, "travel_time", ("minutes", "destination"), origin=code),
        *_rows(places, "travel_time", ("minutes", "origin"), destination=code),
    ]
    known = places.municipalities
    return {
        reach: tuple((known[other], minutes) for minutes, other in sorted(there) if minutes <= reach)
        for reach in (REACH if there else ())
    }


_INDUSTRIES = tuple(f"residents_{group}" for group in ("01-03", "10-33", "84", "85", "86-88"))
"""Facts that have words: a table of other groups is read, and the rest of it is not shown."""


def _fact(
    places: Places,
    name: str,
    table: str,
    told: tuple[float | None, str, int | None],
    quality: str = Quality.MEASURED,
    about: str = "",
) -> Fact:
    """A figure with its source; one without a value keeps the reason, or is missing."""
    value, unit, year = told
    source = places.source(table)
    mark = Quality(quality)
    if value is None:
        reason = Quality.MISSING if mark.has_value else mark
        return Fact(name, absent(unit, reason, "", source), year, about)
    return Fact(name, Figure(float(value), unit, mark, (source,)), year, about)


def _nothing(places: Places, name: str, table: str, unit: str, year: int | None = None) -> Fact:
    """A figure that is not there, with the table that ought to have had it."""
    looked_in = (places.source(table),) if places.has(table) else ()
    return Fact(name, absent(unit, Quality.MISSING, "", *looked_in), year)


def _rows(places: Places, table: str, columns: tuple[str, ...], **where: Any) -> list[tuple[Any, ...]]:
    return places.rows(table, columns, **where) if places.has(table) else []


def _last_year(places: Places, table: str) -> int | None:
    return max(places.years(table), default=None) if places.has(table) else None
