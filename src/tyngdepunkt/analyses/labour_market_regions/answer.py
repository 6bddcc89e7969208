"""From files, or none, to regions: what the command and the pages ask."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from tyngdepunkt.analyses.labour_market_regions.assess import Delineated, delineate, of_use
from tyngdepunkt.analyses.labour_market_regions.compare import LIST_YEAR, Comparison, compare
from tyngdepunkt.analyses.labour_market_regions.municipal import FIRST_YEAR, Recoded, recoded
from tyngdepunkt.analyses.labour_market_regions.norway import MOST_NAMED, Norway, norway
from tyngdepunkt.analyses.labour_market_regions.question import Ask, Commuting, Notice
from tyngdepunkt.analyses.labour_market_regions.read import read_flows, read_neighbours, read_travel
from tyngdepunkt.errors import Fault, Faults, UserError
from tyngdepunkt.methods.labour_markets.flows import Flows
from tyngdepunkt.places import Places, open_places

PARTIAL = ("partial", "partial_lacks")
"""Notices of a country that matter whatever the method."""


@dataclass(frozen=True, slots=True)
class Files:
    """What a person brings.

    Args:
        flows: commuting, or None for the snapshot's own.
        travel: travel times between the places of `flows`.
        neighbours: places that border on each other.
        year: the places of `flows` are municipalities by their numbers of this year; without flows, the
            year of the snapshot's own commuting.
        before: flows between municipalities in the year the official list was made from.
    """

    flows: Path | None = None
    travel: Path | None = None
    neighbours: Path | None = None
    year: int | None = None
    before: Path | None = None

    @property
    def municipal(self) -> bool:
        """Whether the places are the snapshot's municipalities."""
        return self.flows is None or self.year is not None


@dataclass(frozen=True, slots=True)
class Answer:
    """Regions, and, for municipalities, the country they were found in and how the list differs."""

    found: Delineated
    country: Norway | None = None
    comparison: Comparison | None = None


def answer(files: Files, ask: Ask, faults: Faults, notices: tuple[Notice, ...] = ()) -> Answer:
    """Regions of what a person brings, or of the snapshot.

    Args:
        files: what is brought.
        ask: method, thresholds, draws and seed; what the method needs besides is found here.
        faults: what is already known to be wrong; all faults are told at once.
        notices: what the reader should know already.

    Raises:
        UserError: everything that is wrong.
    """
    _check(files, ask, faults)
    given = None if files.flows is None else read_flows(files.flows, faults)
    country, earlier = _countries(files, given, faults) if files.municipal else (None, None)
    commuting = country.commuting if country else given
    if commuting is None:  # there are faults, or there would have been a table
        faults.raise_if_any()
        raise AssertionError
    if country is not None:
        asked = replace(ask, minutes=country.minutes, base=country.base)
        ask = replace(asked, centres=country.centres, other_mode=country.other_mode)
        notices += tuple(each for each in country.notices if ask.method == "ba" or each.key in PARTIAL)
        notices += of_use(given.notices, ask) if given is not None else ()
    elif ask.method == "ba":
        notices += (Notice("no_centres", {}),)
    if files.travel is not None and files.flows is not None:
        minutes, more = read_travel(files.travel, commuting, faults)
        ask, notices = replace(ask, minutes=minutes), notices + more
    if files.neighbours is not None:
        pairs, more = read_neighbours(files.neighbours, commuting, faults)
        ask, notices = replace(ask, neighbours=pairs), notices + more
    faults.raise_if_any()
    found = delineate(commuting, ask, notices)
    if country is None or ask.method != "ba":
        return Answer(found, country)
    return Answer(found, country, compare(found, country, earlier))


def _check(files: Files, ask: Ask, faults: Faults) -> None:
    """Faults for files that do not go together."""
    if files.flows is None and files.travel is not None:
        faults.add("analyses.labour_market_regions:travel_alone", "--travel")
    if ask.method == "ba" and files.travel is None and not files.municipal:
        faults.add("analyses.labour_market_regions:needs_travel", "--travel")
    if files.before is not None and not (files.municipal and ask.method == "ba"):
        faults.add("analyses.labour_market_regions:before_alone", "--before")


def _check_own_year(places: Places, year: int, faults: Faults) -> None:
    """A fault for a year the snapshot's own commuting lacks, or lacks a municipality in."""
    years = places.years("commuting") if places.has("commuting") else ()
    holes = places.rows("commuting", ("year",), quality="missing") if years else []
    whole = [str(each) for each in sorted(set(years) - {row[0] for row in holes})]
    if str(year) not in whole:
        faults.add("analyses.labour_market_regions:year_alone", "--year", year=year, years=whole)


def _countries(files: Files, given: Commuting | None, faults: Faults) -> tuple[Norway | None, Norway | None]:
    """The snapshot's own municipalities in the year asked for, and in the year of the official list."""
    before = None if files.before is None else read_flows(files.before, faults)
    with open_places() as places:
        years = places.years("population")
        if files.year is not None and not max(FIRST_YEAR, min(years)) <= files.year <= max(years):
            faults.add(
                "analyses.labour_market_regions:year_range",
                "--year",
                year=files.year,
                first=FIRST_YEAR,
                last=max(years),
            )
        elif files.flows is None and files.year is not None:
            _check_own_year(places, files.year, faults)
        faults.raise_if_any()
        now = None if given is None or files.year is None else recoded(places, given, files.year)
        then = None if before is None else recoded(places, before, LIST_YEAR)
        country = norway(places, files.year, *_parts(now))
        if then is None:
            return country, None
        only = country.commuting.places
        lacking = [country.commuting.names[code] for code in only if code not in set(then.whole)]
        if lacking:
            values = {"places": lacking[:MOST_NAMED], "count": len(lacking)}
            raise UserError(Fault("analyses.labour_market_regions:before_lacks", values, "--before"))
        return country, norway(places, LIST_YEAR, then.flows, only)


def _parts(found: Recoded | None) -> tuple[Flows | None, tuple[str, ...] | None]:
    return (None, None) if found is None else (found.flows, found.whole)
