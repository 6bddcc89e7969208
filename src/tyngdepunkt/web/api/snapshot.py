"""The snapshot that every figure comes from, over the API."""

from __future__ import annotations

from typing import Any

from litestar import Response

from tyngdepunkt.places import Places, TableInfo
from tyngdepunkt.web import output
from tyngdepunkt.web.api.operation import Operation, reading
from tyngdepunkt.web.api.schema import knowledge as schema
from tyngdepunkt.web.rendering import Page

_SNAPSHOT = Operation("What judgements rest on", schema.Snapshot, "/snapshot")
_PLAIN = ("name", "rows", "sha256")
_TOLD = ("title", "provider", "reference", "query", "date", "licence", "note", "attribution")


@reading("/snapshot", "The snapshot", _SNAPSHOT)
def show_snapshot(page: Page, places: Places) -> Response[Any]:
    """Its number, its date and its tables, each with provider, query, date, licence and checksum."""
    known = places.snapshot
    tables = [_table(table, page.lang) for table in known.tables]
    return output.as_json({"id": known.id, "built": known.built.isoformat(), "tables": tables}, page.lang)


def _table(table: TableInfo, lang: str) -> dict[str, Any]:
    plain = {part: getattr(table, part) for part in _PLAIN}
    told = {part: getattr(table, part)[lang] for part in _TOLD}
    return {**plain, **told, "years": list(table.years)}


handlers: list[Any] = [show_snapshot]
