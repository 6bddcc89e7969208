"""Whose scripts may read the API: nobody's of another site, unless whoever runs the service names it."""

from __future__ import annotations

from litestar.datastructures import Headers, MutableScopeHeaders
from litestar.types import Message, Scope

from tyngdepunkt import settings

_PREFIX = "/api/v1/"
_ALLOWED = {
    "access-control-allow-methods": "GET, HEAD, POST",
    "access-control-allow-headers": "content-type, accept-language, if-none-match",
    "access-control-max-age": "600",
}


def may_read(path: str, origin: str) -> bool:
    """Whether scripts of another site may call this address (CORS).

    Args:
        path: of the address; only those of the API can be allowed.
        origin: the `Origin` header of the request.

    Returns:
        True where the settings name the origin. Cookies are never allowed.
    """
    return path.startswith(_PREFIX) and origin.lower() in settings.cors_origins()


async def add_headers(message: Message, scope: Scope) -> None:
    """Say so on answers of the API."""
    if message["type"] != "http.response.start" or not settings.cors_origins():
        return
    if not scope["path"].startswith(_PREFIX):
        return
    headers = MutableScopeHeaders.from_message(message)
    headers["vary"] = ", ".join(filter(None, (headers.get("vary"), "Origin")))
    origin = Headers.from_scope(scope).get("origin", "")
    if may_read(scope["path"], origin):
        headers["access-control-allow-origin"] = origin
        headers["access-control-expose-headers"] = "ETag, Link, Content-Language"
        if scope.get("method") == "OPTIONS":
            for name, value in _ALLOWED.items():
                headers[name] = value
