"""A municipality: page, JSON and CSV from one read model; and the list of all of them."""

from __future__ import annotations

import re
from typing import Annotated, Any

from litestar import Request, Response, get
from litestar.params import FromPath, QueryParameter

from tyngdepunkt.errors import Fault, UserError
from tyngdepunkt.places import Municipality, Notice, Places
from tyngdepunkt.web import output
from tyngdepunkt.web.caching import BY_SNAPSHOT
from tyngdepunkt.web.errors import status_of
from tyngdepunkt.web.parts import N_, NavEntry
from tyngdepunkt.web.read import place, region, svg_cache
from tyngdepunkt.web.read.figure_display import of_tables
from tyngdepunkt.web.read.places import CSV_HEAD, Filter, PlaceList, all_counties, cells, document, place_list
from tyngdepunkt.web.rendering import Page

_NUMBER = re.compile(r"\d{4}$")
_CHOICES = ("places:split_number", "places:ambiguous_place")
_Text = Annotated[str, QueryParameter(max_length=200)]


@get("/place/{name:path}", sync_to_thread=True, opt=BY_SNAPSHOT)
def show_place(
    request: Request[Any, Any, Any], page: Page, places: Places, name: FromPath[str]
) -> Response[Any]:
    """A municipality by its number; a name or an old number leads to it, that of a region to the region."""
    asked, ending = output.split_format(output.name_in(name))
    try:
        resolved = places.resolve(asked)
    except UserError as error:
        found = None if ending else region.read_as(places, asked)  # the twins of a page are of municipalities
        if found is not None:
            return output.moved(request, f"/region/{found[0]}", asked)
        if ending or error.faults[0].key not in _CHOICES:
            raise
        return _choice(page, places, error)
    code = resolved.municipality.code
    if asked != code:
        return output.moved(request, f"/place/{code}{ending}", asked if resolved.notice else "")
    return _answer(page, places, (code, output.told_of(request, places, code)), ending)


def _answer(page: Page, places: Places, asked: tuple[str, Notice | None], ending: str) -> Response[Any]:
    code, notice = asked
    found = place.place_page(places, code, page.lang)
    if ending == ".json":
        return output.as_json(place.document(found, places, notice), page.lang)
    if ending == ".csv":
        return output.as_csv(place.CSV_HEAD, place.rows(found), f"place-{code}")
    return page("place.html", found=found, notice=_said(page, notice), **_drawn(page, places, found))


def _said(page: Page, notice: Notice | None) -> str:
    return page.say(notice.key, **notice.values) if notice else ""


def _drawn(page: Page, places: Places, found: place.PlacePage) -> dict[str, Any]:
    """The drawings, with the same in words."""
    here, work = page.gettext("Live here"), page.gettext("Work here")
    people = page.gettext("Inhabitants")
    flows = (found.profile.commuting_out, found.profile.commuting_in)
    residents = place.said(here, found.residents, page.lang)
    return {
        "people_chart": place.people_chart(places, found, (people, page.gettext("people"))),
        "people_said": place.said(people, found.population, page.lang),
        "work_chart": place.work_chart(places, found, (here, work, page.gettext("employed people"))),
        "work_said": f"{residents} {place.said(work, found.workplace, page.lang)}",
        "flow_map": svg_cache.flows(places, found.municipality, *flows, page.lang),
        "far": place.far_away(found),
    }


def _choice(page: Page, places: Places, error: UserError) -> Response[Any]:
    """A page that lists what a divided number or a shared name can mean."""
    fault: Fault = error.faults[0]
    named = fault.values.get("parts") or fault.values.get("places") or []
    codes = [found[0] for each in named if (found := _NUMBER.search(str(each)))]
    options: list[Municipality] = [places.municipalities[code] for code in codes]
    return page("choice.html", status=status_of(error), fault=fault, options=options)


def show_places(
    request: Request[Any, Any, Any],
    page: Page,
    places: Places,
    county: _Text = "",
    klass: Annotated[str, QueryParameter(name="class", max_length=200)] = "",
    centre: _Text = "",
) -> Response[Any]:
    """Every municipality by county, filtered by county, centrality class and role."""
    found = place_list(places, Filter(county, klass, centre))
    ending = output.split_format(request.url.path)[1]
    if ending == ".json":
        return output.as_json({"items": [document(row, found.year) for row in found.rows]}, page.lang)
    if ending == ".csv":
        return output.as_csv(CSV_HEAD, cells(found.rows, found.year), "places")
    sources = of_tables(places, page.lang, "municipality", "population", "centrality", "region_member")
    return page(
        "places.html", found=found, counties=all_counties(places), twins=_twins(page, found), sources=sources
    )


def _twins(page: Page, found: PlaceList) -> dict[str, str]:
    asked = {"county": found.asked.county, "class": found.asked.klass, "centre": found.asked.centre}
    return {ending: page.link(f"/places.{ending}", **asked) for ending in ("json", "csv")}


_ADDRESSES = ("/places", "/places.json", "/places.csv")
_LIST = [get(path, sync_to_thread=True, opt=BY_SNAPSHOT)(show_places) for path in _ADDRESSES]
"""One handler per address: a threaded handler with several addresses is wrapped once for each, and breaks."""

handlers: list[Any] = [show_place, *_LIST]
ways = [NavEntry("/places", name=N_("Places"), order=10)]
