"""Charts and maps of places as SVG, each made once per snapshot and language."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from threading import Lock
from typing import TYPE_CHECKING

from tyngdepunkt import language
from tyngdepunkt.indicators.columns import remember
from tyngdepunkt.places import Municipality, Places
from tyngdepunkt.places.profile import Flow
from tyngdepunkt.places.region_profile import Amount, RegionProfile
from tyngdepunkt.reports.charts import Series, over_time
from tyngdepunkt.reports.map import FlowLine, MapPoint, flow_map, overview_map

if TYPE_CHECKING:
    from collections.abc import Callable

_ONE_AT_A_TIME = Lock()
"""The drawing engine is one; two drawings at once would only wait for each other inside it."""


def series_chart(
    places: Places, key: Hashable, lines: Sequence[tuple[str, Sequence[Amount]]], titles: tuple[str, str]
) -> str:
    """Lines over the years; `titles` are what is counted and the language."""
    said, lang = titles
    series = [Series(name, tuple((one.year, one.persons) for one in amounts)) for name, amounts in lines]
    return _kept(places, ("series", key, lang), lambda: over_time(series, lang, title=said))


def flows(places: Places, here: Municipality, out: Sequence[Flow], into: Sequence[Flow], lang: str) -> str:
    """Who commutes where, as a map."""
    lines = [
        FlowLine(point(flow.other), flow.persons, to)
        for to, group in ((True, out), (False, into))
        for flow in group
        if flow.persons
    ]
    return _kept(
        places,
        ("flows", here.code, lang),
        lambda: flow_map(places.geometry("county"), point(here, emphasis=True), lines, lang),
    )


def region_map(places: Places, found: RegionProfile, lang: str) -> str:
    """The region's municipalities, shaded, with their names."""
    members = [member.municipality for member in found.members]
    points = [point(each, emphasis=each.is_centre) for each in members]
    boundaries = {**places.geometry("county"), **places.geometry("municipality")}
    name = language.text("web.read:region_name", lang, name=found.region.name)
    return _kept(
        places,
        ("region", found.region.id, lang),
        lambda: overview_map(
            boundaries,
            points,
            {each.code: 0 for each in members},
            lang,
            classes=(name,),
            size=(440, 380),
            closer=True,
        ),
    )


def point(place: Municipality, *, emphasis: bool = False) -> MapPoint:
    """A municipality as a point on a map."""
    return MapPoint(place.name, place.x, place.y, place.code, emphasis)


def _kept(places: Places, key: Hashable, make: Callable[[], str]) -> str:
    with _ONE_AT_A_TIME:
        return remember(places, key, make)
