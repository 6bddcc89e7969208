"""Answers that depend on the snapshot alone are marked with it, so that a browser need not ask twice.

A handler says so with `opt=BY_SNAPSHOT`. Pages that show cases, the ledger or a form to be posted
must not.
"""

from __future__ import annotations

import hashlib
from functools import cache
from typing import Any

from litestar import Request, Response
from litestar.datastructures import MutableScopeHeaders
from litestar.types import Message, Scope

from tyngdepunkt import settings
from tyngdepunkt.web import assets
from tyngdepunkt.web.rendering import Page

BY_SNAPSHOT = {"by_snapshot": True}
_TAG = "tyngdepunkt.tag"
_MAKES_PAGES = frozenset({".py", ".html", ".po", ".yaml", ".sql", ".css", ".js", ".mjs", ".svg", ".typ"})


def answer_unchanged(request: Request[Any, Any, Any]) -> Response[Any] | None:
    """304 where the browser has this very answer already."""
    if request.method not in ("GET", "HEAD") or not request.route_handler.opt.get("by_snapshot"):
        return None
    page = Page(request)
    tag = f'"{_digest(page)}"'
    request.scope["state"][_TAG] = tag
    wanted = {each.strip().removeprefix("W/") for each in request.headers.get("if-none-match", "").split(",")}
    if tag not in wanted:  # nor "*": whether there is such a page at all is not known here
        return None
    response: Response[Any] = Response(None, status_code=304)
    page.keep(response)
    return response


async def add_tag(message: Message, scope: Scope) -> None:
    """Mark a whole answer with its tag."""
    if message["type"] != "http.response.start" or message["status"] not in (200, 304):
        return
    tag = scope.get("state", {}).get(_TAG)
    if tag:
        headers = MutableScopeHeaders.from_message(message)
        headers["etag"] = tag


def _digest(page: Page) -> str:
    """A mark of everything an answer depends on: figures, code, settings, address and language."""
    made_by = (page.snapshot.id, code_mark(), settings.background_map())
    asked = (str(page.request.url), page.lang, page.wants_fragment)
    return hashlib.sha256(repr((*made_by, *asked)).encode()).hexdigest()[:20]


@cache
def code_mark() -> str:
    """A mark of everything in the package that makes the pages, taken once: two releases never share it."""
    found = hashlib.sha256()
    package = assets.STATIC.parent.parent
    for file in sorted(package.rglob("*")):
        if file.suffix in _MAKES_PAGES:
            found.update(f"{file.relative_to(package)}\0".encode() + file.read_bytes())
    return found.hexdigest()
