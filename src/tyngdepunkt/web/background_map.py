"""The background map of another, where whoever runs the service has named one; else none.

Without it no page asks for anything from afar. With it, the page of the map alone may fetch from that
one host, and does so only for a reader who has ticked it: the host then sees the reader's address.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlsplit

from tyngdepunkt import settings
from tyngdepunkt.errors import Fault, UserError

PAGE = "/map"
"""The one page that may fetch from the host."""

_HOST = re.compile(r"[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?::\d{1,5})?")
_HERE = ("127.0.0.1", "localhost")
_ADDRESS = re.compile(r"[A-Za-z0-9:/._~%?&=+,@{}-]+")


@dataclass(frozen=True, slots=True)
class Background:
    """A background map.

    Args:
        tiles: address of a tile in Web Mercator, with `{z}`, `{x}` and `{y}`.
        origin: scheme and host, for the content security policy.
        named: whom the map must name.
    """

    tiles: str
    origin: str
    named: str


def background() -> Background | None:
    """The background map that the settings name; None where they name none.

    Raises:
        UserError: `documents.map:background`, the address cannot be used.
    """
    tiles, named = settings.background_map()
    return _read(tiles, named) if tiles else None


@lru_cache(maxsize=8)
def _read(tiles: str, named: str) -> Background:
    try:
        parts = urlsplit(tiles)
        host, alone = parts.netloc.lower(), (parts.hostname or "")
    except ValueError:
        raise _refused(tiles) from None
    safe = parts.scheme == "https" or (parts.scheme == "http" and alone in _HERE)
    whole = all(part in parts.path + parts.query for part in ("{z}", "{x}", "{y}"))
    if not (safe and whole and _HOST.fullmatch(host) and _ADDRESS.fullmatch(tiles)):
        raise _refused(tiles)
    return Background(tiles, f"{parts.scheme}://{host}", named or alone)


def _refused(tiles: str) -> UserError:
    return UserError(Fault("documents.map:background", {"value": tiles[:200]}))


def policy(plain: str, path: str) -> str:
    """The content security policy of a page: that of the map may fetch from the background's host."""
    found = background() if path == PAGE else None
    if not found:
        return plain
    parts = []
    for part in plain.split("; "):
        widened = part.split(" ", 1)[0] in ("img-src", "connect-src")
        parts.append(f"{part} {found.origin}" if widened else part)
    return "; ".join(parts)
