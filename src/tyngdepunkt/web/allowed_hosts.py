"""The door of the application: what is looked at before any address is, and what leaves last.

- A request under a host name that is not ours is refused, so that a page elsewhere cannot have its own
  name lead to this machine and read what the web shows here (DNS rebinding). What is no host and port
  at all is refused too, whatever is allowed, and nothing after the door ever reads it.
- A body has to arrive in time (`patience.py`).
- HEAD is answered as GET is, without the content.
- An answer to a body that is too large is sent at once, and what still comes is thrown away for a
  while: a browser reads the answer only where its connection is not broken while it sends.
"""

from __future__ import annotations

import ipaddress
import re
import time
from typing import TYPE_CHECKING, Any

from anyio import fail_after
from litestar import Request
from litestar.types import ASGIApp, Message, Receive, Send

from tyngdepunkt import settings
from tyngdepunkt.errors import Fault, UserError
from tyngdepunkt.web import caching, errors, packing, patience

if TYPE_CHECKING:
    from litestar import Litestar

_LABEL = "[a-z0-9_-]+"
_AUTHORITY = re.compile(
    rf"(?:\[(?P<six>[0-9a-f:.]+)\]|(?P<name>{_LABEL}(?:\.{_LABEL})*)\.?)(?::(?P<port>[0-9]{{1,5}})?)?"
)
_LAST_PORT, _LONGEST = 65535, 260  # of a name 253 signs, with its port
_TOO_LARGE = 413
_THROWN_AWAY = 256 * 1024 * 1024
_SECONDS = 20.0


def with_door(app: Litestar) -> Litestar:
    """Put the checks and conversions that come before all routing around an application.

    Requests under a host name that is not ours, or for a path with a NUL, are refused; `HEAD` is answered as
    `GET` without content; answers that are the same for everyone are cached and compressed.

    Returns:
        The same application, changed in place.
    """
    inside = app.asgi_handler

    async def door(scope: Any, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await inside(scope, receive, send)
            return
        body = _Body(receive)
        receive, way_out = body.receive, _patient(body, send)
        if scope["method"] == "HEAD":
            scope["method"], way_out = "GET", _without_content(send)
        way_out = caching.keeping(scope, packing.packing(scope, packing.static(scope, way_out)))
        host = _host(scope)
        if not is_ours(host):
            scope["headers"] = [*_without_host(scope), (b"host", b"localhost")]  # for the page that says so
            await _refuse(Fault("web:host", {"host": host[:80]}), scope, (receive, way_out))
        elif "\0" in scope["path"]:  # no file and no place can have it in its name
            path = scope["path"].replace("\0", "")[:200]
            await _refuse(Fault("web:status_404", {"path": path}), scope, (receive, way_out))
        else:
            await inside(scope, receive, way_out)

    app.asgi_handler = door
    return app


def is_ours(host: str) -> bool:
    """Whether the web may be asked under this name.

    >>> is_ours("127.0.0.1:8000"), is_ours("elsewhere.example"), is_ours("localhost:99999"), is_ours("::1")
    (True, False, False, False)
    """
    found = _AUTHORITY.fullmatch(host.lower())
    if not found or len(host) > _LONGEST or int(found["port"] or 0) > _LAST_PORT:
        return False
    name, allowed = found["six"] or found["name"], settings.hosts()
    return name == "localhost" or name in allowed or "*" in allowed or _is_address(name)


def _is_address(name: str) -> bool:
    """A number is not looked up anywhere, so nobody can have it lead here."""
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def _host(scope: Any) -> str:
    found = [value for name, value in scope["headers"] if name == b"host"]
    return found[0].decode("latin-1") if len(found) == 1 else ""


def _without_host(scope: Any) -> list[tuple[bytes, bytes]]:
    return [(name, value) for name, value in scope["headers"] if name != b"host"]


async def _refuse(fault: Fault, scope: Any, ways: tuple[Receive, Send]) -> None:
    request: Request[Any, Any, Any] = Request(scope, *ways)
    response = errors.user_error(request, UserError(fault))
    answer: ASGIApp = response.to_asgi_response(app=None, request=request)
    await answer(scope, *ways)


def _without_content(send: Send) -> Send:
    async def headers_only(message: Message) -> None:
        if message["type"] == "http.response.body":
            message["body"] = b""
        await send(message)

    return headers_only


class _Body:
    """What a request sends, and whether there is more to come."""

    def __init__(self, receive: Receive) -> None:
        self._receive = receive
        self._more = True
        self._until: float | None = None

    async def receive(self) -> Any:
        """The next part.

        Raises:
            UserError: `web:status_408` where it does not come in time.
        """
        if not self._more:  # whoever asks now waits for the other side to leave
            return await self._receive()
        now = time.monotonic()
        self._until = self._until or now + patience.BODY_SECONDS
        try:
            with fail_after(max(0.0, min(patience.QUIET_SECONDS, self._until - now))):
                message = await self._receive()
        except TimeoutError:
            self._more = False
            raise UserError(Fault("web:status_408", {"seconds": round(patience.BODY_SECONDS)})) from None
        self._more = message["type"] == "http.request" and bool(message.get("more_body", False))
        return message

    async def throw_away(self) -> None:
        """Read what is left, for a while."""
        thrown, until = 0, time.monotonic() + _SECONDS
        while self._more and thrown < _THROWN_AWAY and time.monotonic() < until:
            try:
                message = await self.receive()
            except UserError:
                return
            thrown += len(message.get("body", b""))


def _patient(body: _Body, send: Send) -> Send:
    """Sends a refusal whole before the rest of the body is thrown away, and only then closes."""
    refused = False

    async def way_out(message: Message) -> None:
        nonlocal refused
        if message["type"] == "http.response.start":
            refused = message["status"] == _TOO_LARGE
        if not refused or message["type"] != "http.response.body" or message.get("more_body"):
            await send(message)
            return
        message["more_body"] = True
        await send(message)
        await body.throw_away()
        await send({"type": "http.response.body", "body": b"", "more_body": False})

    return way_out
