"""The result, and the answer while one drags."""

from __future__ import annotations

from functools import partial
from typing import Any

from anyio.to_thread import run_sync
from litestar import Request, Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from tyngdepunkt import language
from tyngdepunkt.cases.drafts import Draft, Drafts
from tyngdepunkt.cases.drafts.weighing import Desktop
from tyngdepunkt.errors import UserError
from tyngdepunkt.web.pages.case._desk import Form
from tyngdepunkt.web.pages.case.considerations import KINDS, weights_in
from tyngdepunkt.web.read import case as read
from tyngdepunkt.web.rendering import Page

SHOWN = 20  # alternatives written out one by one


@get("/case/{draft_id:str}/result", sync_to_thread=True)
def result(page: Page, drafts: Drafts, desktop: Desktop, draft_id: FromPath[str]) -> Response[Any]:
    """The whole answer; a case that is not complete leads back to the check."""
    draft = drafts.get(draft_id)
    return _page(page, draft, (drafts, desktop))


@post("/case/{draft_id:str}/weigh")
async def weigh(
    request: Request[Any, Any, Any], page: Page, drafts: Drafts, desktop: Desktop, draft_id: FromPath[str]
) -> Response[Any]:
    """The ranking under other weights; nothing is saved. A table for the script, else the whole page."""
    form = Form(await request.form())
    return await run_sync(partial(_weigh, form, page, drafts, desktop, draft_id))


def _weigh(form: Form, page: Page, drafts: Drafts, desktop: Desktop, draft_id: str) -> Response[Any]:
    draft = drafts.get(draft_id)
    ids = [each.id for each in read.rule_set_of(draft.content).considerations]
    value = weights_in(form, ids)
    try:
        live, errors, status = desktop.reweighed(draft, value), [], 200
    except UserError as error:
        lines = [language.fault_lines(fault, page.lang) for fault in error.faults]
        live, errors, status = None, [("weights", f"{each['what']} {each['do']}") for each in lines], 422
    if not page.wants_fragment:
        return _page(page, draft, (drafts, desktop), value=value, live=live, errors=errors, status=status)
    names = {each.id: each.title[page.lang] for each in read.rule_set_of(draft.content).considerations}
    return page.fragment("pages/case/_live_part.html", status=status, live=live, errors=errors, names=names)


def _page(page: Page, draft: Draft, tools: tuple[Drafts, Desktop], **tried: Any) -> Response[Any]:
    drafts, desktop = tools
    try:
        assessment = desktop.assessed(draft, page.lang)
    except UserError:
        return Redirect(page.link(f"/case/{draft.id}/check"), status_code=303)
    drafts.seen(draft.id, draft.version)
    value = tried.get("value")
    content = draft.content if value is None else {**draft.content, "weights": value}
    rule_set = read.rule_set_of(draft.content)
    return page(
        "case/result.html",
        status=tried.get("status", 200),
        draft=draft,
        result=assessment,
        ranked=sorted(
            (each for each in assessment.alternatives if each.rank), key=lambda each: each.rank or 0
        ),
        names={each.id: each.title[page.lang] for each in rule_set.considerations},
        considerations=[(each.id, each.title[page.lang], each.reference) for each in rule_set.considerations],
        kinds=[(key, page.gettext(name)) for key, name in KINDS.items()],
        weights=read.weights_form(content),
        live=tried.get("live"),
        errors=tried.get("errors", []),
        most=SHOWN,
    )


handlers: list[Any] = [result, weigh]
