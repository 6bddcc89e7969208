"""The result, and the answer while one weighs."""

from __future__ import annotations

from functools import partial
from typing import Any

from anyio.to_thread import run_sync
from litestar import Request, Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from tyngdepunkt.analyses.location.live import weights as forms
from tyngdepunkt.analyses.location.live.weighing import Desktop
from tyngdepunkt.errors import UserError
from tyngdepunkt.places import Places
from tyngdepunkt.web import output
from tyngdepunkt.web.pages.case._desk import Around, Form
from tyngdepunkt.web.pages.case.considerations import ids_of, weights_in, weights_shown
from tyngdepunkt.web.read import case as read
from tyngdepunkt.web.read import weights as told
from tyngdepunkt.web.read.said import said
from tyngdepunkt.web.rendering import Page
from tyngdepunkt.workspace.drafts import Draft, Drafts

Tools = tuple[Places, Drafts, Desktop]


@get("/case/{draft_id:str}/result", sync_to_thread=True)
def result(
    page: Page, places: Places, drafts: Drafts, desktop: Desktop, draft_id: FromPath[str]
) -> Response[Any]:
    """The whole answer; a case that is not complete leads back to the check."""
    return _page(page, drafts.get(draft_id), (places, drafts, desktop))


@get("/case/{draft_id:str}/result.json", sync_to_thread=True)
def result_json(page: Page, drafts: Drafts, desktop: Desktop, draft_id: FromPath[str]) -> Response[Any]:
    """The same answer for machines; a case that is not complete is a problem document with every fault."""
    from tyngdepunkt.analyses.location.as_json import as_json

    draft = drafts.get(draft_id)
    content = as_json(desktop.assessed(draft, page.lang))
    drafts.seen(draft.id, draft.version)
    return output.as_json(content, page.lang)


@post("/case/{draft_id:str}/weigh", status_code=200)
async def weigh(
    request: Request[Any, Any, Any],
    page: Page,
    places: Places,
    drafts: Drafts,
    desktop: Desktop,
    draft_id: FromPath[str],
) -> Response[Any]:
    """The ranking under other weights; nothing is saved. A part for the script, else the whole page."""
    form = Form(await request.form())
    return await run_sync(partial(_weigh, form, page, (places, drafts, desktop), draft_id))


def _weigh(form: Form, page: Page, tools: Tools, draft_id: str) -> Response[Any]:
    places, drafts, desktop = tools
    draft = drafts.get(draft_id)
    value = weights_in(form, ids_of(Around(draft, places, page)))
    try:
        answer = desktop.reweighed(draft, forms.scaled(value, decimals=4))
        live, errors, status = told.told(answer, value, draft.content, page.lang), [], 200
        drafts.seen(draft.id, draft.version)
    except UserError as error:
        told_faults = [("weights", said(fault, page.lang, "weights")) for fault in error.faults]
        live, errors, status = None, told_faults, 422
    if not page.wants_fragment:
        return _page(page, draft, tools, value=value, live=live, errors=errors, status=status)
    return page.fragment("pages/case/_live_part.html", status=status, live=live, errors=errors)


def _page(page: Page, draft: Draft, tools: Tools, **tried: Any) -> Response[Any]:
    from tyngdepunkt.web.read.result import result_page, tried_weights

    places, drafts, desktop = tools
    if read.faults_of(draft, places):
        return Redirect(page.link(f"/case/{draft.id}/check"), status_code=303)
    assessment = desktop.assessed(draft, page.lang)
    drafts.seen(draft.id, draft.version)
    weights = tried.get("value") or tried_weights(assessment, draft.content)
    return page(
        "case/result.html",
        status=tried.get("status", 200),
        draft=draft,
        result=desktop.kept(draft, f"page {page.lang}", lambda: result_page(assessment, places)),
        live=tried.get("live"),
        errors=tried.get("errors", []),
        **weights_shown(Around(draft, places, page), {**draft.content, "weights": weights}),
    )


handlers: list[Any] = [result, result_json, weigh]
