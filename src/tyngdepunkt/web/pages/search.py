"""The search page."""

from __future__ import annotations

from typing import Annotated, Any

from litestar import Response, get
from litestar.params import QueryParameter

from tyngdepunkt.places import Places
from tyngdepunkt.web.caching import BY_SNAPSHOT
from tyngdepunkt.web.read.search import search
from tyngdepunkt.web.rendering import Page


@get("/search", sync_to_thread=True, opt=BY_SNAPSHOT)
def show_search(
    page: Page, places: Places, q: Annotated[str, QueryParameter(max_length=4000)] = ""
) -> Response[Any]:
    """What bears the name; and where nothing does, what may have been meant."""
    found = search(places, q)
    notice = page.say(found.notice.key, **found.notice.values) if found.notice else ""
    return page("search.html", found=found, notice=notice)


handlers: list[Any] = [show_search]
