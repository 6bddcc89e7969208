"""The result, and the answer while one weighs."""

from __future__ import annotations

from functools import partial
from typing import Any

from anyio.to_thread import run_sync
from litestar import Request, Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from tyngdepunkt.analyses.location.live.weighing import Desktop
from tyngdepunkt.errors import UserError
from tyngdepunkt.inputs import weight_forms as forms
from tyngdepunkt.places import Places
from tyngdepunkt.web import output
from tyngdepunkt.web.pages.case._step_context import Form, StepContext
from tyngdepunkt.web.pages.case.considerations import ids_of, weights_in, weights_shown
from tyngdepunkt.web.pages.case.share import told as shared_of
from tyngdepunkt.web.parts import N_
from tyngdepunkt.web.read import case as read
from tyngdepunkt.web.read import weights as told
from tyngdepunkt.web.read.alternatives import is_auto
from tyngdepunkt.web.read.said import said
from tyngdepunkt.web.read.work import Piece, Tell, Works
from tyngdepunkt.web.rendering import Page
from tyngdepunkt.workspace.drafts import Draft, Drafts
from tyngdepunkt.workspace.drafts.shares import Shares

Tools = tuple[Places, Drafts, Desktop, Shares]


@get("/case/{draft_id:str}/result", sync_to_thread=True)
def result(
    page: Page, places: Places, drafts: Drafts, desktop: Desktop, shares: Shares, draft_id: FromPath[str]
) -> Response[Any]:
    """The whole answer; a case that is not complete leads back to the check.

    An answer over every centre takes seconds: until it is made, a page tells how far it has come, and asks
    for that part of itself again and again.
    """
    draft = drafts.get(draft_id)
    if page.wants_fragment:
        return _how_far(page, draft)
    return _waiting(page, draft, places, desktop) or _page(page, draft, (places, drafts, desktop, shares))


def _waiting(page: Page, draft: Draft, places: Places, desktop: Desktop) -> Response[Any] | None:
    """The page that tells how far a long answer has come; None where there is nothing to wait for."""
    if not is_auto(draft.content.get("alternatives")) or read.faults_of(draft, places):
        return None
    what = f"page {page.lang}"
    if desktop.has(draft, what):
        return None
    lang = page.lang

    def make(tell: Tell) -> None:
        from tyngdepunkt.web.read.result import result_page

        assessment = desktop.assessed(draft, lang, tell)
        tell("page")
        desktop.kept(draft, what, lambda: result_page(assessment, places))

    piece = _works(page).going_on(_key(page, draft), make)
    return None if piece is None else page("case/working.html", draft=draft, **_step(page, piece))


def _how_far(page: Page, draft: Draft) -> Response[Any]:
    """The part that tells how far it has come; once it is over, a word to ask for the page itself."""
    piece = _works(page).at(_key(page, draft))
    if piece is None:
        return Response("", headers={"HX-Refresh": "true"})
    return page.fragment("pages/case/_working_part.html", **_step(page, piece))


def _key(page: Page, draft: Draft) -> tuple[str, int, str]:
    return draft.id, draft.version, page.lang


def _step(page: Page, piece: Piece) -> dict[str, Any]:
    step = piece.begun[-1] if piece.begun else "figures"
    return {
        "now": page.gettext(_STEPS[step]), "number": max(1, len(piece.begun)), "count": len(_STEPS)
    }  # fmt: skip


_STEPS = {
    "figures": N_("Fetching figures for the alternatives"),
    "weighing": N_("Weighing the considerations"),
    "rules": N_("Judging the case by the guidelines"),
    "page": N_("Drawing the figures and the maps"),
}


def _works(page: Page) -> Works:
    kept = page.request.app.state.get("works")
    if kept is None:
        kept = page.request.app.state["works"] = Works()
    found: Works = kept
    return found


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
    shares: Shares,
    draft_id: FromPath[str],
) -> Response[Any]:
    """The ranking under other weights; nothing is saved. A part for the script, else the whole page."""
    form = Form(await request.form())
    return await run_sync(partial(_weigh, form, page, (places, drafts, desktop, shares), draft_id))


def _weigh(form: Form, page: Page, tools: Tools, draft_id: str) -> Response[Any]:
    places, drafts, desktop, _ = tools
    draft = drafts.get(draft_id)
    value = weights_in(form, ids_of(StepContext(draft, places, page)), draft.content)
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
    from tyngdepunkt.analyses.location.changed import since
    from tyngdepunkt.web.read.result import result_page, tried_weights

    places, drafts, desktop, shares = tools
    if read.faults_of(draft, places):
        return Redirect(page.link(f"/case/{draft.id}/check"), status_code=303)
    assessment = desktop.assessed(draft, page.lang)
    drafts.seen(draft.id, draft.version)
    changed = since(assessment, draft.method)
    weights = tried.get("value") or tried_weights(assessment, draft.content)
    return page(
        "case/result.html",
        status=tried.get("status", 200),
        draft=draft,
        result=desktop.kept(draft, f"page {page.lang}", lambda: result_page(assessment, places)),
        changed=changed,
        shared=shared_of(page, shares, draft),
        live=tried.get("live"),
        errors=tried.get("errors", []),
        **weights_shown(StepContext(draft, places, page), {**draft.content, "weights": weights}),
    )


handlers: list[Any] = [result, result_json, weigh]
