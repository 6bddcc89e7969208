"""From files, or none, to what is delineated: all that is wrong is found before anything is said."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from tyngdepunkt.analyses.contract import Brought, Made, Setting
from tyngdepunkt.analyses.labour_market_regions import ANALYSIS
from tyngdepunkt.analyses.labour_market_regions.assess import of_use
from tyngdepunkt.analyses.labour_market_regions.load_flows import read_flows, read_neighbours, read_travel
from tyngdepunkt.analyses.labour_market_regions.municipal import FIRST_YEAR, Recoded, recoded
from tyngdepunkt.analyses.labour_market_regions.norwegian_commuting import MOST_NAMED, Norway, norway
from tyngdepunkt.analyses.labour_market_regions.official_list_comparison import LIST_YEAR
from tyngdepunkt.analyses.labour_market_regions.parameters import (
    MOST_DRAWS,
    Commuting,
    DelineationParameters,
    Notice,
    thresholds_of,
)
from tyngdepunkt.analyses.labour_market_regions.question import Question
from tyngdepunkt.errors import Fault, Faults, UserError
from tyngdepunkt.methods.labour_markets.flows import Flows
from tyngdepunkt.places import Places

ROOM = "analyses.labour_market_regions"
PARTIAL = ("partial", "partial_lacks")
"""Notices of a country that matter whatever the method."""
_THRESHOLDS = ("min_size", "target_size", "min_self_containment", "target_self_containment")


@dataclass(frozen=True, slots=True)
class Asked:
    """What is delineated and how, and the head of the answer.

    Args:
        country: the snapshot's municipalities, where they are what is delineated.
        earlier: the same in the year of the official list, where its flows are brought.
    """

    commuting: Commuting
    ask: DelineationParameters
    notices: tuple[Notice, ...]
    country: Norway | None
    earlier: Norway | None
    made: Made


def resolve(brought: Mapping[str, Brought], question: Question, setting: Setting) -> Asked:
    """Read and check what is brought, or take the snapshot's own municipalities.

    Args:
        brought: `flows` and, with them, `travel`, `neighbours` and `before`; all of them may be left out.
        question: what is asked. The places are the snapshot's municipalities where there are no flows, or
            where the flows are of a `year`.
        setting: gives the snapshot.

    Raises:
        UserError: everything that is wrong with files and parameters.
    """
    faults = Faults()
    municipal = "flows" not in brought or question.year is not None
    ask = _ask(question, "ba" if municipal else "euro", faults, setting)
    _check(brought, ask, municipal, faults, setting)
    given = read_flows(brought["flows"], faults) if "flows" in brought else None
    reader = _Countries(brought, question, setting, faults)
    country, earlier = reader.both(given) if municipal else (None, None)
    commuting = country.commuting if country else given
    if commuting is None:  # there are faults, or there would have been a table
        faults.raise_if_any()
        raise AssertionError
    notices = _unused(brought, question, ask.method, setting)
    if country is not None:
        asked = replace(ask, minutes=country.minutes, base=country.base)
        ask = replace(asked, centres=country.centres, other_mode=country.other_mode)
        notices += tuple(each for each in country.notices if ask.method == "ba" or each.key in PARTIAL)
        notices += of_use(given.notices, ask) if given is not None else ()
    elif ask.method == "ba":
        notices += (Notice("no_centres", {}),)
    if "travel" in brought and given is not None:
        minutes, more = read_travel(brought["travel"], commuting, faults)
        ask, notices = replace(ask, minutes=minutes), notices + more
    if "neighbours" in brought:
        pairs, more = read_neighbours(brought["neighbours"], commuting, faults)
        ask, notices = replace(ask, neighbours=pairs), notices + more
    faults.raise_if_any()
    snapshot = setting.open_places().snapshot.id if municipal else None
    made = ANALYSIS.made(brought, question, snapshot=snapshot)
    return Asked(commuting, ask, notices, country, earlier, made)


def _ask(question: Question, usual: str, faults: Faults, setting: Setting) -> DelineationParameters:
    thresholds = thresholds_of({name: getattr(question, name) for name in _THRESHOLDS}, faults, setting.named)
    if not 0 <= question.draws <= MOST_DRAWS:
        values = {"given": question.draws, "most": MOST_DRAWS}
        faults.add(f"{ROOM}:draws_range", setting.named("draws"), **values)
    method = question.method or ("ba" if usual == "ba" else "euro")
    return DelineationParameters(method, thresholds=thresholds, draws=question.draws, seed=question.seed)


def _check(
    brought: Mapping[str, Brought],
    ask: DelineationParameters,
    municipal: bool,
    faults: Faults,
    setting: Setting,
) -> None:
    """Faults for files that do not go together."""
    travel = setting.named("travel")
    if "flows" not in brought and "travel" in brought:
        faults.add(f"{ROOM}:travel_alone", travel)
    if ask.method == "ba" and "travel" not in brought and not municipal:
        faults.add(f"{ROOM}:needs_travel", travel)
    if "before" in brought and not (municipal and ask.method == "ba"):
        faults.add(f"{ROOM}:before_alone", setting.named("before"))


def _unused(
    brought: Mapping[str, Brought], question: Question, method: str, setting: Setting
) -> tuple[Notice, ...]:
    """A notice of what is given and the method has no use for."""
    given = [name for name in _THRESHOLDS if getattr(question, name) is not None] if method != "euro" else []
    if "travel" in brought and method != "ba":
        given.append("travel")
    options = [setting.named(name) for name in given]
    return (Notice("not_used", {"options": options, "method": method}),) if options else ()


@dataclass(frozen=True, slots=True)
class _Countries:
    """The snapshot's own municipalities in the year asked for, and in the year of the official list."""

    brought: Mapping[str, Brought]
    question: Question
    setting: Setting
    faults: Faults

    def both(self, given: Commuting | None) -> tuple[Norway, Norway | None]:
        """The two; None for the year of the list where no flows of it are brought."""
        before = read_flows(self.brought["before"], self.faults) if "before" in self.brought else None
        year, places = self.question.year, self.setting.open_places()
        if year is not None:
            self._check_year(places, year)
        self.faults.raise_if_any()
        now = None if given is None or year is None else recoded(places, given, year)
        then = None if before is None else recoded(places, before, LIST_YEAR)
        country = norway(places, year, *_parts(now))
        if then is None:
            return country, None
        only = country.commuting.places
        lacking = [country.commuting.names[code] for code in only if code not in set(then.whole)]
        if lacking:
            values = {"places": lacking[:MOST_NAMED], "count": len(lacking)}
            raise UserError(Fault(f"{ROOM}:before_lacks", values, self.setting.named("before")))
        return country, norway(places, LIST_YEAR, then.flows, only)

    def _check_year(self, places: Places, year: int) -> None:
        years, option = places.years("population"), self.setting.named("year")
        if not max(FIRST_YEAR, min(years)) <= year <= max(years):
            values = {"year": year, "first": FIRST_YEAR, "last": max(years)}
            self.faults.add(f"{ROOM}:year_range", option, **values)
        elif "flows" not in self.brought:
            whole = _whole_years(places)
            if str(year) not in whole:
                self.faults.add(f"{ROOM}:year_alone", option, year=year, years=whole)


def _whole_years(places: Places) -> list[str]:
    """Years of the snapshot's own commuting in which it lacks no municipality."""
    years = places.years("commuting") if places.has("commuting") else ()
    holes = places.rows("commuting", ("year",), quality="missing") if years else []
    return [str(each) for each in sorted(set(years) - {row[0] for row in holes})]


def _parts(found: Recoded | None) -> tuple[Flows | None, tuple[str, ...] | None]:
    return (None, None) if found is None else (found.flows, found.whole)
