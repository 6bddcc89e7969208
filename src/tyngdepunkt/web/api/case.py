"""The location case for machines: a case mapping in, the document of `assess --json` out."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path
from typing import Any

from anyio.to_thread import run_sync
from litestar import Request, Response, post

from tyngdepunkt.cases.reading import MAX_BYTES, decode
from tyngdepunkt.errors import Fault, UserError
from tyngdepunkt.places import Places
from tyngdepunkt.web.rendering import Page


@post("/api/v1/assess", status_code=200)
async def assess(request: Request[Any, Any, Any], page: Page, places: Places) -> Response[Any]:
    """Assess a location case.

    The body is the mapping of a case file as JSON (or YAML); the answer is that of
    `tyngdepunkt assess --json`. Every fault of the case comes back in `errors`.
    """
    text = _text(await request.body())
    return await run_sync(partial(_assess, text, page.lang, places))


@post("/api/v1/rank", status_code=200)
async def rank(request: Request[Any, Any, Any]) -> Response[Any]:
    """Rank any table of alternatives; the answer is that of `tyngdepunkt rank --json`."""
    return await run_sync(partial(_rank, _text(await request.body())))


def _text(body: bytes) -> str:
    if len(body) > MAX_BYTES:
        values = {"path": "case.json", "size": len(body) / 1_000_000, "limit": MAX_BYTES / 1_000_000}
        raise UserError(Fault("cases:too_large", values))
    return decode(body, Path("case.json"))


def _assess(text: str, lang: str, places: Places) -> Response[Any]:
    from tyngdepunkt.cases.location.as_json import as_json
    from tyngdepunkt.cases.location.assess import assess as run
    from tyngdepunkt.cases.location.case import case_from_text

    case = case_from_text(text, places)
    return _json(as_json(run(case, places, lang)))


def _rank(text: str) -> Response[Any]:
    import tempfile

    from tyngdepunkt.cases.ranking import as_json, rank_table, read_table

    with tempfile.TemporaryDirectory(prefix="tyngdepunkt-") as folder:
        file = Path(folder) / "table.json"
        file.write_text(text, encoding="utf-8")
        return _json(as_json(rank_table(read_table(file), 100_000, 20_190_101)))


def _json(content: dict[str, Any]) -> Response[Any]:
    text = json.dumps(content, ensure_ascii=False, allow_nan=False)
    return Response(text.encode(), media_type="application/json")


handlers: list[Any] = [assess, rank]
