"""A labour-market region: page, JSON and CSV from one read model."""

from __future__ import annotations

from typing import Any

from litestar import Request, Response, get
from litestar.params import FromPath

from tyngdepunkt.places import Places
from tyngdepunkt.reports.charts import Series, summary
from tyngdepunkt.web.caching import BY_SNAPSHOT
from tyngdepunkt.web.read import drawings, output, region
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
    return page("region.html", found=found, **_drawn(page, places, found))


def _drawn(page: Page, places: Places, found: region.RegionPage) -> dict[str, Any]:
    people = page.gettext("Inhabitants")
    amounts = found.profile.population
    key = ("region-people", found.profile.region.id)
    series = Series(people, tuple((one.year, one.persons) for one in amounts))
    return {
        "map": drawings.region_map(places, found.profile, page.lang),
        "people_chart": drawings.series_chart(
            places, key, [(people, amounts)], (page.gettext("people"), page.lang)
        ),
        "people_said": summary(series, page.lang),
    }


handlers: list[Any] = [show_region]
