"""What an arrangement over several places does to each of them, and to those who use its offices."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tyngdepunkt.analyses.location.answer import PlaceChanges
from tyngdepunkt.analyses.location.indicator_values import STANDING, UNCHANGED, offices_then, offices_today
from tyngdepunkt.indicators import reach_of_offices

if TYPE_CHECKING:
    from tyngdepunkt.analyses.location.input.model import Alternative, LocationCase
    from tyngdepunkt.indicators.reach_of_offices import Access
    from tyngdepunkt.places import Places

MINUTES = (60, 90)


def access(case: LocationCase, places: Places, alternative: Alternative) -> tuple[Access, ...]:
    """Who loses and gains access within 60 and 90 minutes; empty where the case has no sets of offices."""
    today = offices_today(case.regional_structure, case.alternatives)
    if not today or not (alternative.is_offices or alternative.kind in STANDING):
        return ()
    then = offices_then(alternative, today)
    return tuple(reach_of_offices.change(places, today, then, limit) for limit in MINUTES)


def changes(case: LocationCase, places: Places, alternative: Alternative) -> tuple[PlaceChanges, ...]:
    """Jobs each municipality gains and loses, and the share of its own jobs and its region's that is.

    One row per place; the shares are of different labour markets and are never added. Empty for
    one place, whose contribution says the same.
    """
    if len(alternative.parts) < 2 or alternative.kind in UNCHANGED:
        return ()
    workplaces = places.values("employed", "workplace", year=max(places.years("employed"), default=0))
    found = []
    for part, share in zip(alternative.parts, alternative.shares, strict=True):
        change = part.change(share, case.unit.total_jobs, alternative.is_offices)
        here = places.municipalities[part.code]
        members = places.regions[here.region].members if here.region is not None else (part.code,)
        region = [workplaces.get(code) for code in members]
        found.append(
            PlaceChanges(
                place=part.code,
                name=here.called,
                region_name=here.region_called or None,
                jobs=change,
                of_municipality=_share(change, workplaces.get(part.code)),
                of_region=_share(change, None if None in region else sum(each or 0 for each in region)),
            )
        )
    return tuple(found)


def _share(change: tuple[float, float] | None, employed: float | None) -> tuple[float, float] | None:
    return None if change is None or not employed else (change[0] / employed, change[1] / employed)
