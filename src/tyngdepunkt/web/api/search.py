"""Search over the API."""

from __future__ import annotations

from typing import Annotated, Any

from litestar import Request, Response, get
from litestar.params import FromQuery, QueryParameter

from tyngdepunkt.places import Places
from tyngdepunkt.web.caching import BY_SNAPSHOT
from tyngdepunkt.web.read import output
from tyngdepunkt.web.read.search import document, search
from tyngdepunkt.web.rendering import Page


@get("/api/v1/search", sync_to_thread=True, opt=BY_SNAPSHOT, media_type="application/json", summary="Search")
def find(
    request: Request[Any, Any, Any],
    page: Page,
    places: Places,
    q: Annotated[str, QueryParameter(max_length=4000)],
    limit: FromQuery[int] = 50,
    offset: FromQuery[int] = 0,
) -> Response[Any]:
    """Places, towns, regions and occupations that bear a name or number like `q`."""
    found = search(places, q)
    told, headers = output.paged(request, [document(hit) for hit in found.hits], limit, offset)
    meant = None if found.meant is None else {"code": found.meant.code, "name": found.meant.name}
    notice = page.say(found.notice.key, **found.notice.values) if found.notice else None
    more = {"asked": found.asked, "meant": meant, "notice": notice, "suggestions": list(found.suggestions)}
    return output.as_json({**told, **more}, page.lang, headers)


handlers: list[Any] = [find]
