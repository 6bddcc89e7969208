"""Facts shown about each place in the document; they describe, and score nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from tyngdepunkt.figures import Figure, Quality, absent, phrase, weakest
from tyngdepunkt.indicators.columns import remember
from tyngdepunkt.places.borders import moved

if TYPE_CHECKING:
    from tyngdepunkt.places import Municipality, Places

_ROLES = {"S": "centre", "S2": "joint_centre", "R": "own_region"}
CHANGE_YEARS = 10


def place_facts(places: Places, code: str) -> Mapping[str, Figure | str]:
    """What the document says of a municipality, in the order it is shown.

    Each key is a title in `texts.yaml` (`indicators:fact.KEY`). A value is a figure, a
    name, or for `role` a text key.
    """
    here = places.municipalities[code]
    return {
        "name": here.name,
        "county": here.county_name,
        "region": here.region_name,
        "role": f"indicators:role.{_role(here)}",
        "region_members": _members(places, here),
        **_people(places, code),
        **_centrality(places, here),
        **_work(places, code),
        **_town(places, code),
    }


def _role(here: Municipality) -> str:
    return _ROLES.get(here.ground, "hinterland" if here.ground else "unknown")


def _members(places: Places, here: Municipality) -> Figure:
    if here.region is None:
        return absent("municipalities", note="indicators:no_figure")
    count = float(len(places.regions[here.region].members))
    source = places.source("region_member", query=phrase("indicators:query.members_counted"))
    return Figure(count, "municipalities", sources=(source,))


def _one(places: Places, table: str, measure: str, unit: str, code: str, year: int) -> Figure:
    """One cell of a table with its quality."""
    value, quality = _cells(places, table, measure, year).get(code, (None, Quality.MISSING))
    source = places.source(table, query=phrase(f"indicators:query.{measure}", year=year))
    if value is None:
        kept = Quality.MISSING if quality.has_value else quality
        note = "indicators:suppressed" if kept is Quality.SUPPRESSED else "indicators:no_figure"
        return absent(unit, kept, note, source)
    return Figure(value, unit, quality, (source,))


def _cells(places: Places, table: str, measure: str, year: int) -> Mapping[str, tuple[float | None, Quality]]:
    """A year of a table by municipality: a long list asks once, and not once for each place."""

    def make() -> dict[str, tuple[float | None, Quality]]:
        rows = places.rows(table, ["municipality", measure, "quality"], year=year)
        return {
            code: (None if value is None else float(value), Quality(quality))
            for code, value, quality in reversed(rows)
        }

    return remember(places, ("cells", table, measure, year), make)


def _people(places: Places, code: str) -> Mapping[str, Figure]:
    last = max(places.years("population"), default=0)
    now, before = (
        _one(places, "population", "persons", "persons", code, year) for year in (last, last - CHANGE_YEARS)
    )
    came = moved(code, last - CHANGE_YEARS, last)
    return {"population": now, "population_change": _change(now, before, came)}


def _change(now: Figure, before: Figure, came: float | None) -> Figure:
    """The change by the present border, without those who came or went by a border change."""
    sources = now.sources + before.sources
    if now.value is None or not before.value:
        return absent("share", Quality.MISSING, "indicators:no_series", *sources)
    if came is None:
        return absent("share", Quality.MISSING, "indicators:border_unknown", *sources)
    quality = weakest([now.quality, before.quality, *([Quality.ESTIMATED] if came else [])])
    note = "indicators:border_taken_off" if came else ""
    return Figure(now.value / (before.value + came) - 1, "share", quality, sources, note=note)


def _centrality(places: Places, here: Municipality) -> Mapping[str, Figure]:
    known = {"class": here.centrality_class, "index": here.centrality_index}
    units = {"class": "class", "index": "points"}
    found = {}
    for name, value in known.items():
        source = places.source("centrality", query=phrase(f"indicators:query.{name}"))
        unit = units[name]
        found[f"centrality_{name}"] = (
            absent(unit, Quality.MISSING, "indicators:no_figure", source)
            if value is None
            else Figure(float(value), unit, sources=(source,))
        )
    return found


def _work(places: Places, code: str) -> Mapping[str, Figure]:
    year = max(places.years("employed"), default=0)
    return {
        "workplaces": _one(places, "employed", "workplace", "persons", code, year),
        "residents": _one(places, "employed", "residents", "persons", code, year),
    }


def _town(places: Places, code: str) -> Mapping[str, Figure | str]:
    town = places.largest_town(code)
    source = places.source("town", query=phrase("indicators:query.largest_in_municipality"))
    if town is None or town.persons is None:
        return {"town_persons": absent("persons", Quality.MISSING, "indicators:no_figure", source)}
    return {
        "largest_town": town.name,
        "town_persons": Figure(float(town.persons), "persons", sources=(source,)),
    }
