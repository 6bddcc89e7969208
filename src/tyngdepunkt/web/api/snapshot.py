"""The snapshot that every figure comes from, over the API."""

from __future__ import annotations

from typing import Any

from litestar import Response, get

from tyngdepunkt.places import Places
from tyngdepunkt.web.caching import BY_SNAPSHOT
from tyngdepunkt.web.read import output
from tyngdepunkt.web.rendering import Page

_PARTS = (
    "name",
    "rows",
    "sha256",
    "provider",
    "reference",
    "query",
    "date",
    "licence",
    "note",
    "years",
    "attribution",
)


@get(
    "/api/v1/snapshot",
    sync_to_thread=True,
    opt=BY_SNAPSHOT,
    media_type="application/json",
    summary="The snapshot",
)
def show_snapshot(page: Page, places: Places) -> Response[Any]:
    """Its number, its date and its tables, each with provider, licence and checksum."""
    known = places.snapshot
    tables = [
        {"title": table.title[page.lang], **{part: getattr(table, part) for part in _PARTS}}
        for table in known.tables
    ]
    return output.as_json({"id": known.id, "built": known.built.isoformat(), "tables": tables}, page.lang)


handlers: list[Any] = [show_snapshot]
