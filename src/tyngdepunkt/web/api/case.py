"""Location cases for machines: a whole one in, the document of `assess --json` out.

Nothing sent here is kept. Cases that are being written belong to the browser they are written in, and
are not in the API: whoever wants one downloads it as YAML and sends it here.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

from anyio.to_thread import run_sync
from litestar import Request, Response

from tyngdepunkt.analyses.location.answer import Assessment
from tyngdepunkt.errors import Fault, UserError
from tyngdepunkt.inputs.reading import MAX_BYTES, decode
from tyngdepunkt.places import Places
from tyngdepunkt.web import output
from tyngdepunkt.web.api.operation import Operation, asking
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
_ERRORS = (403, 404, 408, 409, 413, 415)


def Case() -> dict[str, Any]:  # noqa: N802  # the name it has among the schemas
    """The fields of a case file: the schema that editors check it by."""
    from tyngdepunkt.analyses.location.input.json_schema import json_schema

    return json_schema("en")


_ASSESS = Operation(_TAG, Assessment, "/assess", _ERRORS, takes=Case, body=_CASE)


@asking("/assess", "Assess a location case", _ASSESS)
async def assess(request: Request[Any, Any, Any], page: Page, places: Places) -> Response[Any]:
    """Assess a location case; the answer is that of `tyngdepunkt assess --json`.

    The body is the mapping of a case file as JSON or YAML. Every fault of the case comes back in `errors`.
    """
    text = _text(await request.body(), "case")
    return await run_sync(partial(_assess, text, page, places))


def _text(body: bytes, name: str) -> str:
    if len(body) > MAX_BYTES:
        values = {"path": name, "size": len(body) / 1_000_000, "limit": MAX_BYTES / 1_000_000}
        raise UserError(Fault("inputs:too_large", values))
    return decode(body, Path(name))


def _assess(text: str, page: Page, places: Places) -> Response[Any]:
    from tyngdepunkt.analyses.location.as_json import as_json
    from tyngdepunkt.analyses.location.assess import assess as run
    from tyngdepunkt.analyses.location.case import case_from_text

    case = case_from_text(text, places, by_program=True)
    lang = page.asked or case.lang or page.lang
    return output.as_json(as_json(run(case, places, lang)), lang)


handlers: list[Any] = [assess]
