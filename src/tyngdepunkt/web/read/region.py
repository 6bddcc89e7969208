"""A labour-market region as a page, a JSON document and a CSV file show it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from tyngdepunkt import texts
from tyngdepunkt.analyses.business.area import area_of
from tyngdepunkt.errors import Fault, UserError
from tyngdepunkt.figures import Source
from tyngdepunkt.indicators.columns import remember
from tyngdepunkt.json_types import from_attributes
from tyngdepunkt.places import Notice, Places, Region
from tyngdepunkt.places.region_profile import Amount, Member, RegionProfile, region_profile
from tyngdepunkt.web.answers import regions as answers
from tyngdepunkt.web.answers.places import PlaceSeries
from tyngdepunkt.web.read.figure_display import (
    OF_A_REGION,
    DisplayFigure,
    of_amount,
    of_indicators,
    of_tables,
)

CSV_HEAD = ("region", "region_name", "code", "name", "role", "figure", "value", "year", "quality")
_SERIES = {"population": "population", "residents": "employed", "workplace": "employed"}


@dataclass(frozen=True, slots=True)
class RegionPage:
    """Everything that is shown of a region.

    Args:
        grounds: municipality number → why it belongs here, in words.
        figures: the region's newest figures, and the indicators of a region.
        behind: the sources of each part of the page.
    """

    profile: RegionProfile
    grounds: Mapping[str, str]
    figures: tuple[DisplayFigure, ...]
    behind: Mapping[str, tuple[Source, ...]]
    lang: str


def find_region(places: Places, text: str) -> int:
    """The number of a labour-market region.

    Args:
        places: the snapshot.
        text: the number as it was written in the address.

    Returns:
        The number, which is one of `places.regions`.

    Raises:
        UserError: `web.read:no_region`.
    """
    if text.isascii() and text.isdigit() and int(text[:9]) in places.regions:
        return int(text)
    raise UserError(Fault("web.read:no_region", {"value": text[:40], "most": max(places.regions, default=0)}))


def read_as(places: Places, text: str) -> tuple[int, Notice] | None:
    """Find a region by a name that is not quite its own.

    Returns:
        The number, and a notice of what the name was taken for; None where the name leads to no region, or
        where it leads to one without anything to tell.
    """
    try:
        found = area_of(text, places, "") if text.strip() else None
    except UserError:
        return None
    if found is None or found.kind != "region" or found.notice is None:
        return None
    return int(found.code), found.notice


def region_page(places: Places, number: int, lang: str) -> RegionPage:
    """The read model of one region, made once per snapshot and language."""
    return remember(places, ("web.region", number, lang), lambda: _make(places, number, lang))


def _make(places: Places, number: int, lang: str) -> RegionPage:
    found = region_profile(places, number)
    any_member = found.region.members[0]  # the figures are of the whole region, the same for all
    indicators = of_indicators(places, [any_member], lang, OF_A_REGION)
    newest = [_newest(found, name, places, lang) for name in _SERIES]
    known = [told for told in newest if told is not None]
    return RegionPage(
        profile=found,
        grounds={
            member.municipality.code: _ground(places, member.municipality.code, lang)
            for member in found.members
        },
        figures=(*known, *(told[0] for told in indicators.values())),
        behind={
            "members": of_tables(places, lang, "region_member", "population", "employed"),
            "people": of_tables(places, lang, "population"),
            "work": of_tables(places, lang, "employed"),
        },
        lang=lang,
    )


def _newest(found: RegionProfile, name: str, places: Places, lang: str) -> DisplayFigure | None:
    amounts: tuple[Amount, ...] = getattr(found, name)
    fact = {
        "population": "population_last",
        "residents": "employed_residents",
        "workplace": "employed_workplace",
    }
    label = texts.text(f"places:facts.{fact[name]}", lang)
    return of_amount(name, label, _SERIES[name], amounts[-1], (places, lang)) if amounts else None


def _ground(places: Places, code: str, lang: str) -> str:
    place = places.municipalities[code]
    region = places.regions[place.region] if place.region is not None else None
    others = [places.municipalities[each].name for each in (region.centres if region else ()) if each != code]
    return texts.text(f"places:ground.{place.ground or 'unknown'}", lang, others=others)


def document(page: RegionPage) -> answers.Region:
    """The region as JSON."""
    found = page.profile
    return from_attributes(
        answers.Region,
        found.region,
        members=[_member(member, page) for member in found.members],
        figures=[told.answer() for told in page.figures],
        series=from_attributes(PlaceSeries, found),
        sources=[source.in_words() for source in page.behind["members"]],
    )


def _member(member: Member, page: RegionPage) -> answers.Member:
    return from_attributes(
        answers.Member,
        member.municipality,
        ground_text=page.grounds[member.municipality.code],
        figures=from_attributes(answers.MemberFigures, member),
    )


def summary(region: Region) -> answers.RegionRow:
    """A region in a list."""
    return from_attributes(answers.RegionRow, region)


def rows(page: RegionPage) -> Iterator[tuple[Any, ...]]:
    """Every figure of every member and every year of the region, with the columns of `CSV_HEAD`."""
    region = page.profile.region
    for member in page.profile.members:
        place = member.municipality
        role = "centre" if place.is_centre else "hinterland"
        for name in _SERIES:
            one: Amount | None = getattr(member, name)
            mark = (None, None, "missing") if one is None else (one.persons, one.year, one.quality.value)
            yield (region.id, region.name, place.code, place.name, role, name, *mark)
    for name in _SERIES:
        for one in getattr(page.profile, name):
            yield (region.id, region.name, "", "", "region", name, one.persons, one.year, one.quality.value)
