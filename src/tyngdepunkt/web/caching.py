"""Answers that depend on the snapshot alone are marked with it, and made once for all readers.

A handler says so with `opt=BY_SNAPSHOT`. Pages that show cases, the ledger or a form to be posted
must not. A browser that has the answer is told so (304); another is sent the one that is kept, which
holds nothing of whoever it was made for: what does (`packing.OWN`) is not kept.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from functools import cache
from threading import Lock
from typing import Any

from litestar import Request, Response
from litestar.datastructures import MutableScopeHeaders
from litestar.types import Message, Scope, Send

from tyngdepunkt import settings
from tyngdepunkt.web import packing, static_assets
from tyngdepunkt.web.rendering import Page

BY_SNAPSHOT = {"by_snapshot": True}
_TAG = "tyngdepunkt.tag"
_MAKES_PAGES = frozenset({".py", ".html", ".po", ".yaml", ".sql", ".css", ".js", ".mjs", ".svg", ".typ"})


def answer_unchanged(request: Request[Any, Any, Any]) -> Response[Any] | None:
    """The answer to a request that was answered before from the same figures, without running its handler.

    Returns:
        304 where the browser says that it has this answer; the stored answer where we have it; None where
        the handler must run, or where its route does not depend on the snapshot alone.
    """
    if request.method not in ("GET", "HEAD") or not request.route_handler.opt.get("by_snapshot"):
        return None
    page = Page(request)
    tag = f'"{_digest(page)}"'
    request.scope["state"][_TAG] = tag
    wanted = {each.strip().removeprefix("W/") for each in request.headers.get("if-none-match", "").split(",")}
    if tag in wanted:  # and not "*": whether there is such a page at all is not known here
        response: Response[Any] = Response(None, status_code=304)
    elif kept := _KEPT.get(tag):
        response = Response(kept[1], media_type=kept[0], headers=dict(kept[2]))
    else:
        return None
    page.keep(response)
    return response


class Kept:
    """The answers made last, by tag: kind, body and its own headers; never more bytes than allowed."""

    def __init__(self, most: int) -> None:
        self._most, self._bytes = most, 0
        self._found: OrderedDict[str, Answer] = OrderedDict()
        self._lock = Lock()

    def get(self, tag: str) -> Answer | None:
        """A stored answer; it then counts as the one that was asked for last.

        Returns:
            Media type, body and headers; None where no answer is stored under the tag.
        """
        with self._lock:
            if tag in self._found:
                self._found.move_to_end(tag)
            return self._found.get(tag)

    def put(self, tag: str, answer: Answer) -> None:
        """Keep an answer, and let go of those that were not asked for the longest."""
        with self._lock:
            if tag in self._found or len(answer[1]) > self._most // 8:
                return
            self._found[tag] = answer
            self._bytes += len(answer[1])
            while self._bytes > self._most:
                self._bytes -= len(self._found.popitem(last=False)[1][1])

    def clear(self) -> None:
        """Keep nothing."""
        with self._lock:
            self._found.clear()
            self._bytes = 0


Answer = tuple[str, bytes, tuple[tuple[str, str], ...]]
_KEPT = Kept(48 * 1024 * 1024)
_STARTED = "tyngdepunkt.started"
_CARRIED = ("content-language", "content-disposition", "link")


def keeping(scope: Scope, send: Send) -> Send:
    """Wrap `send` so that answers that are complete and the same for everyone are stored, uncompressed.

    Returns:
        A `send` that passes every message on.
    """

    async def way_out(message: Message) -> None:
        _keep(message, scope)
        await send(message)

    return way_out


def _keep(message: Any, scope: Scope) -> None:
    state = scope.get("state", {})
    tag = state.get(_TAG)
    if not tag or packing.is_own(scope):
        return
    if message["type"] == "http.response.start":
        state[_STARTED] = message if message["status"] == 200 else None
    elif message["type"] == "http.response.body" and state.get(_STARTED) and not message.get("more_body"):
        headers = MutableScopeHeaders.from_message(state.pop(_STARTED))
        whole = headers.get("content-length") == str(len(message["body"]))
        if whole and "content-encoding" not in headers:
            carried = tuple((name, headers[name]) for name in _CARRIED if name in headers)
            _KEPT.put(tag, (headers["content-type"], message["body"], carried))


async def add_tag(message: Message, scope: Scope) -> None:
    """Mark a whole answer with its tag."""
    if message["type"] != "http.response.start" or message["status"] not in (200, 304):
        return
    tag = scope.get("state", {}).get(_TAG)
    if tag:
        headers = MutableScopeHeaders.from_message(message)
        headers["etag"] = f"W/{tag}"  # of what it says: its bytes may be packed, or not


def _digest(page: Page) -> str:
    """A mark of everything an answer depends on: figures, code, settings, address and language."""
    made_by = (page.snapshot.id, code_mark(), settings.background_map())
    url = page.request.url
    asked = (url.path, url.query, page.lang, page.asked, page.wants_fragment)
    return hashlib.sha256(repr((*made_by, *asked)).encode()).hexdigest()[:20]


@cache
def code_mark() -> str:
    """A mark of everything in the package that makes the pages, taken once: two releases never share it."""
    found = hashlib.sha256()
    package = static_assets.STATIC.parent.parent
    for file in sorted(package.rglob("*")):
        if file.suffix in _MAKES_PAGES:
            found.update(f"{file.relative_to(package)}\0".encode() + file.read_bytes())
    return found.hexdigest()
