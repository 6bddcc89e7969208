"""Answers in fewer bytes: brotli or gzip, whichever the browser takes.

Only what is the same for every reader is packed. A page with a token of a form, the name under which the
service was asked, or the address of a case is sent as it is: who can have text of their own put in a
packed page, and sees how long it gets, can guess what else stands in it (BREACH). Such pages mark
themselves (`Page.own`); everything below `/case` counts as one.
"""

from __future__ import annotations

import gzip
from functools import lru_cache
from pathlib import Path
from typing import Any

import brotli
from anyio.to_thread import run_sync
from litestar.datastructures import MutableScopeHeaders
from litestar.types import Scope, Send

from tyngdepunkt.web import static_assets

OWN = "tyngdepunkt.own"
LEAST = 800
"""Bytes below which packing gains nothing."""
_IN_A_THREAD = 256 * 1024
_REMEMBERED = 128 * 1024
_ENDINGS = {"br": ".br", "gzip": ".gz"}
_KINDS = ("text/", "application/json", "application/problem+json", "application/geo+json", "image/svg+xml",
          "application/javascript", "application/vnd.oai.openapi")  # fmt: skip
_PRIVATE = "/case"


def is_own(scope: Any) -> bool:
    """Whether an answer belongs to one reader, and must be neither cached nor compressed.

    Returns:
        True for everything below `/case`, for pages that have declared it (`OWN`), and for all methods
        but GET and HEAD.
    """
    path = scope["path"]
    below = path == _PRIVATE or path.startswith(f"{_PRIVATE}/")
    return below or bool(scope.get("state", {}).get(OWN)) or scope["method"] not in ("GET", "HEAD")


def taken(accepted: str) -> str:
    """The compression to use for an `Accept-Encoding` header.

    Returns:
        `br` where it is accepted, else `gzip`; empty where neither is.

    >>> taken("gzip, deflate, br"), taken("gzip;q=0.5, br;q=0"), taken("identity"), taken("")
    ('br', 'gzip', '', '')
    """
    offered = set()
    for part in accepted.lower().split(","):
        name, _, parameters = part.strip().partition(";")
        if parameters.replace(" ", "") not in ("q=0", "q=0.0", "q=0.00", "q=0.000"):
            offered.add(name.strip())
    return "br" if "br" in offered else "gzip" if "gzip" in offered else ""


def packed(body: bytes, encoding: str) -> bytes:
    """Compress an answer; results for bodies up to 128 KiB are remembered, since they are sent again.

    Args:
        body: the bytes.
        encoding: `br`, or anything else for gzip.

    Returns:
        The compressed bytes.
    """
    return _pack(body, encoding) if len(body) > _REMEMBERED else _packed_before(body, encoding)


@lru_cache(maxsize=256)
def _packed_before(body: bytes, encoding: str) -> bytes:
    return _pack(body, encoding)


def _pack(body: bytes, encoding: str) -> bytes:
    done: bytes = brotli.compress(body, quality=4) if encoding == "br" else gzip.compress(body, 6, mtime=0)
    return done


def packing(scope: Scope, send: Send) -> Send:
    """Wrap `send` so that answers that are the same for everyone are compressed, if the browser accepts it.

    Returns:
        A `send` that may change the body and headers of a message.
    """
    encoding = taken(_header(scope, b"accept-encoding"))
    held: list[Any] = []

    async def way_out(message: Any) -> None:
        if message["type"] == "http.response.start":
            if _may_be_packed(message, scope):
                MutableScopeHeaders.from_message(message)["vary"] = "Accept-Encoding"
                if encoding:
                    held.append(message)
                    return
        elif held:
            start, body = held.pop(), message.get("body", b"")
            if not message.get("more_body") and len(body) >= LEAST:
                message = {**message, "body": await _packed(body, encoding)}
                _tell(start, encoding, len(message["body"]))
            await send(start)
        await send(message)

    return way_out


async def _packed(body: bytes, encoding: str) -> bytes:
    return packed(body, encoding) if len(body) < _IN_A_THREAD else await run_sync(packed, body, encoding)


def _may_be_packed(start: Any, scope: Scope) -> bool:
    headers = MutableScopeHeaders.from_message(start)
    kind = headers.get("content-type", "")
    return (
        start["status"] == 200
        and "content-encoding" not in headers
        and kind.startswith(_KINDS)
        and not is_own(scope)
        and not scope["path"].startswith("/static/")
    )


def _tell(start: Any, encoding: str, length: int) -> None:
    headers = MutableScopeHeaders.from_message(start)
    headers["content-encoding"], headers["content-length"] = encoding, str(length)


def _header(scope: Scope, name: bytes) -> str:
    return ",".join(value.decode("latin-1") for each, value in scope["headers"] if each == name)


def static(scope: Any, send: Send) -> Send:
    """Let a request for a static file be answered with the compressed file beside it, if there is one.

    It changes the path in `scope`.

    Returns:
        A `send` that sets the headers to match; `send` itself where there is nothing to do.
    """
    name, encoding = scope["path"].removeprefix("/static/"), taken(_header(scope, b"accept-encoding"))
    if not scope["path"].startswith("/static/") or not encoding or not has_packed(name, encoding):
        return send
    kind = _kind(name)
    scope["path"] += _ENDINGS[encoding]
    scope["raw_path"] = scope["path"].encode()

    async def way_out(message: Any) -> None:
        if message["type"] == "http.response.start" and message["status"] == 200:
            headers = MutableScopeHeaders.from_message(message)
            headers["content-type"], headers["content-encoding"] = kind, encoding
            headers["vary"] = "Accept-Encoding"
        await send(message)

    return way_out


def _kind(name: str) -> str:
    kinds = {".css": "text/css", ".svg": "image/svg+xml", ".txt": "text/plain"}
    return f"{kinds.get(Path(name).suffix, 'text/javascript')}; charset=utf-8"


def has_packed(name: str, encoding: str) -> bool:
    """Whether a compressed file lies beside a static file, with the same content.

    Args:
        name: of the static file.
        encoding: `br` or `gzip`.

    Returns:
        False also where either cannot be read.
    """
    file = static_assets.STATIC / name
    beside = file.with_name(f"{file.name}{_ENDINGS[encoding]}")
    try:
        times = file.stat().st_mtime_ns, beside.stat().st_mtime_ns
    except (OSError, ValueError):
        return False
    return _says_the_same(file, beside, encoding, times)


@lru_cache(maxsize=256)
def _says_the_same(file: Path, beside: Path, encoding: str, _times: tuple[int, int]) -> bool:
    unpack = brotli.decompress if encoding == "br" else gzip.decompress
    try:
        return bool(unpack(beside.read_bytes()) == file.read_bytes())
    except (brotli.error, OSError, EOFError, ValueError):
        return False
