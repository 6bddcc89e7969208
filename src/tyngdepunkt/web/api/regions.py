"""Labour-market regions and towns over the API."""

from __future__ import annotations

from typing import Any

from litestar import Request, Response

from tyngdepunkt.places import Places
from tyngdepunkt.web import output
from tyngdepunkt.web.answers import regions as answers
from tyngdepunkt.web.api.operation import Limit, Name, Offset, Operation, reading
from tyngdepunkt.web.read import region, town
from tyngdepunkt.web.rendering import Page

_TAG = "Regions and towns"
_REGIONS = Operation(_TAG, answers.Regions, "/regions?limit=3", (422,))
_REGION = Operation(_TAG, answers.Region, "/regions/77", (404,), named="Number of the region.")
_TOWNS = Operation(_TAG, answers.Towns, "/towns?limit=3", (422,))
_TOWN = Operation(_TAG, answers.Town, "/towns/6631", (404,), named="Statistics Norway's number.")


@reading("/regions", "All labour-market regions", _REGIONS)
def list_regions(
    request: Request[Any, Any, Any], page: Page, places: Places, limit: Limit = 50, offset: Offset = 0
) -> Response[Any]:
    """Labour-market regions by number; `Link` leads to the rest."""
    regions = [region.summary(one) for one in places.regions.values()]
    told, headers = output.paged(request, regions, limit, offset)
    return output.as_json(told, page.lang, headers)


@reading("/regions/{name:str}", "One labour-market region", _REGION)
def one_region(page: Page, places: Places, name: Name) -> Response[Any]:
    """A labour-market region with its municipalities, and why each belongs there."""
    number = region.find_region(places, name)
    return output.as_json(region.document(region.region_page(places, number, page.lang)), page.lang)


@reading("/towns", "All towns", _TOWNS)
def list_towns(
    request: Request[Any, Any, Any], page: Page, places: Places, limit: Limit = 50, offset: Offset = 0
) -> Response[Any]:
    """Towns, the largest first; `Link` leads to the rest."""
    towns = [town.summary(one) for one in town.all_towns(places).values()]
    told, headers = output.paged(request, towns, limit, offset)
    return output.as_json(told, page.lang, headers)


@reading("/towns/{name:str}", "One town", _TOWN)
def one_town(page: Page, places: Places, name: Name) -> Response[Any]:
    """A town with the municipalities it lies in."""
    return output.as_json(town.document(town.town_page(places, name, page.lang)), page.lang)


handlers: list[Any] = [list_regions, one_region, list_towns, one_town]
