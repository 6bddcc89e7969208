"""The hinterland market: residents in reach of the centre, beside thresholds of services."""

from __future__ import annotations

from typing import Any

from tyngdepunkt.analyses.business import data
from tyngdepunkt.analyses.business.area import Area
from tyngdepunkt.analyses.business.result import HinterlandOfPlace, ReachOfTown, ServiceOfPlace
from tyngdepunkt.analyses.business.tables import Tables


def hinterland(tables: Tables, area: Area, lang: str) -> HinterlandOfPlace | None:
    """Residents of whole municipalities by the minutes to their centre; None for a county or the country."""
    places = tables.places
    if area.kind != "municipality" or not (places.has("travel_time") and places.has("population")):
        return None
    year = max(places.years("population"))
    persons = places.values("population", "persons", year=year)
    reach = []
    for minutes in data.services()["minutes"]:
        near = places.travel.within(area.code, minutes)
        counted = [persons[code] for code in near]
        known = [each for each in counted if each is not None]
        if len(known) < len(counted):
            return None
        reach.append(ReachOfTown(minutes, float(sum(known)), len(near)))
    services = [_service(entry, reach, lang) for entry in data.services()["services"]]
    return HinterlandOfPlace(year, reach, services)


def _service(entry: dict[str, Any], reach: list[ReachOfTown], lang: str) -> ServiceOfPlace:
    threshold: int | None = entry.get("residents")
    within = None
    if threshold is not None:
        within = next((each.minutes for each in reach if each.residents >= threshold), None)
    return ServiceOfPlace(
        id=entry["id"],
        name=entry["title"][lang],
        threshold=threshold,
        assumed=bool(entry.get("assumed")),
        source=entry.get("source", ""),
        within=within,
    )
