"""The door of the application: what is looked at before any address is, and what leaves last.

- A request under a host name that is not ours is refused, so that a page elsewhere cannot have its own
  name lead to this machine and read what the web shows here (DNS rebinding).
- HEAD is answered as GET is, without the content.
- An answer to a body that is too large is sent at once, and what still comes is thrown away for a
  while: a browser reads the answer only where its connection is not broken while it sends.
"""

from __future__ import annotations

import ipaddress
import time
from typing import TYPE_CHECKING, Any

from litestar import Request
from litestar.types import ASGIApp, Message, Receive, Send

from tyngdepunkt import settings
from tyngdepunkt.errors import Fault, UserError
from tyngdepunkt.web import errors

if TYPE_CHECKING:
    from litestar import Litestar

_TOO_LARGE = 413
_THROWN_AWAY = 256 * 1024 * 1024
_SECONDS = 20.0


def with_door(app: Litestar) -> Litestar:
    """The application behind its door."""
    inside = app.asgi_handler

    async def door(scope: Any, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await inside(scope, receive, send)
            return
        way_out = _patient(receive, send)
        if scope["method"] == "HEAD":
            scope["method"], way_out = "GET", _without_content(send)
        if is_ours(_host(scope)):
            await inside(scope, receive, way_out)
        else:
            await _refuse(scope, receive, way_out)

    app.asgi_handler = door
    return app


def is_ours(host: str) -> bool:
    """Whether the web may be asked under this name.

    >>> is_ours("127.0.0.1:8000"), is_ours("elsewhere.example")
    (True, False)
    """
    name = host.lower().partition("]")[0].removeprefix("[") if "[" in host else host.lower().partition(":")[0]
    allowed = settings.hosts()
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


async def _refuse(scope: Any, receive: Receive, send: Send) -> None:
    request: Request[Any, Any, Any] = Request(scope, receive, send)
    response = errors.user_error(request, UserError(Fault("web:host", {"host": _host(scope)[:80]})))
    answer: ASGIApp = response.to_asgi_response(app=None, request=request)
    await answer(scope, receive, send)


def _without_content(send: Send) -> Send:
    async def headers_only(message: Message) -> None:
        if message["type"] == "http.response.body":
            message["body"] = b""
        await send(message)

    return headers_only


def _patient(receive: Receive, send: Send) -> Send:
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
        await _throw_away(receive)
        await send({"type": "http.response.body", "body": b"", "more_body": False})

    return way_out


async def _throw_away(receive: Receive) -> None:
    thrown, until = 0, time.monotonic() + _SECONDS
    while thrown < _THROWN_AWAY and time.monotonic() < until:
        message = await receive()
        if message["type"] != "http.request" or not message["more_body"]:
            return
        thrown += len(message["body"])
