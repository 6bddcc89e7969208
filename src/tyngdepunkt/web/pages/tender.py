"""A tender tested as a draft in a form, before there is a notice: judged, changed, and judged beside it."""

from __future__ import annotations

import base64
import binascii
from functools import partial
from typing import Any

from anyio.to_thread import run_sync
from litestar import Request, Response, get, post

from tyngdepunkt.errors import UserError
from tyngdepunkt.web.read import tender as read
from tyngdepunkt.web.read.analysis import Answer
from tyngdepunkt.web.read.said import said
from tyngdepunkt.web.rendering import Page
from tyngdepunkt.web.request_values import clean
from tyngdepunkt.web.worker import is_busy, workers

PATH = "/analysis/procurement/draft"
_LONGEST = 2000


@get(PATH, sync_to_thread=True)
def ask(page: Page) -> Response[Any]:
    """The form, as it is before anybody writes."""
    return _shown(page, {each.name: each.value for each in read.ALL})


@post(PATH, status_code=200)
async def answer(request: Request[Any, Any, Any], page: Page) -> Response[Any]:
    """The draft judged, over the form with what was written in it."""
    form = await request.form()
    given = {name: clean(value)[:_LONGEST] for name, value in form.items() if isinstance(value, str)}
    before = _before(form.get("before"))
    try:
        draft = read.written(read.draft_of(given, page.lang))
        found = await workers.run(read.work, draft, before, page.lang)
    except UserError as error:
        if is_busy(error):
            raise
        return await run_sync(partial(_shown, page, given, error=error, draft=before))
    return await run_sync(partial(_shown, page, given, found=found, draft=draft))


def _before(sent: Any) -> bytes:
    """The draft that was judged last; empty where none came along."""
    try:
        return base64.b64decode(sent, validate=True) if isinstance(sent, str) else b""
    except (binascii.Error, ValueError):
        return b""


def _shown(
    page: Page,
    given: dict[str, str],
    *,
    found: Answer | None = None,
    error: UserError | None = None,
    draft: bytes = b"",
) -> Response[Any]:
    titles = {read.title_of(each.name, page.lang): f"field-{each.name}" for each in read.ALL}
    faults = [
        (titles.get(each.where, "field-kind"), f"{each.where}: {said(each, page.lang)}")
        for each in (error.faults if error else ())
    ]
    parts = [
        (page.say(f"{read.ROOM}:form.parts.{name}"), [_control(page, each, given) for each in asked])
        for name, asked in read.PARTS.items()
    ]
    context: dict[str, Any] = {
        "title": page.say(f"{read.ROOM}:form.title"),
        "lead": page.say(f"{read.ROOM}:form.lead"),
        "upload": page.say(f"{read.ROOM}:form.upload"),
        "again": page.say(f"{read.ROOM}:form.again"),
        "as_file": page.say(f"{read.ROOM}:form.as_file"),
        "parts": parts,
        "form_at": PATH,
        "answer": found,
        "faults": list(dict.fromkeys(faults)),
        "draft": base64.b64encode(draft).decode(),
        "draft_name": read.DRAFT,
    }
    return page("tender.html", status=422 if error else 200, **context)


def _control(page: Page, asked: read.Asked, given: dict[str, str]) -> dict[str, Any]:
    """What the macro `field` takes for one question."""
    entry = f"{read.ROOM}:form.{asked.name}"
    options = [(each, page.say(f"{entry}.choices.{each.replace('-', '_')}")) for each in asked.choices]
    return {
        "name": asked.name,
        "label": page.say(f"{entry}.title"),
        "hint": page.say(f"{entry}.help"),
        "kind": "text" if asked.kind == "day" else asked.kind,
        "options": options,
        "value": given.get(asked.name, ""),
        "required": asked.kind in ("select", "checkbox"),
    }


handlers = [ask, answer]
