"""A labour-market region: page, JSON and CSV from one read model."""

from __future__ import annotations

from typing import Any

from litestar import Request, Response, get
from litestar.params import FromPath

from tyngdepunkt.places import Places
from tyngdepunkt.web import output
from tyngdepunkt.web.caching import BY_SNAPSHOT
from tyngdepunkt.web.read import region, svg_cache
from tyngdepunkt.web.read.place import said as said_series
from tyngdepunkt.web.rendering import Page


@get("/region/{name:str}", sync_to_thread=True, opt=BY_SNAPSHOT)
def show_region(
    request: Request[Any, Any, Any], page: Page, places: Places, name: FromPath[str]
) -> Response[Any]:
    """A region by its number."""
    asked, ending = output.split_format(name)
    number = region.find_region(places, asked)
    if asked != str(number):
        return output.moved(request, f"/region/{number}{ending}")
    found = region.region_page(places, number, page.lang)
    if ending == ".json":
        return output.as_json(region.document(found), page.lang)
    if ending == ".csv":
        return output.as_csv(region.CSV_HEAD, region.rows(found), f"region-{number}")
    return page(
        "region.html", found=found, notice=_said(request, page, places, number), **_drawn(page, places, found)
    )


def _said(request: Request[Any, Any, Any], page: Page, places: Places, number: int) -> str:
    """What must be said of the name that led here; empty where none did."""
    found = region.read_as(places, request.query_params.get("asked", "")[:200])
    return page.say(found[1].key, **found[1].values) if found is not None and found[0] == number else ""


def _drawn(page: Page, places: Places, found: region.RegionPage) -> dict[str, Any]:
    people, here, work = (page.gettext(name) for name in ("Inhabitants", "Live here", "Work here"))
    known, number = found.profile, found.profile.region.id
    counted = (page.gettext("people"), page.lang)
    working = [(here, known.residents), (work, known.workplace)]
    said = [said_series(name, amounts, page.lang) for name, amounts in working]
    return {
        "map": svg_cache.region_map(places, known, page.lang),
        "people_chart": svg_cache.series_chart(
            places, ("region-people", number), [(people, known.population)], counted
        ),
        "people_said": said_series(people, known.population, page.lang),
        "work_chart": svg_cache.series_chart(
            places, ("region-work", number), working, (page.gettext("employed people"), page.lang)
        ),
        "work_said": " ".join(said),
    }


handlers: list[Any] = [show_region]
