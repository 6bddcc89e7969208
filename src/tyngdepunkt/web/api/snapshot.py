"""The snapshot that every figure comes from, over the API."""

from __future__ import annotations

from typing import Any

from litestar import Response

from tyngdepunkt.json_types import from_attributes
from tyngdepunkt.places import Places, TableInfo
from tyngdepunkt.web import output
from tyngdepunkt.web.answers import knowledge as answers
from tyngdepunkt.web.api.operation import Operation, reading
from tyngdepunkt.web.rendering import Page

_SNAPSHOT = Operation("What judgements rest on", answers.Snapshot, "/snapshot")
_TOLD = ("title", "provider", "reference", "query", "date", "licence", "note", "attribution")


@reading("/snapshot", "The snapshot", _SNAPSHOT)
def show_snapshot(page: Page, places: Places) -> Response[Any]:
    """Its number, its date and its tables, each with provider, query, date, licence and checksum."""
    known = places.snapshot
    tables = [_table(table, page.lang) for table in known.tables]
    return output.as_json(answers.Snapshot(known.id, known.built.isoformat(), tables), page.lang)


def _table(table: TableInfo, lang: str) -> answers.Table:
    return from_attributes(answers.Table, table, **{part: getattr(table, part)[lang] for part in _TOLD})


handlers: list[Any] = [show_snapshot]
