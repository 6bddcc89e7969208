"""Two versions of a case side by side, two cases side by side, and the way back to an older version."""

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
from tyngdepunkt.web.output import as_json
from tyngdepunkt.web.pages.case import step_flow
from tyngdepunkt.web.pages.case._step_context import Form
from tyngdepunkt.web.pages.case._steps import MORE
from tyngdepunkt.web.parts import N_
from tyngdepunkt.web.read import versions as read
from tyngdepunkt.web.read.then import then
from tyngdepunkt.web.read.version_diff import MOST
from tyngdepunkt.web.rendering import Page
from tyngdepunkt.web.request_values import whole
from tyngdepunkt.workspace.drafts import Conflict, Draft, Drafts, Version

Tools = tuple[Places, Drafts, Desktop]
OTHERS = {
    "start": N_("Begun"),
    "upload": N_("Uploaded"),
    "copy": N_("Copied"),
    "back": N_("Back to an older version"),
}
KEPT = ("weights", "weight_log")
"""What going back leaves alone: weights are changed on their own page, where the change is logged."""


def step_name(step: str, page: Page) -> str:
    """What was saved, in words; `back:3` is the way back to version 3."""
    name, _, version = step.partition(":")
    titles = {each.id: each.title for each in (*step_flow.STEPS, *MORE)} | OTHERS
    told = page.gettext(titles[name]) if name in titles else name
    return f"{told} ({version})" if version else told


def version_name(version: Version, page: Page) -> str:
    """A version where one chooses among them: its number, what was saved, and when."""
    saved = read.saved_in_words(version.saved_at, page.lang)
    return f"{version.version}: {step_name(version.step, page)}, {saved}"


@get(["/case/{draft_id:str}/versions", "/case/{draft_id:str}/versions.json"], sync_to_thread=True)
def versions(
    page: Page, places: Places, drafts: Drafts, desktop: Desktop, draft_id: FromPath[str]
) -> Response[Any]:
    """Two versions, by `a` and `b`: the one before the newest and the newest where nothing is asked."""
    newest = drafts.get(draft_id)
    query = page.request.query_params
    b = _version(query.get("b"), newest.version)
    a = _version(query.get("a"), max(1, b - 1))
    pair = drafts.get(draft_id, a), drafts.get(draft_id, b)
    return _answer(page, pair, (places, drafts, desktop), newest)


@get(["/case/compare", "/case/compare.json"], sync_to_thread=True)
def compare(page: Page, places: Places, drafts: Drafts, desktop: Desktop) -> Response[Any]:
    """Two cases, each as `ID` or `ID@version`; without them, a form to choose them."""
    query = page.request.query_params
    asked = query.get("a", ""), query.get("b", "")
    if not all(asked):
        return page("case/compare.html", cases=read.choices(drafts.list(), page.lang), asked=asked)
    a, b = (_draft(drafts, each) for each in asked)
    if a.id == b.id and not page.request.url.path.endswith(".json"):
        same = {} if a.version == b.version else {"a": a.version, "b": b.version}
        return Redirect(page.link(f"/case/{a.id}/versions", **same), status_code=303)
    return _answer(page, (a, b), (places, drafts, desktop), None)


def _draft(drafts: Drafts, asked: str) -> Draft:
    draft_id, _, version = asked.partition("@")
    return drafts.get(draft_id, whole(version) if version else None)


def _version(text: str | None, default: int) -> int:
    """A version's number; what is no number is the version 0 that does not exist."""
    return whole(text) if text else default


def _answer(page: Page, pair: tuple[Draft, Draft], tools: Tools, newest: Draft | None) -> Response[Any]:
    places, drafts, desktop = tools
    found = read.side_by_side(*pair, places, desktop, page.lang)
    for draft, side in zip(pair, (found.a, found.b), strict=True):
        if side.recommendation:
            drafts.seen(draft.id, draft.version)
    before = then(newest, places, desktop, page.lang) if newest else None
    if page.request.url.path.endswith(".json"):
        told = (
            {**found.as_json(), "then": before.as_json() if before else None} if newest else found.as_json()
        )
        return as_json(told, page.lang)
    choices: list[Any] = [_choices(drafts, each.id, page) for each in (found.a, found.b)]
    if newest:
        choices = [(each.version, version_name(each, page)) for each in drafts.history(newest.id)]
    twin = _twin(page, found, newest)
    return page(
        "case/versions.html",
        found=found,
        draft=newest,
        choices=choices,
        most=MOST,
        twin=twin,
        then=before,
    )


def _choices(drafts: Drafts, draft_id: str, page: Page) -> list[tuple[str, str]]:
    """Every version of a case, as `compare` takes them."""
    return [(f"{draft_id}@{each.version}", version_name(each, page)) for each in drafts.history(draft_id)]


def _twin(page: Page, found: read.SideBySide, newest: Draft | None) -> str:
    if newest:
        return page.link(f"/case/{newest.id}/versions.json", a=found.a.version, b=found.b.version)
    a, b = (f"{each.id}@{each.version}" for each in (found.a, found.b))
    return page.link("/case/compare.json", a=a, b=b)


@post("/case/{draft_id:str}/versions")
async def back(
    request: Request[Any, Any, Any], page: Page, drafts: Drafts, draft_id: FromPath[str]
) -> Response[Any]:
    """Make the answers of an older version the newest, as a save of its own; weights and log stay."""
    form = Form(await request.form())
    return await run_sync(partial(_back, form, page, drafts, draft_id))


def _back(form: Form, page: Page, drafts: Drafts, draft_id: str) -> Response[Any]:
    newest, number, seen = drafts.get(draft_id), form.number("version"), form.number("newest")
    if not number:
        raise UserError(Fault("workspace.drafts:no_version", {"version": number, "newest": newest.version}))
    if seen != newest.version:  # somebody has saved what the person never saw
        raise UserError(Fault("web:conflict"))
    older = drafts.get(draft_id, number)
    gone = dict.fromkeys(name for name in newest.content if name not in older.content)
    changes = {name: value for name, value in {**gone, **older.content}.items() if name not in KEPT}
    try:
        drafts.save(draft_id, changes, seen, f"back:{number}")
    except Conflict as clash:
        raise UserError(Fault("web:conflict")) from clash
    return Redirect(page.link(f"/case/{draft_id}/documents"), status_code=303)


handlers: list[Any] = [versions, compare, back]
