"""The search page, and the same hits as JSON and CSV."""

from __future__ import annotations

from typing import Annotated, Any

from litestar import Request, Response, get
from litestar.params import Parameter

from tyngdepunkt.places import Places
from tyngdepunkt.web import output
from tyngdepunkt.web.caching import BY_SNAPSHOT
from tyngdepunkt.web.read.search import CSV_HEAD, document, rows, search, told
from tyngdepunkt.web.rendering import Page


def show_search(
    request: Request[Any, Any, Any],
    page: Page,
    places: Places,
    q: Annotated[str, Parameter(max_length=4000)] = "",
) -> Response[Any]:
    """What bears the name; and where nothing does, what may have been meant."""
    found = search(places, q)
    notice = page.say(found.notice.key, **found.notice.values) if found.notice else ""
    ending = output.split_format(request.url.path)[1]
    if ending == ".json":
        return output.as_json(
            {**told(found, notice), "items": [document(hit) for hit in found.hits]}, page.lang
        )
    if ending == ".csv":
        return output.as_csv(CSV_HEAD, rows(found), "search")
    several = page.say(f"{found.fault.key}.what", **found.fault.values) if found.fault else ""
    return page("search.html", found=found, notice=notice, several=several)


_ADDRESSES = ("/search", "/search.json", "/search.csv")

handlers: list[Any] = [get(path, sync_to_thread=True, opt=BY_SNAPSHOT)(show_search) for path in _ADDRESSES]
