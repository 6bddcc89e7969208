"""What keeps a page from being misused: headers, and a token in every form that is posted.

The token is signed with a secret of this installation and bound to a random session cookie,
which the browser gets only when it is shown a form. It is good for twelve hours.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import re
import secrets
import time
from typing import Any
from urllib.parse import urlsplit

from litestar.connection import ASGIConnection, Request
from litestar.datastructures import MutableScopeHeaders
from litestar.handlers import BaseRouteHandler
from litestar.types import Message, Scope

from tyngdepunkt.errors import Fault, UserError
from tyngdepunkt.web import background_map, cors

COOKIE = "session"
FIELD = "csrf_token"
KEY = "form_key"
ANSWERS = "kept_answers"
HEADER = "x-csrf-token"
LASTS = 12 * 3600
_SESSION = re.compile(r"[0-9a-f]{32}")
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "worker-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
_HEADERS = {
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
    "referrer-policy": "same-origin",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
}
_SECURE = "max-age=31536000"
_VARY = "Accept-Language, Cookie"
_VARY_PAGE = f"Accept, {_VARY}, HX-Request"
_API_BODIES = (
    "application/json", "application/yaml", "text/csv", "application/xml", "application/x-yaml", "text/yaml",
    "application/vnd.apache.parquet",
)  # fmt: skip
"""What the API takes. A form of another site can send none of these, so that no token is needed."""
_KEPT = "public, max-age=31536000, immutable"
_PRIVATE = ("/case", "/shared/")
"""Paths under which cases are shown that are not public."""
SHARED, ROBOTS = "/shared/", "noindex"
"""The path whose last part is all that one needs to read a result: no search engine may show it."""


async def add_headers(message: Message, scope: Scope) -> None:
    """Put the headers on every answer, errors and files too."""
    if message["type"] != "http.response.start":
        return
    headers = MutableScopeHeaders.from_message(message)
    headers.setdefault("content-security-policy", background_map.policy(POLICY, scope["path"]))
    for name, value in _HEADERS.items():
        headers.setdefault(name, value)
    if scope["path"].startswith(SHARED):
        headers["x-robots-tag"] = ROBOTS
    if scope["path"].startswith("/static/") and scope.get("query_string", b"").startswith(b"v="):
        headers["cache-control"] = _KEPT
    elif scope["path"].startswith(_PRIVATE) or scope.get("method") not in _SAFE:
        headers["cache-control"] = "no-store"  # nobody's but theirs who have the link, on no shared disk
    elif scope["path"] == "/case" or scope["path"].startswith("/case/"):
        headers["cache-control"] = "no-store"
    else:
        headers.setdefault("cache-control", "private, no-cache")
    if not scope["path"].startswith("/static/"):
        own = _VARY if scope["path"].startswith("/api/v1/") else _VARY_PAGE
        headers["vary"] = ", ".join(filter(None, (own, headers.get("vary"))))
    if scope.get("scheme") == "https":
        headers.setdefault("strict-transport-security", _SECURE)


def is_session(value: str) -> bool:
    """Whether a cookie can be one of ours."""
    return bool(_SESSION.fullmatch(value))


def new_session() -> str:
    """A random session."""
    return secrets.token_hex(16)


def token(secret: bytes, session: str, now: float | None = None) -> str:
    """A token against forged forms (CSRF) for one session; no two are alike.

    Args:
        secret: of the installation.
        session: the session cookie.
        now: seconds since 1970; the clock where it is None.

    Returns:
        Time, random part and signature, with dots between them; `check_token` reads it.
    """
    moment = f"{int(time.time() if now is None else now):x}.{secrets.token_hex(8)}"
    return f"{moment}.{_sign(secret, session, moment)}"


def check_token(secret: bytes, session: str, given: str, now: float | None = None) -> None:
    """Refuse a token that is missing, of another session, forged or too old.

    Raises:
        UserError: `web:csrf_missing` or `web:csrf_expired`.
    """
    moment, _, signature = given.rpartition(".")
    if not (is_session(session) and re.fullmatch(r"[0-9a-f]{1,16}\.[0-9a-f]{16}", moment)):
        raise UserError(Fault("web:csrf_missing"))
    if not hmac.compare_digest(signature.encode(), _sign(secret, session, moment).encode()):
        raise UserError(Fault("web:csrf_missing"))
    if (time.time() if now is None else now) - int(moment.partition(".")[0], 16) > LASTS:
        raise UserError(Fault("web:csrf_expired", {"hours": LASTS // 3600}))


def new_key() -> str:
    """What makes one showing of a form different from every other."""
    return secrets.token_urlsafe(12)


def once(secret: bytes, key: str, *said: str) -> str:
    """An id for what a form creates: the same when the same form is sent twice, and impossible to guess.

    Args:
        secret: of the installation.
        key: what `new_key` gave the form; empty where the form has none.
        said: what the form contains.

    Returns:
        24 characters (144 bits, as every id of a draft); empty where there is no key.
    """
    if not key:
        return ""
    told = json.dumps(["once", key, *said]).encode()
    return base64.urlsafe_b64encode(hmac.new(secret, told, hashlib.sha256).digest()[:18]).decode()


def _sign(secret: bytes, session: str, moment: str) -> str:
    return hmac.new(secret, f"{session}.{moment}".encode(), hashlib.sha256).hexdigest()


async def guard_forms(connection: ASGIConnection[Any, Any, Any, Any], _: BaseRouteHandler) -> None:
    """Let only our own forms change anything; the API takes JSON, which no foreign form can send.

    Raises:
        UserError: the request comes from elsewhere, or its token is not good.
    """
    if not isinstance(connection, Request) or connection.method in _SAFE:
        return
    path, origin = connection.url.path, connection.headers.get("origin", "")
    if origin and not (_is_own(origin, connection) or cors.may_read(path, origin)):
        raise UserError(Fault("web:csrf_missing"))
    content_type = connection.headers.get("content-type", "").partition(";")[0].strip().lower()
    if path.startswith("/api/"):
        if content_type not in _API_BODIES:
            raise UserError(Fault("web:body_kind", {"given": content_type[:80], "taken": _API_BODIES[:3]}))
        return
    given = connection.headers.get(HEADER, "")
    if not given:
        form = await connection.form()
        given = str(form.get(FIELD, ""))
    try:
        check_token(connection.app.state.secret, connection.cookies.get(COOKIE, ""), given)
    except UserError:
        if origin and _is_own(origin, connection) and connection.headers.get("hx-request") != "true":
            _keep_answers(connection, await connection.form())
        raise


def _keep_answers(connection: ASGIConnection[Any, Any, Any, Any], form: Any) -> None:
    """Put what a person wrote aside, so that the page that refuses it can hand it back.

    Only for a form of our own pages: what comes from elsewhere is never offered to be sent again.
    """
    told = [(name, value) for name, value in form.multi_items() if name != FIELD]
    answers = [(name, value) for name, value in told if isinstance(value, str)]
    connection.state[ANSWERS] = {"fields": answers, "files": len(answers) < len(told)}


def is_from_here(connection: ASGIConnection[Any, Any, Any, Any]) -> bool:
    """Whether the request comes from a link on one of our own pages.

    Returns:
        By `Sec-Fetch-Site` where the browser sends it, else by `Referer`; False where it sends neither.
    """
    if connection.headers.get("sec-fetch-site"):
        return bool(connection.headers["sec-fetch-site"] == "same-origin")
    return _is_own(connection.headers.get("referer", ""), connection)


def _is_own(origin: str, connection: ASGIConnection[Any, Any, Any, Any]) -> bool:
    try:
        return urlsplit(origin).netloc == connection.headers.get("host", "")
    except ValueError:
        return False
