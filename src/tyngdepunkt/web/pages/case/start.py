"""The list of cases: begin, upload, copy, delete and take back."""

from __future__ import annotations

import hashlib
from functools import partial
from typing import Any
from urllib.parse import quote

from anyio.to_thread import run_sync
from litestar import Request, Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from tyngdepunkt.errors import Fault, UserError
from tyngdepunkt.inputs.reading import MAX_BYTES
from tyngdepunkt.places import Municipality, Places
from tyngdepunkt.web.pages.case._step_context import Form
from tyngdepunkt.web.read import uploaded
from tyngdepunkt.web.read.said import in_file, said
from tyngdepunkt.web.read.versions import choices, told_apart
from tyngdepunkt.web.rendering import Page
from tyngdepunkt.web.request_values import clean
from tyngdepunkt.web.security import KEY
from tyngdepunkt.web.worker import is_busy, workers
from tyngdepunkt.workspace.drafts import Drafts

MOST_PLACES = 20  # that a new case can begin with


@get("/case")
async def cases(page: Page, places: Places, drafts: Drafts) -> Response[str]:
    """The cases there are, and the two ways to begin one; with `place`, a case that has places already."""
    asked = page.request.query_params.getall("place", [])[:MOST_PLACES]
    begun, errors = await run_sync(partial(_begun, asked, places, page))
    return await run_sync(partial(_page, page, drafts, errors, 422 if errors else 200, begun))


@post("/case")
async def begin(request: Request[Any, Any, Any], page: Page, places: Places, drafts: Drafts) -> Response[Any]:
    """A new case: empty, or with places among the alternatives."""
    form = Form(await request.form())
    asked = form.all("place")[:MOST_PLACES]
    begun, errors = await run_sync(partial(_begun, asked, places, page))
    if errors:
        return await run_sync(partial(_page, page, drafts, errors, 422, begun))
    named = {"alternatives": [written for written, _ in begun]} if begun else {}
    once = page.once(form.text(KEY), "begin", *(written for written, _ in begun))
    made = await run_sync(partial(drafts.create, {"lang": page.lang, **named}, once=once))
    return Redirect(page.link(f"/case/{made.id}/unit"), status_code=303)


Begun = list[tuple[str, str]]


def _begun(asked: list[str], places: Places, page: Page) -> tuple[Begun, list[tuple[str, str]]]:
    """The places asked for, each as a case file writes it and by name, and what is wrong with the others."""
    found: dict[str, tuple[str, str]] = {}
    errors = []
    for text in filter(None, map(clean, asked)):
        try:
            resolved = places.resolve(text[:200])
        except UserError as error:
            errors += [("begin", said(fault, page.lang)) for fault in error.faults]
        else:
            here = resolved.municipality
            found[here.code] = (text[:200] if resolved.asked else _written(here, places), resolved.shown)
    return list(found.values()), errors


def _written(here: Municipality, places: Places) -> str:
    """The name where it leads back to the place, else its number."""
    try:
        return here.name if places.resolve(here.name).municipality.code == here.code else here.code
    except UserError:
        return here.code


@post("/case/upload")
async def upload(request: Request[Any, Any, Any], page: Page, drafts: Drafts) -> Response[Any]:
    """A case file becomes a draft; what is wrong with it is shown at the check."""
    posted = await request.form()
    file = posted.get("file")
    if file is None or isinstance(file, str) or not file.filename:
        text = page.gettext("Choose a case file first: YAML or JSON, at most 1 MB.")
        return _page(page, drafts, [("file", text)], 422)
    content = await file.read(MAX_BYTES + 1)
    name = str(file.filename).replace("\\", "/").rpartition("/")[2][:200]
    once = page.once(Form(posted).text(KEY), "upload", hashlib.sha256(content).hexdigest())
    try:
        if len(content) > MAX_BYTES:
            values = {"path": name, "size": len(content) / 1_000_000, "limit": MAX_BYTES / 1_000_000}
            raise UserError(Fault("inputs:too_large", values))
        data = await workers.run(uploaded.case_file, name, content)
        made = await run_sync(partial(drafts.create, data, "upload", once=once))
    except UserError as error:
        if is_busy(error):
            raise
        status = 413 if _is_large(error) else 422
        return await run_sync(partial(_page, page, drafts, _told(error, page), status))
    return Redirect(page.link(f"/case/{made.id}/check"), status_code=303)


def _told(error: UserError, page: Page) -> list[tuple[str, str]]:
    return [("file", in_file(fault, page.lang)) for fault in error.faults]


def _is_large(error: UserError) -> bool:
    return any(fault.key.endswith(":too_large") for fault in error.faults)


@post("/case/{draft_id:str}/copy")
async def copy(
    request: Request[Any, Any, Any], page: Page, drafts: Drafts, draft_id: FromPath[str]
) -> Redirect:
    """A case like this one."""
    once = page.once(Form(await request.form()).text(KEY), "copy", draft_id)
    return await run_sync(partial(_copy, page, drafts, draft_id, once))


def _copy(page: Page, drafts: Drafts, draft_id: str, once: str) -> Redirect:
    source = drafts.get(draft_id)
    title = page.gettext("Copy of %(title)s") % {"title": source.title or page.gettext("Case without title")}
    made = drafts.duplicate(draft_id, title, once=once)
    return Redirect(page.link(f"/case/{made.id}/check"), status_code=303)


@post("/case/{draft_id:str}/delete", sync_to_thread=True)
def delete(page: Page, drafts: Drafts, draft_id: FromPath[str]) -> Redirect:
    """Out of the list; the next page offers to take it back."""
    drafts.delete(draft_id)
    return Redirect(page.link("/case", deleted=draft_id), status_code=303)


@post("/case/{draft_id:str}/restore", sync_to_thread=True)
def restore(page: Page, drafts: Drafts, draft_id: FromPath[str]) -> Redirect:
    """Back in the list."""
    drafts.restore(draft_id)
    return Redirect(page.link("/case"), status_code=303)


@get("/case/{draft_id:str}", sync_to_thread=False)
def whole(page: Page, draft_id: FromPath[str]) -> Redirect:
    """The case by its id: the check shows everything."""
    return Redirect(page.link(f"/case/{quote(draft_id, safe='')}/check"), status_code=303)


def _page(
    page: Page, drafts: Drafts, errors: Any = (), status: int = 200, begun: Begun | None = None
) -> Response[str]:
    found, gone = drafts.list(), drafts.list(deleted=True)
    shown: dict[str, Any] = {
        "drafts": found,
        "begun_at": told_apart(found, page.lang) | told_apart(gone, page.lang),
        "cases": choices(found, page.lang),
        "gone": gone,
        "deleted": page.request.query_params.get("deleted", ""),
        "begun": begun or [],
    }
    return page("case/start.html", status=status, errors=list(errors), **shown)


handlers: list[Any] = [cases, begin, upload, copy, delete, restore, whole]
