"""Search over the API."""

from __future__ import annotations

from typing import Annotated, Any

from litestar import Request, Response
from litestar.params import QueryParameter

from tyngdepunkt.places import Places
from tyngdepunkt.web import output
from tyngdepunkt.web.answers.places import SearchResult
from tyngdepunkt.web.api.operation import Limit, Offset, Operation, reading
from tyngdepunkt.web.read.search import document, search, told
from tyngdepunkt.web.rendering import Page

_FIND = Operation("Search", SearchResult, "/search?q=1640", (422,))
_Asked = Annotated[str, QueryParameter(description="A name, an old number, or part of one.", max_length=4000)]


@reading("/search", "Search", _FIND)
def find(
    request: Request[Any, Any, Any],
    page: Page,
    places: Places,
    q: _Asked,
    limit: Limit = 50,
    offset: Offset = 0,
) -> Response[Any]:
    """Places, towns, regions and occupations that bear a name or number like `q`."""
    found = search(places, q)
    part, headers = output.paged(request, [document(hit) for hit in found.hits], limit, offset)
    notice = page.say(found.notice.key, **found.notice.values) if found.notice else ""
    return output.as_json({**part, **told(found, notice)}, page.lang, headers)


handlers: list[Any] = [find]
