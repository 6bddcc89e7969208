"""A town: page, JSON and CSV from one read model."""

from __future__ import annotations

from typing import Any

from litestar import Response, get
from litestar.params import FromPath

from tyngdepunkt.places import Places
from tyngdepunkt.web import output
from tyngdepunkt.web.caching import BY_SNAPSHOT
from tyngdepunkt.web.read import town
from tyngdepunkt.web.rendering import Page


@get("/town/{name:str}", sync_to_thread=True, opt=BY_SNAPSHOT)
def show_town(page: Page, places: Places, name: FromPath[str]) -> Response[Any]:
    """A town by its number."""
    asked, ending = output.split_format(name)
    found = town.town_page(places, asked, page.lang)
    if ending == ".json":
        return output.as_json(town.document(found), page.lang)
    if ending == ".csv":
        return output.as_csv(town.CSV_HEAD, town.rows(found), f"town-{asked}")
    return page("town.html", found=found)


handlers: list[Any] = [show_town]
