"""Two to five municipalities side by side; the address is the comparison."""

from __future__ import annotations

from typing import Any

from litestar import Request, Response, get

from tyngdepunkt import language
from tyngdepunkt.errors import UserError
from tyngdepunkt.places import Places
from tyngdepunkt.web.caching import BY_SNAPSHOT
from tyngdepunkt.web.parts import N_, Way
from tyngdepunkt.web.read import compare, output
from tyngdepunkt.web.rendering import Page


def show_comparison(request: Request[Any, Any, Any], page: Page, places: Places) -> Response[Any]:
    """A comparison, or a form to make one."""
    asked = [value for value in request.query_params.getall("place", []) if value.strip()]
    ending = output.split_format(request.url.path)[1]
    if not asked and not ending:
        return _form(page, [])
    try:
        found = compare.comparison(places, asked, page.lang)
    except UserError as error:
        if ending:
            raise
        return _form(page, asked, error)
    if ending == ".json":
        return output.as_json(compare.document(found), page.lang)
    if ending == ".csv":
        return output.as_csv(compare.CSV_HEAD, compare.rows(found), "compare")
    told = [page.say(notice.key, **notice.values) for notice in found.notices]
    return page(
        "compare.html",
        found=found,
        asked=_padded([place.name for place in found.places]),
        faults=[],
        notices=told,
    )


def _form(page: Page, asked: list[str], error: UserError | None = None) -> Response[Any]:
    faults = [language.fault_lines(fault, page.lang) for fault in error.faults] if error else []
    status = 422 if error else 200
    return page("compare.html", status=status, found=None, asked=_padded(asked), faults=faults, notices=[])


def _padded(asked: list[str]) -> list[str]:
    """One text per field of the form: what was written, then empty ones."""
    return [*asked, *[""] * compare.MOST][: compare.MOST]


_ADDRESSES = ("/compare", "/compare.json", "/compare.csv")
_TWINS = [get(path, sync_to_thread=True, opt=BY_SNAPSHOT)(show_comparison) for path in _ADDRESSES]
"""One handler per address: a threaded handler with several addresses is wrapped once for each, and breaks."""

handlers: list[Any] = [*_TWINS]
ways = [Way("/compare", name=N_("Compare"), sentence=N_("Compare places side by side"), order=20)]
