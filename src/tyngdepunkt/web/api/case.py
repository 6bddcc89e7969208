"""Cases and tables for machines: a whole one in, the document of `assess --json` or `rank --json` out.

Nothing sent here is kept. Cases that are being written belong to the browser they are written in, and
are not in the API: whoever wants one downloads it as YAML and sends it here.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

from anyio.to_thread import run_sync
from litestar import Request, Response

from tyngdepunkt.errors import Fault, UserError
from tyngdepunkt.inputs.reading import MAX_BYTES, decode, parse_mapping
from tyngdepunkt.places import Places
from tyngdepunkt.web import output
from tyngdepunkt.web.api.operation import Operation, asking
from tyngdepunkt.web.api.schema import case as schema
from tyngdepunkt.web.api.schema import ranking
from tyngdepunkt.web.rendering import Page

_TAG = "Assess and rank"
_CASE = """\
title: A new office
date: 2023-06-01
trigger: new_unit
unit:
  name: An office
  jobs: 30
alternatives: [Hamar, Elverum, "3427"]
weights: none
lang: en
"""
_TABLE = """\
criteria:
  - {id: access, direction: max, value: identity}
  - {id: cost, direction: min, value: minmax}
weights: {access: 36, cost: 10}
alternatives:
  A: {access: 31.9, cost: 8.4}
  B: {access: 30.0, cost: 9.1}
"""
_ERRORS = (403, 404, 408, 409, 413, 415)
_ASSESS = Operation(_TAG, schema.Assessment, "/assess", _ERRORS, takes=schema.Case, body=_CASE)
_RANK = Operation(_TAG, ranking.Ranking, "/rank", _ERRORS, takes=ranking.RankingTable, body=_TABLE)
_DRAWS, _SEED = 100_000, 20_190_101


@asking("/assess", "Assess a location case", _ASSESS)
async def assess(request: Request[Any, Any, Any], page: Page, places: Places) -> Response[Any]:
    """Assess a location case; the answer is that of `tyngdepunkt assess --json`.

    The body is the mapping of a case file as JSON or YAML. Every fault of the case comes back in `errors`.
    """
    text = _text(await request.body(), "case")
    return await run_sync(partial(_assess, text, page, places))


@asking("/rank", "Rank any table of alternatives", _RANK)
async def rank(request: Request[Any, Any, Any], page: Page) -> Response[Any]:
    """Rank any table of alternatives; the answer is that of `tyngdepunkt rank --json`."""
    text = _text(await request.body(), "table")
    return await run_sync(partial(_rank, text, page.lang))


def _text(body: bytes, name: str) -> str:
    if len(body) > MAX_BYTES:
        values = {"path": name, "size": len(body) / 1_000_000, "limit": MAX_BYTES / 1_000_000}
        raise UserError(Fault("inputs:too_large", values))
    return decode(body, Path(name))


def _assess(text: str, page: Page, places: Places) -> Response[Any]:
    from tyngdepunkt.analyses.location.as_json import as_json
    from tyngdepunkt.analyses.location.assess import assess as run
    from tyngdepunkt.analyses.location.case import case_from_text

    case = case_from_text(text, places)
    lang = page.asked or case.lang or page.lang
    return output.as_json(as_json(run(case, places, lang)), lang)


def _rank(text: str, lang: str) -> Response[Any]:
    from tyngdepunkt.analyses.ranking import as_json, rank_table
    from tyngdepunkt.analyses.ranking.read import table_of

    table = table_of(parse_mapping(text, Path("table")))
    return output.as_json(as_json(rank_table(table, _DRAWS, _SEED)), lang)


handlers: list[Any] = [assess, rank]
