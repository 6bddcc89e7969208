"""A result that others may read: sharing one version, withdrawing that, and the page they see."""

from __future__ import annotations

from functools import partial
from typing import Any

from anyio.to_thread import run_sync
from litestar import Request, Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from tyngdepunkt.analyses.location.live.weighing import Desktop
from tyngdepunkt.errors import Fault, UserError
from tyngdepunkt.places import Places
from tyngdepunkt.web import security
from tyngdepunkt.web.pages.case._step_context import Form
from tyngdepunkt.web.read import case as read
from tyngdepunkt.web.read.versions import saved_in_words
from tyngdepunkt.web.rendering import Page
from tyngdepunkt.workspace.drafts import Draft, Drafts
from tyngdepunkt.workspace.drafts.shares import Shares


@post("/case/{draft_id:str}/share", status_code=200)
async def share(
    request: Request[Any, Any, Any],
    page: Page,
    places: Places,
    drafts: Drafts,
    shares: Shares,
    draft_id: FromPath[str],
) -> Response[Any]:
    """Share the version that was shown; the page that answers is the only one with the address."""
    version = Form(await request.form()).number("version")
    return await run_sync(partial(_share, page, (places, drafts, shares), draft_id, version))


def _share(page: Page, tools: tuple[Places, Drafts, Shares], draft_id: str, version: int) -> Response[Any]:
    places, drafts, shares = tools
    draft = drafts.get(draft_id, version)
    if read.faults_of(draft, places):
        return Redirect(page.link(f"/case/{draft.id}/check"), status_code=303)
    address = page.whole(f"{security.SHARED}{shares.make(draft.id, draft.version)}")
    return page("case/share.html", draft=draft, address=address, shared=told(page, shares, draft))


@post("/case/{draft_id:str}/withdraw")
async def withdraw(
    request: Request[Any, Any, Any], page: Page, drafts: Drafts, shares: Shares, draft_id: FromPath[str]
) -> Redirect:
    """What was shared leads nowhere from now on."""
    share_id = Form(await request.form()).text("share")
    draft = await run_sync(partial(drafts.get, draft_id))
    await run_sync(partial(shares.withdraw, draft.id, share_id))
    return Redirect(page.link(f"/case/{draft.id}/result") + "#share", status_code=303)


@get("/shared/{token:str}", sync_to_thread=True)
def shared(
    page: Page, places: Places, drafts: Drafts, shares: Shares, desktop: Desktop, token: FromPath[str]
) -> Response[Any]:
    """One version of a result, to be read; that it is read changes nothing in the case."""
    from tyngdepunkt.analyses.location.changed import since
    from tyngdepunkt.web.read.result import result_page

    found = shares.read(token)
    draft = drafts.get(found.draft_id, found.version)
    if read.faults_of(draft, places):  # by rules that came after it was shared
        raise UserError(Fault("workspace.drafts:no_share"))
    page.own()
    assessment = desktop.assessed(draft, page.lang)
    made = saved_in_words(found.made_at, page.lang)
    result = desktop.kept(draft, f"page {page.lang}", lambda: result_page(assessment, places))
    changed = since(assessment, draft.method)
    return page(
        "case/shared.html", draft=draft, result=result, made=made, changed=changed, robots=security.ROBOTS
    )


def told(page: Page, shares: Shares, draft: Draft) -> list[tuple[str, int, str]]:
    """What is shared of a case: its id, the version, and when it was shared."""
    return [(each.id, each.version, saved_in_words(each.made_at, page.lang)) for each in shares.of(draft.id)]


handlers: list[Any] = [share, withdraw, shared]
