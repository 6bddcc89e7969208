"""From step to step: show, take, check, save; and what happens when two tabs save."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import partial
from typing import Any

from anyio.to_thread import run_sync
from litestar import Request, Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from litestar.response import Redirect

from tyngdepunkt import language
from tyngdepunkt.cases.drafts import Conflict, Draft, Drafts
from tyngdepunkt.errors import UserError
from tyngdepunkt.places import Places
from tyngdepunkt.web.pages.case import alternatives, check, considerations, jobs, must_haves, unit
from tyngdepunkt.web.pages.case import rules as rules_step
from tyngdepunkt.web.pages.case._desk import Around, Form, Step
from tyngdepunkt.web.read import case as read
from tyngdepunkt.web.rendering import Page

STEPS: tuple[Step, ...] = (
    unit.STEP,
    jobs.STEP,
    rules_step.STEP,
    must_haves.STEP,
    alternatives.STEP,
    considerations.STEP,
    check.STEP,
)
_BY_ID = {step.id: step for step in STEPS}


@get("/case/{draft_id:str}/{step_id:str}")
async def show(
    page: Page, places: Places, drafts: Drafts, draft_id: FromPath[str], step_id: FromPath[str]
) -> Response[str]:
    """A step with the answers that are kept."""
    step = _step(step_id)
    return await run_sync(lambda: _page(step, Around(drafts.get(draft_id), places, page)))


@post("/case/{draft_id:str}/{step_id:str}")
async def take(
    request: Request[Any, Any, Any],
    page: Page,
    places: Places,
    drafts: Drafts,
    draft_id: FromPath[str],
    step_id: FromPath[str],
) -> Response[Any]:
    """Save a step and go on; or the same page with what is wrong."""
    form = Form(await request.form())
    return await run_sync(partial(_take, form, page, (places, drafts), _step(step_id), draft_id))


def _step(step_id: str) -> Step:
    if step_id not in _BY_ID:
        raise NotFoundException
    return _BY_ID[step_id]


def _take(form: Form, page: Page, store: tuple[Places, Drafts], step: Step, draft_id: str) -> Response[Any]:
    places, drafts = store
    draft = drafts.get(draft_id)
    around = Around(draft, places, page, form)
    changes = step.parse(form, around)
    based_on = form.number("version", draft.version)
    tried = replace(draft, content=_with(draft, changes), version=based_on)
    errors = _errors(step, tried, form, around)
    if errors and not form.has("again"):
        return _page(step, replace(around, draft=tried), errors, status=422)
    try:
        saved = drafts.save(draft_id, changes, based_on, step.id, over=form.has("over"))
    except Conflict as clash:
        return _page(step, replace(around, draft=tried), (), status=409, theirs=_theirs(clash))
    except UserError as error:
        lines = [language.fault_lines(fault, page.lang) for fault in error.faults]
        told = [("main", f"{each['what']} {each['do']}") for each in lines]
        return _page(step, replace(around, draft=tried), told, status=422)
    if form.has("again"):
        return Redirect(page.link(f"/case/{draft_id}/{step.id}", q=form.text("q")), status_code=303)
    back_to_check = form.text("next") == "check"
    goal = "check" if back_to_check else following(step)
    others = {"merged": "yes"} if saved.version > based_on + 1 else {}
    return Redirect(page.link(f"/case/{draft_id}/{goal}", **others), status_code=303)


def _with(draft: Draft, changes: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in {**draft.content, **changes}.items() if value is not None}


def _errors(step: Step, tried: Draft, form: Form, around: Around) -> list[tuple[str, str]]:
    found = read.of_fields(read.faults_of(tried, around.places), step.fields)
    told = [(each.anchor, each.text(around.page.lang)) for each in found]
    return [*told, *step.extra(form, around)]  # noqa: S610 - not Django


def _theirs(clash: Conflict) -> dict[str, Any]:
    return {
        "version": clash.newest,
        "text": json.dumps(clash.theirs, ensure_ascii=False, indent=2),
    }


def following(step: Step) -> str:
    """The step after this one; the result after the last."""
    at = STEPS.index(step) + 1
    return STEPS[at].id if at < len(STEPS) else "result"


def before(step: Step) -> str:
    """The step before this one; empty for the first."""
    at = STEPS.index(step)
    return STEPS[at - 1].id if at else ""


def _page(
    step: Step,
    around: Around,
    errors: Any = (),
    *,
    status: int = 200,
    theirs: dict[str, Any] | None = None,
) -> Response[str]:
    return around.page(
        f"case/{step.id}.html",
        status=status,
        step=step,
        steps=STEPS,
        number=STEPS.index(step) + 1,
        back=before(step),
        draft=around.draft,
        content=around.draft.content,
        errors=list(errors),
        theirs=theirs,
        shown=read.shown_number,
        returning=around.page.request.query_params.get("next", ""),
        merged=around.page.request.query_params.get("merged", ""),
        **step.context(around),
    )


handlers: list[Any] = [show, take]
