"""What a program will read, JSON (else 406), and what it says that it sends, what we read (else 415)."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from litestar import Request
from litestar.connection import ASGIConnection
from litestar.handlers import BaseRouteHandler

from tyngdepunkt import settings
from tyngdepunkt.errors import Fault, UserError

_FITTING = ("*/*", "application/*", "application/json")
"""The ranges that JSON falls in, the least exact first."""


def guard_format(connection: ASGIConnection[Any, Any, Any, Any], _: BaseRouteHandler) -> None:
    """Refuse what asks for anything but JSON, or for a language there is not.

    Raises:
        UserError: `web:not_acceptable`, `web:language`.
    """
    for asked in connection.query_params.getall("lang", []):
        if asked not in settings.LANGUAGES:
            raise UserError(Fault("web:language", {"given": asked[:40], "known": settings.LANGUAGES}, "lang"))
    accept = ", ".join(connection.headers.getall("accept", []))
    if not takes_json(accept):
        raise UserError(Fault("web:not_acceptable", {"given": accept[:200]}))


def guard_body(
    told: Sequence[str], understood: Sequence[str]
) -> Callable[[ASGIConnection[Any, Any, Any, Any], BaseRouteHandler], Awaitable[None]]:
    """A guard that refuses a body whose type this address does not read, or that looks like another type.

    Args:
        told: the media types that the documentation names.
        understood: those, and other names of them.

    Returns:
        An asynchronous Litestar guard. It raises `UserError` with `web:body_kind` (status 415).
    """

    async def guard(connection: ASGIConnection[Any, Any, Any, Any], _: BaseRouteHandler) -> None:
        said = connection.headers.get("content-type", "").partition(";")[0].strip().lower()
        body = await connection.body() if isinstance(connection, Request) else b""
        begins = body[:200].lstrip(b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n")
        if said not in understood or not fits(said, begins):
            raise UserError(Fault("web:body_kind", {"given": said[:80], "taken": list(told)}))

    return guard


def fits(kind: str, begins: bytes) -> bool:
    """Whether the beginning of a body agrees with its media type.

    XML begins with `<`; JSON and YAML do not; a table begins with neither `<` nor `{`.

    Args:
        kind: media type, in lower case and without parameters.
        begins: the first bytes, without byte order mark and blanks.

    Returns:
        True also where the body is empty.

    >>> fits("application/xml", b"{"), fits("application/json", b"<?xml"), fits("application/json", b"{")
    (False, False, True)
    """
    if kind.endswith("/xml"):
        return begins.startswith(b"<") or not begins
    return not begins.startswith(b"<" if kind.endswith(("/json", "yaml")) else (b"<", b"{"))


def takes_json(accept: str) -> bool:
    """Whether JSON is an acceptable answer to this `Accept` header (RFC 9110, 12.5.1).

    Args:
        accept: the header; empty where there was none.

    Returns:
        True where the header is empty, or the most exact range that covers JSON has a weight above 0.

    >>> takes_json(""), takes_json("text/csv, */*;q=0.1"), takes_json("text/csv")
    (True, True, False)
    """
    ranges = [each.partition(";") for each in accept.lower().split(",") if each.strip()]
    weights = {name.strip(): _weight(parameters) for name, _, parameters in ranges}
    fitting = [weights[name] for name in _FITTING if name in weights]
    return not weights or bool(fitting and fitting[-1] > 0)


def _weight(parameters: str) -> float:
    """The `q` of a range; 1 where there is none or it is no number."""
    for each in parameters.split(";"):
        name, _, value = each.partition("=")
        if name.strip() == "q":
            try:
                return float(value)
            except ValueError:
                return 1.0
    return 1.0
