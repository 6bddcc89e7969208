"""A municipality as a page, a JSON document and a CSV file show it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from tyngdepunkt import json_types, texts
from tyngdepunkt.documents.charts import Series, summary
from tyngdepunkt.documents.document import Section
from tyngdepunkt.documents.map import is_far
from tyngdepunkt.figures import Figure, Quality, Source
from tyngdepunkt.indicators.columns import remember
from tyngdepunkt.indicators.peer_similarity import FEATURES, MIX, Gap, Peer, peers
from tyngdepunkt.json_types import from_attributes
from tyngdepunkt.places import Municipality, Notice, Places
from tyngdepunkt.places.profile import Profile, profile
from tyngdepunkt.places.profile_answer import ground, profile_answer, sources
from tyngdepunkt.places.region_profile import Amount, series
from tyngdepunkt.rules.small_town import small_town_test, small_town_text
from tyngdepunkt.web.answers import places as answers
from tyngdepunkt.web.read import business, state_presence, svg_cache
from tyngdepunkt.web.read.beside import Beside, beside
from tyngdepunkt.web.read.figure_display import DisplayFigure, in_words, of_fact, of_indicators, of_tables

CSV_HEAD = ("code", "name", "figure", "label", "value", "unit", "year", "quality", "about", "tables")
_PEERS = 6
_BEHIND = {
    "people": ("population",),
    "work": ("employed",),
    "commuting": ("commuting",),
    "near": ("travel_time",),
    "peers": (
        "population",
        "centrality",
        "population_age",
        "employed",
        "commuting",
        "education",
        "town",
        "wage_earners",
    ),
    "towns": ("town",),
    "offices": ("state_office",),
    "workplaces": ("state_workplace",),
    "decisions": ("location_decision",),
}
"""Part of the page → the tables its figures come from."""


@dataclass(frozen=True, slots=True)
class AlikePlace:
    """A municipality that is much like this one, and in what; the reasons are words."""

    municipality: Municipality
    peer: Peer
    alike: tuple[str, ...]
    different: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlacePage:
    """Everything that is shown of a municipality; `behind` has the sources of each part of the page.

    `small_town` is the test of small towns in words, `state_counted` the last year state jobs are counted.
    `beside` is what each indicator is in the country and in the places most like this one.
    `breaks` says in words where the population series breaks because the border was moved. `business` is
    what the place lives of and how exposed it is.
    """

    profile: Profile
    ground: str
    facts: tuple[DisplayFigure, ...]
    indicators: tuple[DisplayFigure, ...]
    population: tuple[Amount, ...]
    residents: tuple[Amount, ...]
    workplace: tuple[Amount, ...]
    peers: tuple[AlikePlace, ...]
    offices: answers.Offices | None
    decisions: tuple[answers.Decision, ...]
    behind: Mapping[str, tuple[Source, ...]]
    lang: str
    breaks: tuple[str, ...] = ()
    small_town: str = ""
    workplaces: answers.StateWorkplaces | None = None
    state_counted: int | None = None
    business: tuple[Section, ...] = ()
    business_sources: Sequence[json_types.Source] = ()
    beside: Mapping[str, Beside] = field(default_factory=dict)

    @property
    def municipality(self) -> Municipality:
        """The municipality itself."""
        return self.profile.municipality


def place_page(places: Places, code: str, lang: str) -> PlacePage:
    """The read model of one municipality, made once per snapshot and language."""
    return remember(places, ("web.place", code, lang), lambda: _make(places, code, lang))


def _make(places: Places, code: str, lang: str) -> PlacePage:
    found = profile(places, code)
    indicators = of_indicators(places, [code], lang)
    like = peers(places, code, _PEERS)
    return PlacePage(
        profile=found,
        ground=ground(found, lang),
        facts=tuple(of_fact(fact, places, lang) for fact in found.facts.values()),
        indicators=tuple(figures[0] for figures in indicators.values()),
        population=series(places, "population", "persons", (code,)),
        residents=series(places, "employed", "residents", (code,)),
        workplace=series(places, "employed", "workplace", (code,)),
        peers=tuple(_alike(places, peer, lang) for peer in like),
        beside=beside(places, [peer.code for peer in like], lang),
        offices=state_presence.offices(places, code),
        decisions=state_presence.decisions(places, code),
        workplaces=state_presence.workplaces(places, code),
        behind={part: of_tables(places, lang, *tables) for part, tables in _BEHIND.items()},
        lang=lang,
        business=business.rooms(places, code, lang),
        business_sources=business.sources(places, code, lang),
        state_counted=_state_counted(places, code),
        small_town=small_town_of(found, lang),
        breaks=tuple(texts.text(b.told.key, lang, **dict(b.told.values)) for b in found.breaks),
    )


def _state_counted(places: Places, code: str) -> int | None:
    """The last year there is a count of state jobs of; None where there is none."""
    if not places.has("jobs_by_sector"):
        return None
    found = places.rows("jobs_by_sector", ("year", "persons"), municipality=code, sector="state")
    return max((year for year, persons in found if persons is not None), default=None)


def small_town_of(found: Profile, lang: str) -> str:
    """Whether it holds a small town, and each part of the test, in words."""
    here, persons = found.municipality, [town.persons for town in found.towns if town.persons is not None]
    largest = max(persons, default=None)
    return small_town_text(small_town_test(here.is_centre, here.centrality_class, largest), lang)


def people_chart(places: Places, page: PlacePage, names: tuple[str, str]) -> str:
    """Inhabitants over the years; `names` are the series' name and what is counted."""
    key = ("people", page.municipality.code)
    return svg_cache.series_chart(places, key, [(names[0], page.population)], (names[1], page.lang))


def work_chart(places: Places, page: PlacePage, names: tuple[str, str, str]) -> str:
    """Employed by residence and by workplace over the years."""
    lines = [(names[0], page.residents), (names[1], page.workplace)]
    return svg_cache.series_chart(places, ("work", page.municipality.code), lines, (names[2], page.lang))


def said(name: str, amounts: tuple[Amount, ...], lang: str) -> str:
    """A series in one sentence."""
    return summary(Series(name, tuple((one.year, one.persons) for one in amounts)), lang)


def far_away(page: PlacePage) -> list[str]:
    """Places with a flow that is too far away for the map to name."""
    flows = [*page.profile.commuting_out, *page.profile.commuting_in]
    here = svg_cache.point(page.municipality)
    others = {flow.other.code: flow.other for flow in flows}
    far = [other.name for other in others.values() if is_far(here, svg_cache.point(other))]
    return far if len(far) < len(others) else []


def document(page: PlacePage, places: Places, notice: Notice | None = None) -> answers.Place:
    """The municipality as JSON: the profile of the command line and what the page adds."""
    return from_attributes(
        answers.Place,
        profile_answer(page.profile, notice, places, page.lang),
        series=from_attributes(answers.PlaceSeries, page),
        indicators=[told.answer() for told in page.indicators],
        peers=[_peer(alike) for alike in page.peers],
        state_offices=page.offices,
        state_workplaces=page.workplaces,
        location_decisions=page.decisions,
        sources=[source.in_words() for source in _all_sources(page, places)],
    )


def rows(page: PlacePage) -> Iterator[tuple[Any, ...]]:
    """One row per figure, with the columns of `CSV_HEAD`; the years of a series too."""
    place = page.municipality
    named = [(told.id, told) for told in page.facts]
    named += [(f"indicator.{told.id}", told) for told in page.indicators]
    for name, told in named:
        figure = told.figure
        tables = " ".join(source.table for source in figure.sources)
        mark = (figure.unit, told.year, figure.quality.value, told.about, tables)
        yield (place.code, place.name, name, told.label, figure.value, *mark)
    for name, table in (("population", "population"), ("residents", "employed"), ("workplace", "employed")):
        for one in getattr(page, name):
            mark = ("persons", one.year, one.quality.value, "", table)
            yield (place.code, place.name, name, name, one.persons, *mark)
    for row in _rows_of_others(page):
        yield (place.code, place.name, *row)


def _rows_of_others(page: PlacePage) -> Iterator[tuple[Any, ...]]:
    """Flows, neighbours, peers and towns; `about` is the other place's number and name."""
    found = page.profile
    for name, flows in (("commuting_out", found.commuting_out), ("commuting_in", found.commuting_in)):
        for flow in flows:
            mark = ("persons", found.commuting_year, flow.quality.value, _named(flow.other), "commuting")
            yield (name, name, flow.persons, *mark)
    for other, minutes in found.near[max(found.near)] if found.near else ():
        mark = ("minutes", None, Quality.ESTIMATED.value, _named(other), "travel_time")
        yield ("travel_time", "travel_time", round(minutes, 1), *mark)
    for alike in page.peers:
        told = (round(alike.peer.distance, 3), "deviations", None, Quality.ESTIMATED.value)
        yield ("peer", "peer", *told, _named(alike.municipality), " ".join(_BEHIND["peers"]))
    for town in found.towns:
        quality = Quality.MISSING if town.persons is None else Quality.MEASURED
        year = town.date[:4] if town.date else None
        about = f"{town.number} {town.name}"
        yield ("town", "town", town.persons, "persons", year, quality.value, about, "town")


def _named(place: Municipality) -> str:
    return f"{place.code} {place.name}"


def _alike(places: Places, peer: Peer, lang: str) -> AlikePlace:
    return AlikePlace(
        places.municipalities[peer.code],
        peer,
        tuple(_reason(gap, lang) for gap in peer.alike),
        tuple(_reason(gap, lang) for gap in peer.different),
    )


def _reason(gap: Gap, lang: str) -> str:
    """`folketal (5 637 og 5 571)`: the figure and the two values, this place first."""
    title = texts.text(f"indicators:likeness.{gap.feature}", lang)
    if gap.feature == MIX or gap.own is None or gap.other is None:
        return title
    unit = FEATURES[gap.feature]
    own, other = (in_words(Figure(value, unit), lang) for value in (gap.own, gap.other))
    return texts.text("web.read:pair", lang, title=title, own=own, other=other)


def _peer(alike: AlikePlace) -> answers.Peer:
    return answers.Peer(
        code=alike.municipality.code,
        name=alike.municipality.name,
        distance=round(alike.peer.distance, 3),
        alike=[gap.feature for gap in alike.peer.alike],
        different=[gap.feature for gap in alike.peer.different],
        gaps=[answers.Gap(gap.feature, gap.own, gap.other, round(gap.gap, 3)) for gap in alike.peer.gaps],
    )


def _all_sources(page: PlacePage, places: Places) -> list[Source]:
    """Every source of the page once: those of the profile, then those of the rest."""
    more = [*page.behind.values(), *(told.sources for told in page.indicators)]
    there = [*sources(page.profile, places, page.lang), *(source for group in more for source in group)]
    return list({source.table: source for source in reversed(there)}.values())[::-1]
