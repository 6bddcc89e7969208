"""Two to five municipalities side by side; the address is the comparison."""

from __future__ import annotations

from typing import Any

from litestar import Request, Response, get

from tyngdepunkt.errors import Fault, UserError
from tyngdepunkt.places import Places
from tyngdepunkt.web import output
from tyngdepunkt.web.caching import BY_SNAPSHOT
from tyngdepunkt.web.parts import N_, NavEntry
from tyngdepunkt.web.read import compare
from tyngdepunkt.web.read.place import PlacePage, place_page
from tyngdepunkt.web.read.said import said
from tyngdepunkt.web.rendering import Page

_FIELDS = 10
"""Who has written too many places gets them back to choose among, up to this many."""


def show_comparison(request: Request[Any, Any, Any], page: Page, places: Places) -> Response[Any]:
    """A comparison, or a form to make one."""
    asked = [value for value in request.query_params.getall("place", []) if value.strip()]
    ending = output.split_format(request.url.path)[1]
    if not ending and len(set(asked)) < compare.LEAST:
        return _begin(page, places, asked)
    try:
        found = compare.comparison(places, asked, page.lang)
    except UserError as error:
        if ending:
            raise
        return _form(page, asked, error=error)
    if ending == ".json":
        return output.as_json(compare.document(found), page.lang)
    if ending == ".csv":
        return output.as_csv(compare.CSV_HEAD, compare.rows(found), "compare")
    return _shown(page, places, found)


def _shown(page: Page, places: Places, found: compare.Comparison) -> Response[Any]:
    titles = {
        "population": page.gettext("Inhabitants"),
        "residents": page.gettext("Employed, live here"),
        "workplace": page.gettext("Employed, work here"),
    }
    return page(
        "compare.html",
        found=found,
        faults=[],
        only=None,
        asked=_padded([place.name for place in found.places]),
        notices=[page.say(notice.key, **notice.values) for notice in found.notices],
        charts=compare.charts(places, found, titles, page.lang),
        titles=titles,
        shared=page.whole(page.link("/compare", **found.query)),
    )


def _begin(page: Page, places: Places, asked: list[str]) -> Response[Any]:
    """A form; with one place chosen, that place and those most like it to choose among."""
    if not asked:
        return _form(page, [])
    try:
        only = places.resolve(asked[0], "place 1").municipality
    except UserError as error:
        return _form(page, asked, error=error)
    return _form(page, [only.name], only=place_page(places, only.code, page.lang))


def _form(
    page: Page, asked: list[str], *, error: UserError | None = None, only: PlacePage | None = None
) -> Response[Any]:
    return page(
        "compare.html",
        status=422 if error else 200,
        found=None,
        faults=[_told(fault, page.lang) for fault in error.faults] if error else [],
        only=only,
        asked=_padded(asked),
        notices=[],
    )


def _told(fault: Fault, lang: str) -> tuple[str, str]:
    """The field that a fault is about, and what to say at it."""
    return _field_of(fault.where), said(fault, lang)


def _field_of(where: str) -> str:
    """`place 3` → the id of the third field; what concerns the whole form leads to the first."""
    number = where.removeprefix("place ").strip()
    return f"place-{number}" if number.isdigit() and int(number) <= _FIELDS else "place-1"


def _padded(asked: list[str]) -> list[str]:
    """One text per field of the form: what was written, then empty ones."""
    return [*asked, *[""] * (compare.MOST - len(asked))][:_FIELDS]


_ADDRESSES = ("/compare", "/compare.json", "/compare.csv")
_TWINS = [get(path, sync_to_thread=True, opt=BY_SNAPSHOT)(show_comparison) for path in _ADDRESSES]
"""One handler per address: a threaded handler with several addresses is wrapped once for each, and breaks."""

handlers: list[Any] = [*_TWINS]
ways = [NavEntry("/compare", name=N_("Compare"), sentence=N_("Compare places side by side"), order=20)]
