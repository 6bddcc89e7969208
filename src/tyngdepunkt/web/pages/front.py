"""The front page: a question finds its way in by a name, by the map, or by what one wants to do."""

from __future__ import annotations

from typing import Any

from litestar import Response, get
from litestar.params import FromQuery

from tyngdepunkt.places import Places
from tyngdepunkt.web.caching import BY_SNAPSHOT
from tyngdepunkt.web.read.counties import counties, county_map
from tyngdepunkt.web.read.place_autocomplete import suggestions
from tyngdepunkt.web.rendering import Page


@get("/", sync_to_thread=True, opt=BY_SNAPSHOT)
def front(page: Page, places: Places) -> Response[str]:
    """Search, the map of the country, and what one can do here."""
    return page("front.html", counties=counties(places), map=county_map(places, page.link))


@get("/suggest", sync_to_thread=True, opt=BY_SNAPSHOT)
def suggest(page: Page, places: Places, q: FromQuery[str] = "") -> Response[str]:
    """Options for the search field while a person writes; the search page is the whole page to it."""
    return page.fragment("components/suggestions.html", found=suggestions(places, q))


handlers: list[Any] = [front, suggest]
