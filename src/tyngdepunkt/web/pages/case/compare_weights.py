"""The order of the considerations from one question at a time; nothing is saved before the last page.

The answers so far stand in the address, so that the browser's way back undoes one, and a page can be left.
"""

from __future__ import annotations

from functools import partial
from typing import Any

from anyio.to_thread import run_sync
from litestar import Response, get
from litestar.params import FromPath

from tyngdepunkt.methods.asked_order import AS_MUCH, LESS, MORE, next_question, ordered
from tyngdepunkt.places import Places
from tyngdepunkt.web.pages.case._step_context import StepContext
from tyngdepunkt.web.pages.case.considerations import ids_of
from tyngdepunkt.web.read import case as read
from tyngdepunkt.web.read.weights import ends_of
from tyngdepunkt.web.rendering import Page
from tyngdepunkt.workspace.drafts import Drafts

_KINDS = (MORE, AS_MUCH, LESS)
_MARK = "~"
"""Between the two that were compared, in the name of an answer: no id of a consideration has it."""


@get("/case/{draft_id:str}/order")
async def compare(page: Page, places: Places, drafts: Drafts, draft_id: FromPath[str]) -> Response[str]:
    """The next question, or the order that the answers give."""
    return await run_sync(partial(_shown, page, places, drafts, draft_id))


def _shown(page: Page, places: Places, drafts: Drafts, draft_id: str) -> Response[str]:
    draft = drafts.get(draft_id)
    ids = ids_of(StepContext(draft, places, page))
    answers = _answers(page, ids)
    question = next_question(ids, answers)
    titles = {each.id: each.title[page.lang] for each in read.rule_set_of(draft.content).considerations}
    return page(
        "case/compare_weights.html",
        draft=draft,
        titles=titles,
        given=[(f"{one}{_MARK}{other}", answer) for (one, other), answer in answers.items()],
        name=_MARK.join(question) if question else "",
        question=question,
        kinds=_KINDS,
        ends=ends_of(draft, places),
        groups=ordered(ids, answers),
        seen=draft.seen is not None,
    )


def _answers(page: Page, ids: list[str]) -> dict[tuple[str, str], str]:
    """What has been answered so far; what is no answer is passed over."""
    found = {}
    for name, answer in page.request.query_params.multi_items():
        one, mark, other = name.partition(_MARK)
        if mark and one in ids and other in ids and answer in _KINDS:
            found[one, other] = answer
    return found


handlers: list[Any] = [compare]
