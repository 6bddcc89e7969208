"""Labour-market regions and towns over the API."""

from __future__ import annotations

from typing import Any

from litestar import Request, Response, get
from litestar.params import FromPath, FromQuery

from tyngdepunkt.places import Places
from tyngdepunkt.web.caching import BY_SNAPSHOT
from tyngdepunkt.web.read import output, region, town
from tyngdepunkt.web.rendering import Page

_JSON = "application/json"


@get("/api/v1/regions", sync_to_thread=True, opt=BY_SNAPSHOT, media_type=_JSON, summary="All regions")
def list_regions(
    request: Request[Any, Any, Any],
    page: Page,
    places: Places,
    limit: FromQuery[int] = 50,
    offset: FromQuery[int] = 0,
) -> Response[Any]:
    """Labour-market regions by number; `Link` leads to the rest."""
    regions = [region.summary(one.id, one.name, one.centres) for one in places.regions.values()]
    told, headers = output.paged(request, regions, limit, offset)
    return output.as_json(told, page.lang, headers)


@get(
    "/api/v1/regions/{name:str}", sync_to_thread=True, opt=BY_SNAPSHOT, media_type=_JSON, summary="One region"
)
def one_region(page: Page, places: Places, name: FromPath[str]) -> Response[Any]:
    """A labour-market region with its municipalities."""
    number = region.find_region(places, name)
    return output.as_json(region.document(region.region_page(places, number, page.lang)), page.lang)


@get("/api/v1/towns", sync_to_thread=True, opt=BY_SNAPSHOT, media_type=_JSON, summary="All towns")
def list_towns(
    request: Request[Any, Any, Any],
    page: Page,
    places: Places,
    limit: FromQuery[int] = 50,
    offset: FromQuery[int] = 0,
) -> Response[Any]:
    """Towns, the largest first; `Link` leads to the rest."""
    told, headers = output.paged(
        request, [town.summary(one) for one in town.all_towns(places).values()], limit, offset
    )
    return output.as_json(told, page.lang, headers)


@get("/api/v1/towns/{name:str}", sync_to_thread=True, opt=BY_SNAPSHOT, media_type=_JSON, summary="One town")
def one_town(page: Page, places: Places, name: FromPath[str]) -> Response[Any]:
    """A town with the municipalities it lies in."""
    return output.as_json(town.document(town.town_page(places, name, page.lang)), page.lang)


handlers: list[Any] = [list_regions, one_region, list_towns, one_town]
