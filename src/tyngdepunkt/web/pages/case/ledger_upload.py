"""A file of state jobs, shown before it is taken into a case."""

from __future__ import annotations

import json
from typing import Any

from anyio.to_thread import run_sync
from litestar import Request, Response, post
from litestar.params import FromPath

from tyngdepunkt.analyses.state_jobs.events import EventKind, LedgerEvent
from tyngdepunkt.analyses.state_jobs.import_file import LedgerFile
from tyngdepunkt.errors import Fault, UserError
from tyngdepunkt.inputs import numbers
from tyngdepunkt.inputs.told import told
from tyngdepunkt.places import Places
from tyngdepunkt.web.pages.case import step_flow
from tyngdepunkt.web.pages.case._step_context import Form, StepContext
from tyngdepunkt.web.pages.case.ledger import STEP, cells_of, events_written
from tyngdepunkt.web.parts import N_
from tyngdepunkt.web.read import uploaded
from tyngdepunkt.web.read.said import in_file
from tyngdepunkt.web.rendering import Page
from tyngdepunkt.web.worker import is_busy, workers
from tyngdepunkt.workspace.drafts import Drafts

LARGEST_FILE = 1_000_000
TOLD = 100
SHOWN = 10  # rows of a file that are shown before it is taken
NO_FILE = N_("Choose a file first: CSV, XLSX, YAML or JSON, at most 1 MB.")


@post("/case/{draft_id:str}/ledger-file")  # under /ledger/ it would hide the page itself from the router
async def upload(
    request: Request[Any, Any, Any], page: Page, places: Places, drafts: Drafts, draft_id: FromPath[str]
) -> Response[Any]:
    """Show what a file would add. Nothing is saved until the person says so.

    `every` is what happened in every row, for a file that does not say.
    """
    form = await request.form()
    file, every = form.get("file"), Form(form).text("every")
    every = every if every in list(EventKind) else ""
    name, content = "", b""
    if file is not None and not isinstance(file, str):
        name, content = str(file.filename or ""), await file.read(LARGEST_FILE + 1)
    name = name.replace("\\", "/").rpartition("/")[2][:200]

    def around() -> StepContext:
        return StepContext(drafts.get(draft_id), places, page)

    def refused(errors: list[str]) -> Response[str]:
        return _refused(errors, every, around())

    if not name:
        return await run_sync(refused, [page.gettext(NO_FILE)])
    try:
        if len(content) > LARGEST_FILE:
            values = {"path": name, "size": len(content) / 1e6, "limit": LARGEST_FILE / 1e6}
            raise UserError(Fault("inputs:too_large", values))
        found = await workers.run(uploaded.ledger_file, str(places.folder), name, content, every)
    except UserError as error:
        if is_busy(error):
            raise
        return await run_sync(refused, [in_file(fault, page.lang) for fault in error.faults])
    return await run_sync(lambda: _preview(found, name, around()))


def _refused(errors: list[str], every: str, around: StepContext) -> Response[str]:
    return step_flow.shown(STEP, around, status=422, file_errors=errors, every=every)


def _preview(found: LedgerFile, name: str, around: StepContext) -> Response[str]:
    return step_flow.shown(STEP, around, preview=_summary(found, name, around))


def _summary(found: LedgerFile, name: str, around: StepContext) -> dict[str, Any]:
    """What a file holds, what was taken for what in it, and its rows as we write them ourselves."""
    known = {event.fingerprint for event in _known(around)}
    new = [row.event for row in found.rows if row.event.fingerprint not in known]
    rows = [_written(event) for event in new]
    return {
        "name": name,
        "told": [told(notice, around.page.lang) for notice in found.notices[:TOLD]],
        "count": len(new),
        "known": len(found.rows) - len(new),
        "change": numbers.written([sum(e.change[0] for e in new), sum(e.change[1] for e in new)]),
        "rows": [cells_of(row) for row in rows[:SHOWN]],
        "text": json.dumps(rows, ensure_ascii=False),
    }


def _known(around: StepContext) -> tuple[LedgerEvent, ...]:
    """The events of the case already; those with faults are left out."""
    from tyngdepunkt.analyses.state_jobs.import_file import events_of

    try:
        return events_of([("", row) for row in events_written(around.draft.content)], around.places)
    except (UserError, AttributeError):
        return ()


def _written(event: LedgerEvent) -> dict[str, Any]:
    whole = [int(each) if each == int(each) else each for each in (event.low, event.high)]
    days = [event.start.isoformat(), event.end.isoformat()]
    return {
        "kind": str(event.kind),
        "agency": event.agencies[0] if len(event.agencies) == 1 else list(event.agencies),
        "place": event.place,
        "jobs": whole[0] if whole[0] == whole[1] else whole,
        "date": days[0] if days[0] == days[1] else days,
        "source": event.source,
    }


handlers: list[Any] = [upload]
