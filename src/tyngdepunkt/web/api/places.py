"""Municipalities over the API."""

from __future__ import annotations

from typing import Annotated, Any

from litestar import Request, Response
from litestar.params import QueryParameter

from tyngdepunkt.places import Places
from tyngdepunkt.web import output
from tyngdepunkt.web.answers import places as answers
from tyngdepunkt.web.api.operation import PREFIX, SLASHES, Limit, Name, Offset, Operation, reading
from tyngdepunkt.web.read import compare, place
from tyngdepunkt.web.read.places import Filter, document, place_list
from tyngdepunkt.web.rendering import Page

_TAG = "Places"
_LIST = Operation(_TAG, answers.Places, "/places?county=50&class=5&limit=3", (404, 422))
_ONE = Operation(
    _TAG,
    answers.Place,
    "/places/5025",
    (308, 404, 409),
    named=f"Municipality number, old number, or name. {SLASHES}",
)
_COMPARE = Operation(_TAG, answers.Comparison, "/compare?place=5025&place=4647", (404, 409, 422))


_County = Annotated[
    str, QueryParameter(description="Number of a county.", schema_extra={"pattern": "^([0-9]{2})?$"})
]
_Class = Annotated[
    str,
    QueryParameter(
        name="class", description="Centrality class.", schema_extra={"enum": ["", *map(str, range(1, 7))]}
    ),
]
_Centre = Annotated[
    str,
    QueryParameter(
        description="`yes` for centres of a region, `no` for the others.",
        schema_extra={"enum": ["", "yes", "no"]},
    ),
]
_Compared = Annotated[
    list[str] | None,
    QueryParameter(
        description="Numbers or names of different municipalities.",
        schema_extra={
            "minItems": 2,
            "maxItems": 5,
            "uniqueItems": True,
            "items": {"type": "string", "minLength": 1},
        },
    ),
]


@reading("/places", "All municipalities", _LIST)
def list_places(
    request: Request[Any, Any, Any],
    page: Page,
    places: Places,
    county: _County = "",
    klass: _Class = "",
    centre: _Centre = "",
    limit: Limit = 50,
    offset: Offset = 0,
) -> Response[Any]:
    """Municipalities by number, filtered by county, centrality class and role; `Link` leads to the rest."""
    found = place_list(places, Filter(county, klass, centre))
    told, headers = output.paged(request, [document(row, found.year) for row in found.rows], limit, offset)
    return output.as_json(told, page.lang, headers)


@reading("/places/{name:path}", "One municipality", _ONE)
def one_place(request: Request[Any, Any, Any], page: Page, places: Places, name: Name) -> Response[Any]:
    """Everything that is known of a municipality; a name or an old number leads to it by 308.

    A number whose municipality was divided belongs to several places: 409, with the parts in the problem.
    """
    name = output.name_in(name)
    resolved = places.resolve(name)
    code = resolved.municipality.code
    if name != code:
        return output.moved(request, f"{PREFIX}/places/{code}", name if resolved.notice else "")
    notice = output.told_of(request, places, code)
    found = place.place_page(places, code, page.lang)
    return output.as_json(place.document(found, places, notice), page.lang)


@reading("/compare", "Places side by side", _COMPARE)
def compare_places(
    page: Page,
    places: Places,
    place: _Compared = None,
) -> Response[Any]:
    """Two to five municipalities: one figure in each row, null where a place has no such figure."""
    found = compare.comparison(places, place or [], page.lang)
    return output.as_json(compare.document(found), page.lang)


handlers: list[Any] = [list_places, one_place, compare_places]
