"""From step to step: show, take, check, save; and what happens when two tabs save."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any

from anyio.to_thread import run_sync
from litestar import Request, Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from litestar.response import Redirect

from tyngdepunkt import settings
from tyngdepunkt.analyses.location.input.fields import field_title, known
from tyngdepunkt.errors import UserError
from tyngdepunkt.inputs import numbers
from tyngdepunkt.places import Places
from tyngdepunkt.web.pages.case import alternatives, check, considerations, jobs, must_haves, unit
from tyngdepunkt.web.pages.case import rules as rules_step
from tyngdepunkt.web.pages.case._step_context import Form, Step, StepContext
from tyngdepunkt.web.pages.case._steps import MORE
from tyngdepunkt.web.read import case as read
from tyngdepunkt.web.read.answers import Answers
from tyngdepunkt.web.read.said import said
from tyngdepunkt.web.rendering import Page
from tyngdepunkt.workspace.drafts import Conflict, Draft, Drafts, value_at

STEPS: tuple[Step, ...] = (
    unit.STEP,
    jobs.STEP,
    rules_step.STEP,
    must_haves.STEP,
    alternatives.STEP,
    considerations.STEP,
    check.STEP,
)
MOST_CLASHES = 500
_BY_ID = {step.id: step for step in (*STEPS, *MORE)}


@get("/case/{draft_id:str}/{step_id:str}")
async def show(
    page: Page, places: Places, drafts: Drafts, draft_id: FromPath[str], step_id: FromPath[str]
) -> Response[str]:
    """A step with the answers that are kept."""
    step = _step(step_id)
    return await run_sync(lambda: shown(step, StepContext(drafts.get(draft_id), places, page)))


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
    if form.text("again") in settings.LANGUAGES:
        page.speak(form.text("again"))
    return await run_sync(partial(_take, form, page, (places, drafts), _step(step_id), draft_id))


@post("/case/{draft_id:str}/live/{step_id:str}", status_code=200)
async def live(
    request: Request[Any, Any, Any],
    page: Page,
    places: Places,
    drafts: Drafts,
    draft_id: FromPath[str],
    step_id: FromPath[str],
) -> Response[str]:
    """What the answers on the page would mean, while they are written; nothing is saved."""
    form = Form(await request.form())
    return await run_sync(partial(_live, form, page, (places, drafts), _step(step_id), draft_id))


def _live(form: Form, page: Page, store: tuple[Places, Drafts], step: Step, draft_id: str) -> Response[str]:
    if step.live is None:
        raise NotFoundException
    places, drafts = store
    around = StepContext(drafts.get(draft_id), places, page, form)
    tried = replace(
        around, draft=replace(around.draft, content=_with(around.draft, step.parse(form, around)))
    )
    return page(f"case/_live_{step.id}.html", **step.live(tried))


def _step(step_id: str) -> Step:
    if step_id not in _BY_ID:
        raise NotFoundException
    return _BY_ID[step_id]


def _take(form: Form, page: Page, store: tuple[Places, Drafts], step: Step, draft_id: str) -> Response[Any]:
    """Answers are read against the version the person saw, so that what they left alone stays alone."""
    places, drafts = store
    newest = drafts.get(draft_id)
    based_on = form.number("version", newest.version)
    try:
        around = StepContext(drafts.get(draft_id, based_on), places, page, form, newest)
    except UserError as error:
        return shown(step, StepContext(newest, places, page), _told(error, page), status=422)
    changes = step.parse(form, around)
    tried = replace(around, draft=replace(around.draft, content=_with(around.draft, changes)))
    errors = _errors(step, tried.draft, form, around)
    later = form.has("leave") and not step.extra(form, around)  # noqa: S610 - not Django
    stays = None if form.has("leave") else step.stay(form)
    goes = form.has("again") or stays is not None or later
    if errors and (not goes or step.doubts(form, around)):
        return shown(step, tried, errors, status=422)
    over = form.number("over") or None
    try:
        saved = drafts.save(draft_id, changes, based_on, step.id, over=over, keep=_kept(form))
    except Conflict as clash:
        theirs = {"version": clash.newest, "rows": _clashing(clash, tried)}
        return shown(step, tried, status=409, theirs=theirs)
    except UserError as error:
        return shown(step, tried, _told(error, page), status=422)
    merged = {"merged": "yes"} if saved.version > based_on + 1 and not over else {}
    if form.has("again") or stays is not None:
        following_up = {"next": form.text("next")} if form.has("next") else {}
        where = page.link(f"/case/{draft_id}/{step.id}", **(stays or {}), **following_up, **merged)
        return Redirect(where, status_code=303)
    if form.has("leave"):
        return Redirect(page.link("/case", **merged), status_code=303)
    goal = "check" if step.more or form.text("next") == "check" else following(step)
    return Redirect(page.link(f"/case/{draft_id}/{goal}", **merged), status_code=303)


def _kept(form: Form) -> list[str]:
    """The fields a person chose to leave as somebody else stored them."""
    count = min(form.number("clashes"), MOST_CLASHES)
    return [path for at in range(1, count + 1) if (path := form.text(f"mine-{at}"))]


def _told(error: UserError, page: Page) -> list[tuple[str, str]]:
    return [("main", said(fault, page.lang)) for fault in error.faults]


def _with(draft: Draft, changes: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in {**draft.content, **changes}.items() if value is not None}


def _errors(step: Step, tried: Draft, form: Form, around: StepContext) -> list[tuple[str, str]]:
    found = read.of_fields(read.faults_of(tried, around.places), step.fields) if step.fields else ()
    told = [(each.anchor, each.text(around.page.lang)) for each in found]
    return [*told, *step.extra(form, around)]  # noqa: S610 - not Django


def _clashing(clash: Conflict, mine: StepContext) -> list[dict[str, str]]:
    """Each field that both have changed, with both answers in words."""
    content, lang = mine.draft.content, mine.page.lang
    answers = Answers(content, mine.places, lang)
    return [
        {
            "path": path,
            "label": field_title(path, lang),
            "mine": answers.short(path, value_at(content, path)),
            "theirs": answers.short(path, clash.theirs.get(path)),
        }
        for path in clash.fields
    ]


def following(step: Step) -> str:
    """The step after this one; the result after the last."""
    at = STEPS.index(step) + 1
    return STEPS[at].id if at < len(STEPS) else "result"


def before(step: Step) -> str:
    """The step before this one; empty for the first."""
    if step.more:
        return "check"
    at = STEPS.index(step)
    return STEPS[at - 1].id if at else ""


def shown(
    step: Step,
    around: StepContext,
    errors: Any = (),
    *,
    status: int = 200,
    theirs: dict[str, Any] | None = None,
    **more: Any,
) -> Response[str]:
    """A step as a page.

    Args:
        step: which one.
        around: the draft in the version the person saw, with the answers to show.
        errors: what is wrong, as (id of the input, text).
        status: HTTP status.
        theirs: what somebody else has stored, after a conflict.
        more: what is shown in place of what the step gives.
    """
    asked_for = around.page.request.query_params
    context = {
        "step": step,
        "steps": STEPS,
        "number": 0 if step.more else STEPS.index(step) + 1,
        "back": before(step),
        "draft": around.draft,
        "content": around.draft.content,
        "errors": list(errors),
        "theirs": theirs,
        "version": around.draft.version,
        "shown": numbers.written,
        "label_of": lambda path: known(path).label(around.page.lang),
        "hint_of": lambda path: known(path).hint(around.page.lang),
        "returning": asked_for.get("next", ""),
        "merged": asked_for.get("merged", ""),
    }
    template = f"case/{step.template or step.id}.html"
    return around.page(template, status=status, **{**context, **step.context(around), **more})


handlers: list[Any] = [show, take, live]
