"""Charts and maps of places as SVG, each made once per snapshot and language."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import replace
from threading import Lock
from typing import TYPE_CHECKING

from tyngdepunkt import texts
from tyngdepunkt.documents import svg
from tyngdepunkt.documents.charts import Series, over_time
from tyngdepunkt.documents.document import Block, Picture, Section
from tyngdepunkt.documents.map import FlowLine, MapPoint, flow_map, overview_map
from tyngdepunkt.documents.map.flows import SIZE
from tyngdepunkt.indicators.columns import remember
from tyngdepunkt.places import Municipality, Places
from tyngdepunkt.places.profile import Flow
from tyngdepunkt.places.region_profile import Amount, RegionProfile

if TYPE_CHECKING:
    from collections.abc import Callable

_NARROW = 328
"""Pixels: what is left beside the margins of a telephone that is 360 wide."""
_IN_A_FOLD = 300
"""Pixels: what a telephone leaves of its width inside a fold of a page."""
_NARROW_MAP = (352, 350)  # the words of its legend need a little more
_ID = re.compile(r'\bid="([^"]+)"')
_ONE_AT_A_TIME = Lock()
"""The drawing engine is one; two drawings at once would only wait for each other inside it."""


def series_chart(
    places: Places, key: Hashable, lines: Sequence[tuple[str, Sequence[Amount]]], titles: tuple[str, str]
) -> str:
    """Lines over the years; `titles` are what is counted and the language."""
    said, lang = titles
    series = [Series(name, tuple((one.year, one.persons) for one in amounts)) for name, amounts in lines]
    return _kept(
        places,
        ("series", key, lang),
        lambda: _pair(
            over_time(series, lang, title=said), over_time(series, lang, title=said, width=_NARROW)
        ),
    )


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
        lambda: _pair(*(_flow_map(places, here, lines, lang, size) for size in (SIZE, _NARROW_MAP))),
    )


def _flow_map(
    places: Places, here: Municipality, lines: Sequence[FlowLine], lang: str, size: tuple[int, int]
) -> str:
    return flow_map(places.geometry("county"), point(here, emphasis=True), lines, lang, size)


def region_map(places: Places, found: RegionProfile, lang: str) -> str:
    """The region's municipalities, shaded, with their names."""
    members = [member.municipality for member in found.members]
    points = [point(each, emphasis=each.is_centre) for each in members]
    boundaries = {**places.geometry("county"), **places.geometry("municipality")}
    name = texts.text("web.read:region_name", lang, name=found.region.name)
    shaded = {each.code: 0 for each in members}

    def draw(size: tuple[int, int]) -> str:
        return overview_map(boundaries, points, shaded, lang, classes=(name,), size=size, closer=True)

    return _kept(
        places,
        ("region", found.region.id, lang),
        lambda: _pair(*(draw(size) for size in ((440, 380), _NARROW_MAP))),
    )


def point(place: Municipality, *, emphasis: bool = False) -> MapPoint:
    """A municipality as a point on a map."""
    return MapPoint(place.name, place.x, place.y, place.code, emphasis)


def on_page(section: Section, prefix: str) -> Section:
    """A section of a document for a page, its pictures for both sizes of screen.

    Args:
        section: with those inside it.
        prefix: put before all names inside its pictures, so that several can stand on one page.
    """
    inner = tuple(on_page(each, f"{prefix}-{at}") for at, each in enumerate(section.sections))
    return replace(section, blocks=blocks_on_page(section.blocks, prefix), sections=inner)


def blocks_on_page(blocks: Iterable[Block], prefix: str) -> tuple[Block, ...]:
    """Blocks of a document for a page, as `on_page` does it."""
    return tuple(
        _in_both_sizes(each, f"{prefix}-{at}-") if isinstance(each, Picture) else each
        for at, each in enumerate(blocks)
    )


def _in_both_sizes(picture: Picture, prefix: str) -> Picture:
    """Those that can be drawn anew get a narrow sister."""
    drawn = svg.clean(picture.svg, prefix=prefix)
    if picture.draw is not None:
        drawn = _pair(drawn, svg.clean(picture.draw(width=_IN_A_FOLD), prefix=prefix))
    return replace(picture, svg=drawn, draw=None)


def _pair(wide: str, narrow: str) -> str:
    """Two drawings of the same: the style sheet shows the one whose letters can be read on the screen."""
    for name in sorted(set(_ID.findall(narrow))):  # a name is unique on a page, also in what is hidden
        narrow = narrow.replace(f'id="{name}"', f'id="{name}-narrow"').replace(
            f"#{name})", f"#{name}-narrow)"
        )
        narrow = narrow.replace(f'"#{name}"', f'"#{name}-narrow"')
    return f'<div class="drawn-wide">{wide}</div><div class="drawn-narrow">{narrow}</div>'


def _kept(places: Places, key: Hashable, make: Callable[[], str]) -> str:
    with _ONE_AT_A_TIME:
        return remember(places, key, make)
