"""Municipalities over the API."""

from __future__ import annotations

from typing import Annotated, Any

from litestar import Request, Response, get
from litestar.params import FromPath, FromQuery, QueryParameter

from tyngdepunkt.places import Places
from tyngdepunkt.web.caching import BY_SNAPSHOT
from tyngdepunkt.web.read import compare, output, place
from tyngdepunkt.web.read.places import Filter, document, place_list
from tyngdepunkt.web.rendering import Page

_JSON = "application/json"
_Text = Annotated[str, QueryParameter(max_length=200)]


@get("/api/v1/places", sync_to_thread=True, opt=BY_SNAPSHOT, media_type=_JSON, summary="All municipalities")
def list_places(
    request: Request[Any, Any, Any],
    page: Page,
    places: Places,
    county: _Text = "",
    klass: Annotated[str, QueryParameter(name="class", max_length=200)] = "",
    centre: _Text = "",
    limit: FromQuery[int] = 50,
    offset: FromQuery[int] = 0,
) -> Response[Any]:
    """Municipalities by number, filtered by county, centrality class and role; `Link` leads to the rest."""
    found = place_list(places, Filter(county, klass, centre))
    told, headers = output.paged(request, [document(row, found.year) for row in found.rows], limit, offset)
    return output.as_json(told, page.lang, headers)


@get(
    "/api/v1/places/{name:str}",
    sync_to_thread=True,
    opt=BY_SNAPSHOT,
    media_type=_JSON,
    summary="One municipality",
)
def one_place(
    request: Request[Any, Any, Any], page: Page, places: Places, name: FromPath[str]
) -> Response[Any]:
    """Everything that is known of a municipality; a name or an old number leads to it by 308."""
    code = places.resolve(name).municipality.code
    if name != code:
        return output.moved(request, f"/api/v1/places/{code}")
    return output.as_json(place.document(place.place_page(places, code, page.lang), places), page.lang)


@get("/api/v1/compare", sync_to_thread=True, opt=BY_SNAPSHOT, media_type=_JSON, summary="Places side by side")
def compare_places(request: Request[Any, Any, Any], page: Page, places: Places) -> Response[Any]:
    """Two to five municipalities: `?place=5025&place=4647`."""
    asked = request.query_params.getall("place", [])
    return output.as_json(compare.document(compare.comparison(places, asked, page.lang)), page.lang)


handlers: list[Any] = [list_places, one_place, compare_places]
